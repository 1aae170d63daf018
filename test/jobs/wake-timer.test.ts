import { describe, expect, it } from 'vitest';
import { createWakeTimer } from '../../src/jobs/wake-timer.ts';
import { standingClock, TUESDAY } from '../support/fakes.ts';
import { heldTimers } from '../support/ticking.ts';

const plus = (ms: number): Date => new Date(TUESDAY.getTime() + ms);
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
};

/** A timer over instants that are due; each wake does what is due, or, while `isBlocked`, finds nothing. */
function timerOver(due: Date[]) {
  const clock = standingClock(TUESDAY);
  const timers = heldTimers((ms) => clock.set(new Date(clock.now().getTime() + ms)));
  const state = { isBlocked: false, wokenAtMs: [] as number[], late: [] as number[] };
  const timer = createWakeTimer({
    clock,
    timers,
    nextDueAt: async () => due[0] ?? null,
    wake: () => {
      state.wokenAtMs.push(timers.nowMs());
      void timer.ran(run());
    },
  });
  const run = (): number => {
    let done = 0;
    while (!state.isBlocked && due[0] && due[0] <= clock.now()) {
      state.late.push(clock.now().getTime() - due[0].getTime());
      due.shift();
      done += 1;
    }
    return done;
  };
  return { clock, timers, timer, state, due };
}

describe('waking at the instant that is due', () => {
  it('comes within milliseconds, one timer for however many instants', async () => {
    const { timer, timers, state } = timerOver([plus(5_000), plus(7_250), plus(40_000)]);
    await timer.look();
    expect(timers.waiting()).toHaveLength(1);
    await timers.pass(50_000);
    expect(state.late).toHaveLength(3);
    expect(Math.max(...state.late)).toBeLessThanOrEqual(5);
    expect(timers.waiting()).toEqual([]);
  });

  it('never waits longer than a minute, and wakes nobody before the instant', async () => {
    const { timer, timers, state } = timerOver([plus(150_000)]);
    await timer.look();
    expect(timers.waiting()).toEqual([60_000]);
    await timers.pass(149_000);
    expect(state.wokenAtMs).toEqual([]);
    await timers.pass(2_000);
    expect(state.late).toHaveLength(1);
    expect(state.late[0]).toBeLessThanOrEqual(5);
  });

  it('takes an earlier instant that is planned meanwhile, and drops the timer it had', async () => {
    const { timer, timers, state, due } = timerOver([plus(30_000)]);
    await timer.look();
    due.unshift(plus(1_000));
    await Promise.all([timer.look(), timer.look(), timer.look()]);
    expect(timers.waiting()).toEqual([1_001]);
    await timers.pass(2_000);
    expect(state.wokenAtMs).toHaveLength(1);
  });

  it('looks again within a minute when the clock was moved on or set back', async () => {
    const { timer, timers, state, clock } = timerOver([plus(600_000)]);
    await timer.look();
    clock.set(plus(700_000));
    await timers.pass(60_000);
    expect(state.wokenAtMs).toHaveLength(1);
    const back = timerOver([plus(1_000)]);
    await back.timer.look();
    back.clock.set(plus(-3 * 86_400_000));
    await back.timers.pass(120_000);
    expect(back.state.wokenAtMs).toEqual([]);
    expect(back.timers.waiting()).toHaveLength(1);
  });

  it('sets none while nothing is planned, none after its end, and none when the database does not answer', async () => {
    const { timer, timers, due } = timerOver([]);
    await timer.look();
    expect(timers.waiting()).toEqual([]);
    due.push(plus(1_000));
    await timer.look();
    timer.stop();
    await timer.look();
    expect(timers.waiting()).toEqual([]);
    const failing = createWakeTimer({
      clock: standingClock(TUESDAY),
      timers,
      nextDueAt: () => Promise.reject(new Error('gone')),
      wake: () => undefined,
    });
    await failing.look();
    expect(timers.waiting()).toEqual([]);
  });
});

describe('something due that can not be had', () => {
  it('is asked for less and less often, never twice within 250 ms', async () => {
    const { timer, timers, state } = timerOver([plus(0)]);
    state.isBlocked = true;
    await timer.look();
    await timers.pass(3_600_000);
    const gaps = state.wokenAtMs.slice(1).map((at, index) => at - (state.wokenAtMs[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
    expect(state.wokenAtMs.length).toBeLessThan(80);
    expect(gaps.at(-1)).toBe(60_000);
  });

  it('goes at once when it is set free and somebody wakes the job, and the rest is over', async () => {
    const { timer, timers, state, due } = timerOver([plus(0)]);
    state.isBlocked = true;
    await timer.look();
    await timers.pass(10_000);
    state.isBlocked = false;
    due.shift();
    due.push(plus(10_500));
    await timer.ran(1);
    expect(timers.waiting()).toEqual([501]);
  });

  it('does not spin either while others wake the job in vain all the time', async () => {
    const { timer, timers, state } = timerOver([plus(0)]);
    state.isBlocked = true;
    await timer.look();
    for (let round = 0; round < 500; round += 1) {
      await timer.ran(0);
      await turns();
      await timers.pass(10);
    }
    const gaps = state.wokenAtMs.slice(1).map((at, index) => at - (state.wokenAtMs[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
  });

  it('that another process took keeps the next instant from being late by more than the rest', async () => {
    const { timer, timers, state, due } = timerOver([plus(1_000), plus(1_100)]);
    await timer.look();
    // Somebody else has it at the very instant.
    state.isBlocked = true;
    await timers.pass(1_050);
    state.isBlocked = false;
    due.shift();
    await timers.pass(1_000);
    expect(state.late).toHaveLength(1);
    expect(state.late[0]).toBeLessThanOrEqual(250);
  });
});
