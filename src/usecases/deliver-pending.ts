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
/** With so few in hand the next are claimed, so that neither the platforms nor the database wait for each other. */
const FEW = 500;
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
  const claim = () =>
    deps.store.deliveries.claimDue({
      now,
      limit: BATCH,
      leaseMs: LEASE_MS + takenMs(),
      onUnreadable: () => noteUnreadable(deps),
    });
  const first = await claim();
  if (first.length === 0) return 0;
  const checks = createChecks(deps.store, present);
  checks.add(first);
  // Read ahead for all of them; what can't be read is a matter of its own row, in its turn.
  const ahead = first[0] && checks.of(first[0]).catch(() => undefined);
  const [pauses] = await Promise.all([deps.store.deliveries.pauses(now), ahead]);
  const hand = createHand();
  const batch: Batch = { ...deps, now, present, pauses: new Map(pauses), checks, hand, openings: new Map() };
  let taken = 0;
  for (let rows = first; rows.length > 0; rows = taken < MOST_IN_A_RUN ? await next(hand, claim) : []) {
    taken += rows.length;
    hand.take(rows.length);
    checks.add(rows);
    const lanes = lanesOf(rows);
    for (const lane of lanes) hand.does(runLane(batch, lane));
    await hand.holds(rows.length === BATCH && lanes.length >= MANY ? FEW : 0);
  }
  return hand.put();
}

/** Recipients in hand are passed over by a claim, so their order stands. When nobody else is left, they are waited for. */
async function next(hand: Hand, claim: () => Promise<Delivery[]>): Promise<Delivery[]> {
  const wasEmpty = hand.isEmpty();
  const rows = await claim();
  if (rows.length > 0 || wasEmpty) return rows;
  await hand.holds(0);
  return claim();
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
  const ready = await readied(batch, row);
  if (!ready) return null;
  const parts = [ready, ...(await partsBeside(batch, ready, lane))];
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
  const facts = batch.checks.known(row) ?? (await batch.checks.of(row));
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
    await putOff(batch, row, { kind: 'held', dueAt: until, reason: because, at: batch.now });
    return null;
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

/** What goes out together with `first`: the day's other routine messages, and whatever waits late for the same person. */
async function partsBeside(batch: Batch, first: Ready, lane: Delivery[]): Promise<Ready[]> {
  const { row, courtesy } = first;
  const isDaily = courtesy.kind === 'daily';
  if (row.to.kind !== 'person' || !(isDaily || canJoinLate(batch, row))) return [];
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
    confirm: async () => {
      for (const part of parts) {
        const facts = batch.checks.known(part.row) ?? (await batch.checks.of(part.row));
        if (!facts.isOurs || !holds(part.row.stillTrue, facts)) return false;
      }
      return true;
    },
    note: () => noteBundle(batch, row, rows, daily),
  };
  const outcome = await sendDelivery(batch, posting);
  switch (outcome.kind) {
    case 'sent': {
      const { to, messageId, mayRepeat } = outcome;
      batch.traffic.noted(to.platform, true);
      for (const urgency of new Set(rows.map((each) => each.urgency)))
        batch.measures.sent(to.platform, urgency);
      await Promise.all(
        rows.map(({ key, card }) => {
          // A card within a bundle can't be redrawn in place: what follows it is posted afresh.
          const own = card !== null && rows.length > 1 ? null : messageId;
          return batch.store.deliveries.sent(key, to, own, batch.now, mayRepeat);
        }),
      );
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

/** What is about to be posted as one, so that whoever looks for any part of it knows under which key. */
async function noteBundle(
  batch: Batch,
  leader: Delivery,
  rows: readonly Delivery[],
  daily: Daily | null,
): Promise<void> {
  if (leader.to.kind !== 'person') return;
  if (!daily && rows.length === 1 && leader.bundle === null) return;
  const { personId } = leader.to;
  await batch.store.deliveries.bundle(leader, rows, daily ? { personId, day: daily.day } : null);
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

const saysLate = (run: Run, row: Delivery): boolean =>
  row.card === null && row.kind !== 'answer' && row.kind !== 'digest' && isLate(run, row);

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
