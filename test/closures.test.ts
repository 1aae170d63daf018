import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startApp } from '../src/app.ts';
import { BadClosures, openClosures } from '../src/closures.ts';
import { parseConfig } from '../src/config.ts';
import { addBusinessDays, holidayOn, isBusinessDay } from '../src/domain/calendar.ts';
import { MINUTE_MS } from '../src/domain/time.ts';
import { createLog } from '../src/log.ts';
import { readClosures } from '../src/usecases/read-closures.ts';
import { keepingLog } from './support/fakes.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'isso-closures-'));
  cleanups.push(() => rm(made, { recursive: true, force: true }));
  return made;
}
const HEADER = 'date,name\n';
const ORDER = '2026-12-24,"Closed, by executive order"\n';

describe('the closures file is read', () => {
  it('in order of date, with names cleaned', () => {
    expect(
      readClosures(
        `\uFEFFdate,name\r\n2026-12-24, "Closed,\u0007 by\u202E executive  order"\n\n2026-01-27,Snow\n`,
      ),
    ).toEqual({
      closures: [
        { on: '2026-01-27', name: 'Snow' },
        { on: '2026-12-24', name: 'Closed, by executive order' },
      ],
      problems: [],
    });
    expect(readClosures(HEADER)).toEqual({ closures: [], problems: [] });
  });

  it.each([
    ['', 1, 'header date,name'],
    ['2026-12-24,Closed\n', 1, 'header date,name'],
    ['date\n2026-12-24\n', 1, 'header date,name'],
    [`${HEADER}2026-02-30,Closed\n`, 2, 'date: is not a day'],
    [`${HEADER}12/24/2026,Closed\n`, 2, 'date: is not a day'],
    [`${HEADER}1926-12-24,Closed\n`, 2, 'from 2021 to 2100'],
    [`${HEADER}2026-12-24,Closed\n2026-12-24,Again\n`, 3, 'stands on line 2 too'],
    [`${HEADER}2026-12-24,\n`, 2, 'name: is empty'],
    [`${HEADER}2026-12-24\n`, 2, 'name: is empty'],
    [`${HEADER}2026-12-24,\u200b\u0000 \n`, 2, 'name: is empty'],
    [`${HEADER}2026-12-24,${'x'.repeat(81)}\n`, 2, 'longer than 80'],
    [`${HEADER}2026-12-24,Closed, by order\n`, 2, 'has 3 cells'],
    [`${HEADER}2026-12-24,"Closed\n`, 2, 'quotation mark'],
  ])('and %j is refused by line', (csv, line, mend) => {
    const { problems } = readClosures(csv);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.line).toBe(line);
    expect(problems[0]?.mend).toContain(mend);
  });

  it('up to two hundred closures', () => {
    const rows = (count: number): string =>
      Array.from(
        { length: count },
        (_, n) => `20${40 + Math.floor(n / 28)}-01-${String((n % 28) + 1).padStart(2, '0')},Closed\n`,
      ).join('');
    expect(readClosures(HEADER + rows(200)).problems).toEqual([]);
    expect(readClosures(HEADER + rows(201)).problems[0]?.mend).toContain('more than 200');
  });
});

