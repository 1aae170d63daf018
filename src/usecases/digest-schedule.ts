/** When each digest comes: its cadence as it is planned, looked back at, and begun with. */
import { type CadenceRule, lastOccurrence, nextOccurrence } from '../domain/cadence.ts';
import { writtenOn } from '../domain/morning.ts';
import { addDays, instantOf, localDate } from '../domain/time.ts';
import { DIGEST_NAMES, type DigestName, PROGRAMME_DIGESTS } from '../offerings/programme-digests.ts';
import type { Cadence, Store } from '../ports.ts';
import { ruleOf } from './plan-cadence.ts';
import type { Programme } from './work.ts';

/** The cadence row of the ISPG channel's daily digest. */
export const ISPG_DIGEST = PROGRAMME_DIGESTS.daily.key;
/** More closed days in a row than there are: a digest to people is looked for so often. */
const MOST_LOOKS = 40;

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
}

/** The digest that the cadence is of; null for none of ours. */
export const digestOfCadence = (key: string): DigestName | null =>
  DIGEST_NAMES.find((name) => PROGRAMME_DIGESTS[name].key === key) ?? null;

/** When the channel hears of the day: on business days at the set local time. */
export const digestRule = (programme: Programme): CadenceRule => standardRule('daily', programme);

/** As the digest comes unless somebody set something else. */
export function standardRule(name: DigestName, { digestTime, timeZone, calendar }: Programme): CadenceRule {
  const { time, holidayRule } = PROGRAMME_DIGESTS[name];
  const [hour = '9', minute = '0'] = digestTime.split(':');
  const cron = 'cron' in time ? time.cron : `${Number(minute)} ${Number(hour)} * * ${time.days}`;
  return { cron, zone: timeZone, holidayRule, calendar };
}

/**
 * When a digest that is to come at `at` is written. One to people is part of their message of the day, however early that goes: it
 * is written when the day begins, and redrawn until it goes out.
 */
function writtenAt(name: DigestName, at: Date, { timeZone }: Programme): Date {
  return PROGRAMME_DIGESTS[name].to.kind === 'people' ? writtenOn(localDate(at, timeZone), timeZone) : at;
}

/** The next instant after `after` at which the digest is to be written; null when there is none. */
export function nextWritten(
  name: DigestName,
  rule: CadenceRule,
  after: Date,
  programme: Programme,
): Date | null {
  let from = after;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const next = nextOccurrence(rule, from);
    if (!next) return null;
    const at = writtenAt(name, next.at, programme);
    if (at > after) return at;
    from = next.at;
  }
  return null;
}

/** The last instant for which the digest should have been written by `now`, and when that was to be done; null for never. */
export function lastDue(
  name: DigestName,
  rule: CadenceRule,
  now: Date,
  programme: Programme,
): { readonly at: Date; readonly writtenAt: Date } | null {
  const isToPeople = PROGRAMME_DIGESTS[name].to.kind === 'people';
  const { timeZone } = programme;
  const before = isToPeople
    ? instantOf(addDays(localDate(now, timeZone), 1), '00:00', timeZone)
    : new Date(now.getTime() + 1);
  const last = lastOccurrence(rule, before);
  return last && { at: last.at, writtenAt: writtenAt(name, last.at, programme) };
}

/** The occurrence before `at`; null when there is none. */
export const occurrenceBefore = (rule: CadenceRule, at: Date): Date | null =>
  lastOccurrence(rule, at)?.at ?? null;

/** Whether a digest of that cadence comes on the local day of `at`, switched off or not. */
export function comesOnDayOf(cadence: Cadence, at: Date, programme: Programme): boolean {
  const day = localDate(at, programme.timeZone);
  const end = instantOf(addDays(day, 1), '00:00', programme.timeZone);
  const last = lastOccurrence(ruleOf(cadence, programme), end);
  return last !== null && localDate(last.at, programme.timeZone) === day;
}

/**
 * Writes the cadences of the digests that have none, and that of the daily one as the settings and closures say; an instant that is
 * due already is kept when nothing changed. What somebody set in chat stays.
 */
export async function scheduleDigests({ store, programme }: Deps, now: Date): Promise<void> {
  await store.transaction(async (tx) => {
    const there = new Set((await tx.cadences.list()).map(({ key }) => key));
    for (const name of DIGEST_NAMES) {
      const { key, to } = PROGRAMME_DIGESTS[name];
      if (there.has(key) && name !== 'daily') continue;
      const { cron, zone, holidayRule } = standardRule(name, programme);
      const next = nextOccurrence(standardRule(name, programme), now);
      await tx.cadences.set({
        key,
        cron,
        timeZone: zone,
        holidayRule,
        purpose: { kind: 'digest', channel: to.kind === 'channel' ? to.channel : null },
        // What is to come today and should be written already is written at once.
        nextAt: next && writtenAt(name, next.at, programme),
      });
    }
  });
  await replanDigests({ store, programme }, now);
}

/** Finds the next digests anew when other days are closed since; what is due already stays so. */
export async function replanDigests({ store, programme }: Deps, now: Date): Promise<void> {
  await store.transaction(async (tx) => {
    for (const name of DIGEST_NAMES) {
      const cadence = await tx.cadences.get(PROGRAMME_DIGESTS[name].key);
      if (!cadence?.nextAt || cadence.nextAt <= now) continue;
      await tx.cadences.advance(cadence.key, nextWritten(name, ruleOf(cadence, programme), now, programme));
    }
  });
}
