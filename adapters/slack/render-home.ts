import type { HomeView, KnownBlock } from '@slack/types';
import { inOne } from '../../src/messages/below.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Reader } from '../../src/messages/plain-text.ts';
import { SLACK } from './limits.ts';
import { fitted, type Room } from './message-blocks.ts';
import { blocksOf, leftOutPieces, less, messagePieces } from './render-message.ts';

/** What a modal or a Home page has room for. */
export const VIEW_ROOM: Room = { blocks: SLACK.viewBlocks, characters: SLACK.viewCharacters };
/** Kept free for the words that say what is missing. */
const NOTE: Room = { blocks: 1, characters: 300 };

/** Somebody's own page of the bot. It has no thread: what has no room is counted in words. */
export const renderHome = (home: Message, reader: Reader): HomeView => ({
  type: 'home',
  callback_id: 'home',
  blocks: pageBlocks(home, reader),
});

/** The message as blocks of one view, with what stands below it after the rest. */
export function pageBlocks(message: Message, reader: Reader): KnownBlock[] {
  const room = less(VIEW_ROOM, NOTE);
  const [shown, left] = fitted(messagePieces(inOne(message), reader, room), room);
  return blocksOf([...shown, ...leftOutPieces(left, reader)]);
}
