/** A platform that is away for four hours over 09:00: each person gets one message afterwards, with all that waited, in order. */
import { movableClock } from '../../src/clock.ts';
import { oneAtATime } from '../../src/jobs/one-at-a-time.ts';
import { jobs } from '../../src/jobs/schedule.ts';
import { createTimeControl } from '../../src/jobs/time-control.ts';
import { say } from '../../src/messages/message.ts';
import { PROGRAMME, startBot } from '../support/bot.ts';
import { standingClock } from '../support/fakes.ts';
import { marksIn } from './crowd.ts';
import { openEmbeddedStore } from './open-stores.ts';
import type { Random } from './random.ts';

const people = ['bo', 'bo2', 'cra', 'ispg', 'gtl'] as const;
const at = (time: string): Date => new Date(`2026-12-02T${time}:00-05:00`);

/** Tries it so many times, with messages at random instants of the outage. */
export async function platformAway(chance: Random, times: number) {
  const opened = await openEmbeddedStore();
  const faults: string[] = [];
  for (let round = 0; round < times; round += 1) {
    await opened.empty();
    const bot = await startBot(opened.store, { now: at('06:00') });
    const due = Array.from({ length: 30 }, (_, mark) => ({
      mark,
      who: chance.pick(people),
      at: new Date(at('07:30').getTime() + Math.floor((mark / 30) * 3.6 * 3_600_000)),
    }));
    await opened.store.transaction(async (tx) => {
      for (const { mark, who, at: dueAt } of due)
        await tx.deliveries.enqueue({
          key: `away-${mark}`,
          to: { kind: 'person', personId: who },
          kind: 'notice',
          urgency: chance.pick(['asked', 'told', 'urgent', 'routine']),
          topic: null,
          message: say(`mark[${mark}]`),
          attachment: null,
          via: null,
          dueAt,
          expiresAt: null,
          stillTrue: null,
          card: null,
          about: null,
        });
    });
    const clock = movableClock(0, standingClock(at('06:00')));
    const table = oneAtATime(
      jobs({
        ...bot.delivering,
        carriers: [bot.adapter],
        isInHand: bot.dispatch.isInHand,
        programme: PROGRAMME,
        finish: bot.dispatch.finish,
      }),
    );
    const time = createTimeControl(table, clock, async () => undefined);
    // Away from seven to eleven: quiet hours end, the digest's time passes, messages fall due.
    bot.adapter.answer = () => {
      const now = clock.now();
      return now >= at('07:00') && now < at('11:00') ? { kind: 'unavailable' } : null;
    };
    await time.advanceTo(at('17:30'));
    for (const who of people) {
      const texts = bot.standing(who).filter((text) => marksIn(text).length > 0);
      const came = texts.flatMap(marksIn);
      const meant = due.filter((each) => each.who === who).map(({ mark }) => mark);
      const late = bot
        .standing(who)
        .filter((text) => marksIn(text).length > 0 && text.includes('comes late'));
      if (came.toSorted((a, b) => a - b).join() !== meant.join())
        faults.push(`round ${round + 1}: ${who} got ${came.join()} instead of ${meant.join()}`);
      if (late.length > 1) faults.push(`round ${round + 1}: ${who} got ${late.length} catch-up messages`);
    }
  }
  await opened.close();
  return { people: people.length * times, faults };
}
