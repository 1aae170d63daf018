import { startBare } from './bare-app.ts';
import { placesToMeasure } from './databases.ts';
import { median, ms, quantile } from './figures.ts';
import { type MeasuredProgramme, owners, startMeasured } from './measured-programme.ts';
import type { Row } from './row.ts';
import { ask, inTurn, openForms, say } from './talk.ts';

const speakers = owners(8);
const goals = { embedded: 0.2, server: 0.35 } as const;

export const p1: Row = {
  id: 'P1',
  title: 'Answers per second through the console, beside a bare server with the same writes',
  goal: '≥ 0.20 × bare embedded, ≥ 0.35 × bare on a server',
  async run({ quick, log }) {
    const figures: string[] = [];
    let ok = true;
    for (const { place, fresh } of await placesToMeasure(log)) {
      const found = await compare(place, await fresh(), await fresh(), quick ? 3 : 7, quick ? 1_500 : 4_000);
      ok &&= found.ratio >= goals[place];
      figures.push(`${place} ${found.ratio.toFixed(2)} × bare, ${Math.round(found.rate)}/s`);
      log(`${place}: ${found.words}`);
    }
    return { figure: `ratio ${figures.join('; ')}`, ok };
  },
};

async function compare(
  place: 'embedded' | 'server',
  ours: string,
  theirs: string,
  rounds: number,
  lastsMs: number,
) {
  const programme = await startMeasured(
    place === 'server' ? { DATABASE_URL: ours } : { DATA_DIR: ours },
    speakers.length,
  );
  await openForms(programme.url, speakers);
  const statements = await statementsOf(programme);
  const bare = await startBare('bare-child', [theirs, String(statements)]);
  const pairs: { readonly ours: Load; readonly theirs: Load }[] = [];
  // The first round warms both up and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    const pair = { ours: await load(programme.url, '', lastsMs), theirs: await load(bare.url, '/', lastsMs) };
    if (round > 0) pairs.push(pair);
  }
  await bare.stop();
  await programme.stop();
  const rates = (side: 'ours' | 'theirs'): number => median(pairs.map((pair) => pair[side].rate));
  const times = (side: 'ours' | 'theirs', q: number): string =>
    ms(
      quantile(
        pairs.flatMap((pair) => pair[side].times),
        q,
      ),
    );
  return {
    ratio: median(pairs.map((pair) => pair.ours.rate / pair.theirs.rate)),
    rate: rates('ours'),
    words:
      `${Math.round(rates('ours'))} answers/s p50 ${times('ours', 0.5)} p99 ${times('ours', 0.99)}, ` +
      `bare ${Math.round(rates('theirs'))}/s p50 ${times('theirs', 0.5)} p99 ${times('theirs', 0.99)}; ${statements} statements an answer, ${speakers.length} people at once`,
  };
}

/** How many statements one answer takes when nothing else happens. */
async function statementsOf(programme: MeasuredProgramme): Promise<number> {
  const [who = ''] = speakers;
  const counts: number[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    await programme.tell();
    await say(programme.url, who, inTurn(turn));
    counts.push((await programme.tell()).statements.length);
  }
  return median(counts);
}

interface Load {
  /** Answers a second. */
  readonly rate: number;
  readonly times: readonly number[];
}

/** Everybody speaks without pause for so long, each waiting for the answer. */
export async function load(base: string, path: string, lastsMs: number): Promise<Load> {
  const times: number[] = [];
  const startedAt = performance.now();
  const speaking = speakers.map(async (who) => {
    for (let count = 0; performance.now() - startedAt < lastsMs; count += 1) {
      const { status, tookMs, body } = await (path === ''
        ? say(base, who, inTurn(count))
        : ask(`${base}${path}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ as: who, text: inTurn(count) }),
          }));
      if (status !== 200) throw new Error(`${who} was answered ${status} after ${ms(tookMs)}: ${body}`);
      times.push(tookMs);
    }
  });
  await Promise.all(speaking);
  return { rate: (times.length / (performance.now() - startedAt)) * 1000, times };
}
