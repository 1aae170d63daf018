import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, identified, putInto, sayItems, TO_WORK } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await identified(bot);
  await told('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
  bot.clock.set(new Date('2026-12-08T10:00:00-05:00'));
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n---\n');
};
const versions = async () => {
  const { id } = await engagementOf(bot, number);
  return bot.store.transaction((tx) => tx.papers.versions('information-card', `${id}/isso`));
};
const audit = async (verb: string) => {
  const { id } = await engagementOf(bot, number);
  const entries = await bot.store.transaction((tx) => tx.audit.ofEngagement(id));
  return entries.filter((each) => each.verb === verb);
};

describe('day 0 of an onboarding', () => {
  const WORDS = 'because the contract starts a week later';

  it('is moved with the plan, the date and the record; everybody who plans by it is told once', async () => {
    await bot.deliver();
    const said = await told('lead', `move day 0 ${number} to 12/14/2026 ${WORDS}`);
    expect(said).toContain('Monday, December 14, 2026 now; it was Monday, December 7, 2026');
    expect(said).toContain('from Friday, February 5, 2027 to Friday, February 12, 2027');
    expect((await engagementOf(bot, number)).course).toMatchObject({
      dayZeroOn: '2026-12-14',
      term: { startOn: '2026-12-14', endOn: '2027-12-31' },
    });
    expect((await versions()).at(-1)).toMatchObject({
      byId: 'lead',
      reason: 'the contract starts a week later',
      answers: { dayZeroOn: '2026-12-14' },
    });
    const { id } = await engagementOf(bot, number);
    expect(await bot.store.transaction((tx) => tx.milestones.ofEngagement(id))).toContainEqual({
      engagementId: id,
      name: 'onboarding-began',
      personId: 'isso',
      on: '2026-12-14',
    });
    expect(await audit('card.move-day-zero')).toMatchObject([
      {
        actorId: 'lead',
        role: 'contractor_lead',
        facts: {
          person: 'isso',
          dayZeroBefore: '2026-12-07',
          dayZero: '2026-12-14',
          goalBefore: '2027-02-05',
          goal: '2027-02-12',
        },
      },
    ]);
    expect(JSON.stringify(await audit('card.move-day-zero'))).not.toContain('week later');
    expect(await told('gtl', `history ${number}`)).toContain(
      'card move day zero: day 0 from Monday, December 7, 2026 to Monday, December 14, 2026, the goal from Friday, February 5, 2027 to Friday, February 12, 2027',
    );
    for (const [who, seesWhy] of [
      ['isso', true],
      ['gtl', true],
      ['bo', false],
    ] as const) {
      const heard = await standing(who);
      expect([who, heard.split('Day 0 moved').length - 1]).toEqual([who, 1]);
      expect(heard).toMatch(/Expected ready: \w+, (?:January|February) \d+, 2027/u);
      expect([who, heard.includes('Why: the contract starts a week later')]).toEqual([who, seesWhy]);
    }
    expect(await standing('lead')).not.toContain('Day 0 moved');
    // The offer of the initial meeting is the one there was.
    expect((await standing('bo')).split('Pick a time: Initial meeting').length - 1).toBe(1);
    expect(await told('lead', `card ${number}`)).toContain('Day 0: Monday, December 14, 2026');
  });

  it('is moved by the Government Task Lead as well, from the card, in a dialog', async () => {
    expect(await told('gtl', `card ${number}`)).toContain(`To move day 0, type \`move day 0 ${number}`);
    expect(await told('isso', `card ${number}`)).not.toContain('move day 0');
    const press = { verb: 'card.move-day-zero', subject: number };
    const { dialog } = await bot.press('gtl', press);
    expect(dialog?.fields.map(({ id }) => id)).toEqual(['to', 'reason']);
    const bad = await bot.submit('gtl', dialog?.press ?? press, {
      to: '2026-12-14',
      reason: 'The PIN is 482913',
    });
    expect(Object.keys(bad.errors ?? {})).toEqual(['reason']);
    const sent = await bot.submit('gtl', dialog?.press ?? press, {
      to: '2026-12-14',
      reason: 'A week later.',
    });
    expect(sent.said.join('\n')).toContain('Day 0 moved');
    expect((await engagementOf(bot, number)).course.dayZeroOn).toBe('2026-12-14');
  });

  it('is not moved without a reason, past the first signature, further back than today, or twice to one day', async () => {
    await sayItems(bot, number, ['offer done on 12/7/2026']);
    await putInto(bot, number, 'ONBOARDING', {
      letter: { isso: '2026-12-08', businessOwner: null, ciso: null },
    });
    const before = await versions();
    for (const [typed, mend] of [
      ['', 'For ISSO-2026-0001 I need'],
      ['to 12/14/2026', 'Reason'],
      ['to someday because of it', 'Day 0'],
      [`to 12/14/2026 ${WORDS}`, 'Tuesday, December 8, 2026 at the latest'],
      [`to 12/7/2026 ${WORDS}`, 'is Monday, December 7, 2026 already'],
      [`to 12/4/2026 ${WORDS}`, 'Monday, December 7, 2026 at the earliest'],
      ['to 12/8/2026 because his PIN is 482913', 'never kept on a card'],
    ] as const)
      expect([typed, await told('lead', `move day zero ${number} ${typed}`)]).toEqual([
        typed,
        expect.stringContaining(mend),
      ]);
    expect(await versions()).toEqual(before);
    // What is done keeps its day, also before day 0.
    expect(await told('lead', `move day 0 of ${number} to 12/8/2026, ${WORDS}`)).toContain('Day 0 moved');
  });

  it('is not for others to move, nor before the onboarding or after it', async () => {
    for (const who of ['isso', 'bo', 'ispg', 'cor', 'coord'])
      expect([who, await told(who, `move day 0 ${number} to 12/14/2026 ${WORDS}`)]).toEqual([
        who,
        expect.stringMatching(/not open to you|do not have access/u),
      ]);
    const other = await identified(bot, 'Other Hub');
    expect(await told('lead', `move day 0 ${other} to 12/14/2026 ${WORDS}`)).toContain('Nothing was changed');
    expect((await engagementOf(bot, number)).course.dayZeroOn).toBe('2026-12-07');
  });

  it('tells anew which courses on set days fit, where that is another answer', async () => {
    await told('ispg', 'course dates bootcamp 12/9/2026');
    const answers = async (): Promise<number> =>
      (await standing('isso')).split('Training on set days').length - 1;
    bot.clock.set(new Date('2026-12-09T10:00:00-05:00'));
    const before = await answers();
    await told('lead', `move day 0 ${number} to 12/14/2026 ${WORDS}`);
    bot.clock.set(new Date('2026-12-10T10:00:00-05:00'));
    expect(await answers()).toBe(before + 1);
  });

  it('by hand it is named where somebody records its date', async () => {
    expect(await told('lead', `begin onboarding ${number} Ines Sorensen on 12/14/2026`)).toContain(
      `move day 0 ${number}`,
    );
  });

  it('what is still to be said about the letter comes on its new day, and what was said stays said', async () => {
    const letters = async (): Promise<number> =>
      (await standing('isso')).split('Appointment letter: ').length - 1;
    await told('lead', `move day 0 ${number} to 12/14/2026 ${WORDS}`);
    bot.clock.set(new Date('2027-01-19T16:00:00-05:00'));
    expect(await letters()).toBe(0);
    bot.clock.set(new Date('2027-01-25T16:00:00-05:00'));
    expect(await letters()).toBe(1);
    await told('lead', `move day 0 ${number} to 1/26/2027 ${WORDS}`);
    bot.clock.set(new Date('2027-03-15T16:00:00-04:00'));
    expect(await letters()).toBe(1);
  });
});

