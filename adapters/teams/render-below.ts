/** A message and what stands below it, as activities: replies below a channel's post, following messages in a chat. */
import { belowOf, headOf, inOne, inParts } from '../../src/messages/below.ts';
import { DETAILS_FOLLOW, DETAILS_IN_REPLIES, detailsLeftOut } from '../../src/messages/copy/teams.ts';
import { type Block, type Message, note } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Attachment } from '../../src/ports.ts';
import { TEAMS } from './limits.ts';
import {
  cardFor,
  type DrawnActivity,
  isWhole,
  renderMessage,
  type TeamsCard,
  type TeamsReader,
} from './render-message.ts';

/** A message, and its details where they stand in messages of their own. */
export interface DrawnMessage {
  readonly head: DrawnActivity;
  readonly parts: readonly DrawnActivity[];
}

/** Whether a message begins a thread of a channel, which its details can stand in. */
export type Place = 'chat' | 'thread';

/**
 * The message with what belongs below it. In a thread details are replies. In a chat they stand after the rest when all of it has
 * room in one card, and otherwise follow. Each part is within the limits of one message; what even the last has no room for is
 * counted.
 */
export function renderWhole(
  message: Message,
  reader: TeamsReader,
  attachment: Attachment | null = null,
  place: Place = 'chat',
): DrawnMessage {
  const below = belowOf(message);
  if (below.length === 0) return { head: renderMessage(headOf(message), reader, attachment), parts: [] };
  const whole = inOne(message);
  if (place === 'chat' && isWhole(whole, reader, attachment))
    return { head: renderMessage(whole, reader, attachment, 'all'), parts: [] };
  return {
    head: renderMessage(noted(message, place), reader, attachment),
    parts: partsOf(below, reader),
  };
}

/** The card of a message that is shown anew where it stands in a chat: as `renderWhole` draws it. */
export function cardAgain(message: Message, reader: TeamsReader): TeamsCard {
  if (belowOf(message).length === 0) return cardFor(headOf(message), reader);
  const whole = inOne(message);
  return isWhole(whole, reader) ? cardFor(whole, reader, 'all') : cardFor(noted(message, 'chat'), reader);
}

function noted(message: Message, place: Place): Message {
  const head = headOf(message);
  return {
    ...head,
    blocks: [...head.blocks, note(place === 'thread' ? DETAILS_IN_REPLIES : DETAILS_FOLLOW)],
  };
}

function partsOf(below: readonly Block[], { timeZone, timesBeside }: TeamsReader): DrawnActivity[] {
  // Nothing in a part is pressed, and nobody's client draws it anew: the same words make the same part.
  const reader: TeamsReader = { timeZone, timesBeside, token: '' };
  const room = note(detailsLeftOut(1_000_000));
  const groups = inParts(below, (blocks) => isWhole(asMessage([...blocks, room]), reader));
  const shown = groups.slice(0, TEAMS.detailParts);
  const missing = plainText(asMessage(groups.slice(TEAMS.detailParts).flat()), reader).length;
  return shown.map((blocks, index) => {
    const isLast = missing > 0 && index === shown.length - 1;
    const said = isLast ? [...blocks, note(detailsLeftOut(missing))] : blocks;
    return renderMessage(asMessage(said), reader, null, 'all');
  });
}

const asMessage = (blocks: readonly Block[]): Message => ({ blocks, buttons: [] });
