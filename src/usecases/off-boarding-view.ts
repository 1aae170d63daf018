/** An off-boarding record as each of its readers sees it, and the cards that follow it. */
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { offBoardingSight } from '../domain/off-boarding-sight.ts';
import type { People, Person } from '../domain/person.ts';
import type { LocalDate } from '../domain/time.ts';
import { type OffBoardingView, offBoardingCard } from '../messages/copy/off-boarding.ts';
import { nameOf } from '../messages/copy/people.ts';
import { issosOf, type KeptRecord, recordsOf } from './off-boarding-record.ts';
import { loadPeople, tellPerson } from './tell.ts';
import type { Work } from './work.ts';

type Telling = Pick<Work, 'tx' | 'now'> & Partial<Pick<Work, 'person'>>;

/** The record for `reader`; null for somebody who sees nothing of it. */
export function viewFor(
  { now }: Pick<Work, 'now'>,
  engagement: Engagement,
  { personId, record, version, savedAt }: KeptRecord,
  reader: Person,
  about: { readonly people: People; readonly isOneOfSeveral: boolean; readonly asOf?: LocalDate },
): OffBoardingView | null {
  const sight = offBoardingSight(reader, personId, engagement);
  if (!sight) return null;
  const isClear = !about.isOneOfSeveral || reader.id === personId;
  return {
    engagement,
    personId,
    personName: nameOf(about.people, personId),
    record,
    version,
    savedAt,
    sight,
    whose: isClear ? null : (about.people.get(personId)?.name ?? personId),
    asOf: about.asOf ?? null,
    now,
  };
}

/** The names of everybody who is or was the Service ISSO, and of these readers. */
export const namesAround = (
  work: Pick<Work, 'tx'>,
  engagement: Engagement,
  others: readonly PersonId[] = [],
): Promise<People> => loadPeople(work, [...issosOf(engagement), ...others]);

/** Redraws the card of the person and of each contractor lead. */
export async function tellRecordCards(
  work: Telling,
  engagement: Engagement,
  kept: KeptRecord,
): Promise<void> {
  const { personId, version } = kept;
  const leads = (await work.tx.people.withRole('contractor_lead')).map(({ id }) => id);
  const readers = [...new Set([personId, ...leads])];
  const people = await namesAround(work, engagement, readers);
  const isOneOfSeveral = (await recordsOf(work, engagement)).length > 1;
  for (const id of readers) {
    const reader = people.get(id);
    const view = reader ? viewFor(work, engagement, kept, reader, { people, isOneOfSeveral }) : null;
    if (!view) continue;
    await tellPerson(work, id, {
      key: `off-boarding:${engagement.id}:${personId}:${version}`,
      kind: 'card',
      message: offBoardingCard(view),
      card: `off-boarding:${engagement.id}:${personId}:${id}`,
    });
  }
}
