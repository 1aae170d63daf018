/** Questions about the programme, asked of the demo programme: each answer against a count made another way. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Engagement } from '../../src/domain/engagement.ts';
import { nextMoves } from '../../src/domain/next-move.ts';
import { localDate } from '../../src/domain/time.ts';
import type { Bot } from '../support/bot.ts';
import { demoPeople, startDemo } from '../support/demo.ts';

const NOW = new Date('2027-03-17T14:00:00Z');
let bot: Bot;
let all: readonly Engagement[];
/** Kickoffs that wait for the Business Owner to choose a time, and those that are booked. */
let offered: ReadonlySet<string>;
let booked: ReadonlySet<string>;
/** Somebody of the ISPG team, of whoever owns a system, and all Service ISSOs by name. */
let ispg: string;
let owner: string;
let issos: readonly string[];

beforeAll(async () => {
  const demo = await startDemo(NOW);
  bot = demo.bot;
  all = await demo.all();
  const kickoffs = await bot.store.transaction(async (tx) =>
    Promise.all(all.map(async ({ id }) => ({ id, kickoff: await tx.meetings.ofEngagement(id, 'kickoff') }))),
  );
  const idsOf = (state: string): ReadonlySet<string> =>
    new Set(kickoffs.flatMap(({ id, kickoff }) => (kickoff?.state === state ? [id] : [])));
  [offered, booked] = [idsOf('offered'), idsOf('booked')];
  const people = demoPeople();
  ispg = people.find(({ roles }) => roles.includes('ispg_team'))?.id ?? '';
  owner = people.find(({ roles }) => roles.join() === 'business_owner')?.id ?? '';
  issos = people.filter(({ roles }) => roles.includes('service_isso')).map(({ name }) => name);
});
beforeEach(() => expect(all.length).toBeGreaterThan(10));

/** What the ISPG team is answered, in the channel unless `directly`, with what stands below it. */
async function answered(question: string, directly = false): Promise<string> {
  const heard = await bot.say(ispg, question, directly ? {} : { channel: 'ispg' });
  return `${heard.said.join('\n')}\n${JSON.stringify(heard.messages)}`;
}
const numbersIn = (words: string): string[] =>
  [...new Set(words.match(/[A-Z]{2,8}-20\d\d-\d{4}/gu))].toSorted();
const numbersOf = (found: readonly Engagement[]): string[] => found.map(({ number }) => number).toSorted();
async function expectAnswer(question: string, found: readonly Engagement[], directly = false): Promise<void> {
  const words = await answered(question, directly);
  expect(words, question).toMatch(new RegExp(`^${found.length} (?:engagement|request)s?\n`, 'u'));
  expect(numbersIn(words), question).toEqual(numbersOf(found));
}
const open = (): readonly Engagement[] => all.filter(({ ending }) => ending === null);
const waits = (side: string) => (each: Engagement) => {
  if (each.state === 'KICKOFF_PENDING' && booked.has(each.id)) return false;
  if (each.state === 'KICKOFF_PENDING' && offered.has(each.id)) return side === 'business_owner';
  return nextMoves(each, null).some((move) => move.side === side && move.what !== 'work');
};

