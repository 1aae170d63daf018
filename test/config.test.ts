import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeSettings, isLoopback, parseConfig } from '../src/config.ts';
import { type Certificate, selfSigned } from './support/teams/certificate.ts';

type Environment = Readonly<Record<string, string | undefined>>;
const problems = (environment: Environment) => {
  const parsed = parseConfig(environment);
  return parsed.ok ? [] : parsed.problems;
};
const named = (environment: Environment): string[] => problems(environment).map(({ name }) => name);

describe('settings left out', () => {
  it('make a bot that anybody can start: console, embedded database, loopback', () => {
    expect(parseConfig({})).toEqual({
      ok: true,
      config: {
        port: 3978,
        host: '127.0.0.1',
        publicUrl: null,
        database: { kind: 'embedded', dataDir: '.data' },
        dataDir: '.data',
        rosterFile: null,
        demoProgramme: false,
        firstAdministrators: [],
        timeZone: 'America/New_York',
        businessHours: { from: '08:30', to: '17:00' },
        quietHours: { from: '18:00', to: '08:00' },
        closuresFile: null,
        digestTime: '09:00',
        kickoffMinutes: 60,
        incidentContact: 'the CMS IT Service Desk',
        logLevel: 'info',
        mail: null,
        mailbox: null,
        slack: null,
        teams: null,
        signIn: null,
        metricsToken: null,
        console: { on: true, startAt: null },
      },
    });
  });

  it('are the same as settings left empty', () => {
    const empty = Object.fromEntries(describeSettings().map(({ name }) => [name, '']));
    expect(parseConfig(empty)).toEqual(parseConfig({}));
    expect(parseConfig({ SLACK_BOT_TOKEN: '', SLACK_BOT_TOKNE: '' }).ok).toBe(true);
  });

  it('are never guessed from blanks: a port of blanks is no port of its own', () => {
    const parsed = parseConfig({ PORT: ' ' });
    expect(parsed.ok ? parsed.config.port : 3978).toBe(3978);
    expect(parseConfig({ PORT: ' ', DATA_DIR: ' ', KICKOFF_MINUTES: '\t' })).toEqual(parseConfig({}));
  });

  it('leave other programs’ variables alone', () => {
    expect(parseConfig({ PATH: '/usr/bin', HOME: '/home/me', SLACKER: 'x', CONSOLEX: 'y' }).ok).toBe(true);
  });
});

