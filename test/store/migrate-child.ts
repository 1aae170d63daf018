/** A process that brings a data directory up to date with one slow migration more, for being killed on the way. */
import { openEmbedded } from '../../src/store/embedded.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';

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
