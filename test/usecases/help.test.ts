import { beforeEach, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
}, 60_000);

const helpFor = async (who: string): Promise<string> => (await bot.say(who, 'help')).said.join('\n');
const STARTERS = [
  'begin onboarding ISSO-2026-0001 Ines Sorensen on Dec 15',
  'work began ISSO-2026-0001 Ines Sorensen on Dec 15',
  'training done ISSO-2026-0001 Ines Sorensen on Dec 15',
  'training due',
  'work ended',
  'milestones ISSO-2026-0001',
  'ask for training review',
];

describe('help', () => {
  it('names what sets meetings going to those who may, and to nobody else', async () => {
    for (const who of ['ispg', 'gtl', 'lead'])
      for (const words of STARTERS) expect(await helpFor(who)).toContain(words);
    for (const who of ['bo', 'isso', 'cra'])
      for (const words of STARTERS) expect(await helpFor(who)).not.toContain(words);
    for (const who of ['bo', 'cra', 'ispg']) expect(await helpFor(who)).toContain('ask for satisfaction');
    for (const who of ['lead', 'isso']) expect(await helpFor(who)).not.toContain('ask for satisfaction');
    expect(await helpFor('ispg')).toContain('offer initial ISSO-2026-0001');
  });

  it('names words that are understood', async () => {
    await heldKickoff(bot);
    const shown = [...(await helpFor('ispg')).matchAll(/`([^`]+)`/gu)].map(([, words = '']) => words);
    const starters = shown.filter(
      (words) =>
        /^(?:begin|work|training|milestones|offer|ask for)\b/u.test(words) && !words.includes('\u2026'),
    );
    expect(starters.length).toBeGreaterThan(8);
    for (const words of starters) {
      const said = (await bot.say('ispg', words)).said.join('\n');
      expect(said, words).not.toMatch(/did not understand|not open to you|does not exist/u);
    }
  });

  it('names nothing that nobody understands, for whoever reads it', async () => {
    await heldKickoff(bot);
    const tried = new Set<string>();
    for (const who of ['gtl', 'lead', 'bo', 'isso', 'issolead', 'cor', 'admin'])
      for (const [, words = ''] of (await helpFor(who)).matchAll(/`([^`]+)`/gu)) {
        if (tried.has(words) || words.includes('\u2026') || LEAVES_A_FORM_OPEN.test(words)) continue;
        tried.add(words);
        const said = (await bot.say(who, words)).said.join('\n');
        expect(said, `${who}: ${words}`).not.toMatch(/did not understand|Something went wrong/u);
      }
    expect(tried.size).toBeGreaterThan(90);
  });
});

/** An open form has words of its own; who forgets an account is no one any more. */
const LEAVES_A_FORM_OPEN = /^(?:request|I need an ISSO|form|amend|unlink|link|copy|pause)\b|^ask$/u;
