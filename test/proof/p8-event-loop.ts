import { addressIn, newDataDir, newServerDatabase, query, sharedServer } from './databases.ts';
import { median, ms } from './figures.ts';
import { type MeasuredProgramme, owners, startMeasured } from './measured-programme.ts';
import { load } from './p1-answers.ts';
import type { Row } from './row.ts';
import { openForms } from './talk.ts';

const p99GoalMs = 20;
const maxGoalMs = 100;
const roster = 40;
const speakers = owners(8);

export const p8: Row = {
  id: 'P8',
  title: 'How late the event loop is while people speak and deliveries drain',
  goal: `p99 ≤ ${p99GoalMs} ms, max ≤ ${maxGoalMs} ms`,
  async run({ quick, log }) {
    const server = await sharedServer();
    if (typeof server === 'string') log(`on a PostgreSQL server not run: ${server}`);
    const figures: string[] = [];
    let ok = true;
    for (const place of typeof server === 'string'
      ? (['embedded'] as const)
      : (['embedded', 'server'] as const)) {
      const dataDir = await newDataDir();
      const url = place === 'server' && typeof server !== 'string' ? await newServerDatabase(server) : null;
      const programme = await startMeasured(url ? { DATABASE_URL: url } : { DATA_DIR: dataDir }, roster);
      await openForms(programme.url, speakers);
      const found = await rounds(programme, url ?? (await addressIn(dataDir)), quick);
      await programme.stop();
      ok &&= found.p99 <= p99GoalMs && found.max <= maxGoalMs;
      figures.push(`${place} p99 ${ms(found.p99)}, max ${ms(found.max)}`);
      log(`${place}: ${found.words}`);
    }
    return { figure: figures.join('; '), ok };
  },
};

/** The middle of several rounds, for one stall of a shared machine is nobody's fault. The first warms up. */
async function rounds(programme: MeasuredProgramme, database: string, quick: boolean) {
  const p99s: number[] = [];
  const maxima: number[] = [];
  let answers = 0;
  let drained = 0;
  const count = quick ? 3 : 5;
  for (let round = 0; round <= count; round += 1) {
    const due = quick ? 200 : 2_000;
    await query(
      database,
      `INSERT INTO delivery (key, recipient_kind, recipient_id, kind, message, due_at, wake_at, state)
       SELECT 'drain-' || $1::int || '-' || n, 'person', 'owner' || (8 + n % ${roster - 8}), 'notice',
              '{"heading":"Reminder","blocks":[{"kind":"paragraph","line":[{"kind":"text","text":"Something is due."}]}],"buttons":[]}',
              now(), now(), 'pending'
         FROM generate_series(1, $2::int) n`,
      [round, due],
    );
    await programme.tell();
    const { times } = await load(programme.url, '', quick ? 2_000 : 8_000);
    const { loopP99Ms, loopMaxMs } = await programme.tell();
    if (round === 0) continue;
    p99s.push(loopP99Ms);
    maxima.push(loopMaxMs);
    answers += times.length;
  }
  const [sent] = await query(
    database,
    `SELECT count(*)::int AS count FROM delivery WHERE key LIKE 'drain-%' AND state = 'sent'`,
  );
  drained = Number(sent?.count);
  return {
    p99: median(p99s),
    max: median(maxima),
    words: `${answers} answers and ${drained} deliveries in ${count} rounds; p99 ${p99s.map(ms).join(', ')}; max ${maxima.map(ms).join(', ')}`,
  };
}
