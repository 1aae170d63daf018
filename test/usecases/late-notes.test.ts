import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { followStatusReports, freshReportMemory } from '../../src/usecases/status-report-clock.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { identified } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await identified(bot);
  await told('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
  await bot.deliver();
  await tick('2026-12-03T00:00');
  await tick('2026-12-03T10:00');
  await told('isso', 'note Fingerprints are booked');
  await tick('2026-12-04T10:00');
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const ofWeek = (verb: string, subject = '2026-12-04') => ({ verb: `report.${verb}`, subject });
async function tick(local: string): Promise<number> {
  bot.clock.set(new Date(`${local}:00-05:00`));
  const done = await followStatusReports(bot, bot.clock.now(), freshReportMemory());
  await bot.deliver();
  return done;
}
/** What stands with the Service ISSO and asks for a note, newest last. */
const questions = (): readonly string[] =>
  bot.standing('isso').filter((text) => text.includes('What went on in your onboarding'));
const filled = async (subject = '2026-12-04') => {
  const { dialog } = await bot.press('isso', ofWeek('note', subject));
  return dialog?.fields.find(({ id }) => id === 'wentOn')?.value ?? '';
};

describe('a note that comes after the report of its week is submitted', () => {
  beforeEach(async () => {
    await told('lead', 'submit report');
    bot.clock.set(new Date('2026-12-04T15:00:00-05:00'));
  });

  it('says for which report it counts, and the next question is asked and open all the same', async () => {
    const kept = await told('isso', 'note The laptop came');
    expect(kept).toContain('The report for the week of 12/4/2026 is submitted already');
    expect(kept).toContain('It is for the report of the week of 12/11/2026');
    expect(kept).toContain('its question comes on Thursday, December 10, 2026 all the same');
    expect(await filled('2026-12-11')).toBe('');
    const before = questions().length;
    await tick('2026-12-10T00:00');
    await tick('2026-12-10T10:00');
    expect(questions()).toHaveLength(before + 1);
    expect(questions().at(-1)).toContain('You wrote this late for the week of 12/4/2026');
    expect(questions().at(-1)).toContain('The laptop came');
    // As for everybody who has not answered yet.
    expect(await tick('2026-12-10T15:00')).toBe(1);
    expect(await told('lead', 'report')).toContain('Ines Sorensen: The laptop came.');
    expect(await told('isso', 'note My EUA ID is there')).toContain(
      'What you wrote before stands there beside it.',
    );
    expect(await told('lead', 'report')).toContain('Ines Sorensen: The laptop came. My EUA ID is there.');
  });

  it('takes the place of no answer for another week, and of itself alone', async () => {
    await tick('2026-12-10T00:00');
    bot.clock.set(new Date('2026-12-10T10:00:00-05:00'));
    await told('isso', 'note My training is booked');
    // With the card of the week before.
    const late = await bot.submit('isso', ofWeek('note'), {
      wentOn: 'The laptop came',
      blockers: '',
      help: '',
    });
    expect(late.said.join()).toContain('It stands there beside what you answered for that week.');
    expect(await filled('2026-12-11')).toBe('My training is booked');
    expect(await filled()).toBe('The laptop came');
    await bot.submit('isso', ofWeek('note'), { wentOn: 'Both laptops came', blockers: '', help: 'A bag' });
    expect((await bot.press('isso', ofWeek('nothing'))).said.join()).toContain('Both laptops came');
    const report = await told('lead', 'report');
    expect(report).toContain('Ines Sorensen: Both laptops came. My training is booked.');
    expect(report).toContain('Ines Sorensen: A bag');
    expect(report).not.toContain('The laptop came');
    // What was submitted stays as it was.
    expect(await told('lead', 'report 12/4/2026')).toContain('Ines Sorensen: Fingerprints are booked.');
  });

  it('is shown with what was written in time, and can be changed', async () => {
    const shown = await told('isso', 'note');
    expect(shown).toContain(
      'The report for the week of 12/4/2026 is submitted already. This was your note for it',
    );
    expect(shown).toContain('Fingerprints are booked');
    expect(shown).toContain('You have not written anything yet.');
    await told('isso', 'note The laptop came');
    expect(await told('isso', 'note')).toContain('The laptop came');
    const { dialog } = await bot.press('isso', ofWeek('note'));
    expect(dialog?.intro.flat()).toContainEqual(
      expect.objectContaining({ text: expect.stringContaining('report of the week of 12/11/2026') }),
    );
    expect(await filled()).toBe('The laptop came');
  });

  it('and says that there is nothing new keeps nothing, and the next question is asked', async () => {
    expect((await bot.press('isso', ofWeek('nothing'))).said.join()).toContain('so there is nothing to keep');
    const before = questions().length;
    await tick('2026-12-10T00:00');
    await tick('2026-12-10T10:00');
    expect(questions()).toHaveLength(before + 1);
    expect(questions().at(-1)).not.toContain('You wrote this');
  });
});

describe('a note that comes when the time of its week is past', () => {
  it('counts for its own week with its own card, as long as the report is not submitted', async () => {
    bot.clock.set(new Date('2026-12-07T10:00:00-05:00'));
    const late = await bot.submit('isso', ofWeek('note'), {
      wentOn: 'The laptop came',
      blockers: '',
      help: '',
    });
    expect(late.said.join()).toContain('It is for the report of the week of 12/4/2026');
    expect(await told('lead', 'report 12/4/2026')).toContain('Ines Sorensen: The laptop came.');
  });

  it('typed in the new week before its question is no answer to it', async () => {
    bot.clock.set(new Date('2026-12-07T10:00:00-05:00'));
    expect(await told('isso', 'note The laptop came')).toContain(
      'It is for the report of the week of 12/11/2026',
    );
    expect(await told('isso', 'note The laptop came on Monday')).toContain('It is no answer for that week');
    expect(await filled('2026-12-11')).toBe('The laptop came on Monday');
    const before = questions().length;
    await tick('2026-12-10T00:00');
    await tick('2026-12-10T10:00');
    expect(questions()).toHaveLength(before + 1);
    expect(questions().at(-1)).toContain('You wrote this before I asked');
    expect(await filled('2026-12-11')).toBe('');
    await bot.press('isso', ofWeek('nothing', '2026-12-11'));
    const report = await told('lead', 'report');
    expect(report).toContain('Ines Sorensen: The laptop came on Monday.');
    expect(report).not.toContain('Nothing new');
  });
});
