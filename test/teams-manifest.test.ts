/** The Teams app: its manifest made from what the bot offers, valid by Microsoft's schemas, understood by the bot, and kept as files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { SHORTCUT_PRESSES, SHORTCUTS } from '../adapters/slack/surface.ts';
import { hostsIn, TEAMS_CLOUDS } from '../adapters/teams/cloud.ts';
import { teamsSettings } from '../adapters/teams/config.ts';
import { type ManifestWishes, type TeamsManifest, teamsManifest } from '../adapters/teams/manifest.ts';
import {
  ACTIONS,
  COMPOSE_PRESSES,
  MENU,
  PATHS,
  SCOPES,
  type Scope,
  SEARCH,
  SEARCH_WORDS,
  TAB,
} from '../adapters/teams/surface.ts';
import { MANIFEST_FILES } from '../scripts/teams-manifest.ts';
import { readCommand, readView } from '../src/forms/command.ts';
import { readAccountWish } from '../src/forms/read-account-wish.ts';
import { readWish } from '../src/forms/read-wish.ts';
import { askMeDirectly, notUnderstood } from '../src/messages/copy/welcome.ts';
import type { Message } from '../src/messages/message.ts';
import { plainText } from '../src/messages/plain-text.ts';
import type { Speaker } from '../src/ports.ts';
import { programmeQuestionFallback } from '../src/usecases/answer-programme-question.ts';
import { type Bot, said, startBot } from './support/bot.ts';
import { openTestStore } from './support/open-store.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const RENEW = 'to renew it: npm run teams:manifest -- --write';
const APP_ID = '11111111-2222-3333-4444-555555555555';
const words = (message: Message): string => plainText(message, { timeZone: 'America/New_York' });
const PLAIN: ManifestWishes = { cloud: 'public', appId: APP_ID, domain: 'bot.example.gov', version: '1.2.3' };

describe('the manifest files of Teams', () => {
  it.each(MANIFEST_FILES)('$path holds what the code makes', ({ path, text }) => {
    expect(readFileSync(join(root, path), 'utf8'), RENEW).toBe(text);
  });

  it('are all of the folder, with the icons and their sources', () => {
    const icons = ['color.png', 'color.svg', 'outline.png', 'outline.svg'];
    const manifests = TEAMS_CLOUDS.map((cloud) => `${cloud}.json`);
    expect(readdirSync(join(root, 'manifest/teams')).sort()).toEqual([...icons, ...manifests].sort());
  });
});

describe('the Teams manifest', () => {
  const schemaFile = (version: string) =>
    join(root, `../shared/schemas/teams-manifest-v${version}.schema.json`);
  const hasSchemas = ['1.10', '1.19', '1.25'].every((version) => existsSync(schemaFile(version)));
  if (!hasSchemas) console.warn('not run: schemas not found');
  const unlessMissing = hasSchemas ? '' : ' (not run: schemas not found)';
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

  /** What Microsoft's schema has against it, in words. */
  function complaints(version: string, manifest: object): string {
    const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(schemaFile(version), 'utf8'));
    return ajv.validate(schema, manifest) ? '' : ajv.errorsText();
  }

  it.skipIf(!hasSchemas)(`is valid in every cloud by the schema that it names${unlessMissing}`, () => {
    for (const { path } of MANIFEST_FILES) {
      const kept = JSON.parse(readFileSync(join(root, path), 'utf8'));
      expect(complaints(kept.manifestVersion, kept), path).toBe('');
    }
    for (const cloud of TEAMS_CLOUDS) {
      const made = teamsManifest({ ...PLAIN, cloud, domain: 'bot.example.gov:8443', path: '/isso' });
      expect(complaints(made.manifestVersion, made), cloud).toBe('');
    }
  });

  it.skipIf(!hasSchemas)(
    `needs only another version and one property less for the older schema 1.19${unlessMissing}`,
    () => {
      const { supportsChannelFeatures, ...rest } = teamsManifest(PLAIN);
      expect(supportsChannelFeatures).toBe('tier1');
      expect(complaints('1.19', { ...rest, manifestVersion: '1.19' })).toBe('');
    },
  );

  it.skipIf(!hasSchemas)(
    `would be refused for a word too many, so that this test can fail${unlessMissing}`,
    () => {
      const manifest = teamsManifest({ ...PLAIN, cloud: 'gcch' });
      const tooLong = { ...manifest, name: { ...manifest.name, short: 'x'.repeat(31) } };
      expect(complaints('1.10', tooLong)).toContain('30 characters');
      expect(complaints('1.10', { ...manifest, supportsChannelFeatures: 'tier1' })).toContain('additional');
      expect(complaints('1.25', manifest)).not.toBe('');
    },
  );

  it('is of version 1.25 in the public cloud and GCC, and of 1.10 in GCC High and DoD', () => {
    const versions = TEAMS_CLOUDS.map((cloud) => teamsManifest({ ...PLAIN, cloud }).manifestVersion);
    expect(versions).toEqual(['1.25', '1.25', '1.10', '1.10']);
  });

  it('differs between the clouds only in what the older schema lacks or spells otherwise', () => {
    const bare = (manifest: TeamsManifest): unknown => {
      const { $schema, manifestVersion, supportsChannelFeatures, ...rest } = manifest;
      return JSON.parse(JSON.stringify(rest).replaceAll('"groupchat"', '"groupChat"'));
    };
    const [first, ...others] = TEAMS_CLOUDS.map((cloud) => bare(teamsManifest({ ...PLAIN, cloud })));
    for (const other of others) expect(other).toEqual(first);
  });

  it('has one bot and one message extension, both of the app itself, in the three scopes', () => {
    const { bots, composeExtensions, id } = teamsManifest(PLAIN);
    expect(id).toBe(APP_ID);
    expect(bots.map(({ botId, scopes }) => [botId, scopes])).toEqual([[APP_ID, [...SCOPES]]]);
    expect(composeExtensions.map(({ botId }) => botId)).toEqual([APP_ID]);
    expect(bots[0]).toMatchObject({ supportsFiles: false, isNotificationOnly: false });
    expect(teamsManifest({ ...PLAIN, cloud: 'dod' }).bots[0]?.scopes).toEqual([
      'personal',
      'team',
      'groupchat',
    ]);
  });

  it('names the commands of the message extension that the code knows', () => {
    const commands = teamsManifest(PLAIN).composeExtensions[0]?.commands ?? [];
    expect(commands.map(({ id, type, context }) => [id, type, context])).toEqual([
      [ACTIONS.fromMessage, 'action', ['message']],
      [ACTIONS.request, 'action', ['compose', 'commandBox']],
      [SEARCH, 'query', ['compose', 'commandBox']],
    ]);
    const actions = commands.filter(({ type }) => type === 'action');
    expect(actions.map(({ id }) => id)).toEqual([...COMPOSE_PRESSES.keys()]);
    expect(actions.every(({ fetchTask }) => fetchTask === true)).toBe(true);
    expect(commands.at(-1)?.parameters?.map(({ name }) => name)).toEqual([SEARCH_WORDS]);
  });

  it("has an action say what Slack's shortcut says", () => {
    expect(COMPOSE_PRESSES.get(ACTIONS.fromMessage)).toEqual(SHORTCUT_PRESSES.get(SHORTCUTS.fromMessage));
    expect(COMPOSE_PRESSES.get(ACTIONS.request)).toEqual(SHORTCUT_PRESSES.get(SHORTCUTS.request));
  });

  it('shows and signs in to no other host than the one of the bot', () => {
    const { staticTabs, validDomains, webApplicationInfo } = teamsManifest({ ...PLAIN, path: '/isso' });
    const address = `https://bot.example.gov/isso${PATHS.tab}`;
    expect(staticTabs).toEqual([{ ...TAB, contentUrl: address, websiteUrl: address, scopes: ['personal'] }]);
    expect(TAB.name.length).toBeLessThanOrEqual(16);
    expect(validDomains).toEqual(['bot.example.gov']);
    expect(webApplicationInfo).toEqual({ id: APP_ID, resource: `api://bot.example.gov/${APP_ID}` });
  });

  it('asks for nothing that would let the bot read along', () => {
    const manifest = teamsManifest(PLAIN);
    expect(manifest.permissions).toEqual(['identity', 'messageTeamMembers']);
    expect(manifest).not.toHaveProperty('authorization');
  });

  it('says how to hear less in words that the bot understands', () => {
    const { full } = teamsManifest(PLAIN).description;
    const quoted = [...full.matchAll(/"([^"]+)"/gu)].map(([, words = '']) => words);
    const today = '2026-12-01';
    const isUnderstood = (words: string): boolean =>
      (readWish(words, today)?.kind ?? 'unread') !== 'unread' ||
      readAccountWish(words) !== null ||
      readCommand(words) !== null;
    expect(quoted).toEqual(expect.arrayContaining(['settings', 'mute', 'unlink']));
    expect(quoted.filter((words) => !isUnderstood(words))).toEqual([]);
  });
});

