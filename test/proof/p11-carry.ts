import { newDataDir } from './databases.ts';
import { file, press, recordKickoff, standing } from './filing.ts';
import { startProgramme } from './programme.ts';
import type { Row } from './row.ts';
import { json, people, post } from './talk.ts';

const limitS = 60;
const places = [...people, 'isso', 'isso2', 'guardian', 'auditor', 'admin', '#ispg', '#issoaas'];

/** How far the clock goes, in turn: the way to the kickoff, a whole onboarding, and a quarter of meetings. */
const onboarding = { name: 'onboarding', advance: 'P60D' } as const;
const quarter = { name: 'quarter', advance: 'P91D' } as const;

interface Carried {
  readonly tookMs: number;
  /** Instants on the way at which something was due. */
  readonly stops: number;
}

export const p11: Row = {
  id: 'P11',
  title:
    'The console’s clock carries an onboarding of 60 days and a quarter of meetings after a recorded kickoff',
  goal: `both together in < ${limitS} s`,
  async run({ quick, log }) {
    const app = await startProgramme({
      env: {
        DATA_DIR: await newDataDir(),
        LOG_LEVEL: 'error',
        CONSOLE_START_AT: '2026-12-01T12:00:00-05:00',
      },
    });
    const requests = quick ? 1 : 3;
    for (let index = 0; index < requests; index += 1) await holdKickoff(app.url, `Claims Hub ${index + 1}`);
    const before = await countMessages(app.url);
    let tookMs = 0;
    for (const { name, advance } of [onboarding, quarter]) {
      const carried = await carry(app.url, advance);
      tookMs += carried.tookMs;
      const each = carried.stops === 0 ? '' : `, ${(carried.tookMs / carried.stops).toFixed(0)} ms each`;
      log(
        `${name} (${advance}): ${(carried.tookMs / 1000).toFixed(1)} s with ${carried.stops} instants at which something was due${each}`,
      );
    }
    const messages = (await countMessages(app.url)) - before;
    await app.stop();
    const seconds = tookMs / 1000;
    return {
      figure: `151 days with ${requests} engagement${requests === 1 ? '' : 's'} in ${seconds.toFixed(1)} s, ${messages} messages`,
      ok: seconds < limitS && messages > 0,
    };
  },
};

/** A request from its first word to the recorded kickoff. */
async function holdKickoff(base: string, system: string): Promise<void> {
  const { number, last } = await file(base, 'bo', system, 'We run a system and an audit is coming soon.');
  if (number === null) throw new Error(`not filed: ${last}`);
  await press(base, 'ispg', '#ispg', 'Accept');
  await press(base, 'bo', 'bo', /^Choose 1/u);
  const recorded = await recordKickoff(base, 'As agreed.', ['bo', 'ispg', 'lead']);
  if (recorded?.status !== 200)
    throw new Error(`the kickoff was not recorded: ${recorded?.body ?? 'no such button'}`);
}

async function carry(base: string, advance: string): Promise<Carried> {
  const startedAt = performance.now();
  const answered = await post(base, 'clock', { advance }, { withinMs: 10 * 60_000 });
  if (answered.status !== 200) throw new Error(`the clock answered ${answered.status}: ${answered.body}`);
  const { ran } = json<{ ran: readonly { at: string }[] }>(answered);
  return { tookMs: performance.now() - startedAt, stops: new Set(ran.map(({ at }) => at)).size };
}

async function countMessages(base: string): Promise<number> {
  const counts = await Promise.all(places.map(async (place) => (await standing(base, place)).length));
  return counts.reduce((sum, count) => sum + count, 0);
}
