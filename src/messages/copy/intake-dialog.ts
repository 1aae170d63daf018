/** What the bot says around the form in dialogs: its pages, what is half filled in, and words that it is started from. */
import { type Button, button } from '../button.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { type Message, say } from '../message.ts';

/** Above the fields of the page that follows. */
export const pageSavedLine = (number: number, of: number): Line => line`Page ${number} of ${of} is saved.`;

/**
 * A dialog was closed before it was sent. `kept` counts the questions of the form with something in them; `next` is the question
 * that is open here, null when all are answered.
 */
export function draftKept(conversation: string, kept: number, next: string | null): Message {
  const what = kept === 1 ? '1 answer of the form is kept' : `${kept} answers of the form are kept`;
  return {
    ...say(
      kept === 0 ? 'What you filled in is kept, and nothing was sent.' : `${what}, and nothing was sent.`,
      next === null
        ? 'All questions are answered. Go on here to check your answers and send them.'
        : line`The next question here is: ${strong(next)}`,
    ),
    buttons: [
      button('form', 'Open the form again', { verb: 'intake.form', subject: conversation }, 'form', {
        look: 'primary',
        opensDialog: true,
      }),
      button('resume', 'Go on here', { verb: 'intake.resume', subject: conversation }, 'resume'),
    ],
  };
}

/** Words came while the form was filled in as a dialog: they are not taken for an answer to a question nobody has seen. */
export const untoldLine = (): Line =>
  line`You have a request in progress, and what you filled in is kept. I did not take your words as an answer yet. This is the open question:`;

/** To somebody who edited a message while they fill in a form. */
export const editNotRead = (): Message =>
  say(
    'I do not read changes to messages that you have sent, so your answers are as they were. To give another answer to the question before, type `back`; to any other, `change` with its number or name, such as `change system name`.',
  );

/** Something stands at the question that is no answer yet: typed in a dialog and not sent, or taken from a message. */
export const draftLine = (shown: string): Line =>
  line`This stands here and is not an answer yet: ${theirs(shown)}`;
export const draftIsGood = (): Line => line`Type \`use it\` to answer with it, or write something else.`;
export const useDraftButton = (conversation: string, key: string): Button =>
  button('use-draft', 'Use it', { verb: 'intake.use-draft', subject: conversation, choice: key }, 'use it', {
    look: 'primary',
  });

/** Above the first page of a form started from a message. `label` names the question with its words. */
export const startedFromMessage = (label: string, isCut: boolean): Line =>
  isCut
    ? line`The beginning of the message is filled in at “${label}”, as much as there is room for. Please read it there; nothing is sent before you submit it.`
    : line`The words of the message are filled in at “${label}”. Please read and change them there; nothing is sent before you submit it.`;

/** A form is open already; the message's words stand in it as a draft, or its question has words of its own. */
export const wordsKept = (label: string, isKept: boolean): Message =>
  say(
    isKept
      ? `The words of the message are kept in it at “${label}”, for you to read and change. Nothing is sent before you submit it.`
      : `You have written something at “${label}”, so I left that as it is and did not put in the words of the message.`,
  );
