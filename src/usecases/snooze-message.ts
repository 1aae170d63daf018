/** Putting the message of the day off: its parts come again, each while it is still true and not over by then. */
import { addBusinessDays } from '../domain/calendar.ts';
import { itemOf } from '../domain/card.ts';
import { noWishes } from '../domain/contact.ts';
import { nextOpening } from '../domain/courtesy.ts';
import type { DeliveryKey } from '../domain/ids.ts';
import { subjectOf } from '../domain/paper.ts';
import { instantOf, localDate } from '../domain/time.ts';
import { nothingToSnooze, SNOOZE_DAYS, snoozed, snoozeHow } from '../messages/copy/snooze.ts';
import type { Line } from '../messages/inline.ts';
import type { Message } from '../messages/message.ts';
import type { Delivery, StillTrue, Tx } from '../ports.ts';
import { holds, type Truth } from './delivery-checks.ts';
import { cardIn } from './information-card.ts';
import { putNudgeOff } from './nudge-put-off.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** `snooze 3`, also while a form is open; null when these are other words. */
export async function snoozeFromText(work: Work, typed: string): Promise<Answer | null> {
  const shape = /^snooze(?:\s+(?:for\s+)?(\d{1,3})(?:\s+(?:business\s+)?days?)?)?\s*[.!]?$/iu.exec(
    typed.slice(0, 60),
  );
  if (!shape) return null;
  return snoozeMessage(work, await work.tx.deliveries.lastDaily(work.person.id), Number(shape[1]));
}

/**
 * Puts the person's own message that was sent with `key` off by `days` business days, to the morning of that day in their
 * zone. Refused with the same words when there is no such message and when it is somebody else's. Once for each message: a
 * second time changes nothing. What would be over by then, and what has settled itself, is not put off, and is said. Of a nudge each
 * line is put off by itself: it comes again in a nudge of then.
 */
export async function snoozeMessage(work: Work, key: DeliveryKey | null, days: number): Promise<Answer> {
  if (!SNOOZE_DAYS.some((each) => each === days)) return answerPrivately(snoozeHow());
  const sent = key === null ? [] : await work.tx.deliveries.bundledWith(key, work.person.id);
  if (key === null || sent.length === 0) return answerPrivately(nothingToSnooze());
  const dueAt = await morningIn(work, days);
  const found = { again: 0, before: 0, settled: 0 };
  const tooLate: { about: Line; endsAt: Date }[] = [];
  const lines: Line[] = [];
  for (const row of sent) {
    if (row.kind === 'nudge') {
      lines.push(...(await putNudgeOff(work, row.key, days)));
      continue;
    }
    const isOver = row.expiresAt !== null && row.expiresAt <= work.now;
    if (isOver || !(await isStillTrue(work.tx, row.stillTrue))) found.settled += 1;
    else if (row.expiresAt !== null && row.expiresAt <= dueAt)
      tooLate.push({ about: openingOf(row.message), endsAt: row.expiresAt });
    else if (await sayAgain(work, row, dueAt)) found.again += 1;
    else found.before += 1;
  }
  if (found.again > 0) await note(work, key, days, dueAt, found.again);
  return answerPrivately(snoozed({ ...found, dueAt, tooLate, lines }));
}

/** When the person's day begins, `days` business days from now; later when they are away. */
async function morningIn({ tx, now, person, programme }: Work, days: number): Promise<Date> {
  const { timeZone } = person;
  const today = localDate(now, timeZone);
  const [settings = noWishes(person.id)] = await tx.contact.settings([person.id]);
  const leaves = await tx.contact.leaves([person.id], today);
  const calendar = { ...programme.calendar, inaugurationDay: settings.inaugurationDay };
  const day = addBusinessDays(today, days, calendar);
  const reader = { timeZone, settings, leaves, lastDaily: null };
  return nextOpening(instantOf(day, '00:00', timeZone), reader, programme);
}

function sayAgain(work: Work, row: Delivery, dueAt: Date): Promise<boolean> {
  const { to, kind, topic, message, attachment, via, expiresAt, stillTrue, about } = row;
  return work.tx.deliveries.enqueue({
    key: snoozedKey(row.key),
    to,
    kind,
    urgency: 'routine',
    topic,
    message,
    attachment,
    via,
    dueAt,
    expiresAt,
    stillTrue,
    card: null,
    about,
  });
}

/** `remind-day:m1:2:bo`, put off twice: `remind-day:m1:2:bo~2`. */
export function snoozedKey(key: DeliveryKey): DeliveryKey {
  const [, first = key, times = '0'] = /^(.*)~(\d+)$/su.exec(key) ?? [];
  return `${first}~${Number(times) + 1}`;
}

async function isStillTrue(tx: Tx, condition: StillTrue | null): Promise<boolean> {
  return condition === null || holds(condition, await truthOf(tx, condition));
}

async function truthOf(tx: Tx, condition: StillTrue): Promise<Truth> {
  const nothing = { engagementState: null, meeting: null, isAnswered: false, paperState: null, item: null };
  switch (condition.kind) {
    case 'engagement-in':
      return {
        ...nothing,
        engagementState: (await tx.engagements.get(condition.engagementId))?.state ?? null,
      };
    case 'meeting-in':
    case 'meeting-time':
      return { ...nothing, meeting: await tx.meetings.get(condition.meetingId) };
    case 'check-in-open': {
      const { meetingId, personId } = condition;
      const checkIn = await tx.checkIns.get(meetingId, personId);
      return { ...nothing, meeting: await tx.meetings.get(meetingId), isAnswered: isAnswered(checkIn) };
    }
    case 'survey-open':
      return { ...nothing, isAnswered: isAnswered(await tx.surveys.forChange(condition.surveyId)) };
    case 'paper-in': {
      const { state } = (await tx.papers.latest(condition.paper, condition.subject))?.answers ?? {};
      return { ...nothing, paperState: typeof state === 'string' ? state : null };
    }
    case 'item-open':
      return { ...nothing, item: await itemNow(tx, condition) };
    default:
      return condition satisfies never;
  }
}

async function itemNow(
  tx: Tx,
  { engagementId, personId, item: key }: Extract<StillTrue, { kind: 'item-open' }>,
): Promise<Truth['item']> {
  const paper = await tx.papers.latest('information-card', subjectOf(engagementId, personId));
  const found = paper ? itemOf(cardIn(paper), key) : undefined;
  return found ? { state: found.state.is, reopened: found.reopened } : null;
}

const isAnswered = (asked: { readonly answeredAt: Date | null } | null): boolean =>
  asked !== null && asked.answeredAt !== null;

/** The message's heading or its first line, to call it by. */
function openingOf({ heading, blocks }: Message): Line {
  if (heading !== undefined) return [{ kind: 'text', text: heading }];
  const first = blocks.find((block) => block.kind === 'paragraph' || block.kind === 'note');
  return first?.line ?? [{ kind: 'text', text: 'a message' }];
}

async function note(work: Work, key: DeliveryKey, days: number, dueAt: Date, count: number): Promise<void> {
  await work.tx.audit.append({
    at: work.now,
    actorId: work.person.id,
    forId: null,
    role: null,
    verb: 'message.snooze',
    engagementId: null,
    from: null,
    to: null,
    reason: null,
    platform: work.from.platform,
    facts: { message: key, businessDays: String(days), dueAt: dueAt.toISOString(), count: String(count) },
  });
}
