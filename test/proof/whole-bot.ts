/** All of the bot's use cases and jobs on a virtual clock, on a platform that is sometimes out of order, with restarts. */
import type { DeliveryKey } from '../../src/domain/ids.ts';
import { oneAtATime } from '../../src/jobs/one-at-a-time.ts';
import { jobs } from '../../src/jobs/schedule.ts';
import { createTimeControl } from '../../src/jobs/time-control.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { ChatAdapter, Delivered, DeliveryFailure, Store } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { scheduleDigests } from '../../src/usecases/digest-schedule.ts';
import { finishAccepted } from '../../src/usecases/finish-accepted.ts';
import { createTraffic } from '../../src/usecases/traffic.ts';
import { type Bot, PROGRAMME, startBot } from '../support/bot.ts';
import { recordingAdapter } from '../support/fakes.ts';
import type { Random } from './random.ts';

/** What the platform does with messages, until it changes its mind. */
export const MOODS = ['well', 'well', 'well', 'away', 'waits', 'lies', 'moody'] as const;
export type Mood = (typeof MOODS)[number];

export interface WholeBot {
  readonly bot: Bot;
  /** How often a message with this key landed on the platform. */
  readonly landed: ReadonlyMap<DeliveryKey, number>;
  mood: Mood;
  /** Moves the clock on, doing what falls due. */
  advanceTo(to: Date): Promise<void>;
  /** Sends what is due now. */
  deliver(): Promise<void>;
  /** The process dies with messages claimed and not sent, and another starts. */
  crash(): Promise<void>;
  /** What went wrong in it, in its own words. */
  mistakes(): readonly string[];
}

export async function wholeBot(store: Store, start: Date, chance: Random): Promise<WholeBot> {
  const bot = await startBot(store, { now: start });
  const landed = new Map<DeliveryKey, number>();
  const platform = recordingAdapter();
  const land = (key: DeliveryKey): Delivered => {
    landed.set(key, (landed.get(key) ?? 0) + 1);
    return { kind: 'delivered', messageId: `m-${key}` };
  };
  const failing = (key: DeliveryKey, mood: Mood): DeliveryFailure | null => {
    const now = bot.clock.now().getTime();
    switch (mood) {
      case 'well':
        return null;
      case 'away':
        return { kind: 'unavailable' };
      case 'waits':
        return {
          kind: 'rate-limited',
          retryAt: new Date(now + 1_000 * chance.below(120)),
          scope: chance.pick(['conversation', 'conversation', 'workspace']),
        };
      case 'lies':
        if (chance.below(2) === 0) land(key);
        return { kind: 'unknown' };
      case 'moody':
        return failing(key, chance.pick(MOODS.filter((each) => each !== 'moody')));
      default:
        return mood satisfies never;
    }
  };
  const adapter: ChatAdapter = {
    ...platform,
    deliver: async (_to, message, key) => {
      plainText(message, PROGRAMME);
      return failing(key, whole.mood) ?? land(key);
    },
    findPosted: async (_to, key) => {
      if (whole.mood === 'away') return { kind: 'unavailable' };
      return landed.has(key) ? { kind: 'posted', messageId: `m-${key}` } : { kind: 'not-posted' };
    },
  };
  const process = () => {
    const deps = {
      ...bot.delivering,
      adapters: [adapter],
      traffic: createTraffic(),
      random: () => chance.next(),
      timeZone: PROGRAMME.timeZone,
      isInHand: bot.dispatch.isInHand,
      programme: PROGRAMME,
      finish: bot.dispatch.finish,
    };
    const clock = { now: bot.clock.now, offsetMs: () => 0, moveTo: (to: Date) => bot.clock.set(to) };
    return {
      deps,
      time: createTimeControl(
        oneAtATime(jobs({ ...deps, carriers: deps.adapters })),
        clock,
        async () => undefined,
      ),
    };
  };
  let running = process();
  await scheduleDigests({ store, programme: PROGRAMME }, start);
  const whole: WholeBot = {
    bot,
    landed,
    mood: 'well',
    advanceTo: async (to) => void (await running.time.advanceTo(to)),
    deliver: async () => void (await deliverPending(running.deps, bot.clock.now())),
    async crash() {
      const now = bot.clock.now();
      const claimed = await store.deliveries.claimDue({ now, limit: 5, leaseMs: 60_000 });
      // Some of them went out before it died.
      for (const { key, to, urgency, card } of claimed)
        if (to.kind === 'channel' && urgency !== 'routine' && card === null && chance.below(2) === 0)
          land(key);
      running = process();
      await scheduleDigests({ store, programme: PROGRAMME }, now);
      await finishAccepted(running.deps, now, now);
      await running.time.advanceTo(now);
    },
    mistakes: () =>
      bot.log.lines
        .filter(({ level }) => level === 'error')
        .map(({ event, fields }) => `${event}: ${fields.error instanceof Error ? fields.error.message : ''}`),
  };
  return whole;
}
