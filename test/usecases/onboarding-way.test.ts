import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import type { Button, ButtonPress } from '../../src/messages/button.ts';
import type { Message } from '../../src/messages/message.ts';
import { aMeeting } from '../store/samples.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, identified, sayItems, TO_WORK } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await identified(bot);
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n---\n');
};
const milestones = async () => {
  const { id } = await engagementOf(bot, number);
  const all = await bot.store.transaction((tx) => tx.milestones.ofEngagement(id));
  return Object.fromEntries(all.map(({ name, personId, on }) => [name, `${personId} ${on}`]));
};
const audit = async () => {
  const { id } = await engagementOf(bot, number);
  return bot.store.transaction((tx) => tx.audit.ofEngagement(id));
};
const BEGIN = 'start: 12/7/2026; hours per week: 24; end: 12/31/2027';

/** The initial meeting as ISPG records it, held on that day. */
async function heldInitial(heldOn: string): Promise<void> {
  const { id: engagementId } = await engagementOf(bot, number);
  const startsAt = new Date(`${heldOn}T15:00:00Z`);
  const slot = { startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) };
  await bot.store.transaction(async (tx) => {
    await tx.meetings.insert(
      aMeeting({
        id: `held-${heldOn}`,
        token: `token-${heldOn}`,
        uid: `uid-${heldOn}`,
        kind: 'initial',
        engagementId,
        state: 'held',
        bookedFor: slot,
        offered: [slot],
        heldOn,
      }),
    );
  });
}

/** From day 0 to the last signature, on 2/10/2027; all but the initial meeting and the training is done. */
async function onboarded(): Promise<void> {
  await told('lead', `start onboarding ${number} ${BEGIN}`);
  bot.clock.set(new Date('2027-02-10T10:00:00-05:00'));
  await sayItems(bot, number, TO_WORK);
  await told('isso', `sign letter ${number}`);
  await told('bo', `sign letter ${number}`);
}

