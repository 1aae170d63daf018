/** Asks Business Owners how satisfied they are, when the work has gone on for a while and after satisfaction sessions. */
import { randomUUID } from 'node:crypto';
import { addBusinessDays } from '../domain/calendar.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { EngagementId } from '../domain/ids.ts';
import { morningOf } from '../domain/morning.ts';
import type { Person } from '../domain/person.ts';
import { lastAsked, type Survey } from '../domain/survey.ts';
import {
  type Asked,
  nextAskingAt,
  type Occasion,
  occasionDue,
  scheduledOccasions,
  sessionOccasion,
  type WorkPeriod,
  workPeriod,
} from '../domain/survey-occasions.ts';
import { addDays, DAY_MS, localDate } from '../domain/time.ts';
import { surveyRequest } from '../messages/copy/survey.ts';
import type { Store, Tx } from '../ports.ts';
import { tellPerson } from './tell.ts';
import type { Programme } from './work.ts';

/** Sessions held longer ago are no reason to ask any more. */
const SESSIONS_BACK_MS = 60 * DAY_MS;
/** Longer than a quarter and a row of closed days, so that the next occasion is always among those looked at. */
const DAYS_AHEAD = 130;
/** Surveys asked in one run; the next tick takes what is left. */
const MOST_ASKED = 500;
/** Business days after the asking; after the second reminder nobody is reminded again. */
const REMINDED_AFTER = [3, 8] as const;
/** An unsent asking or reminder is pointless after so long. */
const POINTLESS_AFTER_MS = 30 * DAY_MS;

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
}

/** An engagement with its reasons to ask. */
interface Askable {
  readonly engagementId: EngagementId;
  readonly period: WorkPeriod | null;
  readonly occasions: readonly Occasion[];
  readonly surveys: readonly Survey[];
}

/**
 * Asks what is due: for each engagement the newest occasion, once; what an outage left behind is dropped. Nobody is asked
 * once the work has ended. Answers how many were asked.
 */
export async function askSurveys(deps: Deps, now: Date): Promise<number> {
  const due = await deps.store.transaction((tx) => dueAt(tx, deps.programme, now));
  let asked = 0;
  for (const { engagementId, occasion } of due.slice(0, MOST_ASKED)) {
    if (await deps.store.transaction((tx) => ask(tx, deps.programme, engagementId, occasion, now)))
      asked += 1;
  }
  return asked;
}

/** The next instant at which a survey is to be asked; null when none is ahead. */
export async function nextSurveyAt({ store, programme }: Deps, now: Date): Promise<Date | null> {
  return store.transaction(async (tx) => {
    let earliest: Date | null = null;
    const firsts = (await askables(tx, programme, now))
      .flatMap((askable) =>
        openOccasions(askable)
          .toSorted(byDay)
          .slice(0, 1)
          .map(({ on }) => ({ askable, on })),
      )
      .toSorted(byDay);
    for (const { askable, on } of firsts) {
      // Only what lies near the earliest found so far can come before it, wherever the owners live.
      if (earliest && on > localDate(new Date(earliest.getTime() + DAY_MS), 'UTC')) break;
      const owner = (await partiesOf(tx, askable.engagementId))?.owner;
      if (!owner || isOver(askable, owner, now)) continue;
      const at = nextAskingAt(askable.occasions, askedOf(askable), owner.timeZone, now);
      if (at && (!earliest || at < earliest)) earliest = at;
    }
    return earliest;
  });
}

async function dueAt(
  tx: Tx,
  programme: Programme,
  now: Date,
): Promise<{ readonly engagementId: EngagementId; readonly occasion: Occasion }[]> {
  const found = [];
  const tomorrow = addDays(localDate(now, 'UTC'), 1);
  for (const askable of await askables(tx, programme, now)) {
    if (!openOccasions(askable).some(({ on }) => on <= tomorrow)) continue;
    const owner = (await partiesOf(tx, askable.engagementId))?.owner;
    if (!owner || isOver(askable, owner, now)) continue;
    const occasion = occasionDue(askable.occasions, askedOf(askable), owner.timeZone, now);
    if (occasion) found.push({ engagementId: askable.engagementId, occasion });
  }
  return found;
}

/** Every engagement that somebody works for or that had a session lately. */
async function askables(tx: Tx, { calendar, timeZone }: Programme, now: Date): Promise<readonly Askable[]> {
  const milestones = byEngagement(await tx.milestones.named(['work-began', 'work-ended']));
  const since = new Date(Math.max(0, now.getTime() - SESSIONS_BACK_MS));
  const sessions = byEngagement(
    await tx.meetings.heldOf('satisfaction', since, new Date(now.getTime() + DAY_MS)),
  );
  const ids = [...new Set([...milestones.keys(), ...sessions.keys()])];
  const surveys = byEngagement(await tx.surveys.ofEngagements(ids));
  return ids.map((engagementId) => {
    const period = workPeriod(milestones.get(engagementId) ?? []);
    const held = (sessions.get(engagementId) ?? []).map(({ id, heldOn, bookedFor }) =>
      sessionOccasion(id, heldOn ?? localDate(bookedFor?.endsAt ?? now, timeZone), calendar),
    );
    const scheduled = period ? scheduledOccasions(period, lookedAtUntil(period, now), calendar) : [];
    return {
      engagementId,
      period,
      occasions: [...scheduled, ...held],
      surveys: surveys.get(engagementId) ?? [],
    };
  });
}

