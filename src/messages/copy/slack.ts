/** Sentences that only Slack needs, because of what one of its messages or dialogs has room for. */

/** The last words of a message that is too long for one. */
export const CONTINUES_IN_THREAD = 'This is too long for one message. It goes on in the thread.';

/** The last words of a message whose details stand in its thread. */
export const DETAILS_IN_THREAD = 'The details are in the thread.';

/** The last words of a text that was cut because the message itself says it all. */
export const REST_IN_MESSAGE = '… The message has the rest.';

/** What stands where a message or page ends although it has more to say. */
export const leftOut = (characters: number): string =>
  `There is no room for ${characters.toLocaleString('en-US')} more characters. Write to me to see the rest.`;

/** What stands in the place of questions that a message or dialog has no room for. */
export const questionsLeftOut = (count: number): string =>
  count === 1
    ? 'There is no room for one more question. Answer it by writing to me.'
    : `There is no room for ${count} more questions. Answer them by writing to me.`;

/** What stands beside a list that does not show all its choices. */
export const choicesLeftOut = (count: number): string =>
  count === 1
    ? 'There is no room for one more choice. To take it, write it to me instead.'
    : `There is no room for ${count.toLocaleString('en-US')} more choices. To take one of those, write it to me instead.`;

/** A message or page with no words at all. */
export const NOTHING_TO_SHOW = 'There is nothing to show.';

/** A dialog that is on its way. */
export const ONE_MOMENT = 'One moment';
export const OPENING = 'I am opening this for you. It takes a moment.';

/** A dialog that Slack can't carry. */
export const CANNOT_OPEN = "I can't show this as a dialog here. Write to me instead: type `help` to see how.";
