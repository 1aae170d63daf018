import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { aMeeting } from '../store/samples.ts';
import { type Bot, startBot } from '../support/bot.ts';
import {
  atWork,
  engagementOf,
  handOver,
  profileOf,
  putInto,
  recordOf,
  settleAll,
  subjectIn,
} from '../support/leaving.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await atWork(bot);
  await profileOf(bot, 'isso2', 30);
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const state = async (): Promise<string> => (await engagementOf(bot, number)).state;
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n');
};
const NAMED = 'scope changed; replacement: Ivan Soto; last day: 12/18/2026';
const memberships = async () =>
  (await engagementOf(bot, number)).memberships.map(({ personId, ended }) => [personId, ended !== null]);

describe('a change with a named replacement', () => {
  it('goes over ISPG and the Business Owner to onboarding, with a card of their own and no access for the other', async () => {
    expect(await told('lead', `reassign ${number} ${NAMED}`)).toContain('is being changed');
    expect(await engagementOf(bot, number)).toMatchObject({
      state: 'REASSIGNING',
      course: {
        reassignment: {
          outgoingId: 'isso',
          replacement: { personId: 'isso2', ispg: null, businessOwner: null },
        },
        cisoNotices: [{ because: 'reassignment', sinceOn: '2026-12-18' }],
      },
    });
    expect(await told('bo', `accept replacement ${number}`)).toContain('ISPG has to act first');
    expect(await told('ispg', `accept replacement ${number}`)).toContain('is noted');
    expect(await told('bo', `accept replacement ${number}`)).toContain('is noted');
    expect(await told('lead', `replace ${number} day 0: 12/21/2026`)).toContain('Onboarding of Ivan Soto');
    expect(await engagementOf(bot, number)).toMatchObject({
      state: 'ONBOARDING',
      course: { serviceIssoId: 'isso2', dayZeroOn: '2026-12-21', reassignment: null },
    });
    expect(await memberships()).toEqual([
      ['isso', true],
      ['isso2', false],
    ]);
    const subject = await subjectIn(bot, number, 'isso2');
    const card = await bot.store.transaction((tx) => tx.papers.latest('information-card', subject));
    expect(card?.answers).toMatchObject({ dayZeroOn: '2026-12-21' });
    const { id } = await engagementOf(bot, number);
    const milestones = await bot.store.transaction((tx) => tx.milestones.ofEngagement(id));
    expect(milestones.map(({ name, personId, on }) => `${name} ${personId} ${on}`)).toEqual(
      expect.arrayContaining(['work-ended isso 2026-12-18', 'onboarding-began isso2 2026-12-21']),
    );
  });

  it('names nobody to the Business Owner before ISPG has accepted, and nobody in a channel', async () => {
    await bot.say('lead', `reassign ${number} ${NAMED}`);
    const early = await standing('bo');
    expect(early).toContain('ISPG looks at it first');
    expect(early).not.toContain('Ivan Soto');
    expect(await standing('ispg')).toContain('Ivan Soto is named');
    await bot.say('ispg', `accept replacement ${number}`);
    expect(await standing('bo')).toContain('Ivan Soto is named');
    for (const channel of ['#ispg', '#issoaas']) expect(await standing(channel)).not.toMatch(/Ivan|Ines/u);
  });

  it('gives the one who leaves a record of their own, which stays open to them when they are gone', async () => {
    await bot.say('lead', `reassign ${number} ${NAMED}`);
    expect(await standing('isso')).toContain('your last day there is Friday, December 18, 2026');
    const record = await recordOf(bot, number);
    expect(record).toMatchObject({ leaving: 'moves', endOn: '2026-12-18' });
    expect(record.lines.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['exit_talk', 'transfer_told']),
    );
    await bot.say('ispg', `accept replacement ${number}`);
    await bot.say('bo', `accept replacement ${number}`);
    await bot.say('lead', `replace ${number}`);
    expect(await standing('isso')).toContain('You no longer take part');
    expect(await told('isso', `off-boarding ${number}`)).toContain('PIV card');
    expect(await told('isso', `line ${number} badge kept for the next post; ref T-3; today`)).toContain(
      'Noted',
    );
    expect(await told('isso2', `off-boarding ${number}`)).not.toContain('PIV card');
    expect(await told('isso2', `off-boarding ${number} Ines`)).not.toContain('PIV card');
    expect(await told('isso2', `line ${number} of Ines: badge lost`)).not.toContain('Noted');
    expect(await told('isso', `context ${number}`)).not.toContain('Context assessment');
  });

  it.each([
    ['Beatriz Okafor', 'no Service ISSO'],
    ['Ines Sorensen', 'who is to be changed'],
  ])('can not be %s', async (name, mend) => {
    expect(await told('lead', `reassign ${number} other; replacement: ${name}`)).toContain(mend);
    expect(await state()).toBe('ACTIVE');
  });

  it('can not be somebody without free hours, or whose hours nobody knows', async () => {
    const other = await atWork(bot, { systemName: 'Vault' });
    await profileOf(bot, 'isso2', 15);
    const named = 'other; replacement: Ivan Soto';
    expect(await told('lead', `reassign ${other} ${named}`)).toContain(
      '15 free hours a week, and 20 are needed',
    );
    await bot.store.transaction((tx) =>
      tx.papers.insert({
        kind: 'isso-profile',
        subject: 'isso2',
        version: 3,
        formVersion: 1,
        answers: { capacity_hours: 40 },
        byId: 'isso2',
        at: bot.clock.now(),
        reason: null,
      }),
    );
    expect(await told('lead', `reassign ${other} ${named}`)).toContain(
      'profile is not filled in and confirmed',
    );
  });
});