describe('settings that are set', () => {
  it('are read as what they are', () => {
    const parsed = parseConfig({
      PORT: '0',
      HOST: '127.0.0.2',
      PUBLIC_URL: 'https://bot.example.gov/isso//',
      DATABASE_URL: 'postgresql://me@db/bot',
      DATA_DIR: '/srv/bot',
      ROSTER_FILE: 'people.csv',
      PROGRAM_TIME_ZONE: 'America/Chicago',
      BUSINESS_HOURS: '08:00-16:30',
      QUIET_HOURS: '19:00-07:30',
      CLOSURES_FILE: 'closures.csv',
      DIGEST_TIME: '07:45',
      KICKOFF_MINUTES: '45',
      LOG_LEVEL: 'warn',
      CONSOLE: 'on',
      CONSOLE_START_AT: '2026-12-01T09:00:00-05:00',
    });
    expect(parsed).toEqual({
      ok: true,
      config: {
        port: 0,
        host: '127.0.0.2',
        publicUrl: 'https://bot.example.gov/isso',
        database: { kind: 'server', url: 'postgresql://me@db/bot' },
        dataDir: '/srv/bot',
        rosterFile: 'people.csv',
        demoProgramme: false,
        firstAdministrators: [],
        timeZone: 'America/Chicago',
        businessHours: { from: '08:00', to: '16:30' },
        quietHours: { from: '19:00', to: '07:30' },
        closuresFile: 'closures.csv',
        digestTime: '07:45',
        kickoffMinutes: 45,
        incidentContact: 'the CMS IT Service Desk',
        logLevel: 'warn',
        mail: null,
        mailbox: null,
        slack: null,
        teams: null,
        signIn: null,
        metricsToken: null,
        console: { on: true, startAt: new Date('2026-12-01T14:00:00Z') },
      },
    });
  });

  it('load the demo programme where it is wanted, and never beside real people', () => {
    const wants = (more: Readonly<Record<string, string>>): boolean | null => {
      const parsed = parseConfig({ DEMO_PROGRAM: 'on', ...more });
      return parsed.ok ? parsed.config.demoProgramme : null;
    };
    expect(wants({})).toBe(true);
    expect(wants({ DATABASE_URL: 'postgresql://me@db/bot' })).toBe(true);
    expect(wants({ ROSTER_FILE: 'people.csv' })).toBe(false);
    expect(wants({ CONSOLE: 'off' })).toBe(false);
    const slack = {
      SLACK_BOT_TOKEN: 'xoxb-1-abc',
      SLACK_SIGNING_SECRET: 'a-signing-secret',
      SLACK_ISPG_CHANNEL: 'C0ISPG',
      SLACK_PROGRAM_CHANNEL: 'C0PROGRAM',
    };
    expect(wants({ ...slack, CONSOLE: 'on' })).toBe(false);
    expect(wants({ DEMO_PROGRAM: 'off' })).toBe(false);
    expect(wants({ DEMO_PROGRAM: 'yes' })).toBe(null);
  });

  it.each([
    ['PORT', ['abc', '-1', '65536', '1.5', '80 80', '0x50', '1e3', '+80']],
    ['PUBLIC_URL', ['bot.example.gov', 'ftp://bot.example.gov', 'https://']],
    ['DATABASE_URL', ['mysql://db', 'db', 'http://db']],
    ['PROGRAM_TIME_ZONE', ['EST5', 'New York', 'America/Nowhere']],
    ['BUSINESS_HOURS', ['9-5', '17:00-08:30', '08:30-08:30', '08:30 - 17:00', '25:00-26:00']],
    ['QUIET_HOURS', ['6pm-8am', '18:00', '18:00-18:00', '24:00-08:00']],
    ['DIGEST_TIME', ['9', '9:00', '24:00', 'nine']],
    ['KICKOFF_MINUTES', ['14', '241', 'an hour', '30.5', '0x3c']],
    ['LOG_LEVEL', ['verbose', 'INFO']],
    ['CONSOLE', ['yes', 'true']],
    ['CONSOLE_START_AT', ['2026-12-01', '2026-12-01T09:00:00', 'tomorrow', '2026-02-30T09:00:00-05:00']],
  ] as const)('%s is refused by name with a mend when it makes no sense', (name, values) => {
    for (const value of values) {
      const found = problems({ [name]: value });
      expect(
        found.map((each) => each.name),
        value,
      ).toContain(name);
      expect(
        found
          .filter((each) => each.name === name)
          .every(({ mend }) => mend.length > 10 && !mend.startsWith('Invalid')),
        value,
      ).toBe(true);
    }
  });
});

describe('what is said of settings that need mending', () => {
  const many: Environment = {
    PORT: 'abc',
    HOST: '0.0.0.0',
    DIGEST_TIME: 'nine',
    LOG_LEVEL: 'loud',
    PROGRAM_TIME_ZONE: 'Mars',
    SLACK_BOT_TOKEN: 'xoxp-secret-1',
    TEAMS_APP_PASSWORD: 'hush 2',
    SLACK_BOT_TOKNE: 'secret-3',
    CONSOLE_STAR_AT: 'secret-4',
    DATABASE_URL: 'mysql://me:secret-5@db/bot',
  };

  it('names every one at once', () => {
    const missing = [
      'SLACK_SIGNING_SECRET',
      'SLACK_ISPG_CHANNEL',
      'SLACK_PROGRAM_CHANNEL',
      'TEAMS_APP_ID',
      'TEAMS_TENANT_ID',
      'TEAMS_ISPG_CHANNEL',
      'TEAMS_PROGRAM_CHANNEL',
    ];
    expect(new Set(named({ ...many, CONSOLE: 'on' }))).toEqual(new Set([...Object.keys(many), ...missing]));
  });

  it('never repeats a value, since it may be a secret', () => {
    const text = JSON.stringify(problems(many));
    for (const value of ['secret-', 'hush', 'xoxp', 'abc', '0.0.0.0', 'nine', 'loud', 'Mars', 'mysql'])
      expect(text).not.toContain(value);
  });

  it.each([
    ['SLACK_BOT_TOKNE', 'SLACK_BOT_TOKEN'],
    ['SLACK_SIGNINGSECRET', 'SLACK_SIGNING_SECRET'],
    ['TEAMS_APPID', 'TEAMS_APP_ID'],
    ['TEAMS_TENANT', 'TEAMS_TENANT_ID'],
    ['CONSOLE_START', 'CONSOLE_START_AT'],
    ['CONSOLE_STARTAT', 'CONSOLE_START_AT'],
    ['CONSOLE_ON', 'CONSOLE'],
  ])('takes %s for a likely typo of %s', (typo, meant) => {
    const [only] = problems({ [typo]: 'x' });
    expect(only?.name).toBe(typo);
    expect(only?.mend).toMatch(new RegExp(`did you mean ${meant}\\?`, 'u'));
  });

  it('names an unknown setting of a platform without guessing when nothing is near', () => {
    const [only] = problems({ SLACK_WORKFLOW_STEPS_ENABLED_FOR_EVERYBODY: 'x' });
    expect(only?.name).toBe('SLACK_WORKFLOW_STEPS_ENABLED_FOR_EVERYBODY');
    expect(only?.mend).not.toContain('did you mean');
  });
});