type Place = Speaker['channel'];

describe('the menu of commands', () => {
  /** Where the bot hears what is said in each scope; a team has channels of the programme and others, a group chat is none. */
  const HEARD_IN: Readonly<Record<Scope, readonly Place[]>> = {
    personal: [null],
    team: ['ispg', 'issoaas', 'other'],
    groupChat: ['other'],
  };
  const AT_A_LOSS = [notUnderstood(), askMeDirectly(), programmeQuestionFallback()].map(words);
  const choose = async (bot: Bot, place: Place, title: string): Promise<string> => {
    const event = said('bo', title);
    const from: Speaker = { ...event.from, channel: place };
    const heard = await bot.receive({ ...event, from, ...(place === null ? {} : { calledByName: true }) });
    return heard.said.join('\n');
  };

  it('keeps within what the oldest clients show', () => {
    for (const scope of SCOPES) {
      const titles = MENU[scope].map(({ title }) => title);
      expect(titles.length).toBeLessThanOrEqual(10);
      expect(new Set(titles).size).toBe(titles.length);
      expect(titles.filter((title) => title.length > 32)).toEqual([]);
      expect(MENU[scope].filter(({ description }) => description.length > 128)).toEqual([]);
    }
  });

  it('has nothing personal where others read along', () => {
    const shared = [...MENU.team, ...MENU.groupChat].map(({ title }) => title);
    expect(
      shared.filter((title) => readView(title) !== null || readCommand(title)?.kind === 'status'),
    ).toEqual([]);
  });

  it.each(SCOPES)('is understood in the scope %s, each command of it', async (scope) => {
    for (const place of HEARD_IN[scope]) {
      for (const { title } of MENU[scope]) {
        const answered = await choose(await startBot(await openTestStore()), place, title);
        expect(answered, `${title} in ${place}`).not.toBe('');
        expect(AT_A_LOSS, `${title} in ${place}`).not.toContain(answered);
      }
    }
  });

  it('is at a loss with words that are in no menu, so that this test can fail', async () => {
    const bot = await startBot(await openTestStore());
    expect(AT_A_LOSS).toContain(await choose(bot, null, 'Sing a song'));
    expect(AT_A_LOSS).toContain(await choose(bot, 'issoaas', 'Sing a song'));
  });

  it('is no answer to the question of a form that is open', async () => {
    const bot = await startBot(await openTestStore());
    expect(await choose(bot, null, 'I need an ISSO')).toContain('Question 1 of');
    for (const { title } of MENU.personal) {
      expect(await choose(bot, null, title), title).not.toContain('Question 2 of');
    }
    expect(await choose(bot, null, 'Claims Hub')).toContain('Question 2 of');
  });
});

describe('docs/teams.md', () => {
  const page = readFileSync(join(root, 'docs/teams.md'), 'utf8');
  const readme = readFileSync(join(root, 'README.md'), 'utf8');

  it('says of each setting what it is for, and of each cloud where it is', () => {
    expect(Object.keys(teamsSettings).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    for (const cloud of TEAMS_CLOUDS) {
      const { serviceHosts, login } = hostsIn(cloud, null);
      for (const address of [...serviceHosts, new URL(login).host]) expect(page).toContain(address);
    }
  });

  it('sends people to addresses that the bot has', () => {
    for (const text of [page, readme]) expect(text).toContain(PATHS.messages);
    for (const address of [PATHS.tab, PATHS.tabData]) expect(page).toContain(address);
  });
});
