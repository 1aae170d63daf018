import { beforeEach, describe, expect, it } from 'vitest';
import type { Meeting } from '../../src/domain/meeting.ts';
import { daysBetween, localDate } from '../../src/domain/time.ts';
import { freshMemory, nextPromptAt, promptMeetings } from '../../src/usecases/prompt-meetings.ts';
import { proposeSatisfactionSession } from '../../src/usecases/propose-satisfaction.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

/** Tuesday, December 1, 2026, 10:00 Eastern. */
const TUESDAY = new Date('2026-12-01T10:00:00-05:00');
const HOUR = 3_600_000;

let bot: Bot;
let number: string;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: TUESDAY });
  number = await heldKickoff(bot);
}, 60_000);

const answer = async (who: string, text: string): Promise<string> =>
  (await bot.say(who, text)).said.join('\n');
const engagement = async () => {
  const found = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
  if (!found) throw new Error('no request');
  return found;
};
const latest = async (kind: 'initial' | 'satisfaction'): Promise<Meeting | null> => {
  const { id } = await engagement();
  return bot.store.transaction((tx) => tx.meetings.ofEngagement(id, kind));
};
const reviews = (): Promise<Meeting[]> =>
  bot.store.transaction(async (tx) =>
    (await tx.meetings.inStates(['offered', 'booked', 'cancelled', 'held'], 500)).filter(
      ({ kind }) => kind === 'rbt_review',
    ),
  );
const prompt = (memory = freshMemory()): Promise<number> =>
  promptMeetings({ store: bot.store, programme: bot.programme }, bot.clock.now(), memory);
const on = (day: string, time = '09:00'): Date => new Date(`${day}T${time}:00-05:00`);

describe('dates of an engagement', () => {
  it('are recorded by ISPG and the contractor lead, for who has the role, and everybody concerned is told', async () => {
    expect(await answer('lead', `begin onboarding ${number} Ines on Dec 15`)).toContain(
      'onboarding began, Ines Sorensen, Tuesday, December 15, 2026',
    );
    const { id } = await engagement();
    const milestones = await bot.store.transaction((tx) => tx.milestones.ofEngagement(id));
    expect(milestones).toEqual([
      { engagementId: id, name: 'onboarding-began', personId: 'isso', on: '2026-12-15' },
    ]);
    await bot.deliver();
    for (const who of ['bo', 'isso', 'cra', 'ispg'])
      expect(bot.standing(who).join('\n')).toContain('onboarding began, Ines Sorensen');
    const audit = await bot.store.transaction((tx) => tx.audit.ofEngagement(id));
    expect(audit.find(({ verb }) => verb === 'milestone.record')).toMatchObject({
      actorId: 'lead',
      facts: { milestone: 'onboarding-began', person: 'isso', on: '2026-12-15' },
    });
    expect(await answer('ispg', `milestones ${number}`)).toContain('Onboarding began: Ines Sorensen');
  });

  it('are refused with what to mend', async () => {
    expect(await answer('bo', `work began ${number} Ines`)).toContain('not open to you');
    expect(await answer('bo2', `work began ${number} Ines`)).toContain(
      'it does not exist, or you do not have access',
    );
    expect(await answer('ispg', `work began ${number}`)).toContain('Please name the Service ISSO');
    expect(await answer('ispg', `work began ${number} Leila on Dec 15`)).toContain(
      'Nobody here is called "Leila"',
    );
    expect(await answer('ispg', `work began ${number} I on Dec 15`)).toContain('Ines Sorensen or Ivan Soto');
    expect(await answer('ispg', `work began ${number} Ines on Feb 30`)).toContain('Please give the day');
    expect(await answer('ispg', `work ended ${number} Ines on Dec 15`)).toContain('record that one first');
    const early = await bot.fileRequest('Other System');
    expect(await answer('ispg', `work began ${early} Ines`)).toContain('once the kickoff of');
  });

  it('are refused where they come before onboarding or are still to come', async () => {
    await bot.say('ispg', `begin onboarding ${number} Ines on Nov 20`);
    expect(await answer('ispg', `training done ${number} Ines on Nov 19`)).toContain(
      'onboarding began on Friday, November 20, 2026, which comes first',
    );
    expect(await answer('ispg', `work began ${number} Ines on Nov 19`)).toContain(
      `begin onboarding ${number}`,
    );
    expect(await answer('ispg', `work began ${number} Ines on Dec 20`)).toContain('still to come');
    expect(await answer('ispg', `training due ${number} Ines`)).toContain('Please give the day');
    const { id } = await engagement();
    const milestones = await bot.store.transaction((tx) => tx.milestones.ofEngagement(id));
    expect(milestones.map(({ name }) => name)).toEqual(['onboarding-began']);
  });

  it('say what is missing when no request is named, to those who record them and where nothing else is meant', async () => {
    expect(await answer('lead', 'begin onboarding')).toContain(
      '`begin onboarding ISSO-2026-0001 Ines Sorensen on Dec 15`',
    );
    expect(await answer('ispg', 'begin onboarding Ines on Dec 15')).toContain('Please name the request');
    expect(await answer('ispg', 'training due')).toContain(
      '`training due ISSO-2026-0001 Ines Sorensen on Jan 20`',
    );
    expect(await answer('ispg', 'milestones')).toContain('`milestones ISSO-2026-0001`');
    expect(await answer('bo', 'begin onboarding')).not.toContain('Please name the request');
    const among = await bot.say('ispg', 'work ended early today, see you', { channel: 'ispg' });
    expect(among.said).toEqual([]);
    await bot.say('ispg', 'I need an ISSO');
    expect(await answer('ispg', 'work began')).not.toContain('Please name the request');
  });

  it('are recorded by dialog too', async () => {
    const listed = await bot.say('ispg', `milestones ${number}`);
    const pressed = await bot.press(
      'ispg',
      listed.messages[0]?.buttons[0]?.press ?? { verb: '', subject: '' },
    );
    const press = pressed.dialog?.press ?? { verb: '', subject: '' };
    const wrong = await bot.submit('ispg', press, { milestone: 'x', person: 'lead', on: 'soon' });
    expect(Object.keys(wrong.errors ?? {}).toSorted()).toEqual(['milestone', 'on', 'person']);
    const right = await bot.submit('ispg', press, {
      milestone: 'work-began',
      person: 'isso2',
      on: '2026-11-20',
    });
    expect(right.said.join()).toContain('work began, Ivan Soto, Friday, November 20, 2026');
  });
});

