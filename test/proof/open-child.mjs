/** The database opened by itself, as quickly as it opens: prints "open" when it has answered. Argument: its files, or an address. */
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';

const [place = ''] = process.argv.slice(2);
if (place.startsWith('postgresql:')) {
  const client = new pg.Client({ connectionString: place });
  await client.connect();
  await client.query('SELECT 1');
} else {
  const database = await PGlite.create(place);
  await database.query('SELECT 1');
}
console.log('open');
process.exit(0);
