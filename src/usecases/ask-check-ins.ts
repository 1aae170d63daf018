/** Asks for check-ins ahead of the weekly and monthly meetings, reminds once, and shows the meeting when nobody answered. */
import { type CheckInStep, checkInSteps, takesCheckIns } from '../domain/check-in.ts';
import type { Meeting } from '../domain/meeting.ts';
import { DAY_MS } from '../domain/time.ts';
import { checkInRequest } from '../messages/copy/check-in.ts';
import { CHECK_IN_KINDS } from '../offerings/check-in-questions.ts';
import type { Store, Tx } from '../ports.ts';
import { type CheckInFacts, checkInFacts, checkInFactsOf } from './check-in-facts.ts';
import { drawCheckIns } from './show-check-ins.ts';
import { tellPerson } from './tell.ts';
import type { Programme } from './work.ts';

/** Nobody is asked further ahead, whatever days are closed in between. */
const HORIZON_MS = 60 * DAY_MS;
/** Meetings looked at in one run; the next tick takes what is left. */
const MOST_MEETINGS = 100;
/** No meeting is planned beyond. */
const FAR_AHEAD = new Date(Date.UTC(9999, 0, 1));

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
}

/**
 * Does what is due ahead of the booked meetings that have a check-in: each writer is asked once, on the morning that many
 * business days before, and reminded once on the meeting's own. Answers how many messages were written.
 */
export async function askCheckIns({ store, programme }: Deps, now: Date): Promise<number> {
  const until = new Date(now.getTime() + HORIZON_MS);
  const due = await store.transaction(async (tx) => {
    const all = await checkInFactsOf(tx, await ahead(tx, now, until));
    return all.filter((facts) => stepsOf(facts, programme).some(({ at }) => at <= now));
  });
  let written = 0;
  for (const { meeting } of due) {
    written += await store.transaction(async (tx) => {
      const facts = await checkInFacts(tx, await tx.meetings.forChange(meeting.id));
      return facts && takesCheckIns(facts.meeting, now) ? takeSteps(tx, facts, programme, now) : 0;
    });
  }
  return written;
}

/** The next instant at which somebody is to be asked or reminded, or the meeting shown that nobody answered. */
export async function nextCheckInAt({ store, programme }: Deps, now: Date): Promise<Date | null> {
  return store.transaction(async (tx) => {
    let earliest: Date | null = null;
    for (const facts of await checkInFactsOf(tx, await ahead(tx, now, FAR_AHEAD))) {
      // Whatever precedes a later meeting lies after what is found already.
      if (earliest && facts.slot.startsAt.getTime() - HORIZON_MS > earliest.getTime()) break;
      for (const { what, at } of stepsOf(facts, programme)) {
        // That somebody was asked can be seen; the rest was done by the run that saw its instant.
        if ((what === 'ask' || at > now) && (!earliest || at < earliest)) earliest = at;
      }
    }
    return earliest;
  });
}

/** Booked meetings with a check-in that begin after `now`, the next first. */
async function ahead(tx: Tx, now: Date, until: Date): Promise<readonly Meeting[]> {
  const found = await tx.meetings.bookedOfEach(
    CHECK_IN_KINDS.map(({ kind }) => kind),
    now,
    until,
  );
  const startMs = (meeting: Meeting): number => meeting.bookedFor?.startsAt.getTime() ?? 0;
  return found
    .filter((meeting) => takesCheckIns(meeting, now))
    .toSorted((a, b) => startMs(a) - startMs(b))
    .slice(0, MOST_MEETINGS);
}

const stepsOf = (
  { slot, writers, checkIns, businessDaysBefore }: CheckInFacts,
  { calendar }: Programme,
): readonly CheckInStep[] =>
  checkInSteps({ startsAt: slot.startsAt, writers, checkIns, businessDaysBefore }, calendar);

async function takeSteps(tx: Tx, facts: CheckInFacts, programme: Programme, now: Date): Promise<number> {
  let written = 0;
  for (const step of stepsOf(facts, programme)) {
    if (step.at > now) continue;
    switch (step.what) {
      case 'ask':
      case 'remind':
        if (await askOne(tx, facts, step, now)) written += 1;
        break;
      case 'collect':
        written += await drawCheckIns(
          { tx, now },
          facts,
          `before-${facts.slot.startsAt.toISOString()}`,
          'urgent',
        );
        break;
      default:
        step satisfies never;
    }
  }
  return written;
}

type Asking = Extract<CheckInStep, { readonly what: 'ask' | 'remind' }>;

async function askOne(
  tx: Tx,
  { meeting, slot, named }: CheckInFacts,
  { what, personId, dueAt }: Asking,
  now: Date,
): Promise<boolean> {
  if (what === 'ask') {
    if (!(await tx.checkIns.ask(meeting.id, personId, now))) return false;
    await tx.audit.append({
      at: now,
      actorId: null,
      forId: personId,
      role: 'bot',
      verb: 'check-in.ask',
      engagementId: meeting.engagementId,
      from: null,
      to: null,
      reason: null,
      platform: 'bot',
      facts: { meeting: meeting.id },
    });
  }
  return tellPerson({ tx, now }, personId, {
    // Somebody who was asked for another time is reminded of this one.
    key: what === 'ask' ? `check-in-ask:${meeting.id}` : `check-in-remind:${meeting.id}:${meeting.sequence}`,
    kind: 'reminder',
    urgency: 'routine',
    topic: 'check-ins',
    message: checkInRequest(named, what === 'remind'),
    dueAt: dueAt > now ? dueAt : now,
    expiresAt: slot.startsAt,
    stillTrue: { kind: 'check-in-open', meetingId: meeting.id, personId, sequence: meeting.sequence },
    about: `meeting:${meeting.id}`,
  });
}
