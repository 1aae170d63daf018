import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { type Bot, type Heard, startBot } from '../support/bot.ts';
import { confirmedProfile, searching, stored } from '../support/filled-profiles.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  await confirmedProfile(bot, 'isso', 'Ines Sorensen');
  await confirmedProfile(bot, 'isso2', 'Ivan Soto', { 'rate categorization': 'aware' });
  number = await searching(bot);
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const audited = async (verb: string) => {
  const { id } = await stored(bot, number);
  const entries = await bot.store.transaction((tx) => tx.audit.ofEngagement(id));
  return entries.filter((entry) => entry.verb === verb);
};
const words = ({ said }: Heard): string => said.join('\n');

describe('the shortlist', () => {
  it('explains every part of the score and every gap with a training, to the contractor', async () => {
    const list = await told('lead', `shortlist ${number}`);
    expect(list).toMatch(/1\. Ines Sorensen: 95 of 100, strong/u);
    expect(list).toContain('- Task coverage 35 of 35: 3 of 3');
    expect(list).toMatch(/2\. Ivan Soto: \d\d of 100/u);
    expect(list).toContain('Task coverage 23 of 35: 2 of 3; gap: Security categorization');
    expect(list).toContain('Gap: Security categorization. Suggested: the ISSO Handbook');
  });

  it('says why somebody is not put forward', async () => {
    await confirmedProfile(bot, 'isso2', 'Ivan Soto', { 'capacity hours': '10' });
    expect(await told('ispg', `shortlist ${number}`)).toContain(
      'Hours: Not passed: 10 hours a week free, 20 needed',
    );
  });

  it('is the same whenever it is made, by a seed that does not change, and each look is written down', async () => {
    const [one, other] = [
      await told('lead', `shortlist ${number}`),
      await told('lead', `shortlist ${number}`),
    ];
    expect(one).toBe(other);
    const looks = await audited('shortlist.read');
    expect(looks.map(({ facts }) => facts.seed)).toEqual([looks[0]?.facts.seed, looks[0]?.facts.seed]);
  });

  it('opens by the button on the card of the engagement', async () => {
    const card = await bot.say('lead', `show ${number}`);
    const button = card.messages[0]?.buttons.find(({ label }) => label === 'Shortlist');
    expect(button?.typed).toBe(`shortlist ${number}`);
    expect(words(await bot.press('lead', button?.press ?? { verb: '', subject: '' }))).toContain(
      'Ines Sorensen',
    );
  });
});

