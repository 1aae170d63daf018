/**
 * Sends what is due. Rows are claimed with a lease; each recipient's go out one at a time and in order, different
 * recipients' beside each other. Before each message it is asked anew whether it is still true and whether this is the
 * hour for it; whatever comes of it is kept in the row.
 */
import { type Courtesy, type CourtesyRules, courtesyOf } from '../domain/courtesy.ts';
import type { DeliveryKey } from '../domain/ids.ts';
import { LEASE_MS, MOST_FAILURES, retryAfterMs } from '../domain/waits.ts';
import { bundled, markedLate, type Part, snoozable } from '../messages/copy/bundle.ts';
import type { Message } from '../messages/message.ts';
import type {
  Address,
  Carrier,
  Channel,
  Delivery,
  DeliveryAdapter,
  DeliveryFacts,
  Log,
  Measures,
  PutOff,
  Store,
} from '../ports.ts';
import { type Checks, createChecks, holds, recipientName } from './delivery-checks.ts';
import { createHand, type Hand } from './delivery-hand.ts';
import { type Posting, sendDelivery } from './send-delivery.ts';
import { tellLead } from './tell-lead.ts';
import type { Traffic } from './traffic.ts';

/** Rows claimed at once. */
const BATCH = 1_000;
/** Recipients whose messages are begun before the event loop turns: a few milliseconds. */
const LANES_IN_A_TURN = 64;
/** With fewer recipients in hand the next rows are likely theirs too, and claiming ahead would find nothing. */
const MANY = 64;
/** Rows one run takes at most, so that a run always ends. */
const MOST_IN_A_RUN = 50_000;
/** Messages that go into one bundle; the rest comes with the next. */
const MOST_IN_A_BUNDLE = 30;
/** A message that comes so long after its time says that it is late. */
const LATE_MS = 15 * 60_000;

export interface DeliverDeps {
  readonly store: Store;
  readonly adapters: readonly DeliveryAdapter[];
  /** Addresses of a programme channel, one for each platform that has it. */
  readonly channelAddresses: (channel: Channel) => readonly Address[];
  readonly log: Log;
  readonly measures: Measures;
  /** Holidays, closures and quiet hours as they are set now. */
  readonly courtesy: CourtesyRules;
  readonly traffic: Traffic;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** Milliseconds that only rise: how long a run has taken. */
  readonly stopwatch: () => number;
}

/** One run: what is due at `now`, which stands while the run goes on. */
export interface Run extends DeliverDeps {
  readonly now: Date;
  /** `now` and the time the run has taken since: what others' clocks show, who wait for its leases to end. */
  readonly present: () => Date;
  readonly pauses: Map<Carrier, Date>;
}

interface Batch extends Run {
  readonly checks: Checks;
  readonly hand: Hand;
  /** What was found for readers who keep the same hours, about messages without an end or a topic. */
  readonly openings: Map<string, Courtesy>;
}

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

