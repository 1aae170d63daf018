import { beforeEach, describe, expect, it } from 'vitest';
import type { Button } from '../../src/messages/button.ts';
import type { Block } from '../../src/messages/message.ts';
import { nextNudgeAt, nudgeEverybody } from '../../src/usecases/nudge-morning.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, identified, putInto, sayItems } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: string;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await onboarding('Claims Hub');
});

async function onboarding(systemName: string): Promise<string> {
  const made = await identified(bot, systemName);
  bot.clock.set(at('2026-12-07'));
  await bot.say('lead', `start onboarding ${made} start: 12/7/2026`);
  await bot.deliver();
  return made;
}

const at = (day: string, time = '11:00'): Date => new Date(`${day}T${time}:00-05:00`);
/** The day begins for each zone, and at eleven in Washington everybody is at work. */
async function goTo(...days: readonly string[]): Promise<void> {
  for (const day of days) {
    for (const time of ['00:00', '01:00', '02:00']) {
      bot.clock.set(at(day, time));
      await nudgeEverybody(bot, bot.clock.now());
    }
    await bot.deliver();
    bot.clock.set(at(day));
    await bot.deliver();
  }
}
const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
/** What stands with somebody and is a nudge, or has one in it. */
const nudges = (who: string): readonly string[] =>
  bot.standing(who).filter((text) => /In your hands/u.test(text));
const lastNudge = (who: string): string => nudges(who).at(-1) ?? '';
/** The newest button with that label, alone or within a bundle, for the line of that key, that stands with somebody. */
function buttonOf(who: string, label: string, key: string): Button {
  const messages = [...bot.adapter.standing.values()].filter(({ to }) => to.id === who);
  const found = messages
    .flatMap(({ message: { blocks, buttons } }) => [...blocks.flatMap(rowButtons), ...buttons])
    .findLast(({ label: of, press }) => of.includes(label) && press.choice === key);
  if (!found) throw new Error(`no ${label} of ${key} with ${who}`);
  return found;
}
const rowButtons = (block: Block): readonly Button[] =>
  block.kind === 'facts' ? block.rows.flatMap(({ button }) => button ?? []) : [];

describe('the nudge of the day', () => {
  it('goes in the morning to whoever has a line in hand, once a day', async () => {
    await goTo('2026-12-08');
    expect(lastNudge('lead')).toContain('Line 1: Person accepts; NDA and contract paperwork: Due tomorrow');
    expect(nudges('lead')).toHaveLength(1);
    // They have nothing to do yet.
    for (const who of ['cor', 'gtl', 'ispg', 'issolead', 'auditor']) expect(nudges(who)).toEqual([]);
    // As after a restart.
    expect(await nudgeEverybody(bot, bot.clock.now())).toBe(0);
    await goTo('2026-12-09');
    expect(nudges('lead')).toHaveLength(2);
  });

  it('is one for all engagements', async () => {
    const other = await onboarding('Grants Portal');
    await goTo('2026-12-08');
    expect(nudges('lead')).toHaveLength(1);
    expect(lastNudge('lead')).toContain(number);
    expect(lastNudge('lead')).toContain(other);
    expect(nudges('isso')).toHaveLength(1);
  });

  it('is not written at night, nor on a day off', async () => {
    await goTo('2026-12-12', '2026-12-13', '2026-12-25');
    for (const who of ['lead', 'isso', 'bo', 'guardian', 'cra']) expect(nudges(who)).toEqual([]);
    bot.clock.set(at('2026-12-28', '01:00'));
    await nudgeEverybody(bot, bot.clock.now());
    await bot.deliver();
    expect(nudges('lead')).toEqual([]);
    bot.clock.set(at('2026-12-28', '09:00'));
    await bot.deliver();
    expect(nudges('lead')).toHaveLength(1);
  });

  it('is not written on leave, and the day after it is', async () => {
    await told('lead', 'leave Dec 8 to Dec 9');
    await goTo('2026-12-08', '2026-12-09');
    expect(nudges('lead')).toEqual([]);
    await goTo('2026-12-10');
    expect(nudges('lead')).toHaveLength(1);
  });

  it('begins for each at the beginning of their own day', async () => {
    bot.clock.set(at('2026-12-08', '00:00'));
    expect(await nextNudgeAt(bot, bot.clock.now())).toEqual(at('2026-12-08', '01:00'));
    expect(await nextNudgeAt(bot, at('2026-12-08', '03:00'))).toEqual(at('2026-12-09', '00:00'));
  });

  it('says nothing while the engagement pauses', async () => {
    await putInto(bot, number, 'PAUSED', {});
    await goTo('2026-12-08', '2026-12-14');
    for (const who of ['lead', 'bo', 'guardian']) expect(nudges(who)).toEqual([]);
  });
});

