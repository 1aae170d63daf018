/**
 * `npm run teams:manifest`: says whether the manifests in manifest/teams are what the code makes; `-- --write` renews them.
 * They show what an administrator approves, with a stand-in for the bot's id and address. `npm run teams:package` makes the
 * real one.
 */
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { TEAMS_CLOUDS } from '../adapters/teams/cloud.ts';
import { type ManifestWishes, teamsManifest } from '../adapters/teams/manifest.ts';

const USAGE = 'npm run teams:manifest [-- --write]';
/** Stand in the files for what only whoever sets up the bot can know. */
export const PLACEHOLDERS = {
  appId: '00000000-0000-0000-0000-000000000000',
  domain: 'bot.example.gov',
} as const;
/** A file of the project: where it is for this program, whatever the current folder. */
export function projectFile(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

/** The app in Teams has the version of the project. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(projectFile('package.json'), 'utf8'))).version;

/** A list of nothing but plain words, each on a line of its own. */
const LIST_OF_WORDS = /\[\n\s+("[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s+\]/gu;

/** The manifest as text, as it stands in the files and in the package; lists of words on one line, as the formatter has them. */
export function manifestText(wishes: ManifestWishes): string {
  const text = JSON.stringify(teamsManifest(wishes), null, 2);
  return `${text.replace(LIST_OF_WORDS, (_list, words: string) => `[${words.replace(/,\n\s+/gu, ', ')}]`)}\n`;
}

/** The files that are kept in the project: path from the project's folder, and what stands in it. */
export const MANIFEST_FILES: readonly { readonly path: string; readonly text: string }[] = TEAMS_CLOUDS.map(
  (cloud) => ({
    path: `manifest/teams/${cloud}.json`,
    text: manifestText({ ...PLACEHOLDERS, cloud, version: VERSION }),
  }),
);

async function writeFiles(): Promise<number> {
  for (const { path, text } of MANIFEST_FILES) {
    const file = projectFile(path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    console.log(`Written: ${path}`);
  }
  return 0;
}

async function compareFiles(): Promise<number> {
  const stale: string[] = [];
  for (const { path, text } of MANIFEST_FILES) {
    const kept = await readFile(projectFile(path), 'utf8').catch(() => null);
    if (kept !== text) stale.push(path);
  }
  if (stale.length === 0) {
    console.log(`The ${MANIFEST_FILES.length} manifests in manifest/teams are what the code makes.`);
    return 0;
  }
  console.error(`Not what the code makes: ${stale.join(', ')}. To renew: npm run teams:manifest -- --write`);
  return 1;
}

async function main(words: readonly string[]): Promise<number> {
  if (words.length === 0) return compareFiles();
  if (words.length === 1 && words[0] === '--write') return writeFiles();
  console.error(`These flags can't be read.\n${USAGE}`);
  return 2;
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) process.exitCode = await main(argv.slice(2));
