/** Several messages as one: the message of the day, and what waited while a platform was away. */
import { type Button, button } from '../button.ts';
import { line, strong, text, time } from '../inline.ts';
import { type Block, type Message, note, paragraph } from '../message.ts';
import { SNOOZE_DAYS } from './snooze.ts';

/** A message that goes into a bundle; `lateFor` is when it should have come, for one that comes late. */
export interface Part {
  readonly message: Message;
  readonly lateFor: Date | null;
}

/** Says that a message comes late, and when it was due. */
export const markedLate = (message: Message, lateFor: Date): Message => ({
  ...message,
  blocks: [...message.blocks, note(line`This comes late: it was due on ${time(lateFor)}.`)],
});

/** All parts in their order under one heading. Buttons keep what they do and are told apart by their part. */
export function bundled(parts: readonly Part[], why: 'daily' | 'catch-up'): Message {
  const heading = why === 'daily' ? 'Your day' : 'What I could not tell you before';
  const blocks: Block[] = [];
  const buttons: Button[] = [];
  parts.forEach(({ message, lateFor }, index) => {
    if (message.heading !== undefined) blocks.push(paragraph([strong(message.heading)]));
    else if (index > 0) blocks.push(paragraph([text('•')]));
    blocks.push(...(lateFor ? markedLate(message, lateFor) : message).blocks);
    buttons.push(...message.buttons.map((each) => ({ ...each, id: `part-${index + 1}-${each.id}` })));
  });
  return { heading: `${heading}: ${parts.length} things`, blocks, buttons };
}

/** The ways to put a message off, under a message that came by itself. `key` is the delivery it was sent with. */
export const snoozable = (message: Message, key: string): Message => ({
  ...message,
  buttons: [
    ...message.buttons,
    ...SNOOZE_DAYS.map((days) =>
      button(
        `snooze-${days}`,
        days === 1 ? 'Remind me tomorrow' : `Remind me in ${days} business days`,
        { verb: 'message.snooze', subject: key, choice: String(days) },
        `snooze ${days}`,
      ),
    ),
  ],
});
