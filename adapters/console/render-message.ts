import { adaptiveCard } from '../../src/messages/adaptive-card.ts';
import type { Button } from '../../src/messages/button.ts';
import type { Message } from '../../src/messages/message.ts';
import { plainText, type Reader } from '../../src/messages/plain-text.ts';
import type { ConsoleAction, ConsolePost, NewConsolePost } from '../../src/ports.ts';

/** A message as it stands in a conversation: text with the full meaning, the card if there is more to see, its actions. */
export function renderMessage(
  message: Message,
  reader: Reader,
): Pick<NewConsolePost, 'text' | 'card' | 'actions'> {
  return {
    text: plainText(message, reader),
    card: needsCard(message) ? adaptiveCard(message, reader) : null,
    actions: actionsOf(message),
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