describe('how often', () => {
  it('is weekly for the Business Owner, and daily once something is due', async () => {
    // What is new is said at once, and once.
    await goTo('2026-12-08', '2026-12-09', '2026-12-10');
    expect(nudges('bo')).toHaveLength(1);
    await goTo('2026-12-14', '2026-12-15');
    expect(nudges('bo')).toHaveLength(2);
    await goTo('2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07');
    expect(nudges('bo')).toHaveLength(6);
  });

  it('is weekly on the first day back from leave', async () => {
    await told('bo', 'leave Dec 14 to Dec 15');
    await goTo('2026-12-14', '2026-12-15');
    expect(nudges('bo')).toEqual([]);
    await goTo('2026-12-16', '2026-12-17');
    expect(nudges('bo')).toHaveLength(1);
  });

  it('is as they say', async () => {
    expect(await told('bo', 'nudges daily')).toContain('I nudge you each business day');
    expect(await told('lead', 'nudges weekly')).toContain('once a week');
    await goTo('2026-12-08', '2026-12-15');
    expect(nudges('bo')).toHaveLength(2);
    // The paperwork is due within two business days, and late then.
    expect(nudges('lead')).toHaveLength(2);
    expect(await told('bo', 'nudges default')).toContain(
      'once a week, and whenever something is due, as the programme',
    );
    expect(await told('bo', 'nudges hourly')).toContain('daily or weekly');
    expect(await told('bo', 'settings')).toContain('Nudges: once a week');
  });
});

