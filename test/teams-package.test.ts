/** The package of the Teams app: its icons, what is in it, and the command that makes it. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type ManifestWishes, teamsManifest } from '../adapters/teams/manifest.ts';
import { manifestText, PLACEHOLDERS, VERSION } from '../scripts/teams-manifest.ts';
import { nextSteps, packageBytes, readPackageOrder } from '../scripts/teams-package.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const APP_ID = '11111111-2222-3333-4444-555555555555';
const PLAIN: ManifestWishes = { cloud: 'public', appId: APP_ID, domain: 'bot.example.gov', version: '1.2.3' };

describe('the icons of the Teams app', () => {
  const icon = (name: string) => readPng(readFileSync(join(root, 'manifest/teams', name)));

  it('are as large as Teams wants them', () => {
    expect(icon('color.png')).toMatchObject({ width: 192, height: 192 });
    expect(icon('outline.png')).toMatchObject({ width: 32, height: 32 });
  });

  it('are in full colour up to the edge, and white lines on nothing', () => {
    expect(icon('color.png').pixels.filter(([, , , alpha]) => alpha !== 255)).toEqual([]);
    const { pixels } = icon('outline.png');
    const seen = pixels.filter(([, , , alpha]) => alpha > 0);
    expect(seen.filter(([red, green, blue]) => red !== 255 || green !== 255 || blue !== 255)).toEqual([]);
    expect(seen.length).toBeGreaterThan(100);
    expect(pixels.length - seen.length).toBeGreaterThan(300);
  });

  it('are made from sources with the accent colour of the manifest', () => {
    const source = readFileSync(join(root, 'manifest/teams/color.svg'), 'utf8');
    expect(source).toContain(teamsManifest(PLAIN).accentColor);
  });
});

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** A PNG of eight bits a channel, without interlacing: its size and its pixels, line by line. */
function readPng(file: Buffer): { width: number; height: number; pixels: Pixel[] } {
  const chunks: Buffer[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      chunks.push(file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const [depth, colours, interlaced] = [file[24], file[25], file[28]];
  if (depth !== 8 || interlaced !== 0 || (colours !== 2 && colours !== 6))
    throw new Error('Another kind of PNG.');
  const each = colours === 6 ? 4 : 3;
  const bytes = unfiltered(inflateSync(Buffer.concat(chunks)), width * each, each);
  const pixels = Array.from({ length: width * height }, (_, index): Pixel => {
    const [red = 0, green = 0, blue = 0, alpha = 255] = bytes.subarray(index * each, (index + 1) * each);
    return [red, green, blue, alpha];
  });
  return { width, height, pixels };
}

/** The lines of a PNG with their filters undone (w3.org/TR/png-3, part 9). */
function unfiltered(raw: Buffer, lineBytes: number, each: number): Buffer {
  const lines = raw.length / (lineBytes + 1);
  const out = Buffer.alloc(lines * lineBytes);
  for (let line = 0; line < lines; line += 1) {
    const filter = raw[line * (lineBytes + 1)] ?? 0;
    for (let x = 0; x < lineBytes; x += 1) {
      const at = line * lineBytes + x;
      const left = x < each ? 0 : (out[at - each] ?? 0);
      const up = line === 0 ? 0 : (out[at - lineBytes] ?? 0);
      const corner = x < each || line === 0 ? 0 : (out[at - lineBytes - each] ?? 0);
      const guesses = [0, left, up, (left + up) >> 1, nearest(left, up, corner)];
      out[at] = (raw[line * (lineBytes + 1) + 1 + x] ?? 0) + (guesses[filter] ?? 0);
    }
  }
  return out;
}

/** Paeth's guess: whichever neighbour is nearest to left and up less the corner. */
function nearest(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

describe('the package of the Teams app', () => {
  const SET = {
    TEAMS_APP_ID: APP_ID.toUpperCase(),
    TEAMS_CLOUD: 'gcch',
    PUBLIC_URL: 'https://bot.example.gov/',
  };
  const packed = (words: readonly string[], environment: Record<string, string> = {}) => {
    const order = readPackageOrder(words, environment);
    if (order.kind !== 'pack') throw new Error(order.problems.join(' '));
    return order;
  };
  const problemsOf = (words: readonly string[], environment: Record<string, string> = {}) => {
    const order = readPackageOrder(words, environment);
    return order.kind === 'bad' ? order.problems : [];
  };

  it('holds the manifest and the two icons that it names, at its root', () => {
    const files = unzipSync(packageBytes(PLAIN));
    const { icons } = teamsManifest(PLAIN);
    expect(Object.keys(files).sort()).toEqual([icons.color, 'manifest.json', icons.outline].sort());
    expect(strFromU8(files['manifest.json'] ?? new Uint8Array())).toBe(manifestText(PLAIN));
    for (const name of Object.values(icons))
      expect(Buffer.from(files[name] ?? []).equals(readFileSync(join(root, 'manifest/teams', name)))).toBe(
        true,
      );
  });

  it('is the same, byte by byte, in every time zone', () => {
    const here = process.env.TZ;
    try {
      const made = ['Pacific/Kiritimati', 'UTC', 'America/Los_Angeles'].map((zone) => {
        process.env.TZ = zone;
        return Buffer.from(packageBytes(PLAIN)).toString('base64');
      });
      expect(new Set(made).size).toBe(1);
    } finally {
      if (here === undefined) delete process.env.TZ;
      else process.env.TZ = here;
    }
  });

  it('is made by the settings of the bot, with the version of the project', () => {
    expect(packed([], SET)).toEqual({
      kind: 'pack',
      wishes: { cloud: 'gcch', appId: APP_ID, domain: 'bot.example.gov', version: VERSION },
      file: 'isso-teams-gcch.zip',
    });
  });

  it('takes flags before settings, and a blank setting for none', () => {
    const flags = [
      '--cloud',
      'dod',
      '--url',
      'https://dod.example.mil:8443/isso/',
      '--app-id',
      PLACEHOLDERS.appId,
    ];
    expect(packed([...flags, '--out', 'here/app.zip'], SET)).toEqual({
      kind: 'pack',
      wishes: {
        cloud: 'dod',
        appId: PLACEHOLDERS.appId,
        domain: 'dod.example.mil:8443',
        path: '/isso',
        version: VERSION,
      },
      file: 'here/app.zip',
    });
    expect(packed([], { ...SET, TEAMS_CLOUD: ' ' }).wishes.cloud).toBe('public');
  });

  it('says everything that is missing at once', () => {
    expect(problemsOf([])).toEqual([
      'The application (client) id of the Azure Bot is missing. Set TEAMS_APP_ID or give --app-id.',
      'The public address of the bot is missing. Set PUBLIC_URL or give --url.',
    ]);
  });

  it('says everything that is wrong at once, by the name under which it was given, and repeats no value', () => {
    const settings = { TEAMS_APP_ID: 'secret-1', TEAMS_CLOUD: 'secret-2', PUBLIC_URL: 'http://secret-3' };
    const found = problemsOf([], settings);
    expect(found.map((problem) => problem.split(' ')[0])).toEqual([
      'TEAMS_APP_ID',
      'TEAMS_CLOUD',
      'PUBLIC_URL',
    ]);
    expect(found.join(' ')).not.toContain('secret');
    const flagged = problemsOf(['--app-id', 'x', '--cloud', 'gov', '--url', 'bot', '--out', 'app'], SET);
    expect(flagged.map((problem) => problem.split(' ')[0])).toEqual([
      '--app-id',
      '--cloud',
      '--url',
      '--out',
    ]);
  });

  it.each([
    [['--url', 'bot'], '--url must be an address'],
    [['--url', 'http://bot.example.gov'], '--url must begin with https://'],
    [['--url', 'https://bot.example.gov/?a=1'], 'without a user, a query or a # part'],
    [['--url', 'https://me@bot.example.gov'], 'without a user, a query or a # part'],
    [['--cloud', 'gov'], '--cloud must be public, gcc, gcch or dod'],
    [['--app-id', 'mine'], '--app-id must be the application (client) id'],
    [['--out', 'app.json'], '--out must name a .zip file'],
    [['--guv'], "can't be read"],
    [['extra'], "can't be read"],
  ])('refuses %j in words', (words, problem) => {
    expect(problemsOf(words, SET)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    ['public', 'https://admin.teams.microsoft.com'],
    ['gcc', 'https://admin.teams.microsoft.com'],
    ['gcch', 'https://admin.gov.teams.microsoft.us'],
    ['dod', 'https://admin.dod.teams.microsoft.us'],
  ] as const)('is uploaded in the admin center of its own cloud: %s', (cloud, address) => {
    const steps = nextSteps({ ...PLAIN, cloud });
    expect(steps.match(/https:[^\s,]+/gu)).toEqual([address]);
    expect(steps).toContain('1.2.3');
  });

  it('is kept out of the project', () => {
    expect(readFileSync(join(root, '.gitignore'), 'utf8')).toMatch(/^isso-teams-\*\.zip$/mu);
  });
});
