/** The shapes in which Teams is answered when it asks (`invoke`). */
import { attached, CARD_TYPE } from './card-look.ts';
import type { TeamsCard } from './render-message.ts';
import type { Answered } from './reply.ts';

const MESSAGE_TYPE = 'application/vnd.microsoft.activity.message';

/** The card that takes the place of the pressed one. */
export const cardAnswer = (value: TeamsCard): Answered => ({
  status: 200,
  body: { statusCode: 200, type: CARD_TYPE, value },
});

/** Words in place of a card. */
export const cardWords = (value: string): Answered => ({
  status: 200,
  body: { statusCode: 200, type: MESSAGE_TYPE, value },
});

/** A dialog, or words in one. */
export const taskAnswer = (task: unknown): Answered => ({ status: 200, body: { task } });

/** The dialog closes. */
export const TASK_CLOSES: Answered = { status: 200, body: {} };

/** What a search found: each as a card, with a short preview for the list. */
export const searchAnswer = (
  found: readonly { readonly title: string; readonly text: string; readonly card: TeamsCard }[],
): Answered => ({
  status: 200,
  body: {
    composeExtension: {
      type: 'result',
      attachmentLayout: 'list',
      attachments: found.map(({ title, text, card }) => ({
        ...attached(card),
        preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title, text } },
      })),
    },
  },
});

/** Words in place of results. */
export const searchWords = (text: string): Answered => ({
  status: 200,
  body: { composeExtension: { type: 'message', text } },
});
