/** The lines of digests. Nothing personal: names of programme people, numbers of engagements and names of systems only. */
import type { DigestEngagement, Undelivered } from '../../domain/digest.ts';
import type { CountLabel, OpenCount } from '../../domain/digest-counts.ts';
import type {
  DigestException,
  ExceptionGroup,
  SessionTrouble,
  Trouble,
} from '../../domain/digest-exceptions.ts';
import type { Flow, FlowKind } from '../../domain/digest-flow.ts';
import type { KickoffNow } from '../../domain/kickoff-stands.ts';
import type { People } from '../../domain/person.ts';
import { type Line, line, link, strong, theirs, time } from '../inline.ts';
import { nextMoveLine, SIDE_NAMES, STATE_LABELS } from './engagement-words.ts';
import { MEETING_WORDS } from './meeting.ts';
import { nameOf } from './people.ts';

const NUMBERS_SHOWN = 10;
const NAMES_SHOWN = 15;
const UNRECORDED_SHOWN = 5;

/** What stands over the exceptions of a group. */
export const GROUP_HEADS: Readonly<Record<ExceptionGroup, string>> = {
  overdue: 'Overdue',
  'at-risk': 'At risk',
  unassigned: 'Unassigned',
  unreachable: 'Not reached',
  unanswered: 'Unanswered',
  waiting: 'Waiting',
};

const WHAT: Readonly<Record<Exclude<Trouble, 'step-overdue'>, string>> = {
  'triage-overdue': 'triage is overdue',
  'triage-due': 'waits for triage',
  'asked-back': 'the requester has not answered the question',
  'no-kickoff-offer': 'has no kickoff times on offer',
  'offer-unanswered': 'the kickoff times are not answered',
  'proposal-waiting': 'proposed kickoff times wait for an answer',
  'kickoff-unrecorded': 'the kickoff is not recorded',
  unconfirmed: 'the Business Owner has not confirmed it',
  'attention-asked': 'survey answers need a follow-up',
  'sixty-days-over': 'the 60 days of onboarding have passed',
  'forecast-late': 'onboarding will take longer than its 60 days, by the forecast',
  'at-risk': 'onboarding is at risk',
  'no-owner': 'nobody in ISPG has it in hand',
  'no-service-isso': 'has no Service ISSO',
};

/** What is wrong with a session, and what to type for it. */
const SESSION: Readonly<Record<SessionTrouble, (name: string, typed: string) => readonly [string, string]>> =
  {
    'session-unrecorded': (name, typed) => [`the ${name} is not recorded`, `held ${typed}`],
    'session-unanswered': (name, typed) => [`the times for the ${name} are not answered`, `offer ${typed}`],
    'session-lapsed': (name, typed) => [`the ${name} has no times left to choose from`, `offer ${typed}`],
    'session-proposal': (name, typed) => [
      `proposed times for the ${name} wait for an answer`,
      `take 1 for ${typed}`,
    ],
  };

/** What is counted; with its plural where that is another word. */
type Counted = string | readonly [one: string, many: string];

const COUNT: Readonly<Record<CountLabel, Counted>> = {
  unconfirmed: 'waiting for the Business Owner',
  'to-triage': 'to triage',
  'kickoff-to-schedule': ['kickoff to schedule', 'kickoffs to schedule'],
  'kickoff-booked': ['kickoff booked', 'kickoffs booked'],
  'kickoff-held': ['kickoff held', 'kickoffs held'],
  'in-preparation': 'form done, search not begun',
  searching: 'looking for a Service ISSO',
  candidate: ['candidate proposed', 'candidates proposed'],
  onboarding: 'onboarding',
  'at-work': 'at work',
  ending: 'ending',
};

const FLOW: Readonly<Record<FlowKind, Counted>> = {
  filed: 'filed',
  accepted: 'accepted at triage',
  'kickoff-held': ['kickoff held', 'kickoffs held'],
  identified: ['Service ISSO identified', 'Service ISSOs identified'],
  'at-work': 'began work',
  closed: 'closed',
  withdrawn: 'withdrawn',
  declined: 'not accepted',
};

const CHANNEL: Readonly<Record<NonNullable<Undelivered['channel']>, string>> = {
  ispg: 'the ISPG channel',
  issoaas: 'the programme channel',
};

/** Where the pages of the programme are, without a slash at the end; null leaves links out. */
export type Pages = string | null;

/** The engagement, what is wrong with it since when, who has the next move, and the typed way to it. */
export function exceptionLine(exception: DigestException, people: People, pages: Pages): Line {
  const { engagement, since } = exception;
  const [what, typed] = whatOf(exception);
  const way =
    typed === null ? line` type \`status ${engagement.number}\`` : line` ISPG can type \`${typed}\``;
  return line`${strong(engagement.number)} (${theirs(engagement.systemName)}): ${what}, since ${time(since, 'date')}. Next: ${whoIsNext(exception, people)};${way}${openLink(engagement.number, pages)}.`;
}

