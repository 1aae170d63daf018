import { describe, expect, it } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import type { Job } from '../../src/jobs/schedule.ts';
import { createTimeControl } from '../../src/jobs/time-control.ts';
import { standingClock, TUESDAY } from '../support/fakes.ts';

const HOUR = 3_600_000;
const hour = (n: number): Date => new Date(TUESDAY.getTime() + n * HOUR);

/** A job due at these instants; each run does what is due, or, for those in `empty`, finds nothing to do. */
function jobAt(name: string, instants: readonly Date[], diary: string[], empty: readonly Date[] = []): Job {
  const left = [...instants];
  return {
    name,
    cron: '* * * * *',
    sharing: 'every-process',
    nextDueAt: async () => left[0] ?? null,
    async run(now) {
      let done = 0;
      while (left[0] && left[0] <= now) {
        const at = left.shift();
        if (empty.some((one) => one.getTime() === at?.getTime())) continue;
        diary.push(`${name} ${((at?.getTime() ?? 0) - TUESDAY.getTime()) / HOUR}`);
        done += 1;
      }
      return done;
    },
  };
}

function control(jobs: readonly Job[]) {
  const clock = movableClock(0, standingClock(TUESDAY));
  const saved: number[] = [];
  const time = createTimeControl(jobs, clock, async (offsetMs) => {
    saved.push(offsetMs);
  });
  return { clock, saved, time };
}