describe('a line that is moved', () => {
  it('keeps its reason, says what else moves, and moves back', async () => {
    const said = await told('lead', `item ${number} laptop move to 2/3/2027, because the stock is empty`);
    expect(said).toContain('is due by Wed, Feb 3 instead of Thu, Jan 21');
    expect(said).toContain('Remote access (VPN) and MFA working: due by Fri, Feb 5');
    expect(said).toContain('Expected ready:');
    expect((await versions()).at(-1)).toMatchObject({ byId: 'lead', reason: 'the stock is empty' });
    expect(await told('lead', `card ${number}`)).toMatch(/11\. [^\n]*due by Wed, Feb 3;/u);
    expect(await told('gtl', `item ${number} gfe_laptop move back`)).toContain(
      'due by Thu, Jan 21 instead of Wed, Feb 3',
    );
    expect(await audit('card.move-item')).toMatchObject([
      { actorId: 'lead', facts: { item: 'gfe_laptop', before: 'plan', after: '2027-02-03' } },
      { actorId: 'gtl', facts: { item: 'gfe_laptop', before: '2027-02-03', after: 'plan' } },
    ]);
    expect(JSON.stringify(await audit('card.move-item'))).not.toContain('stock');
    expect(await standing('isso')).not.toContain('Feb 3');
  });

  it('says where it is due on another day all the same, and why', async () => {
    expect(await told('lead', `item ${number} laptop move to 2/6/2027 because the stock is empty`)).toContain(
      'is due by Fri, Feb 5 instead of Thu, Jan 21. Sat, Feb 6 is no business day.',
    );
    expect(await told('lead', `item ${number} eapp move to 12/9/2026 because we are early`)).toContain(
      'is due by Fri, Dec 18 instead of Thu, Dec 24. What it needs first is not planned to be there by Wed, Dec 9.',
    );
  });

  it('past the goal says so, to the Government Task Lead with the reason as well', async () => {
    const said = await told('lead', `item ${number} cfacts move to 2/10/2027 because the desk is closed`);
    expect(said).toContain('That misses the goal, Friday, February 5, 2027.');
    const heard = await standing('gtl');
    expect(heard.split(`Moved: CFACTS job code CFACTS_USER_P, ${number}`).length - 1).toBe(1);
    expect(heard).toContain('was due by Thu, Jan 28; it is due by Wed, Feb 10 now.');
    expect(heard).toContain('Why: the desk is closed');
    // What changes nothing for the goal is no news, nor what they do themselves.
    await told('lead', `item ${number} laptop move to 1/25/2027 because the stock is empty`);
    await told('gtl', `item ${number} cfacts move to 2/12/2027 because the desk is closed`);
    expect((await standing('gtl')).split('Moved: ').length - 1).toBe(1);
  });

  it('after its day is told to the Government Task Lead with the reason', async () => {
    bot.clock.set(new Date('2026-12-11T10:00:00-05:00'));
    await told('lead', `item ${number} offer move to 12/15/2026 because the papers are lost`);
    const heard = await standing('gtl');
    expect(heard).toContain('was due by Wed, Dec 9; it is due by Tue, Dec 15 now.');
    expect(heard).toContain('Why: the papers are lost');
  });

  it.each([
    ['move to 2/3/2027', 'please say why'],
    ['move', 'please give the day'],
    ['move to whenever because of it', 'please give the day'],
    ['move to 12/1/2026 because of it', 'can be moved to a day from'],
    ['move back', 'nobody has moved it'],
    ['move to 2/3/2027 because the SSN 123-45-6789 is wrong', 'did not keep it'],
    ['move to 2/3/2027 because adjudication denied for an arrest', 'never kept on a card'],
  ])('is refused for `%s`, and nothing is kept', async (typed, mend) => {
    expect(await told('lead', `item ${number} laptop ${typed}`)).toContain(mend);
    expect(await versions()).toHaveLength(1);
  });

  it('is moved by the contract lead and the Government Task Lead alone', async () => {
    for (const who of ['isso', 'coord'])
      expect([who, await told(who, `item ${number} curriculum move to 2/3/2027 because I am slow`)]).toEqual([
        who,
        expect.stringMatching(/sets by when|do not have access/u),
      ]);
    expect(await versions()).toHaveLength(1);
  });

  it('is moved in the dialog, and back', async () => {
    const press = { verb: 'card.item', subject: number, choice: 'piv_card' };
    const opened = await bot.press('gtl', press);
    expect(opened.dialog?.fields.map(({ id }) => id)).toEqual([
      'state',
      'party',
      'reference',
      'on',
      'by',
      'words',
    ]);
    const states = (dialog: typeof opened.dialog): readonly string[] =>
      dialog?.fields.flatMap((field) => ('options' in field ? field.options.map(({ id }) => id) : [])) ?? [];
    // How it stands is for whoever has it to say.
    expect(states(opened.dialog).slice(0, 2)).toEqual(['not_needed', 'move']);
    const dialog = opened.dialog?.press ?? press;
    const send = async (values: Readonly<Record<string, string>>) => {
      const { errors, said } = await bot.submit('gtl', dialog, values);
      return errors ? Object.keys(errors).join(' ') : said.join('\n');
    };
    expect(await send({ state: 'move', words: 'The stock is empty.' })).toBe('by');
    expect(await send({ state: 'move', by: '2027-02-03' })).toBe('words');
    expect(await send({ state: 'move', by: '2027-02-03', words: 'The stock is empty.' })).toContain(
      'due by Wed, Feb 3',
    );
    expect(states((await bot.press('gtl', press)).dialog)).toContain('move_back');
    expect(await send({ state: 'move_back' })).toContain('due by Fri, Jan 22');
  });
});

