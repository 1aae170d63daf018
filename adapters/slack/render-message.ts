import type { KnownBlock } from '@slack/types';
import { headOf } from '../../src/messages/below.ts';
import type { Button } from '../../src/messages/button.ts';
import {
  CONTINUES_IN_THREAD,
  DETAILS_IN_THREAD,
  leftOut,
  NOTHING_TO_SHOW,
  REST_IN_MESSAGE,
} from '../../src/messages/copy/slack.ts';
import { text } from '../../src/messages/inline.ts';
import type { Block, Message } from '../../src/messages/message.ts';
import { plainText, type Reader } from '../../src/messages/plain-text.ts';
import { compactPieces, detailPieces } from './detail-blocks.ts';
import { escaped, longestPrefix, quietMessage, wellFormed, withoutEmoji } from './escape.ts';
import { SLACK } from './limits.ts';
import {
  actions,
  blockPieces,
  buttonPieces,
  costOf,
  firstThatFit,
  fitted,
  headingPieces,
  isDrawn,
  notePieces,
  type Piece,
  type Room,
  type TakenNames,
  typedPieces,
} from './message-blocks.ts';
import { fittingFields } from './render-fields.ts';

/** One message as Slack posts it. */
export interface SlackPart {
  /** The same in words, in Slack's markup: what notifications show and screen readers say. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** A message, and what of it stands in its thread: what one message has no room for, and what belongs below it. */
export interface SlackMessage extends SlackPart {
  readonly thread: readonly SlackPart[];
}

/** Kept free for the last words of a part. */
const NOTE: Room = { blocks: 1, characters: 300 };
/** Characters that buttons may take from inputs. */
const BUTTONS = 4_000;

/**
 * The message in blocks, each part within Slack's limits (`limits.ts`). What people act with stands in the first part; what
 * has no room there follows in the thread, with what belongs below the message after it, in order and in full, up to
 * `SLACK.threadParts` messages, and then it is said how much is missing. `text` has the whole meaning in words, up to 3,000
 * characters, and less where the blocks need the room.
 */
export function renderMessage(message: Message, reader: Reader): SlackMessage {
  const head = headOf(message);
  const below = detailPieces(message, reader);
  const kept = below.length > 0 ? NOTE : { blocks: 0, characters: 0 };
  const usual = drawnBeside(SLACK.messageText, head, reader, kept);
  if (usual.left.length === 0) return whole(usual, below, reader);
  // The head of a message with details is to be read at one look, if it can be.
  const draw = below.length > 0 ? compactPieces : blockPieces;
  const full = below.length > 0 ? drawnBeside(SLACK.messageText, head, reader, kept, draw) : usual;
  if (full.left.length === 0) return whole(full, below, reader);
  const spare = SLACK.messageCharacters - kept.characters - costOf(blocksOf(full.pieces));
  const most = Math.max(SLACK.briefText, Math.min(spare, SLACK.messageText));
  const brief = drawnBeside(most, head, reader, kept, draw);
  if (brief.left.length === 0) return whole(brief, below, reader);
  const { words, room, pieces } = full.left.some(({ stays, acts }) => stays || acts) ? brief : full;
  const [shown, left] = fitted(pieces, less(room, NOTE));
  const note = notePieces([text(CONTINUES_IN_THREAD)], reader);
  return {
    text: words,
    blocks: blocksOf([...shown, ...note]),
    thread: threadOf([...left, ...below], reader),
  };
}

/** A message beside `text` of at most so many characters. */
interface Drawn {
  readonly words: string;
  readonly room: Room;
  readonly pieces: readonly Piece[];
  /** What has no room beside it. */
  readonly left: readonly Piece[];
}

function drawnBeside(
  characters: number,
  message: Message,
  reader: Reader,
  kept: Room,
  draw = blockPieces,
): Drawn {
  const words = cutText(plainText(quietMessage(message), reader), characters);
  const room = { blocks: SLACK.messageBlocks, characters: SLACK.messageCharacters - jsonLength(words) };
  const pieces = messagePieces(message, reader, room, draw);
  const [, left] = fitted(pieces, less(room, kept));
  return { words, room, pieces, left };
}

function whole({ words, pieces }: Drawn, below: readonly Piece[], reader: Reader): SlackMessage {
  const note = below.length > 0 ? notePieces([text(DETAILS_IN_THREAD)], reader) : [];
  return { text: words, blocks: blocksOf([...pieces, ...note]), thread: threadOf(below, reader) };
}

/** All that a message says, drawn piece by piece; inputs are drawn so that they fit into `room` together. */
export function messagePieces(message: Message, reader: Reader, room: Room, draw = blockPieces): Piece[] {
  const taken: TakenNames = new Set();
  const head = headingPieces(message.heading, reader);
  const buttons = buttonPieces(message.buttons, reader, taken);
  const groups = message.blocks.filter((block) => block.kind === 'fields').length;
  const around = [...head.filter((piece) => piece.stays), ...buttons];
  const free = less(room, {
    blocks: NOTE.blocks + around.length,
    characters: NOTE.characters + costOf(blocksOf(head)) + Math.min(BUTTONS, costOf(blocksOf(buttons))),
  });
  const share = {
    blocks: Math.floor(free.blocks / groups),
    characters: Math.floor(free.characters / groups),
  };
  const body = message.blocks.flatMap((block) =>
    block.kind === 'fields' ? fieldsPieces(block, reader, share, taken) : draw(block, reader, taken),
  );
  const pieces = [...head, ...body, ...buttons];
  return pieces.length > 0 ? pieces : notePieces([text(NOTHING_TO_SHOW)], reader);
}

/** The blocks of all pieces. */
export const blocksOf = (pieces: readonly Piece[]): KnownBlock[] => pieces.flatMap((piece) => piece.blocks);

/** What says that `left` has no room; nothing when nothing is left. */
export function leftOutPieces(left: readonly Piece[], reader: Reader): Piece[] {
  const characters = left.reduce((sum, piece) => sum + piece.words.length, 0);
  return left.length === 0 ? [] : notePieces([text(leftOut(characters))], reader);
}

/** `room` without what `used` takes of it. */
export const less = (room: Room, used: Room): Room => ({
  blocks: room.blocks - used.blocks,
  characters: room.characters - used.characters,
});

/** Inputs and the button that sends them: one piece, because Slack sends the values of one message together. */
function fieldsPieces(
  block: Extract<Block, { kind: 'fields' }>,
  reader: Reader,
  room: Room,
  taken: TakenNames,
): Piece[] {
  const send: KnownBlock[] = isDrawn(block.send) ? [sendRow(block.send, taken)] : [];
  const inputs = fittingFields(
    block.fields,
    'message',
    less(room, { blocks: send.length, characters: costOf(send) }),
    taken,
  );
  const words = plainText(quietMessage({ blocks: [block], buttons: [] }), reader);
  return [{ blocks: [...inputs, ...send], words, stays: true }, ...typedPieces([block.send], reader)];
}

const sendRow = (send: Button, taken: TakenNames): KnownBlock => actions([send], taken);

function threadOf(pieces: readonly Piece[], reader: Reader): SlackPart[] {
  const room = less(
    { blocks: SLACK.messageBlocks, characters: SLACK.messageCharacters - SLACK.messageText },
    NOTE,
  );
  const parts: SlackPart[] = [];
  let left = pieces;
  while (left.length > 0 && parts.length < SLACK.threadParts) {
    const [fitting] = firstThatFit(left, room);
    const shown = fitting.length > 0 ? fitting : left.slice(0, 1);
    left = left.slice(shown.length);
    const isLast = parts.length === SLACK.threadParts - 1;
    const blocks = blocksOf([...shown, ...(isLast ? leftOutPieces(left, reader) : [])]);
    const words = shown.map((piece) => piece.words).join('\n\n');
    parts.push({ text: cutText(words, SLACK.messageCharacters - costOf(blocks)), blocks });
  }
  return parts;
}

/** Words as Slack's `text`, at most `limit` or 3,000 characters as JSON; what is cut stands in the message itself. */
function cutText(words: string, limit: number): string {
  const clean = wellFormed(words).trim();
  if (clean === '') return NOTHING_TO_SHOW;
  const most = Math.min(limit, SLACK.messageText);
  const whole = asText(clean);
  if (jsonLength(whole) <= most) return whole;
  const cutAt = (length: number) => `${asText(clean.slice(0, length)).trimEnd()}\n${REST_IN_MESSAGE}`;
  return cutAt(longestPrefix(clean, most, (length) => jsonLength(cutAt(length)) <= most));
}

const asText = (words: string): string => withoutEmoji(escaped(words));
const jsonLength = (words: string): number => JSON.stringify(words).length;
