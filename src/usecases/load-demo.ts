/**
 * Puts the demo programme into an empty database: engagements in every state with all that they have left behind, as if it had been
 * there for months. Nobody is told of anything that has passed; what lies ahead follows from the rows, as in a real programme.
 */
import { blockerName } from '../domain/blocker.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { requestNumber } from '../domain/ids.ts';
import type { Store, Tx } from '../ports.ts';
import { countAsSaid } from './demo/already-said.ts';
import { withBlockerNames } from './demo/reports.ts';
import type { DemoProgramme } from './demo/story.ts';
import { filingYears, type Told, tellDemo, whenOf } from './demo/tell.ts';
import { demoOffering } from './demo/world.ts';
import { remindOfKickoff } from './kickoff-cards.ts';
import { peopleAround } from './tell.ts';
import type { Programme } from './work.ts';

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
  newToken(): string;
}

/** How much was loaded. */
export interface LoadedDemo {
  readonly engagements: number;
  readonly papers: number;
  readonly meetings: number;
  readonly entries: number;
}

/** All of it or nothing, in one transaction. Null, with nothing done, where there is any engagement already. */
export async function loadDemo(deps: Deps, data: DemoProgramme, now: Date): Promise<LoadedDemo | null> {
  const { store, programme, newToken } = deps;
  return store.transaction(async (tx) => {
    await tx.lock('demo-programme');
    if ((await tx.engagements.find({ limit: 1 })).length > 0) return null;
    const people = await tx.people.list();
    const numbers = await drawNumbers(tx, deps, filingYears(data, { now, programme }));
    const told = tellDemo(data, { now, programme, people, numbers, newToken });
    await save(tx, told);
    await remind(tx, programme, told, now);
    await countAsSaid(tx, programme, [...told.engagements.values()], whenOf({ now, programme }));
    return {
      engagements: told.engagements.size,
      papers: told.papers.length,
      meetings: told.meetings.size,
      entries: told.audit.length,
    };
  });
}

async function drawNumbers(
  tx: Tx,
  deps: Pick<Deps, 'programme'>,
  years: readonly number[],
): Promise<readonly RequestNumber[]> {
  const { numberPrefix } = demoOffering(deps);
  const drawn: RequestNumber[] = [];
  for (const year of years)
    drawn.push(requestNumber(numberPrefix, year, await tx.engagements.nextNumber(numberPrefix, year)));
  return drawn;
}

async function save(tx: Tx, told: Told): Promise<void> {
  for (const engagement of told.engagements.values()) await tx.engagements.insert(engagement);
  for (const meeting of told.meetings.values()) await tx.meetings.insert(meeting);
  for (const milestone of told.milestones) await tx.milestones.set(milestone);
  for (const survey of told.surveys) await tx.surveys.insert(survey);
  for (const checkIn of told.checkIns) await tx.checkIns.answer(checkIn);
  const names = new Map<string, string>();
  // By the number that the reports have for it.
  const numbered = new Map<string, string>();
  for (const [place, blocker] of told.blockers.entries()) {
    const name = blockerName(await tx.blockers.insert(blocker));
    names.set(blocker.id, name);
    numbered.set(blockerName({ number: place + 1 }), name);
  }
  await tx.papers.insertAll(told.papers.map((paper) => withBlockerNames(paper, numbered)));
  for (const entry of told.audit) {
    const { blocker } = entry.facts;
    const name = blocker === undefined ? undefined : names.get(blocker);
    await tx.audit.append(
      name === undefined ? entry : { ...entry, facts: { ...entry.facts, blocker: name } },
    );
  }
}

/** Kickoffs that are still to come are reminded of, as if they had been booked here. */
async function remind(tx: Tx, programme: Programme, told: Told, now: Date): Promise<void> {
  for (const meeting of told.meetings.values()) {
    if (meeting.kind !== 'kickoff' || meeting.state !== 'booked') continue;
    const engagement = [...told.engagements.values()].find(({ id }) => id === meeting.engagementId);
    if (!engagement) continue;
    const people = await peopleAround({ tx }, engagement, meeting);
    await remindOfKickoff({ tx, now, programme }, engagement, meeting, { people, again: '' });
  }
}
