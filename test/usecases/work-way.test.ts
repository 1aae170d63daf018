import { beforeEach, describe, expect, it } from 'vitest';
import { cisoNotice } from '../../src/domain/engagement-work.ts';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { askSurveys } from '../../src/usecases/ask-surveys.ts';
import { promptMeetings } from '../../src/usecases/prompt-meetings.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, putInto, sayItems, TO_WORK, working } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await working(bot);
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n---\n');
};
const state = async (): Promise<string> => (await engagementOf(bot, number)).state;
const PAUSE = 'The system moves to the cloud; 3/1/2027';

describe('a pause', () => {
  it('has a reason and a day, and asks the contractor to look at the access', async () => {
    expect(await told('gtl', `pause ${number} ${PAUSE}`)).toContain('is paused until Monday, March 1, 2027');
    expect(await engagementOf(bot, number)).toMatchObject({
      state: 'PAUSED',
      course: {
        pause: { reason: 'The system moves to the cloud', fromOn: '2026-12-01', resumeOn: '2027-03-01' },
      },
    });
    expect(await standing('lead')).toContain(`Please review the access: ${number}`);
    expect(await standing('bo')).toContain(': Paused.');
  });

  it('is refused without them, for too long, and for anybody but the GTL', async () => {
    expect(await told('gtl', `pause ${number}`)).toContain(`for example: \`pause ${number}`);
    expect(await told('gtl', `pause ${number} ${PAUSE.replace('2027', '2028')}`)).toContain(
      'the latest is Sunday, May 30, 2027',
    );
    expect(await told('gtl', `pause ${number} SSN 123-45-6789 leaked; 3/1/2027`)).not.toContain('is paused');
    for (const who of ['bo', 'lead', 'isso', 'cor', 'ispg'])
      expect(await told(who, `pause ${number} ${PAUSE}`)).toContain('not open to you');
    expect(await state()).toBe('ACTIVE');
  });

  it('silences surveys and satisfaction sessions, which go on after it', async () => {
    await told('gtl', `pause ${number} ${PAUSE}`);
    // Day 30 of the work is December 31.
    const inPause = new Date('2027-01-05T10:00:00-05:00');
    bot.clock.set(inPause);
    const session = async () => {
      const { id } = await engagementOf(bot, number);
      return bot.store.transaction((tx) => tx.meetings.ofEngagement(id, 'satisfaction'));
    };
    await promptMeetings(bot, inPause);
    expect(await session()).toBe(null);
    expect(await askSurveys(bot, inPause)).toBe(0);
    const resumed = new Date('2027-03-02T10:00:00-05:00');
    bot.clock.set(resumed);
    expect(await told('gtl', `resume ${number}`)).toContain('goes on');
    await promptMeetings(bot, resumed);
    expect((await session())?.state).toBe('offered');
    expect(await askSurveys(bot, resumed)).toBe(1);
  });

  it('takes back what was asked and waits for the Business Owner', async () => {
    const day = new Date('2027-01-04T09:00:00-05:00');
    bot.clock.set(day);
    expect(await askSurveys(bot, day)).toBe(1);
    await told('gtl', `pause ${number} ${PAUSE}`);
    bot.clock.set(new Date('2027-01-12T10:00:00-05:00'));
    expect(await standing('bo')).not.toContain('How satisfied');
  });

  it('ends when training and access are current, and names what lapsed', async () => {
    await told('gtl', `pause ${number} ${PAUSE}`);
    await sayItems(bot, number, TO_WORK);
    await told('lead', `training due ${number} Ines Sorensen on Jan 20`);
    await sayItems(bot, number, ['cfacts reopen taken away during the pause']);
    bot.clock.set(new Date('2027-03-01T10:00:00-05:00'));
    const refused = await told('gtl', `resume ${number}`);
    expect(refused).toContain('role-based training is overdue');
    expect(refused).toContain('the EUA ID or the CFACTS job code is missing');
    expect(refused).not.toContain('screening');
    expect(await state()).toBe('PAUSED');
    await told('lead', `training done ${number} Ines Sorensen on Feb 26`);
    await sayItems(bot, number, ['cfacts done ref JC-2']);
    expect(await told('gtl', `resume ${number}`)).toContain('goes on');
    expect((await engagementOf(bot, number)).course.pause).toBe(null);
  });

  it('is taken by buttons as well', async () => {
    const opened = await bot.press('gtl', { verb: 'engagement.pause', subject: number });
    const press = opened.dialog?.press ?? { verb: '', subject: '' };
    expect((await bot.submit('gtl', press, { why: 'x', until: '' })).errors).toMatchObject({
      why: expect.any(String),
      until: expect.any(String),
    });
    await bot.submit('gtl', press, { why: 'The system moves.', until: '2027-03-01' });
    expect(await state()).toBe('PAUSED');
    await bot.press('gtl', { verb: 'engagement.resume', subject: number });
    expect(await state()).toBe('ACTIVE');
  });
});