describe('what is said of a line', () => {
  it('takes it out of the same message at once, and a second press is harmless', async () => {
    await goTo('2026-12-08');
    const done = buttonOf('lead', 'Done', 'offer_accepted');
    expect(done).toMatchObject({ opensDialog: false, typed: 'done 1' });
    expect((await bot.press('lead', done.press)).said.join()).toContain('Saved');
    await bot.deliver();
    expect(nudges('lead')).toHaveLength(1);
    expect(lastNudge('lead')).toContain('All done for today');
    expect((await bot.press('lead', done.press)).said.join()).toContain('Nothing was changed');
  });

  it('that is said before the morning leaves nothing to send', async () => {
    bot.clock.set(at('2026-12-08', '01:00'));
    await nudgeEverybody(bot, bot.clock.now());
    expect(await told('lead', 'done 1')).toContain('Saved');
    bot.clock.set(at('2026-12-08'));
    await bot.deliver();
    expect(nudges('lead')).toEqual([]);
  });

  it('can be typed with its number or its name, and numbers stay', async () => {
    await sayItems(bot, number, ['offer done']);
    await onboarding('Grants Portal');
    await goTo('2026-12-08');
    expect(lastNudge('lead')).toMatch(/Line 1: Person accepts.+\n*Line 2: Added to the contract roster/u);
    expect(await told('lead', 'done 1')).toContain('Saved');
    expect(await told('lead', 'nudges')).not.toContain('Line 1: Person accepts');
    expect(await told('lead', 'nudges')).toContain('Line 2: Added to the contract roster');
    expect(await told('lead', 'done 1')).toContain('is not in your hands any more');
    expect(await told('lead', 'blocked 2 The owner is on leave.')).toContain('Blocked');
    expect(await told('lead', 'done 9')).toContain('there is no line 9');
  });

  it('by a name that is none of a line in hand is something else', async () => {
    expect(await told('isso2', 'done fingerprinting ref T-1')).not.toContain('Saved');
    expect(await told('lead', 'done offer')).toContain('Saved');
  });

  it('can be said of a course as well, which is done or not yet', async () => {
    await goTo('2026-12-08');
    const toolkit = 'Bookmark the ISSO toolkit';
    const review = 'Review the role and responsibilities';
    expect(lastNudge('isso')).toContain(toolkit);
    expect(lastNudge('isso')).toContain(review);
    expect(await told('isso', 'blocked toolkit it is gone')).toContain('is a course');
    await bot.press('isso', buttonOf('isso', 'Done', 'toolkit').press);
    expect(await told('isso', 'not yet role review')).toContain('I say it again on Wednesday, December 9');
    await bot.deliver();
    expect(nudges('isso')).toHaveLength(1);
    expect(lastNudge('isso')).not.toMatch(/Bookmark the ISSO toolkit|Review the role/u);
    await goTo('2026-12-09');
    expect(lastNudge('isso')).not.toContain(toolkit);
    expect(lastNudge('isso')).toContain(review);
  });

  it('needs a reference where the card does: the dialog asks for it, and nothing forbidden is kept', async () => {
    await sayItems(bot, number, ['offer done', 'roster done']);
    await goTo('2026-12-10');
    expect(lastNudge('isso')).toContain('Access request entered in ICT');
    const done = buttonOf('isso', 'Done', 'ict_request');
    expect(done.opensDialog).toBe(true);
    const { dialog } = await bot.press('isso', done.press);
    expect(dialog?.fields.map(({ id, required }) => [id, required])).toEqual([
      ['reference', true],
      ['on', false],
    ]);
    expect((await bot.submit('isso', done.press, { reference: '123-45-6789' })).errors).toHaveProperty(
      'reference',
    );
    expect((await bot.submit('isso', done.press, { reference: 'REQ-1' })).said.join()).toContain('Saved');
  });

  it('sends it to whoever it waits for, and blocked to the GTL', async () => {
    await sayItems(bot, number, [
      'offer done',
      'roster done',
      'ict done ref REQ-1',
      'cor approval done',
      'clearance done',
    ]);
    await goTo('2026-12-14');
    expect(lastNudge('isso')).toContain('Fingerprinting');
    const waiting = buttonOf('isso', 'Waiting on', 'fingerprinting');
    expect((await bot.submit('isso', waiting.press, { party: 'security_office' })).said.join()).toContain(
      'Saved',
    );
    const blocked = buttonOf('isso', 'Blocked', 'eqip');
    expect((await bot.submit('isso', blocked.press, { words: 'No invitation yet.' })).said.join()).toContain(
      'Saved',
    );
    await goTo('2026-12-15', '2026-12-21');
    expect(lastNudge('isso')).not.toMatch(/Fingerprinting|questionnaire/u);
    expect(lastNudge('lead')).toContain('It waits for CMS personnel security: please follow it up.');
    expect(lastNudge('gtl')).toContain('It is blocked: No invitation yet.');
    // Who clears the way says who goes on.
    expect(await told('gtl', 'waiting 1 on service isso')).toContain('Saved');
    await goTo('2026-12-22');
    expect(lastNudge('isso')).toContain('questionnaire');
  });
});

describe('putting off', () => {
  it('takes a line out of the message until then, never past its due day, and says so', async () => {
    await goTo('2026-12-14');
    const notYet = buttonOf('bo', 'Not yet', 'bo_prep');
    const { dialog } = await bot.press('bo', notYet.press);
    expect(dialog?.title).toBe('Not yet');
    expect((await bot.submit('bo', notYet.press, { days: '5' })).said.join()).toContain(
      'Monday, December 21',
    );
    await bot.deliver();
    expect(lastNudge('bo')).toContain('put off');
    await goTo('2026-12-21');
    expect(nudges('bo')).toHaveLength(2);
    bot.clock.set(at('2027-01-05'));
    expect(await told('bo', 'not yet preparation for 5 days')).toContain('it is due then');
    bot.clock.set(at('2027-01-06'));
    expect(await told('bo', 'not yet preparation for 5 days')).toContain('Others still hear of it');
    expect(await told('bo', 'not yet preparation for 2 days')).toContain('1, 3 or 5 business days');
  });

  it('of the message of the day puts off each line by itself', async () => {
    await goTo('2026-12-14');
    const said = await told('bo', 'snooze 3');
    expect(said).toContain('Business Owner organization prepared: I say it again on Thursday, December 17');
    await bot.deliver();
    expect(nudges('bo')).toHaveLength(1);
    await told('bo', 'nudges daily');
    await goTo('2026-12-15', '2026-12-16');
    expect(nudges('bo')).toHaveLength(1);
    await goTo('2026-12-17');
    expect(nudges('bo')).toHaveLength(2);
  });

  it('is only theirs who have the line in hand', async () => {
    const press = { verb: 'nudge.not-yet', subject: number, choice: 'bo_prep' };
    for (const who of ['lead', 'isso2', 'cor'])
      expect((await bot.submit(who, press, { days: '1' })).said.join()).toContain('not in your hands');
  });
});

