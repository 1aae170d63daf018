import { type AdaptiveCard, adaptiveCard } from '../../src/messages/adaptive-card.ts';
import type { CardElement } from '../../src/messages/adaptive-fields.ts';
import type { Button, ButtonPress } from '../../src/messages/button.ts';
import type { CardLook } from '../../src/messages/card-look.ts';
import { pictureShows } from '../../src/messages/copy/picture.ts';
import {
  comesByMail,
  leftOut,
  NOTHING_TO_SHOW,
  REST_IN_MESSAGE,
  SHOW_CURRENT,
} from '../../src/messages/copy/teams.ts';
import { literal } from '../../src/messages/harmless.ts';
import { text } from '../../src/messages/inline.ts';
import { CARD_BUDGET_BYTES, cut, jsonBytes } from '../../src/messages/limits.ts';
import { type Block, type Message, note, paragraph, say } from '../../src/messages/message.ts';
import { plainText, type Reader } from '../../src/messages/plain-text.ts';
import type { Attachment } from '../../src/ports.ts';
import {
  attached,
  type CardAttachment,
  dataOf,
  EVERYTHING,
  isCarried,
  messageAction,
  ROOMS,
  unmarked,
} from './card-look.ts';
import { TEAMS } from './limits.ts';

/** Who reads a message, and what its card must know of them. */
export interface TeamsReader extends Reader {
  /** In a channel or group: its people sit in several zones, so each instant is also said in the zone of whoever looks. */
  readonly timesBeside: boolean;
  /** A name for this one drawing: the same press of the same drawing counts once. */
  readonly token: string;
  /** Whose clients ask for the card anew when they show it, by their ids in Teams, and what they say then; text stays as it is. */
  readonly refreshFor?: { readonly userIds: readonly string[]; readonly press: ButtonPress };
}

/** A card of Teams: Universal Actions, and who has it drawn anew. */
export interface TeamsCard extends AdaptiveCard {
  readonly refresh?: { readonly action: CardElement; readonly userIds: readonly string[] };
}

/** What an activity says: either words or one card. */
export interface DrawnActivity {
  readonly type: 'message';
  readonly text?: string;
  readonly textFormat?: 'plain';
  /** The same in words: what notifications show and screen readers say. */
  readonly summary: string;
  readonly attachments?: readonly CardAttachment<TeamsCard>[];
}

/**
 * The message as an activity: paragraphs of plain words as text, everything else as a card. `summary` has the whole meaning, up
 * to `TEAMS.summary`. A picture stands in the card itself, never as an address; any other file is said to come by mail.
 */
export function renderMessage(
  message: Message,
  reader: TeamsReader,
  attachment: Attachment | null = null,
  shows: Shows = 'most',
): DrawnActivity {
  const [said, picture] = withAttachment(message, attachment);
  const words = wordsOf(said, picture, reader);
  const summary = within(words, TEAMS.summary, () => REST_IN_MESSAGE);
  if (!picture && !needsCard(said, reader.timesBeside))
    return { type: 'message', text: within(words, TEAMS.messageText, leftOut), textFormat: 'plain', summary };
  return { type: 'message', summary, attachments: [attached(drawCard(said, picture, reader, shows))] };
}

/** Whether a card shows as much as people usually read, or `all` items however many there are, where it has room for them. */
type Shows = 'most' | 'all';

/** Whether all that is said stands in one message, with nothing left out. */
export function isWhole(
  message: Message,
  reader: TeamsReader,
  attachment: Attachment | null = null,
): boolean {
  const [said, picture] = withAttachment(message, attachment);
  if (!picture && !needsCard(said, reader.timesBeside))
    return wordsOf(said, picture, reader).length <= TEAMS.messageText;
  const { look } = lookOf(picture, reader, [EVERYTHING]);
  return jsonBytes(adaptiveCard(withCarriedButtons(said, reader), reader, look)) <= look.bytes;
}

/** The message as a card, whatever it says: for what Teams takes as a card alone. */
export const cardFor = (message: Message, reader: TeamsReader, shows: Shows = 'most'): TeamsCard =>
  drawCard(message, null, reader, shows);

type Picture = CardElement & { readonly altText: string };

/** The largest picture that Teams shows (bots/build-conversational-capability: 1 MB), in characters of base64. */
const PICTURE_LENGTH = 1_300_000;
/** As much as Slack takes, so that it says the same on both. */
const ALT_TEXT_LENGTH = 1_000;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/u;

/** The message with what its file is said to be, or the picture that the file is. */
function withAttachment(message: Message, file: Attachment | null): readonly [Message, Picture | null] {
  if (file === null) return [message, null];
  const [type = ''] = file.type.toLowerCase().split(';');
  const isShown =
    /^image\/(?:png|jpeg)$/u.test(type.trim()) &&
    file.encoding === 'base64' &&
    file.content.length <= PICTURE_LENGTH &&
    BASE64.test(file.content);
  if (!isShown) return [{ ...message, blocks: [...message.blocks, note(comesByMail(file.name))] }, null];
  const altText = literal(cut(file.altText ?? file.name, ALT_TEXT_LENGTH));
  return [message, { type: 'Image', url: `data:${type.trim()};base64,${file.content}`, altText }];
}

