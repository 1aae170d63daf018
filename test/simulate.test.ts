import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadArguments, readArguments } from '../scripts/simulate/arguments.ts';
import { runSimulate } from '../scripts/simulate/command.ts';
import { playJourney, startOf, withParts } from '../scripts/simulate/journey.ts';
import { counts, reportOf } from '../scripts/simulate/report.ts';
import { isBetween, type Listed, listed, readDeliveries } from '../scripts/simulate/rows.ts';
import { type SimulatedMessage, type Simulation, simulate } from '../scripts/simulate/simulation.ts';
import type { Database } from '../src/store/client.ts';
import { SHORT_LIVED } from './support/child-bot.ts';
import { consoleDriver } from './support/console-driver.ts';
import { openTestDatabase, openTestStore } from './support/open-store.ts';
import { startProgramme } from './support/running-app.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (name: string): string => readFileSync(join(root, 'test/journeys', `${name}.journey`), 'utf8');
const journeyNamed = (name: string): string => withParts(read(name), (part) => read(`parts/${part}`));

/** What both have in common: who gets what, when to the second, and what became of it. */
interface Line {
  readonly key: string;
  readonly to: string;
  readonly at: string;
  readonly state: string;
  readonly urgency: string;
  readonly reason: string | null;
  readonly within: string | null;
}
const second = (at: Date): string => at.toISOString().slice(0, 19);

const simulatedLine = ({ key, to, at, state, urgency, reason, within }: SimulatedMessage): Line => ({
  key,
  to,
  at: second(at),
  state,
  urgency,
  reason,
  within,
});

function realLine({ key, at, row, named }: Listed): Line {
  const isPart = row.state === 'sent' && row.bundle !== null && row.bundle !== row.key;
  return {
    key,
    to: row.to.kind === 'channel' ? `#${row.to.channel}` : row.to.personId,
    at: second(at),
    state: row.state,
    urgency: row.urgency,
    reason: row.state === 'sent' ? null : row.reason,
    within: isPart && row.bundle !== null ? named(row.bundle) : null,
  };
}

/** Carries the journey out on the started program, through the console over a socket, and its clock on to `to`. */
async function reallyRun(journey: string, to: Date): Promise<Line[]> {
  const stands = new Date('2026-11-20T12:00:00Z');
  const app = await startProgramme({ CONSOLE_START_AT: startOf(journey) }, { now: () => stands });
  try {
    const driver = consoleDriver(app);
    await playJourney(journey, driver);
    await driver.advance({ to: to.toISOString() });
    const client = new pg.Client({ connectionString: await app.databaseUrl() });
    await client.connect();
    try {
      const rows = await readDeliveries(async (sql) => (await client.query(sql)).rows);
      return listed(rows)
        .filter((each) => isBetween(each, new Date(startOf(journey)), to))
        .map(realLine);
    } finally {
      await client.end();
    }
  } finally {
    await app.stop();
  }
}

/** Databases are made and programs started: on a busy machine that takes its time. */
const PATIENCE_MS = 400_000;
const UNTIL = new Date('2027-01-08T23:00:00Z');
const simulations = new Map<string, Promise<readonly SimulatedMessage[]>>();

/** This file's database, emptied: one of its own for each simulation would take longer to make than most take to carry out. */
async function emptied(): Promise<Database> {
  await openTestStore('embedded');
  return openTestDatabase('embedded');
}
const simulateHere = async (simulation: Simulation): Promise<SimulatedMessage[]> =>
  simulate({ ...simulation, database: await emptied() });

/** The journey's simulation until `UNTIL`, made once. */
function simulated(name: string): Promise<readonly SimulatedMessage[]> {
  const known = simulations.get(name) ?? simulateHere({ journey: journeyNamed(name), to: UNTIL });
  simulations.set(name, known);
  return known;
}

describe('a simulation and the program itself, with the same clock', () => {
  for (const name of ['straight-through', 'quiet-hours-hold-news', 'one-message-a-day']) {
    it(
      `give the same list: ${name.replaceAll('-', ' ')}`,
      async () => {
        const lines = (await simulated(name)).map(simulatedLine);
        expect(lines.length).toBeGreaterThan(20);
        expect(lines).toEqual(await reallyRun(journeyNamed(name), UNTIL));
      },
      PATIENCE_MS,
    );
  }
});

