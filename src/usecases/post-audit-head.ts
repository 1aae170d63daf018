import type { ChainEnd } from '../domain/audit.ts';
import { lastOccurrence, nextOccurrence } from '../domain/cadence.ts';
import { localDate } from '../domain/time.ts';
import { auditHeadPost } from '../messages/copy/audit.ts';
import type { Store, Tx } from '../ports.ts';
import { digestRule } from './digest-schedule.ts';
import { tellChannel } from './tell.ts';
import type { Programme } from './work.ts';

const VERB = 'audit.post-head';

/** Up to when this process has seen to the posts that were due. */
export interface PostedHeads {
  seenFor: Date | null;
}

/**
 * Posts to the ISPG channel, once a business day at the digest's time, where the audit record ends: from then on the database
 * alone can't hide that something before was changed or cut off. After an outage the last missed one is posted. Nothing is due
 * while the record is younger than that time. The post is itself recorded. Answers how many were written.
 */
export async function postAuditHead(
  { store, programme }: { readonly store: Store; readonly programme: Programme },
  now: Date,
  posted: PostedHeads,
): Promise<number> {
  const dueAt = lastOccurrence(digestRule(programme), new Date(now.getTime() + 1))?.at ?? null;
  if (dueAt === null || posted.seenFor?.getTime() === dueAt.getTime()) return 0;
  const isPosted = await store.transaction((tx) => post(tx, programme, dueAt, now));
  posted.seenFor = dueAt;
  return isPosted ? 1 : 0;
}

/** When the next one is due, from `after` on; null when the digest has no time. */
export const nextHeadAt = (programme: Programme, after: Date): Date | null =>
  nextOccurrence(digestRule(programme), after)?.at ?? null;

async function post(tx: Tx, programme: Programme, dueAt: Date, now: Date): Promise<boolean> {
  const last = await tx.audit.lastOf(VERB);
  if (last ? last.at >= dueAt : !(await beganBefore(tx, dueAt))) return false;
  const head = await tx.audit.head();
  // Nothing could have been added without it: whoever checks the record is told.
  if (head === null) return false;
  const added = last ? head.position - Number(last.facts.position) : null;
  const isTold = await tellChannel({ tx, now }, 'ispg', {
    key: `audit-head:${localDate(dueAt, programme.timeZone)}`,
    kind: 'notice',
    message: auditHeadPost(head, added),
  });
  if (isTold) await note(tx, head, now);
  return isTold;
}

/** Whether the record's first entry is older. */
async function beganBefore(tx: Tx, instant: Date): Promise<boolean> {
  const [first] = await tx.audit.page(null, 1);
  return first !== undefined && new Date(first.at) < instant;
}

function note(tx: Tx, { position, hash }: ChainEnd, now: Date): Promise<void> {
  return tx.audit.append({
    at: now,
    actorId: null,
    forId: null,
    role: 'bot',
    verb: VERB,
    engagementId: null,
    from: null,
    to: null,
    reason: null,
    platform: 'bot',
    facts: { position: String(position), hash },
  });
}
