/** The demo programme's engagements in onboarding: on track, at risk, late and blocked. All of it is invented. */
import type { DemoStory } from '../src/usecases/demo/story.ts';
import { ALL_ROUND, system } from './demo-stories.ts';
import { LARGE, withPoams } from './demo-systems.ts';
import { card, curriculum, QUICK, SEASONED, way } from './demo-way.ts';

export const IN_ONBOARDING: readonly DemoStory[] = [
  {
    key: 'cascade',
    system: system('Cascade Identity', 'CASC', 'OIT', 'bo', {
      need: 'Everybody signs in through this system, and its only ISSO retires at the end of the quarter.',
      tasks: [...ALL_ROUND, 'contingency'],
      months: 24,
    }),
    issoId: 'isso',
    steps: [...way('accept-owner', 4), { does: 'begin', ago: 1, inDays: -1 }],
  },
  {
    key: 'juniper',
    system: system('Juniper Casework', 'JUNI', 'CMCS', 'bo2', {
      need: 'Caseworkers in the regions depend on it, and its access controls must be written up.',
      tasks: ['controls_documentation', 'compliance_reporting'],
    }),
    issoId: 'isso6',
    steps: [
      ...way('accept-owner', 50),
      { does: 'begin', ago: 30 },
      { does: 'book-initial', ago: 28 },
      { does: 'prepare-some', ago: 26 },
      { does: 'prepare', ago: 19 },
      ...card(30, 12),
      ...curriculum(30, 13),
      {
        does: 'card',
        ago: 15,
        lines: {
          prescreen_ok: { to: 'blocked', reason: 'The security office asks for fingerprints once more.' },
        },
      },
      { does: 'initial', ago: 12 },
      {
        does: 'block',
        ago: 14,
        by: 'lead',
        words: 'The clearance does not move on. Whom at the security office can we ask?',
      },
      { does: 'reply', ago: 11, words: 'I have asked the security office and wait for their answer.' },
    ],
  },
  {
    key: 'tidewater',
    system: system('Tidewater Payments', 'TIDE', 'CM', 'bo3', {
      need: 'Monthly payments depend on this system, and its contingency plan test is overdue.',
      tasks: ['contingency', 'risk_assessment', 'poam'],
      context: LARGE,
      form: withPoams(9, 2),
    }),
    issoId: 'isso3',
    steps: [...way('sign-ciso', 2), ...card(38)],
  },
  {
    key: 'larkspur',
    system: system('Larkspur Enrollment Desk', 'LARK', 'CPI', 'bo5', {
      need: 'Providers enroll here, and the last assessment left findings that nobody works on.',
      tasks: ['poam', 'controls_documentation'],
      form: withPoams(7, 0),
    }),
    issoId: 'isso10',
    // On track: it waits for the security office, one line is waived, one moved by hand.
    steps: [
      ...way('accept-owner', 20),
      { does: 'begin', ago: 16 },
      ...card(16, 8),
      ...curriculum(16, 8, QUICK),
      { does: 'prepare-some', ago: 11 },
      {
        does: 'waive',
        ago: 9,
        line: 'other_access',
        words: 'The team reads the logs for them, so no access of their own is needed.',
      },
      { does: 'card', ago: 8, lines: { fingerprinting: { to: 'in_progress' }, eqip: { to: 'in_progress' } } },
      { does: 'card', ago: 7, lines: { fingerprinting: { to: 'done' } } },
      { does: 'card', ago: 6, lines: { eqip: { to: 'done' } } },
      { does: 'card', ago: 5, lines: { prescreen_ok: { to: 'waiting_on', party: 'security_office' } } },
      { does: 'prepare', ago: 5 },
      {
        does: 'move',
        ago: 4,
        line: 'gfe_laptop',
        inDays: 28,
        words: 'The next delivery of laptops comes a week later than planned.',
      },
    ],
  },
  {
    key: 'saltmarsh',
    system: system('Saltmarsh Grievances', 'SALT', 'CM', 'bo3', {
      need: 'Grievances are tracked here, and its interconnections have to be agreed upon anew.',
      tasks: ['stakeholder_collab', 'rmf'],
    }),
    issoId: 'isso11',
    // At risk: the Business Owner's preparation is long past its day.
    steps: [
      ...way('accept-owner', 33),
      { does: 'begin', ago: 28 },
      { does: 'book-initial', ago: 26 },
      ...card(28, 24),
      ...curriculum(28, 22, SEASONED),
      { does: 'prepare-some', ago: 20 },
      { does: 'card', ago: 10, lines: { bo_prep: { to: 'in_progress' } } },
      {
        does: 'card',
        ago: 3,
        lines: {
          isspa_training: { to: 'done' },
          cfacts_access: { to: 'requested' },
          piv_card: { to: 'waiting_on', party: 'badging_office' },
        },
      },
      {
        does: 'card',
        ago: 2,
        lines: {
          gfe_laptop: { to: 'waiting_on', party: 'it_desk' },
          other_access: { to: 'waiting_on', party: 'system_team' },
        },
      },
    ],
  },
];
