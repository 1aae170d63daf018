import { beforeEach, describe, expect, it } from 'vitest';
import type { Meeting } from '../../src/domain/meeting.ts';
import { freshMemory, promptMeetings } from '../../src/usecases/prompt-meetings.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

/** Tuesday, December 1, 2026, 10:00 Eastern. */
const TUESDAY = new Date('2026-12-01T10:00:00-05:00');
const on = (day: string, time = '09:00'): Date => new Date(`${day}T${time}:00-05:00`);

let bot: Bot;
let number: string;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: TUESDAY });
  number = await heldKickoff(bot);
}, 60_000);

const answer = async (who: string, text: string): Promise<string> =>
  (await bot.say(who, text)).said.join('\n');
const latest = (kind: 'initial' | 'satisfaction' | 'rbt_review'): Promise<Meeting | null> =>
  bot.store.transaction(async (tx) => {
    const engagement = await tx.engagements.byNumber(number);
    return tx.meetings.ofEngagement(kind === 'rbt_review' ? null : (engagement?.id ?? ''), kind);
  });
/** One run of the prompts as a process does that has just started. */
const promptAt = async (at: Date): Promise<number> => {
  bot.clock.set(at);
  const done = await promptMeetings({ store: bot.store, programme: bot.programme }, at, freshMemory());
  await bot.deliver();
  return done;
};
const isAhead = (meeting: Meeting | null, at: Date): boolean =>
  meeting !== null && meeting.offered.length > 0 && meeting.offered.every(({ startsAt }) => startsAt > at);
const countOf = (place: string, words: string): number =>
  bot.standing(place).filter((text) => text.includes(words)).length;

describe('an offer that nobody answered', () => {
  it('does not silence the prompts after it: the same meeting gets new times, told in a message of their own', async () => {
    await bot.say('ispg', `work began ${number} Ines on Dec 1`);
    expect(await promptAt(on('2026-12-31'))).toBe(1);
    const first = await latest('satisfaction');
    expect(await promptAt(on('2027-02-26'))).toBe(0);
    const day90 = on('2027-03-01');
    expect(await promptAt(day90)).toBe(1);
    const renewed = await latest('satisfaction');
    expect([renewed?.id, isAhead(renewed, day90)]).toEqual([first?.id, true]);
    expect(countOf('bo', 'New times: Satisfaction session')).toBe(1);
    // Not answered either: the next quarter renews it, and nothing before it does, whichever process looks.
    expect(await promptAt(on('2027-03-02'))).toBe(0);
    expect(await promptAt(on('2027-04-15'))).toBe(0);
    expect(await promptAt(new Date('2027-06-01T09:00:00-04:00'))).toBe(1);
  });

  it('does not come again by the clock once it was renewed and called off', async () => {
    await bot.say('ispg', `work began ${number} Ines on Dec 1`);
    await promptAt(on('2026-12-31'));
    await promptAt(on('2027-03-01'));
    await bot.say('ispg', `cancel satisfaction ${number}`);
    expect(await promptAt(on('2027-03-02'))).toBe(0);
    expect((await latest('satisfaction'))?.state).toBe('cancelled');
  });

  it('of a training review stands in nobody\u2019s way: a prompt of the next weeks renews it', async () => {
    await bot.say('ispg', `begin onboarding ${number} Ines on Dec 22`);
    // The quarter's first business day; Ines is due on February 20, and is prompted for on January 21.
    expect(await promptAt(on('2027-01-04'))).toBe(1);
    const first = await latest('rbt_review');
    const dueIn30 = on('2027-01-21');
    expect(await promptAt(dueIn30)).toBe(1);
    const renewed = await latest('rbt_review');
    expect([renewed?.id, isAhead(renewed, dueIn30)]).toEqual([first?.id, true]);
    expect(countOf('lead', 'New times: Contract leads')).toBe(1);
    expect(await promptAt(on('2027-01-25'))).toBe(0);
  });

  it('gets new times for whoever asks for the meeting', async () => {
    expect(await answer('lead', 'ask for training review')).toContain('are offered to Leila Haddad');
    expect(await answer('lead', 'ask for training review')).toContain('are on offer already');
    const later = on('2027-01-12');
    bot.clock.set(later);
    expect(await answer('lead', 'ask for training review')).toContain('are offered to Leila Haddad');
    await bot.deliver();
    expect(isAhead(await latest('rbt_review'), later)).toBe(true);
    expect(await answer('lead', 'choose 1 for training')).toContain('Booked');
  });

  it('of the initial meeting is renewed when the next Service ISSO begins', async () => {
    await bot.say('ispg', `begin onboarding ${number} Ines on Dec 1`);
    const first = await latest('initial');
    const later = on('2027-02-01');
    bot.clock.set(later);
    expect(await answer('ispg', `begin onboarding ${number} Ivan on Feb 1`)).toContain(
      'Times for the initial meeting are offered',
    );
    const renewed = await latest('initial');
    expect([renewed?.id, isAhead(renewed, later)]).toEqual([first?.id, true]);
    expect(renewed?.attendeeIds).toContain('isso2');
  });
});

