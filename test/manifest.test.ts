/** The Slack manifest: made from what the code listens to and calls, valid by Slack's schema, and kept as files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { slackSettings } from '../adapters/slack/config.ts';
import { type ManifestWishes, slackManifest } from '../adapters/slack/manifest.ts';
import {
  COMMAND,
  EVENTS,
  METHODS_WITHOUT_SCOPE,
  PATHS,
  SCOPES,
  SHORTCUTS,
  SOCKET_SCOPE,
  USER_SCOPES,
} from '../adapters/slack/surface.ts';
import { MANIFEST_FILES, readOrder } from '../scripts/slack-manifest.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const RENEW = 'to renew it: npm run slack:manifest -- --write';
const PLAIN: ManifestWishes = {
  publicUrl: 'https://bot.example.gov',
  cloud: 'commercial',
  socketMode: false,
  orgWide: false,
  oauth: false,
};
const BOTH = [false, true];
const VARIANTS: readonly ManifestWishes[] = (['commercial', 'gov'] as const).flatMap((cloud) =>
  BOTH.flatMap((socketMode) =>
    BOTH.flatMap((orgWide) => BOTH.map((oauth) => ({ ...PLAIN, cloud, socketMode, orgWide, oauth }))),
  ),
);

describe('the manifest files', () => {
  it.each(MANIFEST_FILES)('$path holds what the code makes', ({ path, text }) => {
    expect(JSON.parse(readFileSync(join(root, path), 'utf8')), RENEW).toEqual(JSON.parse(text));
  });

  it('are all of the folder', () => {
    const kept = readdirSync(join(root, 'manifest')).map((name) => `manifest/${name}`);
    expect(kept.filter((path) => /slack/u.test(path)).sort()).toEqual(
      MANIFEST_FILES.map(({ path }) => path).sort(),
    );
  });
});

describe('the manifest', () => {
  const schemaFile = join(root, '../shared/schemas/slack-manifest-2.0.0.schema.json');
  const hasSchema = existsSync(schemaFile);
  if (!hasSchema) console.warn('not run: schemas not found');

  it.skipIf(!hasSchema)(
    `is valid by Slack's schema in every variant${hasSchema ? '' : ' (not run: schemas not found)'}`,
    () => {
      const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
      const isValid = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
      for (const wishes of VARIANTS) {
        expect(isValid(slackManifest(wishes)), JSON.stringify(isValid.errors)).toBe(true);
      }
      const tooLong = { display_information: { name: 'x'.repeat(36) } };
      expect(isValid(tooLong)).toBe(false);
    },
  );

  it('names the command, the shortcuts, the scopes and the events that the code knows', () => {
    const { features, oauth_config, settings } = slackManifest(PLAIN);
    expect(features.slash_commands.map(({ command }) => command)).toEqual([COMMAND]);
    expect(features.shortcuts.map(({ callback_id, type }) => [callback_id, type])).toEqual([
      [SHORTCUTS.request, 'global'],
      [SHORTCUTS.fromMessage, 'message'],
    ]);
    expect([...oauth_config.scopes.bot].sort()).toEqual(Object.keys(SCOPES).sort());
    expect([...settings.event_subscriptions.bot_events].sort()).toEqual(Object.keys(EVENTS).sort());
  });

  it('has Slack call one address for everything', () => {
    const { features, settings } = slackManifest({ ...PLAIN, publicUrl: 'https://bot.example.gov/isso/' });
    const address = 'https://bot.example.gov/isso/slack/events';
    expect(settings.event_subscriptions.request_url).toBe(address);
    expect(settings.interactivity).toEqual({ is_enabled: true, request_url: address });
    expect(features.slash_commands[0]?.url).toBe(address);
  });

  it('holds no address at all with Socket Mode alone', () => {
    const manifest = slackManifest({ ...PLAIN, socketMode: true });
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(JSON.stringify(manifest)).not.toContain('http');
  });

  it('has addresses to come back to, and asks people for openid, only where workspaces install it over the web', () => {
    for (const socketMode of BOTH) {
      expect(slackManifest({ ...PLAIN, socketMode, oauth: true }).oauth_config).toMatchObject({
        redirect_urls: [
          `https://bot.example.gov${PATHS.installed}`,
          `https://bot.example.gov${PATHS.started}`,
        ],
        scopes: { user: [...USER_SCOPES] },
      });
      const without = slackManifest({ ...PLAIN, socketMode }).oauth_config;
      expect(without).not.toHaveProperty('redirect_urls');
      expect(without.scopes).not.toHaveProperty('user');
    }
  });

  it('differs for GovSlack in what it says of itself and in nothing that Slack acts on', () => {
    const [commercial, gov] = [slackManifest(PLAIN), slackManifest({ ...PLAIN, cloud: 'gov' })];
    expect(gov.display_information.long_description).toContain('GovSlack');
    expect({ ...gov, display_information: null }).toEqual({ ...commercial, display_information: null });
  });

  it('allows the whole organisation only when asked to, and never the scope that an app-level token has', () => {
    for (const wishes of VARIANTS) {
      const manifest = slackManifest(wishes);
      expect(manifest.settings.org_deploy_enabled).toBe(wishes.orgWide);
      expect(manifest.oauth_config.scopes.bot).not.toContain(SOCKET_SCOPE);
    }
  });
});

/** The methods of the Web API as Slack's own client has them. */
const KNOWN_METHODS = methodsOf(new WebClient());

