/**
 * The context assessment, question by question (domain reference 3.2 C): the programme page's four factors and what
 * explains them. ISPG and the contractor answer together. Lists are assumed where the reference says so.
 */
import {
  COMPLEXITY_LEVELS,
  CONNECTION_BANDS,
  DATA_KINDS,
  DELIVERY_MODELS,
  FIPS_LEVELS,
  HOSTINGS,
  HVA_CATEGORIES,
  KNOWN_STATES,
  RECORD_BANDS,
  TLC_PHASES,
} from '../domain/context-facts.ts';
import { TIERS } from '../domain/course.ts';
import type { Option } from '../domain/field.ts';
import type { Section } from '../forms/form.ts';
import type { Answers, Question } from '../forms/question.ts';
import { choice, choices, longText, number, yesNo } from '../forms/question.ts';
import * as labels from '../messages/copy/context-labels.ts';
import { listIn, wordsIn } from './answered.ts';
import { noneStandsAlone } from './none-stands-alone.ts';

const optionsOf = <Id extends string>(ids: readonly Id[], named: Readonly<Record<Id, string>>): Option[] =>
  ids.map((id) => ({ id, label: named[id] }));

/** Questions with an answer that says "I don't know", and that answer; it is taken only with a reason. */
const UNKNOWN_ANSWERS: Readonly<Record<string, string>> = {
  mef: 'dont_know',
  hva: 'dont_know',
  data_kinds: 'dont_know',
  record_count_band: 'unknown',
  public_access: 'unknown',
};

/** Is any of the answers "I don't know"? */
const isAnyUnknown = (answers: Answers): boolean =>
  Object.entries(UNKNOWN_ANSWERS).some(
    ([key, unknown]) => wordsIn(answers, key) === unknown || listIn(answers, key).includes(unknown),
  );

const impact = (key: string, label: string, harm: string): Question =>
  choice(key, {
    label,
    ask: `How much harm is done ${harm}? Take the FIPS 199 level.`,
    why: 'The highest of the three levels is the overall level of the system.',
    options: optionsOf(FIPS_LEVELS, labels.FIPS_LABELS),
  });

export const impactAndMission: Section = {
  key: 'impact',
  title: 'Impact and mission',
  questions: [
    impact('fips199_c', 'Confidentiality impact', 'if the wrong people see the data'),
    impact('fips199_i', 'Integrity impact', 'if the data is wrong or changed'),
    impact('fips199_a', 'Availability impact', 'if the system is down'),
    choice('mef', {
      label: 'Mission Essential Function',
      ask: 'Does the system support a Mission Essential Function?',
      why: 'That is work the agency must keep doing in an emergency.',
      options: optionsOf(KNOWN_STATES, labels.KNOWN_LABELS),
    }),
    choice('hva', {
      label: 'High Value Asset (HVA)',
      ask: 'Is the system a High Value Asset (HVA)?',
      why: 'Such systems carry extra controls, and access to them takes two people.',
      options: optionsOf(KNOWN_STATES, labels.KNOWN_LABELS),
    }),
    choices('hva_category', {
      label: 'Kind of HVA',
      ask: 'Which kind of High Value Asset is it? Please keep the answer out of shared channels.',
      why: 'It stands in the designation. It is sensitive, so I show it in direct messages only.',
      options: optionsOf(HVA_CATEGORIES, labels.HVA_CATEGORY_LABELS),
      required: false,
      dependsOn: ['hva'],
      when: (answers) => answers.hva === 'yes',
    }),
  ],
};