describe('an extension', () => {
  it('asked for by the Business Owner with a day is approved by GTL and COR, two people', async () => {
    expect(await told('bo', `review extension ${number} 6/30/2028`)).toContain('both approve it');
    expect((await engagementOf(bot, number)).course.extension).toMatchObject({
      because: 'owner-asks',
      endOn: '2028-06-30',
    });
    expect(await standing('gtl')).toContain(`approve extension ${number}`);
    expect(await told('gtl', `approve extension ${number}`)).toContain('the COR has to approve as well');
    expect(await state()).toBe('EXTENSION_REVIEW');
    expect(await told('gtl', `approve extension ${number}`)).toContain('done before');
    expect(await told('lead', `approve extension ${number}`)).toContain('not open to you');
    expect(await told('cor', `approve extension ${number}`)).toContain('until Friday, June 30, 2028');
    const { state: now, course, id } = await engagementOf(bot, number);
    expect([now, course.term?.endOn, course.extension]).toEqual(['ACTIVE', '2028-06-30', null]);
    const entry = (await bot.store.transaction((tx) => tx.audit.ofEngagement(id))).at(-1);
    expect(entry).toMatchObject({
      verb: 'engagement.approve-extension-cor',
      facts: { newEnd: '2028-06-30', endBefore: '2027-12-31' },
    });
  });

  it('asked for by the GTL waits for what the Business Owner wishes', async () => {
    await told('gtl', `review extension ${number}`);
    expect(await standing('bo')).toContain('says whether to extend, to end, or to have somebody else');
    expect(await told('gtl', `approve extension ${number}`)).toContain('the Business Owner has to act first');
    expect(await told('bo', `wish ${number} extend`)).toContain('until which it should go on');
    expect(await told('bo', `wish ${number} extend; 11/30/2027`)).toContain('must come after');
    expect(await told('bo', `wish ${number} extend; 6/30/2028`)).toContain(
      'wishes to extend, until Friday, June 30, 2028',
    );
    expect(await standing('cor')).toContain('wishes to extend');
    await told('cor', `approve extension ${number}`);
    // Another day is another question.
    await told('bo', `wish ${number} extend; 12/31/2028`);
    expect((await engagementOf(bot, number)).course.extension).toMatchObject({ gtl: null, cor: null });
    await told('cor', `approve extension ${number}`);
    await told('gtl', `approve extension ${number}`);
    expect((await engagementOf(bot, number)).course.term?.endOn).toBe('2028-12-31');
  });

  it('that is to end is for the GTL to end, and nobody approves it', async () => {
    await told('gtl', `review extension ${number} 6/30/2028`);
    expect(await told('bo', `wish ${number} end`)).toContain(`end ${number}`);
    expect(await standing('gtl')).toContain('ends the engagement, as the Business Owner wishes');
    expect(await told('cor', `approve extension ${number}`)).toContain('has to act first');
    expect(await state()).toBe('EXTENSION_REVIEW');
  });

  it('with somebody else is approved first, and then the Service ISSO is changed', async () => {
    await told('bo', `review extension ${number} 6/30/2028`);
    await told('bo', `wish ${number} replace`);
    await told('gtl', `approve extension ${number}`);
    await told('cor', `approve extension ${number}`);
    expect(await state()).toBe('ACTIVE');
    expect(await standing('lead')).toContain(`reassign ${number}`);
  });

  it('is not for an engagement without an end', async () => {
    const term = { startOn: '2026-10-01', endOn: null, hoursPerWeek: 20 };
    await putInto(bot, number, 'ACTIVE', { term });
    expect(await told('bo', `review extension ${number}`)).toContain('goes on without an end');
    expect(await state()).toBe('ACTIVE');
  });
});