describe('moving the clock on', () => {
  it('does everything due on the way, in order, at its own instant', async () => {
    const diary: string[] = [];
    const { time, clock } = control([
      jobAt('write', [hour(1), hour(5), hour(9)], diary),
      jobAt('send', [hour(1), hour(2), hour(7)], diary),
    ]);
    const { ran, now } = await time.advanceTo(hour(8));
    expect(diary).toEqual(['write 1', 'send 1', 'send 2', 'write 5', 'send 7']);
    expect(ran.map(({ job, at }) => [job, at])).toEqual([
      ['write', hour(1)],
      ['send', hour(1)],
      ['send', hour(2)],
      ['write', hour(5)],
      ['send', hour(7)],
    ]);
    expect([now, clock.now()]).toEqual([hour(8), hour(8)]);
  });

  it('runs at each instant only what is due then, and at the end everything once', async () => {
    const runs: string[] = [];
    const noted = (job: Job): Job => ({
      ...job,
      async run(now) {
        runs.push(`${job.name} ${(now.getTime() - TUESDAY.getTime()) / HOUR}`);
        return job.run(now);
      },
    });
    const { time } = control([
      noted(jobAt('never', [], [])),
      noted(jobAt('write', [hour(1), hour(5)], [])),
      noted(jobAt('send', [hour(1), hour(2)], [])),
    ]);
    await time.advanceTo(hour(8));
    expect(runs).toEqual(['write 1', 'send 1', 'send 2', 'write 5', 'never 8', 'write 8', 'send 8']);
  });

  it('runs at the same instant what another job has just written', async () => {
    const diary: string[] = [];
    const written: Date[] = [];
    const write = jobAt('write', [hour(1)], diary);
    const { time } = control([
      {
        ...write,
        async run(now) {
          const done = await write.run(now);
          if (done > 0) written.push(now);
          return done;
        },
      },
      {
        name: 'send',
        cron: '* * * * *',
        sharing: 'every-process',
        nextDueAt: async () => written[0] ?? null,
        run: async (now) => {
          const sent = written.splice(0);
          diary.push(...sent.map(() => `send ${(now.getTime() - TUESDAY.getTime()) / HOUR}`));
          return sent.length;
        },
      },
    ]);
    await time.advanceTo(hour(8));
    expect(diary).toEqual(['write 1', 'send 1']);
  });

  it('goes past instants at which nothing came of it, however many', async () => {
    const diary: string[] = [];
    const idle = [1, 2, 3, 4, 5].map(hour);
    const { time } = control([jobAt('idle', idle, diary, idle), jobAt('late', [hour(6)], diary)]);
    await time.advanceTo(hour(8));
    expect(diary).toEqual(['late 6']);
  });

  it('does not wait for ever for something that never gets done', async () => {
    const stuck: Job = {
      name: 'stuck',
      cron: '* * * * *',
      sharing: 'every-process',
      nextDueAt: async () => hour(1),
      run: async () => 0,
    };
    const { time } = control([stuck]);
    expect((await time.advanceTo(hour(2))).now).toEqual(hour(2));
  });

  it('passes by what never gets done, and does everything else on the way at its own instant', async () => {
    const diary: string[] = [];
    const seen: Date[] = [];
    const stuck: Job = {
      name: 'stuck',
      cron: '* * * * *',
      sharing: 'every-process',
      nextDueAt: async () => hour(1),
      run: async (now) => {
        seen.push(now);
        return 0;
      },
    };
    const { time } = control([stuck, jobAt('late', [hour(3), hour(5)], diary)]);
    const { ran } = await time.advanceTo(hour(8));
    expect(ran.map(({ job, at }) => [job, at])).toEqual([
      ['late', hour(3)],
      ['late', hour(5)],
    ]);
    expect(seen.at(-1)).toEqual(hour(8));
  });

  it('asks all in one look at each instant, and anew after each run there, with nothing kept from before', async () => {
    const asked: string[] = [];
    const looks: unknown[] = [];
    const noted = (job: Job): Job => ({
      ...job,
      nextDueAt(look) {
        const known = looks.indexOf(look);
        asked.push(`${job.name} ${known < 0 ? looks.push(look) : known + 1}`);
        return job.nextDueAt(look);
      },
      forget: () => void asked.push(`${job.name} forgets`),
    });
    const { time } = control([
      noted(jobAt('write', [hour(1)], [])),
      noted(jobAt('idle', [hour(1)], [], [hour(1)])),
      noted(jobAt('send', [], [])),
    ]);
    await time.advanceTo(hour(2));
    expect(asked.slice(0, 3)).toEqual(['write forgets', 'idle forgets', 'send forgets']);
    expect(asked.slice(3)).toEqual([
      'write 1',
      'idle 1',
      'send 1',
      'idle 2',
      'send 3',
      'write 4',
      'idle 4',
      'send 4',
    ]);
  });

  it('never goes back, not even by a moment, and changes nothing when asked to', async () => {
    const { time, saved } = control([]);
    await time.advanceTo(hour(2));
    await expect(time.advanceTo(new Date(hour(2).getTime() - 1))).rejects.toThrow(RangeError);
    expect(time.now()).toEqual(hour(2));
    expect(saved).toEqual([2 * HOUR]);
    expect((await time.advanceTo(hour(2))).ran).toEqual([]);
  });

  it('keeps where it stands, so that a restart does not set it back', async () => {
    const { time, saved } = control([jobAt('one', [hour(1)], [])]);
    await time.advanceTo(hour(3));
    expect(saved).toEqual([HOUR, 3 * HOUR]);
  });

  it('takes two who move it one after the other', async () => {
    const diary: string[] = [];
    const { time } = control([jobAt('one', [hour(1), hour(2), hour(3)], diary)]);
    const both = await Promise.all([time.advanceTo(hour(2)), time.advanceTo(hour(3))]);
    expect(both.map(({ now }) => now)).toEqual([hour(2), hour(3)]);
    expect(diary).toEqual(['one 1', 'one 2', 'one 3']);
  });

  it('goes on after a move that failed', async () => {
    let fails = true;
    const job: Job = {
      name: 'shaky',
      cron: '* * * * *',
      sharing: 'every-process',
      nextDueAt: async () => (fails ? hour(1) : null),
      run: async () => {
        if (!fails) return 0;
        fails = false;
        throw new Error('once');
      },
    };
    const { time } = control([job]);
    await expect(time.advanceTo(hour(2))).rejects.toThrow('once');
    expect((await time.advanceTo(hour(2))).now).toEqual(hour(2));
  });
});
