import { beforeEach, describe, expect, it } from 'vitest';
import type { Engagement } from '../../src/domain/engagement.ts';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { fillContext, fillForm } from '../support/filled-papers.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await heldKickoff(bot);
});

async function engagement(): Promise<Engagement> {
  const found = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
  if (!found) throw new Error(`no ${number}`);
  return found;
}
const state = async (): Promise<string> => (await engagement()).state;
const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const papers = async (kind: 'request-form' | 'context-assessment') => {
  const { id } = await engagement();
  return bot.store.transaction((tx) => tx.papers.versions(kind, id));
};

describe('the Request Form', () => {
  it('says what is still needed and is not locked without it', async () => {
    expect(await told('ispg', `form ${number}`)).toContain('Still needed: ');
    expect(await told('ispg', `lock form ${number}`)).toContain('something is still missing');
    expect(await state()).toBe('KICKOFF_HELD');
  });

  it('is filled in by typed words, a version for each save, and locked when nothing is missing', async () => {
    await fillForm(bot, number);
    expect(await told('ispg', `lock form ${number}`)).toContain('is locked');
    expect(await state()).toBe('FORM_COMPLETE');
    const kept = await papers('request-form');
    expect(kept.map(({ version }) => version)).toEqual(kept.map((_, index) => index + 1));
    expect((await engagement()).course.form).toMatchObject({ version: kept.length, byId: 'ispg' });
  });

  it('keeps nothing of an answer that does not fit, and says the mend', async () => {
    const answer = await told('ispg', `form ${number} open poa&ms: many`);
    expect(answer).toContain('Not saved in the ISSOaaS Request Form');
    expect(await papers('request-form')).toEqual([]);
  });

  it('shows the money to ISPG and the Business Owner, and neither name nor amount to the contractor', async () => {
    await fillForm(bot, number);
    await bot.say('ispg', `form ${number} estimate: 250000`);
    expect(await told('ispg', `form ${number}`)).toContain('250,000');
    expect(await told('bo', `form ${number}`)).toContain('250,000');
    const seen = await told('lead', `form ${number}`);
    expect(seen).toContain('ISSOaaS Request Form');
    expect(seen).not.toMatch(/250,000|Estimate|Funding|Money/u);
  });

  it('is read-only for the Business Owner, and nothing to somebody outside', async () => {
    expect(await told('bo', `form ${number} open poa&ms: 3`)).toContain('not open to you');
    expect(await told('isso2', `form ${number}`)).toContain('does not exist, or you do not have access');
    expect(await told('isso2', 'form ISSO-2026-0999')).toContain('does not exist, or you do not have access');
    expect(await papers('request-form')).toEqual([]);
  });

  it("has its money filled in by the Contracting Officer's Representative too, and nothing else", async () => {
    expect(await told('cor', `form ${number} estimate: 120000`)).toContain('120,000');
    expect(await told('cor', `form ${number} open poa&ms: 3`)).toContain('Not saved');
    const page = await bot.press('cor', {
      verb: 'paper.page',
      subject: number,
      choice: 'request-form/money-1',
    });
    expect(page.dialog?.fields.map(({ id }) => id)).toContain('cost_estimate');
    expect((await papers('request-form')).at(-1)?.answers).toMatchObject({ cost_estimate: 120_000 });
  });

  it('takes a question together with the answer that opens it, and no question that nothing opens', async () => {
    const both = await told('ispg', `form ${number} current authorization: ato; ato expires on: 6/30/2027`);
    expect(both).toContain('June 30, 2027');
    await bot.say('ispg', `form ${number} current authorization: ongoing`);
    const alone = await told('ispg', `form ${number} ato expires on: 6/30/2027`);
    expect(alone).toContain('asked only when another answer calls for it');
  });

  it('is corrected after the lock with a reason only, and the old value stays', async () => {
    await fillForm(bot, number);
    await bot.say('ispg', `lock form ${number}`);
    expect(await told('ispg', `form ${number} open poa&ms: 9`)).toContain('is settled');
    expect(await told('ispg', `correct form ${number} open poa&ms: 9`)).toContain('needs its reason');
    await bot.say('ispg', `correct form ${number} open poa&ms: 9; reason: miscounted`);
    const kept = await papers('request-form');
    expect(kept.at(-1)).toMatchObject({ reason: 'miscounted', answers: { poam_open: 9 } });
    expect(kept.at(-2)?.answers).toMatchObject({ poam_open: 12 });
    expect(await engagement()).toMatchObject({
      state: 'FORM_COMPLETE',
      course: { form: { version: kept.length } },
    });
  });

  it('takes no correction that would leave a gap', async () => {
    await fillForm(bot, number);
    await bot.say('ispg', `lock form ${number}`);
    const gap = await told('ispg', `correct form ${number} set time or ongoing: set time; reason: it ends`);
    expect(gap).toContain('Duration would be missing');
    expect((await papers('request-form')).every(({ reason }) => reason === null)).toBe(true);
  });

  it('can be read as it was on any day', async () => {
    await fillForm(bot, number);
    bot.clock.set(new Date(bot.clock.now().getTime() + 3 * 86_400_000));
    await bot.say('ispg', `form ${number} open poa&ms: 40`);
    expect(await told('ispg', `form ${number} as of 12/1/2026`)).toContain('12 POA&Ms');
    expect(await told('ispg', `form ${number}`)).toContain('40 POA&Ms');
    expect(await told('ispg', `form ${number} as of 11/1/2026`)).toContain('Nothing was filled in yet');
    expect(await told('lead', `form ${number} as of 12/1/2026`)).not.toMatch(/Funding|Money/u);
    expect(await told('ispg', `form ${number} as of someday`)).toContain('as of');
  });
});