describe('a line that is let go', () => {
  it('of what must hold before work starts, by the Government Task Lead alone; person and lead are told', async () => {
    await bot.deliver();
    expect(await told('lead', `item ${number} cfacts not needed because they read only`)).toContain(
      'only the Government Task Lead lets it go',
    );
    expect(await versions()).toHaveLength(1);
    const said = await told('gtl', `item ${number} cfacts not needed because they read only`);
    expect(said).toContain('Not needed: they read only');
    expect(said).toContain('with the reason that you give when you confirm the start of work');
    expect(await audit('card.waive')).toMatchObject([
      { actorId: 'gtl', role: 'gtl', facts: { item: 'cfacts_access', after: 'not_needed' } },
    ]);
    bot.clock.set(new Date('2026-12-09T10:00:00-05:00'));
    for (const who of ['isso', 'lead'])
      expect([who, (await standing(who)).split('CFACTS_USER_P" is not needed any more').length - 1]).toEqual([
        who,
        1,
      ]);
    // The gate misses it all the same.
    expect(await told('gtl', `card ${number}`)).toContain('the EUA ID or the CFACTS job code is missing');
    expect(await told('gtl', `item ${number} cfacts reopen they write as well`)).toContain('Not started');
  });

  it('of the others by the contractor as well', async () => {
    const said = await told('lead', `item ${number} other access not needed nothing was named`);
    expect(said).toContain('Not needed: nothing was named');
    expect(said).not.toContain('confirm the start of work');
    expect(await audit('card.change')).toHaveLength(1);
    for (const who of ['isso', 'bo', 'cor'])
      expect([who, await told(who, `item ${number} laptop not needed I have one`)]).toEqual([
        who,
        expect.stringContaining('is kept by the contractor'),
      ]);
  });
});

