/** The clock's part in meetings that are held as needed: it proposes them at their days, each once. */
import type { EngagementId } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Milestone } from '../domain/milestone.ts';
import {
  type Around,
  type Prompt,
  SATISFACTION_NEAR_DAYS,
  satisfactionPrompts,
  TRAINING_PROMPT_DAYS,
  trainingPrompts,
} from '../domain/session-prompts.ts';
import { hasLapsed } from '../domain/slots.ts';
import { DAY_MS } from '../domain/time.ts';
import { promptWithoutRoom } from '../messages/copy/meeting-verbs.ts';
import type { Store, Tx } from '../ports.ts';
import { meetingFacts } from './meeting-facts.ts';
import { lastHeldOf } from './meeting-held.ts';
import { lockSessions, newSession, openSession, renewSession, type SessionKind } from './meeting-offer.ts';
import { tellChannel } from './tell.ts';
import { recordedMilestones } from './training-everybody.ts';
import type { Programme } from './work.ts';

export interface PromptDeps {
  readonly store: Store;
  readonly programme: Programme;
}

/** Far more than are ever paused at once; nothing is prompted for them meanwhile. */
const MOST_PAUSED = 2_000;

/** What one process remembers between runs, so that a run without anything due is one small query. */
export interface PromptMemory {
  /** Prompts that were proposed or left out. */
  readonly settled: Set<string>;
  /** The instant of the last run. */
  seenAt: Date;
}

export const freshMemory = (): PromptMemory => ({ settled: new Set(), seenAt: new Date(0) });

/** A prompt with the request it is about; null for the programme's. */
interface Due {
  readonly kind: SessionKind;
  readonly engagementId: EngagementId | null;
  readonly prompt: Prompt;
  /** Others of its kind of the last days, one of which may stand for it. */
  readonly recent: readonly Prompt[];
}

const nameOf = ({ kind, engagementId, prompt }: Due): string => idFor(kind, engagementId, prompt.name);
/** The meeting's id is made of the prompt, so that it can be written once only, whoever tries. */
const idFor = (kind: SessionKind, engagementId: EngagementId | null, name: string): string =>
  ['prompted', kind, engagementId, name].filter((part) => part !== null).join('-');

/**
 * Proposes what is due at `now`: for each request, and for the programme, the newest prompt alone, so that what an outage
 * held up comes once or not at all. Safe to repeat, and for several processes at once. Answers how many were proposed.
 */
export async function promptMeetings(
  deps: PromptDeps,
  now: Date,
  memory: PromptMemory = freshMemory(),
): Promise<number> {
  const { due } = await promptsAround(deps, now);
  let done = 0;
  let failure: unknown = null;
  for (const each of due) {
    if (memory.settled.has(nameOf(each))) continue;
    try {
      if (await deps.store.transaction((tx) => settle(tx, deps.programme, each, now))) done += 1;
      memory.settled.add(nameOf(each));
    } catch (error) {
      failure ??= error;
    }
  }
  memory.seenAt = now;
  // One that fails is tried again at the next tick and does not keep the others waiting.
  if (failure !== null) throw failure;
  return done;
}

/** The instant of the next prompt, or of one that is due and not settled yet; null when none is to come. */
export async function nextPromptAt(deps: PromptDeps, memory: PromptMemory): Promise<Date | null> {
  // Before the first run something may be due from before.
  if (memory.seenAt.getTime() === 0) return new Date(0);
  const { due, next } = await promptsAround(deps, memory.seenAt);
  const open = due.filter((each) => !memory.settled.has(nameOf(each))).map(({ prompt }) => prompt.at);
  const earliest = Math.min(...[...open, ...next].map((at) => at.getTime()));
  return Number.isFinite(earliest) ? new Date(earliest) : null;
}