describe('the way to the Service ISSO', () => {
  it('is gone by typed words: proposal, ISPG, Business Owner, funding', async () => {
    expect(await told('lead', `propose candidate ${number} Ines; start: January 11, 2027`)).toContain(
      'is proposed',
    );
    expect(await stored(bot, number)).toMatchObject({
      state: 'CANDIDATE_PROPOSED',
      course: {
        candidate: { personId: 'isso', score: 95, startOn: '2027-01-11', exception: null, whyNotTop: null },
      },
    });
    expect(await told('ispg', `accept candidate ${number}`)).toContain('The Business Owner is asked now');
    expect(await told('bo', `accept candidate ${number}`)).toContain('The funding still has to be confirmed');
    expect((await stored(bot, number)).state).toBe('CANDIDATE_PROPOSED');
    expect(await told('cor', `confirm funding ${number}`)).toContain('The Service ISSO is identified');
    const engagement = await stored(bot, number);
    expect(engagement).toMatchObject({ state: 'ISSO_IDENTIFIED', course: { serviceIssoId: 'isso' } });
    expect(engagement.memberships).toMatchObject([
      { personId: 'isso', role: 'service_isso', granted: { byId: 'ispg' }, second: { byId: 'bo' } },
    ]);
  });

  it('is gone by buttons and dialogs', async () => {
    const version = async (): Promise<number> => (await stored(bot, number)).version;
    const press = async (verb: string) => ({ verb, subject: number, version: await version() });
    const asked = await bot.press('lead', await press('candidate.propose'));
    const field = asked.dialog?.fields.find(({ id }) => id === 'candidate');
    expect(field?.options).toEqual([
      { id: 'isso', label: 'Ines Sorensen' },
      { id: 'isso2', label: 'Ivan Soto' },
    ]);
    const sent = { candidate: 'isso', start: '', why_not_top: '', exception: '' };
    expect(words(await bot.submit('lead', await press('candidate.propose'), sent))).toContain('is proposed');
    expect(words(await bot.press('gtl', await press('funding.confirm')))).toContain('is confirmed');
    await bot.press('ispg', await press('candidate.accept-ispg'));
    await bot.press('bo', await press('candidate.accept'));
    expect((await stored(bot, number)).state).toBe('ISSO_IDENTIFIED');
  });

  it('keeps how the candidate fitted, as it was then', async () => {
    await bot.say('lead', `propose candidate ${number} 1`);
    const before = await told('ispg', `fit ${number}`);
    expect(before).toContain('Hours: Passed: 40 hours a week free, 20 needed');
    await bot.say('isso', 'profile hours each week: 10');
    expect(await told('ispg', `fit ${number}`)).toBe(before);
    const { id } = await stored(bot, number);
    const papers = await bot.store.transaction((tx) => tx.papers.versions('fit-sheet', `${id}/isso`));
    expect(papers).toMatchObject([{ version: 1, byId: 'lead', answers: { place: 1, of: 2 } }]);
    expect((await audited('candidate.propose'))[0]?.facts).toMatchObject({
      candidate: 'isso',
      score: '95',
      band: 'strong',
      exception: 'false',
    });
  });

  it('takes the first day of the profile when none is given, and none before it', async () => {
    await confirmedProfile(bot, 'isso', 'Ines Sorensen', { 'available on': 'February 1, 2027' });
    const early = await told('lead', `propose candidate ${number} Ines; start: January 11, 2027`);
    expect(early).toContain('Monday, February 1, 2027 at the earliest');
    expect((await stored(bot, number)).state).toBe('MATCHING');
    await bot.say('lead', `propose candidate ${number} Ines`);
    expect((await stored(bot, number)).course.candidate?.startOn).toBe('2027-02-01');
  });
});

describe('who hears of a candidate', () => {
  it('are ISPG, then the Business Owner and their advisor, then the candidate; the contractor of each answer', async () => {
    await bot.say('lead', `propose candidate ${number} 1`);
    await bot.deliver();
    expect(bot.standing('ispg').join('\n')).toContain('Fit sheet for');
    for (const who of ['bo', 'cra', 'isso', 'isso2', '#ispg', '#issoaas'])
      expect(bot.standing(who).join('\n'), who).not.toContain('Ines Sorensen');

    await bot.say('ispg', `accept candidate ${number}`);
    await bot.deliver();
    for (const who of ['bo', 'cra']) {
      expect(bot.standing(who).join('\n'), who).toContain('Ines Sorensen is proposed as the Service ISSO');
      expect(bot.standing(who).join('\n'), who).not.toMatch(/Ivan Soto|Other engagements/u);
    }
    expect(bot.standing('lead').join('\n')).toContain('ISPG has accepted Ines Sorensen');
    expect(bot.standing('isso').join('\n')).not.toContain(number);

    await bot.say('bo', `accept candidate ${number}`);
    await bot.say('cor', `confirm funding ${number}`);
    await bot.deliver();
    expect(bot.standing('lead').join('\n')).toContain('The Business Owner has accepted Ines Sorensen');
    expect(bot.standing('isso').join('\n')).toContain('You are the Service ISSO');
    expect(bot.standing('isso2').join('\n')).not.toContain(number);
  });

  it('is the Cyber Risk Advisor after five business days without an answer, and the GTL after seven', async () => {
    await bot.say('lead', `propose candidate ${number} 1`);
    const late = (who: string): number =>
      bot.standing(who).filter((text) => text.includes('has stood at "Candidate proposed"')).length;
    bot.clock.set(new Date('2026-12-09T19:00:00Z'));
    await bot.deliver();
    expect([late('cra'), late('gtl')]).toEqual([1, 0]);
    bot.clock.set(new Date('2026-12-14T19:00:00Z'));
    await bot.deliver();
    expect([late('cra'), late('gtl')]).toEqual([1, 1]);
  });
});
