/** What became of the lines of an Information Card over time, in words. */
import type { CardItem } from '../../domain/card.ts';
import type { LineHistory } from '../../domain/card-history.ts';
import { type CardTemplate, itemIn, nameOn } from '../../domain/card-template.ts';
import { type LocalDate, sayShortDate } from '../../domain/time.ts';
import { type Inline, type Line, line, strong, text, theirs } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { lineNames, stateWords } from './card-items.ts';

/** One change; `by` null: it followed from something else. */
export interface HistoryShown extends Omit<LineHistory, 'at' | 'byId'> {
  readonly on: LocalDate;
  readonly by: Inline | null;
}

export interface HistoryReader {
  /** Changes before those shown. */
  readonly earlier: number;
  readonly seesReferences: boolean;
  /** The present one first, then those the card had before. */
  readonly templates: readonly CardTemplate[];
}

/** `shown` oldest first. */
export const cardHistory = (number: string, shown: readonly HistoryShown[], reader: HistoryReader): Message =>
  card(`History of the card: ${number}`, [
    ...(shown.length === 0
      ? [paragraph('Nothing has changed on it yet.')]
      : [bullets(shown.map((each) => historyWords(each, reader)))]),
    ...(reader.earlier > 0
      ? [
          note(
            `${reader.earlier} earlier changes are not shown. For one line, type its name behind it: \`card ${number} history piv\`.`,
          ),
        ]
      : []),
  ]);

function historyWords(shown: HistoryShown, { templates, seesReferences }: HistoryReader): Line {
  const item = templates.map((template) => itemIn(template, shown.key)).find((each) => each !== undefined);
  const name = item ? nameOn(item, shown.on) : shown.key;
  const who = shown.by ? line` by ${shown.by}` : ', by itself';
  const why = shown.reason === null ? '' : line` Why: ${theirs(shown.reason)}`;
  const what = changeWords(shown.before, shown.after, seesReferences);
  return line`${sayShortDate(shown.on)}, ${shown.on.slice(0, 4)}${who}: ${strong(name)}. ${joined(what)}${why}`;
}

/** Each thing that changed. */
function changeWords(
  before: CardItem | null,
  after: CardItem | null,
  seesReferences: boolean,
): readonly Line[] {
  if (after === null) return [line`It fell away with newer lines.`];
  if (before === null) return [line`It came with newer lines.`];
  const [was, is] = [stateWords(before, seesReferences), stateWords(after, seesReferences)];
  const due =
    after.movedTo === null ? 'Due by the day of the plan again.' : `Due by ${sayShortDate(after.movedTo)}.`;
  return [
    ...(JSON.stringify(was) === JSON.stringify(is) ? [] : [line`${is} (before: ${was})`]),
    ...(before.movedTo === after.movedTo ? [] : [line`${due}`]),
    ...(before.nextAction === after.nextAction || after.nextAction === null
      ? []
      : [line`Next: ${theirs(after.nextAction)}`]),
  ];
}

const joined = (parts: readonly Line[]): Line =>
  parts.flatMap((part, index) => (index === 0 ? part : [text(' '), ...part]));

/** No line is called so. */
export const noLineOfThat = (number: string, template: CardTemplate, today: LocalDate): Message =>
  say(
    `No line is called that. Type \`card ${number} history\` for all, or name one: ${lineNames(template, today)}.`,
  );
