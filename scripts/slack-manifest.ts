/**
 * `npm run slack:manifest -- [--url https://…] [--gov] [--socket] [--org] [--oauth]`: prints the manifest to paste into Slack.
 * `--write` renews manifest/slack.json and manifest/slack-gov.json. The JSON alone goes to the standard output.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type ManifestWishes, slackManifest } from '../adapters/slack/manifest.ts';
import { readConfig } from '../src/config.ts';

const USAGE =
  'npm run slack:manifest -- [--url https://bot.example.gov] [--gov] [--socket] [--org] [--oauth]';
/** Stands in the files and wherever nobody has said where the bot is reached. */
const PLACEHOLDER = 'https://bot.example.gov';

/** What to do with the command line: print, renew the files, or say what is wrong with it. */
export type Order =
  | { readonly kind: 'print'; readonly wishes: ManifestWishes; readonly notes: readonly string[] }
  | { readonly kind: 'write' }
  | { readonly kind: 'bad'; readonly problem: string };

/** Reads the flags. `publicUrl` is asked for the setting PUBLIC_URL, and only when its value is needed. */
export function readOrder(words: readonly string[], publicUrl: () => PublicUrl): Order {
  const flags = readFlags(words);
  if (typeof flags === 'string') return { kind: 'bad', problem: flags };
  const { write, url, gov, socket, org, oauth } = flags;
  if (write) {
    return words.length === 1
      ? { kind: 'write' }
      : {
          kind: 'bad',
          problem: '--write goes with no other flag: the files are always made in the same way.',
        };
  }
  const wishes = {
    cloud: gov ? ('gov' as const) : ('commercial' as const),
    socketMode: socket,
    orgWide: org,
    oauth,
  };
  const hasAddress = !socket || oauth;
  if (url === undefined && !hasAddress) {
    return { kind: 'print', wishes: { ...wishes, publicUrl: PLACEHOLDER }, notes: [] };
  }
  const { address, note } = url === undefined ? publicUrl() : { address: url, note: null };
  const problem =
    address === null ? null : addressProblem(address, url === undefined ? 'PUBLIC_URL' : '--url');
  if (problem !== null) return { kind: 'bad', problem };
  return {
    kind: 'print',
    wishes: { ...wishes, publicUrl: address ?? PLACEHOLDER },
    notes: note === null ? [] : [note],
  };
}

/** The setting PUBLIC_URL; without one, what to say about that. */
export type PublicUrl =
  | { readonly address: string; readonly note: null }
  | { readonly address: null; readonly note: string };

function readFlags(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        url: { type: 'string' },
        gov: { type: 'boolean', default: false },
        socket: { type: 'boolean', default: false },
        org: { type: 'boolean', default: false },
        oauth: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    if (error instanceof TypeError) return `These flags can't be read: ${error.message}`;
    throw error;
  }
}

/** Slack calls https only, and puts nothing behind what it is given. */
function addressProblem(address: string, name: string): string | null {
  const example = `such as ${PLACEHOLDER}`;
  if (!URL.canParse(address)) return `${name} must be an address ${example}.`;
  const { protocol, search, hash, username } = new URL(address);
  if (protocol !== 'https:') {
    return `${name} must begin with https://, because Slack calls no other address. Without a public address, use --socket.`;
  }
  if (search !== '' || hash !== '' || username !== '') {
    return `${name} must be a plain address ${example}, without a user, a query or a # part.`;
  }
  return null;
}

/** PUBLIC_URL as the bot itself would read it. Settings that can't be used must not stop somebody who is only setting up. */
function configuredUrl(): PublicUrl {
  const read = readConfig();
  const publicUrl = read.ok ? read.config.publicUrl : null;
  if (publicUrl !== null) return { address: publicUrl, note: null };
  const why = read.ok
    ? 'PUBLIC_URL is not set'
    : `PUBLIC_URL was not read, because other settings can't be used yet (${[...new Set(read.problems.map(({ name }) => name))].join(', ')})`;
  return {
    address: null,
    note: `${why}: ${PLACEHOLDER} stands in for the bot's address. Put yours in its place, or give it with --url.`,
  };
}

/** The manifest as text, as it stands in the files. */
export const manifestText = (wishes: ManifestWishes): string =>
  `${JSON.stringify(slackManifest(wishes), null, 2)}\n`;

/** The files that are kept in the project: path from the project's folder, and what stands in it. */
export const MANIFEST_FILES: readonly { readonly path: string; readonly text: string }[] = (
  [
    ['manifest/slack.json', 'commercial'],
    ['manifest/slack-gov.json', 'gov'],
  ] as const
).map(([path, cloud]) => ({
  path,
  text: manifestText({ publicUrl: PLACEHOLDER, cloud, socketMode: false, orgWide: false, oauth: false }),
}));

async function writeFiles(): Promise<void> {
  for (const { path, text } of MANIFEST_FILES) {
    const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    console.error(`Written: ${path}`);
  }
}

async function main(words: readonly string[]): Promise<number> {
  const order = readOrder(words, configuredUrl);
  switch (order.kind) {
    case 'write':
      await writeFiles();
      return 0;
    case 'bad':
      console.error(`${order.problem}\n${USAGE}`);
      return 2;
    case 'print': {
      const host = order.wishes.cloud === 'gov' ? 'api.slack-gov.com' : 'api.slack.com';
      console.log(manifestText(order.wishes).trimEnd());
      for (const note of order.notes) console.error(`\n${note}`);
      console.error(
        `\nPaste it at https://${host}/apps: Create New App, From a manifest, your workspace, JSON. README.md has the next steps.`,
      );
      return 0;
    }
    default:
      return order satisfies never;
  }
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) process.exitCode = await main(argv.slice(2));
