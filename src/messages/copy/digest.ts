/** The digest in words. Nothing personal: names of programme people and request numbers only. */
import type {
  CountLabel,
  Digest,
  DigestException,
  SessionTrouble,
  Undelivered,
} from '../../domain/digest.ts';
import type { People } from '../../domain/person.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { MEETING_WORDS } from './meeting.ts';
import { nameOf } from './people.ts';

/** More than this in one list is said as a number, so that the message stays within every platform's limits. */
const ROWS_SHOWN = 15;
const NUMBERS_SHOWN = 20;
const UNRECORDED_SHOWN = 5;

const WHAT: Readonly<Record<Exclude<DigestException['what'], SessionTrouble>, string>> = {
  'triage-overdue': 'triage is overdue',
  'triage-due': 'waits for triage',
  'asked-back': 'the requester has not answered the question',
  'no-kickoff-offer': 'has no kickoff times on offer',
  'offer-unanswered': 'the kickoff times are not answered',
  'proposal-waiting': 'proposed kickoff times wait for an answer',
  'kickoff-unrecorded': 'the kickoff is not recorded',
  unconfirmed: 'the Business Owner has not confirmed it',
  'attention-asked': 'survey answers need a follow-up',
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

const COUNT: Readonly<Record<CountLabel, string>> = {
  unconfirmed: 'waiting for the Business Owner',
  'to-triage': 'to triage',
  'kickoff-to-schedule': 'kickoff to schedule',
  'kickoff-booked': 'kickoff booked',
  'kickoff-held': 'kickoff held',
  'in-preparation': 'form done, search not begun',
  searching: 'looking for a Service ISSO',
  candidate: 'candidate proposed',
  onboarding: 'onboarding',
  'at-work': 'at work',
  ending: 'ending',
};

const CHANNEL: Readonly<Record<NonNullable<Undelivered['channel']>, string>> = {
  ispg: 'the ISPG channel',
  issoaas: 'the programme channel',
};

/**
 * The digest of the ISPG channel as things stand `at`; a day on which nothing needs anybody is one line.
 * `lateFor`: the instant it should have come at, when that is well past.
 */
export function digestMessage(
  digest: Digest,
  people: People,
  at: Date,
  lateFor: Date | null = null,
): Message {
  const needs = [
    ...unrecordedLines(digest.unrecorded),
    ...undeliveredLines(digest.undelivered, people),
    ...leftOutLines(digest.leftOut),
  ];
  const waiting = digest.exceptions.length + needs.length;
  const counts = digest.counts.map(({ label, engagements }) =>
    countText(
      label,
      engagements.map(({ number }) => number),
    ),
  );
  if (waiting === 0) {
    const open = counts.length === 0 ? 'No open requests.' : `Open: ${counts.join('; ')}.`;
    const quiet = lateFor === null ? 'nothing needs you today' : 'nothing needs you';
    return say(line`Digest for ${dayOf(at, lateFor)}: ${quiet}. ${open}`);
  }
  return card(`Digest: ${waiting === 1 ? '1 thing needs' : `${waiting} things need`} you`, [
    paragraph(dayOf(at, lateFor)),
    bullets([...exceptionLines(digest.exceptions, people), ...needs]),
    ...(counts.length > 0 ? [paragraph(line`${strong('Open requests')}`), bullets(counts)] : []),
    note('Type `status` with a number to see a request.'),
  ]);
}

/** The day the digest stands for; a late one says so. */
function dayOf(at: Date, lateFor: Date | null): Line {
  return lateFor === null
    ? line`${time(at, 'date')}`
    : line`${time(lateFor, 'date')} (late, as things stand ${time(at)})`;
}

function exceptionLines(exceptions: readonly DigestException[], people: People): Line[] {
  const shown = exceptions.slice(0, ROWS_SHOWN).map((exception) => exceptionLine(exception, people));
  const rest = exceptions.length - shown.length;
  return rest > 0 ? [...shown, line`and ${rest} more; \`status\` lists them.`] : shown;
}

function exceptionLine(exception: DigestException, people: People): Line {
  const { engagement, since, nextId } = exception;
  const [what, typed] = whatOf(exception);
  return line`${strong(engagement.number)} (${theirs(engagement.systemName)}): ${what}, since ${time(since, 'date')}. Next: ${nextId === null ? 'ISPG' : nameOf(people, nextId)}${typed === null ? '' : `; ISPG can type \`${typed}\``}.`;
}

function whatOf({ what, session, engagement }: DigestException): readonly [string, string | null] {
  if (!isSessionTrouble(what)) return [WHAT[what], null];
  const name = session?.kind === 'initial' ? 'initial meeting' : 'satisfaction session';
  const [word] = MEETING_WORDS[session?.kind ?? 'satisfaction'];
  return SESSION[what](name, `${word} ${engagement.number}`);
}

const isSessionTrouble = (what: DigestException['what']): what is SessionTrouble => what in SESSION;

/** Meetings of the programme, in one line. */
function unrecordedLines(typed: readonly string[]): Line[] {
  const [first] = typed;
  if (first === undefined) return [];
  const more = typed.length - UNRECORDED_SHOWN;
  const names = typed.slice(0, UNRECORDED_SHOWN).join(', ');
  return [
    line`Over and not recorded: ${names}${more > 0 ? ` and ${more} more` : ''}. Next: whoever arranged them, with \`held ${first}\`, or \`cancel ${first}\` if it was not held.`,
  ];
}

/** People and channels apart, as somebody else has to see to each. */
function undeliveredLines(undelivered: readonly Undelivered[], people: People): Line[] {
  const toChannels = undelivered.filter(({ channel }) => channel !== null);
  const toPeople = undelivered.filter(({ channel }) => channel === null);
  const channels = new Set(toChannels.flatMap(({ channel }) => channel ?? []));
  const ids = [...new Set(toPeople.map(({ personId }) => personId))];
  const names = ids
    .slice(0, ROWS_SHOWN)
    .flatMap((id, index) => [...(index > 0 ? line`, ` : []), nameOf(people, id)]);
  const more = ids.length > ROWS_SHOWN ? ` and ${ids.length - ROWS_SHOWN} more` : '';
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

function leftOutLines(leftOut: number): Line[] {
  if (leftOut === 0) return [];
  return [
    line`${leftOut} more open requests are not looked at here: there are too many for one digest. \`status\` with a number shows a request.`,
  ];
}

function countText(label: CountLabel, numbers: readonly string[]): string {
  const shown = numbers.slice(0, NUMBERS_SHOWN).join(', ');
  const more = numbers.length > NUMBERS_SHOWN ? ` and ${numbers.length - NUMBERS_SHOWN} more` : '';
  return `${numbers.length} ${COUNT[label]} (${shown}${more})`;
}