describe('a declined replacement', () => {
  it('is free again, and somebody else is named or searched for', async () => {
    await bot.say('gtl', `reassign ${number} ${NAMED}`);
    await bot.say('ispg', `accept replacement ${number}`);
    expect(await told('lead', `decline replacement ${number} availability`)).toContain('not open to you');
    expect(await told('bo', `decline replacement ${number} availability`)).toContain('Declined for');
    expect(await engagementOf(bot, number)).toMatchObject({
      state: 'REASSIGNING',
      course: {
        reassignment: { replacement: null },
        passedOver: [{ personId: 'isso2', reason: 'availability', side: 'business_owner' }],
      },
    });
    expect(await standing('lead')).toContain('The Business Owner declines the replacement');
    expect(await told('lead', `replace ${number} Ivan Soto`)).toContain('was declined');
    expect(await told('lead', `replace ${number}`)).toContain('The search for another Service ISSO');
    expect(await state()).toBe('MATCHING');
  });

  it('can be followed by another name', async () => {
    await bot.say('lead', `reassign ${number} other`);
    expect(await told('lead', `replace ${number} Ivan Soto`)).toContain('Ivan Soto is named');
    expect(await state()).toBe('REASSIGNING');
    expect(await standing('ispg')).toContain('Ivan Soto is named');
    expect(await told('lead', `replace ${number}`)).toContain('ISPG has to act first');
  });
});

describe('a change without a name', () => {
  it('goes to a new search; the engagement stays open, and the other takes part no more', async () => {
    const opened = await bot.press('lead', { verb: 'engagement.reassign', subject: number });
    const press = opened.dialog?.press ?? { verb: '', subject: '' };
    await bot.submit('lead', press, { reason: 'isso_departed', replacement: '', last_day: '2026-12-10' });
    expect(await recordOf(bot, number)).toMatchObject({ leaving: 'leaves', endOn: '2026-12-10' });
    const shown = await bot.press('lead', { verb: 'engagement.replace', subject: number });
    expect(shown.dialog?.fields.map(({ id }) => id)).toEqual(['replacement']);
    await bot.submit('lead', shown.dialog?.press ?? press, { replacement: '' });
    expect(await engagementOf(bot, number)).toMatchObject({
      state: 'MATCHING',
      ending: null,
      course: { serviceIssoId: null, dayZeroOn: null, candidate: null },
    });
    expect(await memberships()).toEqual([['isso', true]]);
  });
});

describe('the end after a change', () => {
  it('waits for the record of everybody who left, and asks for a new exit talk', async () => {
    await bot.say('lead', `reassign ${number} ${NAMED}`);
    await handOver(bot, number);
    await bot.say('ispg', `accept replacement ${number}`);
    await bot.say('bo', `accept replacement ${number}`);
    await bot.say('lead', `replace ${number}`);
    await bot.say('gtl', `end ${number} other; last day: 12/31/2026; hand over to: Beatriz Okafor`);
    expect(await told('lead', `line ${number} documents never handed out`)).toContain(
      'records of several people',
    );
    await settleAll(bot, number, 'isso2', 'of Ivan: ');
    const refused = await told('lead', `report off-boarding ${number}`);
    expect(refused).toContain('PIV card');
    expect(refused).toContain('exit talk');
    await settleAll(bot, number, 'isso', 'of Ines Sorensen: ');
    expect(await told('lead', `report off-boarding ${number}`)).not.toContain('PIV card');
    await handOver(bot, number);
    expect(await told('lead', `report off-boarding ${number}`)).toContain('reported as done');
    expect(await told('gtl', `close ${number}`)).toContain('is closed');
  });
});

describe('contradictory steps at once', () => {
  it('the GTL ends while the contractor lead changes: one wins, the other hears how it stands', async () => {
    for (let round = 0; round < 5; round += 1) {
      const each = await atWork(bot, { systemName: `System ${round}` });
      const [ended, changed] = await Promise.all([
        bot.say('gtl', `end ${each} other; last day: 12/31/2026; hand over to: Beatriz Okafor`),
        bot.say('lead', `reassign ${each} other`),
      ]);
      const now = (await engagementOf(bot, each)).state;
      expect(['OFFBOARDING', 'REASSIGNING']).toContain(now);
      const loser = now === 'OFFBOARDING' ? changed : ended;
      expect(loser.said.join('\n')).toContain('Nothing was changed');
    }
  });
});

describe('a change in the midst of onboarding', () => {
  it('calls off the initial meeting with the one who leaves, and offers one with the next', async () => {
    await putInto(bot, number, 'ONBOARDING', { activeSinceOn: null });
    const { id } = await engagementOf(bot, number);
    await bot.store.transaction((tx) =>
      tx.meetings.insert(
        aMeeting({
          id: 'old',
          engagementId: id,
          kind: 'initial',
          state: 'booked',
          attendeeIds: ['bo', 'isso'],
          bookedFor: { startsAt: new Date('2026-12-15T15:00:00Z'), endsAt: new Date('2026-12-15T16:00:00Z') },
        }),
      ),
    );
    await bot.say('lead', `reassign ${number} ${NAMED}`);
    await bot.say('ispg', `accept replacement ${number}`);
    await bot.say('bo', `accept replacement ${number}`);
    await bot.say('lead', `replace ${number}`);
    const [old, next] = await bot.store.transaction(async (tx) => [
      await tx.meetings.get('old'),
      await tx.meetings.get(`initial-${id}-isso2`),
    ]);
    expect([old?.state, next?.state]).toEqual(['cancelled', 'offered']);
    expect((await engagementOf(bot, number)).course.cisoNotices).toEqual([]);
  });
});