async function promptsAround(
  { store, programme }: PromptDeps,
  now: Date,
): Promise<{ readonly due: readonly Due[]; readonly next: readonly Date[] }> {
  const { milestones, trained, pausedIds } = await store.transaction(async (tx) => ({
    ...(await recordedMilestones({ tx })),
    pausedIds: new Set((await tx.engagements.inStates(['PAUSED'], MOST_PAUSED)).map(({ id }) => id)),
  }));
  const when = { zone: programme.timeZone, calendar: programme.calendar, now };
  const due: Due[] = [];
  const next: Date[] = [];
  const add = (
    kind: SessionKind,
    engagementId: EngagementId | null,
    around: Around,
    recent: readonly Prompt[],
  ): void => {
    if (around.due) due.push({ kind, engagementId, prompt: around.due, recent });
    if (around.next) next.push(around.next.at);
  };
  for (const [engagementId, own] of byEngagement(milestones))
    if (!pausedIds.has(engagementId)) add('satisfaction', engagementId, satisfactionPrompts(own, when), []);
  const training = trainingPrompts(trained, when);
  add('rbt_review', null, training, training.recent);
  return { due, next };
}

function byEngagement(milestones: readonly Milestone[]): ReadonlyMap<EngagementId, readonly Milestone[]> {
  const grouped = new Map<EngagementId, Milestone[]>();
  for (const milestone of milestones) {
    const own = grouped.get(milestone.engagementId) ?? [];
    own.push(milestone);
    grouped.set(milestone.engagementId, own);
  }
  return grouped;
}

/** Proposes the meeting unless it was before, or another one stands for it; answers whether it did. */
async function settle(tx: Tx, programme: Programme, due: Due, now: Date): Promise<boolean> {
  const work = { tx, programme, now };
  const engagement = due.engagementId ? await tx.engagements.get(due.engagementId) : null;
  if (due.engagementId && (!engagement || engagement.ending)) return false;
  await lockSessions(work, due.kind, engagement);
  const open = await openSession(work, due.kind, engagement);
  if (await isSettled(work, due, open)) return false;
  const reason = due.prompt.name.slice(0, 60);
  const made =
    open?.state === 'offered'
      ? await renewSession(work, open, engagement, { reason })
      : await newSession(work, due.kind, engagement, { id: nameOf(due), evenWithout: true, reason });
  const meeting = made ?? (open?.state === 'offered' ? open : null);
  if (meeting && (!made || made.offered.length === 0))
    await tellChannel(work, 'ispg', {
      key: `prompt-without-room:${nameOf(due)}`,
      kind: 'notice',
      message: promptWithoutRoom(await meetingFacts(work, meeting)),
    });
  return made !== null;
}

interface Settling {
  readonly tx: Tx;
  readonly programme: Programme;
  readonly now: Date;
}

/** Whether it was proposed before, or one that can still be chosen, is booked or was held near the prompt stands for it. */
async function isSettled(work: Settling, due: Due, open: Meeting | null): Promise<boolean> {
  const { tx, now } = work;
  if (await tx.meetings.get(nameOf(due))) return true;
  if (open?.state === 'offered' && !hasLapsed(open, now)) return true;
  return (await wasProposedLately(work, due)) || (await isBookedOrHeldNear(work, due));
}

/**
 * Whether one was proposed for this prompt, or for another of the last days. An old offer may have been renewed for it, so
 * what counts is when times were offered last; unanswered, it stands for its own prompt alone.
 */
async function wasProposedLately(
  { tx, now }: Settling,
  { kind, engagementId, prompt, recent }: Due,
): Promise<boolean> {
  const latest = await tx.meetings.ofEngagement(engagementId, kind);
  const offeredAt = latest?.offeredAt ?? null;
  if (latest && offeredAt !== null) {
    const since = Math.min(...[prompt, ...recent].map(({ at }) => at.getTime()));
    if (offeredAt >= prompt.at || (offeredAt.getTime() >= since && !hasLapsed(latest, now))) return true;
  }
  for (const { name } of recent) {
    const earlier = name === prompt.name ? null : await tx.meetings.get(idFor(kind, engagementId, name));
    if (earlier && !hasLapsed(earlier, now)) return true;
  }
  return false;
}

async function isBookedOrHeldNear(work: Settling, { kind, engagementId, prompt }: Due): Promise<boolean> {
  const days = kind === 'satisfaction' ? SATISFACTION_NEAR_DAYS : TRAINING_PROMPT_DAYS;
  const from = new Date(prompt.at.getTime() - days * DAY_MS);
  const to = new Date(prompt.at.getTime() + days * DAY_MS);
  const booked = await work.tx.meetings.bookedOf(kind, from, to);
  if (booked.some((each) => each.engagementId === engagementId)) return true;
  const held = await lastHeldOf(work, kind, engagementId, to);
  return held?.bookedFor != null && held.bookedFor.startsAt >= from;
}
