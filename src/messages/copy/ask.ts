/** Answers to questions about the state of the programme: how the question was understood, how many, and which. */
import type { AskKind, AskQuestion, LineTopic, Missing, MoveTopic, WaitTopic } from '../../domain/ask.ts';
import type { CardParty } from '../../domain/card-template.ts';
import type { DigestEngagement, EngagementAndMeeting } from '../../domain/digest.ts';
import type { FlowKind, FlowStep } from '../../domain/digest-flow.ts';
import { OPEN_STATES } from '../../domain/engagement-states.ts';
import { kickoffNow } from '../../domain/kickoff-stands.ts';
import type { Spread, TimedStep } from '../../domain/measures.ts';
import type { Period } from '../../domain/period.ts';
import type { People } from '../../domain/person.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { nextMoveLine, SIDE_NAMES, STATE_LABELS, stateNow } from './engagement-words.ts';
import { PARTY_NAMES } from './gate-words.ts';
import { nameOf } from './people.ts';
import { reasonWords } from './reasons.ts';

/** Records in the answer itself; the others stand below it. */
const SHOWN = 15;
/** Records below an answer. */
const MOST_BELOW = 300;

/** One question of each kind, which can be typed as it stands. */
export const ASK_EXAMPLES: Readonly<Record<AskKind, readonly string[]>> = {
  waiting: [
    'how many engagements are waiting on clearance?',
    'which engagements are waiting for the Business Owner?',
    'what waits for funding in OIT?',
  ],
  late: ['what is late?', 'which engagements are at risk in OIT?'],
  joins: ['who starts next month?'],
  ends: ['what ends this quarter?'],
  'in-state': ['how many engagements are onboarding?', 'which engagements are in matching in CCSQ?'],
  happened: ['how many requests this quarter?', 'what was declined last quarter and why?'],
  missing: ['which engagements have no CRA?'],
  'how-long': ['how long does matching take?'],
};

const LINES: Readonly<Record<LineTopic, string>> = {
  clearance: 'the clearance',
  fingerprints: 'fingerprints',
  questionnaire: 'the background questionnaire',
  piv: 'the PIV card',
  eua: 'the EUA ID',
  laptop: 'the laptop',
  training: 'training',
  access: 'access to systems',
  letter: 'the ISSO Appointment Letter',
  preparation: 'the preparation by the Business Owner',
  paperwork: 'contract paperwork',
  sponsorship: 'approval and sponsorship by the COR',
};
const MOVES: Readonly<Record<MoveTopic, string>> = {
  triage: 'triage',
  confirmation: 'confirmation by the Business Owner',
  answer: 'an answer to ISPG',
  kickoff: 'the kickoff',
  form: 'the Request Form',
  context: 'the context assessment',
  skills: 'the skill profile',
  candidate: 'a candidate',
  funding: 'funding',
  onboarding: 'the start of onboarding',
  extension: 'an extension',
  close: 'off-boarding and the close',
};
const HAPPENED: Readonly<Record<FlowKind, string>> = {
  filed: 'Requests filed',
  accepted: 'Accepted at triage',
  'kickoff-held': 'Kickoffs held',
  identified: 'Service ISSOs identified',
  'at-work': 'Began work',
  closed: 'Closed',
  withdrawn: 'Withdrawn',
  declined: 'Not accepted',
};
const MISSES: Readonly<Record<Missing, string>> = {
  cra: 'Without a Cyber Risk Advisor',
  owner: 'Without anybody in ISPG',
  'service-isso': 'Without a Service ISSO',
};
const STEPS: Readonly<Record<TimedStep, string>> = {
  kickoff: 'From filed to kickoff held',
  form: 'From filed to the Request Form completed',
  match: 'From filed to a Service ISSO identified',
  active: 'From filed to the first day of work',
};

/** What a question is about, in words: components and offerings by their names, and who is meant by a typed name. */
export interface AskNames {
  readonly offering: string | null;
  readonly person: string | null;
}

