/** Putting the message of the day off. */

import type { Line } from '../inline.ts';
import { line, time } from '../inline.ts';
import { bullets, type Message, paragraph, say } from '../message.ts';

/** For how many business days a message can be put off. */
export const SNOOZE_DAYS = [1, 3, 5] as const;

/** What became of a message that was to be put off. */
export interface Snoozed {
  /** What comes again, and when. */
  readonly again: number;
  readonly dueAt: Date;
  /** What was put off before, by the same message. */
  readonly before: number;
  /** What would be over by then, each with its end. */
  readonly tooLate: readonly { readonly about: Line; readonly endsAt: Date }[];
  /** What has settled itself, or is over. */
  readonly settled: number;
  /** Lines of a nudge: each with when it is said again. */
  readonly lines: readonly Line[];
}

/** Says what comes again, what can't wait that long, and what needs nobody any more. */
export function snoozed({ again, dueAt, before, tooLate, settled, lines }: Snoozed): Message {
  const paragraphs = [
    ...(again === 0 && before === 0 && tooLate.length === 0 && lines.length === 0
      ? [line`There is nothing left to put off.`]
      : []),
    ...(again > 0 ? [line`I will remind you again on ${time(dueAt)}.`] : []),
    ...(again === 0 && before > 0 ? [line`You have put this off already. Nothing was changed.`] : []),
    ...(settled > 0
      ? [
          line`${settled === 1 ? 'One thing is' : `${settled} things are`} settled or over by now and will not come again.`,
        ]
      : []),
    ...(tooLate.length > 0
      ? [line`${tooLate.length === 1 ? "This can't" : "These can't"} wait that long:`]
      : []),
  ];
  const over = tooLate.map(({ about, endsAt }) => line`until ${time(endsAt)}: ${about}`);
  return {
    blocks: [
      ...paragraphs.map(paragraph),
      ...(over.length > 0 ? [bullets(over)] : []),
      ...(lines.length > 0 ? [paragraph('What you have in hand:'), bullets(lines)] : []),
    ],
    buttons: [],
  };
}

/** The same for a message that does not exist and one that is somebody else's. */
export const nothingToSnooze = (): Message =>
  say('There is no message of the day here that can be put off. Nothing was changed.');

export const snoozeHow = (): Message =>
  say(
    'You can put my message of the day off by 1, 3 or 5 business days: type `snooze 1`, `snooze 3` or `snooze 5`.',
  );
