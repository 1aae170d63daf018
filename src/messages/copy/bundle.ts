/** Several messages as one: the message of the day, and what waited while a platform was away. */
import { type Button, button } from '../button.ts';
import { line, strong, time } from '../inline.ts';
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

/** All parts in their order under one heading, each with its number. Buttons keep what they do and are told apart by that number. */
export function bundled(parts: readonly Part[], why: 'daily' | 'catch-up'): Message {
  const heading = why === 'daily' ? 'Your day' : 'What I could not tell you before';
  const blocks: Block[] = [];
  const below: Block[] = [];
  const buttons: Button[] = [];
  parts.forEach(({ message, lateFor }, index) => {
    const place = index + 1;
    blocks.push(...numbered(place, lateFor ? markedLate(message, lateFor) : message));
    if (message.below) below.push(...numbered(place, { ...message, blocks: message.below }));
    buttons.push(
      ...message.buttons.map((each) => ({
        ...each,
        id: `part-${place}-${each.id}`,
        label: `${place}: ${each.label}`,
      })),
    );
  });
  const details = below.length > 0 ? { below } : {};
  return { heading: `${heading}: ${parts.length} things`, blocks, buttons, ...details };
}

/** The number stands before the part's heading or its first words. */
function numbered(place: number, { heading, blocks }: Message): readonly Block[] {
  if (heading !== undefined) return [paragraph([strong(`${place}. ${heading}`)]), ...blocks];
  const [first, ...rest] = blocks;
  return first?.kind === 'paragraph'
    ? [paragraph(line`${strong(`${place}.`)} ${first.line}`), ...rest]
    : [paragraph([strong(`${place}.`)]), ...blocks];
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