/** The store has ended such a row; the digest names it. */
function noteUnreadable({ log }: DeliverDeps): void {
  log.error({}, 'a delivery could not be read and was given up');
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

/** A row that may go out now, with what was read about it. */
interface Ready {
  readonly row: Delivery;
  readonly facts: DeliveryFacts;
  readonly courtesy: Courtesy;
}

/** The row, when it is ours, still true and in its hour, or `joins` the day's message; otherwise it is ended or held, and null. */
async function readied(batch: Batch, row: Delivery, joins: DeliveryKey | null = null): Promise<Ready | null> {
  return judge(batch, row, batch.checks.known(row) ?? (await batch.checks.of(row)), joins);
}

/** As `readied`, on the strength of `facts`: at once for a row that may go, since there may be thousands a second. */
function judge(
  batch: Batch,
  row: Delivery,
  facts: DeliveryFacts,
  joins: DeliveryKey | null = null,
): Ready | null | Promise<null> {
  if (!facts.isOurs) {
    letGo(batch, row);
    return null;
  }
  if (row.expiresAt && row.expiresAt <= batch.now)
    return finish(batch, row, 'expired', 'its time had passed');
  if (!holds(row.stillTrue, facts)) return finish(batch, row, 'suppressed', 'no longer true when it was due');
  const courtesy = courtesyFor(batch, row, facts, joins);
  if (courtesy.kind === 'drop') return finish(batch, row, 'suppressed', courtesy.because);
  if (courtesy.kind === 'hold') {
    const { until, because } = courtesy;
    const held: PutOff = { kind: 'held', dueAt: until, reason: because, at: batch.now };
    return putOff(batch, row, held).then(() => null);
  }
  return { row, facts, courtesy };
}

function courtesyFor(
  { courtesy, openings, now }: Batch,
  row: Delivery,
  { reader, posted }: DeliveryFacts,
  joins: DeliveryKey | null,
): Courtesy {
  if (row.to.kind !== 'person' || !reader) return { kind: 'now' };
  const { key, urgency, topic, expiresAt } = row;
  const writing = { key, urgency, topic, expiresAt, bundle: row.bundle ?? joins, isEdit: posted !== null };
  const { settings, leaves, timeZone } = reader;
  if (urgency === 'routine' || topic !== null || expiresAt !== null || leaves.length > 0 || posted !== null)
    return courtesyOf(writing, reader, courtesy, now);
  // Many people keep the same hours, and for one run it is the same instant for all of them.
  const { quietHours: quiet, inaugurationDay } = settings;
  const hours = `${urgency} ${timeZone} ${quiet ? `${quiet.from}-${quiet.to}` : ''} ${inaugurationDay}`;
  const known = openings.get(hours);
  if (known) return known;
  const found = courtesyOf(writing, reader, courtesy, now);
  openings.set(hours, found);
  return found;
}

/** Nothing else may go out in the same message. */
const goesAlone = (batch: Batch, { row, courtesy }: Ready): boolean =>
  row.to.kind !== 'person' || (courtesy.kind !== 'daily' && !canJoinLate(batch, row));

/** What goes out together with `first`: the day's other routine messages, and whatever waits late for the same person. */
async function partsBeside(batch: Batch, first: Ready, lane: Delivery[]): Promise<Ready[]> {
  const { row, courtesy } = first;
  if (row.to.kind !== 'person') return [];
  const isDaily = courtesy.kind === 'daily';
  // What may have been posted already is settled by itself, with all that went out in the same message and nothing else.
  const inDoubt = row.unsettledSince !== null;
  let isInterrupted = false;
  const beside = lane.filter((each) => {
    if (inDoubt) return each.bundle !== null && each.bundle === row.bundle;
    if (each.unsettledSince === null && isDaily && isRoutine(each)) return true;
    const joins = each.unsettledSince === null && !isInterrupted && canJoinLate(batch, each);
    // Nothing late goes ahead of a message that has to go by itself; a card has its own place.
    if (!joins && each.card === null) isInterrupted = true;
    return joins;
  });
  if (isDaily && !inDoubt) {
    const ahead = await batch.store.deliveries.claimForBundle({
      personId: row.to.personId,
      before: courtesy.before,
      limit: MOST_IN_A_BUNDLE,
      leaseUntil: new Date(batch.present().getTime() + LEASE_MS),
      onUnreadable: () => noteUnreadable(batch),
    });
    batch.checks.add(ahead);
    batch.hand.take(ahead.length);
    beside.push(...ahead);
  }
  const parts: Ready[] = [];
  for (const each of beside) {
    const place = lane.indexOf(each);
    if (parts.length + 1 >= MOST_IN_A_BUNDLE) {
      if (place < 0)
        await putOff(batch, each, {
          kind: 'held',
          dueAt: each.dueAt,
          reason: 'the bundle is full',
          at: batch.now,
        });
      continue;
    }
    // The redrawing of a card goes by itself.
    if (each.card !== null && (await batch.checks.of(each)).posted) continue;
    if (place >= 0) lane.splice(place, 1);
    const ready = await readied(batch, each, first.facts.reader?.lastDaily?.key ?? null);
    if (ready) parts.push(ready);
  }
  return parts;
}

const isRoutine = ({ urgency }: Delivery): boolean => urgency === 'routine';
const lateFor = ({ firstDueAt, dueAt }: Delivery): Date => firstDueAt ?? dueAt;
const isLate = ({ now }: Run, row: Delivery): boolean => now.getTime() - lateFor(row).getTime() >= LATE_MS;
/** Late messages of one person come as one; cards stay by themselves, since they are redrawn in place. */
const canJoinLate = (run: Run, row: Delivery): boolean =>
  row.card === null && row.kind !== 'answer' && row.kind !== 'digest' && isLate(run, row);

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
    message: composed(batch, leader, parts, daily !== null),
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

type Daily = Extract<Courtesy, { kind: 'daily' }>;

/** Whether all of these are still ours and true; at once when that was read within the last second. */
function mayGo(batch: Batch, rows: readonly Delivery[]): boolean | Promise<boolean> {
  for (const [place, row] of rows.entries()) {
    const facts = batch.checks.known(row);
    if (!facts)
      return batch.checks.of(row).then((read) => isStill(row, read) && mayGo(batch, rows.slice(place + 1)));
    if (!isStill(row, facts)) return false;
  }
  return true;
}

const isStill = (row: Delivery, facts: DeliveryFacts): boolean => facts.isOurs && holds(row.stillTrue, facts);

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

/** The words as they go out: one message, or several as one; late ones say so. */
function composed(batch: Batch, { row }: Ready, parts: readonly Ready[], isDaily: boolean): Message {
  const inOrder = isDaily ? parts.toSorted((a, b) => urgentFirst(a.row, b.row)) : parts;
  const asParts: Part[] = inOrder.map((part) => ({
    message: part.row.message,
    lateFor: saysLate(batch, part.row) ? lateFor(part.row) : null,
  }));
  const [only] = asParts;
  const single = only?.lateFor ? markedLate(only.message, only.lateFor) : row.message;
  const message = asParts.length > 1 ? bundled(asParts, isDaily ? 'daily' : 'catch-up') : single;
  return isDaily ? snoozable(message, row.key) : message;
}

/** A card shows how things stand, and a digest says by itself that it is late; a reminder does not, on a card or without. */
const saysLate = (run: Run, row: Delivery): boolean =>
  (row.card === null || row.kind === 'reminder') &&
  row.kind !== 'answer' &&
  row.kind !== 'digest' &&
  isLate(run, row);

/** What ends soonest comes first, then what was due first. */
const urgentFirst = (a: Delivery, b: Delivery): number =>
  (a.expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER) - (b.expiresAt?.getTime() ?? Number.MAX_SAFE_INTEGER) ||
  a.dueAt.getTime() - b.dueAt.getTime() ||
  (a.sequence < b.sequence ? -1 : 1);

/** Somebody else has it, or it was taken back. */
function letGo({ checks, hand }: Batch, row: Delivery): void {
  checks.drop(row);
  hand.drop(false);
}

function ended({ checks, hand }: Batch, row: Delivery): void {
  checks.drop(row);
  hand.drop(true);
}

function done(batch: Batch, rows: readonly Delivery[], isDaily: boolean): void {
  for (const row of rows) ended(batch, row);
  batch.checks.wentOut(rows, isDaily);
}

async function finish(
  batch: Batch,
  row: Delivery,
  state: 'suppressed' | 'blocked' | 'unreachable' | 'expired',
  reason: string,
): Promise<null> {
  await batch.store.deliveries.finish(row, state, reason, batch.present());
  batch.measures.ended(state, row.urgency);
  ended(batch, row);
  return null;
}

async function putOff(batch: Batch, row: Delivery, put: PutOff): Promise<void> {
  await batch.store.deliveries.later(row, put);
  ended(batch, row);
}

async function failedByBug(batch: Batch, row: Delivery): Promise<PutOff | null> {
  const failures = row.failures + 1;
  if (failures >= MOST_FAILURES) {
    await finish(batch, row, 'unreachable', `a mistake of ours, ${failures} times`);
    return null;
  }
  const dueAt = new Date(batch.now.getTime() + retryAfterMs(failures, batch.random()));
  const put: PutOff = { kind: 'failed', dueAt, reason: 'a mistake of ours', at: batch.now };
  await putOff(batch, row, put);
  return put;
}
