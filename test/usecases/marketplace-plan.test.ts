import { beforeEach, describe, expect, it } from 'vitest';
import type { TextDocument } from '../../src/messages/document.ts';
import { linesOf } from '../../src/messages/document.ts';
import type { Papermaker } from '../../src/ports.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { filledPages } from '../support/filled-plan.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
const made: { kind: string; document: TextDocument }[] = [];
const papermaker: Papermaker = {
  pdf: async (document) => {
    made.push({ kind: 'pdf', document });
    return 'cGRm';
  },
  docx: async (document) => {
    made.push({ kind: 'docx', document });
    return 'ZG9jeA==';
  },
  csv: () => '',
  xlsx: async () => '',
};

beforeEach(async () => {
  made.length = 0;
  bot = await startBot(await openTestStore(), { papermaker });
});

const said = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');

async function fillAll(who: string): Promise<void> {
  for (const { page, values } of filledPages()) {
    const heard = await bot.submit(who, { verb: 'plan.page', subject: 'plan', choice: page }, values);
    expect(heard.errors).toBeNull();
  }
}

const verbs = (who: string): Promise<readonly string[]> =>
  bot.store.transaction(async (tx) =>
    (await tx.audit.ofActor(who, 100))
      .map(({ verb }) => verb)
      .filter((verb) => verb.startsWith('marketplace-plan')),
  );

