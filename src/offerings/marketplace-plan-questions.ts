/**
 * The questions of the Marketplace Implementation Plan, by its parts: service offerings, acquisition strategy, financial
 * infrastructure, governance, organization, customer engagement (domain reference 8.1 and 8.2), the six phases of moving to a shared
 * service (GSA's M3 Playbook, domain reference 8.1), and the measures (8.3). The single questions are assumed.
 */
import type { OfferingRecord } from '../domain/offering-record.ts';
import { defineForm, type Form, type Section } from '../forms/form.ts';
import { choice, choices } from '../forms/question.ts';
import { ACQUISITION, FINANCIAL } from './marketplace-plan-buying.ts';
import { CUSTOMERS, GOVERNANCE, ORGANIZATION } from './marketplace-plan-running.ts';
import { words } from './marketplace-plan-words.ts';

/** Rises when a change makes old answers mean something else. */
const VERSION = 1;

/** The services are the catalogue's; here stands what a catalogue can't say. */
const offerings = (records: readonly Pick<OfferingRecord, 'key' | 'name'>[]): Section => ({
  key: 'offerings',
  title: 'Service offerings',
  questions: [
    words('offerings_scope', {
      label: 'Scope',
      ask: 'What does the marketplace offer, and what does it leave to others?',
      why: 'Reviewers need to see that it repeats nothing that another provider does well.',
      example: 'Security officers for systems without one. Operations centers stay with CISA.',
    }),
    words('offerings_customers', {
      label: 'Customers',
      ask: 'Who are the customers, and what do they need?',
      why: 'A storefront starts from the needs of those who come to it.',
      example: 'Business Owners of about 200 systems, a third of them without a trained ISSO.',
    }),
    words('offerings_standards', {
      label: 'Standards',
      ask: 'Which shared standards do the services meet?',
      why: 'Services of a marketplace build on governmentwide standards.',
      example: 'CMS ARS 5.01, NIST SP 800-53, the NICE Workforce Framework.',
    }),
    words('offerings_next', {
      label: 'What comes next',
      ask: 'Which services are to be added, changed or retired, and when?',
      why: 'Customers and contracting staff plan a year ahead.',
      example: 'Surge support leaves its pilot in October.',
      required: false,
    }),
    ...records.map(({ key, name }) =>
      words(`words_${key}`, {
        label: shortened(`On ${name}`),
        ask: `What should the plan say of ${name} beside what the catalogue says?`,
        why: 'The table of services comes from the catalogue. Here is room for the reasons.',
        example: 'Demand grew by half last year.',
        required: false,
      }),
    ),
  ],
});

/** As long as the name of a question may be that is typed before a colon. */
const LONGEST_LABEL = 40;
const shortened = (label: string): string =>
  label.length <= LONGEST_LABEL
    ? label
    : label
        .slice(0, LONGEST_LABEL)
        .replace(/\s+\S*$/u, '')
        .replace(/(?<!\s)\s+(?:and|or|of|for|to|the|with)$/u, '');

/** The phases of GSA's M3 Playbook, and what they are for a request (domain reference 8.2, mapping assumed). */
const PHASES = [
  ['assessment', 'Phase 0 Assessment', 'the needs are understood and a service is chosen'],
  ['readiness', 'Phase 1 Readiness', 'eligibility and funding are made sure of'],
  ['selection', 'Phase 2 Selection', 'the request is filed, discussed at the kickoff and matched'],
  ['engagement', 'Phase 3 Engagement', 'the agreement is made'],
  ['migration', 'Phase 4 Migration', 'the service begins: people, access and duties move over'],
  ['operations', 'Phase 5 Operations', 'the service runs, is measured and is renewed'],
] as const;

const MIGRATION: Section = {
  key: 'migration',
  title: 'Migration phases',
  questions: PHASES.map(([key, label, what]) =>
    words(`migration_${key}`, {
      label,
      ask: `What happens in this phase, in which ${what}? Who does it, and when is it over?`,
      why: 'Customers move to a shared service in six phases, each with an end that can be checked.',
      example: 'ISPG and the Business Owner; over when both have said yes in writing.',
    }),
  ),
};

/** Domain reference 8.3. */
const METRICS: Section = {
  key: 'metrics',
  title: 'Metrics',
  questions: [
    choices('metrics_measures', {
      label: 'Measures',
      ask: 'Which measures are reported? Choose all that apply.',
      why: 'What is measured is what gets better.',
      options: [
        { id: 'adoption', label: 'Requests and adoption' },
        { id: 'times', label: 'Time from request to work' },
        { id: 'on_time', label: 'On-time onboarding' },
        { id: 'satisfaction', label: 'Satisfaction' },
        { id: 'training', label: 'Role-based training in date' },
        { id: 'declined', label: 'Declined and withdrawn by reason' },
        { id: 'property', label: 'Property recovery' },
        { id: 'coverage', label: 'Systems without a trained ISSO' },
      ],
    }),
    words('metrics_targets', {
      label: 'Targets',
      ask: 'What is the target of each measure, and by when?',
      why: 'A measure without a target can’t be missed.',
      example: 'Nine of ten onboardings within 60 days by the end of fiscal year 2028.',
    }),
    words('metrics_baseline', {
      label: 'Baseline',
      ask: 'Where do the measures stand today? Give numbers and their date.',
      why: 'Progress is counted from somewhere. The command “measures” has the present numbers.',
      example: 'Six of ten in the first quarter of 2027.',
    }),
    choice('metrics_review', {
      label: 'Review',
      ask: 'How often does the owner look at them with customers?',
      why: 'Numbers that nobody looks at go stale.',
      options: [
        { id: 'monthly', label: 'Every month' },
        { id: 'quarterly', label: 'Every quarter' },
        { id: 'yearly', label: 'Every year' },
      ],
    }),
  ],
};

/** The form of the plan: one section for each part. The first has a question for each service of the catalogue. */
export const marketplacePlanForm = (records: readonly Pick<OfferingRecord, 'key' | 'name'>[]): Form =>
  defineForm({
    key: 'marketplace-plan',
    version: VERSION,
    title: 'Marketplace Implementation Plan',
    sections: [
      offerings(records),
      ACQUISITION,
      FINANCIAL,
      GOVERNANCE,
      ORGANIZATION,
      CUSTOMERS,
      MIGRATION,
      METRICS,
    ],
  });
