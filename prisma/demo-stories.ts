/** The demo programme's engagements that are on their way to a Service ISSO, and those that never got one. All of it is invented. */
import type { DemoStory, DemoSystem } from '../src/usecases/demo/story.ts';
import { CALM, EXPIRED, LARGE, NEW, SMALL, USUAL, withPoams } from './demo-systems.ts';
import { way } from './demo-way.ts';

type About = Pick<DemoSystem, 'need' | 'tasks'> & Partial<DemoSystem>;

/** A system with what most have in common; components of the first Cyber Risk Advisor have the first. */
export const system = (
  name: string,
  acronym: string,
  component: string,
  ownerId: string,
  about: About,
): DemoSystem => ({
  name,
  acronym,
  component,
  ownerId,
  craId: component === 'OIT' || component === 'CMCS' ? 'cra' : 'cra2',
  effort: 'half',
  months: null,
  urgency: 'routine',
  context: USUAL,
  form: CALM,
  ...about,
});

export const ALL_ROUND = ['overall_support', 'stakeholder_collab', 'poam'];
export const AUTHORIZATION = ['assessment_authorization', 'controls_documentation', 'poam'];
export const PRIVACY = ['privacy_guidance', 'controls_documentation', 'risk_assessment'];

const LANTERN = system('Lantern Scheduling', 'LANT', 'CCIIO', 'bo4', {
  need: 'Partners book their onboarding calls here, and nobody looks after its security documents.',
  tasks: ALL_ROUND,
  effort: 'quarter',
  context: SMALL,
});

export const ON_THE_WAY: readonly DemoStory[] = [
  {
    key: 'harbor',
    system: system('Harbor Notices', 'HARB', 'OIT', 'bo', {
      need: 'The notice service has lost its ISSO to another office and the annual assessment is near.',
      tasks: ALL_ROUND,
    }),
    steps: [{ does: 'file', ago: 2, by: 'cra' }],
  },
  {
    key: 'copper',
    system: system('Copper Registry', 'COPR', 'CMCS', 'bo2', {
      need: 'We took the registry over from another division and need its security plan written anew.',
      tasks: ['controls_documentation', 'rmf'],
      urgency: 'within_60_days',
    }),
    steps: way('file', 1),
  },
  {
    key: 'willow',
    system: system('Willow Survey Tool', 'WILO', 'CM', 'bo3', {
      need: 'Our surveys move to a new vendor, and we need somebody who knows the rules for cloud services.',
      tasks: ['risk_assessment', 'compliance_reporting'],
      effort: 'quarter',
    }),
    steps: [
      ...way('file', 5),
      { does: 'ask-back', ago: 4, words: 'Is the new vendor FedRAMP authorized already?' },
    ],
  },
  {
    key: 'lantern',
    system: LANTERN,
    steps: [
      ...way('file', 64),
      {
        does: 'decline',
        ago: 61,
        reason: 'no_capacity',
        words: 'Nobody was free then. Please come back in a quarter.',
      },
    ],
  },
  {
    key: 'lantern-again',
    system: LANTERN,
    copies: 'lantern',
    steps: [
      { does: 'copy', ago: 6 },
      { does: 'amend', ago: 6 },
      { does: 'confirm', ago: 6 },
      { does: 'accept', ago: 4 },
    ],
  },
  {
    key: 'quartz',
    system: system('Quartz Data Mart', 'QDM', 'OEDA', 'bo6', {
      need: 'Analysts from three offices share this data mart, and its access rules have grown wild.',
      tasks: PRIVACY,
      context: LARGE,
    }),
    steps: way('book', 2),
  },
  {
    key: 'thistle',
    system: system('Thistle Mailroom', 'THIS', 'CM', 'bo3', {
      need: 'Scanned mail is kept here, and the contingency plan has never been tested.',
      tasks: ['contingency', 'controls_documentation'],
    }),
    steps: [
      ...way('settle-skills', 80),
      { does: 'withdraw', ago: 72, reason: 'system_retired', words: 'The mailroom moves to another system.' },
    ],
  },
  {
    key: 'beacon',
    system: system('Beacon Intake', 'BCN', 'CMCS', 'bo2', {
      need: 'State partners send their plans here, and an audit has found gaps in our access reviews.',
      tasks: AUTHORIZATION,
      form: withPoams(14, 3),
      urgency: 'urgent',
    }),
    steps: way('kickoff', 2),
  },
  {
    key: 'orchard',
    system: system('Orchard Appeals', 'ORCH', 'CM', 'bo3', {
      need: 'The appeals queue gets a new release every week, and its security documents lag behind.',
      tasks: ALL_ROUND,
      context: LARGE,
      effort: 'three_quarters',
    }),
    steps: [
      ...way('lock-form', 9),
      { does: 'send-back', ago: 7 },
      { does: 'finish-form', ago: 5 },
      { does: 'lock-form', ago: 5 },
      { does: 'assess', ago: 3 },
      { does: 'confirm-ispg', ago: 2 },
    ],
  },
  {
    key: 'summit',
    system: system('Summit Outreach', 'SMMT', 'CPI', 'bo5', {
      need: 'A new outreach site goes live in summer and has no authorization yet.',
      tasks: AUTHORIZATION,
      context: { ...SMALL, tlc_phase: 'develop', delivery_model: 'not_live' },
      form: NEW,
      months: 12,
    }),
    steps: way('confirm-contractor', 1),
  },
  {
    key: 'granite',
    system: system('Granite Ledger', 'GRAN', 'CCIIO', 'bo4', {
      need: 'Payments to issuers run through this ledger, and its authorization has run out.',
      tasks: [...AUTHORIZATION, 'risk_assessment'],
      form: EXPIRED,
      urgency: 'urgent',
    }),
    issoId: 'isso8',
    steps: [
      ...way('accept-ispg', 11),
      { does: 'decline-candidate', ago: 9, reason: 'availability', side: 'business_owner' },
    ],
  },
  {
    key: 'meridian',
    system: system('Meridian Exchange', 'MRDX', 'OIT', 'bo', {
      need: 'Nine systems exchange files through it, and each agreement between them is due for renewal.',
      tasks: ['stakeholder_collab', 'compliance_reporting', 'rmf'],
      months: 24,
    }),
    issoId: 'isso8',
    steps: way('accept-ispg', 2).filter(({ does }) => does !== 'fund'),
  },
  {
    key: 'prairie',
    system: system('Prairie Analytics', 'PRAI', 'OEDA', 'bo6', {
      need: 'A small analytics platform needs somebody who keeps its POA&Ms and reviews going.',
      tasks: ['poam', 'compliance_reporting'],
      effort: 'quarter',
    }),
    issoId: 'isso8',
    steps: way('accept-owner', 2),
  },
];
