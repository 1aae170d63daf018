/** Long lists, in a message with details and in its thread: the same words in half the room, because formatted text takes most of it. */
import { belowOf } from '../../src/messages/below.ts';
import { type Line, line } from '../../src/messages/inline.ts';
import type { Message } from '../../src/messages/message.ts';
import { lineText, type Reader } from '../../src/messages/plain-text.ts';
import { mrkdwn, quietLine } from './escape.ts';
import { blockPieces, linePieces, PIECE, type Piece, type TakenNames } from './message-blocks.ts';
import { splitLine } from './rich-text.ts';

/** What stands below the message, whether a message has room for it or not. */
export function detailPieces(message: Message, reader: Reader): Piece[] {
  const taken: TakenNames = new Set();
  return belowOf(message).flatMap((block) =>
    block.kind === 'fields' ? [] : compactPieces(block, reader, taken),
  );
}

/** A block as `blockPieces` draws it, with its lists in less room. */
export const compactPieces: typeof blockPieces = (block, reader, taken) =>
  block.kind === 'list'
    ? rowPieces(
        block.items.map((item, index) => line`${block.ordered ? `${index + 1}.` : '•'} ${item}`),
        reader,
      )
    : blockPieces(block, reader, taken);

/** Lines below each other in sections of a fair size; one that is too long for one goes on below it. */
function rowPieces(rows: readonly Line[], reader: Reader): Piece[] {
  const pieces: Piece[] = [];
  let group: Line[] = [];
  let markup = '';
  const close = () => {
    if (group.length > 0) pieces.push(sectionPiece(group, markup, reader));
    group = [];
    markup = '';
  };
  for (const row of rows) {
    const [head = [], ...rest] = splitLine(row, PIECE, (part) => mrkdwn(part, reader).length);
    const longer = markup === '' ? mrkdwn(head, reader) : `${markup}\n${mrkdwn(head, reader)}`;
    if (longer.length > PIECE) close();
    markup = markup === '' ? mrkdwn(head, reader) : longer;
    group.push(head);
    if (rest.length === 0) continue;
    close();
    pieces.push(...rest.flatMap((part) => linePieces(part, reader)));
  }
  close();
  return pieces;
}

/** Without `expand`, clients fold what is long. */
const sectionPiece = (rows: readonly Line[], markup: string, reader: Reader): Piece => ({
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: markup, verbatim: true }, expand: true }],
  words: rows.map((row) => lineText(quietLine(row), reader)).join('\n'),
});
