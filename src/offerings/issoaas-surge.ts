import { assumed, fromPage } from '../domain/offering-record.ts';
import { defineForm, type Section } from '../forms/form.ts';
import { choice, choices, number } from '../forms/question.ts';
import { ISSO_AS_A_SERVICE, ISSO_WORKFLOW } from './isso-as-a-service.ts';
import { askedAgain, attestations, requester } from './isso-questions.ts';
import { ISSO_RECORD } from './isso-record.ts';
import type { WorkflowOffering } from './offering.ts';

/** The reason that the programme page names; there is no other for this offering. */
const SURGE = { id: 'surge', label: 'There is more work than our ISSOs can handle now' };
/** It ends: what goes on is ISSO As A Service. */
const FIXED_END = { id: 'defined', label: 'For a set time' };
const LONGEST_MONTHS = 12;

const need: Section = {
  key: 'need',
  title: 'System and need',
  questions: [
    askedAgain('system_name'),
    askedAgain('system_acronym'),
    choices('reason', {
      label: 'Why you need help',
      ask: 'Why do you need a Service ISSO?',
      why: 'Surge support is for more work than your ISSOs can handle.',
      options: [SURGE],
    }),
    askedAgain('tasks', { ask: 'Which work should the Service ISSO take over? Choose all that apply.' }),
    askedAgain('need_summary', {
      ask: 'What makes the extra work, and what should be done at the end? Please leave out personal, health and tax data.',
    }),
  ],
};

const term: Section = {
  key: 'engagement',
  title: 'The engagement',
  questions: [
    askedAgain('level_of_effort'),
    choice('engagement_kind', {
      label: 'Set time or ongoing',
      ask: 'Surge support is for a set time.',
      why: 'It ends on the day that the kickoff settles.',
      options: [FIXED_END],
    }),
    askedAgain('start_wanted'),
    number('duration_months', {
      label: 'Duration',
      ask: `For how many months? Surge support ends after ${LONGEST_MONTHS} months at the latest.`,
      why: 'The kickoff agrees on the last day; this is where it starts from.',
      min: 1,
      max: LONGEST_MONTHS,
      unit: { one: 'month', many: 'months' },
    }),
  ],
};

/** Surge support: the engagement of a Service ISSO with a shorter request and a fixed end (domain reference 8.2; the variant is assumed). */
export const ISSOAAS_SURGE: WorkflowOffering = {
  ...ISSO_RECORD,
  ...ISSO_WORKFLOW,
  key: 'issoaas_surge',
  name: 'ISSO surge support',
  purpose: 'Get a trained ISSO beside your own for a set time, when there is more work than they can handle.',
  alsoCalled: ['surge', 'surge support', 'isso surge', 'extra isso', 'temporary isso', 'backlog'],
  forWhom: fromPage('CMS Business Owners whose own ISSOs have more work than they can handle now.'),
  need: 'Help for our own ISSO for some months',
  eligibility: [
    {
      key: 'own_isso',
      ask: 'Does the system have an ISSO of its own?',
      why: 'Surge support works beside your ISSO.',
      fits: 'yes',
      missing:
        'Without an ISSO of your own, ISSO As A Service fits better. Type `request issoaas` to ask for that.',
      better: [ISSO_AS_A_SERVICE.key],
    },
    {
      key: 'ends',
      ask: `Will the extra work be done within ${LONGEST_MONTHS} months?`,
      why: 'Surge support has a fixed end.',
      fits: 'yes',
      missing: `Surge support ends after ${LONGEST_MONTHS} months at the latest. For work that goes on, ISSO As A Service fits better.`,
      better: [ISSO_AS_A_SERVICE.key],
    },
    {
      key: 'money',
      ask: 'Is there money for the support, or is there a plan to find it?',
      why: 'Cost and funding are settled at the kickoff.',
      fits: 'yes',
      missing:
        'Money does not have to be there yet. Please find out who decides on it before the kickoff: it is one of the topics there.',
    },
  ],
  youGet: [
    fromPage('An experienced ISSO who is trained in how CMS works.'),
    assumed('Somebody who takes over named tasks beside your own ISSO, with a fixed last day.'),
  ],
  leadTime: assumed('As with ISSO As A Service: up to 60 days from the start of onboarding.'),
  onboarding: ISSO_AS_A_SERVICE.onboarding,
  status: 'pilot',
  version: 1,
  effective: { from: '2026-01-01', until: null },
  changes: [{ version: 1, on: '2026-01-01', what: 'First record: a shorter request and a fixed end.' }],
  numberPrefix: 'SURGE',
  form: defineForm({
    key: 'issoaas-surge-request',
    version: 1,
    title: 'Request surge support',
    sections: [requester, need, term, attestations],
  }),
  prefill: (speaker, people) => ({
    ...ISSO_WORKFLOW.prefill(speaker, people),
    reason: [SURGE.id],
    engagement_kind: FIXED_END.id,
  }),
};
