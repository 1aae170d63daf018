import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import type { Button } from '../../src/messages/button.ts';
import type { Message } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Pictures } from '../../src/ports.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, identified, putInto, sayItems, TO_WORK } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
let drawn: Parameters<Pictures['burnDown']>[];
beforeEach(async () => {
  drawn = [];
  const pictures: Pictures = {
    burnDown: async (...asked) => {
      drawn.push(asked);
      return 'aGVsbG8=';
    },
    programme: async () => 'aGVsbG8=',
  };
  bot = await startBot(await openTestStore(), { pictures });
  number = await identified(bot);
  await told('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
  bot.clock.set(new Date('2026-12-18T10:00:00-05:00'));
  await sayItems(bot, number, TO_WORK.slice(0, 5));
  await bot.say('lead', `item ${number} piv waiting on badging office`);
  bot.clock.set(new Date('2026-12-21T10:00:00-05:00'));
}, 60_000);

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const inRows = ({ blocks }: Message): readonly Button[] =>
  blocks.flatMap((block) => (block.kind === 'facts' ? block.rows.flatMap(({ button }) => button ?? []) : []));

describe('next', () => {
  it('says what the Service ISSO can do now, with how, and what comes after', async () => {
    const said = await told('isso', "What's next?");
    expect(said).toContain('Fingerprinting: Due today. Take the first appointment');
    expect(said).toContain(`item ${number} fingerprinting done ref TICKET-1`);
    expect(said).toContain('After that');
    expect(said).toContain('ISSPA awareness training and HHS Rules of Behavior, after: EUA ID issued');
    // Nothing that others have in hand, and nothing whose needs are open.
    expect(said).not.toMatch(/Favorable interim result; access allowed:|PIV card issued and activated:/u);
    expect((await bot.say('isso', 'next')).said.join('\n')).toBe(said);
  });

  it('names at most five lines', async () => {
    const [message] = (await bot.say('isso', 'next')).messages;
    const rows = message?.blocks.flatMap((block) => (block.kind === 'facts' ? block.rows : [])) ?? [];
    expect(rows).toHaveLength(5);
    expect(await told('isso', 'next')).toMatch(/and \d+ more: type `nudges`/u);
  });

  it('shows anybody else what they have in hand', async () => {
    expect(await told('gtl', 'next')).toBe(await told('gtl', 'nudges'));
  });
});

describe('day', () => {
  it('says the day, how far it is, how it stands and why, what decides it, and both clocks of training', async () => {
    const said = await told('isso', 'day');
    for (const words of [
      'Day 14 of 60',
      `${number} (Claims Hub)`,
      'Progress: 22%, 5 of 22 lines done [##--------]',
      'Standing: ',
      'Expected ready: ',
      'the goal is Friday, February 5, 2027',
      'These lines decide the day: Background questionnaire (eApp, formerly e-QIP) submitted, then',
      'Training, goal of 60 days: by Friday, February 5, 2027; 46 days left',
      'Training, policy: within 60 days of the appointment; nobody is appointed yet',
      'I write to you daily.',
    ])
      expect(said).toContain(words);
  });

  it('shows a second onboarding beside the first', async () => {
    const other = await identified(bot, 'Other Hub');
    await told('lead', `start onboarding ${other} start: 12/21/2026; hours per week: 10; end: 12/31/2027`);
    const said = await told('isso', 'my day');
    expect(said).toContain('Your onboardings today');
    expect(said).toContain(`${number} (Claims Hub). Day 14 of 60`);
    expect(said).toContain(`${other} (Other Hub). Day 0 of 60`);
    expect(await told('isso', 'next')).toContain(`Fingerprinting (${number})`);
    expect(await told('isso', 'waiting for')).toContain(`${other} (Other Hub)`);
  });

  it('says so to whoever is not in onboarding', async () => {
    for (const words of ['day', 'waiting for', 'burn-down'])
      expect(await told('bo', words)).toContain('You are not in onboarding now');
    await putInto(bot, number, 'ACTIVE', { activeSinceOn: '2026-12-21' });
    expect(await told('isso', 'day')).toContain('You are not in onboarding now');
  });
});

describe('waiting for', () => {
  it('says who has which line and for how long, and how long each party had something', async () => {
    const said = await told('isso', 'Who am I waiting for?');
    expect(said).toContain('The CMS badging office for 3 days: PIV card issued and activated');
    expect(said).toContain('(the contractor follows it up)');
    expect(said).toContain('The Business Owner for');
    expect(said).not.toContain('Fingerprinting');
    expect(said).toMatch(/Days with a line in hand so far: .*the CMS badging office 4 days/u);
  });

  it('shows what the Service ISSO has in hand as well to whoever sees the card', async () => {
    const said = await told('lead', `waiting for ${number}`);
    expect(said).toContain('The Service ISSO for 3 days: Fingerprinting');
  });
});

describe('links', () => {
  it('are those of the curriculum, the channels, and whom to write to', async () => {
    const said = await told('isso', 'links');
    for (const words of [
      'https://security.cms.gov/learn/role-based-training-rbt',
      '#isso-as-a-service, #cms-isso, #cyber-training-support, #cfacts_community',
      'ISSO@cms.hhs.gov',
      '`stuck`',
    ])
      expect(said).toContain(words);
  });
});

describe('burn-down', () => {
  const pictureOf = async (who: string) => {
    await bot.deliver();
    return [...bot.adapter.standing.values()].filter(
      ({ to, text }) => to.id === who && /Burn-down/u.test(text),
    );
  };

  it('says the numbers at once, and sends the picture with the same numbers as its alternative text', async () => {
    const said = await told('isso', 'burn-down');
    expect(said).toContain('Now: Day 14: 17 of 22 lines open, 16 by plan.');
    expect(said).toContain('day 14: 17 open, 16 planned');
    expect(said).toContain('The picture comes in a message of its own.');
    expect(drawn.map(([of]) => of)).toEqual([{ kind: 'one', number, name: 'Ines Sorensen' }]);
    expect(drawn[0]?.[1].days[14]).toMatchObject({ day: 14, open: 17, planned: 16 });
    const [picture, ...others] = await pictureOf('isso');
    expect(others).toEqual([]);
    const row = await bot.store.deliveries.find(picture?.key ?? '');
    expect(row?.attachment).toMatchObject({
      name: `burn-down-${number}.png`,
      type: 'image/png',
      encoding: 'base64',
      content: 'aGVsbG8=',
      altText: expect.stringContaining('Day 14: 17 of 22 lines open, 16 by plan.'),
    });
  });

  it('comes each time it is asked for, to whoever asked alone', async () => {
    await told('lead', `burn-down ${number}`);
    await told('lead', `burndown of ${number}`);
    expect(await pictureOf('lead')).toHaveLength(2);
    expect(await pictureOf('isso')).toEqual([]);
    expect((await bot.say('ispg', `burn-down ${number}`, { channel: 'ispg' })).said.join('\n')).not.toContain(
      'lines open',
    );
    expect((await pictureOf('ispg')).map(({ text }) => text).join('\n')).toContain('17 of 22 lines open');
    expect(bot.standing('#ispg').join('\n')).not.toContain('Burn-down');
  });

  it('of the programme is for those who see the cards', async () => {
    const other = await identified(bot, 'Other Hub');
    await putInto(bot, other, 'ISSO_IDENTIFIED', { serviceIssoId: 'isso2' });
    for (const who of ['lead', 'ispg', 'gtl', 'cor']) {
      const said = await told(who, 'burn-down all');
      expect(said).toContain('Burn-down of the programme: 1 person in onboarding');
      // Each of them is on a day of their own.
      expect(said).toContain('Today: 17 of 22 lines open, 16 by plan.');
      expect(said).toContain('Days count from the day 0 of each.');
      expect(said).toContain(`${number}, Ines Sorensen: `);
    }
    expect(drawn.map(([of]) => of)).toEqual(Array.from({ length: 4 }, () => ({ kind: 'all', people: 1 })));
    for (const who of ['bo', 'isso', 'cra', 'admin'])
      expect(await told(who, 'burn-down all')).toContain('There is no burn-down to show you');
    expect(drawn).toHaveLength(4);
    expect(await told('gtl', 'burn-down')).toContain('Burn-down of the programme');
  });

  it('is said in words alone where nothing draws', async () => {
    const plain = await startBot(await openTestStore());
    const own = await identified(plain);
    await plain.say('lead', `start onboarding ${own} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
    const said = (await plain.say('isso', 'burn-down')).said.join('\n');
    expect(said).toContain('Forecast: none open from day');
    expect(said).not.toContain('The picture comes');
  });
});

describe('who sees the onboarding of somebody else', () => {
  const views = () => [`day ${number}`, `waiting for ${number}`, `burn-down ${number}`];

  it('those who see the lines of the card; their look is recorded', async () => {
    for (const who of ['lead', 'ispg', 'gtl', 'cor', 'auditor', 'isso'])
      for (const words of views())
        expect([who, await told(who, words)]).toEqual([who, expect.stringContaining(number)]);
    const { id } = await engagementOf(bot, number);
    const looks = (await bot.store.transaction((tx) => tx.audit.ofEngagement(id))).filter(
      ({ verb }) => verb === 'card.read',
    );
    expect(looks).toHaveLength(15);
    expect(new Set(looks.map(({ actorId }) => actorId))).toEqual(
      new Set(['lead', 'ispg', 'gtl', 'cor', 'auditor']),
    );
    expect(looks[0]?.facts).toEqual({ person: 'isso' });
  });

  it('nobody else, and a card that is not there is answered the same', async () => {
    for (const who of ['isso2', 'bo2', 'admin'])
      for (const words of views()) {
        const said = await told(who, words);
        expect(said).toContain('it does not exist, or you do not have access');
        expect(await told(who, words.replace(number, 'ISSO-2026-9999'))).toBe(
          said.replace(number, 'ISSO-2026-9999'),
        );
      }
    expect(drawn).toEqual([]);
  });
});

describe('the ways between the views', () => {
  it('do the same by button and by word', async () => {
    for (const [who, words] of [
      ['isso', 'next'],
      ['isso', 'day'],
      ['isso', 'waiting for'],
      ['isso', 'burn-down'],
      ['isso', 'links'],
      ['lead', `day ${number}`],
      ['lead', `waiting for ${number}`],
      ['lead', `burn-down ${number}`],
    ] as const) {
      const [message] = (await bot.say(who, words)).messages;
      const ways = [...(message ? [...message.buttons, ...inRows(message)] : [])];
      expect(ways.length).toBeGreaterThan(1);
      for (const { press, typed, opensDialog, label } of ways) {
        const pressed = await bot.press(who, press);
        if (opensDialog) {
          expect([label, pressed.dialog === null]).toEqual([label, false]);
          continue;
        }
        const heard = await bot.say(who, typed);
        expect([label, pressed.said]).toEqual([label, heard.said]);
        expect(heard.said.join('\n')).not.toContain('did not understand');
      }
    }
  });

  it('stand on the own page with the day and the next step', async () => {
    const [home] = (await bot.say('isso', 'home')).messages;
    if (!home) throw new Error('no page');
    const said = plainText(home, { timeZone: 'America/New_York' });
    expect(said).toContain('Your onboarding');
    expect(said).toContain(`${number}: Claims Hub: Day 14 of 60`);
    expect(said).toContain('Progress: 22%, 5 of 22 lines done [##--------]');
    expect(said).toMatch(/Next: .+, and \d+ more \(`next`\)/u);
    expect(inRows(home).map(({ typed }) => typed)).toEqual(expect.arrayContaining(['next', 'day']));
    expect((await told('bo', 'home')).includes('Your onboarding')).toBe(false);
  });

  it('are there while a form is open, and the form stays', async () => {
    await bot.say('isso', 'I need an ISSO');
    expect(await told('isso', 'day')).toContain('Day 14 of 60');
    expect(await told('isso', `day ${number}`)).toContain('Day 14 of 60');
    expect(await told('isso', 'status')).not.toContain('did not understand');
  });
});