describe('what is booked', () => {
  it('is not given up by offering times; cancelling comes first', async () => {
    await bot.say('lead', 'ask for training review');
    await bot.say('lead', 'choose 1 for training');
    const booked = await latest('rbt_review');
    expect(await answer('ispg', 'offer training')).toContain('Nothing was changed');
    expect(await answer('ispg', 'ask for training review')).toContain('is booked already');
    expect(await latest('rbt_review')).toEqual(booked);
    await bot.say('bo', `ask for satisfaction ${number}`);
    await bot.say('bo', `choose 1 for satisfaction ${number}`);
    const session = await latest('satisfaction');
    expect(await answer('ispg', `offer satisfaction ${number}`)).toContain(`cancel satisfaction ${number}`);
    bot.clock.set(new Date((session?.bookedFor?.endsAt ?? TUESDAY).getTime() + 1));
    expect(await answer('ispg', `offer satisfaction ${number}`)).toContain(`held satisfaction ${number}`);
    expect(await latest('satisfaction')).toEqual(session);
    expect(await answer('ispg', `cancel satisfaction ${number}`)).toContain('is cancelled');
    expect(await answer('ispg', `offer satisfaction ${number}`)).toContain('are offered to Beatriz Okafor');
    expect((await latest('satisfaction'))?.state).toBe('offered');
  });
});

describe('the digest', () => {
  const digest = (): Promise<string> => answer('ispg', 'digest');

  it('names an initial meeting whose times nobody chose, until there are new ones', async () => {
    await bot.say('ispg', `begin onboarding ${number} Ines on Nov 10`);
    expect(await digest()).toContain('nothing needs you');
    bot.clock.set(on('2026-12-03', '12:00'));
    expect(await digest()).toMatch(
      /the times for the initial meeting are not answered.*Next: Beatriz Okafor; ISPG can type `offer initial ISSO-2026-0001`/u,
    );
    bot.clock.set(on('2027-02-01'));
    expect(await digest()).toContain('the initial meeting has no times left to choose from');
    await bot.say('ispg', `offer initial ${number}`);
    expect(await digest()).not.toContain('no times left');
  });

  it('names a session that is over and not recorded, and the programme\u2019s meetings of the last month in one line', async () => {
    await bot.planMeetings();
    await bot.say('bo', `ask for satisfaction ${number}`);
    await bot.say('bo', `choose 1 for satisfaction ${number}`);
    const start = (await latest('satisfaction'))?.bookedFor?.startsAt ?? TUESDAY;
    bot.clock.set(new Date(start.getTime() + 3_600_000));
    expect(await digest()).toContain(`ISPG can type \`held satisfaction ${number}\``);
    await bot.say('ispg', `held satisfaction ${number}: notes: fine`);
    bot.clock.set(on('2026-12-16'));
    const text = await digest();
    expect(text).not.toContain('satisfaction session');
    expect(text.match(/Over and not recorded: .*/gu)).toEqual([
      expect.stringMatching(/weekly Dec 8.*weekly Dec 15/u),
    ]);
    await bot.say('ispg', 'held weekly Dec 8: notes: fine');
    expect(await digest()).not.toContain('weekly Dec 8');
  });
});

describe('an offer that a clock makes', () => {
  it('is part of the one message of the day', async () => {
    await bot.say('ispg', `work began ${number} Ines on Dec 1`);
    bot.clock.set(on('2026-12-31'));
    await promptMeetings({ store: bot.store, programme: bot.programme }, bot.clock.now());
    const meeting = await latest('satisfaction');
    const card = await bot.store.deliveries.find(`meeting:${meeting?.id}:${meeting?.version}:bo`);
    expect(card?.urgency).toBe('routine');
    // Somebody who asks for one is not made to wait.
    await bot.say('ispg', `cancel satisfaction ${number}`);
    await bot.say('ispg', `ask for satisfaction ${number}`);
    const asked = await latest('satisfaction');
    const own = await bot.store.deliveries.find(`meeting:${asked?.id}:${asked?.version}:bo`);
    expect(own?.urgency).toBe('told');
  });
});
