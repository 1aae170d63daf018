/** One row shown to its end, with all that is said of it. */
import { inspect } from 'node:util';
import type { Listed } from './all.ts';
import { cleanUpRow } from './databases.ts';
import { lineOf, type Outcome, type RunOptions } from './row.ts';

export interface Shown {
  /** Its line, and its remarks below it. */
  readonly text: string;
  readonly ok: boolean;
}

export type ShowOptions = Omit<RunOptions, 'log'>;

/** Runs the row and takes away what it made. A row that breaks is short, and says of what. */
export async function showRow(listed: Listed, options: ShowOptions): Promise<Shown> {
  const remarks: string[] = [];
  const startedAt = performance.now();
  const row = await listed.load();
  const outcome = await outcomeOf(
    () => row.run({ ...options, log: (remark) => remarks.push(remark) }),
    remarks,
  );
  await cleanUpRow();
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return shown(`${lineOf(row, outcome)} (${seconds} s)`, remarks, outcome.ok);
}

/** What is said of a row whose process ended before it did. */
export async function brokenOff(listed: Listed, why: string): Promise<Shown> {
  const outcome: Outcome = { figure: 'broke off', ok: false };
  return shown(lineOf(await listed.load(), outcome), [why], outcome.ok);
}

async function outcomeOf(run: () => Promise<Outcome>, remarks: string[]): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    // With what caused it.
    remarks.push(inspect(error));
    return { figure: 'broke off', ok: false };
  }
}

const shown = (line: string, remarks: readonly string[], ok: boolean): Shown => ({
  text: [line, ...remarks.map((remark) => `   ${remark}`)].join('\n'),
  ok,
});
