/** What `npm run simulate` does with its words, whoever calls it: reads them, carries the journey out, and prints what came of it. */
import type { Database } from '../../src/store/client.ts';
import { type Arguments, BadArguments, namesOfJourneys, readArguments } from './arguments.ts';
import { BadStep } from './journey.ts';
import { counts, reportOf } from './report.ts';
import { BadSettings, type SimulatedMessage, simulate } from './simulation.ts';

const USAGE =
  'npm run simulate -- --journey test/journeys/straight-through.journey --from 2026-12-01 --to 2027-02-28 [--full] [--json]';

export interface Surroundings {
  /** Settings of the bot, as environment variables. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** Takes what was asked for, line by line. */
  print(words: string): void;
  /** Takes what is wrong. */
  complain(words: string): void;
  /** Carried out on this one; without it, on one of its own (`Simulation`). */
  readonly database?: Database;
}

/** Answers the code to end with: 0, 1 for a journey that expects something else, 2 for words or settings that can't be used. */
export async function runSimulate(words: readonly string[], around: Surroundings): Promise<0 | 1 | 2> {
  try {
    return await found(words, around);
  } catch (error) {
    if (!(error instanceof BadArguments || error instanceof BadSettings)) throw error;
    around.complain(`${error.message}\n${USAGE}`);
    return 2;
  }
}

async function found(words: readonly string[], around: Surroundings): Promise<0 | 1> {
  const { print, complain } = around;
  const given = readArguments(words);
  if (given === null) {
    print(`${USAGE}\n\nJourneys:\n${namesOfJourneys().join('\n')}`);
    return 0;
  }
  const unmet: string[] = [];
  const { from, to, full, json } = given;
  const messages = await simulated(given, around, unmet);

  if (json) print(JSON.stringify({ from, to, messages, counts: counts(messages), unmet }, null, 2));
  else {
    print(
      `From ${from.toISOString()} to ${to.toISOString()}. Answers to whoever speaks are not listed; nothing is sent.\n`,
    );
    print(reportOf(messages, full));
  }
  for (const problem of unmet) complain(`The journey expects something else: ${problem.split('\n')[0]}`);
  return unmet.length > 0 ? 1 : 0;
}

/** What is wrong with a step is said by the line of the file that whoever wrote it has open. */
async function simulated(
  { journey, placeOf, from, to }: Arguments,
  { settings, database }: Surroundings,
  unmet: string[],
): Promise<SimulatedMessage[]> {
  try {
    return await simulate({
      journey,
      from,
      to,
      settings,
      ...(database ? { database } : {}),
      unmet: (problem) =>
        unmet.push(problem.replace(/^line (\d+)/u, (_words, line: string) => placeOf(Number(line)))),
    });
  } catch (error) {
    if (!(error instanceof BadStep)) throw error;
    throw new BadArguments(`${placeOf(error.line)}: ${error.step}\n${error.problem}`);
  }
}
