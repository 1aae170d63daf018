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
  bot.clock.set(new Date('2026-12-21T10:00:00-05:00'));
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

describe('what is typed about a line', () => {
  it('is kept, version by version, and says how far the card is', async () => {
    expect(await told('lead', `item ${number} offer done on 12/8/2026`)).toContain(
      'Person accepts; NDA and contract paperwork. Done on Tue, Dec 8, 2026. The card is 4% complete.',
    );
    expect(await told('lead', `item ${number} 2 requested`)).toContain('Requested on Mon, Dec 21');
    expect(await told('lead', `item ${number} roster_add waiting on roster owner`)).toContain(
      'Waits for the Roster Owner',
    );
    expect(await told('lead', `item ${number} Added to the contract roster done`)).toContain('Done');
    expect(await told('lead', `item ${number} laptop blocked The stock is empty until May.`)).toContain(
      'Blocked: The stock is empty until May',
    );
    expect(await told('lead', `item ${number} other access not needed because nothing was named`)).toContain(
      'Not needed: nothing was named',
    );
    expect(await told('lead', `item ${number} curriculum next: watch the videos`)).toContain(
      'Next: watch the videos',
    );
    expect((await versions()).map(({ version, byId }) => [version, byId])).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((version) => [version, 'lead']),
    );
    expect(await standing('gtl')).toContain('The stock is empty until May.');
  });

  it('is said to be unclear with what to type, and nothing is kept', async () => {
    for (const [typed, mend] of [
      ['', 'please name the line first'],
      ['kangaroo done', 'please name the line first'],
      ['piv', 'please say how "PIV card issued and activated" stands'],
      ['piv waiting on my cousin', 'for whom it waits'],
      ['piv done whenever', 'please give the day'],
      ['laptop blocked', 'please say why'],
      ['offer done ref A B C', 'please give the day'],
    ] as const)
      expect([typed, await told('lead', `item ${number} ${typed}`)]).toEqual([
        typed,
        expect.stringContaining(mend),
      ]);
    expect(await told('lead', `item ${number}`)).toContain('shows all lines with their numbers');
    expect(await versions()).toHaveLength(1);
  });

  it('is refused with what to do next where the card does not allow it', async () => {
    expect(await told('lead', `item ${number} roster done`)).toContain(
      '"Person accepts; NDA and contract paperwork" must be done first',
    );
    await sayItems(bot, number, TO_WORK.slice(0, 5));
    expect(await told('lead', `item ${number} fingerprinting done`)).toContain(
      'counts as done with a reference',
    );
    expect(await told('lead', `item ${number} offer done on 12/24/2026`)).toContain(
      'To open it again, say why',
    );
    expect(await told('lead', `item ${number} fingerprinting done on 12/24/2026 ref FP-1`)).toContain(
      'still to come',
    );
    expect(await told('lead', `item ${number} ready done`)).toContain('confirms the start of work');
    expect(await versions()).toHaveLength(6);
  });

  it('is opened again with a reason, which is kept with the card', async () => {
    await sayItems(bot, number, ['offer done']);
    expect(await told('lead', `item ${number} offer reopen`)).toContain('please say why');
    expect(await told('lead', `item ${number} offer reopen the form was the old one`)).toContain(
      'In progress',
    );
    expect((await versions()).at(-1)?.reason).toBe('the form was the old one');
    expect(await told('lead', `item ${number} offer reopen again`)).toContain('Nothing was changed');
  });

  it.each([
    'laptop blocked SSN 123-45-6789 is wrong',
    'piv blocked The PIN is 482913',
    'prescreen blocked adjudication denied for an arrest',
    'piv next ask for badge no. 1234567',
    'fingerprinting done ref prints.eft',
    'ict done ref 123-45-6789',
  ])('never keeps what must not stand on a card: %s', async (typed) => {
    await sayItems(bot, number, TO_WORK.slice(0, 5));
    const before = await versions();
    expect(await told('lead', `item ${number} ${typed}`)).toMatch(/never kept on a card|did not keep it/u);
    expect(await versions()).toEqual(before);
    const { id } = await engagementOf(bot, number);
    const audit = await bot.store.transaction((tx) => tx.audit.ofEngagement(id));
    expect(JSON.stringify(audit)).not.toMatch(/482913|arrest|1234567|prints/u);
  });
});