describe('the Marketplace Implementation Plan in chat', () => {
  it('shows its parts, how far each is, and the services of the catalogue', async () => {
    const shown = await said('ispg', 'marketplace plan');
    expect(shown).toContain('This is the draft of edition 1.');
    expect(shown).toMatch(/Service offerings: 0 of \d+ answered, 3 still needed/u);
    expect(shown).toContain('Still needed: Scope, Customers, Standards');
    const part = await said('ispg', 'plan part service');
    expect(part).toContain('ISSO As A Service (');
    expect(part).toContain('Reviewers need to see that it repeats nothing');
    expect(part).toContain('Security officers for systems without one.');
    expect(await verbs('ispg')).toEqual(['marketplace-plan.read', 'marketplace-plan.read']);
  });

  it('is filled in by typed words, which keep who and why', async () => {
    const saved = await said('ispg', 'plan set price basis: Hours of the contract; why: The CFO asked');
    expect(saved).toContain('Saved: Price basis.');
    expect(saved).toContain('Hours of the contract');
    const history = await said('gtl', 'plan history');
    expect(history).toMatch(/Version 1, .*Imani Spencer: changed Financial infrastructure: The CFO asked/u);
    expect(await said('ispg', 'plan set price basis: Hours of the contract')).toContain(
      'Nothing was changed',
    );
    expect(await verbs('ispg')).toEqual(['marketplace-plan.write']);
  });

  it('says what could not be taken, and saves nothing then', async () => {
    expect(await said('ispg', 'plan set colour: blue; price basis: Hours of the contract')).toContain(
      'Nothing was saved in the plan',
    );
    expect(await said('ispg', 'plan set')).toContain('Name the question');
    expect(await said('ispg', 'plan part weather')).toContain('The parts are: Service offerings');
    expect(await said('ispg', 'plan history')).toContain('Nothing was saved yet.');
    expect(await said('ispg', 'plan as of someday')).toContain('`plan as of 3/1/2027`');
    const number = await said('ispg', 'plan set scope: Ask 078-05-1120 about it');
    expect(number).toContain('Social Security');
    expect(number).not.toContain('078-05-1120');
  });

  it('opens a page of a part as a dialog and goes on to the next', async () => {
    const { dialog } = await bot.say('ispg', 'plan fill governance');
    expect(dialog?.fields.map(({ id }) => id)).toContain('governance_levels');
    expect(dialog?.fields.at(-1)).toMatchObject({ id: 'why', required: false });
    const [first] = filledPages();
    const heard = await bot.submit(
      'ispg',
      { verb: 'plan.page', subject: 'plan', choice: first?.page ?? '' },
      first?.values ?? {},
    );
    expect(heard.dialog?.title).toMatch(/^Service offerings \(2\) \(2 of/u);
  });

  it('is submitted once it is complete, and approved by somebody who has not written it', async () => {
    expect(await said('ispg', 'plan submit')).toContain(
      'was not submitted, because these answers are missing',
    );
    await fillAll('ispg');
    const done = await bot.say('ispg', 'plan submit');
    expect(done.said.join()).toContain('The plan is submitted.');
    await bot.deliver();
    expect(bot.standing('gtl').join('\n')).toContain('edition 1 waits for you');
    expect(bot.standing('ispg').join('\n')).not.toContain('waits for you');
    expect(await said('ispg', 'plan approve')).toContain('can’t approve it');
    expect(await said('gtl', 'plan approve')).toContain('Edition 1 of the plan is approved.');
    await bot.deliver();
    expect(bot.standing('ispg').join('\n')).toContain('edition 1 is approved');
    expect(await verbs('gtl')).toEqual(['marketplace-plan.approve']);
    expect(await said('gtl', 'plan approve')).toContain('Nothing was changed: the plan is approved');
  });

  it('says that it no longer waits for review when it is changed meanwhile, by typed words or as a page', async () => {
    await fillAll('ispg');
    await said('ispg', 'plan submit');
    const changed = await said('ispg', 'plan set price basis: A fee for each system');
    expect(changed).toContain('no longer waits for review');
    expect(await said('gtl', 'plan approve')).toContain('it was changed since');
    expect(await said('ispg', 'plan set price basis: Hours of the contract')).not.toContain(
      'no longer waits',
    );
    await said('ispg', 'plan submit');
    const last = filledPages().at(-1);
    const values = { ...last?.values, metrics_targets: 'Every one within 60 days.' };
    const sent = await bot.submit(
      'ispg',
      { verb: 'plan.page', subject: 'plan', choice: last?.page ?? '' },
      values,
    );
    expect(sent.said.join('\n')).toContain('no longer waits for review');
  });

  it('offers its words to those alone who may use them', async () => {
    expect(await said('gtl', 'marketplace plan')).toContain('`plan set price basis');
    expect(await said('auditor', 'marketplace plan')).not.toContain('`plan set price basis');
  });

  it('begins a new draft when an approved plan is changed, with the reason, and keeps the edition as it was', async () => {
    await fillAll('ispg');
    await bot.say('ispg', 'plan submit');
    await bot.say('gtl', 'plan approve');
    bot.clock.set(new Date('2026-12-10T15:00:00Z'));
    expect(await said('gtl', 'plan set price basis: A fee for each system')).toContain('Nothing was saved');
    const refused = await bot.submit(
      'gtl',
      { verb: 'plan.page', subject: 'plan', choice: 'financial-1' },
      {
        ...filledPages().find(({ page }) => page === 'financial-1')?.values,
        financial_price: 'A fee for each system',
      },
    );
    expect(refused.errors).toMatchObject({ why: expect.stringContaining('approved') });
    await bot.say('gtl', 'plan set price basis: A fee for each system; why: The contract has changed');
    const now = await said('ispg', 'marketplace plan');
    expect(now).toContain('This is the draft of edition 2.');
    expect(now).toContain('Edition 1 was approved');
    const then = await said('ispg', 'plan as of 12/5/2026');
    expect(then).toContain('as of Saturday, December 5, 2026');
    expect(then).toContain('Edition 1 was approved');
    expect(then).not.toContain('draft of edition 2');
    expect(await said('ispg', 'plan as of 11/1/2026')).toContain('There was no plan');
    // Whoever wrote the change does not approve it; who wrote the edition before may.
    await bot.say('gtl', 'plan submit');
    expect(await said('gtl', 'plan approve')).toContain('can’t approve it');
    expect(await said('ispg', 'plan approve')).toContain('Edition 2 of the plan is approved.');
  });

  it('is returned with a reason, which its writers hear', async () => {
    await fillAll('ispg');
    await bot.say('ispg', 'plan submit');
    expect(await said('gtl', 'plan return')).toContain('For example: plan return because');
    expect(await said('gtl', 'plan return because the targets are missing')).toContain('is a draft again');
    await bot.deliver();
    expect(bot.standing('ispg').join('\n')).toContain('returned it: the targets are missing');
    expect(await said('ispg', 'marketplace plan')).toContain('the targets are missing');
  });

  it('answers the press of a card that is out of date with the plan as it is now', async () => {
    await fillAll('ispg');
    const stale = await bot.press('ispg', { verb: 'plan.submit', subject: 'plan', version: 1 });
    expect(stale.updates.join()).toContain('This is the draft of edition 1.');
    const version = filledPages().filter(({ values }) => Object.keys(values).length > 0).length;
    const done = await bot.press('ispg', { verb: 'plan.submit', subject: 'plan', version });
    expect(done.said.join()).toContain('The plan is submitted.');
  });

  it('is sent as a Word file and as a PDF with all its words, and the look is written down', async () => {
    await fillAll('ispg');
    await bot.say('ispg', 'plan docx');
    await bot.say('auditor', 'plan pdf');
    await bot.deliver();
    expect(made.map(({ kind }) => kind)).toEqual(['docx', 'pdf']);
    const [docx, pdf] = made;
    expect(docx?.document).toEqual(pdf?.document);
    const lines = linesOf(docx?.document ?? { title: '', at: new Date(0), intro: [], sections: [] });
    for (const { values } of filledPages())
      for (const value of Object.values(values))
        if (typeof value === 'string' && value.includes(' ')) expect(lines).toContain(value);
    expect(lines).toContain('ISSO As A Service');
    expect(lines.join('\n')).toContain('(assumed)');
    expect(bot.adapter.standing.size).toBeGreaterThan(1);
    expect(await verbs('auditor')).toEqual(['marketplace-plan.file']);
  });

  it('is not there for those who have no part in it, whatever they type or press', async () => {
    const nothing = await said('bo', 'plan part weather');
    for (const who of ['bo', 'lead', 'isso', 'cra', 'admin'])
      for (const words of [
        'marketplace plan',
        'plan part governance',
        'plan fill governance',
        'plan set scope: everything there is',
        'plan history',
        'plan as of 12/1/2026',
        'plan submit',
        'plan approve',
        'plan return because no',
        'plan pdf',
      ])
        expect([who, words, await said(who, words)]).toEqual([who, words, nothing]);
    expect(nothing).toContain('not open to you');
    for (const words of [
      'plan set scope: everything there is',
      'plan fill governance',
      'plan submit',
      'plan approve',
    ])
      expect(await said('auditor', words)).toBe(nothing);
    const sent = await bot.submit('auditor', { verb: 'plan.page', subject: 'plan', choice: 'metrics-1' }, {});
    expect(sent.said.join('\n')).toBe(nothing);
  });

  it('takes no words that mean something else', async () => {
    for (const words of [
      'plan',
      'plan a meeting',
      'plan pdf of the building',
      'plan submitters',
      'plan history of the land',
    ])
      expect(await said('ispg', words)).not.toContain('Marketplace');
  });
});
