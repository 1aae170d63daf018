import { beforeEach, describe, expect, it } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import { type Job, jobs } from '../../src/jobs/schedule.ts';
import { createTimeControl } from '../../src/jobs/time-control.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { askCheckIns, nextCheckInAt } from '../../src/usecases/ask-check-ins.ts';
import { aMeeting } from '../store/samples.ts';
import { type Bot, type Heard, startBot } from '../support/bot.ts';
import { standingClock } from '../support/fakes.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const FRIDAY = eastern('2026-12-04T09:00');
const MONDAY = eastern('2026-12-07T09:00');
/** Tuesday. */
const WEEKLY_AT = eastern('2026-12-08T10:00');
/** The second Wednesday. */
const MONTHLY_AT = eastern('2026-12-09T13:00');

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: eastern('2026-12-03T23:59') });
});

async function book(facts: Partial<Meeting> & { readonly startsAt: Date }): Promise<void> {
  const { startsAt, ...others } = facts;
  const meeting = aMeeting({
    id: 'weekly',
    kind: 'lead_weekly',
    engagementId: null,
    state: 'booked',
    organizerId: 'ispg',
    attendeeIds: ['ispg', 'gtl', 'issolead'],
    offered: [],
    offeredAt: null,
    bookedFor: { startsAt, endsAt: new Date(startsAt.getTime() + 1_800_000) },
    ...others,
  });
  await bot.store.transaction((tx) => tx.meetings.insert(meeting));
}
const bookWeekly = () => book({ startsAt: WEEKLY_AT });
const bookMonthly = () =>
  book({
    startsAt: MONTHLY_AT,
    id: 'monthly',
    kind: 'isso_monthly',
    attendeeIds: ['ispg', 'isso', 'isso2', 'issolead', 'lead'],
  });

/** The clock shows `at`, and the job has run. */
async function tick(at: Date): Promise<number> {
  bot.clock.set(at);
  const done = await askCheckIns(bot, at);
  await bot.deliver();
  return done;
}
const texts = (heard: Heard): string => heard.said.join('\n');
const open = (who: string, meetingId = 'weekly') =>
  bot.press(who, { verb: 'check-in.open', subject: meetingId });
const send = (who: string, values: Record<string, string>, meetingId = 'weekly') =>
  bot.submit(who, { verb: 'check-in.answer', subject: meetingId }, values);
const find = (key: string) => bot.store.deliveries.find(key);