describe('who says what of a card', () => {
  it('the contractor of every line, the Service ISSO of the lines they do themselves, nobody else', async () => {
    expect(await told('isso', `item ${number} curriculum in progress`)).toContain('Saved');
    expect(await told('isso', `item ${number} roster done`)).toContain('is kept by the contractor');
    expect(await told('isso', `item ${number} curriculum not needed I know it all`)).toContain(
      'is kept by the contractor',
    );
    for (const who of ['bo', 'ispg', 'gtl', 'cor'])
      expect([who, await told(who, `item ${number} offer done`)]).toEqual([
        who,
        expect.stringContaining('is kept by the contractor'),
      ]);
    expect(await told('cra', `item ${number} offer done`)).toContain('not open to you');
    for (const who of ['isso2', 'bo2', 'admin'])
      expect([who, await told(who, `item ${number} offer done`)]).toEqual([
        who,
        expect.stringContaining('do not have access'),
      ]);
    expect(await versions()).toHaveLength(2);
  });

  it('not before the onboarding begins, nor once the engagement ends', async () => {
    await putInto(bot, number, 'OFFBOARDING', {
      offBoarding: { reason: 'other', endOn: '2027-01-01', handOverId: 'bo', by: null, done: null },
    });
    expect(await told('lead', `item ${number} offer done`)).toContain('until off-boarding begins');
    const other = await identified(bot, 'Other Hub');
    expect(await told('lead', `item ${other} offer done`)).toContain('from the start of onboarding');
  });

  it('is recorded with line and states, and no words', async () => {
    await told('lead', `item ${number} laptop blocked The stock is empty until May.`);
    const { id } = await engagementOf(bot, number);
    const entries = await bot.store.transaction((tx) => tx.audit.ofEngagement(id));
    expect(entries.at(-1)).toMatchObject({
      verb: 'card.change',
      actorId: 'lead',
      facts: { person: 'isso', item: 'gfe_laptop', before: 'not_started', after: 'blocked' },
    });
    expect(JSON.stringify(entries)).not.toContain('stock');
  });
});

describe('who sees what of a card', () => {
  beforeEach(async () => {
    await sayItems(bot, number, TO_WORK.slice(0, 3));
    await sayItems(bot, number, ['laptop blocked The stock is empty until May.']);
  });

  it('the contractor, the person and the auditor see every line with its references', async () => {
    for (const who of ['lead', 'isso', 'auditor']) {
      const said = await told(who, `card ${number}`);
      expect(said).toContain(
        '3. Access request entered in ICT (formerly EFI): Done on Mon, Dec 21, 2026 (reference REQ-1)',
      );
      expect(said).toContain(
        '11. Government-furnished laptop or VDI issued: Blocked: The stock is empty until May',
      );
      expect(said).toContain('Complete: 13%');
    }
  });

  it('ISPG, the GTL and the COR see every line without references', async () => {
    for (const who of ['ispg', 'gtl', 'cor']) {
      const said = await told(who, `card ${number}`);
      expect(said).toContain('3. Access request entered in ICT (formerly EFI): Done on Mon, Dec 21, 2026');
      expect(said).not.toContain('REQ-1');
    }
  });

  it('the Business Owner and the advisor see how complete it is, when it should be ready, whether it is blocked', async () => {
    for (const who of ['bo', 'cra']) {
      const said = await told(who, `card ${number}`);
      expect(said).toContain('Complete: 13%');
      expect(said).toMatch(/Expected ready: \w+, February \d+, 2027/u);
      expect(said).toContain('Blocked: Yes');
      expect(said).not.toMatch(/stock|REQ-1|laptop|Access request|Day 0/u);
      expect(await told(who, `card ${number} as of 12/21/2026`)).not.toMatch(
        /stock|REQ-1|laptop|Access request/u,
      );
      expect(await told(who, 'card Ines Sorensen')).not.toMatch(/stock|REQ-1|laptop|Access request/u);
    }
  });

  it('others learn nothing, not even that there is one', async () => {
    for (const who of ['isso2', 'bo2', 'admin', 'guardian']) {
      const said = await told(who, `card ${number}`);
      expect(said).toContain('it does not exist, or you do not have access');
      expect(await told(who, `card ISSO-2026-9999`)).toBe(said.replace(number, 'ISSO-2026-9999'));
      expect(await told(who, 'card Ines Sorensen')).not.toContain(number);
    }
  });

  it('a look at its lines is recorded, a look at how far it is is not', async () => {
    await told('lead', `card ${number}`);
    await told('bo', `card ${number}`);
    const { id } = await engagementOf(bot, number);
    const looks = (await bot.store.transaction((tx) => tx.audit.ofEngagement(id))).filter(
      ({ verb }) => verb === 'card.read',
    );
    expect(looks.map(({ actorId, facts }) => [actorId, facts])).toEqual([['lead', { person: 'isso' }]]);
  });

  it('is said to whoever asks alone, also in a channel', async () => {
    const heard = await bot.say('ispg', `card ${number}`, { channel: 'ispg' });
    expect(heard.said.join('\n')).not.toContain('laptop');
    expect(await standing('ispg')).toContain('laptop');
    expect(bot.standing('#ispg').join('\n')).not.toContain('laptop');
  });

  it('is found by name, by number and as one’s own, and in short among several', async () => {
    expect(await told('isso', 'card')).toContain(`Information Card: ${number}`);
    expect(await told('lead', 'card Ines Sorensen')).toContain(`Information Card: ${number}`);
    expect(await told('lead', `card ${number} Ines`)).toContain(`Information Card: ${number}`);
    expect(await told('lead', 'card')).toContain('Complete: 13%');
    expect(await told('lead', `card ${number} Ivan Soto`)).toContain('do not have access');
    expect(await told('bo', 'home')).toContain('Complete: 13%');
  });
});

