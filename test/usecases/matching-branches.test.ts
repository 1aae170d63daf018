import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { confirmedProfile, fillProfile, searching, stored } from '../support/filled-profiles.ts';
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
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n');
};
const propose = (rest: string): Promise<string> => told('lead', `propose candidate ${number} ${rest}`);

describe('somebody who is not the first of the shortlist', () => {
  it('is proposed with a reason only, which ISPG reads and the Business Owner does not', async () => {
    expect(await propose('Ivan')).toContain('Why not the first');
    expect((await stored(bot, number)).state).toBe('MATCHING');
    expect(await propose('Ivan; why not the first: Knows the component and its team.')).toContain(
      'is proposed',
    );
    expect((await stored(bot, number)).course.candidate).toMatchObject({
      personId: 'isso2',
      whyNotTop: 'Knows the component and its team.',
      exception: null,
    });
    expect(await standing('ispg')).toContain('Knows the component and its team.');
    await bot.say('ispg', `accept candidate ${number}`);
    expect(await standing('bo')).toContain('Ivan Soto is proposed');
    expect(await standing('bo')).not.toContain('Knows the component');
  });

  it('is marked beside the field in the dialog, and nothing that was filled in is lost', async () => {
    const { version } = await stored(bot, number);
    const press = { verb: 'candidate.propose', subject: number, version };
    const sent = { candidate: 'isso2', start: '2027-01-11', why_not_top: '', exception: '' };
    const heard = await bot.submit('lead', press, sent);
    expect(Object.keys(heard.errors ?? {})).toEqual(['why_not_top']);
  });
});

describe('an exception', () => {
  beforeEach(async () => {
    await confirmedProfile(bot, 'isso', 'Ines Sorensen', { certifications: 'none' });
    await confirmedProfile(bot, 'isso2', 'Ivan Soto', {
      certifications: 'none',
      'rate categorization': 'aware',
    });
  });

  it('is needed when a hard requirement is not met, and the GTL allows it before anybody answers', async () => {
    expect(await propose('1')).toContain('Certification: Not passed: holds no tier; needed: the lower tier');
    expect(await propose('1; exception: The exam is booked for February.')).toContain(
      'The Government Task Lead (GTL) is asked to allow the exception',
    );
    expect(await told('ispg', `accept candidate ${number}`)).toContain(
      'the Government Task Lead has to act first',
    );
    expect(await standing('gtl')).toContain('The exam is booked for February.');
    expect(await standing('ispg')).not.toContain('Fit sheet for');
    expect(await told('ispg', `allow candidate ${number}`)).toContain('not open to you');
    expect(await told('gtl', `allow candidate ${number}`)).toContain('is allowed. ISPG is asked now');
    expect(await standing('ispg')).toContain('The exam is booked for February.');
    expect(await standing('lead')).toContain('The GTL has allowed the exception for Ines Sorensen');
    expect(await told('gtl', `allow candidate ${number}`)).toContain('was done before');
    expect(await told('ispg', `accept candidate ${number}`)).toContain('You have accepted');
    const { course } = await stored(bot, number);
    expect(course.candidate).toMatchObject({ exceptionAllowed: { byId: 'gtl' }, ispg: { byId: 'ispg' } });
  });

  it('is not allowed when the GTL declines instead', async () => {
    await propose('1; exception: The exam is booked for February.');
    expect(await told('gtl', `decline candidate ${number} skill gap`)).toContain('is declined');
    expect((await stored(bot, number)).course).toMatchObject({
      candidate: null,
      passedOver: [{ personId: 'isso', reason: 'skill_gap', side: 'ispg' }],
    });
  });
});

describe('a score below the line', () => {
  it('needs an exception though every hard requirement is met', async () => {
    const beginner = {
      'rate overall support': 'aware',
      'rate categorization': 'aware',
      'rate risk assessment': 'aware',
      hosting: 'none',
      'data kinds': 'none',
      'fips highest': 'none yet',
    };
    await confirmedProfile(bot, 'isso', 'Ines Sorensen', beginner);
    await confirmedProfile(bot, 'isso2', 'Ivan Soto', beginner);
    const answer = await propose('1');
    expect(answer).toMatch(/needs one, which the GTL has to allow \(the score is \d\d of 100\)/u);
    expect(answer).not.toContain('Not passed');
  });
});

