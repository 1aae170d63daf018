// Generates the Prisma client into src/store/generated without any download.
//
// `prisma generate` wants to fetch a schema engine although it does not use one: naming any existing file as that
// engine is enough to keep it off the network. The work is skipped when schema and Prisma version are unchanged.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const schemaFile = join(root, 'prisma', 'schema.prisma');
const generated = join(root, 'src', 'store', 'generated');
const stampFile = join(generated, 'stamp.txt');

/** After this the client is what the schema and the version of Prisma are now. */
export function generate() {
  const packageFile = createRequire(import.meta.url).resolve('prisma/package.json');
  const manifest = JSON.parse(readFileSync(packageFile, 'utf8'));
  const stamp = createHash('sha256').update(manifest.version).update(readFileSync(schemaFile)).digest('hex');

  const isCurrent =
    existsSync(join(generated, 'client.ts')) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8').trim() === stamp;

  if (!isCurrent) {
    const command = join(dirname(packageFile), manifest.bin.prisma);
    const outcome = spawnSync(process.execPath, [command, 'generate', '--schema', schemaFile, '--no-hints'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    });
    if (outcome.status !== 0) {
      process.stderr.write(outcome.stdout ?? '');
      process.stderr.write(outcome.stderr ?? '');
      process.exit(outcome.status ?? 1);
    }
    mkdirSync(generated, { recursive: true });
    writeFileSync(stampFile, `${stamp}\n`);
    console.log('Prisma client generated.');
  }
}
