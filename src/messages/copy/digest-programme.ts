/** The weekly digest of the programme channel. Everybody of the programme reads it: counts and dates, no names and no systems. */
import type { FlowKind } from '../../domain/digest-flow.ts';
import type { MeetingKind } from '../../domain/meeting-kinds.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { type DigestWords, dayOf } from './digest.ts';

/** A meeting of the programme that lies ahead. */
export interface MeetingAhead {
  readonly kind: MeetingKind;
  readonly title: string;
  /** The topic of a forum; null for none. */
  readonly topic: string | null;
  readonly startsAt: Date;
}

interface ProgrammeNews {
  /** How often each happened since the last one. */
  readonly flow: Readonly<Record<FlowKind, number>>;
  readonly open: number;
  readonly atWork: number;
  readonly ahead: readonly MeetingAhead[];
  /** Counts under it are not published. */
  readonly smallest: number;
}

const TOLD: readonly (readonly [FlowKind, string])[] = [
  ['filed', 'New requests'],
  ['kickoff-held', 'Kickoffs held'],
  ['identified', 'Service ISSOs identified'],
  ['at-work', 'Service ISSOs who began work'],
  ['closed', 'Engagements closed'],
];
const HOW_TO_ASK =
  'To ask for a Service ISSO, write to me in a direct message: `I need an ISSO`. Ask me about the programme here or there, such as `what does it cost`.';

/** One line in a week in which nothing happened and nothing lies ahead. */
export function programmeDigest(
  { flow, open, atWork, ahead, smallest }: ProgrammeNews,
  words: Pick<DigestWords, 'at' | 'lateFor'>,
): Message {
  const happened = TOLD.filter(([kind]) => flow[kind] > 0);
  if (happened.length === 0 && ahead.length === 0 && open < smallest)
    return say(line`ISSO As A Service, week of ${dayOf(words)}: no news. ${HOW_TO_ASK}`);
  const count = (n: number): string => (n < smallest ? `fewer than ${smallest}` : String(n));
  return card('ISSO As A Service this week', [
    paragraph(dayOf(words)),
    bullets([
      ...happened.map(([kind, said]) => `${said}: ${count(flow[kind])}`),
      `Open engagements: ${count(open)}`,
      `Engagements at work: ${count(atWork)}`,
    ]),
    ...(ahead.length > 0
      ? [paragraph(line`${strong('Meetings ahead')}`), bullets(ahead.map(aheadLine))]
      : []),
    note(HOW_TO_ASK),
  ]);
}

const aheadLine = ({ title, topic, startsAt }: MeetingAhead): Line =>
  line`${title}${topic === null ? '' : line` (${theirs(topic)})`}: ${time(startsAt)}`;