describe('the initial meeting', () => {
  it('is offered by itself when onboarding begins, on days 15 to 45, and the Business Owner chooses', async () => {
    await bot.say('ispg', `begin onboarding ${number} Ines on Dec 1`);
    const offered = await latest('initial');
    expect(offered).toMatchObject({ state: 'offered', organizerId: 'ispg' });
    expect(offered?.attendeeIds).toEqual(
      expect.arrayContaining(['bo', 'cra', 'isso', 'ispg', 'lead', 'guardian']),
    );
    for (const { startsAt } of offered?.offered ?? []) {
      const day = daysBetween('2026-12-01', localDate(startsAt, 'America/New_York'));
      expect(day).toBeGreaterThanOrEqual(15);
      expect(day).toBeLessThanOrEqual(45);
    }
    expect(offered?.offered).toHaveLength(3);
    await bot.deliver();
    expect(bot.standing('bo').join('\n')).toContain('Pick a time: Initial meeting');
    expect(bot.standing('isso').join('\n')).not.toContain('Pick a time');
    expect(await answer('isso', `choose 1 initial ${number}`)).toContain('not open to you');
    expect(await answer('bo', `choose 4 for initial ${number}`)).toContain('from 1 to 3');
    expect(await answer('bo', `choose 1 for initial ${number}`)).toContain('Booked: the Initial meeting');
    await bot.deliver();
    expect(bot.standing('isso').join('\n')).toContain('Initial meeting with the Service ISSO');
    expect(bot.standing('#ispg').join('\n')).toContain('is booked for');
    expect(await answer('bo', `choose 1 for initial ${number}`)).toContain('is booked already');
  });

  it('is offered once for a Service ISSO, however often the day is recorded', async () => {
    await bot.say('ispg', `begin onboarding ${number} Ines on Dec 1`);
    const first = await latest('initial');
    await bot.say('ispg', `cancel initial ${number}`);
    await bot.say('ispg', `begin onboarding ${number} Ines on Dec 2`);
    expect(await latest('initial')).toMatchObject({ id: first?.id, state: 'cancelled' });
    expect(await answer('bo', `ask for initial ${number}`)).toContain('not open to you');
    expect(await answer('ispg', `ask for initial ${number}`)).toContain('are offered to Beatriz Okafor');
  });

  it('reminds the Business Owner after two business days and tells the GTL after three, unless a time was chosen', async () => {
    await bot.say('ispg', `begin onboarding ${number} Ines on Dec 1`);
    const { id, version } = (await latest('initial')) ?? { id: '', version: 0 };
    const reminder = await bot.store.deliveries.find(`meeting-offer-reminder:${id}:${version}:bo`);
    const overdue = await bot.store.deliveries.find(`meeting-offer-overdue:${id}:${version}:gtl`);
    expect([reminder?.dueAt, reminder?.urgency]).toEqual([on('2026-12-03', '10:00'), 'routine']);
    expect(overdue?.dueAt).toEqual(on('2026-12-04', '10:00'));
    bot.clock.set(on('2026-12-03', '12:00'));
    await bot.deliver();
    expect(bot.standing('bo').join('\n')).toContain('still waits for your choice');
    await bot.say('bo', `choose 2 initial ${number}`);
    bot.clock.set(on('2026-12-07', '12:00'));
    await bot.deliver();
    expect(bot.standing('gtl').join('\n')).not.toContain('No time is chosen yet');
  });

  it('takes another time that somebody invited proposes while times are on offer', async () => {
    await bot.say('ispg', `begin onboarding ${number} Ines on Dec 1`);
    expect(await answer('isso', `propose initial ${number}: Wed Dec 30 11am`)).toContain(
      'Wednesday, December 30, 2026 at 1:00 PM Eastern Time',
    );
    await bot.deliver();
    expect(bot.standing('#ispg').join('\n')).toContain('Ines Sorensen proposes other times');
    expect(await answer('ispg', `take 1 for initial ${number}`)).toContain('Booked');
    expect((await latest('initial'))?.bookedFor?.startsAt).toEqual(on('2026-12-30', '13:00'));
  });

  it('ends with the request', async () => {
    await bot.say('ispg', `begin onboarding ${number} Ines on Dec 1`);
    await bot.say('bo', `choose 1 initial ${number}`);
    await bot.say('bo', `withdraw ${number} need_met_internally`);
    const { state } = await engagement();
    expect([state, (await latest('initial'))?.state]).toEqual(['WITHDRAWN', 'cancelled']);
  });
});