/** All that is said, in words. */
function wordsOf(message: Message, picture: Picture | null, reader: Reader): string {
  const shown = picture ? [note(pictureShows(picture.altText))] : [];
  const words = plainText({ ...message, blocks: [...message.blocks, ...shown] }, reader).trim();
  return words === '' ? NOTHING_TO_SHOW : words;
}

/** `words` within `limit`, with `ending` for how many characters are missing. */
function within(words: string, limit: number, ending: (missing: number) => string): string {
  if (words.length <= limit) return words;
  const kept = words.slice(0, limit - ending(words.length).length - 1).replace(/[\uD800-\uDBFF]$/u, '');
  return `${kept.trimEnd()}\n${ending(words.length - kept.length)}`;
}

/** True for anything but paragraphs of plain words. Text can't say instants in the zone of whoever looks. */
function needsCard(message: Message, timesBeside: boolean): boolean {
  if (message.heading || message.buttons.length > 0) return true;
  return message.blocks.some(
    (block) =>
      block.kind !== 'paragraph' ||
      block.line.some(({ kind }) => kind === 'link' || kind === 'strong' || (timesBeside && kind === 'time')),
  );
}

/** How a card looks, with what stands around it: what it is refreshed by and the words of its picture take from its room. */
function lookOf(picture: Picture | null, reader: TeamsReader, rooms: CardLook['rooms']) {
  const refresh = refreshOf(reader);
  const caption = picture ? `\n\n${unmarked(plainText(say(pictureShows(picture.altText)), reader))}` : '';
  const around = { ...refresh, caption, picture: picture ? { ...picture, url: '' } : null };
  const look: CardLook = {
    action: (button, asks) => messageAction(button, asks, reader.token),
    unmarked,
    timesBeside: reader.timesBeside,
    shortRows: true,
    rooms,
    bytes: CARD_BUDGET_BYTES - jsonBytes(around),
  };
  return { look, refresh, caption };
}

function drawCard(message: Message, picture: Picture | null, reader: TeamsReader, shows: Shows): TeamsCard {
  const rooms: CardLook['rooms'] = shows === 'all' ? [EVERYTHING, ...ROOMS] : ROOMS;
  const { look, refresh, caption } = lookOf(picture, reader, rooms);
  const drawn = adaptiveCard(withCarriedButtons(message, reader), reader, look);
  const card = jsonBytes(drawn) <= look.bytes ? drawn : adaptiveCard(inWords(message, reader), reader, look);
  return {
    ...card,
    ...refresh,
    fallbackText: `${card.fallbackText}${caption}`,
    body: picture ? [...card.body, picture] : card.body,
  };
}

function refreshOf({ refreshFor, token }: TeamsReader): Pick<TeamsCard, 'refresh'> {
  const userIds = refreshFor?.userIds.slice(0, TEAMS.refreshedUsers) ?? [];
  if (!refreshFor || userIds.length === 0) return {};
  const data = dataOf({ id: 'refresh', press: refreshFor.press }, { token });
  return {
    refresh: { action: { type: 'Action.Execute', title: SHOW_CURRENT, verb: 'refresh', data }, userIds },
  };
}

/** What stands for a message that no card has room for: its words, which also say what to type. */
const inWords = (message: Message, reader: Reader): Message =>
  say([text(within(plainText(message, reader), 1_500, leftOut))]);

/** The message without buttons that Teams can't carry; what to type in their place is said below. */
function withCarriedButtons(message: Message, reader: Reader): Message {
  const left: Button[] = [];
  const carried = (button: Button): boolean => {
    const isIt = isCarried(button);
    if (!isIt) left.push(button);
    return isIt;
  };
  const blocks = message.blocks.map((block) => withCarried(block, carried, reader));
  const buttons = message.buttons.filter(carried);
  if (left.length === 0) return { ...message, blocks, buttons };
  const typed = plainText({ blocks: [], buttons: left }, reader);
  return { ...message, blocks: [...blocks, note([text(typed)])], buttons };
}

function withCarried(block: Block, carried: (button: Button) => boolean, reader: Reader): Block {
  switch (block.kind) {
    case 'facts': {
      const rows = block.rows.map((row) => {
        const { button, ...words } = row;
        return button && !carried(button) ? words : row;
      });
      return { kind: 'facts', rows };
    }
    case 'fields':
      return isCarried(block.send)
        ? block
        : paragraph([text(plainText({ blocks: [block], buttons: [] }, reader))]);
    case 'paragraph':
    case 'list':
    case 'note':
      return block;
    default:
      return block satisfies never;
  }
}
