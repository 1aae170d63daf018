import { beforeEach, describe, expect, it } from 'vitest';
import type { Meeting } from '../../src/domain/meeting.ts';
import { localDate } from '../../src/domain/time.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

/** Tuesday, December 1, 2026, 10:00 Eastern. */
const TUESDAY = new Date('2026-12-01T10:00:00-05:00');

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: TUESDAY });
}, 60_000);

const answer = async (who: string, text: string): Promise<string> =>
  (await bot.say(who, text)).said.join('\n');
const closing = (...days: string[]) => ({
  calendar: { closures: days.map((on) => ({ on, name: 'Water main break' })) },
});
const told = async (place: string, words: string): Promise<string[]> => {
  await bot.deliver();
  return bot.standing(place).filter((text) => text.includes(words));
};
const CLOSED = 'is closed now (Water main break)';
const dayOf = (meeting: Meeting | null): string =>
  meeting?.bookedFor ? localDate(meeting.bookedFor.startsAt, 'America/New_York') : 'no time';

async function bookedKickoff(): Promise<{ number: string; on: string; meeting: Meeting }> {
  const number = await bot.fileRequest();
  await bot.say('ispg', `accept ${number}`);
  await bot.say('bo', `choose 2 for ${number}`);
  const meeting = await kickoffOf(number);
  if (!meeting) throw new Error('no kickoff');
  return { number, on: dayOf(meeting), meeting };
}
const kickoffOf = (number: string): Promise<Meeting | null> =>
  bot.store.transaction(async (tx) => {
    const engagement = await tx.engagements.byNumber(number);
    return engagement ? tx.meetings.ofEngagement(engagement.id, 'kickoff') : null;
  });

describe('when the day of a booked kickoff is closed', () => {
  it('the ISPG channel is told once, however often it is looked at, with what can be done', async () => {
    const { number, on } = await bookedKickoff();
    await bot.planMeetings(closing('2026-12-30'));
    expect(await told('#ispg', 'closed now')).toEqual([]);
    await bot.planMeetings(closing(on));
    await bot.planMeetings(closing(on));
    const [message, ...more] = await told('#ispg', CLOSED);
    expect(more).toEqual([]);
    expect(message).toContain(`the kickoff for ${number} (Claims Hub) is booked for`);
    expect(message).toContain(`reschedule ${number}`);
    expect(message).toContain(`cancel kickoff ${number}`);
  });

  it('the reminders of everybody say so, and not any more when it is open again', async () => {
    const { meeting, on } = await bookedKickoff();
    await bot.planMeetings(closing(on));
    bot.clock.set(new Date((meeting.bookedFor?.startsAt.getTime() ?? 0) - 3_600_000));
    expect((await told('bo', 'begins in one hour')).join()).toContain(
      'on a day when the office is closed (Water main break)',
    );
    bot.clock.set(TUESDAY);
    const other = await bookedKickoff();
    await bot.planMeetings(closing(other.on));
    await bot.planMeetings();
    bot.clock.set(new Date((other.meeting.bookedFor?.startsAt.getTime() ?? 0) - 3_600_000));
    const reminded = (await told('bo', 'begins in one hour')).filter((text) => text.includes(other.number));
    expect(reminded).toHaveLength(1);
    expect(reminded[0]).not.toContain('closed');
  });

  it('the message is taken back when the closure goes, and comes anew when it returns', async () => {
    const { on } = await bookedKickoff();
    await bot.planMeetings(closing(on));
    expect(await told('#ispg', CLOSED)).toHaveLength(1);
    await bot.planMeetings();
    expect(await told('#ispg', CLOSED)).toEqual([]);
    expect(await told('#ispg', 'and that day is open')).toHaveLength(1);
    await bot.planMeetings(closing(on));
    expect(await told('#ispg', CLOSED)).toHaveLength(1);
  });

  it('nothing is said of a closure that went before anything was sent', async () => {
    const { on } = await bookedKickoff();
    await told('#ispg', '');
    await bot.planMeetings(closing(on));
    await bot.planMeetings();
    expect(await told('#ispg', 'closed now')).toEqual([]);
    expect(await told('#ispg', 'Settled')).toEqual([]);
  });

  it('the message loses its buttons when the kickoff moves or is cancelled', async () => {
    const { number, on } = await bookedKickoff();
    await bot.planMeetings(closing(on));
    expect(await told('#ispg', CLOSED)).toHaveLength(1);
    await bot.say('ispg', `cancel kickoff ${number}`);
    expect(await told('#ispg', CLOSED)).toEqual([]);
    expect(await told('#ispg', 'is not booked for that day any more')).toHaveLength(1);
  });
});

describe('when the day of another meeting that a person set is closed', () => {
  it('its organizer is told of one of the programme that was moved by hand; the plan moves its own', async () => {
    await bot.planMeetings();
    await answer('ispg', 'reschedule weekly Dec 8 to Thu Dec 10 2pm');
    await bot.planMeetings(closing('2026-12-10', '2026-12-15'));
    const [message, ...more] = await told('ispg', CLOSED);
    expect(more).toEqual([]);
    expect(message).toContain('Thursday, December 10, 2026 is closed now');
    expect(message).toContain('reschedule weekly Dec 10');
    expect(await answer('ispg', 'reschedule weekly Dec 10 to Fri Dec 11 2pm')).toContain('Moved');
    expect(await told('ispg', CLOSED)).toEqual([]);
  });

  it('the ISPG channel is told of one of a request that was agreed by slots', async () => {
    const number = await heldKickoff(bot);
    await answer('bo', `ask for satisfaction ${number}`);
    await answer('bo', `choose 1 for satisfaction ${number}`);
    const meeting = await bot.store.transaction(async (tx) => {
      const engagement = await tx.engagements.byNumber(number);
      return engagement ? tx.meetings.ofEngagement(engagement.id, 'satisfaction') : null;
    });
    await bot.planMeetings(closing(dayOf(meeting)));
    const [message, ...more] = await told('#ispg', CLOSED);
    expect(more).toEqual([]);
    expect(message).toContain(`cancel satisfaction ${number}`);
    bot.clock.set(new Date((meeting?.bookedFor?.startsAt.getTime() ?? 0) - 3_600_000));
    expect((await told('bo', 'Meeting in one hour')).join()).toContain('the office is closed');
  });
});
