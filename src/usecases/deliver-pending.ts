/**
 * Sends what is due. Rows are claimed with a lease; each recipient's go out one at a time and in order, different
 * recipients' beside each other. Before each message it is asked anew whether it is still true and whether this is the
 * hour for it; whatever comes of it is kept in the row.
 */
import { LEASE_MS } from '../domain/waits.ts';
import type { Delivery, PutOff } from '../ports.ts';
import { createChecks, recipientName } from './delivery-checks.ts';
import { createHand, type Hand } from './delivery-hand.ts';
import { composed, goesAlone, partsBeside } from './delivery-parts.ts';
import { type Daily, judge, mayGo, type Ready, readied } from './delivery-ready.ts';
import { redraw } from './delivery-redraw.ts';
import {
  type Batch,
  type DeliverDeps,
  done,
  failedByBug,
  finish,
  noteUnreadable,
  putOff,
} from './delivery-run.ts';
import { type Posting, sendDelivery } from './send-delivery.ts';
import { tellLead } from './tell-lead.ts';

/** Rows claimed at once. */
const BATCH = 1_000;
/** Recipients whose messages are begun before the event loop turns: a few milliseconds. */
const LANES_IN_A_TURN = 64;
/** With fewer recipients in hand the next rows are likely theirs too, and claiming ahead would find nothing. */
const MANY = 64;
/** Rows one run takes at most, so that a run always ends. */
const MOST_IN_A_RUN = 50_000;

/** Sends all that is due at `now`; answers how many rows came to an end or were put off. */
export async function deliverPending(deps: DeliverDeps, now: Date): Promise<number> {
  const startedMs = deps.stopwatch();
  const takenMs = (): number => deps.stopwatch() - startedMs;
  const present = (): Date => new Date(now.getTime() + takenMs());
  const checks = createChecks(deps.store, present);
  const claim = () => {
    const readAtMs = performance.now();
    return deps.store.deliveries.claimDue({
      now,
      limit: BATCH,
      leaseMs: LEASE_MS + takenMs(),
      onUnreadable: () => noteUnreadable(deps),
      onFacts: (row, facts) => checks.learn(row, facts, readAtMs),
    });
  };
  const first = await claim();
  if (first.length === 0) return 0;
  const pauses = await deps.store.deliveries.pauses(now);
  const hand = createHand();
  const batch: Batch = { ...deps, now, present, pauses: new Map(pauses), checks, hand, openings: new Map() };
  let taken = 0;
  for (let rows = first; rows.length > 0; ) {
    taken += rows.length;
    hand.take(rows.length);
    checks.add(rows);
    const lanes = lanesOf(rows);
    const goesOn = taken < MOST_IN_A_RUN && hand.isWell();
    const ahead = goesOn && rows.length === BATCH && lanes.length >= MANY ? claimAhead(claim) : null;
    await runLanes(batch, lanes);
    await hand.holds(ahead ? BATCH : 0);
    rows = goesOn ? await next(hand, ahead, claim) : [];
    if (rows.length > 0) await hearOfPauses(batch);
  }
  return hand.put();
}

/** Another process may have heard meanwhile that a platform takes nothing. */
async function hearOfPauses({ store, now, pauses }: Batch): Promise<void> {
  for (const [platform, until] of await store.deliveries.pauses(now)) {
    const known = pauses.get(platform);
    if (!known || known < until) pauses.set(platform, until);
  }
}

/** Begins to claim while what is in hand goes out, so that neither the platforms nor the database wait for each other. */
function claimAhead(claim: () => Promise<Delivery[]>): Promise<Delivery[]> {
  const claimed = claim();
  // What fails is told when it is waited for.
  claimed.catch(() => undefined);
  return claimed;
}

/** Recipients in hand are passed over by a claim, so their order stands. When nobody else is left, they are waited for. */
async function next(
  hand: Hand,
  ahead: Promise<Delivery[]> | null,
  claim: () => Promise<Delivery[]>,
): Promise<Delivery[]> {
  if (ahead) {
    const rows = await ahead;
    if (rows.length > 0) return rows;
    await hand.holds(0);
  }
  return claim();
}

/** Begins the lanes, some at a time: what else the process has to do, such as answering people, gets its turn between them. */
async function runLanes(batch: Batch, lanes: readonly Delivery[][]): Promise<void> {
  for (let start = 0; start < lanes.length; start += LANES_IN_A_TURN) {
    if (start > 0) await new Promise((resolve) => setImmediate(resolve));
    for (const lane of lanes.slice(start, start + LANES_IN_A_TURN)) batch.hand.does(runLane(batch, lane));
  }
}

