import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import { aMeeting } from '../store/samples.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { atWork, engagementOf, handOver, putInto, recordOf, settleAll } from '../support/leaving.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await atWork(bot);
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const state = async (): Promise<string> => (await engagementOf(bot, number)).state;
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n');
};
const END = 'funding changed; last day: 12/31/2026; hand over to: Beatriz Okafor';

describe('the end of an engagement', () => {
  it('goes the whole way by typed words: ended, settled line by line, reported, countersigned', async () => {
    expect(await told('gtl', `end ${number} ${END}`)).toContain('ends on Thursday, December 31, 2026');
    expect(await engagementOf(bot, number)).toMatchObject({
      state: 'OFFBOARDING',
      course: {
        offBoarding: { reason: 'funding_changed', endOn: '2026-12-31', handOverId: 'bo', done: null },
        cisoNotices: [{ because: 'off-boarding', sinceOn: '2026-12-31', dueOn: '2027-01-30' }],
      },
    });
    await settleAll(bot, number);
    await handOver(bot, number);
    expect(await told('lead', `report off-boarding ${number}`)).toContain('reported as done');
    expect(await told('gtl', `close ${number}`)).toContain('is closed');
    expect(await engagementOf(bot, number)).toMatchObject({
      state: 'CLOSED',
      ending: { reason: 'funding_changed', byId: 'gtl' },
    });
  });

  it('goes the same way by buttons and dialogs', async () => {
    const opened = await bot.press('gtl', { verb: 'engagement.end', subject: number });
    expect(opened.dialog?.fields.map(({ id }) => id)).toEqual(['reason', 'last_day', 'hand_over_to']);
    const press = opened.dialog?.press ?? { verb: '', subject: '' };
    const bad = await bot.submit('gtl', press, { reason: 'other', last_day: '', hand_over_to: 'bo' });
    expect(Object.keys(bad.errors ?? {})).toEqual(['last_day']);
    await bot.submit('gtl', press, { reason: 'other', last_day: '2026-12-31', hand_over_to: 'bo' });
    const shown = await bot.press('lead', { verb: 'off-boarding.show', subject: number });
    const buttons = shown.messages
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === 'facts' ? block.rows : []))
      .flatMap((row) => (row.button ? [row.button] : []));
    expect(buttons.length).toBeGreaterThan(15);
    for (const button of buttons) {
      const asked = await bot.press('lead', button.press);
      const states = asked.dialog?.fields.find(({ id }) => id === 'state');
      const options = states && 'options' in states ? states.options.map(({ id }) => id) : [];
      const values = { state: options[0] ?? '', returned_to: 'Leila', reference: 'T-77', on: '2026-12-01' };
      const { errors, said } = await bot.submit('lead', button.press, values);
      expect(errors, button.label).toBeNull();
      expect(said.join('\n')).toContain('Noted');
    }
    await handOver(bot, number);
    await bot.press('lead', { verb: 'off-boarding.report', subject: number });
    await bot.press('gtl', { verb: 'engagement.close', subject: number });
    expect(await state()).toBe('CLOSED');
  });

  it('is ended by the GTL alone, from the review of an extension too', async () => {
    for (const who of ['lead', 'bo', 'ispg', 'cor', 'isso'])
      expect(await told(who, `end ${number} ${END}`), who).toContain('not open to you');
    await putInto(bot, number, 'EXTENSION_REVIEW', {
      extension: { asked: null, because: 'term-ends', endOn: null, gtl: null, cor: null, wish: 'end' },
    });
    await bot.say('gtl', `end ${number} term ended; last day: 8/31/2027; hand over to: Beatriz Okafor`);
    expect(await engagementOf(bot, number)).toMatchObject({
      state: 'OFFBOARDING',
      course: { extension: null },
    });
  });

  it('is refused for a day before the work began, and for a hand-over to the one who leaves', async () => {
    bot.clock.set(new Date('2026-09-10T15:00:00Z'));
    const early = 'other; last day: 8/20/2026; hand over to: Beatriz Okafor';
    expect(await told('gtl', `end ${number} ${early}`)).toContain('before the work began');
    const own = 'other; last day: 9/20/2026; hand over to: Ines Sorensen';
    expect(await told('gtl', `end ${number} ${own}`)).toContain('who leaves');
    expect(await state()).toBe('ACTIVE');
  });

  it('says why in plain words, and nothing about a person', async () => {
    await bot.say('gtl', `end ${number} performance; last day: 12/31/2026; hand over to: Beatriz Okafor`);
    const heard = await standing('bo');
    expect(heard).toContain('another arrangement was agreed');
    expect(heard).toContain('Meetings after that day are called off');
    expect(await standing('isso')).toContain('Write the hand-over');
    const channel = await standing('#ispg');
    expect(channel).toContain(`${number} (Claims Hub) is now: Ending`);
    expect(channel).not.toMatch(/Ines|performance|laptop/iu);
    const all = ['bo', 'cra', 'isso', 'lead', 'cor', '#ispg', '#issoaas'].map((who) =>
      bot.standing(who).join('\n'),
    );
    expect(all.join('\n')).not.toContain('performance');
  });

  it('calls off what is booked for later, and leaves what comes before', async () => {
    const { id: engagementId } = await engagementOf(bot, number);
    const booked = (id: string, day: string): Meeting =>
      aMeeting({
        id,
        engagementId,
        kind: 'satisfaction',
        state: 'booked',
        bookedFor: { startsAt: new Date(`${day}T15:00:00Z`), endsAt: new Date(`${day}T15:30:00Z`) },
      });
    await bot.store.transaction(async (tx) => {
      await tx.meetings.insert(booked('before', '2026-12-15'));
      await tx.meetings.insert(booked('after', '2027-01-12'));
    });
    await bot.say('gtl', `end ${number} ${END}`);
    const [before, after] = await bot.store.transaction(async (tx) => [
      await tx.meetings.get('before'),
      await tx.meetings.get('after'),
    ]);
    expect([before?.state, after?.state]).toEqual(['booked', 'cancelled']);
  });
});

