import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog, type LogLevel } from '../src/log.ts';

function logged(level: LogLevel = 'debug') {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return {
    log: createLog(level, stream),
    text: () => chunks.join(''),
    lines: () =>
      chunks
        .join('')
        .split('\n')
        .filter(Boolean)
        .map((row) => JSON.parse(row) as Record<string, unknown>),
  };
}

const SECRET = 'xoxb-1234-secret';

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('the log', () => {
  it('is one JSON object a line, with level, instant, event and fields', () => {
    const { log, lines } = logged();
    log.info({ job: 'deliver-pending', count: 3 }, 'done');
    expect(lines()).toEqual([
      {
        level: 30,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
        job: 'deliver-pending',
        count: 3,
        msg: 'done',
      },
    ]);
  });

  it('says of an error its name, its code and where, never its message', () => {
    const { log, lines, text } = logged();
    const error = Object.assign(new TypeError(`bad token ${SECRET} of bo@example.gov`), { code: 'P2002' });
    log.error({ error }, 'failed');
    expect(lines()[0]?.error).toEqual({
      name: 'TypeError',
      code: 'P2002',
      at: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
    });
    expect(text()).not.toContain(SECRET);
    expect(text()).not.toContain('example.gov');
  });

  it.each([
    ['several lines', `first\n${SECRET}\nlast`],
    ['a line that looks like a place in the program', `first\n    at ${SECRET} (somewhere)\nlast`],
    ['a line that looks just like a place in the program', `first\n    at ${SECRET} (/srv/bot/a.ts:1:1)`],
    ['two lines of which the second begins with a blank and "at"', `meet me\n at ${SECRET}`],
  ])('keeps an error’s message to itself when it has %s', (_what, message) => {
    const { log, text } = logged();
    log.error({ error: new Error(message) }, 'failed');
    expect(text()).not.toContain(SECRET);
  });

  it('says where errors with a name of their own, with a code of Node’s and without a message came from', () => {
    class OwnError extends Error {
      override readonly name = 'OwnError';
    }
    // As V8 writes it; the test runner puts a colon behind the name.
    const silent = Object.assign(new TypeError(), { stack: 'TypeError\n    at work (log.test.ts:1:1)' });
    for (const error of [new OwnError(SECRET), silent, thrownBy(() => new URL(SECRET))]) {
      const { log, lines, text } = logged();
      log.error({ error }, 'failed');
      expect(lines()[0]?.error).toMatchObject({
        at: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
      });
      expect(text()).not.toContain(SECRET);
    }
  });

  it.each([
    ['was changed later', (error: Error) => Object.assign(error, { message: 'other' })],
    ['was taken away later', (error: Error) => Object.assign(error, { message: '' })],
    ['is the whole stack', (error: Error) => Object.assign(error, { stack: error.message })],
  ])('says nothing of a stack whose message %s', (_what, change) => {
    const { log, text } = logged();
    log.error({ error: change(new Error(`first\n    at ${SECRET} (/srv/bot/a.ts:1:1)`)) }, 'failed');
    expect(text()).not.toContain(SECRET);
  });

  it('keeps the message of a cause, of an aggregate and of a thrown string to itself', () => {
    const { log, text } = logged();
    log.error({ error: new Error('outer', { cause: new Error(SECRET) }) }, 'failed');
    log.error({ error: new AggregateError([new Error(SECRET)], SECRET) }, 'failed');
    log.error({ error: SECRET }, 'failed');
    log.error({ error: { message: SECRET } }, 'failed');
    log.error({ error: undefined }, 'failed');
    expect(text()).not.toContain(SECRET);
    expect(text().split('\n').filter(Boolean)).toHaveLength(5);
  });

  it('keeps properties that libraries hang on their errors to itself', () => {
    const { log, text } = logged();
    log.error(
      {
        error: Object.assign(new Error('x'), {
          detail: SECRET,
          query: SECRET,
          config: { headers: { authorization: SECRET } },
        }),
      },
      'failed',
    );
    expect(text()).not.toContain(SECRET);
  });

  it('says nothing below its level, and nothing at all when silent', () => {
    const warn = logged('warn');
    warn.log.info({}, 'quiet');
    warn.log.warn({}, 'heard');
    expect(warn.lines().map(({ msg }) => msg)).toEqual(['heard']);
    const silent = logged('silent');
    silent.log.error({ error: new Error('x') }, 'quiet');
    expect(silent.text()).toBe('');
  });
});
