import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { watchTraining } from '../../src/usecases/training-watch.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, identified, putInto } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await identified(bot);
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const begin = () =>
  told('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
const withDates = () => told('ispg', 'course dates bootcamp 12/3/2026, 2/23/2027');

/** The day begins in the programme's zone, and what is due then is sent in the morning. */
async function onDay(day: string): Promise<void> {
  bot.clock.set(new Date(`${day}T05:00:00Z`));
  await watchTraining(bot, bot.clock.now());
  await watchTraining(bot, bot.clock.now());
  bot.clock.set(new Date(`${day}T15:00:00Z`));
  await bot.deliver();
}
const counted = (who: string, words: string): number =>
  bot.standing(who).filter((text) => text.includes(words)).length;

describe('the policy clock of first role-based training', () => {
  beforeEach(async () => {
    await begin();
    const { course } = await engagementOf(bot, number);
    const letter = { isso: '2026-12-14', businessOwner: '2026-12-15', ciso: '2026-12-16' };
    await putInto(bot, number, 'ONBOARDING', { ...course, letter });
  });

  it('is said to the person 14, 7 and 1 days before it runs out, each once', async () => {
    // It ends on Sunday, February 14; 14 and 7 days before are Sundays, said on the Fridays; the day before is a Saturday.
    const WARNED = 'your policy clock';
    await onDay('2027-01-28');
    expect(counted('isso', WARNED)).toBe(0);
    for (const [day, count] of [
      ['2027-01-29', 1],
      ['2027-02-01', 1],
      ['2027-02-05', 2],
      ['2027-02-08', 2],
      ['2027-02-12', 3],
    ] as const) {
      await onDay(day);
      expect([day, counted('isso', WARNED)]).toEqual([day, count]);
    }
    for (const who of ['lead', 'gtl', 'cor', 'bo']) expect([who, counted(who, WARNED)]).toEqual([who, 0]);
  });

  it('once run out is told to the person, their lead, the Government Task Lead and the COR, once each, and nobody is disabled', async () => {
    for (const day of ['2027-02-16', '2027-02-17']) await onDay(day);
    for (const who of ['isso', 'lead', 'gtl', 'cor'])
      expect([
        who,
        counted(
          who,
          'The account is to be disabled until the training is done [ARS AT-3]; I do not disable accounts.',
        ),
      ]).toEqual([who, 1]);
    expect(counted('bo', 'to be disabled')).toBe(0);
  });

  it('is said no more once the training is done', async () => {
    bot.clock.set(new Date('2027-02-16T05:00:00Z'));
    await watchTraining(bot, bot.clock.now());
    await told('isso', 'course rbt done on 2/15/2027 ref CERT-1');
    await onDay('2027-02-17');
    for (const who of ['isso', 'lead', 'gtl', 'cor'])
      expect([who, counted(who, 'to be disabled')]).toEqual([who, 0]);
    expect(await told('isso', 'courses')).toContain('done late on Monday, February 15, 2027');
  });

  it('is not said of somebody whose engagement pauses', async () => {
    const { course } = await engagementOf(bot, number);
    await putInto(bot, number, 'PAUSED', course);
    await onDay('2027-02-16');
    expect(counted('isso', 'to be disabled')).toBe(0);
  });
});

describe('overdue role-based training', () => {
  it('comes to each contract lead once a week, with everybody\u2019s name', async () => {
    await begin();
    // Day 60 is Friday, February 5.
    for (const [day, count] of [
      ['2027-02-05', 0],
      ['2027-02-08', 1],
      ['2027-02-09', 1],
      ['2027-02-12', 1],
      ['2027-02-15', 1],
      ['2027-02-16', 2],
    ] as const) {
      await onDay(day);
      expect([day, counted('lead', 'Overdue role-based training')]).toEqual([day, count]);
    }
    expect(bot.standing('lead').join('\n')).toContain('Ines Sorensen: was due by Friday, February 5, 2027');
    expect(counted('gtl', 'Overdue role-based training')).toBe(0);
  });
});

describe('whether the boot camp fits into the 60 days', () => {
  it('is told on day 0 in the welcome, with what can be done instead, and to the contract lead', async () => {
    await withDates();
    await begin();
    bot.clock.set(new Date('2026-12-08T15:00:00Z'));
    await bot.deliver();
    const welcome = bot.standing('isso').find((text) => text.includes('Your first five days')) ?? '';
    expect(welcome).toContain(
      'it cannot be met by schedule. None begins within the 60 days; the next one you can attend begins on Tuesday, February 23, 2027, 78 days after day 0.',
    );
    for (const instead of [
      '`courses`',
      '`course mentorship yes`',
      '`course bootcamp later`',
      'not needed because',
    ])
      expect(welcome).toContain(instead);
    expect(counted('isso', 'cannot be met by schedule')).toBe(1);
    expect(counted('lead', 'For the onboarding of Ines Sorensen')).toBe(1);
  });

  it('is told again when the dates change the verdict, and not when they do not', async () => {
    await begin();
    expect(await withDates()).toContain('1 onboarding is affected');
    expect(await told('gtl', 'course dates bootcamp 12/3/2026, 2/23/2027, 5/4/2027')).toContain(
      'Nothing changes for anybody',
    );
    expect(await told('ispg', 'course dates bootcamp 1/12/2027')).toContain('1 onboarding is affected');
    await onDay('2026-12-09');
    const standing = bot.standing('isso').join('\n');
    expect(standing).toContain('the next one begins on Tuesday, January 12, 2027, within the 60 days');
    expect(await told('isso', 'courses')).toContain('within the 60 days');
  });

  it('is told again when day 0 moves or leave comes in between', async () => {
    await told('ispg', 'course dates bootcamp 1/12/2027, 4/6/2027');
    await begin();
    await onDay('2026-12-09');
    expect(counted('isso', 'cannot be met by schedule')).toBe(0);
    await told('isso', 'leave 1/11/2027 to 1/15/2027');
    await onDay('2026-12-10');
    expect(bot.standing('isso').join('\n')).toContain('Tuesday, January 12, 2027 falls into leave.');
    expect(counted('isso', 'falls into leave')).toBe(1);
    expect(counted('lead', 'falls into leave')).toBe(1);
    await onDay('2026-12-11');
    expect(counted('isso', 'falls into leave')).toBe(1);
  });

  it('is told at once when somebody moves day 0', async () => {
    await told('ispg', 'course dates bootcamp 2/23/2027');
    await begin();
    await onDay('2026-12-09');
    expect(counted('isso', 'begins on Tuesday, February 23, 2027, within')).toBe(0);
    await told('gtl', `move day 0 ${number} to 1/4/2027 because the paperwork came late`);
    await onDay('2026-12-10');
    expect(bot.standing('isso').join('\n')).toContain(
      'the next one begins on Tuesday, February 23, 2027, within the 60 days',
    );
  });

  it('has dates that ISPG and the Government Task Lead set, in any order, with their years', async () => {
    expect(await told('bo', 'course dates')).toContain('I know no dates');
    for (const who of ['isso', 'lead', 'cor', 'bo'])
      expect([who, await told(who, 'course dates bootcamp 2/23/2027')]).toEqual([
        who,
        expect.stringContaining('not open to you'),
      ]);
    for (const typed of ['bootcamp soon', 'bootcamp 2/23', 'toolkit 2/23/2027', '2/23/2027'])
      expect([typed, await told('ispg', `course dates ${typed}`)]).toEqual([
        typed,
        expect.stringContaining('Nothing was changed'),
      ]);
    expect(await told('gtl', 'course dates bootcamp 2/23/2027; 12/10/2026; 2/23/2027')).toContain(
      'begins on Thursday, December 10, 2026; Tuesday, February 23, 2027',
    );
    expect(await told('isso', 'course dates')).toContain('Thursday, December 10, 2026');
    const less = await told('ispg', 'course dates bootcamp 12/10/2026');
    expect(less).toContain(
      'This list replaces the one before: Tuesday, February 23, 2027 is no longer in it.',
    );
    expect(less).toContain('give all days again in one list');
    expect(await told('gtl', 'course dates bootcamp 12/10/2026')).toContain('these days are noted already');
    expect(await told('gtl', 'course dates bootcamp 11/10/2026, 2/23/2027')).toMatch(
      /Nothing was changed: Tuesday, November 10, 2026 is over/u,
    );
    expect(await told('bo', 'course dates')).toContain('begins on Thursday, December 10, 2026.');
    expect(await told('ispg', 'course dates bootcamp none')).toContain('no dates are known any more');
    expect(await told('ispg', 'course dates bootcamp none')).toContain('no dates are known.');
  });
});
