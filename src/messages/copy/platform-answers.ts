/** What a platform's own ways of answering need said: something was not saved, takes longer, or stands elsewhere. */
import { type Message, say } from '../message.ts';

/** Nothing of what somebody just did was kept. */
export const NOT_SAVED = 'This was not saved. Please try again in a moment.';

/** Said where a button was pressed and nothing was kept. */
export const pressNotSaved = (): Message =>
  say('What you just pressed was not saved, and nothing was changed. Please press it again in a moment.');

/** Said where somebody wrote and nothing was kept. */
export const saidNotSaved = (): Message =>
  say('What you just wrote was not saved, and nothing was changed. Please send it again in a moment.');

/** Where a command was typed elsewhere than in the conversation with the bot. */
export const ANSWERED_DIRECTLY = 'I have answered you in our direct message.';

export const DONE_TITLE = 'Done';
/** In place of a dialog: the answer stands in the conversation. */
export const doneElsewhere = (): Message => say('The answer stands in our conversation.');

/** A dialog that is kept, and whose outcome takes longer. */
export const KEPT_TITLE = 'Saved';
export const keptAndWorking = (): Message =>
  say('What you sent is saved. It takes longer than usual; the answer comes into our conversation.');

/** In the place of a card whose answer takes longer. */
export const WORKING = 'This is saved. The answer takes longer than usual; it comes into our conversation.';

/** Where a button was pressed whose answer stands below it. */
export const ANSWERED_BELOW = 'I have answered you below.';

/** Where the answer stands in their own conversation with the bot. */
export const ANSWERED_IN_CHAT = 'Done. The answer stands in our chat.';

/** In the list of a search that could not be made. */
export const CANNOT_SEARCH = "I can't look at your requests now. Please try again in a moment.";

/** In the list of a search that found nothing. */
export const NO_REQUESTS_FOUND = 'None of your requests fits these words. Write to me to start one.';

/** Where something was asked for that this version of the bot does not know, such as an old card. */
export const NOT_UNDERSTOOD = 'This button does nothing any more. Write to me instead: type help to see how.';
