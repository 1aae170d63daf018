/**
 * `npm run simulate -- --journey FILE --from DATE --to DATE`: prints every message that the bot would send while the journey
 * is carried out and afterwards, with the reason, and every one that it would not. Nothing is ever sent.
 */
import { type Arguments, BadArguments, namesOfJourneys, readArguments } from './simulate/arguments.ts';
import { BadStep } from './simulate/journey.ts';
import { counts, reportOf } from './simulate/report.ts';
import { type SimulatedMessage, simulate } from './simulate/simulation.ts';

const USAGE =
  'npm run simulate -- --journey test/journeys/straight-through.journey --from 2026-12-01 --to 2027-02-28 [--full] [--json]';

async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2));
  if (given === null) {
    console.log(`${USAGE}\n\nJourneys:\n${namesOfJourneys().join('\n')}`);
    return 0;
  }
  const unmet: string[] = [];
  const { from, to, full, json } = given;
  const messages = await simulated(given, unmet);

  if (json) console.log(JSON.stringify({ from, to, messages, counts: counts(messages), unmet }, null, 2));
  else {
    console.log(
      `From ${from.toISOString()} to ${to.toISOString()}. Answers to whoever speaks are not listed; nothing is sent.\n`,
    );
    console.log(reportOf(messages, full));
  }
  for (const problem of unmet) console.error(`The journey expects something else: ${problem.split('\n')[0]}`);
  return unmet.length > 0 ? 1 : 0;
}

/** What is wrong with a step is said by the line of the file that whoever wrote it has open. */
async function simulated(
  { journey, placeOf, from, to }: Arguments,
  unmet: string[],
): Promise<SimulatedMessage[]> {
  try {
    return await simulate({
      journey,
      from,
      to,
      settings: process.env,
      unmet: (problem) =>
        unmet.push(problem.replace(/^line (\d+)/u, (_words, line: string) => placeOf(Number(line)))),
    });
  } catch (error) {
    if (!(error instanceof BadStep)) throw error;
    throw new BadArguments(`${placeOf(error.line)}: ${error.step}\n${error.problem}`);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isTheirs = error instanceof BadArguments || (error instanceof Error && error.name === 'BadSettings');
  if (!isTheirs) throw error;
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}