describe('the start of onboarding', () => {
  it('is typed with its day, hours and end, and brings card, date, preparation list and welcome', async () => {
    const said = await told('lead', `start onboarding ${number} ${BEGIN}`);
    expect(said).toContain('starts on Monday, December 7, 2026');
    expect(said).toContain('24 hours a week, until Friday, December 31, 2027');
    expect(await engagementOf(bot, number)).toMatchObject({
      state: 'ONBOARDING',
      course: {
        dayZeroOn: '2026-12-07',
        term: { startOn: '2026-12-07', endOn: '2027-12-31', hoursPerWeek: 24 },
      },
    });
    expect(await milestones()).toEqual({ 'onboarding-began': 'isso 2026-12-07' });
    const owner = await standing('bo');
    expect(owner).toContain(`Please prepare: ${number}`);
    expect(owner).toContain(`preparation ${number}`);
    expect(owner).toContain('Initial meeting with the Service ISSO');
    const welcome = await standing('isso');
    expect(welcome).toContain('Your first five days');
    expect(welcome).toContain('ISSO Handbook');
    expect(welcome).toContain(`item ${number} fingerprinting done ref TICKET-1`);
    expect(welcome).not.toContain('sign letter');
    const { id } = await engagementOf(bot, number);
    const papers = await bot.store.transaction((tx) => tx.papers.versions('information-card', `${id}/isso`));
    expect(papers).toHaveLength(1);
    expect(papers[0]).toMatchObject({ byId: 'lead', formVersion: 2 });
  });

  it('takes hours and end from the Request Form where nobody says them', async () => {
    await told('lead', `start onboarding ${number} 12/7/2026`);
    expect((await engagementOf(bot, number)).course.term).toEqual({
      startOn: '2026-12-07',
      endOn: null,
      hoursPerWeek: 20,
    });
  });

  it('opens a dialog that is filled in from the Request Form and the candidate', async () => {
    const { id } = await engagementOf(bot, number);
    await bot.store.transaction(async (tx) => {
      await tx.papers.insert({
        kind: 'request-form',
        subject: id,
        version: 1,
        formVersion: 1,
        answers: { level_of_effort: 'quarter', engagement_kind: 'defined', duration_months: 6 },
        byId: 'ispg',
        at: bot.clock.now(),
        reason: null,
      });
    });
    const opened = await bot.press('lead', { verb: 'onboarding.begin', subject: number });
    const values = Object.fromEntries(
      (opened.dialog?.fields ?? []).map(({ id, value }) => [id, value ?? null]),
    );
    expect(values).toEqual({ start: '2026-12-07', hours_per_week: 10, end: '2027-06-07', ongoing: null });
    const press = opened.dialog?.press ?? { verb: '', subject: '' };
    const both = await bot.submit('lead', press, { ...values, ongoing: true });
    expect(Object.keys(both.errors ?? {})).toEqual(['ongoing']);
    await bot.submit('lead', press, { ...values, end: '' });
    expect((await engagementOf(bot, number)).course.term).toEqual({
      startOn: '2026-12-07',
      endOn: '2027-06-07',
      hoursPerWeek: 10,
    });
  });

  it('is not before the day on which the person can start, and only the contractor lead starts it', async () => {
    expect(await told('lead', `start onboarding ${number} 12/3/2026`)).toContain(
      'the day must come after Sunday, December 6, 2026',
    );
    for (const who of ['ispg', 'gtl', 'isso', 'bo', 'cor'])
      expect(await told(who, `start onboarding ${number} ${BEGIN}`)).toContain('not open to you');
    expect((await engagementOf(bot, number)).state).toBe('ISSO_IDENTIFIED');
  });

  it('is no date that is recorded by hand, nor are the others that a step sets', async () => {
    for (const [typed, move] of [
      ['begin onboarding', 'start onboarding'],
      ['work began', 'activate'],
      ['work ended', 'end'],
    ] as const) {
      const said = await told('lead', `${typed} ${number} Ines Sorensen`);
      expect(said).toContain(`\`${move} ${number}\``);
    }
    expect(await milestones()).toEqual({});
    expect(await told('lead', `training due ${number} Ines Sorensen on Mar 1`)).toContain('Recorded');
  });
});

describe('the appointment letter', () => {
  beforeEach(async () => {
    await told('lead', `start onboarding ${number} ${BEGIN}`);
  });

  it('is signed in its order, each by whoever signs, and the card follows', async () => {
    expect(await told('bo', `sign letter ${number}`)).toContain('the Service ISSO has to act first');
    expect(await told('ispg', `ciso signed letter ${number} 12/1/2026`)).toContain('has to act first');
    expect(await told('isso', `sign letter ${number}`)).toContain('Next: the Business Owner signs');
    expect(await told('isso', `sign letter ${number}`)).toContain('done before');
    expect(await standing('bo')).toContain('It waits for you: the Business Owner signs');
    expect(await told('bo', `sign letter ${number}`)).toContain('Next: the CISO signs');
    expect(await told('lead', `card ${number}`)).toMatch(
      /17\. ISSO Appointment Letter processed: Submitted/u,
    );
    expect(await told('ispg', `ciso signed letter ${number} 11/30/2026`)).toContain('must come after');
    expect(await told('ispg', `ciso signed letter ${number} 12/1/2026`)).toContain('All three have signed');
    expect(await told('lead', `card ${number}`)).toContain('Done on Tue, Dec 1, 2026');
    expect(await standing('gtl')).toContain(`activate ${number}`);
  });

  it('is never said by hand to be done', async () => {
    expect(await told('lead', `item ${number} letter done`)).toContain('when all three have signed');
  });

  it('is asked for on day 40, once it is time and while it is not signed', async () => {
    bot.clock.set(new Date('2027-01-15T12:00:00-07:00'));
    expect(await standing('isso')).not.toContain('It is time to sign');
    bot.clock.set(new Date('2027-01-19T12:00:00-07:00'));
    expect(await standing('isso')).toContain('It is time to sign the ISSO Appointment Letter');
  });

  it('is not asked for any more once it is signed', async () => {
    await told('isso', `sign letter ${number}`);
    bot.clock.set(new Date('2027-01-19T12:00:00-07:00'));
    expect(await standing('isso')).not.toContain('It is time to sign');
  });
});

