import { beforeEach, describe, expect, it } from 'vitest';
import type { Meeting } from '../../src/domain/meeting.ts';
import { localDate } from '../../src/domain/time.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

/** Monday, November 2, 2026, 10:00 Eastern. */
const MONDAY = new Date('2026-11-02T10:00:00-05:00');

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: MONDAY });
  await bot.planMeetings();
}, 60_000);

const says = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const meetings = (key: string): Promise<Meeting[]> =>
  bot.store.transaction((tx) => tx.meetings.ofCadence(key, ''));
const booked = async (key: string): Promise<string[]> =>
  (await meetings(key))
    .filter(({ state }) => state === 'booked')
    .map(({ bookedFor }) => (bookedFor ? localDate(bookedFor.startsAt, 'America/New_York') : ''));

describe('cadences in chat', () => {
  it('are listed in words with the next date, for whoever is concerned', async () => {
    const listed = await says('issolead', 'cadences');
    expect(listed).toContain('Service ISSO Lead check-in: every Tuesday at 10:00 AM Eastern Time');
    expect(listed).toContain('Next: Tuesday, November 3, 2026 at 10:00 AM Eastern Time');
    expect(await says('isso', 'cadences')).not.toContain('Service ISSO Lead check-in');
    expect(await says('bo', 'cadences')).toContain('no recurring meeting that concerns you');
  });

  it('say the next five dates, with what moved and why', async () => {
    const shown = await says('isso', 'cadence monthly');
    expect(shown).toContain('the second Wednesday of each month at 1:00 PM Eastern Time');
    expect(shown).toContain(
      '1. Thursday, November 12, 2026 at 1:00 PM Eastern Time, moved from Wed, Nov 11 (Veterans Day)',
    );
    expect(shown).toContain('5. Wednesday, March 10, 2027');
  });

  it('are set in words, said back, and what was planned follows', async () => {
    const set = await says('ispg', 'cadence weekly every Thursday at 2pm in Chicago');
    expect(set).toContain('every Thursday at 2:00 PM Central Time');
    expect(set).toContain('1. Thursday, November 5, 2026 at 3:00 PM Eastern Time');
    expect(set).toContain('Meetings in the calendar: 6 moved, 1 called off. Everybody invited is told.');
    expect(set).toContain(
      'You named nothing for days when the office is closed, so that stays as it was before.',
    );
    expect(await says('ispg', 'cadence weekly every Thursday at 3pm skip')).not.toContain(
      'You named nothing',
    );
    await says('ispg', 'cadence weekly every Thursday at 2pm in Chicago next');
    expect((await booked('meeting:lead_weekly')).slice(0, 2)).toEqual(['2026-11-05', '2026-11-12']);
    expect(await bot.planMeetings()).toBe(0);
  });

  it('are told once to everybody else who is invited, however many dates move, and what a later change makes untrue is taken back', async () => {
    await bot.deliver();
    await says('ispg', 'cadence weekly every Thursday at 2pm');
    await says('ispg', 'cadence weekly every Wednesday at 2pm');
    await bot.deliver();
    const told = bot.standing('issolead').filter((text) => text.includes('Please note'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(
      'from now on the Service ISSO Lead check-in is every Wednesday at 2:00 PM Eastern Time',
    );
    expect(told[0]).toContain('The next one: Wednesday, November 4, 2026 at 2:00 PM Eastern Time');
    expect(bot.standing('ispg').join()).not.toContain('Please note');
    await says('gtl', 'cadence weekly off');
    await bot.deliver();
    expect(bot.standing('issolead').at(-1)).toContain('is not planned any more');
    expect(bot.standing('ispg').at(-1)).toContain('is not planned any more');
  });

  it('are switched off and on again', async () => {
    expect(await says('gtl', 'cadence weekly off')).toContain('off, so nothing is planned');
    expect(await booked('meeting:lead_weekly')).toEqual([]);
    expect(await bot.planMeetings()).toBe(0);
    await says('gtl', 'cadence weekly every Tuesday at 10:00');
    expect((await booked('meeting:lead_weekly')).at(0)).toBe('2026-11-03');
    // The same meetings come back, so that calendars bring back what they dropped.
    expect((await meetings('meeting:lead_weekly')).map(({ sequence }) => sequence)).toEqual([
      3, 3, 3, 3, 3, 3, 3,
    ]);
  });

  it('come back with the rule they had', async () => {
    await says('ispg', 'cadence weekly every Thursday at 2pm skip');
    expect(await says('gtl', 'cadence weekly off')).toContain('until somebody types `cadence weekly on`');
    const set = await says('gtl', 'cadence weekly on');
    expect(set).toContain('every Thursday at 2:00 PM Eastern Time; not on federal holidays');
    expect((await booked('meeting:lead_weekly')).at(0)).toBe('2026-11-05');
    expect(await says('gtl', 'cadence weekly on')).toContain('No meeting that was planned already changes');
  });

  it('can be set by the bot’s own sentence, pasted back', async () => {
    await says('ispg', 'cadence weekly every Thursday at 2pm in Chicago previous');
    const [, sentence = ''] =
      /check-in: (every Thursday[^.]*\.)/u.exec(await says('ispg', 'cadence weekly')) ?? [];
    const before = await bot.store.transaction((tx) => tx.cadences.get('meeting:lead_weekly'));
    await says('ispg', 'cadence weekly every Monday at 1pm skip');
    expect(await says('ispg', `cadence weekly ${sentence}`)).toContain('Cadence set');
    expect(await bot.store.transaction((tx) => tx.cadences.get('meeting:lead_weekly'))).toMatchObject({
      cron: before?.cron,
      timeZone: before?.timeZone,
      holidayRule: before?.holidayRule,
    });
  });

  it('belong to one request where the meeting does, and its parties are invited', async () => {
    const number = await bot.fileRequest();
    const set = await says('ispg', `cadence satisfaction ${number} quarterly second Tuesday at 10am`);
    expect(set).toContain(
      'every three months on the second Tuesday (in January, April, July, and October) at 10:00 AM',
    );
    expect(set).toContain('1. Tuesday, January 12, 2027');
    const engagement = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
    const [first] = await meetings(`meeting:satisfaction:${engagement?.id}`);
    expect([...(first?.attendeeIds ?? [])].sort()).toEqual(['bo', 'cra', 'ispg']);
    expect(await says('bo', 'cadences')).toContain(number);
    expect(await says('bo2', 'cadences')).not.toContain(number);
    expect(await says('bo2', `cadence satisfaction ${number}`)).toContain('you do not have access');
  });

  it.each([
    ['issolead', 'cadence weekly every Monday at 9am', 'Only the ISPG team'],
    ['ispg', 'cadence weekly whenever', "can't read that as a cadence"],
    ['ispg', 'cadence weekly every Monday at 2am', '1:00 AM up to 3:00 AM'],
    ['ispg', 'cadence weekly 0 9 30 2 *', 'No day fits'],
    ['ispg', 'cadence weekly */5 9 * * 1', 'at most once a day'],
    ['ispg', 'cadence weekly every Monday at 9am in Atlantis', 'not a place'],
    ['ispg', 'cadence lunch every Monday at noon', 'Which meeting do you mean'],
    ['ispg', 'cadence satisfaction every Monday at noon', 'belongs to one request'],
    ['ispg', 'cadence weekly ISSO-2026-0001 off', "programme's"],
    ['ispg', 'cadence kickoff every Monday at noon', 'happens once'],
    ['ispg', 'cadence forum every Monday at noon', 'import forum'],
    ['ispg', 'cadence training off', 'Which meeting do you mean'],
    ['ispg', 'cadence weekly 0 9 * * 2#6', 'The day of the week of this cadence'],
    ['ispg', 'cadence weekly every other Wednesday at 2pm', 'first and third Wednesday at 1pm'],
    ['ispg', 'cadence training on', 'Which meeting do you mean'],
    ['ispg', 'cadence monthly 0 3 * * 3', '3:00 AM Eastern Time is outside business hours'],
    ['ispg', 'cadence monthly second Wednesday at 3am', 'all 45 minutes lie between 8:30 AM and 5:00 PM'],
    ['ispg', 'cadence monthly every Sunday at 1pm skip', 'Sunday is on a weekend'],
    ['ispg', 'cadence weekly every Saturday at 2pm', 'Name a day from Monday to Friday'],
    ['ispg', 'cadence weekly 0 13 15 * * keep', 'instead of `keep`'],
    ['ispg', 'cadence weekly 0 13 25 12 * skip', 'no date in the next five years'],
    ['ispg', 'cadence initial ISSO-2026-0002 every Monday at 1pm', 'The initial meeting happens once'],
    ['ispg', 'reschedule weekly and following to Thu 3am', '3:00 AM Eastern Time is outside business hours'],
    ['ispg', 'reschedule weekly and following to Thu 9pm', '9:00 PM Eastern Time is outside business hours'],
    ['ispg', 'reschedule weekly and following to Sat 2pm', 'Saturday is on a weekend'],
  ])('%s: "%s" is refused in a clear sentence and changes nothing', async (who, typed, words) => {
    const before = await bot.store.transaction((tx) => tx.cadences.list());
    const planned = await booked('meeting:lead_weekly');
    expect(await says(who, typed)).toContain(words);
    expect(await bot.store.transaction((tx) => tx.cadences.list())).toEqual(before);
    expect(await booked('meeting:lead_weekly')).toEqual(planned);
  });
});

describe('the forum', () => {
  const forums = () => meetings('import:forum');

  it('is imported by ISPG, moved when its date was corrected, and never made twice', async () => {
    expect(await says('ispg', 'import forum 2026-12-17 1pm Zero trust in practice')).toContain(
      'Imported: the forum "Zero trust in practice" is on Thursday, December 17, 2026 at 1:00 PM Eastern Time',
    );
    const [made] = await forums();
    expect(made?.attendeeIds).toEqual(
      expect.arrayContaining(['isso', 'issolead', 'cra', 'lead', 'guardian']),
    );
    expect(await says('ispg', 'import forum 2026-12-17 1pm Zero trust in practice')).toContain(
      'I know that one',
    );
    expect(await says('gtl', 'import forum Dec 16 14:30')).toContain('Corrected');
    const [moved, ...others] = await forums();
    expect(others).toEqual([]);
    expect([moved?.uid, moved?.sequence, moved?.title]).toEqual([made?.uid, 2, 'Zero trust in practice']);
    expect(moved?.bookedFor?.startsAt).toEqual(new Date('2026-12-16T14:30:00-05:00'));
    await says('ispg', 'import forum 2027-01-21 1pm');
    expect(await forums()).toHaveLength(2);
  });

  it.each([
    ['issolead', 'import forum 2026-12-17 1pm', 'Only the ISPG team'],
    ['ispg', 'import forum soon', 'Type it such as'],
    ['ispg', 'import forum 2026-12-17', 'Type it such as'],
    ['ispg', 'import forum 2026-10-17 1pm', 'has passed'],
    ['ispg', 'import forum 2026-12-17 1pm call 078-05-1120', 'Social Security'],
  ])('%s: "%s" is refused', async (who, typed, words) => {
    expect(await says(who, typed)).toContain(words);
    expect(await forums()).toEqual([]);
  });

  it.each([
    [
      'import forum 2027-01-18 1pm',
      'Monday, January 18, 2027 is Birthday of Martin Luther King, Jr., a federal holiday.',
      'import forum 2027-01-18 1pm anyway',
    ],
    [
      'import forum Sat Dec 5 14:30 Zero trust',
      'Saturday, December 5, 2026 is on a weekend.',
      'import forum 2026-12-05 2:30pm Zero trust anyway',
    ],
    [
      'import forum 2026-12-17 3am',
      '3:00 AM Eastern Time is outside business hours, which are from 8:30 AM to 5:00 PM.',
      'import forum 2026-12-17 3am anyway',
    ],
  ])('"%s" is imported only when somebody says so once more', async (typed, words, confirmation) => {
    const asked = await says('ispg', typed);
    expect(asked).toContain(words);
    expect(asked).toContain(`Type \`${confirmation}\`. Nothing was imported yet.`);
    expect(await forums()).toEqual([]);
    expect(await says('ispg', confirmation)).toContain('Imported: the forum');
    expect(await forums()).toHaveLength(1);
    expect(await says('ispg', typed)).toContain('I know that one already');
  });

  it('on a holiday is not called the next business day’s in its reminder', async () => {
    await says('ispg', 'import forum 2026-11-11 1pm anyway');
    bot.clock.set(new Date('2026-11-10T13:05:00-05:00'));
    await bot.deliver();
    const reminded =
      bot.standing('isso').find((text) => text.includes('Cybersecurity Community Forum')) ?? '';
    expect(reminded).toContain(
      'Meeting ahead: CMS Cybersecurity Community Forum, Wednesday, November 11, 2026',
    );
    expect(reminded).toContain('Please note: it is on a day when the office is closed (Veterans Day).');
  });
});
