/** Something that stops somebody, and a wish to change an engagement: raised to the Government Task Lead and followed to an answer. */
import type { EngagementId, PersonId } from './ids.ts';
import { accepted, type Result, refused } from './result.ts';

export const BLOCKER_KINDS = ['blocker', 'change'] as const;
export type BlockerKind = (typeof BLOCKER_KINDS)[number];

/** `answered`: the one who raised it says whether it is solved. */
export const BLOCKER_STATES = ['open', 'answered', 'closed'] as const;
export type BlockerState = (typeof BLOCKER_STATES)[number];

/** Who had the ball since when; `gtl` is whoever is Government Task Lead. */
export interface Holder {
  readonly who: 'gtl' | 'person';
  readonly personId: PersonId | null;
  readonly since: Date;
}

export interface BlockerReply {
  readonly byId: PersonId;
  readonly at: Date;
  readonly words: string;
}

export interface Blocker {
  readonly id: string;
  /** What people type: `B-17`. */
  readonly number: number;
  readonly kind: BlockerKind;
  readonly engagementId: EngagementId | null;
  readonly raisedById: PersonId;
  readonly raisedAt: Date;
  readonly version: number;
  readonly words: string;
  readonly state: BlockerState;
  /** In order; the last one has the ball. */
  readonly holders: readonly Holder[];
  readonly replies: readonly BlockerReply[];
  readonly closedAt: Date | null;
}

export type BlockerRefusal =
  | { readonly code: 'closed' }
  | { readonly code: 'not-closed' }
  | { readonly code: 'holds-it' };

type Changed = Result<Blocker, BlockerRefusal>;

/** `B-17` */
export const blockerName = ({ number }: Pick<Blocker, 'number'>): string => `B-${number}`;

/** Raised: the Government Task Lead has the ball. */
export const raiseBlocker = (
  facts: Pick<Blocker, 'id' | 'kind' | 'engagementId' | 'raisedById' | 'words'>,
  now: Date,
): Omit<Blocker, 'number'> => ({
  ...facts,
  raisedAt: now,
  version: 1,
  state: 'open',
  holders: [{ who: 'gtl', personId: null, since: now }],
  replies: [],
  closedAt: null,
});

/** Who has the ball now; null once it is closed. */
export const holderOf = ({ holders, state }: Pick<Blocker, 'holders' | 'state'>): Holder | null =>
  state === 'closed' ? null : (holders.at(-1) ?? null);

const next = (blocker: Blocker, change: Partial<Blocker>): Changed =>
  accepted({ ...blocker, ...change, version: blocker.version + 1 });

const toGtl = (since: Date): Holder => ({ who: 'gtl', personId: null, since });
const toPerson = (personId: PersonId, since: Date): Holder => ({ who: 'person', personId, since });

/** An answer: the ball goes back to whoever raised it. */
export function answerBlocker(blocker: Blocker, words: string, byId: PersonId, now: Date): Changed {
  if (blocker.state === 'closed') return refused({ code: 'closed' });
  return next(blocker, {
    state: 'answered',
    replies: [...blocker.replies, { byId, at: now, words }],
    holders: [...blocker.holders, toPerson(blocker.raisedById, now)],
  });
}

/** Somebody else is to answer it. Refused when they have the ball already. */
export function handBlocker(blocker: Blocker, toId: PersonId, now: Date): Changed {
  const holder = holderOf(blocker);
  if (!holder) return refused({ code: 'closed' });
  if (holder.who === 'person' && holder.personId === toId) return refused({ code: 'holds-it' });
  return next(blocker, { state: 'open', holders: [...blocker.holders, toPerson(toId, now)] });
}

/** Not solved, or come up again: the Government Task Lead has the ball. */
export function returnBlocker(blocker: Blocker, words: string, byId: PersonId, now: Date): Changed {
  if (blocker.state === 'open') return refused({ code: 'not-closed' });
  return next(blocker, {
    state: 'open',
    closedAt: null,
    replies: [...blocker.replies, { byId, at: now, words }],
    holders: [...blocker.holders, toGtl(now)],
  });
}

/** Solved. */
export function closeBlocker(blocker: Blocker, now: Date): Changed {
  if (blocker.state === 'closed') return refused({ code: 'closed' });
  return next(blocker, { state: 'closed', closedAt: now });
}

/** How long somebody had the ball, in milliseconds. */
export interface HeldTime {
  readonly who: Holder['who'];
  readonly personId: PersonId | null;
  readonly ms: number;
}

/** How long each had the ball until `now`; the sum is the time since it was raised, without the time it was closed. */
export function heldTimes(blocker: Blocker, now: Date): readonly HeldTime[] {
  const end = (blocker.closedAt ?? now).getTime();
  const held = new Map<string, HeldTime>();
  blocker.holders.forEach(({ who, personId, since }, index) => {
    const until = blocker.holders[index + 1]?.since.getTime() ?? end;
    const key = personId ?? who;
    const before = held.get(key)?.ms ?? 0;
    held.set(key, { who, personId, ms: before + Math.max(0, until - since.getTime()) });
  });
  return [...held.values()];
}
