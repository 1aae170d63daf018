/**
 * Loaded into the program before it starts (`--import`), to look at it from within: how late its event loop is, and how many
 * statements it gives to the database. Asked by messages from the process that started it.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import pg from 'pg';

export interface Measured {
  readonly loopP99Ms: number;
  readonly loopMaxMs: number;
  readonly statements: readonly string[];
}

const nanosecondsInMs = 1e6;
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let statements: string[] = [];

const query = pg.Client.prototype.query;
function counted(this: pg.Client, ...words: Parameters<typeof query>): unknown {
  const [first] = words as readonly unknown[];
  if (typeof first === 'string') statements.push(first);
  else if (typeof first === 'object' && first !== null && 'text' in first)
    statements.push(String(first.text));
  return Reflect.apply(query, this, words);
}
Object.assign(pg.Client.prototype, { query: counted });

process.on('message', (wish) => {
  if (wish !== 'tell') return;
  const measured: Measured = {
    loopP99Ms: delay.percentile(99) / nanosecondsInMs,
    loopMaxMs: delay.max / nanosecondsInMs,
    statements,
  };
  delay.reset();
  statements = [];
  process.send?.(measured);
});
process.channel?.unref();
