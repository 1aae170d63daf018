/** Writes the digests that are due, each once for its day, and answers who asks for one. */
import type { Person } from '../domain/person.ts';
import { DAY_MS, localDate, MINUTE_MS } from '../domain/time.ts';
import type { Message } from '../messages/message.ts';
import { DIGEST_NAMES, type DigestName, PROGRAMME_DIGESTS } from '../offerings/programme-digests.ts';
import type { Pictures, Store, Tx } from '../ports.ts';
import { compose, openOnce } from './compose-digest.ts';
import { newCover } from './digest-cover.ts';
import {
  comesOnDayOf,
  digestOfCadence,
  lastDue,
  nextWritten,
  occurrenceBefore,
  standardRule,
} from './digest-schedule.ts';
import { ruleOf } from './plan-cadence.ts';
import type { Programme } from './work.ts';
import { digestKey, type Writing, writeDigest } from './write-digest.ts';

/** Cadences looked at in one run: more than there are digests. */
const MOST_DIGESTS = 100;

/** A digest that this program knows nothing of is looked at again after this: a newer program may have planned it. */
const UNKNOWN_MS = 60 * MINUTE_MS;

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
  /** Left out: nothing is drawn. */
  readonly pictures?: Pictures;
}

/**
 * Writes the digests that are due. After an outage the last missed one of each is written, never several. Its key is the day it
 * stands for, so that one caught up before today's does not take the place of today's. What fails, or can't be read, holds up none
 * of the others, and is thrown at the end. Answers how many messages were written.
 */
export async function enqueueDigests({ store, programme, pictures }: Deps, now: Date): Promise<number> {
  const drawing = pictures ? { pictures } : {};
  const failures: unknown[] = [];
  const names = await store.transaction(async (tx) => {
    const due = await tx.cadences.claimDue(now, 'digest', MOST_DIGESTS, (key) =>
      failures.push(new Error(`the cadence ${key} could not be read`)),
    );
    for (const { key } of due)
      if (digestOfCadence(key) === null) await tx.cadences.advance(key, new Date(now.getTime() + UNKNOWN_MS));
    return new Set(due.map(({ key }) => digestOfCadence(key)));
  });
  let written = 0;
  for (const name of DIGEST_NAMES.filter((each) => names.has(each)))
    try {
      written += await store.transaction((tx) => writeDue({ tx, programme, now, ...drawing }, name));
    } catch (error) {
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
  return written;
}

/** One whose row is locked, so that of several processes one writes it. */
async function writeDue(work: Writing, name: DigestName): Promise<number> {
  const { tx, programme, now } = work;
  // Locked before the daily one, as where it is written itself.
  const weekly = name === 'daily' ? await tx.cadences.get(PROGRAMME_DIGESTS.weekly.key) : null;
  const cadence = await tx.cadences.get(PROGRAMME_DIGESTS[name].key);
  if (!cadence?.nextAt || cadence.nextAt > now) return 0;
  const rule = ruleOf(cadence, programme);
  const due = lastDue(name, rule, now, programme);
  await tx.cadences.advance(cadence.key, nextWritten(name, rule, now, programme));
  // The day it was planned for is closed since: nothing was due.
  if (!due || due.writtenAt < cadence.nextAt) return 0;
  const at = name === 'weekly' ? await weeklyFor(work, due.at) : due.at;
  if (weekly?.nextAt && comesOnDayOf(weekly, at, programme)) return 0;
  return writeDigest(work, { name, at, before: occurrenceBefore(rule, due.at) });
}

/** A weekly one that was missed stands for the day of the daily one that is due by now, so that nobody gets two on a day. */
async function weeklyFor({ tx, programme, now }: Writing, at: Date): Promise<Date> {
  const daily = await tx.cadences.get(PROGRAMME_DIGESTS.daily.key);
  if (!daily?.nextAt || daily.nextAt > now) return at;
  const due = lastDue('daily', ruleOf(daily, programme), now, programme);
  return due && due.at > at ? due.at : at;
}

/** The digest of that name for `reader` who asks at `now`; it also names what was given up in the last day, whether named before or not. */
export async function digestNow(work: Writing, name: DigestName, reader: Person | null): Promise<Message> {
  const { tx, programme, now } = work;
  // The one that is still to come today has not told anything.
  const day = localDate(new Date(now.getTime() + DAY_MS), programme.timeZone);
  const before = occurrenceBefore(standardRule(name, programme), now);
  const digest = digestKey(name, reader);
  const cover = await newCover(tx, { digest, names: digest, day, before, now });
  const lostSince = new Date(Math.min(cover.lostSince.getTime(), now.getTime() - DAY_MS));
  const { message } = await compose(
    name,
    {
      ...work,
      at: now,
      lateFor: null,
      cover: { ...cover, lostSince, isToName: () => true },
      openNow: openOnce(work),
    },
    reader,
  );
  return message;
}

/** The daily digest of the ISPG channel for somebody who asks at `now`. */
export const composeIspgDigest = (tx: Tx, programme: Programme, now: Date): Promise<Message> =>
  digestNow({ tx, programme, now }, 'daily', null);
