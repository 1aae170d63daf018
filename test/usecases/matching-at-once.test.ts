import { describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { type Bot, type Heard, startBot } from '../support/bot.ts';
import { confirmedProfile, searching, stored } from '../support/filled-profiles.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

/** An engagement whose candidate ISPG has accepted and whose funding is there: the Business Owner's yes is the last. */
async function almost(bot: Bot, systemName: string): Promise<RequestNumber> {
  const number = await heldKickoff(bot, systemName);
  const mark = (byId: string) => ({ byId, at: bot.clock.now() });
  await bot.store.transaction(async (tx) => {
    const held = await tx.engagements.forChange(number);
    if (!held || held.ending) throw new Error(`no ${number}`);
    const candidate = {
      personId: 'isso',
      proposed: mark('lead'),
      startOn: '2027-01-11',
      score: 90,
      exception: null,
      exceptionAllowed: null,
      whyNotTop: null,
      ispg: mark('ispg'),
      businessOwner: null,
    };
    await tx.engagements.update({
      ...held,
      version: held.version + 1,
      state: 'CANDIDATE_PROPOSED',
      course: { ...held.course, candidate, funding: mark('cor') },
    });
  });
  return number;
}

const words = ({ said }: Heard): string => said.join('\n');

describe('the Business Owner accepts while ISPG declines', () => {
  it('in each of fifty rounds one wins, the other is told what happened, and there is one of each word', async () => {
    const bot = await startBot(await openTestStore());
    const won = { accepted: 0, declined: 0 };
    for (let round = 0; round < 50; round += 1) {
      const number = await almost(bot, `System number ${round}`);
      const { version } = await stored(bot, number);
      const isPressed = round % 4 < 2;
      const accept = (): Promise<Heard> =>
        isPressed
          ? bot.press('bo', { verb: 'candidate.accept', subject: number, version })
          : bot.say('bo', `accept candidate ${number}`);
      const decline = (): Promise<Heard> =>
        isPressed
          ? bot.submit('ispg', { verb: 'candidate.decline', subject: number, version }, { reason: 'cost' })
          : bot.say('ispg', `decline candidate ${number} cost`);
      const heard = await Promise.all(round % 2 === 0 ? [accept(), decline()] : [decline(), accept()]);
      const texts = heard.map(words);
      const winner = texts.filter((text) => /You have accepted|is declined/u.test(text));
      expect(winner, number).toHaveLength(1);
      const loser = texts.filter((text) => !winner.includes(text)).join('\n');
      expect(loser, number).toMatch(isPressed ? /out of date/u : /Nothing was changed/u);
      const { state, course } = await stored(bot, number);
      if (winner[0]?.includes('You have accepted')) {
        won.accepted += 1;
        expect([state, course.serviceIssoId, course.passedOver], number).toEqual([
          'ISSO_IDENTIFIED',
          'isso',
          [],
        ]);
        expect(loser, number).toMatch(/Service ISSO identified|has its Service ISSO/u);
      } else {
        won.declined += 1;
        expect([state, course.serviceIssoId, course.candidate], number).toEqual(['MATCHING', null, null]);
        expect(loser, number).toMatch(/Finding a Service ISSO|is looking for a Service ISSO/u);
      }
    }
    await bot.deliver();
    const identified = bot.standing('isso').filter((text) => text.includes('You are the Service ISSO'));
    expect(identified).toHaveLength(won.accepted);
    const { prisma } = await openTestDatabase();
    expect(
      await prisma.auditEntry.count({ where: { verb: { in: ['candidate.accept', 'candidate.decline'] } } }),
    ).toBe(50);
  });
});

describe('two contract leads propose the same person for two engagements at the same instant', () => {
  it('one is taken and the other is told, when the hours do not do for both', async () => {
    const bot = await startBot(await openTestStore());
    await bot.store.transaction(async (tx) => {
      const lead = await tx.people.get('lead');
      if (!lead) throw new Error('no lead');
      await tx.people.save([
        { ...lead, id: 'lead2', name: 'Liam Hart', email: null, calendarToken: 'other' },
      ]);
      await tx.people.linkPlatformUser('console', 'lead2', 'lead2');
    });
    await confirmedProfile(bot, 'isso', 'Ines Sorensen', { 'capacity hours': '30' });
    const numbers = [await searching(bot, 'Claims Hub'), await searching(bot, 'Data Vault')] as const;
    const heard = await Promise.all([
      bot.say('lead', `propose candidate ${numbers[0]} 1`),
      bot.say('lead2', `propose candidate ${numbers[1]} 1`),
    ]);
    const texts = heard.map(words);
    expect(texts.filter((text) => text.includes('Your candidate for'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('is proposed for another engagement'))).toHaveLength(1);
    const states = [(await stored(bot, numbers[0])).state, (await stored(bot, numbers[1])).state];
    expect(states.toSorted()).toEqual(['CANDIDATE_PROPOSED', 'MATCHING']);
  });
});
