import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createRunner, type Runner, type TickOutcome } from '../../src/jobs/runner.ts';
import type { Job } from '../../src/jobs/schedule.ts';
import { keepingLog, standingClock, TUESDAY } from '../support/fakes.ts';
import { heldTimers, tickRows } from '../support/ticking.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

interface Diary {
  readonly who: string;
  readonly at: Date;
}

const minutely = (
  name: string,
  sharing: Job['sharing'],
  who: string,
  diary: Diary[],
  due: () => Date | null = () => null,
): Job => ({
  name,
  cron: '* * * * *',
  sharing,
  nextDueAt: async () => due(),
  run: async (at) => {
    diary.push({ who: `${name} ${who}`, at });
    return 0;
  },
});

describe('three processes that tick', () => {
  const runners: Runner[] = [];
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: TUESDAY });
  });
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
    vi.useRealTimers();
  });

  function begin(processes: number) {
    const diary: Diary[] = [];
    const outcomes: TickOutcome[] = [];
    const rows = tickRows(systemClock);
    for (let place = 0; place < processes; place += 1) {
      const who = `p${place}`;
      const table = [
        minutely('plan', 'one-process', who, diary),
        minutely('send', 'every-process', who, diary),
      ];
      const runner = createRunner(table, {
        clock: systemClock,
        log: keepingLog(),
        store: rows,
        holder: who,
        ticked: (job, outcome) => job === 'plan' && outcomes.push(outcome),
      });
      runner.start();
      runners.push(runner);
    }
    const of = (name: string): Diary[] => diary.filter(({ who }) => who.startsWith(name));
    return { of, outcomes, rows };
  }

  it('share what one does for all, a tick each, and each do what every process does', async () => {
    const { of, outcomes, rows } = begin(3);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(of('plan')).toHaveLength(10);
    expect(new Set(of('plan').map(({ at }) => Math.floor(at.getTime() / MINUTE)))).toHaveProperty('size', 10);
    expect(of('send')).toHaveLength(30);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome === 'elsewhere')).toHaveLength(20);
    expect(rows.ticks.every(({ endedAt }) => endedAt !== null)).toBe(true);
    expect(rows.ticks.map(({ job }) => job)).toContain('send');
  });

  it('go on when one of them ends', async () => {
    const { of } = begin(3);
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    await runners.shift()?.stop();
    await vi.advanceTimersByTimeAsync(7 * MINUTE);
    expect(of('plan')).toHaveLength(10);
  });

  it.each([
    ['back by an hour', -DAY / 24],
    ['back by three days', -3 * DAY],
    ['forward by an hour', DAY / 24],
    ['forward by three days', 3 * DAY],
  ])('tick again within three minutes after the clock was set %s', async (_, jumpMs) => {
    const { of } = begin(1);
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    const before = of('send').length;
    vi.setSystemTime(Date.now() + jumpMs);
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    const after = of('send').length - before;
    expect(after).toBeGreaterThanOrEqual(1);
    expect(after).toBeLessThanOrEqual(4);
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(of('send').length - before - after).toBe(5);
  });
});

describe('catching up', () => {
  it('runs every job once, in the order of the table, whoever ticked before, and notes it', async () => {
    const clock = standingClock(TUESDAY);
    const store = tickRows(clock);
    await store.jobs.claimRun('plan', TUESDAY, 'somebody', MINUTE);
    const diary: Diary[] = [];
    const table = [
      minutely('plan', 'one-process', 'me', diary),
      { ...minutely('broken', 'one-process', 'me', diary), run: () => Promise.reject(new Error('once')) },
      minutely('send', 'every-process', 'me', diary),
    ];
    const runner = createRunner(table, {
      clock,
      log: keepingLog(),
      store,
      holder: 'me',
      timers: heldTimers(),
    });
    await runner.catchUp();
    expect(diary.map(({ who }) => who)).toEqual(['plan me', 'send me']);
    expect(store.ticks.map(({ job }) => job)).toEqual(['plan', 'send']);
    await runner.stop();
  });

  it('does not fail when a tick can not be noted', async () => {
    const clock = standingClock(TUESDAY);
    const diary: Diary[] = [];
    const away = { ...tickRows(clock), clock: () => Promise.reject(new Error('away')) };
    const table = [minutely('send', 'every-process', 'me', diary)];
    const runner = createRunner(table, {
      clock,
      log: keepingLog(),
      store: away,
      holder: 'me',
      timers: heldTimers(),
    });
    await runner.catchUp();
    expect(diary).toHaveLength(1);
  });
});

describe('what falls due', () => {
  function sending() {
    const clock = standingClock(TUESDAY);
    const timers = heldTimers((ms) => clock.set(new Date(clock.now().getTime() + ms)));
    const due: Date[] = [];
    const sent: Date[] = [];
    const send: Job = {
      name: 'send',
      cron: '0 0 1 1 *',
      sharing: 'every-process',
      nextDueAt: async () => due[0] ?? null,
      run: async (now) => {
        const before = due.length;
        while (due[0] && due[0] <= now) due.shift();
        for (let done = due.length; done < before; done += 1) sent.push(now);
        return before - due.length;
      },
    };
    const write: Job = {
      name: 'write',
      cron: '0 0 1 1 *',
      sharing: 'one-process',
      nextDueAt: async () => null,
      run: async (now) => {
        due.push(new Date(now.getTime() + 500));
        return 1;
      },
    };
    const runner = createRunner([write, send], {
      clock,
      log: keepingLog(),
      store: tickRows(clock),
      holder: 'me',
      timers,
    });
    return { runner, timers, due, sent };
  }

  it('goes within milliseconds of its instant, from the start on and after each run', async () => {
    const { runner, timers, due, sent } = sending();
    due.push(new Date(TUESDAY.getTime() + 3_000), new Date(TUESDAY.getTime() + 9_000));
    runner.start();
    await timers.pass(10_000);
    expect(sent.map((at) => Math.round((at.getTime() - TUESDAY.getTime()) / 100))).toEqual([30, 90]);
    await runner.stop();
    expect(timers.waiting()).toEqual([]);
  });

  it('goes so also when another job wrote it', async () => {
    const { runner, timers, sent } = sending();
    runner.start();
    await runner.wake('write');
    await timers.pass(1_000);
    expect(sent).toHaveLength(1);
    await runner.stop();
  });
});
