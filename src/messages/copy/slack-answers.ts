/** What Slack's own ways of answering need said: a dialog that did not open, something that was not saved. */
import type { FieldErrors } from '../../domain/field.ts';
import { type ButtonPress, button } from '../button.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { bullets, type Message, paragraph, say } from '../message.ts';

/** Nothing of what somebody just did was kept. */
export const NOT_SAVED = 'This was not saved. Please try again in a moment.';

/** Said where a button was pressed and nothing was kept. */
export const pressNotSaved = (): Message =>
  say('What you just pressed was not saved, and nothing was changed. Please press it again in a moment.');

/** Where a command was typed elsewhere than in the conversation with the bot. */
export const ANSWERED_DIRECTLY = 'I have answered you in our direct message.';

/** A dialog that could not be opened in time, or can't be opened by words: the way to it. */
export function openByButton(title: string, press: ButtonPress): Message {
  return {
    ...say(line`${strong(title)} opens as a form. Press the button, or go on by typing.`),
    buttons: [button('open-form', 'Open the form', press, '', { opensDialog: true, look: 'primary' })],
  };
}

export const DONE_TITLE = 'Done';
/** In place of a dialog: the answer stands in the conversation. */
export const doneElsewhere = (): Message => say('The answer stands in our conversation.');

/** A dialog that is kept, and whose outcome takes longer. */
export const KEPT_TITLE = 'Saved';
export const keptAndWorking = (): Message =>
  say('What you sent is saved. It takes longer than usual; the answer comes into our conversation.');

/** A dialog was kept, and afterwards could not be taken as it was filled in. */
export function rejectedLater(errors: FieldErrors): Message {
  const problems: Line[] = Object.values(errors).map((error) => [theirs(error)]);
  return {
    ...say('The form you sent could not be taken yet. Please open it again and mend this:'),
    blocks: [
      paragraph('The form you sent could not be taken yet. Please open it again and mend this:'),
      bullets(problems),
    ],
  };
}