describe('whoever has a line in hand', () => {
  it('says how it stands, and of no other', async () => {
    await sayItems(bot, number, TO_WORK.slice(0, 3));
    expect(await told('cor', `item ${number} cor approval done`)).toContain('Saved');
    expect(await told('cor', `item ${number} clearance done`)).toContain('is kept by the contractor');
    expect(await told('bo', `item ${number} bo_prep blocked two of us are on leave`)).toContain('Saved');
    expect(await told('ispg', `item ${number} initial meeting waiting on business owner`)).toContain('Saved');
    expect((await versions()).slice(-3).map(({ byId }) => byId)).toEqual(['cor', 'bo', 'ispg']);
  });

  it('learns nothing of other lines by it, where those are not theirs to see', async () => {
    const said = await told('bo', `item ${number} other access done ref X-1`);
    expect(said).toContain('something that comes before');
    expect(said).not.toContain('EUA');
    expect(await told('lead', `item ${number} other access done ref X-1`)).toContain('EUA ID issued');
  });
});

describe('a line of another name', () => {
  it.each(['e-qip', 'eqip', 'eapp', 'questionnaire', '7', 'Background questionnaire (e-QIP) submitted'])(
    'is found by `%s`',
    async (name) => {
      expect(await told('lead', `item ${number} ${name} requested`)).toContain(
        'Background questionnaire (eApp, formerly e-QIP) submitted. Requested',
      );
    },
  );
});

