/** The nudge of the day shows what is open now: when a card or a course changes, its lines are drawn anew in the same message. */
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import type { HeldLine } from '../domain/nudge.ts';
import { openLines } from '../domain/nudge-day.ts';
import { REACHED_PARTIES } from '../domain/nudge-holder.ts';
import { type NudgeList, numberedLines, refreshed } from '../domain/nudge-list.ts';
import type { Person } from '../domain/person.ts';
import { nudgeMessage } from '../messages/copy/nudge.ts';
import { courseLines, linesIn, NUDGED_IN, type Nudging, readersOf } from './nudge-lines.ts';
import { aboutNudges, type KeptList, keepList, keptLists, readerOf } from './nudge-list.ts';
import { type NudgeDay, nudgeDayOf, nudgeDaysOf, peopleOfParty } from './nudge-people.ts';
import { redrawPart } from './redraw-part.ts';
import { loadPeople } from './tell.ts';

/**
 * Redraws the nudge of everybody who has lines of this engagement in it. Call it after each change of its card or of what its lines
 * follow. `before`: the engagement as it was, where who takes part in it may have changed.
 */
export async function afterCardChange(
  work: Nudging,
  engagement: Engagement,
  before: Engagement = engagement,
): Promise<void> {
  const ids = new Set<PersonId>();
  for (const each of new Set([before, engagement]))
    for (const party of REACHED_PARTIES) for (const id of await peopleOfParty(work, each, party)) ids.add(id);
  const concerns = ({ about }: HeldLine): boolean =>
    about.kind === 'item' && about.engagementId === engagement.id;
  const lists = (await keptLists(work, [...ids])).filter(({ list }) =>
    list.lines.some(({ line }) => concerns(line)),
  );
  if (lists.length === 0) return;
  const readers = await readersOf(work, engagement, await linesIn(work, engagement));
  const people = await loadPeople(
    work,
    lists.map(({ personId }) => personId),
  );
  const dayOf = await nudgeDaysOf(work, [...people.values()]);
  for (const kept of lists) {
    const person = people.get(kept.personId);
    const lines = readers.get(kept.personId) ?? [];
    if (person) await refresh(work, person, concerns, { kept, lines, day: dayOf(person) });
  }
}

/**
 * Redraws the nudges that stand after a step of the engagement: its lines and courses go from them when it pauses, ends or changes its
 * people, and come back into them when it goes on. Nothing is posted.
 */
export async function afterEngagementStep(
  work: Nudging,
  before: Engagement,
  engagement: Engagement,
): Promise<void> {
  const [was, is] = [before, engagement].map(({ state }) => NUDGED_IN.includes(state));
  if (!was && !is) return;
  await afterCardChange(work, engagement, before);
  const issos = new Set([before, engagement].map(({ course }) => course.serviceIssoId));
  if (was === is && issos.size === 1) return;
  for (const id of issos) if (id !== null) await afterCourseChange(work, id);
}

/** Redraws the nudge of that person after a course of theirs changed. */
export async function afterCourseChange(work: Nudging, personId: PersonId): Promise<void> {
  const concerns = ({ about }: HeldLine): boolean => about.kind === 'course';
  const [kept] = await keptLists(work, [personId]);
  const person = (await loadPeople(work, [personId])).get(personId);
  if (!person || !kept?.list.lines.some(({ line }) => concerns(line))) return;
  const day = await nudgeDayOf(work, person);
  await refresh(work, person, concerns, { kept, lines: await courseLines(work, personId, day.today), day });
}

/** The list of somebody as it is kept, the lines that they have in hand now, and their day. */
interface Refreshing {
  readonly kept: KeptList;
  readonly lines: readonly HeldLine[];
  readonly day: NudgeDay;
}

async function refresh(
  work: Nudging,
  person: Person,
  concerns: (line: HeldLine) => boolean,
  { kept, lines, day }: Refreshing,
): Promise<void> {
  const { id: personId } = person;
  const now = openLines(lines, day.today);
  const { list, isNew } = await keepList(
    work,
    personId,
    (before) => refreshed(before ?? { key: null, lines: [], more: 0, told: [] }, concerns, now),
    kept.paper,
  );
  if (isNew && list.key !== null) await redraw(work, personId, list, list.key, day);
}

/** What has not gone out and says nothing any more is taken back. */
async function redraw(
  work: Nudging,
  personId: PersonId,
  list: NudgeList,
  key: string,
  day: NudgeDay,
): Promise<void> {
  const isEmpty = numberedLines(list).length === 0 && list.more === 0;
  const taken = isEmpty
    ? await work.tx.deliveries.suppress(aboutNudges(personId), 'everything in it is settled', ['nudge'])
    : 0;
  if (taken > 0) return;
  await redrawPart(work, personId, key, nudgeMessage(list, readerOf(work, personId, day, list)));
}