describe('a simulation', () => {
  let all: readonly SimulatedMessage[] = [];
  beforeAll(async () => {
    all = await simulated('one-message-a-day');
  }, PATIENCE_MS);
  const of = (who: string, rule: string): readonly SimulatedMessage[] =>
    all.filter((message) => message.to === who && message.key.startsWith(rule));

  it('says of each message what caused it, what for, and how long it stays true', () => {
    const [reminder] = of('lead', 'remind-hour:');
    expect(reminder?.why.replace(/meeting:\d+$/u, 'meeting')).toBe(
      'remind hour; planned on Tuesday, December 1, 2026 at 11:00 AM Central Time because bo presses "Choose 1: Thu, Dec 3, 10:00 AM", ' +
        'for Thursday, December 3, 2026 at 8:00 AM Central Time; only while the meeting is booked as it was then; about meeting',
    );
  });

  it('shows what goes out as one message as one, with its parts', () => {
    const [first, second] = of('lead', 'remind-day:').filter(({ key }) => !key.includes('~'));
    expect(first?.text).toContain('Your day: 2 things');
    expect(second).toMatchObject({ within: first?.key, state: 'sent' });
    const report = reportOf(all, false);
    expect(report).toMatch(
      /Your day: 2 things\n {4}Why: [^\n]+\n {4}With it: reminder, routine, meeting-reminders: Reminder/u,
    );
  });

  it('lists what is not sent with the reason', () => {
    expect(of('gtl', 'triage-overdue:')[0]).toMatchObject({
      state: 'suppressed',
      reason: 'the request was accepted',
    });
    expect(reportOf(all, false)).toContain('NOT SENT, suppressed: the request was accepted');
  });

  it('says until when something was held, and why', async () => {
    const night = await simulated('quiet-hours-hold-news');
    const advisor = night.find(({ key }) => key.startsWith('advisor:'));
    expect(advisor).toMatchObject({
      at: new Date('2026-12-02T08:00:00-05:00'),
      held: [{ until: new Date('2026-12-02T08:00:00-05:00'), because: 'quiet hours' }],
    });
    expect(reportOf(night, false)).toContain(
      'Held on Tuesday, December 1, 2026 at 9:30 PM Eastern Time until Wednesday, December 2, 2026 at 8:00 AM Eastern Time: quiet hours.',
    );
  });

  it('shows what is still held at the end', async () => {
    const evening = await simulateHere({
      journey: `start at 2026-12-01T21:30:00-05:00\n${read('parts/request-claims-hub')}`,
      to: new Date('2026-12-02T11:00:00Z'),
    });
    expect(evening.find(({ key }) => key.startsWith('advisor:'))).toMatchObject({
      at: new Date('2026-12-02T08:00:00-05:00'),
      state: 'pending',
      reason: 'quiet hours',
    });
    expect(reportOf(evening, false)).toContain('NOT SENT, pending: quiet hours');
  });

  it('counts what it lists', () => {
    const found = counts(all);
    expect(found.sent).toBe(all.filter(({ state }) => state === 'sent').length);
    expect(found.posts).toBe(all.filter(({ state, within }) => state === 'sent' && within === null).length);
    expect(Object.values(found.byUrgency).reduce((sum, each) => sum + each, 0)).toBe(found.sent);
    expect(Object.values(found.notSent).reduce((sum, each) => sum + each, 0)).toBe(all.length - found.sent);
    expect(found.posts).toBeLessThan(found.sent);
  });

  it('gives the same list each time, and of it no more than was asked for', async () => {
    const from = new Date('2026-12-02T05:00:00Z');
    const to = new Date('2026-12-10T00:00:00Z');
    const part = await simulateHere({ journey: journeyNamed('one-message-a-day'), from, to });
    // What is still held at its end is listed with the instant to which it is held.
    // The head of the record holds what is new each time.
    const steady = (messages: readonly SimulatedMessage[]): unknown =>
      JSON.parse(JSON.stringify(messages).replaceAll(/[0-9a-f]{64}/gu, 'head'));
    expect(steady(part.filter(({ at }) => at <= to))).toEqual(
      steady(all.filter(({ at }) => at >= from && at <= to)),
    );
    expect(part.length).toBeLessThan(all.length);
  });

  it('follows the programme’s settings, and looks at none that leads to anybody', async () => {
    const found = await simulateHere({
      journey: 'start at 2026-12-01T10:00:00-05:00',
      to: new Date('2026-12-03T00:00:00Z'),
      settings: {
        DIGEST_TIME: '11:15',
        SLACK_BOT_TOKEN: 'xoxb-1',
        DATABASE_URL: 'postgresql://nobody@192.0.2.1/none',
        HOST: '0.0.0.0',
      },
    });
    expect(found.filter(({ kind }) => kind === 'digest').map(({ at }) => second(at))).toEqual([
      '2026-12-01T16:15:00',
      '2026-12-02T16:15:00',
    ]);
  });

  it('tells which expectation of the journey does not hold, and goes on', async () => {
    const unmet: string[] = [];
    const found = await simulateHere({
      journey: 'start at 2026-12-01T10:00:00-05:00\nbo says "hi"\nbot answers "Good bye"\nadvance P1D',
      to: new Date('2026-12-03T00:00:00Z'),
      unmet: (problem) => unmet.push(problem.split('\n')[0] ?? ''),
    });
    expect(unmet).toEqual(['line 3: bot answers "Good bye"']);
    expect(found.some(({ kind }) => kind === 'digest')).toBe(true);
  });

  it('stops at a step that can’t be done, naming its line', async () => {
    const run = (step: string) =>
      simulateHere({
        journey: `start at 2026-12-01T10:00:00-05:00\n${step}`,
        to: new Date('2026-12-02T00:00:00Z'),
      });
    await expect(run('nobody says "hi"')).rejects.toThrow(/line 2:[\s\S]*nobody here is called/u);
  });
});

