/** A message that somebody has got says something else from now on, in its place: nobody is called for it. */
import type { DeliveryKey, PersonId } from '../domain/ids.ts';
import { nextRedraw, redrawCard } from '../domain/redraw.ts';
import type { Message } from '../messages/message.ts';
import type { Work } from './work.ts';

/**
 * Gives the person's delivery `key` these words: before it goes out in the row itself, afterwards in the message that stands on
 * their platform, of which it may be one part among others. Its buttons are those of `message`. May be called as often as wanted;
 * the last words win. False when there is nothing to redraw: no such delivery, or one that was taken back, was over, or could
 * not be delivered. A message that can't be edited where it was sent, such as a mail, stays as it is, and the answer is true.
 */
export async function redrawPart(
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  personId: PersonId,
  key: DeliveryKey,
  message: Message,
): Promise<boolean> {
  const found = await tx.deliveries.reword(key, message);
  if (found === 'not-there') return false;
  if (found === 'reworded') return true;
  const card = redrawCard(key);
  return tx.deliveries.enqueue({
    // Nobody else writes the next one meanwhile: the row of `key` is locked.
    key: nextRedraw(key, await tx.deliveries.lastOfCard(card)),
    to: { kind: 'person', personId },
    kind: 'card',
    urgency: 'told',
    topic: null,
    message,
    attachment: null,
    via: null,
    dueAt: now,
    expiresAt: null,
    stillTrue: null,
    card,
    redraws: key,
    about: null,
  });
}
