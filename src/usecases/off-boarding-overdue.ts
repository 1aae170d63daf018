/** Lines of off-boarding that are open after their time: the GTL is told of each once (domain reference 2.3, 4.6). */
import type { Engagement } from '../domain/engagement.ts';
import { AFTER_KICKOFF_STATES, isFinal } from '../domain/engagement-states.ts';
import { nextDueAt, type OffBoardingLine, overdueLines } from '../domain/off-boarding.ts';
import { linesOverdue } from '../messages/copy/off-boarding-news.ts';
import { nameOf } from '../messages/copy/people.ts';
import type { Store, Tx } from '../ports.ts';
import { type KeptRecord, recordsOfAll } from './off-boarding-record.ts';
import { pagesOfEngagements } from './pages-of-engagements.ts';
import { loadPeople, tellPerson } from './tell.ts';

const OPEN = AFTER_KICKOFF_STATES.filter((state) => !isFinal(state));

interface Deps {
  readonly store: Store;
}
interface OpenRecord {
  readonly engagement: Engagement;
  readonly kept: KeptRecord;
}

/** Tells the GTL what has fallen due and is open. Answers how many messages were written; none is written twice. */
export async function tellOverdueLines({ store }: Deps, now: Date): Promise<number> {
  return store.transaction(async (tx) => {
    let told = 0;
    for (const open of await openRecords(tx))
      for (const together of byTime(overdueLines(open.kept.record, now)))
        told += await tellGtl(tx, now, open, together);
    return told;
  });
}

/** The next instant at which something falls due; null when nothing is ahead. */
export async function nextOverdueAt({ store }: Deps, now: Date): Promise<Date | null> {
  const records = await store.transaction(openRecords);
  const ahead = records.flatMap(({ kept }) => nextDueAt(kept.record, now)?.getTime() ?? []);
  return ahead.length === 0 ? null : new Date(Math.min(...ahead));
}

async function openRecords(tx: Tx): Promise<readonly OpenRecord[]> {
  const found: OpenRecord[] = [];
  for await (const engagements of pagesOfEngagements(tx.engagements.find, OPEN))
    for (const { engagement, records } of await recordsOfAll({ tx }, engagements))
      found.push(...records.map((kept) => ({ engagement, kept })));
  return found;
}

/** What falls due together is said together, access by itself: its message may go at any hour. */
function byTime(lines: readonly OffBoardingLine[]): readonly (readonly OffBoardingLine[])[] {
  const groups = new Map<string, OffBoardingLine[]>();
  for (const line of lines) {
    const key = `${line.kind === 'access'}:${line.dueAt.getTime()}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()];
}

async function tellGtl(
  tx: Tx,
  now: Date,
  { engagement, kept }: OpenRecord,
  lines: readonly OffBoardingLine[],
): Promise<number> {
  const [first] = lines;
  if (!first) return 0;
  const isAccess = first.kind === 'access';
  const people = await loadPeople({ tx }, [kept.personId]);
  let told = 0;
  for (const { id } of await tx.people.withRole('gtl')) {
    const isNew = await tellPerson({ tx, now }, id, {
      key: `off-boarding-overdue:${engagement.id}:${kept.personId}:${isAccess ? 'access' : 'other'}:${first.dueAt.toISOString()}`,
      kind: 'escalation',
      urgency: isAccess ? 'security' : 'routine',
      message: linesOverdue(engagement, nameOf(people, kept.personId), lines, first.dueAt),
    });
    if (isNew) told += 1;
  }
  return told;
}
