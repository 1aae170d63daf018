/** The digests of the day show how things stand: when facts change they are drawn anew where they stand, until their day ends. */
import { type DigestMark, digestCard } from '../domain/digest-mark.ts';
import { jsonText } from '../domain/json-text.ts';
import { nextRedraw } from '../domain/redraw.ts';
import { addDays, instantOf, type LocalDate, localDate, MINUTE_MS } from '../domain/time.ts';
import { broughtUpToDate, withoutUpdate } from '../messages/copy/digest.ts';
import type { Message } from '../messages/message.ts';
import { DIGEST_NAMES, type DigestName, PROGRAMME_DIGESTS } from '../offerings/programme-digests.ts';
import type { Pictures, Store, ToldDigest } from '../ports.ts';
import { compose, openOnce } from './compose-digest.ts';
import { coverOf, placeNow } from './digest-cover.ts';
import { occurrenceBefore } from './digest-schedule.ts';
import { ruleOf } from './plan-cadence.ts';
import { redrawPart } from './redraw-part.ts';
import { digestPicture } from './show-picture.ts';
import type { Programme } from './work.ts';
import { lateFor, standsAt, type Writing } from './write-digest.ts';

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
  /** Left out: nothing is drawn. */
  readonly pictures?: Pictures;
}

/** What this process saw when it looked last. */
interface RefreshMemory {
  seen: {
    readonly at: Date;
    readonly changes: number;
    readonly place: number;
    readonly calendar: unknown;
    readonly hasDigests: boolean;
  } | null;
  /** The minute in which what has changed since is drawn; null while nothing has. */
  dueAt: Date | null;
}
export const freshRefreshMemory = (): RefreshMemory => ({ seen: null, dueAt: null });

const minuteAfter = (at: Date): Date => new Date((Math.floor(at.getTime() / MINUTE_MS) + 1) * MINUTE_MS);

/**
 * `refreshDigests` in the minute after the one in which a change was noticed: what changes together is drawn once, however often this
 * is run meanwhile. Answers how many were redrawn.
 */
export async function refreshInTurn(deps: Deps, now: Date, memory: RefreshMemory): Promise<number> {
  if (memory.dueAt === null) {
    const place = await deps.store.transaction(placeNow);
    if (!isSeen(deps, now, memory, place)) memory.dueAt = minuteAfter(now);
    return 0;
  }
  if (now < memory.dueAt) return 0;
  memory.dueAt = null;
  return refreshDigests(deps, now, memory);
}

/** True when nothing has changed since this process looked, on the same day. */
const isSeen = (
  { store, programme: { calendar, timeZone } }: Deps,
  now: Date,
  { seen }: RefreshMemory,
  place: number,
): boolean =>
  seen !== null &&
  seen.changes === store.changes() &&
  seen.place === place &&
  seen.calendar === calendar &&
  localDate(seen.at, timeZone) === localDate(now, timeZone);

/**
 * Draws the digests of the day of `now` anew where facts have changed and their words are others by now: what time alone makes overdue
 * waits for such a change, or for the next digest. Nobody is called by it, and no second message is written. What happened since a
 * digest was written is for the next one to tell. Answers how many were redrawn.
 */
export async function refreshDigests(deps: Deps, now: Date, memory: RefreshMemory): Promise<number> {
  const { store, programme, pictures } = deps;
  const drawing = pictures ? { pictures } : {};
  const changes = store.changes();
  const { calendar } = programme;
  const day = localDate(now, programme.timeZone);
  const found = await store.transaction(async (tx) => {
    const place = await placeNow(tx);
    if (isSeen(deps, now, memory, place)) return null;
    const marks = await tx.digestMarks.ofDay(day);
    const redrawn = await redrawAll({ tx, programme, now, ...drawing }, marks);
    return { redrawn, seen: { at: now, changes, place, calendar, hasDigests: marks.length > 0 } };
  });
  if (found) memory.seen = found.seen;
  return found?.redrawn ?? 0;
}

