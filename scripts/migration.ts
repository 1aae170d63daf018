/**
 * `npm run migration -- <name>`: writes prisma/migrations/<timestamp>_<name>/migration.sql with what schema.prisma has and
 * the migrations so far have not. Works without a network and without a database of one's own.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaDifference } from '../prisma/schema-difference.ts';
import { openEmbedded } from '../src/store/embedded.ts';
import { migrate, readMigrations } from '../src/store/migrate.ts';

const folder = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

async function main(words: readonly string[]): Promise<number> {
  const name = words
    .join('_')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_');
  if (!name) {
    console.error('Please name the change: npm run migration -- add_calendar');
    return 2;
  }
  const database = await openEmbedded({
    dataDir: null,
    onLost: (error) => {
      throw error;
    },
  });
  try {
    await migrate(database.url, await readMigrations(folder));
    const sql = await schemaDifference(database.url);
    if (!sql) {
      console.log('No difference: the migrations and schema.prisma agree. Nothing written.');
      return 0;
    }
    const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
    const target = join(folder, `${stamp}_${name}`);
    await mkdir(target, { recursive: true });
    await writeFile(join(target, 'migration.sql'), `${sql}\n`);
    console.log(
      `Written: ${join(target, 'migration.sql')}. Read it before it is applied; it must run in one transaction.`,
    );
    return 0;
  } finally {
    await database.close();
  }
}

process.exitCode = await main(process.argv.slice(2));