describe('a candidate who is declined', () => {
  it('twice, by ISPG and by the Business Owner, is free again each time, and the search goes on', async () => {
    await propose('1');
    expect(await told('ispg', `decline candidate ${number} conflict of interest`)).toContain('is declined');
    expect((await stored(bot, number)).state).toBe('MATCHING');
    expect(await propose('1')).toContain('is proposed');
    await bot.say('ispg', `accept candidate ${number}`);
    expect(await told('bo', `decline candidate ${number} availability`)).toContain('is declined');
    expect((await stored(bot, number)).course.passedOver).toMatchObject([
      { personId: 'isso', reason: 'conflict_of_interest', side: 'ispg', by: { byId: 'ispg' } },
      { personId: 'isso2', reason: 'availability', side: 'business_owner', by: { byId: 'bo' } },
    ]);
    const list = await told('lead', `shortlist ${number}`);
    expect(list).toContain('Declined for this engagement before');
    expect(list).toMatch(/Ines Sorensen: 95 of 100; by ISPG: a conflict of interest/u);
    expect(list).toMatch(/Ivan Soto: \d\d of 100; by the Business Owner: not available/u);
    expect(list).toContain('Everybody who has a profile was declined');
  });

  it('is named to the contractor and ISPG, and to nobody else any more', async () => {
    await propose('1');
    await bot.say('ispg', `accept candidate ${number}`);
    // The Business Owner's day begins after the candidate is gone.
    await bot.say('ispg', `decline candidate ${number} cost`);
    expect(await standing('lead')).toContain('ISPG has declined Ines Sorensen');
    for (const who of ['bo', 'cra', 'isso', 'isso2', '#ispg'])
      expect(await standing(who), who).not.toContain('Ines Sorensen');
    expect(await told('bo', `show ${number}`)).not.toContain('Ines');
    expect(await told('bo', `fit ${number}`)).toContain('no candidate to show');
  });

  it('needs a reason of the list: nobody’s own words are taken', async () => {
    await propose('1');
    expect(await told('ispg', `decline candidate ${number} I do not like them`)).toContain(
      'Please mend this',
    );
    expect(await told('ispg', `decline candidate ${number}`)).toContain('Why is this not the right person');
    expect((await stored(bot, number)).state).toBe('CANDIDATE_PROPOSED');
  });

  it('is not proposed again without an exception that says why', async () => {
    await propose('1');
    await bot.say('ispg', `decline candidate ${number} availability`);
    expect(await propose('Ines; why not the first: Available after all.')).toContain(
      'they were declined for this engagement before',
    );
    expect(await propose('Ines; exception: Available after all.')).toContain('is proposed');
    expect((await stored(bot, number)).course.candidate).toMatchObject({
      personId: 'isso',
      exception: 'Available after all.',
    });
  });
});

describe('the acceptances', () => {
  it('need two people: the Business Owner who is of ISPG as well accepts for one side only', async () => {
    await bot.store.transaction(async (tx) => {
      const owner = await tx.people.get('bo');
      if (owner) await tx.people.save([{ ...owner, roles: ['business_owner', 'ispg_team'] }]);
    });
    await propose('1');
    const press = async (verb: string) => ({
      verb,
      subject: number,
      version: (await stored(bot, number)).version,
    });
    await bot.press('bo', await press('candidate.accept-ispg'));
    const second = await bot.press('bo', await press('candidate.accept'));
    expect(second.said.join()).toContain('needs two different people');
    expect((await stored(bot, number)).course.candidate).toMatchObject({
      ispg: { byId: 'bo' },
      businessOwner: null,
    });
  });

  it('come in their order, and each once', async () => {
    await propose('1');
    expect(await told('bo', `accept candidate ${number}`)).toContain('ISPG has to act first');
    expect(await told('bo', `decline candidate ${number} cost`)).toContain('ISPG has to act first');
    await bot.say('ispg', `accept candidate ${number}`);
    expect(await told('gtl', `accept candidate ${number}`)).toContain('was done before');
    expect((await stored(bot, number)).state).toBe('CANDIDATE_PROPOSED');
  });

  it('are no contractor’s to give, and neither is the funding', async () => {
    await propose('1');
    for (const text of [
      `accept candidate ${number}`,
      `decline candidate ${number} cost`,
      `confirm funding ${number}`,
    ])
      for (const who of ['lead', 'issolead'])
        expect(await told(who, text), text).toContain('not open to you');
    expect((await stored(bot, number)).course).toMatchObject({ funding: null, candidate: { ispg: null } });
  });

  it('stand while the funding is confirmed early or late, once', async () => {
    expect(await told('cor', `confirm funding ${number}`)).toContain('is confirmed');
    expect(await told('gtl', `confirm funding ${number}`)).toContain('was done before');
    await propose('1');
    await bot.say('ispg', `accept candidate ${number}`);
    expect(await told('bo', `accept candidate ${number}`)).toContain('The Service ISSO is identified');
    expect(await standing('isso')).toContain('You are the Service ISSO');
  });
});

describe('somebody who is proposed for another engagement', () => {
  it('is refused when the hours do not do for both, and shown as promised in the shortlist', async () => {
    await confirmedProfile(bot, 'isso', 'Ines Sorensen', { 'capacity hours': '30' });
    await propose('Ines');
    const first = number;
    number = await searching(bot, 'Data Vault');
    expect(await told('lead', `shortlist ${number}`)).toMatch(
      /Also proposed for other engagements[\s\S]*Ines Sorensen: 20 hours a week/u,
    );
    expect(await propose('Ines')).toContain('is proposed for another engagement');
    await bot.say('ispg', `decline candidate ${first} availability`);
    expect(await propose('Ines')).toContain('Your candidate for');
  });

  it('is taken when they do', async () => {
    await propose('Ines');
    number = await searching(bot, 'Data Vault');
    expect(await propose('Ines')).toContain('Your candidate for');
  });

  it('has fewer hours free once they are the Service ISSO of the other', async () => {
    await propose('1');
    await bot.say('ispg', `accept candidate ${number}`);
    await bot.say('bo', `accept candidate ${number}`);
    await bot.say('cor', `confirm funding ${number}`);
    number = await searching(bot, 'Data Vault');
    expect(await told('lead', `shortlist ${number}`)).toContain('20 hours a week free, 20 needed');
    expect(await told('lead', 'profiles')).toContain('40 hours a week, 20 taken, 20 free');
  });
});

describe('a profile that nobody has confirmed', () => {
  it('has no rating that counts, and its owner is not put forward', async () => {
    await fillProfile(bot, 'isso', { 'experience years': '9' });
    const list = await told('lead', `shortlist ${number}`);
    expect(list).toContain('1. Ivan Soto');
    expect(list).toContain('Profile confirmed: Not passed');
  });
});