describe('npm run simulate', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isso-simulate-'));
    await writeFile(join(folder, 'own.journey'), 'start at 2026-12-01T10:00:00-05:00\nfollow own-part\n');
    await writeFile(
      join(folder, 'lost.journey'),
      'start at 2026-12-01T10:00:00-05:00\nfollow no-such-part\n',
    );
    await writeFile(join(folder, 'startless.journey'), 'bo says "hi"\n');
    const start = 'start at 2026-12-01T10:00:00-05:00\n';
    await writeFile(
      join(folder, 'shouting.journey'),
      `${start}\nfollow request-claims-hub\nbo shouts "hi"\n`,
    );
    await writeFile(join(folder, 'unpressed.journey'), `${start}bo presses "Nothing"\n`);
    await writeFile(join(folder, 'late.journey'), `${start}advance to tomorrow\n`);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  interface Ended {
    readonly code: number | null;
    readonly out: string;
    readonly error: string;
  }

  /** In a process of its own, as people start it. */
  async function run(...args: string[]): Promise<Ended> {
    const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
    const child = spawn(process.execPath, [SHORT_LIVED, '--import', 'tsx', 'scripts/simulate.ts', ...args], {
      cwd: root,
      env: { PATH, HOME, TMPDIR },
    });
    let out = '';
    let error = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      error += String(chunk);
    });
    const [code] = await once(child, 'close');
    return { code, out, error };
  }

  /** The same in this process. */
  async function runHere(...args: string[]): Promise<Ended> {
    let out = '';
    let error = '';
    const code = await runSimulate(args, {
      settings: {},
      print: (words) => {
        out += `${words}\n`;
      },
      complain: (words) => {
        error += `${words}\n`;
      },
      database: await emptied(),
    });
    return { code, out, error };
  }

  it('lists the journeys without arguments', async () => {
    const { code, out } = await runHere();
    expect(code).toBe(0);
    expect(out).toContain('test/journeys/straight-through.journey');
    expect(out).toContain('From the first message to the digest');
  });

  it('takes a journey of one’s own, for programs too', async () => {
    await writeFile(
      join(folder, 'own.journey'),
      'start at 2026-12-01T10:00:00-05:00\nfollow request-claims-hub\n',
    );
    const { code, out } = await run('--journey', join(folder, 'own.journey'), '--to', '2026-12-04', '--json');
    expect(code).toBe(0);
    const found = JSON.parse(out) as {
      messages: SimulatedMessage[];
      counts: { sent: number };
      unmet: string[];
    };
    expect(found.unmet).toEqual([]);
    expect(found.counts.sent).toBe(found.messages.length);
    expect(found.messages.some(({ key }) => key.startsWith('triage-overdue:'))).toBe(true);
  });

  it('says what is wrong with its arguments', () => {
    const journey = ['--journey', 'straight-through'];
    for (const [args, words] of [
      [['--to', '2027-01-01'], 'Name a journey'],
      [[...journey, '--from', 'soon'], '--from takes a day'],
      [[...journey, '--to', '2026-02-30'], '--to takes a day'],
      [[...journey, '--from', '2027-01-02', '--to', '2027-01-01'], '--to comes before --from'],
      [[...journey, '--from', '2026-01-01', '--to', '2026-01-05'], 'after --to'],
      [[...journey, '--to', '2036-01-01'], 'more than 1100 days'],
      [['--journey', join(folder, 'lost.journey')], 'follows "no-such-part"'],
      [['--journey', join(folder, 'startless.journey')], 'has to begin with a line'],
      [['--journeys'], "Unknown option '--journeys'"],
    ] as const)
      expect(() => readArguments(args)).toThrow(words);
    expect(() => readArguments(['--journeys'])).toThrow(BadArguments);
  });

  it('ends with 2 and says what to do when it can’t do what it is asked for', async () => {
    // One of them as people start it shows what the process makes of it.
    for (const [start, name, words] of [
      [runHere, 'nowhere', 'There is no journey "nowhere"'],
      [runHere, join(folder, 'shouting.journey'), 'line 4: bo shouts "hi"\nThere is no such step.'],
      [run, join(folder, 'unpressed.journey'), 'line 2: bo presses "Nothing"\nnothing to press'],
      [runHere, join(folder, 'late.journey'), 'line 2: advance to tomorrow\n'],
    ] as const) {
      const { code, error } = await start('--journey', name);
      expect([code, error]).toEqual([2, expect.stringContaining(words)]);
      expect(error).not.toMatch(/^ {4}at /mu);
    }
  });
});
