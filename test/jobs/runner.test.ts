import { describe, expect, it } from 'vitest';
import { oneAtATime } from '../../src/jobs/one-at-a-time.ts';
import { createRunner } from '../../src/jobs/runner.ts';
import type { Job } from '../../src/jobs/schedule.ts';
import { keepingLog, standingClock, TUESDAY } from '../support/fakes.ts';
import { heldTimers, tickRows } from '../support/ticking.ts';

/** A job whose runs end when the test says so. */
function heldJob(name = 'held') {
  const open: (() => void)[] = [];
  const seen = { begun: 0, at: [] as Date[], most: 0, running: 0 };
  const job: Job = {
    name,
    cron: '0 0 1 1 *',
    sharing: 'every-process',
    nextDueAt: async () => null,
    async run(now) {
      seen.begun += 1;
      seen.running += 1;
      seen.most = Math.max(seen.most, seen.running);
      seen.at.push(now);
      await new Promise<void>((resolve) => open.push(resolve));
      seen.running -= 1;
      return 1;
    },
  };
  return { job, seen, end: () => open.shift()?.() };
}
/** A runner of one process on a clock that stands. */
const runnerOf = (jobs: readonly Job[], clock = standingClock(TUESDAY), log = keepingLog()) =>
  createRunner(jobs, { clock, log, store: tickRows(clock), holder: 'alone', timers: heldTimers() });
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
};

describe('waking a job', () => {
  it('runs it once at a time, and once more for all who asked during a run', async () => {
    const { job, seen, end } = heldJob();
    const clock = standingClock(TUESDAY);
    const runner = runnerOf([job], clock);
    const wakes = Array.from({ length: 10 }, () => runner.wake('held'));
    await turns();
    expect(seen.begun).toBe(1);
    clock.set(new Date(TUESDAY.getTime() + 1));
    end();
    await wakes[0];
    await turns();
    expect(seen.begun).toBe(2);
    end();
    await Promise.all(wakes);
    expect(seen).toMatchObject({ begun: 2, most: 1, at: [TUESDAY, new Date(TUESDAY.getTime() + 1)] });
  });

  it('never rejects: a failing run is logged without its words, and the next one runs', async () => {
    let runs = 0;
    const log = keepingLog();
    const job: Job = {
      name: 'failing',
      cron: '* * * * *',
      sharing: 'every-process',
      nextDueAt: async () => null,
      async run() {
        runs += 1;
        if (runs === 1) throw new Error('secret words');
        return 1;
      },
    };
    const runner = runnerOf([job], undefined, log);
    await runner.wake('failing');
    await runner.wake('failing');
    expect(runs).toBe(2);
    expect(log.lines.map(({ level, fields }) => [level, fields.job])).toEqual([['error', 'failing']]);
    expect(log.lines[0]?.event).not.toContain('secret');
  });

  it('of a name nobody has does nothing', async () => {
    await runnerOf([]).wake('nobody');
  });
});

describe('stopping', () => {
  it('waits for the run in hand', async () => {
    const { job, seen, end } = heldJob();
    const runner = runnerOf([job]);
    void runner.wake('held');
    await turns();
    let stopped = false;
    const stopping = runner.stop().then(() => {
      stopped = true;
    });
    await turns();
    expect(stopped).toBe(false);
    for (let left = 5; left > 0 && !stopped; left -= 1) {
      end();
      await turns();
    }
    await stopping;
    expect(seen.running).toBe(0);
  });

  it('begins nothing new', async () => {
    const { job, seen, end } = heldJob();
    const runner = runnerOf([job]);
    runner.start();
    const stopping = runner.stop();
    await turns();
    end();
    await stopping;
    expect(seen.begun).toBe(0);
  });
});

describe('stopping while runs are asked for', () => {
  it('finishes the run in hand and the one asked for during it, and takes no wake after', async () => {
    const { job, seen, end } = heldJob();
    const runner = runnerOf([job]);
    void runner.wake('held');
    void runner.wake('held');
    const stopping = runner.stop();
    await runner.wake('held');
    for (let left = 2; left > 0; left -= 1) {
      await turns();
      expect(seen.running).toBe(1);
      end();
    }
    await stopping;
    await runner.wake('held');
    expect(seen).toMatchObject({ begun: 2, running: 0 });
  });
});

describe('the same job in several hands', () => {
  it('has one run at a time, whoever calls, and a failed run stops nobody', async () => {
    const { job, seen, end } = heldJob();
    const [single] = oneAtATime([job]);
    const runs = [single?.run(TUESDAY), single?.run(TUESDAY), single?.run(TUESDAY)];
    for (let left = 3; left > 0; left -= 1) {
      await turns();
      expect(seen.running).toBe(1);
      end();
    }
    await Promise.all(runs);
    expect(seen).toMatchObject({ begun: 3, most: 1 });
    let fails = true;
    const [shaky] = oneAtATime([
      {
        ...job,
        run: async () => {
          if (fails) throw new Error('once');
          return 7;
        },
      },
    ]);
    await expect(shaky?.run(TUESDAY)).rejects.toThrow('once');
    fails = false;
    expect(await shaky?.run(TUESDAY)).toBe(7);
  });
});