describe('asking ahead of the weekly meeting', () => {
  beforeEach(bookWeekly);

  it('comes once, at nine two business days before, to those it concerns, and says who reads it', async () => {
    expect(await tick(eastern('2026-12-03T23:59'))).toBe(0);
    // Written when the day begins, so that it is part of the day's message whenever that goes.
    expect(await tick(eastern('2026-12-04T00:00'))).toBe(1);
    await tick(new Date(FRIDAY.getTime() - 60_000));
    expect(bot.standing('issolead')).toEqual([]);
    expect(await tick(FRIDAY)).toBe(0);
    expect(await tick(eastern('2026-12-04T15:00'))).toBe(0);
    expect(bot.standing('issolead')).toHaveLength(1);
    const [asked = ''] = bot.standing('issolead');
    expect(asked).toContain('Your check-in before the weekly meeting');
    expect(asked).toContain('ISPG and the Service ISSO Leads who are invited read what you write.');
    expect(asked).toContain('check in weekly: well: …; way: …; help: …');
    for (const other of ['ispg', 'gtl', 'isso', 'lead', '#ispg']) expect(bot.standing(other)).toEqual([]);
    expect(await find('check-in-ask:weekly:issolead')).toMatchObject({
      urgency: 'routine',
      topic: 'check-ins',
      expiresAt: WEEKLY_AT,
      about: 'meeting:weekly',
      stillTrue: { kind: 'check-in-open', meetingId: 'weekly', personId: 'issolead', sequence: 0 },
    });
  });

  it('reminds once, on the business day before a morning meeting, whoever has not answered', async () => {
    await tick(FRIDAY);
    expect(await tick(eastern('2026-12-06T23:59'))).toBe(0);
    expect(await tick(eastern('2026-12-07T08:59'))).toBe(1);
    expect(bot.standing('issolead').filter((text) => text.includes('Reminder'))).toEqual([]);
    expect(await tick(MONDAY)).toBe(0);
    expect(await tick(eastern('2026-12-07T09:30'))).toBe(0);
    expect(await tick(eastern('2026-12-08T09:00'))).toBe(0);
    const reminders = bot.standing('issolead').filter((text) => text.includes('Reminder'));
    expect(reminders).toHaveLength(1);
  });

  it('names no time that the meeting has no more: who was to be asked for that one is reminded of the new one', async () => {
    bot.clock.set(FRIDAY);
    await askCheckIns(bot, FRIDAY);
    await bot.say('ispg', 'reschedule weekly to Wed Dec 9 2pm');
    await bot.deliver();
    expect(bot.standing('issolead').join()).not.toContain('Your check-in');
    await tick(eastern('2026-12-09T09:00'));
    const reminded = bot.standing('issolead').filter((text) => text.includes('your check-in'));
    expect(reminded).toHaveLength(1);
    expect(reminded[0]).toContain('Wednesday, December 9, 2026 at 2:00 PM Eastern Time');
  });

  it('asks, reminds and names nobody who said that they do not come', async () => {
    await bot.say('issolead', 'decline weekly');
    expect(await tick(FRIDAY)).toBe(0);
    expect(await tick(eastern('2026-12-08T09:30'))).toBe(0);
    expect(bot.standing('issolead').join()).not.toContain('Your check-in');
  });

  it('reminds nobody who has answered', async () => {
    await tick(FRIDAY);
    await bot.say('issolead', 'check in weekly: well: all green');
    await tick(MONDAY);
    expect(bot.standing('issolead').filter((text) => text.includes('Reminder'))).toEqual([]);
  });

  it('asks late rather than never, and then does not remind on the same day', async () => {
    expect(await tick(eastern('2026-12-07T09:05'))).toBeGreaterThan(0);
    await tick(eastern('2026-12-07T09:30'));
    expect(bot.standing('issolead').filter((text) => text.includes('Reminder'))).toEqual([]);
    expect(bot.standing('issolead').filter((text) => text.includes('Your check-in'))).toHaveLength(1);
  });

  it('asks nobody once the meeting has begun or is called off', async () => {
    expect(await tick(WEEKLY_AT)).toBe(0);
    await bot.store.transaction(async (tx) => {
      const meeting = await tx.meetings.forChange('weekly');
      if (meeting) await tx.meetings.update({ ...meeting, state: 'cancelled', version: meeting.version + 1 });
    });
    expect(await tick(MONDAY)).toBe(0);
  });
});

