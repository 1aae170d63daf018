/** Sentences that only Teams needs, because of what its messages, cards and dialogs can do and have room for. */
import { type Line, line, theirs } from '../inline.ts';

/** Before the times of a line, as the reader's own client says them. */
export const IN_YOUR_TIME = 'In your own time:';

/** A message or dialog with no words at all. */
export const NOTHING_TO_SHOW = 'There is nothing to show.';

/** The last words of a text that stops although the message has more to say. */
export const leftOut = (characters: number): string =>
  `… There is no room here for ${characters.toLocaleString('en-US')} more characters. Write to me to see the rest.`;

/** The last words of a post whose details stand in its thread. */
export const DETAILS_IN_REPLIES = 'The details are in the replies to this post.';

/** The last words of a message whose details follow in messages of their own. */
export const DETAILS_FOLLOW = 'The details are in what follows this message.';

/** Where details end although there are more. */
export const detailsLeftOut = (characters: number): string =>
  `There is no room for ${characters.toLocaleString('en-US')} more characters of details. Write to me to see the rest.`;

/** The last words of what a notification says of a message that says more. */
export const REST_IN_MESSAGE = '… The message has the rest.';

/** Under an answer that does not stand in its field as a whole. */
export const answerCut = (characters: number): string =>
  `The end of this answer has no room here: ${characters.toLocaleString('en-US')} characters are missing. Add what you need before you send it.`;

/** The title of what a client does by itself to draw a card anew. */
export const SHOW_CURRENT = 'Show what is current';

/** In the place of a file. */
export const comesByMail = (name: string): Line =>
  line`A file called ${theirs(name)} belongs to this message. Teams takes no files from me, so it comes to you by e-mail.`;

/** Before what is wrong with a dialog as a whole. */
export const PROBLEM = 'Problem:';

/** In the place of a dialog that Teams can't carry. */
export const CANNOT_OPEN = "I can't show this as a dialog here. Write to me instead: type `help` to see how.";