/** How the question was understood: `Waiting on the clearance, in OIT`. */
export function understood(question: AskQuestion, { offering, person }: AskNames): Line {
  const { component } = question;
  const where = component === null ? '' : `, in ${component === 'OTHER' ? 'other components' : component}`;
  return line`${aboutOf(question, person)}${where}${offering === null ? '' : `, ${offering}`}`;
}

function aboutOf(question: AskQuestion, person: string | null): Line {
  switch (question.ask) {
    case 'waiting':
      return waitsWords(question.topic, person);
    case 'late': {
      const both = question.isLate && question.isAtRisk;
      return line`${both ? 'Late or at risk' : question.isLate ? 'Late' : 'At risk'}`;
    }
    case 'joins':
      return line`Work starts in ${periodWords(question.period)}`;
    case 'ends':
      return line`Work ends in ${periodWords(question.period)}`;
    case 'in-state':
      return line`${statesWords(question.states)}`;
    case 'happened':
      return line`${HAPPENED[question.what]} in ${periodWords(question.period)}`;
    case 'missing':
      return line`${MISSES[question.what]}`;
    case 'how-long':
      return line`${STEPS[question.step]}, of what got there in ${periodWords(question.period)}`;
    default:
      return question satisfies never;
  }
}

function waitsWords(topic: WaitTopic, person: string | null): Line {
  switch (topic.kind) {
    case 'line':
      return line`Waiting on ${LINES[topic.of]}`;
    case 'move':
      return line`Waiting on ${MOVES[topic.of]}`;
    case 'side':
      return line`Waiting for ${lowered(SIDE_NAMES[topic.of])}`;
    case 'party':
      return line`Waiting for ${PARTY_NAMES[topic.of]}`;
    case 'person':
      return line`Waiting for ${theirs(person ?? topic.typed)}`;
    default:
      return topic satisfies never;
  }
}

const lowered = (name: string): string => name.replace(/^The /u, 'the ');
const statesWords = (states: Extract<AskQuestion, { ask: 'in-state' }>['states']): string =>
  states.length === OPEN_STATES.length ? 'Open' : states.map((state) => STATE_LABELS[state]).join(' or ');
const periodWords = ({ name, from, until }: Period): string =>
  `${name} (${dayWords(from)} to ${dayWords(until)})`;
/** Without the weekday. */
const dayWords = (day: LocalDate): string => sayLocalDate(day).replace(/^[A-Z][a-z]{5,8}, /u, '');

/** An open engagement with whoever has the next move; whoever is not in `people` is called by their part. */
export const openRecord = (each: EngagementAndMeeting, people: People, now: Date): Line => {
  const { engagement } = each;
  const kickoff = kickoffNow(each, now);
  return line`${strong(engagement.number)} (${theirs(engagement.systemName)}), ${engagement.component}: ${stateNow(engagement, kickoff)}. ${nextMoveLine(engagement, kickoff, people)}`;
};

/** The same with the day that was asked for; with the Service ISSO where they may be named. */
export const datedRecord = (engagement: DigestEngagement, on: LocalDate, people: People): Line => {
  const { serviceIssoId, candidate } = engagement.course;
  const id = serviceIssoId ?? candidate?.personId ?? null;
  const who = id !== null && people.has(id) ? line`, ${nameOf(people, id)}` : [];
  return line`${strong(engagement.number)} (${theirs(engagement.systemName)}), ${engagement.component}: ${sayLocalDate(on)}${who}. ${STATE_LABELS[engagement.state]}.`;
};

/** An engagement in onboarding with the lines that are open and who has each in hand. */
export const cardRecord = (
  engagement: DigestEngagement,
  open: readonly { readonly name: string; readonly holder: CardParty }[],
): Line =>
  line`${strong(engagement.number)} (${theirs(engagement.systemName)}), ${engagement.component}: ${open.map(({ name, holder }) => `${name}, with ${PARTY_NAMES[holder]}`).join('; ')}. Type \`card ${engagement.number}\`.`;