describe('where the console may be served', () => {
  it('is this machine only', () => {
    for (const HOST of ['0.0.0.0', '::', '192.168.1.5', 'bot.example.gov', '127.0.0.1.example.com']) {
      expect(named({ HOST }), HOST).toEqual(['HOST']);
    }
    for (const HOST of ['127.0.0.1', '127.1.2.3', 'localhost', '::1'])
      expect(parseConfig({ HOST }).ok, HOST).toBe(true);
  });

  it('is anywhere once the console is off', () => {
    expect(parseConfig({ HOST: '0.0.0.0', CONSOLE: 'off' }).ok).toBe(true);
  });

  it('knows addresses of this machine from look-alikes', () => {
    for (const host of ['127.0.0.1', '127.255.255.254', 'localhost', '::1'])
      expect(isLoopback(host), host).toBe(true);
    for (const host of ['127.0.0.1.evil.example', '0.0.0.0', '128.0.0.1', '', 'localhost.evil.example'])
      expect(isLoopback(host), host).toBe(false);
  });
});

describe('a kickoff', () => {
  it('must fit into the business hours', () => {
    expect(named({ BUSINESS_HOURS: '09:00-09:45', KICKOFF_MINUTES: '60' })).toEqual(['KICKOFF_MINUTES']);
    expect(named({ BUSINESS_HOURS: '09:30-10:29' })).toEqual(['KICKOFF_MINUTES']);
    expect(parseConfig({ BUSINESS_HOURS: '09:00-10:00', KICKOFF_MINUTES: '60' }).ok).toBe(true);
  });
});