describe('a satisfaction session that is asked for', () => {
  it.each(['bo', 'cra', 'ispg', 'gtl'])('%s may ask for one', async (who) => {
    expect(await answer(who, `ask for a satisfaction session ${number}`)).toContain(
      'are offered to Beatriz Okafor',
    );
    expect((await latest('satisfaction'))?.offered).toHaveLength(3);
  });

  it.each(['lead', 'isso', 'bo2'])('%s may not', async (who) => {
    await bot.say(who, `ask for satisfaction ${number}`);
    expect(await latest('satisfaction')).toBeNull();
  });

  it('is one, however often it is asked for, also from the button on the card', async () => {
    await bot.press('bo', { verb: 'meeting.ask-satisfaction', subject: number });
    const first = await latest('satisfaction');
    expect(await answer('cra', `ask for satisfaction ${number}`)).toContain('are on offer already');
    await Promise.all(['bo', 'ispg'].map((who) => bot.say(who, `ask for satisfaction ${number}`)));
    expect((await latest('satisfaction'))?.id).toBe(first?.id);
  });

  it('comes after the kickoff only', async () => {
    const early = await bot.fileRequest('Other System');
    expect(await answer('bo', `ask for satisfaction ${early}`)).toContain('once the kickoff of');
  });
});

describe('a low score', () => {
  it('offers a session at once, once for its reason, and none beside one that is on offer', async () => {
    const request = await engagement();
    const propose = (because: string) =>
      bot.store.transaction((tx) =>
        proposeSatisfactionSession({ tx, now: TUESDAY, programme: bot.programme }, request, because),
      );
    await propose('survey-1');
    const first = await latest('satisfaction');
    expect(first?.offeredAt).toEqual(TUESDAY);
    await propose('survey-2');
    expect((await latest('satisfaction'))?.id).toBe(first?.id);
    await bot.say('ispg', `cancel satisfaction ${number}`);
    await propose('survey-1');
    expect((await latest('satisfaction'))?.state).toBe('cancelled');
    await propose('survey-2');
    expect((await latest('satisfaction'))?.state).toBe('offered');
  });
});