/** The rows of each recipient, in order. */
function lanesOf(rows: readonly Delivery[]): Delivery[][] {
  const lanes = new Map<string, Delivery[]>();
  for (const row of rows) {
    const name = recipientName(row);
    const lane = lanes.get(name) ?? [];
    lane.push(row);
    lanes.set(name, lane);
  }
  return [...lanes.values()];
}

async function runLane(batch: Batch, lane: Delivery[]): Promise<void> {
  for (let row = lane.shift(); row; row = lane.shift()) {
    const waits = await settle(batch, row, lane);
    if (!waits) continue;
    // What comes after a message that has to wait waits behind it.
    const behind: PutOff = { ...waits, kind: 'paced', reason: 'an earlier message waits', isSettled: false };
    await Promise.all(lane.splice(0).map((each) => putOff(batch, each, behind)));
  }
}

/** One delivery never takes its neighbours down: a bug in it is kept as its outcome. Answers how the rest of its lane has to wait. */
async function settle(batch: Batch, row: Delivery, lane: Delivery[]): Promise<PutOff | null> {
  try {
    return await settleOne(batch, row, lane);
  } catch (error) {
    const { kind, attempts } = row;
    batch.log.error({ error, kind, attempts }, 'delivery failed by a bug');
    return failedByBug(batch, row);
  }
}

async function settleOne(batch: Batch, row: Delivery, lane: Delivery[]): Promise<PutOff | null> {
  if (row.redraws !== null) return redraw(batch, row, row.redraws);
  const known = batch.checks.known(row);
  const judged = known ? judge(batch, row, known) : readied(batch, row);
  const ready = judged instanceof Promise ? await judged : judged;
  if (!ready) return null;
  const parts = goesAlone(batch, ready) ? [ready] : [ready, ...(await partsBeside(batch, ready, lane))];
  const daily = ready.courtesy.kind === 'daily' ? ready.courtesy : null;
  const { reader } = ready.facts;
  const leader = parts.find((part) => part.row.key === reader?.lastDaily?.key) ?? ready;
  const outcome = await send(batch, leader, parts, daily);
  if (outcome !== 'changed') return outcome;
  // What was still good goes round again, with whatever is true now.
  lane.unshift(...parts.map((part) => part.row).filter((part) => part !== row));
  return settleOne(batch, row, lane);
}

async function send(
  batch: Batch,
  leader: Ready,
  parts: readonly Ready[],
  daily: Daily | null,
): Promise<PutOff | 'changed' | null> {
  const { row } = leader;
  const rows = parts.map((part) => part.row);
  const unsettled = parts.find((part) => part.row.unsettledSince !== null);
  const posting: Posting = {
    row,
    facts: leader.facts,
    message: composed(batch.now, row.key, rows, daily !== null),
    sentBeforeAs: unsettled?.row.bundle ?? unsettled?.row.key ?? row.key,
    isUnsettled: unsettled !== undefined,
    confirm: () => mayGo(batch, rows),
    note: () => noteBundle(batch, row, rows, daily),
  };
  const outcome = await sendDelivery(batch, posting);
  switch (outcome.kind) {
    case 'sent': {
      const { to, messageId, mayRepeat } = outcome;
      batch.traffic.noted(to.platform, true);
      for (const urgency of new Set(rows.map((each) => each.urgency)))
        batch.measures.sent(to.platform, urgency);
      const marks = rows.map(({ key, card }) => {
        // A card within a bundle can't be redrawn in place: what follows it is posted afresh.
        const own = card !== null && rows.length > 1 ? null : messageId;
        return batch.store.deliveries.sent(key, to, own, batch.now, mayRepeat);
      });
      await (marks.length === 1 ? marks[0] : Promise.all(marks));
      for (const { urgency } of rows) batch.measures.ended('sent', urgency);
      done(batch, rows, daily !== null);
      return null;
    }
    case 'later':
      await Promise.all(rows.map((each) => putOff(batch, each, outcome.putOff)));
      return outcome.putOff.kind === 'moved-on' ? null : outcome.putOff;
    case 'over':
      for (const each of rows) {
        await tellLead(batch.store, each, batch.now);
        await finish(batch, each, outcome.state, outcome.reason);
      }
      return null;
    case 'changed':
      return 'changed';
    default:
      return outcome satisfies never;
  }
}

/** What is about to be posted as one, so that whoever looks for any part of it knows under which key. */
function noteBundle(
  batch: Batch,
  leader: Delivery,
  rows: readonly Delivery[],
  daily: Daily | null,
): Promise<void> | null {
  if (leader.to.kind !== 'person') return null;
  if (!daily && rows.length === 1 && leader.bundle === null) return null;
  const { personId } = leader.to;
  return batch.store.deliveries.bundle(leader, rows, daily ? { personId, day: daily.day } : null);
}
