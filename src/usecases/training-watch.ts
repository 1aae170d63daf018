/** Once a day: the policy clock of first role-based training, overdue training for the leads, live courses (domain reference 4.4, 5.2). */
import { isBusinessDay } from '../domain/calendar.ts';
import { itemOf } from '../domain/card.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { writtenOn } from '../domain/morning.ts';
import { addDays, type LocalDate, localDate, weekday } from '../domain/time.ts';
import { FIRST_TRAINING_DAYS, soonestDue, type TrainingDue } from '../domain/training.ts';
import { clockRung } from '../domain/training-reminders.ts';
import { nameOf } from '../messages/copy/people.ts';
import { clockRanOut, clockRunsOut, overdueTrainings } from '../messages/copy/training-told.ts';
import { CLOCK_WARNINGS } from '../offerings/curriculum.ts';
import type { StillTrue, Store } from '../ports.ts';
import { cardNow } from './information-card.ts';
import type { Unattended } from './move-by-bot.ts';
import { ownCalendar } from './own-calendar.ts';
import { loadPeople, tellPeople, tellPerson } from './tell.ts';
import { peopleOfSide } from './tell-step.ts';
import { everybodyTrained } from './training-everybody.ts';
import { tellFeasibility } from './training-feasible.ts';
import { type TrainingNow, trainingNow, trainingOf } from './training-now.ts';
import type { Programme } from './work.ts';

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
}

/** The day on which this process last looked at everything. */
export interface WatchedTraining {
  seenOn: LocalDate | null;
}

/**
 * Does what is due on the day of `now` in the programme's zone, once for each day and process; safe to repeat. A person who fails
 * holds up none of the others; the first failure is thrown at the end. Answers 0: deliveries are counted when they are sent.
 */
export async function watchTraining(
  { store, programme }: Deps,
  now: Date,
  watched: WatchedTraining = { seenOn: null },
): Promise<number> {
  const today = localDate(now, programme.timeZone);
  if (watched.seenOn === today) return 0;
  const overdue: TrainingDue[] = [];
  let failure: unknown = null;
  for (const id of await store.transaction((tx) => everybodyTrained({ tx }))) {
    try {
      const on = await store.transaction((tx) => watchOne({ tx, programme, now }, id, today));
      if (on !== null && on < today) overdue.push({ personId: id, on });
    } catch (error) {
      failure ??= error;
    }
  }
  await store.transaction((tx) => tellLeads({ tx, programme, now }, overdue, today));
  if (failure !== null) throw failure;
  watched.seenOn = today;
  return 0;
}

/** The beginning of the day after `after`: what is due on a day is part of its message of the day. */
export const nextTrainingAt = ({ timeZone }: Pick<Programme, 'timeZone'>, after: Date): Date =>
  writtenOn(addDays(localDate(after, timeZone), 1), timeZone);

/** Answers when that person's role-based training is due next; null while all their engagements pause. */
async function watchOne(work: Unattended, personId: PersonId, today: LocalDate): Promise<LocalDate | null> {
  const now = await trainingNow(work, personId);
  const going = now.engagements.filter(({ state }) => state !== 'PAUSED');
  for (const engagement of going) {
    await tellClock(work, engagement, now, today);
    await tellFeasibility(work, engagement);
  }
  return going.length === 0 ? null : now.rbt.dueOn;
}

/** Each rung once; after it was done none. */
async function tellClock(
  work: Unattended,
  engagement: Engagement,
  now: TrainingNow,
  today: LocalDate,
): Promise<void> {
  const { personId } = now;
  const appointedOn = engagement.course.letter.ciso;
  if (appointedOn === null || (await trainingOf(work, engagement, personId, now)).doneOn !== null) return;
  const endsOn = addDays(appointedOn, FIRST_TRAINING_DAYS);
  const rung = clockRung(endsOn, today, CLOCK_WARNINGS, await ownCalendar(work, personId, today));
  if (rung === null) return;
  const stillTrue = await whileOpen(work, engagement, personId);
  const telling = {
    key: `training-clock:${engagement.id}:${personId}:${appointedOn}:${rung}`,
    kind: rung === 'run-out' ? 'escalation' : 'reminder',
    urgency: 'routine',
    ...(stillTrue ? { stillTrue } : {}),
  } as const;
  if (rung !== 'run-out') {
    const expiresAt = writtenOn(addDays(endsOn, 1), work.programme.timeZone);
    await tellPerson(work, personId, { ...telling, message: clockRunsOut(endsOn), expiresAt });
    return;
  }
  await tellRunOut(work, engagement, personId, endsOn, telling);
}

/** To the person, the contract leads, the Government Task Lead and the COR, each in words of their own. */
async function tellRunOut(
  work: Unattended,
  engagement: Engagement,
  personId: PersonId,
  endsOn: LocalDate,
  telling: Omit<Parameters<typeof tellPerson>[2], 'message'>,
): Promise<void> {
  const { number } = engagement;
  await tellPerson(work, personId, { ...telling, message: clockRanOut(number, endsOn, null) });
  const name = nameOf(await loadPeople(work, [personId]), personId);
  for (const side of ['contractor', 'gtl', 'cor'] as const)
    await tellPeople(work, await peopleOfSide(work, engagement, side), {
      ...telling,
      message: clockRanOut(number, endsOn, name),
    });
}

/** It is said while the line of the card is open; null for a card that is not kept yet. */
async function whileOpen(
  work: Unattended,
  engagement: Engagement,
  personId: PersonId,
): Promise<StillTrue | null> {
  const kept = await cardNow(work, engagement, personId);
  const item = kept && itemOf(kept.card, 'rbt');
  if (!item || kept.version === 0) return null;
  return {
    kind: 'item-open',
    engagementId: engagement.id,
    personId,
    item: item.key,
    reopened: item.reopened,
  };
}

/** On the first business day of a week on which somebody is overdue, to each contract lead, one message for all. */
async function tellLeads(work: Unattended, overdue: readonly TrainingDue[], today: LocalDate): Promise<void> {
  if (overdue.length === 0 || !isBusinessDay(today, work.programme.calendar)) return;
  const people = await loadPeople(
    work,
    overdue.map(({ personId }) => personId),
  );
  const leads = await work.tx.people.withRole('contractor_lead');
  const monday = addDays(today, -((weekday(today) + 6) % 7));
  await tellPeople(
    work,
    leads.map(({ id }) => id),
    {
      key: `training-overdue:${monday}`,
      kind: 'reminder',
      urgency: 'routine',
      message: overdueTrainings(soonestDue(overdue), people),
    },
  );
}
