import type { ActionsBlock, Button as ButtonElement, KnownBlock } from '@slack/types';
import type { Button } from '../../src/messages/button.ts';
import { inert } from '../../src/messages/harmless.ts';
import { type Line, strong, text } from '../../src/messages/inline.ts';
import type { Block, Fact } from '../../src/messages/message.ts';
import { lineText, plainText, type Reader } from '../../src/messages/plain-text.ts';
import { mrkdwn, NO_WORDS, plain, quiet, quietLine, quietMessage, wellFormed } from './escape.ts';
import { SLACK } from './limits.ts';
import { hasWords, richCost, richList, richSection, richText, splitLine } from './rich-text.ts';

/** What is drawn together and never parted. */
export interface Piece {
  readonly blocks: readonly KnownBlock[];
  /** The same in words, for whoever can't see blocks. */
  readonly words: string;
  /** It belongs into the first message, because people act with it. */
  readonly stays?: true;
  /** A row with its button: it keeps its place among what is read. */
  readonly acts?: true;
}

/** How much may stand in one message or view. */
export interface Room {
  readonly blocks: number;
  readonly characters: number;
}

/** Names given in one message so far, so that none is given twice. */
export type TakenNames = Set<string>;

/** Characters of one piece: a fraction of a message, so that messages are filled well. */
export const PIECE = 2_500;

/** What blocks take of the room for characters. */
export const costOf = (blocks: readonly KnownBlock[]): number =>
  blocks.reduce((sum, block) => sum + JSON.stringify(block).length + SLACK.blockOverhead, 0);

/** The pieces that fit into `room` as a whole from the first on, and those that are left. */
export function firstThatFit(pieces: readonly Piece[], room: Room): readonly [Piece[], Piece[]] {
  let [blocks, characters, count] = [0, 0, 0];
  for (const piece of pieces) {
    blocks += piece.blocks.length;
    characters += costOf(piece.blocks);
    if (blocks > room.blocks || characters > room.characters) break;
    count += 1;
  }
  return [pieces.slice(0, count), pieces.slice(count)];
}

/**
 * Which pieces stand in a message: what people act with first, then as much of the rest as fits, up to the first that does
 * not. Both lists are in the order of reading.
 */
export function fitted(pieces: readonly Piece[], room: Room): readonly [shown: Piece[], left: Piece[]] {
  const [staying] = firstThatFit(
    pieces.filter((piece) => piece.stays),
    room,
  );
  const blocks = staying.flatMap((piece) => piece.blocks);
  const [others] = firstThatFit(
    pieces.filter((piece) => !piece.stays),
    { blocks: room.blocks - blocks.length, characters: room.characters - costOf(blocks) },
  );
  const chosen = new Set([...staying, ...others]);
  return [pieces.filter((piece) => chosen.has(piece)), pieces.filter((piece) => !chosen.has(piece))];
}

/** The heading; one that is too long for Slack's header stands below it in full. */
export function headingPieces(heading: string | undefined, reader: Reader): Piece[] {
  if (heading === undefined || heading.trim() === '') return [];
  const words = lineText(quietLine([{ kind: 'theirs', text: heading }]), reader);
  const header: KnownBlock = { type: 'header', text: plain(heading, SLACK.header) };
  const piece: Piece = { blocks: [header], words, stays: true };
  const harmless = inert(heading);
  // Said in full below: it may hold other people's words, which do nothing there either.
  return harmless.length > SLACK.header ? [piece, ...linePieces([strong(quiet(harmless))], reader)] : [piece];
}

/** The blocks of a message but for its inputs, which `render-fields.ts` draws. */
export function blockPieces(
  block: Exclude<Block, { kind: 'fields' }>,
  reader: Reader,
  taken: TakenNames,
): Piece[] {
  switch (block.kind) {
    case 'paragraph':
      return linePieces(block.line, reader);
    case 'note':
      return notePieces(block.line, reader);
    case 'list':
      return listPieces(block.items, block.ordered, reader);
    case 'facts':
      return factPieces(block.rows, reader, taken);
    default:
      return block satisfies never;
  }
}

/** A line of text. */
export function linePieces(line: Line, reader: Reader): Piece[] {
  if (!hasWords(line)) return [];
  return splitLine(line, PIECE, (part) => richCost(part, reader)).map((part) => ({
    blocks: [richText(richSection(part, reader))],
    words: inWords(part, reader),
  }));
}

/** A line in small type. */
export function notePieces(line: Line, reader: Reader): Piece[] {
  if (!hasWords(line)) return [];
  return splitLine(line, PIECE, (part) => mrkdwn(part, reader).length).flatMap((part) => {
    const markup = mrkdwn(part, reader);
    if (markup.trim() === '') return [];
    const element = { type: 'mrkdwn' as const, text: markup, verbatim: true };
    return [{ blocks: [{ type: 'context', elements: [element] }], words: inWords(part, reader) }];
  });
}

/** Rows of buttons, five in each; what a button that Slack can't carry does is said in words. */
export function buttonPieces(buttons: readonly Button[], reader: Reader, taken: TakenNames): Piece[] {
  const pieces: Piece[] = [];
  let row: Button[] = [];
  const close = () => {
    if (row.length > 0)
      pieces.push({ blocks: [actions(row, taken)], words: typedWords(row, reader), stays: true });
    row = [];
  };
  for (const one of buttons.filter(isDrawn)) {
    const isFull = row.length === SLACK.actionsInARow || costOf([actions([...row, one], new Set())]) > PIECE;
    if (isFull) close();
    row.push(one);
  }
  close();
  return [...pieces, ...typedPieces(buttons, reader)];
}

