/** The nudge: what somebody has in hand, most urgent first, each line with what they can say of it (domain reference 4.5). */
import { isItemLine } from '../../domain/nudge.ts';
import { type NudgeList, type NumberedLine, numberedLines } from '../../domain/nudge-list.ts';
import { button } from '../button.ts';
import { line as lineOf } from '../inline.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph } from '../message.ts';
import { doneButton, moreButtons, typedDone } from './nudge-buttons.ts';
import { type NudgeReader, nameLine, standsLine } from './nudge-words.ts';

/** More lines with buttons are hard to read, and a platform shows no more; every line can be typed. */
const MOST_WITH_BUTTONS = 6;

/** The message of the day, and its redrawing while lines vanish from it. */
export function nudgeMessage(list: NudgeList, reader: NudgeReader): Message {
  const open = numberedLines(list);
  if (open.length === 0) return nothingLeft(list.more);
  const count = open.length + list.more;
  return shown(`In your hands: ${count} ${count === 1 ? 'line' : 'lines'}`, list, reader);
}

/** The same as an answer, at any time. */
export function nudgesNow(list: NudgeList, reader: NudgeReader): Message {
  const open = numberedLines(list);
  return open.length === 0 ? NOTHING_NOW : shown('What you have in hand', list, reader);
}

const nothingLeft = (more: number): Message =>
  card('In your hands: nothing left', [
    paragraph(
      more > 0
        ? `All that stood here is settled, paused, put off or with somebody else. ${more} more ${more === 1 ? 'waits' : 'wait'}: type \`nudges\`.`
        : 'All done for today: what stood here is settled, paused, put off or with somebody else.',
    ),
  ]);

const NOTHING_NOW: Message = card('What you have in hand', [
  paragraph('You have nothing in hand now. I write to you when a line comes to you.'),
]);

function shown(heading: string, list: NudgeList, reader: NudgeReader): Message {
  const open = numberedLines(list);
  const first = open.slice(0, MOST_WITH_BUTTONS);
  return card(
    heading,
    [
      facts(
        first.map((each) =>
          fact(labelOf(each), standsLine(each.line, reader), doneButton(each) ?? undefined),
        ),
      ),
      ...restBlocks(open.slice(MOST_WITH_BUTTONS), list.more, reader),
      note(howTo(first)),
    ],
    first.flatMap(moreButtons),
  );
}

/** The word keeps the number apart from that of a part of the message of the day. */
const labelOf = ({ place, line }: NumberedLine): string => `Line ${place}: ${nameLine(line)}`;

function restBlocks(rest: readonly NumberedLine[], more: number, reader: NudgeReader): readonly Block[] {
  const lines = rest.map(
    (each) => lineOf`${labelOf(each)}: ${standsLine(each.line, reader)}${typedHint(each)}`,
  );
  return [
    ...(lines.length > 0 ? [bullets(lines)] : []),
    ...(more > 0 ? [paragraph(`And ${more} more: type \`nudges\` when these are done.`)] : []),
  ];
}

/** A line without buttons says what is typed of it. */
function typedHint(numbered: NumberedLine): string {
  const typed = numbered.line.part === null ? typedDone(numbered) : null;
  return typed === null ? '' : ` (\`${typed}\`)`;
}

/** What to type, with the number of a line for which it is right. */
function howTo(open: readonly NumberedLine[]): string {
  const first = open.find(({ line }) => line.part === null);
  const often = 'How often I write: `nudges daily` or `nudges weekly`.';
  if (!first) return often;
  const { place, line } = first;
  const done = typedDone(first);
  const ways = [
    ...(done === null ? [] : [done]),
    ...(isItemLine(line) ? [`blocked ${place} why`] : []),
    ...(isItemLine(line) && done !== null ? [`waiting ${place} on badging office`] : []),
    `not yet ${place} for 3 days`,
  ];
  return `Or type it with the number: ${ways.map((way) => `\`${way}\``).join(', ')}. ${often}`;
}

/** Opens the list of lines. */
export const nudgesButton = button(
  'nudges',
  'What I have in hand',
  { verb: 'nudges.show', subject: 'own' },
  'nudges',
);
