/** `npm run prove [-- P2 R8] [--quick] [--seed N]`: shows the rows of the quality table, each in one line. */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type Listed, rows } from './all.ts';
import { compileChildren } from './compiled-child.ts';
import { cleanUp, endEarly, versions } from './databases.ts';
import { type SecondProcess, secondProcess } from './second-process.ts';
import { type Shown, type ShowOptions, showRow } from './show-row.ts';

const seedLimit = 2 ** 31;
const second = secondProcess();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, seed: { type: 'string' } },
  });
  const chosen = choose(positionals, values.quick);
  if (typeof chosen === 'string') {
    console.error(chosen);
    return 2;
  }
  const seed = Number(values.seed ?? Math.floor(Math.random() * seedLimit));
  if (!Number.isSafeInteger(seed) || seed < 0) {
    console.error('--seed takes a whole number.');
    return 2;
  }
  const on = [`${cpus().length} cores`, `Node ${process.versions.node}`, ...(await versions())].join(' · ');
  console.log(
    `${on} · ${new Date().toISOString().slice(0, 10)} · seed ${seed}${values.quick ? ' · quick' : ''}`,
  );
  let short = 0;
  const told = ({ text, ok }: Shown): void => {
    if (!ok) short += 1;
    console.log(text);
  };
  const options: ShowOptions = { quick: values.quick, seed };
  const pairs = inPairs(chosen, values.quick);
  await showInPairs(pairs, options, second, told);
  for (const listed of chosen) if (!pairs.includes(listed)) told(await showRow(listed, options));
  if (short > 0) console.log(`${short} of ${chosen.length} short; --seed ${seed} replays the same choices.`);
  return short > 0 ? 1 : 0;
}

/** The rows asked for by name; without names all, or in a quick run those that may decide a build. Words when one is unknown. */
function choose(names: readonly string[], quick: boolean): readonly Listed[] | string {
  if (names.length === 0) return quick ? rows.filter(({ id }) => /^[RS]/u.test(id)) : rows;
  const wanted = new Set(names.map((name) => name.toUpperCase()));
  const known = rows.filter(({ id }) => wanted.delete(id));
  if (wanted.size === 0) return known;
  return `No such row: ${[...wanted].join(', ')}. There are ${rows.map(({ id }) => id).join(', ')}.`;
}

/** Those that are shown two at a time: in a quick run, where there is a core for each, what measures no time. */
function inPairs(chosen: readonly Listed[], quick: boolean): readonly Listed[] {
  const counting = chosen.filter(({ measures }) => !measures);
  return quick && cpus().length > 1 && counting.length > 1 ? counting : [];
}

/** Whoever has done with one takes the next: this process or the second. */
async function showInPairs(
  pairs: readonly Listed[],
  options: ShowOptions,
  beside: SecondProcess,
  told: (shown: Shown) => void,
): Promise<void> {
  if (pairs.length === 0) return;
  // Before anybody starts what is compiled.
  compileChildren();
  const waiting = [...pairs];
  const work = async (show: SecondProcess['show']): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) told(await show(next, options));
  };
  await Promise.all([work(showRow), work(beside.show)]);
  await beside.end();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => endEarly(1));
}
try {
  process.exitCode = await main();
} finally {
  await cleanUp();
}