function byEngagement<T extends { readonly engagementId: EngagementId | null }>(
  rows: readonly T[],
): ReadonlyMap<EngagementId, readonly T[]> {
  const groups = new Map<EngagementId, T[]>();
  for (const row of rows) {
    if (row.engagementId === null) continue;
    const group = groups.get(row.engagementId);
    if (group) group.push(row);
    else groups.set(row.engagementId, [row]);
  }
  return groups;
}

const lookedAtUntil = ({ beganOn }: WorkPeriod, now: Date): string => {
  const today = localDate(now, 'UTC');
  return addDays(beganOn > today ? beganOn : today, DAYS_AHEAD);
};

const byDay = (a: Pick<Occasion, 'on'>, b: Pick<Occasion, 'on'>): number =>
  a.on < b.on ? -1 : a.on > b.on ? 1 : 0;

const askedOf = ({ surveys }: Askable): Asked => ({
  names: surveys.map(({ occasion }) => occasion),
  lastAt: lastAsked(surveys)?.askedAt ?? null,
});

/** What was not asked for and does not lie behind the last asking. */
function openOccasions(askable: Askable): readonly Occasion[] {
  const { names, lastAt } = askedOf(askable);
  const lastDay = lastAt && addDays(localDate(lastAt, 'UTC'), -1);
  return askable.occasions.filter(
    ({ name, on }) => !names.includes(name) && (lastDay === null || on >= lastDay),
  );
}

/** Whether the last day of the work is behind the owner. */
const isOver = ({ period }: Askable, owner: Person, now: Date): boolean =>
  (period?.endedOn ?? null) !== null && localDate(now, owner.timeZone) > (period?.endedOn ?? '');

async function partiesOf(
  tx: Tx,
  id: EngagementId,
): Promise<{ readonly engagement: Engagement; readonly owner: Person } | null> {
  const engagement = await tx.engagements.get(id);
  const owner = engagement && (await tx.people.get(engagement.businessOwnerId));
  // While an engagement is paused nobody is asked.
  const isAsked = engagement !== null && engagement.ending === null && engagement.state !== 'PAUSED';
  return isAsked && owner ? { engagement, owner } : null;
}

/** One asking with its reminders. False when the occasion was asked for before. */
async function ask(
  tx: Tx,
  programme: Programme,
  engagementId: EngagementId,
  occasion: Occasion,
  now: Date,
): Promise<boolean> {
  const parties = await partiesOf(tx, engagementId);
  return parties !== null && askOwner(tx, programme, parties, occasion.name, now);
}

/** The occasion of the close of an engagement. */
const FINAL = 'final';

/** Asks once more when an engagement is closed, though its work is over (domain reference 2.2, T22). False when it was asked before. */
export async function askFinalSurvey(
  tx: Tx,
  programme: Programme,
  engagement: Engagement,
  now: Date,
): Promise<boolean> {
  const owner = await tx.people.get(engagement.businessOwnerId);
  return owner !== null && askOwner(tx, programme, { engagement, owner }, FINAL, now);
}

async function askOwner(
  tx: Tx,
  programme: Programme,
  { engagement, owner }: { readonly engagement: Engagement; readonly owner: Person },
  occasion: string,
  now: Date,
): Promise<boolean> {
  const { id: engagementId } = engagement;
  const id = randomUUID();
  const survey: Survey = {
    id,
    engagementId,
    personId: owner.id,
    occasion,
    askedAt: now,
    version: 1,
    answers: null,
    answeredAt: null,
  };
  const earlier = await tx.surveys.ofEngagement(engagementId);
  if (!(await tx.surveys.insert(survey))) return false;
  for (const old of earlier) await tx.deliveries.suppress(aboutSurvey(old.id), 'a newer survey was asked');
  await tx.audit.append({
    at: now,
    actorId: null,
    forId: owner.id,
    role: 'bot',
    verb: 'survey.ask',
    engagementId,
    from: engagement.state,
    to: engagement.state,
    reason: null,
    platform: 'bot',
    facts: { survey: id, occasion },
  });
  await tellOwner(tx, programme, { engagement, owner, survey }, now);
  return true;
}

/** What is still to be said of that survey. */
export const aboutSurvey = (id: string): string => `survey:${id}`;

async function tellOwner(
  tx: Tx,
  { calendar, smallestGroup }: Programme,
  asked: { readonly engagement: Engagement; readonly owner: Person; readonly survey: Survey },
  now: Date,
): Promise<void> {
  const { engagement, owner, survey } = asked;
  const today = localDate(now, owner.timeZone);
  const morning = morningOf(today, owner.timeZone);
  const rungs = [
    { rung: 0, dueAt: morning > now ? morning : now },
    ...REMINDED_AFTER.map((days, index) => ({
      rung: index === 0 ? 1 : 2,
      dueAt: morningOf(addBusinessDays(today, days, calendar), owner.timeZone),
    })),
  ] as const;
  for (const { rung, dueAt } of rungs) {
    await tellPerson({ tx, now }, owner.id, {
      key: `survey-${rung}:${survey.id}`,
      kind: 'reminder',
      urgency: 'routine',
      topic: 'surveys',
      message: surveyRequest(engagement, survey.id, smallestGroup, rung === 0 ? 0 : rung === 1 ? 1 : 2),
      dueAt,
      expiresAt: new Date(now.getTime() + POINTLESS_AFTER_MS),
      stillTrue: { kind: 'survey-open', surveyId: survey.id },
      about: aboutSurvey(survey.id),
    });
  }
}