describe('a session after a low score', () => {
  const propose = async (because: string) => {
    const request = await engagement();
    return bot.store.transaction((tx) =>
      proposeSatisfactionSession({ tx, now: bot.clock.now(), programme: bot.programme }, request, because),
    );
  };
  const dayOf = (at: Date | undefined): string => (at ? localDate(at, 'America/New_York') : '');

  it('is offered for the next business day where the calendars allow it', async () => {
    const session = await propose('survey-1');
    expect(session).toMatchObject({ what: 'offered' });
    expect(dayOf((await latest('satisfaction'))?.offered[0]?.startsAt)).toBe('2026-12-02');
  });

  it('brings times on offer forward, once, and leaves a near one as it is', async () => {
    await bot.say('bo', `ask for satisfaction ${number}`);
    const asked = await latest('satisfaction');
    expect(dayOf(asked?.offered[0]?.startsAt)).toBe('2026-12-03');
    expect(await propose('survey-1')).toMatchObject({ what: 'offered' });
    const nearer = await latest('satisfaction');
    expect([nearer?.id, dayOf(nearer?.offered[0]?.startsAt)]).toEqual([asked?.id, '2026-12-02']);
    expect(await propose('survey-2')).toEqual({ what: 'on-offer', at: nearer?.offered[0]?.startsAt });
    expect((await latest('satisfaction'))?.version).toBe(nearer?.version);
  });

  it('renews an offer whose times have passed', async () => {
    await bot.say('bo', `ask for satisfaction ${number}`);
    bot.clock.set(on('2027-01-12'));
    expect(await propose('survey-1')).toMatchObject({ what: 'offered' });
    expect(dayOf((await latest('satisfaction'))?.offered[0]?.startsAt)).toBe('2027-01-13');
  });

  it('gives up nothing that is booked or proposed, and says what stands', async () => {
    await bot.say('bo', `ask for satisfaction ${number}`);
    await bot.say('bo', `propose satisfaction ${number}: Fri Dec 18 2pm`);
    expect(await propose('survey-1')).toEqual({ what: 'proposed' });
    await bot.say('ispg', `take 1 for satisfaction ${number}`);
    const booked = (await latest('satisfaction'))?.bookedFor?.startsAt;
    expect(await propose('survey-2')).toEqual({ what: 'booked-later', at: booked });
    bot.clock.set(on('2026-12-16'));
    expect(await propose('survey-3')).toEqual({ what: 'booked-soon', at: booked });
    expect((await latest('satisfaction'))?.state).toBe('booked');
  });

  it('is in the words to the Business Owner and to ISPG as it is', async () => {
    const request = await engagement();
    await bot.say('bo', `ask for satisfaction ${number}`);
    await bot.say('bo', `propose satisfaction ${number}: Fri Dec 18 2pm`);
    await bot.say('ispg', `take 1 for satisfaction ${number}`);
    await bot.store.transaction((tx) =>
      tx.surveys.insert({
        id: 's1',
        engagementId: request.id,
        personId: 'bo',
        occasion: 'day-30',
        askedAt: TUESDAY,
        version: 1,
        answers: null,
        answeredAt: null,
      }),
    );
    const heard = await answer('bo', `survey ${number}: 1 5 3 4 5; renew no`);
    expect(heard).toContain(
      'A satisfaction session is booked for Friday, December 18, 2026 at 2:00 PM Eastern Time already',
    );
    expect(heard).not.toContain('within one business day');
    await bot.deliver();
    const told = bot.standing('ispg').find((text) => text.includes('gave a low score'));
    expect(told).toContain('but only for Friday, December 18');
    expect(told).toContain(`reschedule satisfaction ${number} to`);
  });
});

