/** The clock's part in meetings that are held as needed: it proposes them at their days, each once. */
import type { Engagement } from '../domain/engagement.ts';
import type { EngagementId } from '../domain/ids.ts';
import type { Milestone } from '../domain/milestone.ts';
import { MILESTONES } from '../domain/milestone.ts';
import {
  type Around,
  type Prompt,
  SATISFACTION_NEAR_DAYS,
  satisfactionPrompts,
  TRAINING_PROMPT_DAYS,
  trainingPrompts,
} from '../domain/session-prompts.ts';
import { DAY_MS } from '../domain/time.ts';
import { promptWithoutRoom } from '../messages/copy/meeting-verbs.ts';
import type { Store, Tx } from '../ports.ts';
import { meetingFacts } from './meeting-facts.ts';
import { lastHeldOf } from './meeting-held.ts';
import { lockSessions, newSession, openSession, type SessionKind } from './meeting-offer.ts';
import { tellChannel } from './tell.ts';
import type { Programme } from './work.ts';

export interface PromptDeps {
  readonly store: Store;
  readonly programme: Programme;
}

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
  const milestones = await store.transaction((tx) => tx.milestones.named(MILESTONES));
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
    add('satisfaction', engagementId, satisfactionPrompts(own, when), []);
  const training = trainingPrompts(milestones, when);
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
  if ((await tx.meetings.get(nameOf(due))) || (await hasOther(work, due, engagement))) return false;
  const made = await newSession(work, due.kind, engagement, {
    id: nameOf(due),
    evenWithout: true,
    reason: due.prompt.name.slice(0, 60),
  });
  if (!made) return false;
  if (made.offered.length === 0)
    await tellChannel(work, 'ispg', {
      key: `prompt-without-room:${made.id}`,
      kind: 'notice',
      message: promptWithoutRoom(await meetingFacts(work, made)),
    });
  return true;
}

/** One on offer, booked or held near the prompt, or prompted for in the last days, stands for it. */
async function hasOther(
  work: { readonly tx: Tx; readonly programme: Programme; readonly now: Date },
  due: Due,
  engagement: Engagement | null,
): Promise<boolean> {
  const { tx } = work;
  for (const { name } of due.recent)
    if (name !== due.prompt.name && (await tx.meetings.get(idFor(due.kind, due.engagementId, name))))
      return true;
  const open = await openSession(work, due.kind, engagement);
  if (open?.state === 'offered') return true;
  const days = due.kind === 'satisfaction' ? SATISFACTION_NEAR_DAYS : TRAINING_PROMPT_DAYS;
  const from = new Date(due.prompt.at.getTime() - days * DAY_MS);
  const to = new Date(due.prompt.at.getTime() + days * DAY_MS);
  const booked = await tx.meetings.bookedOf(due.kind, from, to);
  if (booked.some(({ engagementId }) => engagementId === due.engagementId)) return true;
  const held = await lastHeldOf(work, due.kind, due.engagementId, to);
  return held?.bookedFor != null && held.bookedFor.startsAt >= from;
}