/** The minute in which what has changed is drawn, `after` or later; null when nothing has changed since this process looked. */
export async function nextRefreshAt(
  { store, programme }: Deps,
  memory: RefreshMemory,
  after: Date,
): Promise<Date | null> {
  const { seen } = memory;
  const next = memory.dueAt ?? minuteAfter(after);
  const day = localDate(next, programme.timeZone);
  if (seen && localDate(seen.at, programme.timeZone) === day && !seen.hasDigests) return null;
  if (seen && seen.changes === store.changes() && seen.calendar === programme.calendar) return null;
  const marks = await store.transaction((tx) => tx.digestMarks.ofDay(day));
  return marks.length > 0 ? next : null;
}

async function redrawAll(work: Writing, marks: readonly DigestMark[]): Promise<number> {
  const openNow = openOnce(work);
  let redrawn = 0;
  for (const mark of marks) {
    const name = nameOf(mark);
    if (name && (await redrawOne(work, mark, name, openNow))) redrawn += 1;
  }
  return redrawn;
}

/** Null for the mark of a digest whose place another took, which has a mark of its own. */
const nameOf = ({ deliveryKey }: DigestMark): DigestName | null =>
  DIGEST_NAMES.find((name) => deliveryKey.startsWith(`${PROGRAMME_DIGESTS[name].key}:`)) ?? null;

async function redrawOne(
  work: Writing,
  mark: DigestMark,
  name: DigestName,
  openNow: ReturnType<typeof openOnce>,
): Promise<boolean> {
  const { tx, programme, now } = work;
  const { key, to } = PROGRAMME_DIGESTS[name];
  // The weekly digest has a mark as the daily one beside its own.
  if (mark.digest !== key && !mark.digest.startsWith(`${key}:`)) return false;
  const told = await tx.digestFacts.told(mark.deliveryKey);
  const reader = to.kind === 'people' ? await tx.people.get(mark.digest.slice(key.length + 1)) : null;
  const cadence = await tx.cadences.get(key);
  if (!told || !cadence || (to.kind === 'people' && !reader)) return false;
  const rule = ruleOf(cadence, programme);
  const end = endOf(mark.day, programme);
  const at = occurrenceBefore(rule, end) ?? mark.at;
  const { message } = await compose(
    name,
    {
      ...work,
      cover: await coverOf(tx, mark, occurrenceBefore(rule, at)),
      at: standsAt(at, mark.at),
      lateFor: lateFor(at, mark.at),
      openNow,
    },
    reader,
  );
  if (jsonText(withoutUpdate(told.message)) === jsonText(message)) return false;
  const words = told.isSent ? broughtUpToDate(message, now) : message;
  return reader
    ? redrawPart(work, reader.id, mark.deliveryKey, words)
    : redrawInChannel(work, mark, told, words, end);
}

const endOf = (day: LocalDate, { timeZone }: Programme): Date =>
  instantOf(addDays(day, 1), '00:00', timeZone);

/** Before it goes out in the row itself, afterwards in the message that stands. */
async function redrawInChannel(
  work: Writing,
  { digest, deliveryKey }: DigestMark,
  { isSent }: ToldDigest,
  message: Message,
  end: Date,
): Promise<boolean> {
  const { tx, now } = work;
  const found = await tx.deliveries.reword(deliveryKey, message);
  if (found === 'reworded') return true;
  if (found === 'not-there' && !isSent) return false;
  const channel = Object.values(PROGRAMME_DIGESTS).find(({ key }) => key === digest)?.to;
  if (channel?.kind !== 'channel') return false;
  return tx.deliveries.enqueue({
    // Nobody else writes the next one meanwhile: the row of the digest is locked.
    key: nextRedraw(deliveryKey, await tx.deliveries.lastOfCard(digestCard(deliveryKey))),
    to: { kind: 'channel', channel: channel.channel },
    kind: 'card',
    urgency: 'told',
    topic: null,
    message,
    // Where the picture stands in the message itself, drawing it anew must bring it along.
    attachment: digest === PROGRAMME_DIGESTS.weekly.key ? await digestPicture(work) : null,
    via: null,
    dueAt: now,
    // After its day it stays as it is; what did not go out at all still has to.
    expiresAt: isSent ? end : null,
    stillTrue: null,
    card: digestCard(deliveryKey),
    about: digest,
  });
}