describe('the time of the monthly meeting', () => {
  it('is asked about two business days ahead, at nine where each person is', async () => {
    await bookMonthly();
    expect(await nextCheckInAt(bot, eastern('2026-12-04T12:00'))).toEqual(eastern('2026-12-07T00:00'));
    expect(await tick(eastern('2026-12-07T00:00'))).toBe(2);
    expect(await nextCheckInAt(bot, eastern('2026-12-07T00:00'))).toEqual(
      new Date('2026-12-07T00:00:00-07:00'),
    );
    await tick(MONDAY);
    expect(bot.standing('isso2')).toHaveLength(1);
    expect(bot.standing('isso')).toEqual([]);
    await tick(new Date('2026-12-07T09:00:00-07:00'));
    expect(bot.standing('isso')[0]).toContain('other Service ISSOs do not');
    expect(bot.standing('lead')).toEqual([]);
  });

  it('is where the console clock stops, so that everything comes on its minute', async () => {
    await bookWeekly();
    await bookMonthly();
    const clock = movableClock(0, standingClock(eastern('2026-12-03T12:00')));
    const job = jobs(bot as never).find(({ name }) => name === 'ask-check-ins') as Job;
    const time = createTimeControl([job], clock, async () => undefined);
    const { ran } = await time.advanceTo(eastern('2026-12-10T12:00'));
    expect(ran.map(({ at }) => at.toISOString())).toEqual(
      [
        '2026-12-04T00:00-05:00', // issolead for the weekly one
        '2026-12-07T00:00-05:00', // their reminder; issolead and isso2 for the monthly one
        '2026-12-07T00:00-07:00', // isso in Denver
        '2026-12-08T00:00-07:00', // isso's reminder: in Denver the monthly one begins at eleven
        '2026-12-08T09:30-05:00', // the weekly one is shown what was written
        '2026-12-09T00:00-05:00', // reminders of the monthly one
        '2026-12-09T12:30-05:00', // the monthly one is shown what was written
      ].map((at) => new Date(at).toISOString()),
    );
    expect(await job.nextDueAt()).toBeNull();
  });

  it('is looked for past meetings that nobody closed', async () => {
    await bookWeekly();
    await book({ startsAt: eastern('2026-12-15T10:00'), id: 'next' });
    expect(await nextCheckInAt(bot, eastern('2026-12-09T12:00'))).toEqual(eastern('2026-12-11T00:00'));
  });
});

describe('answering', () => {
  beforeEach(async () => {
    await bookWeekly();
    await tick(FRIDAY);
  });

  it('in the dialog keeps what was written, and opens filled with it', async () => {
    const opened = await open('issolead');
    expect(opened.dialog?.fields.map(({ label }) => label)).toEqual([
      'What went well',
      'What is in the way',
      'Help wanted',
    ]);
    const kept = await send('issolead', { wentWell: 'Access came', inTheWay: '', helpWanted: 'Test data' });
    expect(texts(kept)).toContain('Thank you for your check-in');
    const again = await open('issolead');
    expect(again.dialog?.fields.map(({ value }) => value)).toEqual(['Access came', '', 'Test data']);
    const changed = await send('issolead', { wentWell: 'Access came', inTheWay: '', helpWanted: '' });
    expect(texts(changed)).toContain('Your check-in is changed');
    const row = await bot.store.transaction((tx) => tx.checkIns.get('weekly', 'issolead'));
    expect(row?.answers).toEqual({ wentWell: 'Access came', inTheWay: '', helpWanted: '' });
    expect(row?.askedAt).toEqual(FRIDAY);
  });

  it('in words replaces the parts that are named and leaves the others', async () => {
    await bot.say(
      'issolead',
      'check in weekly: well: two came aboard; way: laptops; they are late; help: none',
    );
    await bot.say('issolead', 'Check-in: help: a call with the data team');
    const row = await bot.store.transaction((tx) => tx.checkIns.get('weekly', 'issolead'));
    expect(row?.answers).toEqual({
      wentWell: 'two came aboard',
      inTheWay: 'laptops; they are late',
      helpWanted: 'a call with the data team',
    });
  });

  it('refuses an empty one, a long one and one with sensitive data, beside the field, and keeps nothing', async () => {
    const empty = await send('issolead', { wentWell: ' ', inTheWay: '', helpWanted: '' });
    expect(empty.errors).toEqual({ wentWell: expect.stringContaining('at least one') });
    const bad = await send('issolead', {
      wentWell: 'x'.repeat(1_001),
      inTheWay: 'His number is 219-09-9999',
      helpWanted: 'ok',
    });
    expect(bad.errors).toEqual({
      wentWell: expect.stringContaining('1,000'),
      inTheWay: expect.stringContaining('Social Security number'),
    });
    const typed = await bot.say('issolead', 'check in weekly: well: his number is 219-09-9999');
    expect(texts(typed)).toContain('did not keep it');
    const long = await bot.say('issolead', `check in weekly: well: ${'x'.repeat(1_001)}`);
    expect(texts(long)).toContain('What went well: That is 1,001 characters');
    expect(texts(await bot.say('issolead', 'check in weekly: all is well'))).toContain('For example');
    const row = await bot.store.transaction((tx) => tx.checkIns.get('weekly', 'issolead'));
    expect(row?.answers).toBeNull();
  });

  it('ends when the meeting begins', async () => {
    bot.clock.set(WEEKLY_AT);
    for (const heard of [
      await open('issolead'),
      await send('issolead', { wentWell: 'Late' }),
      await bot.say('issolead', 'check in weekly: well: late'),
      await bot.say('issolead', 'check in'),
    ])
      expect(texts(heard)).toContain('no check-in open for you');
  });

  it('is open to nobody else, who learns no more than of a meeting that does not exist', async () => {
    const words = texts(await open('isso', 'no-such-meeting'));
    for (const who of ['isso', 'bo', 'lead', 'ispg', 'auditor']) {
      expect(texts(await open(who))).toBe(words);
      expect(texts(await send(who, { wentWell: 'Hm' }))).toBe(words);
      expect(texts(await bot.say(who, 'check in weekly: well: hm'))).toBe(words);
    }
    expect(await bot.store.transaction((tx) => tx.checkIns.ofMeetings(['weekly']))).toHaveLength(1);
  });

  it('works by typing `check in`, before anybody was asked too', async () => {
    await book({ startsAt: eastern('2026-12-15T10:00'), id: 'next' });
    bot.clock.set(eastern('2026-12-08T12:00'));
    expect(texts(await bot.say('issolead', 'check in'))).toContain('You have not written anything yet');
    await bot.say('issolead', 'check in: well: early');
    expect(texts(await bot.say('issolead', 'checkin weekly'))).toContain('early');
    expect(await tick(eastern('2026-12-14T09:00'))).toBe(0);
  });

  it('works while a form is open, and leaves the form where it was', async () => {
    await bot.say('issolead', 'I need an ISSO');
    expect(texts(await bot.say('issolead', 'check in weekly: well: fine'))).toContain('Thank you');
    expect(texts(await bot.say('issolead', 'check in weekly'))).not.toContain('Your check-in');
  });

  it('is on the record without any of the words', async () => {
    await send('issolead', { wentWell: 'Zebra', inTheWay: '', helpWanted: 'Quagga' });
    const { prisma } = await openTestDatabase();
    const entries = await prisma.auditEntry.findMany();
    expect(entries.map(({ verb }) => verb)).toEqual(['check-in.ask', 'check-in.answer']);
    expect(JSON.stringify(entries, (_, value) => (typeof value === 'bigint' ? 0 : value))).not.toMatch(
      /Zebra|Quagga/u,
    );
    expect(JSON.stringify(bot.log.lines)).not.toMatch(/Zebra|Quagga/u);
  });
});