describe('pages as dialogs', () => {
  it('go from one page to the next, and name what is wrong beside its field', async () => {
    const first = await bot.press('ispg', {
      verb: 'paper.page',
      subject: number,
      choice: 'request-form/engagement-1',
    });
    const press = first.dialog?.press ?? { verb: '', subject: '' };
    const bad = await bot.submit('ispg', press, { hours_per_week: 'lots' });
    expect(Object.keys(bad.errors ?? {})).toContain('hours_per_week');
    expect(await papers('request-form')).toEqual([]);
  });
});

describe('the context assessment', () => {
  beforeEach(async () => {
    await fillForm(bot, number);
    await bot.say('ispg', `lock form ${number}`);
    await fillContext(bot, number);
  });

  it('is complete when both sides have confirmed the same version', async () => {
    expect(await told('ispg', `confirm context ${number}`)).toContain('is noted');
    expect(await state()).toBe('FORM_COMPLETE');
    expect(await told('lead', `confirm context ${number}`)).toContain('Both sides have confirmed');
    expect(await state()).toBe('CONTEXT_ASSESSED');
    expect((await engagement()).course.context).toMatchObject({
      ispg: { byId: 'ispg' },
      contractor: { byId: 'lead' },
      isHva: false,
    });
  });

  it('is confirmed anew after an answer has changed', async () => {
    await bot.say('ispg', `confirm context ${number}`);
    await bot.say('lead', `context ${number} mission essential function: yes`);
    await bot.say('lead', `confirm context ${number}`);
    expect(await state()).toBe('FORM_COMPLETE');
    await bot.say('ispg', `confirm context ${number}`);
    expect(await state()).toBe('CONTEXT_ASSESSED');
  });
});

describe('sending back', () => {
  it('goes to an earlier step with a reason, keeps the papers and counts', async () => {
    await fillForm(bot, number);
    await bot.say('ispg', `lock form ${number}`);
    expect(await told('ispg', `send back ${number} to: Request Form`)).toContain('Please mend this');
    expect(await told('lead', `send back ${number} Request Form; Hours have changed.`)).toContain(
      'not open to you',
    );
    expect(await told('ispg', `send back ${number} Request Form; Hours have changed.`)).toContain(
      'was sent back',
    );
    expect(await engagement()).toMatchObject({
      state: 'KICKOFF_HELD',
      course: { form: null, timesSentBack: 1 },
    });
    expect((await papers('request-form')).length).toBeGreaterThan(0);
    expect(await told('ispg', `lock form ${number}`)).toContain('is locked');
  });
});

describe('who is who', () => {
  it('is corrected with a reason, which those in it read; the record keeps who it was', async () => {
    expect(await told('ispg', `correct people ${number} advisor: Carla Reyes`)).toContain('Please mend this');
    const words = `correct people ${number} business owner: Benjamin Ortiz; reason: He took the system over.`;
    expect(await told('ispg', words)).toContain('Corrected for');
    expect((await engagement()).businessOwnerId).toBe('bo2');
    await bot.deliver();
    expect(bot.standing('bo').join('\n')).toContain('He took the system over.');
    const { id } = await engagement();
    const entries = await bot.store.transaction((tx) => tx.audit.ofEngagement(id));
    expect(entries.at(-1)).toMatchObject({ facts: { businessOwner: 'bo2', businessOwnerBefore: 'bo' } });
  });
});

describe('the whole way to the search', () => {
  it('tells whoever has the next move, each with what they may do', async () => {
    await fillForm(bot, number);
    await bot.say('ispg', `lock form ${number}`);
    await bot.deliver();
    expect(bot.standing('lead').join('\n')).toContain(`Your move: ${number}`);
    await fillContext(bot, number);
    await bot.say('ispg', `confirm context ${number}`);
    await bot.say('lead', `confirm context ${number}`);
    expect(await told('lead', `skills ${number}`)).toContain('Skill profile');
    expect(await told('lead', `settle skills ${number}`)).toContain('the search has begun');
    expect(await engagement()).toMatchObject({ state: 'MATCHING', course: { skills: { version: 1 } } });
  });
});
