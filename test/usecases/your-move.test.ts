import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { nudgeEverybody } from '../../src/usecases/nudge-morning.ts';
import { tellNext } from '../../src/usecases/tell-step.ts';
import { watchEngagements } from '../../src/usecases/watch-engagements.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { fillForm } from '../support/filled-papers.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { engagementOf, identified, putInto, working } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
/** The messages that stand with somebody and are, or hold, the card of a move: with how many buttons that do something. */
async function cards(who: string) {
  await bot.deliver();
  return [...bot.adapter.standing.values()]
    .filter(({ to, text }) => to.id === who && /our move: /u.test(text))
    .map(({ text, message: { buttons } }) => ({
      text,
      verbs: buttons.map(({ press: { verb } }) => verb),
    }));
}
const YOURS = { text: expect.stringMatching(/^Your move: /u), verbs: expect.arrayContaining([]) };

describe('the card that says that the next move is yours', () => {
  let number: RequestNumber;
  beforeEach(async () => {
    number = await working(bot);
    await told('bo', `review extension ${number} 6/30/2028`);
  });
  const over = (...words: readonly string[]) => [
    {
      text: expect.stringMatching(new RegExp(`^No longer your move: ${number}.*${words.join('.*')}`, 'su')),
      verbs: [],
    },
  ];

  it('says in the same message what was done once it is made, and keeps its buttons with whoever has one still', async () => {
    for (const who of ['gtl', 'cor']) {
      const [card, ...more] = await cards(who);
      expect([who, card, more]).toEqual([who, YOURS, []]);
      expect(card?.verbs.length).toBeGreaterThan(1);
    }
    await told('cor', `approve extension ${number}`);
    expect(await cards('cor')).toEqual(
      over('You took the step “Approve for the contract”', 'Extension under review'),
    );
    const [card, ...more] = await cards('gtl');
    expect([card, more]).toEqual([YOURS, []]);
    await told('gtl', `approve extension ${number}`);
    expect(await cards('gtl')).toEqual(over('You took the step “Approve for the programme”', 'now: Working'));
    expect(await cards('cor')).toEqual(
      over('You took the step “Approve for the contract”', 'Extension under review'),
    );
  });

  it('says so too where somebody else takes a step with which it is over, without their name', async () => {
    await cards('cor');
    await told('gtl', `end ${number} funding changed; last day: 12/18/2026; hand over to: Beatriz Okafor`);
    expect(await cards('cor')).toEqual(
      over('approves the extension', 'The step “End the engagement” was taken'),
    );
  });

  it('names whoever of its readers made it', async () => {
    await bot.store.transaction(async (tx) => {
      const other = await tx.people.get('issolead');
      if (other) await tx.people.save([{ ...other, roles: ['contractor_lead'] }]);
    });
    await putInto(bot, number, 'REASSIGNING', {
      reassignment: {
        reason: 'other',
        by: { byId: 'lead', at: bot.clock.now() },
        outgoingId: 'isso',
        replacement: null,
      },
    });
    const { id } = await engagementOf(bot, number);
    await bot.store.transaction(async (tx) => {
      const engagement = await tx.engagements.get(id);
      if (engagement) await tellNext({ tx, now: bot.clock.now(), programme: bot.programme }, engagement);
    });
    expect(await cards('issolead')).toEqual([YOURS]);
    await told('lead', `replace ${number}`);
    expect((await cards('issolead')).slice(0, 1)).toEqual(over('Leila Haddad took the step'));
  });

  it('is not sent when the move was made before it went out', async () => {
    bot.clock.set(new Date('2026-12-02T02:00:00-05:00'));
    await told('bo', `wish ${number} replace; 8/31/2028`);
    await told('cor', `approve extension ${number}`);
    bot.clock.set(new Date('2026-12-02T11:00:00-05:00'));
    expect(await cards('cor')).toEqual([]);
  });

  it('comes back into the same message when the move is theirs again', async () => {
    await cards('cor');
    await told('cor', `approve extension ${number}`);
    expect(await cards('cor')).toEqual(over());
    await told('bo', `wish ${number} extend; 8/31/2028`);
    expect(await cards('cor')).toEqual([YOURS]);
  });
});

describe('the card of a move', () => {
  it('that is part of the message of the day is redrawn in it, beside the other parts', async () => {
    const number = await identified(bot);
    bot.clock.set(new Date('2026-12-07T11:00:00-05:00'));
    await told('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 1/5/2027`);
    await bot.deliver();
    await putInto(bot, number, 'ACTIVE', { activeSinceOn: '2026-12-07' });
    bot.clock.set(new Date('2026-12-14T00:00:00-05:00'));
    await watchEngagements(bot, bot.clock.now());
    await nudgeEverybody(bot, bot.clock.now());
    bot.clock.set(new Date('2026-12-14T11:00:00-05:00'));
    const [day, ...more] = await cards('bo');
    expect(more).toEqual([]);
    expect(day?.text).toMatch(/Your move: .*In your hands: 1 line|In your hands: 1 line.*Your move: /su);
    expect(day?.verbs).toContain('engagement.wish');
    await told('bo', `wish ${number} extend; 8/31/2028`);
    const [redrawn, ...others] = await cards('bo');
    expect(others).toEqual([]);
    expect(redrawn?.text).toMatch(/In your hands: 1 line/u);
    expect(redrawn?.text).toContain('You took the step “Say what you wish”');
    expect(redrawn?.verbs).not.toContain('engagement.wish');
  });

  it('says so when the request is withdrawn', async () => {
    const number = await heldKickoff(bot);
    await fillForm(bot, number);
    await told('ispg', `lock form ${number}`);
    expect(await cards('lead')).toEqual([YOURS]);
    await told('bo', `withdraw ${number} funding_lost`);
    const [card] = await cards('lead');
    expect(card).toEqual({
      text: expect.stringContaining('It has moved on since. It is now: Withdrawn by the requester.'),
      verbs: [],
    });
  });
});
