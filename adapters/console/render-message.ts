import { type AdaptiveCard, adaptiveCard, blocksElements } from '../../src/messages/adaptive-card.ts';
import { belowOf, headOf } from '../../src/messages/below.ts';
import type { Button } from '../../src/messages/button.ts';
import { CONSOLE_LOOK } from '../../src/messages/card-look.ts';
import { fileComesAlong, pictureShows, saveFile } from '../../src/messages/copy/picture.ts';
import { literal } from '../../src/messages/harmless.ts';
import { type Block, type Message, note } from '../../src/messages/message.ts';
import { plainText, type Reader } from '../../src/messages/plain-text.ts';
import type { Attachment, ConsoleAction, ConsolePost, NewConsolePost } from '../../src/ports.ts';

/**
 * A message as it stands in a conversation: text with the full meaning, the card if there is more to see, its actions. What comes
 * with it stands in the card itself, below the words: a picture, or a button that saves the file. What stands below the message
 * is the last container of the card, which the page folds.
 */
export function renderMessage(
  message: Message,
  reader: Reader,
  attachment: Attachment | null = null,
): Pick<NewConsolePost, 'text' | 'card' | 'actions'> {
  const along = attachment && alongWith(attachment);
  const below = belowOf(message);
  const drawn =
    needsCard(message) || along || below.length > 0 ? adaptiveCard(headOf(message), reader) : null;
  const added = [...(along ? [along.element] : []), ...foldOf(below, reader)];
  return {
    text: plainText(along ? { ...message, blocks: [...message.blocks, along.words] } : message, reader),
    card: drawn && added.length > 0 ? { ...drawn, body: [...drawn.body, ...added] } : drawn,
    actions: actionsOf(message),
  };
}

/** The console is no platform with limits: all of it is there. */
const EVERYTHING = {
  blocks: 2_000,
  items: 2_000,
  options: 0,
  buttons: 0,
  characters: 20_000,
  fallback: 0,
} as const;

/** What stands below a message, as a container that the page knows by its name. */
function foldOf(below: readonly Block[], reader: Reader): AdaptiveCard['body'] {
  if (below.length === 0) return [];
  const items = blocksElements(below, { reader, look: CONSOLE_LOOK, room: EVERYTHING });
  return [{ type: 'Container', id: 'below', separator: true, items }];
}

/** The file as a part of the card, and what it is in words. */
function alongWith({ name, type, content, encoding, altText = name }: Attachment) {
  const bytes = encoding === 'base64' ? content : Buffer.from(content, 'utf8').toString('base64');
  const [plainType = ''] = type.split(';');
  const url = `data:${plainType};base64,${bytes}`;
  return /^image\/(?:png|jpeg)$/u.test(plainType)
    ? { words: note(pictureShows(altText)), element: { type: 'Image', url, altText: literal(altText) } }
    : {
        words: note(fileComesAlong(name)),
        element: {
          type: 'ActionSet',
          actions: [{ type: 'Action.OpenUrl', id: name, title: saveFile(name), url }],
        },
      };
}

/** A post as the script interface knows it. */
export interface MessageJson {
  readonly seq: number;
  readonly id: string;
  readonly to: string;
  readonly at: string;
  readonly text: string;
  readonly card?: unknown;
  readonly actions: readonly { readonly id: string; readonly label: string }[];
  readonly editedAt?: string;
}

/** A post as JSON. What a press says and whether it opens a dialog stay inside. */
export function messageJson(post: ConsolePost): MessageJson {
  return {
    seq: post.sequence,
    id: post.id,
    to: post.to,
    at: post.at.toISOString(),
    text: post.text,
    ...(post.card === null ? {} : { card: post.card }),
    actions: post.actions.map(({ id, label }) => ({ id, label })),
    ...(post.editedAt ? { editedAt: post.editedAt.toISOString() } : {}),
  };
}

/** A post for the page, which also shows what people said. */
export function postJson(post: ConsolePost): MessageJson & { readonly from: string } {
  return { ...messageJson(post), from: post.from };
}

/** True when text alone would look poorer than the card: anything but paragraphs of plain words. */
function needsCard(message: Message): boolean {
  if (message.heading || message.buttons.length > 0) return true;
  return message.blocks.some(
    (block) =>
      block.kind !== 'paragraph' || block.line.some((part) => part.kind === 'link' || part.kind === 'strong'),
  );
}

function actionsOf(message: Message): ConsoleAction[] {
  const inBlocks = message.blocks.flatMap((block): Button[] => {
    if (block.kind === 'fields') return [block.send];
    if (block.kind === 'facts') return block.rows.flatMap((row) => (row.button ? [row.button] : []));
    return [];
  });
  return [...inBlocks, ...message.buttons].map(({ id, label, press, opensDialog }) => ({
    id,
    label,
    press,
    opensDialog,
  }));
}
