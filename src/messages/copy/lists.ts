/** Lists of engagements, what waits for somebody, and the history of one engagement. */
import type { Engagement } from '../../domain/engagement.ts';
import type { EngagementId } from '../../domain/ids.ts';
import type { KickoffNow } from '../../domain/kickoff-stands.ts';
import type { NextMove } from '../../domain/next-move.ts';
import type { People } from '../../domain/person.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { button } from '../button.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { bullets, card, type Message, note, numbered, say } from '../message.ts';
import { doesWords, nextMoveLine, STATE_LABELS, stateNow } from './engagement-words.ts';
import { nameOf } from './people.ts';
import { title } from './request.ts';

export interface ListPage {
  readonly engagements: readonly Engagement[];
  /** How the kickoffs stand that are being arranged. */
  readonly kickoffs: ReadonlyMap<EngagementId, KickoffNow>;
  /** As somebody types it, without `after`. */
  readonly typed: string;
  /** The number behind which the next page begins; null when this is the last. */
  readonly next: string | null;
}

/** One line for each engagement: where it stands and who has the next move. */
export function engagementList({ engagements, kickoffs, typed, next }: ListPage, people: People): Message {
  if (engagements.length === 0)
    return say(
      'There is nothing to show. You see the engagements that you are part of, or that your role follows.',
      'Narrow or widen it, for example: `requests in OIT`, `requests of Beatriz Okafor`, `requests matching`, `all requests`.',
    );
  const items = engagements.map((engagement) => {
    const kickoff = kickoffs.get(engagement.id) ?? null;
    return line`${title(engagement)}, ${engagement.component}: ${stateNow(engagement, kickoff)}. ${nextMoveLine(engagement, kickoff, people)}`;
  });
  const more = next === null ? [] : [moreButton(typed, next)];
  return card(
    `Engagements (${engagements.length}${next === null ? '' : ', and more'})`,
    [
      bullets(items),
      note(
        '`show` with a number opens one. Filters: `in OIT`, `of a person`, a state such as `matching`, `all` or `closed`.',
      ),
    ],
    more,
  );
}

const moreButton = (typed: string, after: string) =>
  button(
    'more',
    'Show more',
    { verb: 'engagements.list', subject: typed, choice: after },
    `${typed} after ${after}`,
  );

/** A filter that is none. */
export const unknownState = (word: string): Message =>
  say(
    line`I don't know the state ${theirs(word)}. Try \`requests matching\`, \`requests onboarding\`, \`requests working\`, \`closed requests\`, or \`requests in OIT\`.`,
  );

export const unknownComponent = (word: string): Message =>
  say(line`I know no component ${theirs(word)}. Use its short name, for example: \`requests in OIT\`.`);

/** What waits for the reader, the oldest first. */
export interface Waiting {
  readonly engagement: Engagement;
  readonly move: NextMove;
  readonly since: Date;
}

export function waitingList(waiting: readonly Waiting[], others: readonly Line[]): Message {
  if (waiting.length === 0 && others.length === 0) return say('Nothing waits for you.');
  const moves = waiting.map(
    ({ engagement, move, since }) =>
      line`${title(engagement)}: ${sentence(doesWords(move))} Since ${time(since, 'date')}. Type \`show ${engagement.number}\`.`,
  );
  return card('What waits for you', [numbered([...moves, ...others])]);
}

/** "completes the form" is read as a heading of what is to do. */
const sentence = (does: string): string => `you are the one who ${does}.`;

/** One entry of the record as people read it. */
export interface HistoryRow {
  readonly at: Date;
  readonly actorId: string | null;
  readonly role: string | null;
  readonly verb: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  readonly platform: string;
  /** Ids and codes. */
  readonly facts: Readonly<Record<string, string>>;
}

export interface HistoryPage {
  readonly number: string;
  readonly rows: readonly HistoryRow[];
  /** How many there are in all, and which of them the first row is, from 1. */
  readonly of: number;
  readonly first: number;
  /** Only what the reader did themselves. */
  readonly isOwn: boolean;
}

/** Who did what, newest first. */
export function historyCard({ number, rows, of, first, isOwn }: HistoryPage, people: People): Message {
  if (rows.length === 0)
    return say(
      line`There is nothing${isOwn ? ' of yours' : ''} in the record of ${strong(number)} from there on.`,
    );
  const next = first + rows.length;
  return card(
    `History of ${number}`,
    [
      bullets(rows.map((row) => historyLine(row, people))),
      note(
        line`${String(first)} to ${String(next - 1)} of ${String(of)}${isOwn ? ', your own actions' : ''}, newest first.`,
      ),
    ],
    next <= of
      ? [
          button(
            'older',
            'Show older',
            { verb: 'history.show', subject: number, choice: String(next) },
            `history ${number} from ${next}`,
          ),
        ]
      : [],
  );
}

/** One entry: when, who, what, and from which state to which. */
export function historyLine(
  { at, actorId, role, verb, from, to, reason, platform, facts }: HistoryRow,
  people: People,
): Line {
  const who = actorId === null ? 'The bot' : nameOf(people, actorId);
  const moved =
    from !== to && to !== null
      ? line`: ${from === null ? 'now' : stateName(from)} to ${strong(stateName(to))}`
      : '';
  return line`${time(at)}: ${who}${role === null || actorId === null ? '' : ` (${role.replaceAll('_', ' ')})`}, ${verb.replaceAll('.', ' ').replaceAll('-', ' ')}${moved}${plansOf(verb, facts)}${reason === null ? '' : line`. Reason: ${theirs(reason.replaceAll('_', ' '))}`}, on ${platform}`;
}

/** Both plans of an onboarding whose day 0 was moved. */
function plansOf(verb: string, { dayZeroBefore, dayZero, goalBefore, goal }: HistoryRow['facts']): string {
  if (verb !== 'card.move-day-zero' || !dayZeroBefore || !dayZero || !goalBefore || !goal) return '';
  const days = [dayZeroBefore, dayZero, goalBefore, goal].map(sayLocalDate);
  return `: day 0 from ${days[0]} to ${days[1]}, the goal from ${days[2]} to ${days[3]}`;
}

const stateName = (state: string): string =>
  Object.hasOwn(STATE_LABELS, state) ? STATE_LABELS[state as keyof typeof STATE_LABELS] : state;