/** `chat.postMessage` and its like: the names of the callable properties below `holder`. */
function methodsOf(holder: object, prefix = '', depth = 0): Set<string> {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(holder)) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof value === 'function' && prefix !== '') found.add(path);
    else if (typeof value === 'object' && value !== null && depth < 4) {
      for (const inner of methodsOf(value, path, depth + 1)) found.add(inner);
    }
  }
  return found;
}

/** Methods that `source` calls, named in quotes (`'chat.update'`) or as properties of the client (`web.chat.update(`). */
function methodsIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/(^|\s)\/\/[^\n]*/gu, '$1');
  const quoted = [...code.matchAll(/['"`]([a-z]\w*(?:\.\w+)+)['"`]/gu)].map(([, name = '']) => name);
  const called = [...code.matchAll(/\.([a-z]\w*(?:\.\w+)+)\s*\(/gu)].flatMap(([, chain = '']) => {
    const parts = chain.split('.');
    return parts.map((_part, from) => parts.slice(from).join('.'));
  });
  return [...quoted, ...called].filter((name) => KNOWN_METHODS.has(name));
}

describe('the scopes', () => {
  const folder = join(root, 'adapters/slack');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'surface.ts');
  const used = new Set(sources.flatMap((name) => methodsIn(readFileSync(join(folder, name), 'utf8'))));
  const uses = Object.entries(SCOPES);
  /** Until the adapter as a whole stands, nobody can say that a method is called nowhere. */
  const isJoinedUp = sources.includes('index.ts');
  const scoped = new Set<string>(uses.flatMap(([, { methods }]) => methods));
  const unscoped = new Set<string>(METHODS_WITHOUT_SCOPE);

  it("name only methods that Slack's Web API has, each in one place", () => {
    const named = [...scoped, ...unscoped];
    expect(named.filter((method) => !KNOWN_METHODS.has(method))).toEqual([]);
    expect([...scoped].filter((method) => unscoped.has(method))).toEqual([]);
  });

  it('cover every method that the code calls', () => {
    expect([...used].filter((method) => !scoped.has(method) && !unscoped.has(method))).toEqual([]);
  });

  it('name only events that the app subscribes to', () => {
    const named = uses.flatMap(([, { events }]) => [...events]);
    expect(named.filter((event) => !(event in EVENTS))).toEqual([]);
  });

  it.skipIf(!isJoinedUp)('each have an event, a feature or a method that the code does call', () => {
    const idle = uses.filter(([, use]) => {
      const hasMethod = use.methods.some((method) => used.has(method));
      return !hasMethod && use.events.length === 0 && !('features' in use);
    });
    expect(idle.map(([scope]) => scope)).toEqual([]);
  });

  it.skipIf(!isJoinedUp)('list no method that nothing calls', () => {
    expect([...scoped].filter((method) => !used.has(method))).toEqual([]);
  });

  it('are read out of code as it is written, so that this test can fail', () => {
    const called = methodsIn(`
      // 'reactions.add' in a comment counts for nothing, nor does files.map(one) or 'a.b'
      await call('chat.postMessage', {}); this.web.conversations.open({ users }); files.map(one); 'some.thing';
    `);
    expect(called).toEqual(['chat.postMessage', 'conversations.open']);
  });
});

describe('docs/slack.md', () => {
  const page = readFileSync(join(root, 'docs/slack.md'), 'utf8');
  const names = (wanted: readonly string[]) => wanted.filter((name) => !page.includes(`\`${name}\``));

  it('says of each scope, event and setting what it is for', () => {
    expect(names([...Object.keys(SCOPES), ...USER_SCOPES, SOCKET_SCOPE])).toEqual([]);
    expect(names(Object.keys(EVENTS))).toEqual([]);
    expect(names(Object.keys(slackSettings))).toEqual([]);
  });

  it('sends people to addresses that the bot has', () => {
    for (const address of [PATHS.events, PATHS.install, PATHS.start]) expect(page).toContain(address);
    const named = [...page.matchAll(/<PUBLIC_URL>([/\w]+)/gu)].map(([, path]) => path);
    expect(named.filter((path) => !Object.values<string | undefined>(PATHS).includes(path))).toEqual([]);
  });
});

describe('the command that prints it', () => {
  const asked = (words: readonly string[], address: string | null = null) =>
    readOrder(words, () => (address === null ? { address, note: 'no address' } : { address, note: null }));

  it('takes the address from --url first, then from the settings, and says so when there is none', () => {
    expect(asked(['--url', 'https://a.example.gov'], 'https://b.example.gov')).toMatchObject({
      wishes: { publicUrl: 'https://a.example.gov' },
      notes: [],
    });
    expect(asked([], 'https://b.example.gov')).toMatchObject({
      wishes: { publicUrl: 'https://b.example.gov' },
      notes: [],
    });
    expect(asked([])).toMatchObject({
      wishes: { publicUrl: 'https://bot.example.gov' },
      notes: ['no address'],
    });
  });

  it('needs no address for Socket Mode, and one again when workspaces install it over the web', () => {
    expect(asked(['--socket'], 'http://127.0.0.1:3978')).toMatchObject({ kind: 'print', notes: [] });
    expect(asked(['--socket', '--oauth'])).toMatchObject({ kind: 'print', notes: ['no address'] });
  });

  it('reads each flag', () => {
    expect(asked(['--gov', '--socket', '--org', '--oauth'], 'https://a.example.gov')).toMatchObject({
      wishes: { cloud: 'gov', socketMode: true, orgWide: true, oauth: true },
    });
    expect(asked(['--write'])).toEqual({ kind: 'write' });
  });

  it.each([
    [['--url', 'bot'], '--url must be an address'],
    [['--url', 'http://bot.example.gov'], '--url must begin with https://'],
    [['--url', 'https://bot.example.gov/?a=1'], 'without a user, a query or a # part'],
    [['--url', 'https://me@bot.example.gov'], 'without a user, a query or a # part'],
    [['--write', '--gov'], '--write goes with no other flag'],
    [['--guv'], "can't be read"],
    [['extra'], "can't be read"],
  ])('refuses %j in words', (words, problem) => {
    expect(asked(words)).toMatchObject({ kind: 'bad', problem: expect.stringContaining(problem) });
  });

  it('refuses a PUBLIC_URL that Slack would not call', () => {
    expect(asked([], 'http://127.0.0.1:3978')).toMatchObject({
      kind: 'bad',
      problem: expect.stringContaining('PUBLIC_URL must begin with https://'),
    });
  });
});
