import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { confirmedProfile, searching, stored } from '../support/filled-profiles.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  await confirmedProfile(bot, 'isso', 'Ines Sorensen');
  number = await searching(bot);
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
/** Words of that person about an engagement, whatever its number. */
const unnumbered = async (who: string, word: string, which: string): Promise<string> =>
  (await told(who, `${word} ${which}`)).replaceAll(which, 'N');

describe('somebody without access', () => {
  it.each([
    'shortlist',
    'fit',
    'propose candidate',
    'accept candidate',
    'decline candidate',
    'allow candidate',
  ])('hears the same of `%s`, whether the engagement exists or not', async (word) => {
    await bot.say('lead', `propose candidate ${number} 1`);
    for (const who of ['isso', 'isso2', 'bo2', 'guardian', 'admin']) {
      const missing = await unnumbered(who, word, 'ISSO-2026-0999');
      expect(await unnumbered(who, word, number), who).toBe(missing);
      expect(missing, who).toContain('does not exist, or you do not have access');
    }
  });

  it('changes nothing by pressing what others were shown', async () => {
    await bot.say('lead', `propose candidate ${number} 1`);
    const { version } = await stored(bot, number);
    for (const who of ['isso', 'bo2', 'guardian', 'admin', 'lead'])
      for (const verb of ['candidate.accept', 'candidate.accept-ispg', 'candidate.allow', 'funding.confirm'])
        await bot.press(who, { verb, subject: number, version });
    expect((await stored(bot, number)).version).toBe(version);
  });
});

describe('what each reader knows of the candidate', () => {
  const seen = async (who: string): Promise<string> =>
    `${await told(who, `show ${number}`)}\n${await told(who, `fit ${number}`)}`;

  it('is nothing for the Business Owner and the advisor before ISPG has accepted, and no shortlist ever', async () => {
    await bot.say('lead', `propose candidate ${number} 1`);
    for (const who of ['bo', 'cra']) {
      expect(await seen(who), who).not.toContain('Ines');
      expect(await told(who, `shortlist ${number}`), who).toContain('not open to you');
    }
    await bot.say('ispg', `accept candidate ${number}`);
    for (const who of ['bo', 'cra']) {
      expect(await seen(who), who).toContain('Candidate: Ines Sorensen');
      expect(await seen(who), who).not.toMatch(
        /Why not|Other engagements|Hard requirements\n|Conflict of interest/u,
      );
      expect(await told(who, `shortlist ${number}`), who).toContain('not open to you');
    }
  });

  it('is all for ISPG, the GTL, the COR, the auditor, the contractor and the Service ISSO Lead', async () => {
    await bot.say('lead', `propose candidate ${number} 1`);
    for (const who of ['ispg', 'gtl', 'cor', 'auditor', 'lead', 'issolead']) {
      expect(await seen(who), who).toContain('Conflict of interest: Passed');
      expect(await told(who, `shortlist ${number}`), who).toContain('1. Ines Sorensen');
    }
    expect(await told('lead', `show ${number}`)).not.toContain('Funding');
  });

  it('is that somebody is looked for, and no name, for the Business Owner during the search', async () => {
    const answer = await told('bo', `shortlist ${number}`);
    expect(answer).toContain('are looking for a Service ISSO for Claims Hub');
    expect(answer).not.toContain('Ines');
  });

  it('is nothing for the candidate themself', async () => {
    await bot.say('lead', `propose candidate ${number} 1`);
    await bot.say('ispg', `accept candidate ${number}`);
    await bot.deliver();
    expect(await told('isso', `show ${number}`)).toContain('does not exist, or you do not have access');
    expect(bot.standing('isso').join('\n')).not.toContain(number);
  });

  it('stays out of the channel, whoever asks there', async () => {
    await bot.say('lead', `propose candidate ${number} 1`);
    const spoken = { channel: 'ispg' } as const;
    for (const text of [`shortlist ${number}`, `fit ${number}`, `accept candidate ${number}`]) {
      const heard = await bot.say('ispg', text, spoken);
      expect(heard.said.join('\n'), text).not.toContain('Ines');
    }
    await bot.deliver();
    expect(bot.standing('#ispg').join('\n')).not.toContain('Ines');
    expect(bot.standing('ispg').join('\n')).toContain('Ines Sorensen');
  });
});

describe('personal data in a reason', () => {
  it('is not kept', async () => {
    await confirmedProfile(bot, 'isso', 'Ines Sorensen', { certifications: 'none' });
    const answer = await told('lead', `propose candidate ${number} 1; exception: SSN 123-45-6789 is cleared`);
    expect(answer).toMatch(/Social Security/u);
    expect((await stored(bot, number)).state).toBe('MATCHING');
  });
});