describe('the start of work', () => {
  it('goes the whole way by typed words, with everybody told and the notice to the CISO opened', async () => {
    await onboarded();
    await told('bo', `ciso signed letter ${number} 2/10/2027`);
    await heldInitial('2027-01-05');
    expect(await told('lead', `item ${number} rbt done on 2/1/2027 ref CERT-2`)).toContain('Saved');
    expect(await milestones()).toMatchObject({
      'training-done': 'isso 2027-02-01',
      'training-due': 'isso 2028-02-01',
    });
    expect(await told('gtl', `activate ${number}`)).toContain('has started');
    const engagement = await engagementOf(bot, number);
    expect(engagement).toMatchObject({
      state: 'ACTIVE',
      course: {
        activeSinceOn: '2027-02-10',
        gateException: null,
        cisoNotices: [{ because: 'assignment', sinceOn: '2027-02-10', dueOn: '2027-03-12', doneOn: null }],
      },
    });
    expect(await milestones()).toMatchObject({ 'work-began': 'isso 2027-02-10' });
    expect(await standing('guardian')).toContain('Ines Sorensen has started work');
    expect(await standing('lead')).toContain('Ines Sorensen has started work');
    expect(await standing('cra')).toContain(': Working.');
    const owner = await standing('bo');
    expect(owner).toContain(': Working.');
    expect(owner).toContain(`Please tell the CISO: ${number}`);
    expect(await told('lead', `card ${number}`)).toMatch(/22\. Declared ready: Done on Wed, Feb 10, 2027/u);
    const steps = (await audit()).filter(({ from, to }) => from !== to && from !== null);
    expect(
      steps.slice(-2).map(({ verb, actorId, role, from, to }) => [verb, actorId, role, from, to]),
    ).toEqual([
      ['onboarding.begin', 'lead', 'contractor_lead', 'ISSO_IDENTIFIED', 'ONBOARDING'],
      ['engagement.activate', 'gtl', 'gtl', 'ONBOARDING', 'ACTIVE'],
    ]);
  });

  it('is refused while something is missing, naming what and who has it in hand; nobody passes over the letter', async () => {
    await told('lead', `start onboarding ${number} ${BEGIN}`);
    bot.clock.set(new Date('2026-12-08T10:00:00-05:00'));
    const said = await told('gtl', `activate ${number} We are in a hurry here.`);
    expect(said).toContain(
      'The ISSO Appointment Letter is not signed by all three (it is with the Service ISSO).',
    );
    expect(said).toContain('Screening does not allow access yet (it is with CMS personnel security).');
    expect(said).toContain('The initial meeting was not held (it is with ISPG).');
    expect(said).toContain('nobody can let it pass');
    expect((await engagementOf(bot, number)).state).toBe('ONBOARDING');
  });

  it('is let pass by the GTL with a reason, which is kept and named', async () => {
    await onboarded();
    await told('bo', `ciso signed letter ${number} 2/10/2027`);
    const refused = await told('gtl', `activate ${number}`);
    expect(refused).toContain('The initial meeting was not held');
    expect(refused).toContain('You can let this pass with a reason');
    expect(refused).not.toContain('Screening');
    expect(await told('gtl', `activate ${number} short`)).toContain('at least 10 characters');
    const said = await told('gtl', `activate ${number} The meeting is on Friday, work is on documents.`);
    expect(said).toContain('Let pass, with your reason in the record');
    const { state, course } = await engagementOf(bot, number);
    expect(state).toBe('ACTIVE');
    expect(course.gateException).toMatchObject({
      byId: 'gtl',
      reason: 'The meeting is on Friday, work is on documents.',
      items: ['role_based_training', 'initial_meeting'],
    });
    const entry = (await audit()).findLast(({ verb }) => verb === 'engagement.activate');
    expect(entry).toMatchObject({
      reason: 'gate-exception',
      facts: { passed: 'role_based_training initial_meeting' },
    });
    expect(JSON.stringify(entry)).not.toContain('Friday');
  });

  it('warns when role-based training is dated and not done', async () => {
    await onboarded();
    await told('bo', `ciso signed letter ${number} 2/10/2027`);
    await heldInitial('2027-01-05');
    await told('lead', `training due ${number} Ines Sorensen on 3/15/2027`);
    expect(await told('gtl', `activate ${number}`)).toContain('role-based training is dated and not done');
  });

  it('is not confirmed by the contractor, whatever holds', async () => {
    await onboarded();
    for (const who of ['lead', 'isso', 'bo', 'ispg', 'admin'])
      expect(await told(who, `activate ${number}`)).not.toContain('has started');
    expect((await engagementOf(bot, number)).state).toBe('ONBOARDING');
  });
});