describe('a card of an earlier day', () => {
  it('reads as it was kept at the end of that day', async () => {
    await sayItems(bot, number, ['offer done']);
    bot.clock.set(new Date('2027-01-12T10:00:00-05:00'));
    await sayItems(bot, number, ['roster done']);
    const early = await told('lead', `card ${number} as of 12/21/2026`);
    expect(early).toContain('As it was kept on Monday, December 21, 2026');
    expect(early).toContain('Complete: 4%');
    expect(early).toMatch(/2\. Added to the contract roster: Not started/u);
    expect(early).not.toContain('type `item');
    expect(await told('lead', `card ${number} as of Jan 12`)).toContain('Complete: 9%');
    expect(await told('lead', `card ${number} as of 12/1/2026`)).toMatch(/Complete: 0%|Onboarding/u);
    expect(await told('lead', `card ${number} as of the end of time`)).toContain(
      'Please give the day behind "as of"',
    );
  });
});

describe('somebody who works elsewhere', () => {
  it('begins with what belongs to them and is done there', async () => {
    await sayItems(bot, number, TO_WORK);
    const other = await identified(bot, 'Other Hub');
    await told('lead', `start onboarding ${other} start: 12/21/2026`);
    const said = await told('lead', `card ${other}`);
    expect(said).toMatch(/9\. EUA ID issued: Done on Mon, Dec 21, 2026 \(reference EUA-1\)/u);
    expect(said).toMatch(/15\. CFACTS job code CFACTS_USER_P: Not started/u);
    expect(said).toMatch(/1\. Person accepts; NDA and contract paperwork: Not started/u);
  });
});

describe('a line that something else settles', () => {
  it('is not said done by a bare word: what to do instead is said, and it counts with a reference', async () => {
    expect(await told('lead', `item ${number} curriculum done`)).toContain('type `courses`');
    expect(await told('lead', `card ${number}`)).not.toContain(`item ${number} 19 done`);
    const bare = await told('bo', `item ${number} bo prep done`);
    expect(bare).toContain('counts as done with a reference');
    expect(bare).toContain(`\`preparation ${number}\``);
    expect(await told('bo', `item ${number} bo prep done ref MEMO-1`)).toContain('Saved');
    const held = await told('ispg', `item ${number} initial meeting done`);
    expect(held).toContain(`\`held initial ${number}\``);
    expect(await told('ispg', `item ${number} initial meeting done ref MEMO-2`)).toContain('Saved');
  });

  it('of this engagement alone is done on no day before day 0', async () => {
    expect(await told('lead', `item ${number} offer done on 12/4/2026`)).toContain(
      'that began on Monday, December 7, 2026. Please give a day from then on.',
    );
    expect(await told('lead', `item ${number} offer done on 12/7/2026`)).toContain('Saved');
    expect(await told('lead', `item ${number} roster done on 12/4/2026`)).toContain('Saved');
  });
});

describe('the dialog of a line', () => {
  it('keeps what is next, asks why something is opened again, and refuses what must not stand there', async () => {
    const press = { verb: 'card.item', subject: number, choice: 'offer_accepted' };
    const opened = await bot.press('isso', press);
    expect(opened.dialog?.title).toBe('Person accepts; NDA and\u2026');
    expect(opened.dialog?.fields.map(({ id }) => id)).toEqual(['state', 'party', 'reference', 'on', 'words']);
    const dialog = opened.dialog?.press ?? press;
    const send = async (values: Readonly<Record<string, string>>) => {
      const { errors, said } = await bot.submit('isso', dialog, values);
      return errors
        ? Object.entries(errors)
            .map(([key, mend]) => `${key}: ${mend}`)
            .join('\n')
        : said.join('\n');
    };
    expect(await send({ state: 'stay', words: '' })).toContain('words:');
    expect(await send({ state: 'stay', words: 'Sign the paperwork.' })).toContain(
      'Next: Sign the paperwork.',
    );
    expect((await bot.press('isso', press)).dialog?.fields.at(-1)?.value).toBe('Sign the paperwork.');
    expect(await send({ state: 'blocked', words: 'The PIN is 482913' })).toContain('never kept on a card');
    expect(await send({ state: 'done' })).toContain('Saved');
    expect(await send({ state: 'in_progress' })).toContain('words:');
    expect(await send({ state: 'in_progress', words: 'One page is new.' })).toContain('In progress');
    expect((await versions()).at(-1)?.reason).toBe('One page is new.');
  });

  it('does nothing for a line that there is not, and for who may not', async () => {
    const press = { verb: 'card.item', subject: number, choice: 'kangaroo' };
    expect((await bot.press('lead', press)).dialog).toBe(null);
    const other = await bot.press('bo2', { ...press, choice: 'curriculum' });
    expect(other.dialog).toBe(null);
    expect(other.said.join('\n')).toContain('do not have access');
  });
});
