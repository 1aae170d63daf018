/**
 * A made-up offering in one file, as somebody would add one: its own form, number prefix, card lines and cadence. No file of `src`
 * knows of it; it is given to the bot with a catalogue.
 */
import { checkedTemplate } from '../../src/domain/card-template.ts';
import { assumed } from '../../src/domain/offering-record.ts';
import { defineForm } from '../../src/forms/form.ts';
import { longText } from '../../src/forms/question.ts';
import { line, OWN } from '../../src/offerings/card-line.ts';
import { ISSO_WORKFLOW } from '../../src/offerings/isso-as-a-service.ts';
import { askedAgain, attestations } from '../../src/offerings/isso-questions.ts';
import { ISSO_RECORD } from '../../src/offerings/isso-record.ts';
import type { WorkflowOffering } from '../../src/offerings/offering.ts';

/** Shorter words are a pointer that the bot gives. */
const SHORT = 60;

export const PRIVACY_ADVISOR: WorkflowOffering = {
  ...ISSO_RECORD,
  ...ISSO_WORKFLOW,
  key: 'privacy_advisor',
  name: 'Privacy advisor on loan',
  purpose: 'Get somebody who knows the Privacy Act beside you while a system changes.',
  alsoCalled: ['privacy', 'privacy advisor', 'privacy act'],
  forWhom: assumed('Business Owners whose system begins to keep records about people.'),
  need: 'Advice on the Privacy Act',
  eligibility: [
    {
      key: 'records',
      ask: 'Does the system keep records about people?',
      why: 'The Privacy Act is about such records.',
      fits: 'yes',
      missing: 'Without records about people there is nothing to advise on.',
    },
  ],
  leadTime: assumed('Three weeks.'),
  onboarding: [assumed('A briefing, then the work.')],
  version: 1,
  effective: { from: '2026-11-01', until: null },
  changes: [{ version: 1, on: '2026-11-01', what: 'Made up for a test.' }],
  numberPrefix: 'PRIV',
  form: defineForm({
    key: 'privacy-request',
    version: 1,
    title: 'Request privacy advice',
    sections: [
      {
        key: 'need',
        title: 'The need',
        questions: [
          askedAgain('business_owner'),
          askedAgain('component'),
          askedAgain('system_name'),
          longText('records_kept', {
            label: 'Records kept',
            ask: 'Which records about people will the system keep? Name the kinds only.',
            why: 'The advisor reads up on them before the kickoff.',
            min: 10,
            max: 500,
            example: 'Names and addresses of providers.',
          }),
        ],
      },
      attestations,
    ],
  }),
  needQuestion: 'records_kept',
  notices: ({ records_kept: kept }) =>
    typeof kept === 'string' && kept.length < SHORT
      ? [{ key: 'short', text: 'The records are named in few words: please ask for more at the kickoff.' }]
      : [],
  cardTemplates: [
    checkedTemplate({
      version: 1,
      items: [
        line('privacy_briefing', {
          name: 'Privacy briefing heard',
          alsoCalled: ['briefing'],
          parties: ['service_isso'],
          days: [0, 5],
          lead: 2,
          ...OWN,
        }),
        line('records_read', {
          name: 'System of records notice read',
          alsoCalled: ['notice'],
          parties: ['service_isso'],
          needs: ['privacy_briefing'],
          days: [5, 15],
          lead: 3,
          ...OWN,
        }),
        line('ready', {
          name: 'Declared ready',
          parties: ['gtl'],
          needs: ['records_read'],
          days: [15, 20],
          lead: 1,
          follows: { fact: 'start-of-work', alone: true },
          ...OWN,
        }),
      ],
    }),
  ],
  cadences: [
    { meeting: 'satisfaction', cron: '0 10 * * 1#1', holidayRule: 'next-business-day', minutes: 30 },
  ],
};
