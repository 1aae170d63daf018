/** From where to where a digest tells: exact whatever restarts, by the marks of the digests that were told. */
import type { DigestMark } from '../domain/digest-mark.ts';
import type { DeliveryKey } from '../domain/ids.ts';
import { DAY_MS, type LocalDate } from '../domain/time.ts';
import type { Tx } from '../ports.ts';

/** What one digest is to tell of. */
export interface Cover {
  /** Steps of the record after this place. */
  readonly after: number;
  /** Up to and with this place. */
  readonly until: number;
  /** Messages that were given up at this instant or later. */
  readonly lostSince: Date;
  /** Whether one of these is this digest's to name. */
  isToName(key: DeliveryKey): boolean;
}

/** Where a digest begins to look when none ever came. */
const DAYS_BACK = 14;
/** What ends while a digest is composed may be committed after it. */
const OVERLAP_MS = 2 * 60_000;
/** Digests in a row that nobody got; beyond it what they told is told no more. */
const MOST_UNTOLD = 60;

/** The newest digest that was sent, and the oldest of those after it that nobody got. */
interface Before {
  readonly told: DigestMark | null;
  readonly untold: DigestMark | null;
}

/** What came for days before `day`. */
async function lastTold(tx: Tx, digest: string, day: LocalDate): Promise<Before> {
  let untold: DigestMark | null = null;
  let mark = await tx.digestMarks.before(digest, day);
  for (let looked = 0; mark && looked < MOST_UNTOLD; looked += 1) {
    if ((await tx.digestFacts.told(mark.deliveryKey))?.isSent) return { told: mark, untold };
    untold = mark;
    mark = await tx.digestMarks.before(digest, mark.day);
  }
  return { told: null, untold };
}

/** Where to begin when none was ever told: what those that nobody got would have told is told, too. */
function beginOf({ untold }: Before, before: Date | null, now: Date): Date {
  if (untold === null && before !== null) return before;
  return new Date((untold?.at ?? now).getTime() - DAYS_BACK * DAY_MS);
}

/** The last place of the record now; everything up to it is committed. */
export const placeNow = async (tx: Tx): Promise<number> => (await tx.audit.head())?.position ?? 0;

interface Covering {
  /** The digest whose steps are told. */
  readonly digest: string;
  /** The digest by which given-up messages are named once. */
  readonly names: string;
  readonly day: LocalDate;
  /** When the one before should have come, for when none ever came. */
  readonly before: Date | null;
  readonly now: Date;
}

/** What a digest that is written now for `day` tells of: all since the last one that was told. */
export async function newCover(tx: Tx, { digest, names, day, before, now }: Covering): Promise<Cover> {
  const last = await lastTold(tx, digest, day);
  const naming = names === digest ? last : await lastTold(tx, names, day);
  const already = new Set(naming.told?.named ?? []);
  return {
    after: last.told?.position ?? (await tx.digestFacts.placeBefore(beginOf(last, before, now))),
    until: await placeNow(tx),
    lostSince: naming.told ? new Date(naming.told.at.getTime() - OVERLAP_MS) : beginOf(naming, before, now),
    isToName: (key) => !already.has(key),
  };
}

/** What a digest that stands already tells of: what it told when it was written. */
export async function coverOf(tx: Tx, mark: DigestMark, before: Date | null): Promise<Cover> {
  const last = await lastTold(tx, mark.digest, mark.day);
  const named = new Set(mark.named);
  return {
    after: last.told?.position ?? (await tx.digestFacts.placeBefore(beginOf(last, before, mark.at))),
    until: mark.position,
    // Those that it named may be older than the last digest that was told.
    lostSince: named.size === 0 ? mark.at : new Date(mark.at.getTime() - MOST_UNTOLD * DAY_MS),
    isToName: (key) => named.has(key),
  };
}