/** All buttons of a message, those in its rows among them. */
const buttonsOf = (messages: readonly Message[]): readonly Button[] =>
  messages.flatMap(({ blocks, buttons }) => [
    ...blocks.flatMap((block) =>
      block.kind === 'facts' ? block.rows.flatMap((row) => (row.button ? [row.button] : [])) : [],
    ),
    ...buttons,
  ]);

describe('the whole way by buttons', () => {
  const press = async (who: string, verb: string, choice?: string): Promise<ButtonPress> => {
    const shown = await bot.say(who, choice === undefined ? `show ${number}` : `card ${number}`);
    const found = buttonsOf(shown.messages).find(
      (each) => each.press.verb === verb && each.press.choice === choice,
    );
    if (!found) throw new Error(`${who} has no button ${verb} ${choice ?? ''}: ${shown.said.join('\n')}`);
    return found.press;
  };
  const go = async (
    who: string,
    verb: string,
    values: Readonly<Record<string, string>> = {},
  ): Promise<string> => {
    const pressed = await bot.press(who, await press(who, verb));
    if (!pressed.dialog) return pressed.said.join('\n');
    const sent = await bot.submit(who, pressed.dialog.press, values);
    return sent.errors ? JSON.stringify(sent.errors) : sent.said.join('\n');
  };
  const item = async (key: string, values: Readonly<Record<string, string>>): Promise<string> => {
    const pressed = await bot.press('lead', await press('lead', 'card.item', key));
    const sent = await bot.submit('lead', pressed.dialog?.press ?? { verb: '', subject: '' }, values);
    return sent.errors ? JSON.stringify(sent.errors) : sent.said.join('\n');
  };

  it('leads from the identified Service ISSO to the start of work', async () => {
    await go('lead', 'onboarding.begin', { start: '2026-12-07', hours_per_week: '20', end: '2027-12-31' });
    expect((await engagementOf(bot, number)).state).toBe('ONBOARDING');
    bot.clock.set(new Date('2027-02-10T10:00:00-05:00'));
    expect(await item('offer_accepted', { state: 'done' })).toContain('Saved');
    expect(await item('roster_add', { state: 'done' })).toContain('Saved');
    expect(await item('ict_request', { state: 'done' })).toContain('counts as done with a reference');
    expect(await item('ict_request', { state: 'waiting_on' })).toContain('"party"');
    expect(await item('ict_request', { state: 'waiting_on', party: 'cor' })).toContain(
      "Officer's Representative",
    );
    expect(await item('ict_request', { state: 'done', reference: 'REQ-1' })).toContain('Saved');
    await sayItems(bot, number, TO_WORK.slice(3));
    await sayItems(bot, number, ['rbt done ref CERT-2']);
    await heldInitial('2027-01-05');
    await go('isso', 'letter.sign');
    await go('bo', 'letter.sign-owner');
    await go('ispg', 'letter.note-ciso', { on: '2027-02-10' });
    expect(await go('gtl', 'engagement.activate', { exception: '' })).toContain('has started');
    expect((await engagementOf(bot, number)).state).toBe('ACTIVE');
  });
});