describe('Slack', () => {
  const ONE: Environment = {
    SLACK_BOT_TOKEN: 'xoxb-1-abc',
    SLACK_SIGNING_SECRET: 'a-signing-secret',
    SLACK_ISPG_CHANNEL: 'C0ISPG',
    SLACK_PROGRAM_CHANNEL: 'C0PROGRAM',
  };
  const SEVERAL: Environment = {
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'a-client-secret',
    SLACK_STATE_SECRET: 'a-state-secret-that-nobody-can-guess',
    SLACK_SIGNING_SECRET: 'a-signing-secret',
    SLACK_ISPG_CHANNEL: 'T0CMS/C0ISPG',
    SLACK_PROGRAM_CHANNEL: 'T0CMS/C0PROGRAM',
    PUBLIC_URL: 'https://bot.example.gov',
  };
  const slackOf = (environment: Environment) => {
    const parsed = parseConfig(environment);
    return parsed.ok ? parsed.config.slack : null;
  };

  it('is one workspace by its bot token, over HTTP', () => {
    expect(slackOf(ONE)).toEqual({
      cloud: 'commercial',
      apiUrl: 'https://slack.com/api/',
      transport: { kind: 'http', signingSecret: 'a-signing-secret' },
      access: { kind: 'token', botToken: 'xoxb-1-abc' },
      channels: {
        ispg: { workspace: null, channel: 'C0ISPG' },
        issoaas: { workspace: null, channel: 'C0PROGRAM' },
      },
      trusted: null,
    });
  });

  it('is Socket Mode with an app-level token, whether there is a signing secret or not', () => {
    const { SLACK_SIGNING_SECRET: _none, ...rest } = ONE;
    const socket = { kind: 'socket', appToken: 'xapp-1-abc' };
    expect(slackOf({ ...rest, SLACK_APP_TOKEN: 'xapp-1-abc' })?.transport).toEqual(socket);
    expect(slackOf({ ...ONE, SLACK_APP_TOKEN: 'xapp-1-abc' })?.transport).toEqual(socket);
  });

  it('is several workspaces by client id and secrets', () => {
    expect(slackOf(SEVERAL)).toMatchObject({
      access: { kind: 'oauth', clientId: '1.2' },
      channels: { ispg: { workspace: 'T0CMS', channel: 'C0ISPG' } },
      trusted: ['T0CMS', 'T0CMS'],
    });
    expect(slackOf({ ...SEVERAL, SLACK_WORKSPACES: 'E0HHS,T0OTHER' })?.trusted).toContain('E0HHS');
    expect(named({ ...SEVERAL, SLACK_WORKSPACES: 'cms' })).toEqual(['SLACK_WORKSPACES']);
  });

  it('is GovSlack by one setting, and any gateway by another', () => {
    expect(slackOf({ ...ONE, SLACK_CLOUD: 'gov' })?.apiUrl).toBe('https://slack-gov.com/api/');
    expect(slackOf({ ...ONE, SLACK_API_URL: 'https://gateway.example.gov/slack/api' })?.apiUrl).toBe(
      'https://gateway.example.gov/slack/api/',
    );
    expect(slackOf({ ...ONE, SLACK_API_URL: 'http://127.0.0.1:4000/api/' })?.apiUrl).toBe(
      'http://127.0.0.1:4000/api/',
    );
    expect(named({ ...ONE, SLACK_API_URL: 'http://gateway.example.gov/api/' })).toEqual(['SLACK_API_URL']);
    expect(named({ ...ONE, SLACK_CLOUD: 'moon' })).toEqual(['SLACK_CLOUD']);
  });

  it('half set up stops the start with every missing name', () => {
    for (const whole of [ONE, SEVERAL])
      for (const left of Object.keys(whole)) {
        const { [left]: _out, ...rest } = whole;
        // Any of the three that install stands for all of them; without one, what is missing is named all the same.
        expect(named(rest), left).toContain(left);
      }
    expect(new Set(named({ SLACK_APP_TOKEN: 'xapp-1-abc' }))).toEqual(
      new Set(['SLACK_BOT_TOKEN', 'SLACK_ISPG_CHANNEL', 'SLACK_PROGRAM_CHANNEL']),
    );
    expect(named({ SLACK_CLOUD: 'gov' })).toContain('SLACK_BOT_TOKEN');
  });

  it('can not be one workspace and several, and names the workspace of a channel where there are several', () => {
    expect(named({ ...SEVERAL, SLACK_BOT_TOKEN: 'xoxb-1-abc' })).toEqual(['SLACK_BOT_TOKEN']);
    expect(named({ ...SEVERAL, SLACK_ISPG_CHANNEL: 'C0ISPG' })).toEqual(['SLACK_ISPG_CHANNEL']);
  });

  it('takes no token for another, and switches the console off', () => {
    expect(named({ ...ONE, SLACK_BOT_TOKEN: 'xoxp-1-abc' })).toEqual(['SLACK_BOT_TOKEN']);
    expect(named({ ...ONE, SLACK_APP_TOKEN: 'xoxb-1-abc' })).toEqual(['SLACK_APP_TOKEN']);
    const parsed = parseConfig(ONE);
    expect(parsed.ok && parsed.config.console.on).toBe(false);
  });
});