const openLink = (number: string, pages: Pages): Line =>
  pages === null ? [] : line` or ${link('open it', `${pages}/dashboard/engagements/${number}`)}`;

function whoIsNext({ nextId, nextSide }: DigestException, people: People): Line {
  if (nextSide !== undefined) return line`${SIDE_NAMES[nextSide].replace(/^The /u, 'the ')}`;
  return line`${nextId === null ? 'ISPG' : nameOf(people, nextId)}`;
}

function whatOf({ what, session, engagement }: DigestException): readonly [string, string | null] {
  if (what === 'step-overdue')
    return [`has stood at \u201c${STATE_LABELS[engagement.state]}\u201d for too long`, null];
  if (!isSessionTrouble(what)) return [WHAT[what], null];
  const name = session?.kind === 'initial' ? 'initial meeting' : 'satisfaction session';
  const [word] = MEETING_WORDS[session?.kind ?? 'satisfaction'];
  return SESSION[what](name, `${word} ${engagement.number}`);
}

const isSessionTrouble = (what: DigestException['what']): what is SessionTrouble => what in SESSION;

/** Meetings of the programme, in one line. */
export function unrecordedLines(typed: readonly string[]): Line[] {
  const [first] = typed;
  if (first === undefined) return [];
  const more = typed.length - UNRECORDED_SHOWN;
  const names = typed.slice(0, UNRECORDED_SHOWN).join(', ');
  return [
    line`Over and not recorded: ${names}${more > 0 ? ` and ${more} more` : ''}. Next: whoever arranged them, with \`held ${first}\`, or \`cancel ${first}\` if it was not held.`,
  ];
}

/** People and channels apart, as somebody else has to see to each. */
export function undeliveredLines(undelivered: readonly Undelivered[], people: People): Line[] {
  const toChannels = undelivered.filter(({ channel }) => channel !== null);
  const toPeople = undelivered.filter(({ channel }) => channel === null);
  const channels = new Set(toChannels.flatMap(({ channel }) => channel ?? []));
  const ids = [...new Set(toPeople.map(({ personId }) => personId))];
  const names = ids
    .slice(0, NAMES_SHOWN)
    .flatMap((id, index) => [...(index > 0 ? line`, ` : []), nameOf(people, id)]);
  const more = ids.length > NAMES_SHOWN ? ` and ${ids.length - NAMES_SHOWN} more` : '';
  const lines: Line[] = [];
  if (toPeople.length > 0)
    lines.push(
      line`Messages could not be delivered (${toPeople.length}) to: ${names}${more}. Next: ISPG reaches them another way.`,
    );
  if (channels.size > 0)
    lines.push(
      line`Messages could not be delivered (${toChannels.length}) to: ${[...channels].map((channel) => CHANNEL[channel]).join(', ')}. Next: whoever runs the bot sees to it that it may write there.`,
    );
  return lines;
}

export function leftOutLines(leftOut: number): Line[] {
  if (leftOut === 0) return [];
  return [
    line`${leftOut} more open requests are not looked at here: there are too many for one digest. \`status\` with a number shows a request.`,
  ];
}

/** `2 filed (ISSO-2026-0001, ISSO-2026-0002)`, by kind. */
export const flowTexts = (flow: Flow): readonly string[] =>
  flow.map(({ kind, steps }) =>
    counted(
      FLOW[kind],
      steps.map(({ number }) => number),
    ),
  );

/** `1 to triage (ISSO-2026-0001)`, by where they stand. */
export const countTexts = (counts: readonly OpenCount[]): readonly string[] =>
  counts.map(({ label, engagements }) =>
    counted(
      COUNT[label],
      engagements.map(({ number }) => number),
    ),
  );

const wordsOf = (what: Counted, count: number): string =>
  typeof what === 'string' ? what : what[count === 1 ? 0 : 1];

function counted(what: Counted, numbers: readonly string[]): string {
  const shown = numbers.slice(0, NUMBERS_SHOWN).join(', ');
  const more = numbers.length > NUMBERS_SHOWN ? ` and ${numbers.length - NUMBERS_SHOWN} more` : '';
  return `${numbers.length} ${wordsOf(what, numbers.length)} (${shown}${more})`;
}

/** What stands over the open engagements of a label: `Onboarding: 12`. */
export function countHead({ label, engagements }: OpenCount): string {
  const words = wordsOf(COUNT[label], engagements.length);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${engagements.length}`;
}

/** An open engagement with whoever has the next move. */
export const openLine = (engagement: DigestEngagement, kickoff: KickoffNow | null, people: People): Line =>
  line`${strong(engagement.number)} (${theirs(engagement.systemName)}): ${nextMoveLine(engagement, kickoff, people)}`;
