/** `npm run prove [-- P2 R8] [--quick] [--seed N]`: shows the rows of the quality table one by one, each in one line. */
import { cpus } from 'node:os';
import { inspect, parseArgs } from 'node:util';
import { rows } from './all.ts';
import { cleanUp, cleanUpRow, versions } from './databases.ts';
import { lineOf, type Outcome, type Row } from './row.ts';

const seedLimit = 2 ** 31;

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
  for (const row of chosen) {
    const remarks: string[] = [];
    const startedAt = performance.now();
    const outcome = await show(row, { quick: values.quick, seed, log: (remark) => remarks.push(remark) });
    await cleanUpRow();
    if (!outcome.ok) short += 1;
    console.log(`${lineOf(row, outcome)} (${Math.round((performance.now() - startedAt) / 1000)} s)`);
    for (const remark of remarks) console.log(`   ${remark}`);
  }
  if (short > 0) console.log(`${short} of ${chosen.length} short; --seed ${seed} replays the same choices.`);
  return short > 0 ? 1 : 0;
}

/** The rows asked for by name; without names all, or in a quick run those that may decide a build. Words when one is unknown. */
function choose(names: readonly string[], quick: boolean): readonly Row[] | string {
  if (names.length === 0) return quick ? rows.filter(({ id }) => /^[RS]/u.test(id)) : rows;
  const wanted = new Set(names.map((name) => name.toUpperCase()));
  const known = rows.filter(({ id }) => wanted.delete(id));
  if (wanted.size === 0) return known;
  return `No such row: ${[...wanted].join(', ')}. There are ${rows.map(({ id }) => id).join(', ')}.`;
}

/** A row that breaks is short, and says of what. */
async function show(row: Row, options: Parameters<Row['run']>[0]): Promise<Outcome> {
  try {
    return await row.run(options);
  } catch (error) {
    // With what caused it.
    options.log(inspect(error));
    return { figure: 'broke off', ok: false };
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
}
try {
  process.exitCode = await main();
} finally {
  await cleanUp();
}
