import { beforeEach, describe, expect, it } from 'vitest';
import { approveMembership, grantMembership } from '../../src/domain/engagement-members.ts';
import type { RequestNumber } from '../../src/domain/ids.ts';
import type { Button } from '../../src/messages/button.ts';
import type { Block } from '../../src/messages/message.ts';
import { nudgeEverybody } from '../../src/usecases/nudge-morning.ts';
import { watchEngagements } from '../../src/usecases/watch-engagements.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { identified, putInto, sayItems, TO_WORK } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await onboarding('Claims Hub');
});

const at = (day: string, time = '11:00'): Date => new Date(`${day}T${time}:00-05:00`);
const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');

async function onboarding(systemName: string): Promise<RequestNumber> {
  const made = await identified(bot, systemName);
  bot.clock.set(at('2026-12-07'));
  await told('lead', `start onboarding ${made} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
  await bot.deliver();
  return made;
}

/** Work has begun; what stays open of the card is still said. */
const atWork = (which = number) => putInto(bot, which, 'ACTIVE', { activeSinceOn: '2026-12-07' });

/** The day begins, and at eleven everybody has their message of it. */
async function goTo(day: string): Promise<void> {
  for (const time of ['00:00', '01:00', '02:00']) {
    bot.clock.set(at(day, time));
    await nudgeEverybody(bot, bot.clock.now());
  }
  await bot.deliver();
  bot.clock.set(at(day));
  await bot.deliver();
}

const messagesOf = (who: string) =>
  [...bot.adapter.standing.values()].filter(({ to, text }) => to.id === who && /In your hands/u.test(text));
/** The nudge that stands: its words, and what its buttons press. */
async function nudge(who: string) {
  await bot.deliver();
  const last = messagesOf(who).at(-1);
  const buttons = last ? [...last.message.blocks.flatMap(rowButtons), ...last.message.buttons] : [];
  return {
    count: messagesOf(who).length,
    text: last?.text ?? '',
    subjects: new Set(
      buttons.filter(({ press }) => press.verb.startsWith('nudge.')).map(({ press }) => press.subject),
    ),
  };
}
const rowButtons = (block: Block): readonly Button[] =>
  block.kind === 'facts' ? block.rows.flatMap(({ button }) => button ?? []) : [];
const PAUSE = 'The system moves to the cloud; 3/1/2027';
const GONE = { count: 1, text: expect.stringContaining('All done for today'), subjects: new Set() };

describe('the nudge that stands when an engagement pauses', () => {
  it('loses the lines and courses of it with everybody, and says so when nothing is left', async () => {
    await atWork();
    await goTo('2026-12-08');
    for (const who of ['lead', 'bo', 'guardian', 'cra', 'isso'])
      expect([who, (await nudge(who)).text]).toEqual([who, expect.stringContaining('Line 1')]);
    expect(await told('gtl', `pause ${number} ${PAUSE}`)).toContain('is paused');
    for (const who of ['lead', 'bo', 'guardian', 'cra', 'isso'])
      expect([who, await nudge(who)]).toEqual([who, GONE]);
    expect(await told('lead', 'done 1')).toContain('is not in your hands any more');
  });

  it('keeps the lines of others', async () => {
    const other = await onboarding('Grants Portal');
    await atWork();
    await goTo('2026-12-08');
    expect((await nudge('bo')).text).toContain(number);
    await told('gtl', `pause ${number} ${PAUSE}`);
    const { count, text, subjects } = await nudge('bo');
    expect([count, subjects]).toEqual([1, new Set([other])]);
    expect(text).not.toContain(number);
  });

  it('that has not gone out is not sent', async () => {
    await atWork();
    bot.clock.set(at('2026-12-08', '01:00'));
    await nudgeEverybody(bot, bot.clock.now());
    await told('gtl', `pause ${number} ${PAUSE}`);
    bot.clock.set(at('2026-12-08'));
    expect((await nudge('lead')).count).toBe(0);
  });

  it('shows them again in the same message when it goes on, and nothing is sent twice that day', async () => {
    await sayItems(bot, number, TO_WORK);
    await told('lead', `training done ${number} Ines Sorensen on 12/7/2026`);
    await atWork();
    await goTo('2026-12-08');
    const before = await nudge('bo');
    await told('gtl', `pause ${number} ${PAUSE}`);
    expect(await nudge('bo')).toEqual(GONE);
    expect(await told('gtl', `resume ${number}`)).toContain('goes on');
    expect(await nudge('bo')).toEqual(before);
    bot.clock.set(at('2026-12-08', '15:00'));
    expect(await nudgeEverybody(bot, bot.clock.now())).toBe(0);
    expect((await nudge('bo')).count).toBe(1);
  });
});

describe('the nudge that stands when an engagement', () => {
  it('ends, loses its lines', async () => {
    await goTo('2026-12-08');
    const end = `end ${number} funding changed; last day: 12/18/2026; hand over to: Beatriz Okafor`;
    expect(await told('gtl', end)).toContain('ends on Friday, December 18');
    for (const who of ['lead', 'bo', 'guardian', 'isso'])
      expect([who, await nudge(who)]).toEqual([who, GONE]);
  });

  it('ends with its term, loses its lines', async () => {
    await atWork();
    await putInto(bot, number, 'EXTENSION_REVIEW', {
      term: { startOn: '2026-12-07', endOn: '2026-12-08', hoursPerWeek: 20 },
      extension: { asked: null, because: 'term-ends', endOn: null, wish: null, gtl: null, cor: null },
    });
    await goTo('2026-12-08');
    expect((await nudge('bo')).text).toContain('Line 1');
    bot.clock.set(at('2026-12-09', '00:00'));
    expect(await watchEngagements(bot, bot.clock.now())).toBeGreaterThan(0);
    expect(await nudge('bo')).toEqual(GONE);
  });

  it('changes its Service ISSO, loses its lines with the one who leaves', async () => {
    await goTo('2026-12-08');
    expect(await told('lead', `reassign ${number} scope changed`)).toContain('is being changed');
    for (const who of ['lead', 'bo', 'isso']) expect([who, await nudge(who)]).toEqual([who, GONE]);
  });

  it('loses somebody who took part, loses its lines with them', async () => {
    await bot.store.transaction(async (tx) => {
      const guardian = await tx.people.get('guardian');
      // They take part by name alone.
      if (guardian) await tx.people.save([{ ...guardian, components: [] }]);
      const engagement = await tx.engagements.forChange(number);
      if (!engagement) throw new Error('gone');
      const made = grantMembership(engagement, 'guardian', 'data_guardian', {
        byId: 'ispg',
        at: at('2026-12-07'),
      });
      if (!made.ok) throw new Error('not let in');
      const second = { byId: 'bo', at: at('2026-12-07') };
      const approved = approveMembership(made.value.engagement, 'guardian', 'data_guardian', second);
      if (!approved.ok) throw new Error('not let in');
      await tx.engagements.update({ ...approved.value.engagement, version: engagement.version + 1 });
    });
    await goTo('2026-12-08');
    expect((await nudge('guardian')).text).toContain('Line 1');
    expect(await told('ispg', `remove member ${number} Dana Guthrie; data guardian`)).toContain('no more');
    expect(await nudge('guardian')).toEqual(GONE);
    expect((await nudge('bo')).text).toContain('Line 1');
  });
});