describe('Teams', () => {
  const APP: Environment = {
    TEAMS_APP_ID: '15500b07-AAAA-4bbb-8ccc-dddd0000eeee',
    TEAMS_APP_PASSWORD: 'a-client-secret',
    TEAMS_TENANT_ID: '72F0C0DE-1111-4222-8333-444455556666',
    TEAMS_ISPG_CHANNEL: '19:ispgChannel_0001@thread.tacv2',
    TEAMS_PROGRAM_CHANNEL: '19:programme-0001@thread.skype',
  };
  const teamsOf = (environment: Environment) => {
    const parsed = parseConfig(environment);
    return parsed.ok ? parsed.config.teams : null;
  };
  const mends = (environment: Environment): string =>
    problems(environment)
      .map(({ mend }) => mend)
      .join('\n');

  it('is one app of one tenant, by its secret, in the public cloud', () => {
    expect(teamsOf(APP)).toEqual({
      cloud: 'public',
      app: {
        id: '15500b07-aaaa-4bbb-8ccc-dddd0000eeee',
        tenantId: '72f0c0de-1111-4222-8333-444455556666',
        credential: { kind: 'password', password: 'a-client-secret' },
      },
      channels: { ispg: '19:ispgChannel_0001@thread.tacv2', issoaas: '19:programme-0001@thread.skype' },
      standIn: null,
    });
  });

  it('is another cloud by one setting, and nothing by any other word', () => {
    for (const cloud of ['public', 'gcc', 'gcch', 'dod'])
      expect(teamsOf({ ...APP, TEAMS_CLOUD: cloud })?.cloud).toBe(cloud);
    for (const cloud of ['moon', 'GCCH', 'gov', 'gcc-high'])
      expect(named({ ...APP, TEAMS_CLOUD: cloud })).toEqual(['TEAMS_CLOUD']);
  });

  it('switches the console off, unless it is wanted', () => {
    const parsed = parseConfig(APP);
    expect(parsed.ok && parsed.config.console.on).toBe(false);
    const both = parseConfig({ ...APP, CONSOLE: 'on' });
    expect(both.ok && both.config.console.on).toBe(true);
  });

  it('half set up stops the start with every missing name', () => {
    for (const left of Object.keys(APP)) {
      const { [left]: _out, ...rest } = APP;
      expect(named(rest), left).toEqual([left]);
      expect(mends(rest)).toMatch(/^must be set as well, since TEAMS_\w+ is/u);
    }
    const all = [...Object.keys(APP)].sort();
    expect(named({ TEAMS_CLOUD: 'gcch' }).sort()).toEqual(all);
    expect(mends({ TEAMS_CLOUD: 'gcch' })).toContain('TEAMS_CERTIFICATE_FILE in its place');
    const blank = Object.fromEntries(Object.keys(APP).map((name) => [name, '  ']));
    expect(named({ ...blank, TEAMS_APP_ID: APP.TEAMS_APP_ID }).sort()).toEqual(
      all.filter((name) => name !== 'TEAMS_APP_ID'),
    );
  });

  it('needs no channels of its own where the programme has them in Slack', () => {
    const slack = {
      SLACK_BOT_TOKEN: 'xoxb-1-abc',
      SLACK_SIGNING_SECRET: 'a-signing-secret',
      SLACK_ISPG_CHANNEL: 'C0ISPG',
      SLACK_PROGRAM_CHANNEL: 'C0PROGRAM',
    };
    const { TEAMS_ISPG_CHANNEL: _ispg, TEAMS_PROGRAM_CHANNEL: _programme, ...personal } = APP;
    expect(teamsOf({ ...slack, ...personal })?.channels).toEqual({ ispg: null, issoaas: null });
  });

  it.each([
    [
      'TEAMS_APP_ID',
      ['x', '15500b07', '15500b07-aaaa-4bbb-8ccc-dddd0000eeee0', '{15500b07-aaaa-4bbb-8ccc-dddd0000eeee}'],
    ],
    ['TEAMS_TENANT_ID', ['cms.example.gov', 'common', '72f0c0de11114222833344445555666']],
    ['TEAMS_APP_PASSWORD', ['short', 'has a blank in it', 'x'.repeat(201), 'gehëim-gehëim', 'line\nbreak']],
    [
      'TEAMS_ISPG_CHANNEL',
      [
        '#ispg',
        'ispg',
        '19:abc@thread.tacv2',
        '19:chatOfSomebody0001@thread.v2',
        '29:user',
        '19:a b c d e f g@thread.tacv2',
      ],
    ],
    [
      'TEAMS_PROGRAM_CHANNEL',
      [
        '19:programme-0001@thread.tacv2;messageid=1',
        'https://teams.microsoft.com/l/channel/19%3Aabc',
        '19%3Abroken%E0%A4%A%40thread.tacv2',
        '19%253Atwice0001%2540thread.tacv2',
      ],
    ],
    ['TEAMS_LOCAL', ['yes', 'true', 'ON']],
    [
      'TEAMS_STAND_IN',
      [
        'https://127.0.0.1:4000',
        'http://bot.example.gov',
        'http://10.0.0.1:4000',
        'http://me@localhost',
        'x',
      ],
    ],
  ] as const)('%s is refused by name, with a mend and without its value', (name, values) => {
    for (const value of values) {
      const found = problems({ ...APP, [name]: value });
      expect(
        found.map((each) => each.name),
        value,
      ).toEqual([name]);
      expect(found[0]?.mend, value).toMatch(/^must be .{9,}/u);
      expect(found[0]?.mend).not.toContain(value);
    }
  });

  it('takes a channel as its link has it, plain or escaped', () => {
    for (const [written, id] of [
      ['19%3AispgChannel_0001%40thread.tacv2', '19:ispgChannel_0001@thread.tacv2'],
      ['19%3aispgChannel_0001%40thread.skype', '19:ispgChannel_0001@thread.skype'],
      ['19:ispgChannel_0001%40thread.tacv2', '19:ispgChannel_0001@thread.tacv2'],
    ])
      expect(teamsOf({ ...APP, TEAMS_ISPG_CHANNEL: written })?.channels.ispg).toBe(id);
  });

  it('refuses to be of two clouds, by the names that Microsoft’s samples use', () => {
    const names = {
      ChannelService: ['https://botframework.azure.us', ''],
      BotOpenIdMetadata: [
        'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
        'https://login.botframework.com/v1/.well-known/openidconfiguration',
      ],
      ToChannelFromBotLoginUrl: ['https://login.microsoftonline.us/x', 'https://login.microsoftonline.com/x'],
      ToChannelFromBotOAuthScope: [
        'https://api.botframework.us/.default',
        'https://api.botframework.com/.default',
      ],
      ToBotFromChannelTokenIssuer: ['https://api.botframework.us', 'https://api.botframework.com'],
    };
    for (const [name, [government = '', commercial = '']] of Object.entries(names))
      for (const [cloud, isGovernment] of [
        ['public', false],
        ['gcc', false],
        ['gcch', true],
        ['dod', true],
      ] as const) {
        const right = isGovernment ? government : commercial;
        const wrong = isGovernment ? commercial : government;
        expect(named({ ...APP, TEAMS_CLOUD: cloud, [name]: right }), `${cloud} ${name}`).toEqual([]);
        if (wrong === '') continue;
        expect(named({ ...APP, TEAMS_CLOUD: cloud, [name]: wrong }), `${cloud} ${name}`).toEqual([name]);
        expect(mends({ ...APP, TEAMS_CLOUD: cloud, [name]: wrong })).toContain(`TEAMS_CLOUD (${cloud})`);
      }
    expect(named({ ...APP, TEAMS_CLOUD: 'gcch', ChannelService: 'https://botframework.com' })).toEqual([
      'ChannelService',
    ]);
    // Where there is no Teams, they are other programs' business.
    expect(named({ ChannelService: 'https://botframework.azure.us' })).toEqual([]);
  });

  it('lets a stand-in for the cloud be asked on this machine alone', () => {
    expect(teamsOf({ ...APP, TEAMS_STAND_IN: 'http://127.0.0.1:4000//' })?.standIn).toBe(
      'http://127.0.0.1:4000',
    );
    const open = { ...APP, TEAMS_STAND_IN: 'http://127.0.0.1:4000', HOST: '0.0.0.0' };
    expect(named(open)).toEqual(['TEAMS_STAND_IN']);
  });

  describe('by a certificate', () => {
    const { TEAMS_APP_PASSWORD: _none, ...noSecret } = APP;
    let folder: string;
    let own: Certificate;
    let other: Certificate;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'isso-certificate-'));
      own = selfSigned();
      other = selfSigned();
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    const withFile = (text: string): Environment => {
      const file = join(folder, 'certificate.pem');
      writeFileSync(file, text);
      return { ...noSecret, TEAMS_CERTIFICATE_FILE: file };
    };

    it('is known by a file with both, in any order and whatever stands around them', () => {
      for (const text of [
        `${own.certificate}${own.privateKey}`,
        `${own.privateKey}${own.certificate}`,
        `Bag Attributes\n  friendlyName: bot\n${own.privateKey}\n\nsubject=CN = bot\n${own.certificate}`,
        `${own.certificate}${own.privateKey}`.replaceAll('\n', '\r\n'),
      ])
        expect(teamsOf(withFile(text))?.app?.credential).toMatchObject({
          kind: 'certificate',
          certificate: expect.stringContaining('BEGIN CERTIFICATE'),
          privateKey: expect.stringContaining('PRIVATE KEY'),
          thumbprint: expect.stringMatching(/^[0-9A-F]{64}$/u),
        });
    });

    it('is not known by a file that can’t be used, and nothing of it is said', () => {
      const encrypted = generateKeyPairSync('rsa', {
        modulusLength: 2_048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' },
      }).privateKey;
      const ec = selfSigned('ec');
      for (const [text, mend] of [
        ['', 'unencrypted private key'],
        ['not a certificate', 'unencrypted private key'],
        [own.certificate, 'unencrypted private key'],
        [own.privateKey, 'unencrypted private key'],
        [`${own.certificate}${encrypted}`, 'unencrypted private key'],
        [`${own.certificate}${other.privateKey}`, 'belongs to its certificate'],
        [`${ec.certificate}${ec.privateKey}`, 'an RSA key'],
        [`${own.certificate.replace(/\n.{20}/u, '\n')}${own.privateKey}`, 'that can be read'],
        [`${own.certificate}${own.privateKey.replace(/\n.{20}/u, '\n')}`, 'that can be read'],
      ] as const) {
        const environment = withFile(text);
        expect(named(environment)).toEqual(['TEAMS_CERTIFICATE_FILE']);
        expect(mends(environment)).toContain(mend);
        expect(mends(environment)).not.toMatch(/BEGIN|MII|isso-certificate/u);
      }
      for (const file of [join(folder, 'no-such-file.pem'), folder]) {
        expect(named({ ...noSecret, TEAMS_CERTIFICATE_FILE: file })).toEqual(['TEAMS_CERTIFICATE_FILE']);
        expect(mends({ ...noSecret, TEAMS_CERTIFICATE_FILE: file })).toBe('must be a file that can be read');
      }
    });

    it('is one way of two: a secret beside it is one too many', () => {
      const both = {
        ...withFile(`${own.certificate}${own.privateKey}`),
        TEAMS_APP_PASSWORD: 'a-client-secret',
      };
      expect(named(both)).toEqual(['TEAMS_APP_PASSWORD']);
      expect(mends(both)).toContain('TEAMS_CERTIFICATE_FILE');
    });
  });
});

