/**
 * `npm run teams:package -- [--app-id …] [--cloud gcch] [--url https://…] [--out file.zip]`: writes the app's package, the
 * zip file that an administrator uploads into Teams. What has no flag is taken from TEAMS_APP_ID, TEAMS_CLOUD and PUBLIC_URL.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { argv, env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { strToU8, zipSync } from 'fflate';
import type { TeamsCloud } from '../adapters/teams/cloud.ts';
import { teamsSettings } from '../adapters/teams/config.ts';
import { ICONS, type ManifestWishes } from '../adapters/teams/manifest.ts';
import { manifestText, projectFile, VERSION } from './teams-manifest.ts';

const USAGE =
  'npm run teams:package -- [--app-id <id>] [--cloud public|gcc|gcch|dod] [--url https://bot.example.gov] [--out <file>.zip]';
/** What the clock on the wall says in every file of the package, in every zone: the same wishes give the same bytes. */
const packedAt = (): Date => new Date(2000, 0, 1);

type Environment = Readonly<Record<string, string | undefined>>;

/** What to do with the command line: pack, or say everything that is wrong. */
export type PackageOrder =
  | { readonly kind: 'pack'; readonly wishes: ManifestWishes; readonly file: string }
  | { readonly kind: 'bad'; readonly problems: readonly string[] };

/** Reads the flags, and the settings in `environment` for what has none; a blank value counts as not set. */
export function readPackageOrder(words: readonly string[], environment: Environment): PackageOrder {
  const flags = readFlags(words);
  if (typeof flags === 'string') return { kind: 'bad', problems: [flags] };
  const problems: string[] = [];
  const given = (flag: string | undefined, setting: string, flagName: string): Given => {
    const name = flag === undefined ? setting : flagName;
    const value = (flag ?? environment[setting] ?? '').trim();
    return { name, value: value === '' ? null : value, ways: `Set ${setting} or give ${flagName}` };
  };
  const appId = readAppId(given(flags['app-id'], 'TEAMS_APP_ID', '--app-id'), problems);
  const cloud = readCloud(given(flags.cloud, 'TEAMS_CLOUD', '--cloud'), problems);
  const address = readAddress(given(flags.url, 'PUBLIC_URL', '--url'), problems);
  if (flags.out !== undefined && !/\.zip$/iu.test(flags.out)) problems.push('--out must name a .zip file.');
  if (problems.length > 0 || appId === null || cloud === null || address === null) {
    return { kind: 'bad', problems };
  }
  return {
    kind: 'pack',
    wishes: { cloud, appId, ...address, version: VERSION },
    file: flags.out ?? `isso-teams-${cloud}.zip`,
  };
}

/** What was given for one wish, by which name, and how to give it. */
interface Given {
  readonly name: string;
  readonly value: string | null;
  readonly ways: string;
}

function readFlags(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        'app-id': { type: 'string' },
        cloud: { type: 'string' },
        url: { type: 'string' },
        out: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    if (error instanceof TypeError) return `These flags can't be read: ${error.message}`;
    throw error;
  }
}

function readAppId({ name, value, ways }: Given, problems: string[]): string | null {
  if (value === null) {
    problems.push(`The application (client) id of the Azure Bot is missing. ${ways}.`);
    return null;
  }
  const read = teamsSettings.TEAMS_APP_ID.safeParse(value);
  if (read.success && read.data !== undefined) return read.data;
  problems.push(...(read.error?.issues ?? []).map(({ message }) => `${name} ${message}.`));
  return null;
}

function readCloud({ name, value }: Given, problems: string[]): TeamsCloud | null {
  const read = teamsSettings.TEAMS_CLOUD.safeParse(value ?? undefined);
  if (read.success) return read.data;
  problems.push(...read.error.issues.map(({ message }) => `${name} ${message}.`));
  return null;
}

/** Teams shows https pages only, and signs people in to the host alone. */
function readAddress(
  { name, value, ways }: Given,
  problems: string[],
): { domain: string; path?: string } | null {
  if (value === null) {
    problems.push(`The public address of the bot is missing. ${ways}.`);
    return null;
  }
  const problem = addressProblem(value);
  if (problem !== null) {
    problems.push(`${name} must ${problem}.`);
    return null;
  }
  const { host, pathname } = new URL(value);
  const path = pathname.replace(/(?<!\/)\/+$/u, '');
  return path === '' ? { domain: host } : { domain: host, path };
}

function addressProblem(value: string): string | null {
  if (!URL.canParse(value)) return 'be an address such as https://bot.example.gov';
  const { protocol, username, password, search, hash } = new URL(value);
  if (protocol !== 'https:') return 'begin with https://, because Teams takes no other address';
  if (username + password + search + hash !== '')
    return 'be a plain address such as https://bot.example.gov, without a user, a query or a # part';
  return null;
}

/** The bytes of the package: the manifest and its icons at the root of a zip file. */
export function packageBytes(wishes: ManifestWishes): Uint8Array {
  const icon = (name: string): Uint8Array =>
    new Uint8Array(readFileSync(projectFile(`manifest/teams/${name}`)));
  return zipSync(
    {
      'manifest.json': strToU8(manifestText(wishes)),
      [ICONS.color]: icon(ICONS.color),
      [ICONS.outline]: icon(ICONS.outline),
    },
    { mtime: packedAt(), level: 9 },
  );
}

/** Where administrators of each cloud upload apps (learn.microsoft.com/microsoftteams, the pages of each government cloud). */
const ADMIN_CENTERS: Readonly<Record<TeamsCloud, string>> = {
  public: 'https://admin.teams.microsoft.com',
  gcc: 'https://admin.teams.microsoft.com',
  gcch: 'https://admin.gov.teams.microsoft.us',
  dod: 'https://admin.dod.teams.microsoft.us',
};

/** What to do with the package, step by step. */
export function nextSteps({ cloud, domain, version }: ManifestWishes): string {
  return [
    'What to do next:',
    `1. Open ${ADMIN_CENTERS[cloud]}, Teams apps, Manage apps, and upload the file as a new app. An administrator of Teams must do it.`,
    '2. Allow the app for the people of the programme there, or set it up for them with a setup policy.',
    '3. Add it to the teams of the ISPG channel and of the programme channel.',
    `It is version ${version} for ${domain}. Teams takes an update only with a higher version, which stands in package.json.`,
  ].join('\n');
}

function main(words: readonly string[]): number {
  const order = readPackageOrder(words, env);
  if (order.kind === 'bad') {
    console.error([...order.problems, USAGE].join('\n'));
    return 1;
  }
  const file = resolve(env.INIT_CWD ?? '.', order.file);
  try {
    writeFileSync(file, packageBytes(order.wishes));
  } catch (error) {
    console.error(
      `The package could not be written to ${file}: ${error instanceof Error ? error.message : error}`,
    );
    return 1;
  }
  console.log(`Written: ${file}\n\n${nextSteps(order.wishes)}`);
  return 0;
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) process.exitCode = main(argv.slice(2));
