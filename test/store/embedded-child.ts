/** A bot that accepts events into a data directory until it is killed, saying which it has acknowledged. */
import { openStore } from '../../src/store/index.ts';
import { anEvent } from './samples.ts';

const [dataDir = ''] = process.argv.slice(2);
const store = await openStore({ database: { kind: 'embedded', dataDir } });
for (let round = 0; ; round += 1) {
  const keys = Array.from({ length: 20 }, (_, index) => `event-${round}-${index}`);
  const answers = await Promise.all(keys.map((key) => store.inbox.accept(anEvent(key))));
  process.stdout.write(`${JSON.stringify(keys.filter((_, index) => answers[index] === 'accepted'))}\n`);
}