describe('the answer to a question', () => {
  test('tells what stands where, and in which component', async () => {
    await expectAnswer(
      'how many engagements are onboarding?',
      open().filter(({ state }) => state === 'ONBOARDING'),
    );
    await expectAnswer(
      'which engagements are active or paused?',
      open().filter(({ state }) => state === 'ACTIVE' || state === 'PAUSED'),
    );
    await expectAnswer('how many engagements do we have', open());
    const component = open()[0]?.component ?? '';
    await expectAnswer(
      `which engagements are open in ${component}?`,
      open().filter((each) => each.component === component),
    );
  });

  test('tells who has the next move, by side and by name', async () => {
    await expectAnswer('what waits for ISPG?', open().filter(waits('ispg')));
    await expectAnswer('what is waiting on the contractor', open().filter(waits('contractor')));
    expect(open().filter(({ id, state }) => state === 'KICKOFF_PENDING' && offered.has(id))).not.toEqual([]);
    await expectAnswer('what waits for the Business Owner?', open().filter(waits('business_owner')));
    const words = await answered('which engagements are waiting on the kickoff?');
    expect(words).toContain('chooses a time for the kickoff, or proposes others.');
    expect(words).toMatch(/Kickoff booked\. The kickoff is on /u);
    const asked = open().find(waits('business_owner'));
    const name = demoPeople().find(({ id }) => id === asked?.businessOwnerId)?.name ?? '';
    expect(numbersIn(await answered(`what waits for ${name}?`))).toContain(asked?.number);
  });

  test('tells what ends and who starts in a time, by day', async () => {
    const isIn = (on: string | null | undefined, from: string, until: string): boolean =>
      typeof on === 'string' && on >= from && on <= until;
    await expectAnswer(
      'what ends in 2027?',
      open().filter(({ course }) =>
        isIn(course.offBoarding?.endOn ?? course.term?.endOn, '2027-01-01', '2027-12-31'),
      ),
    );
    await expectAnswer(
      'who starts this quarter?',
      open().filter(({ course }) =>
        isIn(
          course.activeSinceOn ?? course.term?.startOn ?? course.candidate?.startOn,
          '2027-01-01',
          '2027-03-31',
        ),
      ),
    );
  });

  test('tells what happened in a time, with the reasons of what ended', async () => {
    const filed = all.filter(
      ({ submittedAt }) => submittedAt && localDate(submittedAt, 'America/New_York') >= '2027-01-01',
    );
    await expectAnswer('how many requests this year?', filed);
    const declined = all.filter(
      ({ state, ending }) => state === 'DECLINED' && ending && ending.at >= new Date('2026-01-01T05:00:00Z'),
    );
    expect(declined.length).toBeGreaterThan(0);
    const words = await answered('what was declined in the last 400 days and why?');
    for (const { number } of declined) expect(words).toContain(number);
    expect(words).toContain('By reason: ');
  });

  test('tells what has nobody, and how long a step takes', async () => {
    await expectAnswer(
      'which engagements have no CRA?',
      open().filter(({ craId }) => craId === null),
    );
    expect(await answered('how long does the kickoff take?')).toMatch(
      /^(?:Median: )?\d+ business days?\n|nothing to measure/u,
    );
    const both = await answered('How long does onboarding take?');
    expect(both).toContain('From filed to the first day of work');
    expect(both).toContain('ISSO As A Service page');
    expect(both).toContain('The 60 days of onboarding begin later');
    expect(await answered('how long does matching take?')).not.toContain('ISSO As A Service page');
  });

  test('lists what can be asked for words that it cannot read', async () => {
    for (const question of ['what is waiting on clearence', 'how many are waiting on purple'])
      expect(await answered(question, true), question).toContain('What you can ask');
  });

  test('reads a time where a list would read a component', async () => {
    const words = await answered('engagements ending in the next 90 days', true);
    expect(words).toContain('Work ends in the next 90 days');
    expect(await answered('requests in OIT', true)).not.toContain('Open, in OIT');
  });

  test('says how the question was understood', async () => {
    expect(await answered('what waits for funding in OIT?')).toContain('Waiting on funding, in OIT.');
    expect(await answered('what is late or at risk?')).toContain('Late or at risk.');
  });
});

describe('in the channel', () => {
  test('it is counted who waits on a line of a card, and which ones is told directly alone', async () => {
    const words = await answered('how many engagements are waiting on training?');
    expect(numbersIn(words)).toEqual([]);
    expect(words).toMatch(/^[1-9]\d* engagements?\n/u);
    expect(words).toContain('Ask me the same in a direct message.');
    const directly = await answered('how many engagements are waiting on training?', true);
    expect(numbersIn(directly).length).toBeGreaterThan(0);
    expect(directly.split('\n')[0]).toBe(words.split('\n')[0]);
    expect(directly).toContain('Type `card ');
  });

  test('no Service ISSO is named, whatever is asked', async () => {
    for (const question of [
      'who starts this year?',
      'what ends this year?',
      'what is late or at risk?',
      'what waits for the Service ISSO',
      'which engagements are onboarding?',
      'what waits for the appointment letter?',
      'how many engagements do we have',
    ]) {
      const words = await answered(question);
      expect(words).toMatch(/^\d+ engagements?\n/u);
      expect(
        issos.filter((name) => words.includes(name)),
        question,
      ).toEqual([]);
    }
    const directly = await answered('who starts this year?', true);
    expect(issos.some((name) => directly.includes(name))).toBe(true);
  });
});

describe('a question', () => {
  test('that can’t be read is answered with those that can', async () => {
    for (const asked of ['ask which engagements are purple', 'ask', 'what can I ask?'])
      expect(await answered(asked)).toContain('What you can ask');
    expect(await answered('which engagements are purple?', true)).toContain('which engagements are purple?');
    // People talk to each other there.
    expect((await bot.say(ispg, 'which engagements are purple?', { channel: 'ispg' })).said).toEqual([]);
  });

  test('of somebody who may not ask is refused, and not heard in a channel', async () => {
    const [said] = (await bot.say(owner, 'which engagements are late?')).said;
    expect(said).toContain('That action is not open to you.');
    expect((await bot.say(owner, 'which engagements are late?', { channel: 'ispg' })).said).toEqual([]);
    const [faq] = (await bot.say(owner, 'How long does onboarding take?')).said;
    expect(faq).toContain('ISSO As A Service page');
  });

  test('leaves lists and questions about the programme as they are', async () => {
    expect(await answered('requests in OIT', true)).toContain('Engagements (');
    expect(await answered('ask what does it cost?', true)).toContain('ISSO As A Service page');
    expect(await answered('What is ISSO As A Service?')).toContain('ISSO As A Service page');
  });

  test('that can’t be read is an answer to a form that is open', async () => {
    await answered('I need an ISSO', true);
    expect(await answered('which engagements are purple?', true)).not.toContain('What you can ask');
    expect(await answered('ask which engagements are purple', true)).toContain('What you can ask');
  });
});