describe('the table of settings', () => {
  it('has a meaning for each, and a default for each that has one', () => {
    for (const { name, meaning } of describeSettings()) expect(meaning.length, name).toBeGreaterThan(5);
    const defaults = Object.fromEntries(describeSettings().map(({ name, standard }) => [name, standard]));
    expect(defaults).toMatchObject({
      PORT: '3978',
      HOST: '127.0.0.1',
      CONSOLE: 'auto',
      DATABASE_URL: '',
      ROSTER_FILE: '',
    });
  });
});

describe('FIRST_ADMINISTRATORS', () => {
  it('lists mailboxes with commas between, in small letters', () => {
    const parsed = parseConfig({ FIRST_ADMINISTRATORS: 'Dana.Guthrie@example.gov, ada@example.gov' });
    expect(parsed.ok && parsed.config.firstAdministrators).toEqual([
      'dana.guthrie@example.gov',
      'ada@example.gov',
    ]);
  });

  it('names nobody by anything else', () => {
    expect(named({ FIRST_ADMINISTRATORS: 'Dana Guthrie' })).toEqual(['FIRST_ADMINISTRATORS']);
    expect(named({ FIRST_ADMINISTRATORS: 'dana@example.gov,admin' })).toEqual(['FIRST_ADMINISTRATORS']);
  });
});
