/** A door before a database that ends its visitor at an exact step: before a statement goes in, or before its answer comes out. */
import { connect, createServer, type Socket } from 'node:net';
import { atTheEnd } from './databases.ts';

export interface KillProxy {
  readonly url: string;
  /**
   * Steps are the statements from the one that contains `trigger` on, counted over all connections. Calls `kill` before step 0
   * goes in (`at` 0) or before the answer to step `at - 1` comes out; settles when that has happened.
   */
  arm(trigger: string, at: number, kill: () => void): Promise<void>;
  /** Lets everything pass; answers how many steps there were since the trigger. */
  disarm(): number;
}

interface Trap {
  readonly trigger: string;
  readonly at: number;
  readonly spring: () => void;
}

/** Listens on a port of this machine before the database at `databaseUrl`. */
export async function killProxy(databaseUrl: string): Promise<KillProxy> {
  const target = new URL(databaseUrl);
  const folder = target.searchParams.get('host');
  const dial = (): Socket =>
    folder
      ? connect(`${folder}/.s.PGSQL.${target.port || 5432}`)
      : connect(Number(target.port), target.hostname);
  let trap: Trap | null = null;
  let step = -1;
  const server = createServer((near) => {
    const far = dial();
    let answerSprings: Trap | null = null;
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
    near.on('data', (chunk) => {
      if (trap && (step >= 0 || chunk.includes(trap.trigger))) {
        step += 1;
        if (step === trap.at && trap.at === 0) return end(trap);
        if (step === trap.at - 1) answerSprings = trap;
      }
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (answerSprings && answerSprings === trap) return end(answerSprings);
      near.write(chunk);
    });
    function end(sprung: Trap): void {
      trap = null;
      sprung.spring();
      near.destroy();
      far.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atTheEnd(async () => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `postgresql://postgres@127.0.0.1:${port}${target.pathname}`,
    arm: (trigger, at, kill) =>
      new Promise((resolve) => {
        step = -1;
        trap = {
          trigger,
          at,
          spring: () => {
            kill();
            resolve();
          },
        };
      }),
    disarm: () => {
      trap = null;
      const steps = step + 1;
      step = -1;
      return steps;
    },
  };
}