describe('hours and end', () => {
  it('are changed by the GTL, told, shown, and what they were is kept', async () => {
    expect(await told('gtl', `change term ${number} hours per week: 30`)).toContain(
      '30 hours a week, until Friday, December 31, 2027',
    );
    expect(await told('gtl', `change term ${number} end: 6/30/2027`)).toContain(
      'until Wednesday, June 30, 2027',
    );
    expect(await standing('isso')).toContain('30 hours a week');
    expect(await told('bo', `show ${number}`)).toMatch(
      /Hours each week: 30[\s\S]*Ends: Wednesday, June 30, 2027/u,
    );
    const { id } = await engagementOf(bot, number);
    const changes = (await bot.store.transaction((tx) => tx.audit.ofEngagement(id))).filter(
      ({ verb }) => verb === 'engagement.change-term',
    );
    expect(changes.map(({ facts }) => facts)).toEqual([
      { hours: '30', end: '2027-12-31', hoursBefore: '20', endBefore: '2027-12-31' },
      { hours: '30', end: '2027-06-30', hoursBefore: '30', endBefore: '2027-12-31' },
    ]);
  });

  it('are not changed by nothing, by both ends at once, or by others', async () => {
    expect(await told('gtl', `change term ${number} hours per week: none`)).toContain(
      'Please give the hours',
    );
    expect(await told('gtl', `change term ${number} end: 6/30/2028`)).toContain(
      'A later end is an extension',
    );
    expect(await told('bo', `change term ${number} hours per week: 30`)).toContain('not open to you');
  });
});

describe('what the engagement brings about', () => {
  it('is counted on its card for those who may read the review, once something was answered', async () => {
    expect(await told('bo', `show ${number}`)).not.toContain('Outcomes:');
    await told('bo', `outcomes ${number} risks known: yes; compliance: partly`);
    for (const who of ['bo', 'gtl', 'cor'])
      expect(await told(who, `show ${number}`)).toContain('Outcomes: 1 reached, 1 partly, 0 not');
    for (const who of ['lead', 'isso', 'cra'])
      expect(await told(who, `show ${number}`)).not.toContain('Outcomes:');
  });
});

describe('the notice to the CISO', () => {
  it('is said by the Business Owner, the oldest change first, also once all is closed', async () => {
    const cisoNotices = [cisoNotice('assignment', '2026-11-20'), cisoNotice('reassignment', '2026-11-30')];
    await putInto(bot, number, 'ACTIVE', { cisoNotices });
    expect(await told('bo', `told ciso ${number} 11/19/2026`)).toContain(
      'must come after Thursday, November 19, 2026',
    );
    expect(await told('bo', `told ciso ${number} 11/25/2026`)).toContain(
      'Another change is still to be told',
    );
    expect(await told('bo', `told ciso ${number} 12/1/2026`)).toContain('Noted');
    expect(await told('bo', `told ciso ${number} 12/1/2026`)).toContain('done before');
    expect((await engagementOf(bot, number)).course.cisoNotices.map(({ doneOn }) => doneOn)).toEqual([
      '2026-11-25',
      '2026-12-01',
    ]);
    expect(await told('ispg', `told ciso ${number} 12/1/2026`)).toContain('not open to you');
  });
});