describe('prompts by the clock', () => {
  it('propose a satisfaction session on day 30 of work, once, whoever runs and however often', async () => {
    await bot.say('ispg', `work began ${number} Ines on Dec 1`);
    const memory = freshMemory();
    expect(await prompt(memory)).toBe(0);
    expect(await nextPromptAt({ store: bot.store, programme: bot.programme }, memory)).toEqual(
      on('2026-12-31'),
    );
    bot.clock.set(on('2026-12-31'));
    const done = await Promise.all([prompt(), prompt(), prompt()]);
    expect(done.toSorted()).toEqual([0, 0, 1]);
    const first = await latest('satisfaction');
    expect(first).toMatchObject({ state: 'offered', organizerId: 'ispg' });
    await bot.say('ispg', `cancel satisfaction ${number}`);
    expect(await prompt()).toBe(0);
    expect((await latest('satisfaction'))?.id).toBe(first?.id);
  });

  it('leave one out that a session on offer, booked or held near it stands for', async () => {
    await bot.say('ispg', `work began ${number} Ines on Dec 1`);
    bot.clock.set(on('2026-12-29'));
    await bot.say('bo', `ask for satisfaction ${number}`);
    const asked = await latest('satisfaction');
    bot.clock.set(on('2026-12-31'));
    expect(await prompt()).toBe(0);
    await bot.say('bo', `choose 1 satisfaction ${number}`);
    expect(await prompt()).toBe(0);
    const start = (await latest('satisfaction'))?.bookedFor?.startsAt ?? TUESDAY;
    bot.clock.set(new Date(start.getTime() + HOUR));
    await bot.say('ispg', `held satisfaction ${number}: notes: fine`);
    expect(await prompt()).toBe(0);
    expect(await latest('satisfaction')).toMatchObject({ id: asked?.id, state: 'held' });
  });

  it('after an outage come once, for the newest alone, and not when the work has ended', async () => {
    await bot.say('ispg', `work began ${number} Ines on Dec 1`);
    bot.clock.set(on('2027-06-15'));
    expect(await prompt()).toBe(1);
    expect((await latest('satisfaction'))?.id).toContain('quarter-2027-06');
    const other = await heldKickoff(bot, 'Other System');
    await bot.say('ispg', `work began ${other} Ivan on Dec 1, 2026`);
    await bot.say('ispg', `work ended ${other} Ivan on Feb 1, 2027`);
    expect(await prompt()).toBe(0);
  });

  it('propose a review of role-based training 30 days before somebody is due, at most one in 30 days', async () => {
    const other = await heldKickoff(bot, 'Other System');
    await bot.say('ispg', `begin onboarding ${number} Ines on Dec 1`);
    await bot.say('ispg', `begin onboarding ${other} Ivan on Dec 9`);
    bot.clock.set(on('2026-12-31'));
    expect(await prompt()).toBe(1);
    bot.clock.set(on('2027-01-08'));
    expect(await prompt()).toBe(0);
    expect(await reviews()).toHaveLength(1);
    await bot.deliver();
    expect(bot.standing('lead').join('\n')).toContain('Pick a time: Contract leads: role-based training');
    expect(await answer('lead', 'choose 1 training')).toContain('That time has passed');
    expect(await answer('lead', 'choose 1 training')).toContain('Booked');
  });

  it('count from a day that was set, also one that is near, and from each yearly renewal', async () => {
    await bot.say('ispg', `begin onboarding ${number} Ines on Dec 1`);
    expect(await answer('lead', `training due ${number} Ines Sorensen on Mar 21`)).toContain(
      'role-based training due, Ines Sorensen, Sunday, March 21, 2027',
    );
    await bot.deliver();
    expect(bot.standing('isso').join('\n')).toContain('role-based training due');
    expect(bot.standing('bo').join('\n')).not.toContain('role-based training due');
    expect(await reviews()).toHaveLength(0);
    bot.clock.set(on('2027-02-19'));
    expect(await prompt()).toBe(1);
    await bot.deliver();
    expect(bot.standing('lead').join('\n')).toContain('Ines Sorensen: Sunday, March 21, 2027');
    await bot.say('ispg', 'cancel training');
    expect(await answer('ispg', `training done ${number} Ines on Feb 19`)).toContain(
      'It is due again on Saturday, February 19, 2028',
    );
    bot.clock.set(on('2028-01-20'));
    expect(await prompt()).toBe(1);
    await bot.deliver();
    expect(bot.standing('lead').join('\n')).toContain('Ines Sorensen: Saturday, February 19, 2028');
  });

  it('are not waited for when somebody turns out to be due soon, or overdue', async () => {
    expect(await answer('ispg', `training due ${number} Ines on Dec 20`)).toContain(
      'Times for a review of role-based training are offered to the contract leads.',
    );
    expect(await answer('ispg', `training due ${number} Ivan on Nov 20`)).not.toContain('are offered');
    expect(await reviews()).toHaveLength(1);
    expect(await answer('lead', 'ask for training review')).toContain(
      'Ivan Soto: Friday, November 20, 2026 (overdue)',
    );
  });

  it('are for the contractor lead and ISPG to ask for as well', async () => {
    expect(await answer('lead', 'ask for training review')).toContain('are offered to Leila Haddad');
    expect(await answer('bo', 'ask for training review')).toContain('not open to you');
    expect(await reviews()).toHaveLength(1);
  });
});