describe('the closures file, while the bot runs,', () => {
  const start = new Date('2026-12-01T15:00:00Z');
  const minute = (n: number): Date => new Date(start.getTime() + n * MINUTE_MS);

  it('closes a day when a line is added, and opens it when the line goes', async () => {
    const file = join(await folder(), 'closures.csv');
    await writeFile(file, HEADER);
    const closures = await openClosures(file, keepingLog());
    const before = closures.calendar();
    expect(await closures.refresh(minute(0))).toBe(false);
    expect(closures.calendar()).toBe(before);
    await writeFile(file, HEADER + ORDER);
    expect(await closures.refresh(minute(1))).toBe(true);
    expect(holidayOn('2026-12-24', closures.calendar())).toBe('Closed, by executive order');
    expect(addBusinessDays('2026-12-23', 1, closures.calendar())).toBe('2026-12-28');
    await writeFile(file, HEADER);
    expect(await closures.refresh(minute(2))).toBe(true);
    expect(isBusinessDay('2026-12-24', closures.calendar())).toBe(true);
  });

  it('is looked at once a minute, or when asked', async () => {
    const file = join(await folder(), 'closures.csv');
    await writeFile(file, HEADER);
    const closures = await openClosures(file, keepingLog());
    await closures.refresh(minute(0));
    await writeFile(file, HEADER + ORDER);
    expect(await closures.refresh(new Date(minute(1).getTime() - 1))).toBe(false);
    expect(await closures.refresh(new Date(minute(1).getTime() - 1), true)).toBe(true);
  });

  it('keeps the last good closures when it can not be used, says why once, and recovers', async () => {
    const file = join(await folder(), 'closures.csv');
    await writeFile(file, HEADER + ORDER);
    const log = keepingLog();
    const closures = await openClosures(file, log);
    expect(closures.trouble()).toBeNull();
    await writeFile(file, `${HEADER}2026-12-24,Closed\n2026-13-01,Never\n`);
    for (const n of [1, 2, 3]) expect(await closures.refresh(minute(n))).toBe(false);
    expect(closures.trouble()).toMatch(/^line 3: date: /u);
    expect(holidayOn('2026-12-24', closures.calendar())).toBe('Closed, by executive order');
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    expect(JSON.stringify(log.lines)).not.toContain('2026-13-01');
    await rm(file);
    expect(await closures.refresh(minute(4))).toBe(false);
    expect(closures.trouble()).toBe("the file can't be read (ENOENT)");
    expect(isBusinessDay('2026-12-24', closures.calendar())).toBe(false);
    await writeFile(`${file}.new`, `${HEADER}2026-12-24,Closed after all\n`);
    await rename(`${file}.new`, file);
    expect(await closures.refresh(minute(5))).toBe(true);
    expect(closures.trouble()).toBeNull();
    expect(holidayOn('2026-12-24', closures.calendar())).toBe('Closed after all');
  });

  it('is not read again for being touched', async () => {
    const file = join(await folder(), 'closures.csv');
    await writeFile(file, HEADER + ORDER);
    const closures = await openClosures(file, keepingLog());
    const before = closures.calendar();
    await utimes(file, start, start);
    expect(await closures.refresh(minute(1))).toBe(false);
    expect(closures.calendar()).toBe(before);
  });

  it('may be missing as a setting, for the federal holidays alone', async () => {
    const closures = await openClosures(null, keepingLog());
    expect(await closures.refresh(minute(0), true)).toBe(false);
    expect(isBusinessDay('2026-12-24', closures.calendar())).toBe(true);
  });
});

describe('the bot', () => {
  const start = async (settings: Readonly<Record<string, string>>) => {
    const parsed = parseConfig({
      PORT: '0',
      LOG_LEVEL: 'silent',
      CONSOLE_START_AT: '2026-12-23T10:00:00-05:00',
      ...settings,
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const app = await startApp({ config: parsed.config, log: createLog('silent') });
    cleanups.push(() => app.stop());
    return app;
  };
  const nextBusinessDay = async (url: string): Promise<string> => {
    const clock = (await fetch(`${url}/console/api/clock`).then((answer) => answer.json())) as {
      nextBusinessDay: string;
    };
    return clock.nextBusinessDay;
  };
  const advance = (url: string, to: string) =>
    fetch(`${url}/console/api/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
  const digests = async (url: string): Promise<number> => {
    const { messages } = (await fetch(`${url}/console/api/messages?for=${encodeURIComponent('#ispg')}`).then(
      (answer) => answer.json(),
    )) as { messages: { text: string }[] };
    // On the first business day of a week the weekly one takes its place.
    return messages.filter(({ text }) => /^(Digest|Weekly digest)\b/u.test(text)).length;
  };

  it('does not start with a closures file that can not be used, and names every bad line', async () => {
    const place = await folder();
    const file = join(place, 'closures.csv');
    await writeFile(file, `${HEADER}soon,Closed\n2026-12-24,\n`);
    const failed = start({ DATA_DIR: join(place, 'data'), CLOSURES_FILE: file });
    await expect(failed).rejects.toThrow(BadClosures);
    await expect(failed).rejects.toThrow(/line 2: date: .*\nline 3: name: /u);
  });

  it('goes by a closure when it next has something to do, and by the last good ones when the file breaks', async () => {
    const place = await folder();
    const file = join(place, 'closures.csv');
    await writeFile(file, HEADER);
    const app = await start({ DATA_DIR: join(place, 'data'), CLOSURES_FILE: file });
    expect(await nextBusinessDay(app.url)).toBe('2026-12-24T13:30:00.000Z');
    await writeFile(file, HEADER + ORDER);
    await advance(app.url, '2026-12-24T15:00:00Z');
    expect(await nextBusinessDay(app.url)).toBe('2026-12-28T13:30:00.000Z');
    expect(await digests(app.url)).toBe(0);
    await writeFile(file, `${HEADER}soon,Closed\n`);
    await advance(app.url, '2026-12-28T15:00:00Z');
    expect(await digests(app.url)).toBe(1);
    expect(app.closuresTrouble()).toMatch(/^line 2: date: /u);
  });
});