describe('what the meeting sees', () => {
  it('is one card for each who prepares it, redrawn as answers come, help wanted first', async () => {
    await bookMonthly();
    await tick(new Date('2026-12-07T09:00:00-07:00'));
    await bot.say('isso', 'check in monthly: well: onboarded <at>everyone</at>');
    await bot.deliver();
    expect(bot.standing('ispg')[0]).toContain('1 of 3 answered.');
    await bot.say('isso2', 'check in monthly: way: slow laptop; help: a new one');
    await bot.deliver();
    const cards = bot.standing('ispg');
    expect(cards).toHaveLength(1);
    const [card = ''] = cards;
    expect(card).toContain('2 of 3 answered; help wanted first.');
    expect(card.indexOf('Ivan Soto')).toBeLessThan(card.indexOf('Ines Sorensen'));
    expect(card).toContain('Not answered: Isaac Lindqvist.');
    for (const other of ['isso', 'isso2', 'issolead', 'lead', '#ispg', '#issoaas', 'gtl'])
      expect(bot.standing(other).join('\n')).not.toMatch(/of 3 answered|slow laptop|onboarded/u);
  });

  it('comes half an hour before, urgently and once, to those for whom there is something in it', async () => {
    await bookWeekly();
    await tick(MONDAY);
    expect(bot.standing('ispg')).toEqual([]);
    await tick(eastern('2026-12-08T09:29'));
    expect(bot.standing('ispg')).toEqual([]);
    await tick(eastern('2026-12-08T09:30'));
    await tick(eastern('2026-12-08T09:40'));
    expect(bot.standing('ispg')).toHaveLength(1);
    expect(bot.standing('ispg')[0]).toContain('0 of 1 answered.');
    expect(bot.standing('gtl')[0]).toContain('Not answered: Isaac Lindqvist.');
    expect(bot.standing('issolead').join()).not.toContain('Not answered');
    const row = await find(`check-ins:weekly:before-${WEEKLY_AT.toISOString()}:ispg`);
    expect(row).toMatchObject({ urgency: 'urgent', about: 'meeting:weekly' });
  });

  it('comes anew right before the meeting when answers came earlier, and later ones are drawn on that', async () => {
    await bookMonthly();
    await tick(new Date('2026-12-07T09:00:00-07:00'));
    await bot.say('isso', 'check in monthly: well: onboarded');
    await bot.deliver();
    await tick(eastern('2026-12-09T12:30'));
    expect(bot.standing('ispg').filter((text) => text.includes('1 of 3 answered'))).toHaveLength(2);
    bot.clock.set(eastern('2026-12-09T12:40'));
    await bot.say('isso2', 'check in monthly: well: late');
    await bot.deliver();
    expect(bot.standing('ispg').map((text) => /\d of 3 answered/u.exec(text)?.[0])).toEqual([
      '1 of 3 answered',
      '2 of 3 answered',
    ]);
  });

  it('is seen by the leads of the weekly meeting; of the monthly one they see their own only', async () => {
    await bookWeekly();
    await bookMonthly();
    await tick(MONDAY);
    await bot.say('issolead', 'check in weekly: well: green');
    await bot.say('isso2', 'check in monthly: well: blue');
    await bot.deliver();
    expect(bot.standing('ispg').filter((text) => text.includes('1 of 1 answered'))).toHaveLength(1);
    // Nothing stands in it that they have not written themselves.
    expect(bot.standing('issolead').join('\n')).not.toMatch(/1 of 1 answered|blue/u);
    const typed = texts(await bot.say('issolead', 'check ins'));
    expect(typed).toContain('green');
    expect(typed).not.toContain('blue');
    expect(texts(await bot.say('isso', 'check ins monthly'))).not.toContain('blue');
    expect(texts(await bot.say('ispg', 'check ins'))).toMatch(/green[\s\S]*blue/u);
    expect(texts(await bot.say('gtl', 'check ins monthly'))).not.toContain('blue');
    for (const words of ['check ins', 'check in'])
      expect(texts(await bot.say('ispg', words, { channel: 'ispg' }))).toContain('in a direct message');
    expect(texts(await bot.say('ispg', 'let us check in with them', { channel: 'ispg' }))).toBe('');
  });

  it('makes what people wrote harmless', async () => {
    bot.clock.set(FRIDAY);
    await bookWeekly();
    await bot.say(
      'issolead',
      'check in weekly: well: <script>x</script> [click](https://evil.example) @channel',
    );
    await bot.deliver();
    const posted = [...bot.adapter.standing.values()].find(({ to }) => to.id === 'ispg');
    const theirs = JSON.stringify(posted?.message).match(/"kind":"theirs","text":"<script>[^"]*"/u);
    expect(theirs).not.toBeNull();
    expect(posted && plainText(posted.message, { timeZone: 'America/New_York' })).toContain(
      '1 of 1 answered',
    );
  });

  it('holds every answer when several come at the same instant', async () => {
    await bookMonthly();
    await tick(new Date('2026-12-07T09:00:00-07:00'));
    await Promise.all(
      ['isso', 'isso2', 'issolead'].map((who) => bot.say(who, `check in monthly: well: from ${who}`)),
    );
    await bot.deliver();
    expect(bot.standing('ispg')).toHaveLength(1);
    expect(bot.standing('ispg')[0]).toContain('3 of 3 answered.');
  });
});