describe('the close', () => {
  beforeEach(async () => {
    await bot.say('gtl', `end ${number} ${END}`);
  });

  it('is refused while a line is open, and names it', async () => {
    await handOver(bot, number);
    const refused = await told('lead', `report off-boarding ${number}`);
    expect(refused).toContain('PIV card');
    expect(refused).toContain('EUA ID disabled');
    expect(refused).not.toContain('Open POA&Ms');
    await settleAll(bot, number);
    await bot.say('lead', `report off-boarding ${number}`);
    await bot.say('lead', `line ${number} piv card open again`);
    expect(await told('gtl', `close ${number}`)).toContain('PIV card');
    expect(await state()).toBe('OFFBOARDING');
  });

  it('is refused without the hand-over and its exit talk', async () => {
    await settleAll(bot, number);
    const refused = await told('lead', `report off-boarding ${number}`);
    expect(refused).toContain('Open POA&Ms');
    expect(refused).toContain('exit talk');
    expect(await told('gtl', `close ${number}`)).toContain('the contractor has to act first');
  });

  it('needs the contractor lead and the GTL, each by themselves', async () => {
    await settleAll(bot, number);
    await handOver(bot, number);
    expect(await told('gtl', `report off-boarding ${number}`)).toContain('not open to you');
    await bot.say('lead', `report off-boarding ${number}`);
    expect(await told('lead', `close ${number}`)).toContain('not open to you');
    expect(await standing('gtl')).toContain(`Your move: ${number}`);
  });

  it('asks the Business Owner twice, sets the dates, tells everybody, and ends the access', async () => {
    await settleAll(bot, number);
    await handOver(bot, number);
    await bot.say('lead', `report off-boarding ${number}`);
    bot.clock.set(new Date('2027-01-04T15:00:00Z'));
    await bot.say('gtl', `close ${number}`);
    const heard = await standing('bo');
    expect(heard).toContain('seven outcomes');
    expect(heard).toContain('How satisfied are you');
    for (const who of ['bo', 'cra', 'isso', 'lead', 'cor'])
      expect(await standing(who), who).toContain('The work went from Tuesday, September 1, 2026');
    const { id } = await engagementOf(bot, number);
    const [surveys, milestones] = await bot.store.transaction(async (tx) => [
      await tx.surveys.ofEngagement(id),
      await tx.milestones.ofEngagement(id),
    ]);
    expect(surveys.map(({ occasion }) => occasion)).toEqual(['final']);
    expect(milestones).toContainEqual({
      engagementId: id,
      name: 'work-ended',
      personId: 'isso',
      on: '2026-12-31',
    });
    const closed = await engagementOf(bot, number);
    expect(closed.memberships.every(({ ended }) => ended !== null)).toBe(true);
    expect(await told('bo', `outcomes ${number} risks known: yes`)).toContain(
      'What the engagement brought about',
    );
    expect(await told('bo', `survey ${number}: 4 5 3 4 5; renew yes`)).toContain('Thank you');
  });

  it('keeps the record, and nobody changes it any more', async () => {
    await settleAll(bot, number);
    await handOver(bot, number);
    await bot.say('lead', `report off-boarding ${number}`);
    await bot.say('gtl', `close ${number}`);
    expect(await told('lead', `line ${number} piv card open again`)).toContain('not open to you');
    expect(await told('isso', `off-boarding ${number}`)).toContain('returned to Leila');
    expect((await recordOf(bot, number)).lines.every(({ state: is }) => is !== 'to_return')).toBe(true);
  });
});

describe('an engagement that ends in onboarding', () => {
  it('is closed without asking how work was that nobody did', async () => {
    const other = await atWork(bot, { systemName: 'Vault', isOnboarding: true });
    await bot.say('gtl', `end ${other} ${END}`);
    await settleAll(bot, other);
    await handOver(bot, other);
    await bot.say('lead', `report off-boarding ${other}`);
    expect(await told('gtl', `close ${other}`)).toContain('It ended on Thursday, December 31, 2026');
    const { id, state: now } = await engagementOf(bot, other);
    expect(now).toBe('CLOSED');
    expect(await bot.store.transaction((tx) => tx.surveys.ofEngagement(id))).toEqual([]);
    expect(await standing('bo')).not.toContain('seven outcomes');
  });
});

describe('two people at the same time', () => {
  it('two dialogs of one line: the second one is shown what the first did', async () => {
    await bot.say('gtl', `end ${number} ${END}`);
    const press = { verb: 'off-boarding.line', subject: number, choice: 'isso/piv_card/to_return' };
    await bot.press('lead', press);
    await bot.press('isso', press);
    await bot.submit('isso', press, { state: 'reported_lost' });
    const late = await bot.submit('lead', press, {
      state: 'returned',
      returned_to: 'Leila',
      reference: 'T-77',
      on: '2026-12-01',
    });
    expect(late.said.join('\n')).toContain('was changed meanwhile');
    expect((await recordOf(bot, number)).lines.find(({ key }) => key === 'piv_card')?.state).toBe(
      'reported_lost',
    );
  });
});