export const dataAndUsers: Section = {
  key: 'data',
  title: 'Data and users',
  questions: [
    noneStandsAlone(
      choices('data_kinds', {
        label: 'Sensitive data',
        ask: 'What sensitive data is in the system? Choose the kinds only; please never paste the data.',
        why: 'The kind of data decides which rules apply.',
        options: optionsOf(DATA_KINDS, labels.DATA_KIND_LABELS),
      }),
    ),
    choice('record_count_band', {
      label: "People's records",
      ask: "About how many people's records are in it? A rough size is enough.",
      why: 'More records mean more harm if they are lost.',
      options: optionsOf(RECORD_BANDS, labels.RECORD_LABELS),
      required: false,
    }),
    choice('public_access', {
      label: 'Users outside CMS',
      ask: 'Do people outside CMS use it, such as partners, providers or the public?',
      why: 'A system that is open to others is attacked more.',
      options: [
        { id: 'yes', label: 'Yes' },
        { id: 'no', label: 'No' },
        { id: 'unknown', label: labels.DONT_KNOW },
      ],
    }),
    number('privileged_users', {
      label: 'Privileged users',
      ask: 'How many privileged users are there? A rough number is fine.',
      why: 'Their access is reviewed more often.',
      min: 0,
      max: 100_000,
      unit: { one: 'user', many: 'users' },
      required: false,
    }),
    yesNo('pii_login_only', {
      label: 'Login data only',
      ask: 'Is the personal information only user names and passwords?',
      why: 'It changes the privacy work.',
      required: false,
      dependsOn: ['data_kinds'],
      when: (answers) => listIn(answers, 'data_kinds').includes('pii'),
    }),
  ],
};

export const howItRuns: Section = {
  key: 'running',
  title: 'How it runs',
  questions: [
    choice('tlc_phase', {
      label: 'Target Life Cycle phase',
      ask: 'Where is the system in the Target Life Cycle (TLC)?',
      why: 'Each phase brings its own security work.',
      options: optionsOf(TLC_PHASES, labels.TLC_LABELS),
    }),
    choice('hosting', {
      label: 'Hosting',
      ask: 'Where does the system run?',
      why: 'CMS hosting brings controls that are shared, and so less work.',
      options: optionsOf(HOSTINGS, labels.HOSTING_LABELS),
    }),
    choice('delivery_model', {
      label: 'Releases',
      ask: 'How often is a release made?',
      why: 'Fast releases take more of the time of a Service ISSO.',
      options: optionsOf(DELIVERY_MODELS, labels.DELIVERY_LABELS),
      required: false,
    }),
    choice('interconnections', {
      label: 'Connections',
      ask: 'How many connections to other systems are there? Count the agreements (ISAs and MOUs).',
      why: 'Each connection has its own agreement and risk.',
      options: optionsOf(CONNECTION_BANDS, labels.CONNECTION_LABELS),
      required: false,
    }),
  ],
};

export const complexityAndUnknowns: Section = {
  key: 'complexity',
  title: 'Complexity',
  questions: [
    choice('complexity', {
      label: 'System complexity',
      ask: 'How complex is the system? I fill in what hosting, releases and connections suggest; please confirm or change it.',
      why: 'It is one of the four factors that the programme looks at.',
      options: optionsOf(COMPLEXITY_LEVELS, labels.COMPLEXITY_LABELS),
    }),
    longText('unknown_reason', {
      label: 'Why it is not known',
      ask: 'You said "I don\'t know" at least once. Why is it not known, and who will find out?',
      why: 'An open point is taken only with a reason, so that somebody closes it.',
      min: 10,
      max: 500,
      example: 'The system owner is away until Monday and will ask the HVA team then.',
      dependsOn: Object.keys(UNKNOWN_ANSWERS),
      when: isAnyUnknown,
    }),
  ],
};

export const tier: Section = {
  key: 'tier',
  title: 'Tier',
  questions: [
    choice('tier_override', {
      label: 'Another tier',
      ask: 'Should another tier count than the score gives? Leave it out to keep the tier of the score.',
      why: 'The score is a guide. People decide, and say why.',
      options: optionsOf(TIERS, labels.TIER_LABELS),
      required: false,
      asked: 'on-review',
    }),
    longText('tier_override_reason', {
      label: 'Reason for another tier',
      ask: 'Why should that tier count? Please do not name the kind of High Value Asset.',
      why: 'Whoever reads the assessment later sees why it differs from the score.',
      min: 10,
      max: 500,
      example: 'The system is being replaced, so most of the work falls away within a year.',
      dependsOn: ['tier_override'],
      when: (answers) => typeof answers.tier_override === 'string',
    }),
  ],
};