describe('the history of a card', () => {
  it('says who changed what, when, from what to what, of all lines or of one', async () => {
    await sayItems(bot, number, TO_WORK.slice(0, 3));
    await sayItems(bot, number, ['laptop blocked The stock is empty until May.', 'curriculum next: videos']);
    await told('gtl', `item ${number} laptop move to 2/3/2027 because the stock is empty`);
    const all = await told('lead', `card ${number} history`);
    expect(all.split('\n').filter((row) => row.startsWith('- '))).toEqual([
      '- Tue, Dec 8, 2026 by Leila Haddad: Person accepts; NDA and contract paperwork. Done on Tue, Dec 8, 2026 (before: Not started)',
      '- Tue, Dec 8, 2026 by Leila Haddad: Added to the contract roster. Done on Tue, Dec 8, 2026 (before: Not started)',
      '- Tue, Dec 8, 2026 by Leila Haddad: Access request entered in ICT (formerly EFI). Done on Tue, Dec 8, 2026 (reference REQ-1) (before: Not started)',
      '- Tue, Dec 8, 2026 by Leila Haddad: Government-furnished laptop or VDI issued. Blocked: The stock is empty until May (before: Not started)',
      '- Tue, Dec 8, 2026 by Leila Haddad: Getting-started curriculum. Next: videos',
      '- Tue, Dec 8, 2026 by Grace Tan-Lopez: Government-furnished laptop or VDI issued. Due by Wed, Feb 3. Why: the stock is empty',
    ]);
    expect(await told('gtl', `card ${number} history`)).not.toContain('REQ-1');
    const one = await told('isso', `card ${number} history of laptop`);
    expect(one.split('\n').filter((row) => row.startsWith('- '))).toHaveLength(2);
    expect(await told('lead', `card ${number} history kangaroo`)).toContain('No line is called that');
    expect(await told('lead', `card ${number} history piv`)).toContain('Nothing has changed');
  });

  it('is for those who see the lines', async () => {
    for (const who of ['bo', 'cra', 'bo2', 'isso2', 'admin'])
      for (const typed of ['history', 'lines'])
        expect([who, await told(who, `card ${number} ${typed}`)]).toEqual([
          who,
          expect.stringContaining('do not have access'),
        ]);
  });

  it('of many changes shows the newest, and how many came before', async () => {
    for (let round = 0; round < 33; round += 1)
      await sayItems(bot, number, [`curriculum next: part ${round}`]);
    const said = await told('lead', `card ${number} history`);
    expect(said.split('\n').filter((row) => row.startsWith('- '))).toHaveLength(30);
    expect(said).toContain('3 earlier changes are not shown');
    expect(said).toContain('part 32');
  });
});

describe('a card with older lines', () => {
  beforeEach(async () => {
    const { id } = await engagementOf(bot, number);
    const [first] = await versions();
    if (!first) throw new Error('no card');
    await bot.store.transaction((tx) =>
      tx.papers.insert({
        ...first,
        version: 2,
        formVersion: 1,
        answers: { ...first.answers, templateVersion: 1 },
        subject: `${id}/isso`,
      }),
    );
  });

  it('keeps them until somebody takes the newer ones', async () => {
    await sayItems(bot, number, ['offer done']);
    expect((await versions()).at(-1)).toMatchObject({ formVersion: 1, answers: { templateVersion: 1 } });
    expect(await told('lead', `card ${number}`)).toContain(
      `There is a newer list of lines: \`card ${number} lines\``,
    );
    expect(await told('isso', `card ${number}`)).not.toContain('newer list of lines');
    const shown = await bot.say('lead', `card ${number} lines`);
    expect(shown.said.join('\n')).toContain('Other rules: Getting-started curriculum');
    expect(shown.said.join('\n')).toContain(`card ${number} take lines`);
    const others = await bot.say('cor', `card ${number} lines`);
    expect(others.said.join('\n')).not.toContain('take lines');
    expect(others.said.join('\n')).toContain(
      'until the contract lead or the Government Task Lead takes them',
    );
    expect((await versions()).at(-1)).toMatchObject({ formVersion: 1 });
  });

  it.each([
    ['lead', 'typed'],
    ['gtl', 'pressed'],
  ] as const)('takes them for the %s when it is %s, and keeps what was said', async (who, how) => {
    await sayItems(bot, number, ['offer done']);
    const before = (await versions()).at(-1);
    const { said } =
      how === 'typed'
        ? await bot.say(who, `card ${number} take lines`)
        : await bot.press(who, { verb: 'card.adopt', subject: number, choice: '2' });
    expect(said.join('\n')).toContain('has the newest lines');
    expect((await versions()).at(-1)).toMatchObject({
      byId: who,
      formVersion: 2,
      answers: { ...before?.answers, templateVersion: 2 },
    });
    expect(await audit('card.adopt')).toMatchObject([
      { actorId: who, facts: { person: 'isso', before: '1', after: '2', dropped: '' } },
    ]);
    expect(await told(who, `card ${number} take lines`)).toContain('has the newest lines');
    expect(await audit('card.adopt')).toHaveLength(1);
  });

  it('is not changed by a button for other lines, nor by others', async () => {
    const before = await versions();
    await bot.press('lead', { verb: 'card.adopt', subject: number, choice: '1' });
    for (const who of ['isso', 'coord', 'ispg', 'bo', 'bo2']) {
      await told(who, `card ${number} take lines`);
      await bot.press(who, { verb: 'card.adopt', subject: number, choice: '2' });
    }
    expect(await versions()).toEqual(before);
  });
});
