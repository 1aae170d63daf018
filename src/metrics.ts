/** The figures the operator watches, for Prometheus. Labels are platforms, kinds, jobs and states: never who or what. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { TickOutcome } from './jobs/runner.ts';
import { type Clock, DELIVERY_STATES, type EndState, type Measures, type Store, URGENCIES } from './ports.ts';

export interface Metrics {
  /** For whoever sends. */
  readonly measures: Measures;
  ticked(job: string, outcome: TickOutcome): void;
  /** All figures in the text form of Prometheus, the database's read afresh. Never rejects because the database is away. */
  read(): Promise<{ readonly type: string; readonly text: string }>;
}

const END_STATES = DELIVERY_STATES.filter(
  (state): state is EndState => state !== 'pending' && state !== 'leased',
);
const ANSWER_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(store: Store, clock: Clock): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const ticks = new Counter({
    name: 'isso_ticks_total',
    help: 'Ticks of each job in this process: done, failed, or elsewhere (done by another process)',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const measures = createMeasures(registers);
  store.deliveries.onTakenBack((urgency) => measures.ended('suppressed', urgency));
  const readDatabase = databaseGauges(store, clock, registers);
  return {
    measures,
    ticked: (job, outcome) => ticks.inc({ job, outcome }),
    async read() {
      await readDatabase();
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

function createMeasures(registers: Registry[]): Measures {
  const sent = new Counter({
    name: 'isso_messages_sent_total',
    help: 'Messages that a platform took, by urgency; urgent ones come beside the one message a day',
    labelNames: ['platform', 'urgency'],
    registers,
  });
  const failed = new Counter({
    name: 'isso_delivery_failures_total',
    help: 'Attempts that a platform did not take, by kind',
    labelNames: ['platform', 'kind'],
    registers,
  });
  const took = new Histogram({
    name: 'isso_platform_answer_seconds',
    help: 'How long a platform took to answer an attempt',
    labelNames: ['platform'],
    buckets: ANSWER_SECONDS,
    registers,
  });
  const ended = new Counter({
    name: 'isso_deliveries_ended_total',
    help: 'Deliveries that came to their end in this process: sent, suppressed, expired, blocked or unreachable',
    labelNames: ['state', 'urgency'],
    registers,
  });
  // From the first scrape on each state has its line, so that an alert sees it rise from nothing.
  for (const state of END_STATES) for (const urgency of URGENCIES) ended.inc({ state, urgency }, 0);
  return {
    sent: (platform, urgency) => sent.inc({ platform, urgency }),
    failed: (platform, kind) => failed.inc({ platform, kind }),
    took: (platform, ms) => took.observe({ platform }, ms / 1_000),
    ended: (state, urgency) => ended.inc({ state, urgency }),
  };
}

/** What the database knows; the same in every process. Without an answer these figures are left out, and `up` is 0. */
function databaseGauges(store: Store, clock: Clock, registers: Registry[]): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]): Gauge<Label> =>
    new Gauge({ name, help, labelNames, registers });
  const up = gauge('isso_database_up', '1 when the database answers');
  const tickAge = gauge(
    'isso_last_tick_age_seconds',
    'Time since the last tick of a job in any process',
    'job',
  );
  const lag = gauge(
    'isso_oldest_due_delivery_age_seconds',
    'How long the oldest unsent message has been due',
  );
  const due = gauge('isso_due_deliveries', 'Messages that are due and not sent');
  const byState = gauge(
    'isso_deliveries',
    'Deliveries that wait, are in hand or were given up; all that ended are isso_deliveries_ended_total',
    'state',
  );
  const paused = gauge('isso_platform_paused_seconds', 'How long a platform is still paused', 'platform');
  const withLabels = [tickAge, byState, paused];
  const withoutLabels = [lag, due];
  return async () => {
    const now = clock.now();
    const found = await askDatabase(store, now).catch(() => null);
    // From here on nothing waits, so that two who ask at once don't mix their figures.
    for (const each of withLabels) each.reset();
    up.set(found ? 1 : 0);
    if (!found) {
      // A figure that is not known is no figure.
      for (const each of withoutLabels) each.remove();
      return;
    }
    for (const { job, slotAt } of found.ticks) tickAge.set({ job }, ageS(slotAt, found.databaseNow));
    const { oldestDueAt, byState: counts } = found.measures;
    lag.set(oldestDueAt === null ? 0 : ageS(oldestDueAt, now));
    due.set(found.measures.due);
    for (const state of ['pending', 'leased', 'blocked', 'unreachable'] as const)
      byState.set({ state }, counts.get(state) ?? 0);
    for (const [platform, until] of found.pauses) paused.set({ platform }, ageS(now, until));
  };
}

async function askDatabase(store: Store, now: Date) {
  return {
    databaseNow: await store.clock(),
    ticks: await store.jobs.lastTicks(),
    measures: await store.deliveries.measures(now),
    pauses: await store.deliveries.pauses(now),
  };
}

const ageS = (from: Date, to: Date): number => Math.max(0, (to.getTime() - from.getTime()) / 1_000);
