/** What is said when the cadence of a digest is changed, or may not be. */
import { describeCadence } from '../../domain/cadence-words.ts';
import { type Line, line, strong, time } from '../inline.ts';
import { card, type Message, numbered, paragraph, say } from '../message.ts';
import type { CadenceFacts } from './cadence.ts';

/** A change said back. */
export function digestCadenceSet({ title, rule, next, typed }: CadenceFacts): Message {
  if (rule === null)
    return say(line`${strong(title)}: off. It comes no more until somebody types \`cadence ${typed} on\`.`);
  const dates = next.map(({ at }): Line => line`${time(at)}`);
  return card('Cadence set', [
    paragraph(line`${strong(title)}: ${describeCadence(rule)}.`),
    ...(dates.length > 0 ? [paragraph('The next dates:'), numbered(dates)] : []),
  ]);
}

/** The time of the daily one belongs to whoever runs the bot. */
export const dailyIsASetting = (time: string): Message =>
  say(
    `The daily digest comes on business days at ${time}. Whoever runs the bot sets that time with DIGEST_TIME. You can type \`cadence digest daily off\` and \`cadence digest daily on\`.`,
  );
