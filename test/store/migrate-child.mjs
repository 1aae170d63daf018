// A process that brings a data directory up to date with one slow migration more, for being killed on the way: the compiled program,
// which begins sooner than its sources.
import { openEmbedded } from '../../dist/src/store/embedded.js';
import { migrate, readMigrations } from '../../dist/src/store/migrate.js';

const [dataDir = '', sql = ''] = process.argv.slice(2);
const database = await openEmbedded({
  dataDir,
  onLost: (error) => {
    throw error;
  },
});
console.log('begin');
await migrate(database.url, [...(await readMigrations()), { name: '99990101000000_slow', sql }]);
console.log('done');
await database.close();