describe('the preparation', () => {
  it('is asked of the Data Guardian and the advisor, who say that they are ready', async () => {
    await goTo('2026-12-14');
    expect(lastNudge('guardian')).toContain('The Data Guardian is told and ready');
    expect(
      (await bot.press('guardian', buttonOf('guardian', 'I am ready', 'data_guardian').press)).said.join(),
    ).toContain('Thank you');
    expect(await told('cra', `ready ${number}`)).toContain('Thank you');
    expect(await told('cra', `ready ${number}`)).toContain('says so already');
    await bot.deliver();
    for (const who of ['guardian', 'cra']) expect(lastNudge(who)).toContain('All done for today');
    const { id } = await engagementOf(bot, number);
    const paper = await bot.store.transaction((tx) => tx.papers.latest('preparation', id));
    expect(paper?.answers).toEqual({ data_guardian: 'yes', cra: 'yes' });
  });

  it('is nobody else’s to say, in the same words as for no such request', async () => {
    const missing = (await told('isso2', 'ready ISSO-2026-0999')).replace('0999', '0001');
    expect(await told('isso2', `ready ${number}`)).toBe(missing);
    expect(await told('lead', `ready ${number}`)).not.toContain('Thank you');
  });
});

describe('a line that stays open', () => {
  const late = (place: string): number =>
    bot
      .standing(place)
      // In the channel no line is named.
      .filter((text) => place.startsWith('#') || text.includes('COR approves and sponsors'))
      .join('\n')
      .split('business days late:').length - 1;

  it('is said to the lead, the GTL and the ISPG channel in turn, each once, and no more when it is done', async () => {
    await sayItems(bot, number, ['offer done', 'roster done', 'ict done ref REQ-1']);
    // Due on Tuesday, December 15.
    await goTo('2026-12-15', '2026-12-16', '2026-12-17');
    expect(['lead', 'gtl', '#ispg'].map(late)).toEqual([0, 0, 0]);
    expect(lastNudge('cor')).toContain('2 business days late');
    await goTo('2026-12-18', '2026-12-19', '2026-12-20', '2026-12-21');
    expect(['lead', 'gtl', '#ispg'].map(late)).toEqual([1, 0, 0]);
    await goTo('2026-12-22', '2026-12-23', '2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29');
    expect(['lead', 'gtl', '#ispg'].map(late)).toEqual([1, 1, 0]);
    await goTo('2026-12-30', '2026-12-31');
    expect(['lead', 'gtl', '#ispg'].map(late)).toEqual([1, 1, 1]);
    await goTo('2027-01-04', '2027-01-05');
    expect(['lead', 'gtl', '#ispg'].map(late)).toEqual([1, 1, 1]);
  });

  it('is part of the message of the day', async () => {
    await sayItems(bot, number, ['offer done', 'roster done', 'ict done ref REQ-1']);
    await onboarding('Grants Portal');
    await goTo('2026-12-17');
    const before = bot.standing('lead').length;
    await goTo('2026-12-18');
    // What was done in the first engagement counts in the second: its line is as late.
    expect(late('lead')).toBe(2);
    expect(lastNudge('lead')).toContain('COR approves and sponsors');
    expect(bot.standing('lead').length - before).toBe(1);
  });

  it('is said no more when it is done before the morning', async () => {
    await sayItems(bot, number, ['offer done', 'roster done', 'ict done ref REQ-1']);
    bot.clock.set(at('2026-12-18', '01:00'));
    await nudgeEverybody(bot, bot.clock.now());
    await sayItems(bot, number, ['cor approval done']);
    bot.clock.set(at('2026-12-18'));
    await bot.deliver();
    expect(late('lead')).toBe(0);
  });

  it('goes on when it is only put off', async () => {
    await sayItems(bot, number, ['offer done', 'roster done', 'ict done ref REQ-1']);
    await goTo('2026-12-17');
    expect(await told('cor', 'not yet 1')).toContain('Others still hear of it');
    await goTo('2026-12-18');
    expect(late('lead')).toBe(1);
  });
});
