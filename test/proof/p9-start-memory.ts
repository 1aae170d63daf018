import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { placesToMeasure } from './databases.ts';
import { median, ms } from './figures.ts';
import { startProgramme } from './programme.ts';
import type { Row } from './row.ts';
import { say } from './talk.ts';

const openFile = fileURLToPath(new URL('./open-child.mjs', import.meta.url));
const startGoalMs = 500;
const memoryGoalsMb = { embedded: 450, server: 180 } as const;

export const p9: Row = {
  id: 'P9',
  title: 'From start to first answer on existing data, and memory at rest',
  goal: "≤ the database's own open + 500 ms; ≤ 450 MB embedded, ≤ 180 MB on a server",
  async run({ quick, log }) {
    const figures: string[] = [];
    let ok = true;
    for (const { place, fresh } of await placesToMeasure(log)) {
      const where = await fresh();
      const isServer = place === 'server';
      const env: Record<string, string> = {
        LOG_LEVEL: 'warn',
        ...(isServer ? { DATABASE_URL: where } : { DATA_DIR: where }),
      };
      const found = await measure(
        env,
        isServer ? where : join(where, 'postgres'),
        quick ? 3 : 7,
        quick ? 2_000 : 15_000,
      );
      ok &&= found.moreMs <= startGoalMs && found.megabytes <= memoryGoalsMb[place];
      figures.push(`${place} open + ${ms(found.moreMs)}, ${Math.round(found.megabytes)} MB`);
      log(`${place}: ${found.words}`);
    }
    return { figure: figures.join('; '), ok };
  },
};

/** The program and the bare opening of its database in turn, each in a new process. */
async function measure(env: Readonly<Record<string, string>>, files: string, rounds: number, restMs: number) {
  const ours: number[] = [];
  const theirs: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const startedAt = performance.now();
    const programme = await startProgramme({ env });
    const { status } = await say(programme.url, 'bo', 'help');
    const tookMs = performance.now() - startedAt;
    if (status !== 200) throw new Error(`The first answer was ${status}.`);

    if (round > 0) ours.push(tookMs);
    if (round === rounds) {
      await pause(restMs);
      memory.push(await residentMb(programme.child.pid ?? 0));
    }
    await programme.stop();
    if (round > 0) theirs.push(await openMs(files));
  }
  const megabytes = median(memory);
  return {
    moreMs: median(ours) - median(theirs),
    megabytes,
    words: `first answer after ${ms(median(ours))}, the database alone ${ms(median(theirs))} (each with its process); resident ${Math.round(megabytes)} MB`,
  };
}

async function openMs(files: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [openFile, files], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  const tookMs = performance.now() - startedAt;
  await ended;
  return tookMs;
}

/** Resident memory of a process and its children, in megabytes; Linux only. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  let total = Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) / 1024;
  for (const child of children.split(' ').filter(Boolean))
    total += await residentMb(Number(child)).catch(() => 0);
  return total;
}
