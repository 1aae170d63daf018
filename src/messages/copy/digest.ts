/** The digests of engagements in words: of the ISPG channel, daily and weekly, and of a Cyber Risk Advisor's components. */
import type { Digest } from '../../domain/digest.ts';
import { type DigestException, GROUPS } from '../../domain/digest-exceptions.ts';
import type { People } from '../../domain/person.ts';
import { type Line, line, strong, text, theirs, time } from '../inline.ts';
import { type Block, bullets, card, type Message, note, paragraph, say } from '../message.ts';
import {
  countHead,
  countTexts,
  exceptionLine,
  flowTexts,
  GROUP_HEADS,
  leftOutLines,
  openLine,
  type Pages,
  undeliveredLines,
  unrecordedLines,
} from './digest-words.ts';

/** More exceptions than this stand below, so that the head stays short. */
const EXCEPTIONS_SHOWN = 15;
/** A list is drawn in pieces of so many lines, so that a platform may part it. */
const LINES_A_LIST = 25;

/** Which digest it is, as its words go. */
type EngagementDigest = 'daily' | 'weekly' | 'portfolio';

export interface DigestWords {
  readonly of: EngagementDigest;
  /** When it stands as it does. */
  readonly at: Date;
  /** The instant it should have come at, when that is well past. */
  readonly lateFor?: Date | null;
  /** Left out: nobody's links. */
  readonly pages?: Pages;
  /** The measures of the programme, for a weekly one. */
  readonly measures?: readonly Line[];
}

const NAMES: Readonly<Record<EngagementDigest, { readonly title: string; readonly quiet: string }>> = {
  daily: { title: 'Digest', quiet: 'nothing needs you' },
  weekly: { title: 'Weekly digest', quiet: 'nothing needs you' },
  portfolio: { title: 'Your components', quiet: 'nothing needs anybody' },
};

/** The digest; a day on which nothing needs anybody is one line, unless there are measures to tell. */
export function digestMessage(digest: Digest, people: People, words: DigestWords): Message {
  const { of, measures = [] } = words;
  const others = [...unrecordedLines(digest.unrecorded), ...leftOutLines(digest.leftOut)];
  const unreached = undeliveredLines(digest.undelivered, people);
  const waiting = digest.exceptions.length + unreached.length + others.length;
  const hasNews = waiting > 0 || digest.flow.length > 0 || digest.counts.length > 0;
  if (waiting === 0 && (measures.length === 0 || !hasNews)) return quiet(digest, words);
  const needs = of === 'portfolio' ? 'somebody' : 'you';
  const head = waiting === 1 ? `1 thing needs ${needs}` : `${waiting} things need ${needs}`;
  const message = card(`${NAMES[of].title}: ${waiting === 0 ? NAMES[of].quiet : head}`, [
    paragraph(dayOf(words)),
    ...exceptionBlocks(digest.exceptions, unreached, people, words.pages ?? null),
    ...(others.length > 0 ? [bullets(others)] : []),
    ...section(
      of === 'weekly' ? 'Since the last weekly digest' : 'Since the last digest',
      flowTexts(digest.flow),
    ),
    ...section('Open requests', countTexts(digest.counts)),
    ...section('Measures of the last 90 days', measures),
    note('Type `status` with a number to see a request.'),
  ]);
  const below = detailsOf(digest, people);
  return below.length > 0 ? { ...message, below } : message;
}

const section = (head: string, lines: readonly (string | Line)[]): readonly Block[] =>
  lines.length > 0 ? [paragraph([strong(head)]), bullets(lines)] : [];

function quiet(digest: Digest, words: DigestWords): Message {
  const counts = countTexts(digest.counts);
  const flow = flowTexts(digest.flow);
  const { title, quiet: nothing } = NAMES[words.of];
  const today = words.of === 'daily' && !words.lateFor ? ' today' : '';
  const since = flow.length === 0 ? '' : ` Since the last one: ${flow.join('; ')}.`;
  const open = counts.length === 0 ? 'No open requests.' : `Open: ${counts.join('; ')}.`;
  return say(line`${title} for ${dayOf(words)}: ${nothing}${today}.${since} ${open}`);
}

/** The day the digest stands for; a late one says so. */
export function dayOf({ at, lateFor = null }: Pick<DigestWords, 'at' | 'lateFor'>): Line {
  return lateFor === null
    ? line`${time(at, 'date')}`
    : line`${time(lateFor, 'date')} (late, as things stand ${time(at)})`;
}

/** By group, in their order; of the engagements the first so many, with what could not be delivered between them. */
function exceptionBlocks(
  exceptions: readonly DigestException[],
  unreached: readonly Line[],
  people: People,
  pages: Pages,
): readonly Block[] {
  const shown = new Set(exceptions.slice(0, EXCEPTIONS_SHOWN));
  return GROUPS.flatMap((group) => {
    if (group === 'unreachable') return section(GROUP_HEADS[group], unreached);
    const all = exceptions.filter((each) => each.group === group);
    const lines = all.filter((each) => shown.has(each)).map((each) => exceptionLine(each, people, pages));
    const rest = all.length - lines.length;
    const more = lines.length === 0 ? `${rest} in all; see below.` : `and ${rest} more; see below.`;
    return section(`${GROUP_HEADS[group]}: ${all.length}`, all.length === 0 ? [] : cut(lines, rest, more));
  });
}

const cut = (lines: readonly Line[], rest: number, more: string): readonly (string | Line)[] =>
  rest > 0 ? [...lines, more] : lines;

/** All exceptions where the head has no room for them, then every open engagement by where it stands. */
function detailsOf({ exceptions, counts, kickoffs }: Digest, people: People): readonly Block[] {
  const all = exceptions.length > EXCEPTIONS_SHOWN ? exceptions : [];
  return [
    ...GROUPS.flatMap((group) => {
      const lines = all
        .filter((each) => each.group === group)
        .map((each) => exceptionLine(each, people, null));
      return details(`${GROUP_HEADS[group]}: ${lines.length}`, lines);
    }),
    ...counts.flatMap((count) =>
      details(
        countHead(count),
        count.engagements.map((each) => openLine(each, kickoffs.get(each.id) ?? null, people)),
      ),
    ),
  ];
}

function details(head: string, lines: readonly Line[]): readonly Block[] {
  if (lines.length === 0) return [];
  const pieces: Block[] = [];
  for (let from = 0; from < lines.length; from += LINES_A_LIST)
    pieces.push(bullets(lines.slice(from, from + LINES_A_LIST)));
  return [paragraph([strong(head)]), ...pieces];
}

/** No digest has the name that was typed; `known` are those that the reader has. */
export const unknownDigest = (typed: string, known: readonly string[]): Message =>
  say(
    line`I know no digest called “${theirs(typed)}”. Type one of these: ${known.map((name) => `\`digest ${name}\``).join(', ')}.`,
  );

const UPDATED = 'Brought up to date ';

/** The message with a last line that says when it was drawn anew. */
export const broughtUpToDate = (message: Message, at: Date): Message => ({
  ...message,
  blocks: [...message.blocks, note([text(UPDATED), time(at), text('.')])],
});

/** The message without the line that says when it was drawn anew. */
export function withoutUpdate(message: Message): Message {
  const last = message.blocks.at(-1);
  const [first] = last?.kind === 'note' ? last.line : [];
  const isUpdate = first?.kind === 'text' && first.text === UPDATED;
  return isUpdate ? { ...message, blocks: message.blocks.slice(0, -1) } : message;
}