/** Something that happened, with its reason where it has one. */
export const happenedRecord = ({ number, systemName, component }: FlowStep, reason: string | null): Line =>
  line`${strong(number)} (${theirs(systemName)}), ${component}${reason === null ? '' : `: ${reasonWords(reason)}`}.`;

/** What is counted, and each of them. */
export interface AskAnswer {
  readonly understood: Line;
  readonly unit: 'engagement' | 'request';
  readonly count: number;
  readonly records: readonly Line[];
  /** More to say before the records. */
  readonly words?: readonly string[];
}

/** The answer: how many, how the question was understood, the first records; the others stand below. */
export function askAnswer({ understood: about, unit, count, records, words = [] }: AskAnswer): Message {
  const more = records.slice(SHOWN, SHOWN + MOST_BELOW);
  const left = count - SHOWN - more.length;
  const tail =
    more.length === 0
      ? []
      : [
          note(
            `The first ${SHOWN} of ${count}. ${more.length} more are in the details.${left > 0 ? ` ${left} have no room there: ask about one component, such as \`… in OIT\`.` : ''}`,
          ),
        ];
  return {
    ...card(`${count} ${count === 1 ? unit : `${unit}s`}`, [
      paragraph(line`${about}.`),
      ...words.map((each) => paragraph(each)),
      ...(records.length > 0 ? [bullets(records.slice(0, SHOWN))] : []),
      ...tail,
    ]),
    ...(more.length > 0 ? { below: [bullets(more)] } : {}),
  };
}

/** What the channel is told where the records say how a person stands. */
export const ONLY_COUNTED =
  'Which ones they are says how a person stands, so I do not list them here. Ask me the same in a direct message.';

/** How many were declined or withdrawn for which reason: `2 because no Service ISSO is free at the time`. */
export const reasonCounts = (reasons: ReadonlyMap<string, number>): readonly string[] =>
  reasons.size === 0
    ? []
    : [
        `By reason: ${[...reasons]
          .toSorted(([, a], [, b]) => b - a)
          .map(([reason, count]) => `${reasonWords(reason)} (${count})`)
          .join('; ')}.`,
      ];

/** How long a step takes. The whole way is told apart from the 60 days, which begin later. */
export function howLongAnswer(about: Line, step: TimedStep, spread: Spread | null): Message {
  if (spread === null)
    return say(line`${about}.`, 'Nothing got there in that time, so there is nothing to measure.');
  const { count, median, p90 } = spread;
  const found =
    count === 1
      ? '1 engagement was measured.'
      : `Half of them took ${days(median)} or less, and 9 of 10 took ${days(p90)} or less. ${count} engagements were measured.`;
  const apart =
    step === 'active'
      ? 'This counts from the request on. The 60 days of onboarding begin later, on its day 0. '
      : '';
  return card(count === 1 ? days(median) : `Median: ${days(median)}`, [
    paragraph(line`${about}.`),
    paragraph(found),
    note(`${apart}\`measures\` shows all that is measured.`),
  ]);
}

const days = (count: number): string => `${count} business ${count === 1 ? 'day' : 'days'}`;

/** The questions that can be answered, for one that can't be read. */
export function askHelp(typed: string | null): Message {
  const intro =
    typed === null
      ? 'You can ask about the state of the programme in your own words.'
      : line`I can’t read the question “${theirs(typed)}”. You can ask about the state of the programme in these ways.`;
  return card('What you can ask', [
    paragraph(intro),
    bullets(Object.values(ASK_EXAMPLES).flatMap((examples) => examples.map((each) => `\`${each}\``))),
    note(
      'You can add a component, such as `in OIT`, an offering, and a time, such as `this month`, `last quarter` or `2027 Q1`.',
    ),
  ]);
}
