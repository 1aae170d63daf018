/** People who speak to the program all the time, for what has to hold meanwhile. */
import { file } from './filing.ts';
import { owners } from './measured-programme.ts';
import type { Random } from './random.ts';
import { say } from './talk.ts';

const NEED = 'Our ISSO retires in March and the authorization ends in June.';

interface Told {
  readonly acked: readonly string[];
  readonly numbers: readonly string[];
  readonly slowestMs: number;
}

/** So many owners of `rosterOf` speak without a pause to the program at `url`, until the end: one files requests, the others ask. */
export function startTalking(url: string, count: number, chance: Random) {
  const acked: string[] = [];
  const numbers: string[] = [];
  let slowestMs = 0;
  let isOver = false;
  let hear: (() => void)[] = [];
  const one = async (who: string, turn: number): Promise<void> => {
    const eventKey = `${who}-${turn}`;
    const { status, tookMs } = await say(url, who, chance.pick(['help', 'status', 'my requests']), {
      eventKey,
    });
    slowestMs = Math.max(slowestMs, tookMs);
    // A person who is told that nothing was saved says it again.
    if (status === 200) acked.push(eventKey);
    for (const listen of hear.splice(0)) listen();
  };
  const speaker = async (who: string): Promise<void> => {
    for (let turn = 0; !isOver; turn += 1) await one(who, turn);
  };
  let isFiled = (): void => undefined;
  const filed = new Promise<void>((resolve) => {
    isFiled = resolve;
  });
  const filer = async (who: string): Promise<void> => {
    for (let turn = 0; !isOver || turn === 0; turn += 1) {
      const { number } = await file(url, who, `Ledger ${turn}`, NEED);
      if (number !== null) numbers.push(number);
      isFiled();
    }
  };
  const [first = '', ...others] = owners(count);
  const all = Promise.all([filer(first), ...others.map(speaker)]);
  return {
    acked: (): readonly string[] => [...acked],
    /** Until the first request was filed. */
    filed: (): Promise<void> => filed,
    /** Until so many more messages were answered. */
    async heard(more: number): Promise<void> {
      for (let left = more; left > 0; left -= 1)
        await new Promise<void>((resolve) => {
          hear = [...hear, resolve];
        });
    },
    async end(): Promise<Told> {
      isOver = true;
      await all;
      return { acked, numbers, slowestMs };
    },
  };
}
