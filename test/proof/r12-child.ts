/** A process that brings a database up to the first so many migrations, for being killed on the way. */
import { openEmbedded } from '../../src/store/embedded.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';
import { unexpected } from './databases.ts';

const [place = '', count = '0'] = process.argv.slice(2);
const embedded = place.startsWith('postgresql:')
  ? null
  : await openEmbedded({ dataDir: place, onLost: unexpected });
const migrations = (await readMigrations()).slice(0, Number(count));
console.log('begin');
await migrate(embedded?.url ?? place, migrations);
console.log('done');
await embedded?.close();
