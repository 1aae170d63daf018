/** What is said where a dialog can't be shown: the way to it, and what was wrong with what was sent. */
import type { FieldErrors } from '../../domain/field.ts';
import { button } from '../button.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { bullets, type DialogPage, type Message, paragraph, say } from '../message.ts';

/** A dialog that can't be opened now: in time, after a restart, or by words. */
export function openByButton({ title, opener, press }: DialogPage): Message {
  return {
    ...say(line`${strong(title)} opens as a form. Press the button, or go on by typing.`),
    buttons: [
      button('open-form', 'Open the form', opener ?? press, '', { opensDialog: true, look: 'primary' }),
    ],
  };
}

/** A dialog was kept, and afterwards could not be taken as it was filled in. */
export function rejectedLater(errors: FieldErrors): Message {
  const problems: Line[] = Object.values(errors).map((error) => [theirs(error)]);
  const intro = paragraph('The form you sent could not be taken yet. Please open it again and mend this:');
  return { blocks: [intro, bullets(problems)], buttons: [] };
}