/** Buttons beside each other. */
export const actions = (buttons: readonly Button[], taken: TakenNames): ActionsBlock => ({
  type: 'actions',
  elements: buttons.map((one) => buttonElement(one, taken)),
});

/** What to type instead of the buttons that are too large for Slack. */
export function typedPieces(buttons: readonly Button[], reader: Reader): Piece[] {
  const tooLarge = buttons.filter((one) => !isDrawn(one));
  return tooLarge.length === 0 ? [] : notePieces([text(typedWords(tooLarge, reader))], reader);
}

/** Whether Slack can carry what pressing says. */
export const isDrawn = ({ press }: Button): boolean => JSON.stringify(press).length <= SLACK.buttonValue;

/** `wanted`, or with a number behind it when that is taken; at most as long as Slack lets names be. */
export function freeName(wanted: string, taken: TakenNames): string {
  const base = wellFormed(wanted.slice(0, SLACK.id - 8));
  let name = base;
  for (let again = 2; taken.has(name); again += 1) name = `${base}~${again}`;
  taken.add(name);
  return name;
}

/**
 * The name says beforehand whether a dialog must be opened, because Slack waits 3 seconds for it; what pressing says
 * travels in the value.
 */
function buttonElement(
  { id, label, press, look, opensDialog }: Button,
  taken: TakenNames,
  row = '',
): ButtonElement {
  return {
    type: 'button',
    action_id: freeName(`${opensDialog ? 'open' : 'press'}:${id}`, taken),
    text: plain(label, SLACK.buttonText),
    value: JSON.stringify(press),
    ...(look === 'plain' ? {} : { style: look }),
    // Many rows say "Change", so the label for screen readers says of what.
    ...(row === '' ? {} : { accessibility_label: plain(`${label}: ${row}`, SLACK.accessibilityLabel).text }),
  };
}

/** Items in blocks of a fair size; an item that is too long for one goes on below it. */
function listPieces(items: readonly Line[], ordered: boolean, reader: Reader): Piece[] {
  const pieces: Piece[] = [];
  let group: Line[] = [];
  let cost = 0;
  const close = (next: number) => {
    if (group.length > 0) pieces.push(listPiece(group, ordered, next - group.length, reader));
    group = [];
    cost = 0;
  };
  items.forEach((item, index) => {
    const itemCost = richCost(item, reader);
    if (cost + itemCost > PIECE) close(index);
    if (itemCost <= PIECE) {
      group.push(item);
      cost += itemCost;
      return;
    }
    const [head = [], ...rest] = splitLine(item, PIECE, (part) => richCost(part, reader));
    pieces.push(listPiece([head], ordered, index, reader));
    pieces.push(...rest.flatMap((part) => linePieces(part, reader)));
  });
  close(items.length);
  return pieces;
}

function listPiece(lines: readonly Line[], ordered: boolean, before: number, reader: Reader): Piece {
  const words = lines.map((line, index) => {
    return `${ordered ? `${before + index + 1}.` : '-'} ${inWords(line, reader)}`;
  });
  return { blocks: [richText(richList(lines, ordered, before, reader))], words: words.join('\n') };
}

/** Rows with a button stand by themselves, those between them together. */
function factPieces(rows: readonly Fact[], reader: Reader, taken: TakenNames): Piece[] {
  const pieces: Piece[] = [];
  let group: Line = [];
  const close = () => {
    pieces.push(...linePieces(group, reader));
    group = [];
  };
  for (const row of rows) {
    const line = factLine(row);
    if (row.button) {
      close();
      pieces.push(...buttonRow(row, row.button, reader, taken));
      continue;
    }
    const longer: Line = group.length === 0 ? line : [...group, text('\n'), ...line];
    if (group.length > 0 && richCost(longer, reader) > PIECE) {
      close();
      group = line;
    } else group = longer;
  }
  close();
  return pieces;
}

const factLine = ({ label, value }: Fact): Line => [strong(label), text(': '), ...value];

function buttonRow(row: Fact, button: Button, reader: Reader, taken: TakenNames): Piece[] {
  const line = factLine(row);
  const [head = [], ...rest] = splitLine(line, PIECE, (part) => mrkdwn(part, reader).length);
  const markup = mrkdwn(head, reader);
  const block: KnownBlock = {
    type: 'section',
    text: { type: 'mrkdwn', text: markup.trim() === '' ? NO_WORDS : markup, verbatim: true },
    ...(isDrawn(button) ? { accessory: buttonElement(button, taken, row.label) } : {}),
  };
  const words = `${inWords(head, reader)} (\`${button.typed}\`)`;
  return [
    { blocks: [block], words, acts: true },
    ...rest.flatMap((part) => linePieces(part, reader)),
    ...typedPieces([button], reader),
  ];
}

const inWords = (line: Line, reader: Reader): string => lineText(quietLine(line), reader);

const typedWords = (buttons: readonly Button[], reader: Reader): string =>
  plainText(quietMessage({ blocks: [], buttons }), reader);
