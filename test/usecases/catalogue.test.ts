import { describe, expect, it } from 'vitest';
import type { OfferingRecord } from '../../src/domain/offering-record.ts';
import { catalogueOf } from '../../src/offerings/catalogue.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import { adoptionNow } from '../../src/usecases/adoption.ts';
import { searchOfferings } from '../../src/usecases/catalogue-search.ts';
import { type Bot, type Spoken, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

const start = async (changes: Readonly<Record<string, Partial<OfferingRecord>>> = {}): Promise<Bot> =>
  startBot(await openTestStore(), {
    programme: {
      catalogue: catalogueOf(CATALOGUE.offerings.map((each) => ({ ...each, ...changes[each.key] }))),
    },
  });
const said = async (bot: Bot, who: string, text: string, spoken?: Spoken): Promise<string> =>
  (await bot.say(who, text, spoken)).said.join('\n');

/** From the wish to the number; answers the first and the last words. */
async function askForSurge(bot: Bot): Promise<readonly [string, string]> {
  const begun = await said(bot, 'bo', 'request surge');
  for (const answer of [
    'Claims Hub',
    'poam and risk assessment',
    'A backlog of sixty POA&Ms must be closed before the audit in June.',
    'half',
    'March 1, 2027',
    '6 months',
    'submit',
  ])
    await bot.say('bo', answer);
  return [begun, await said(bot, 'bo', 'I confirm')];
}

describe('browsing', () => {
  it('lists the services with who runs them, narrows them down and finds them by words', async () => {
    const bot = await start();
    const all = await said(bot, 'bo', 'catalogue');
    expect(all).toContain('6 services');
    expect(all).toContain('Run by CISA, not by CMS');
    expect(all).toContain('`offering surge`');
    const forIssos = await said(bot, 'bo', 'catalogue for ISSOs');
    expect(forIssos).toContain('One service for ISSOs');
    expect(forIssos).toContain('ISSO mentorship');
    const pilot = await said(bot, 'bo', 'catalogue pilot');
    expect(pilot).toContain('One pilot service.');
    expect(pilot).toContain('ISSO surge support');
    expect(await said(bot, 'bo', 'catalogue paused')).toContain(
      'There is no paused service in the catalogue',
    );
    expect(await said(bot, 'bo', 'catalogue dns resolvr')).toContain('One service about');
    expect(await said(bot, 'bo', 'catalogue bug reports')).toContain('Vulnerability management');
    expect(await said(bot, 'bo', 'offering monitoring')).toContain('Security operations (CISA)');
    expect(await said(bot, 'bo', 'catalogue bicycles')).toContain('There is no service about "bicycles"');
    expect(await said(bot, 'bo', 'catalogue my SSN is 123-45-6789')).not.toContain('123-45-6789');
  });

  it('shows one with all that is known of it, and says what is not confirmed', async () => {
    const bot = await start();
    const card = await said(bot, 'bo', 'offering dns');
    for (const part of [
      'Cybersecurity and Infrastructure Security Agency (CISA). CMS does not run it',
      'Who pays',
      'Service levels',
      'When something is stuck',
      'Version: 1, since Monday, April 27, 2020',
      'refer dns',
    ])
      expect(card).toContain(part);
    expect(card).toContain('(not confirmed)');
    expect(card).not.toContain('request dns');
    const pressed = await bot.press('bo', { verb: 'offering.show', subject: 'issoaas_surge' });
    expect(pressed.said.join('\n')).toContain('request surge');
  });

  it('puts services side by side, first where they differ', async () => {
    const bot = await start();
    const compared = await said(bot, 'bo', 'compare issoaas and surge');
    expect(compared).toContain('Compared: ISSO As A Service and ISSO surge support');
    expect(compared.indexOf('For whom')).toBeLessThan(compared.indexOf('The same for all of them'));
    expect(compared.split('The same for all of them')[1]).toContain('Price');
    expect(await said(bot, 'bo', 'compare dns, soc and vuln')).toContain('Compared: DNS resolver (CISA)');
    expect(await said(bot, 'bo', 'compare surge and surge')).toContain('`compare issoaas and surge`');
    expect(await said(bot, 'bo', 'compare surge and apples')).toContain('short names are `issoaas`');
  });

  it('answers where it is asked in the ISPG channel, and in a direct message from elsewhere', async () => {
    const bot = await start();
    expect(await said(bot, 'bo', 'offering soc', { channel: 'ispg' })).toContain(
      'Security operations (CISA)',
    );
    expect(await said(bot, 'bo', 'catalogue', { channel: 'issoaas' })).toContain('in a direct message');
  });
});

describe('help me choose', () => {
  it('leads from the need by questions to the service, by buttons and by typed words alike', async () => {
    const bot = await start();
    const first = await said(bot, 'bo', 'help me choose');
    expect(first).toContain('What do you need?');
    expect(first).toContain('`choose surge`');
    const question = await bot.say('bo', 'choose surge');
    expect(question.said[0]).toContain('Question 1 of 3');
    const yes = question.messages[0]?.buttons[0];
    const typed = await bot.say('bo', 'check surge yes');
    const pressed = await bot.press('bo', yes?.press ?? { verb: '', subject: '' });
    expect(pressed.messages).toEqual(typed.messages);
    expect(yes?.typed).toBe('check surge yes');
    expect(await said(bot, 'bo', 'check surge yes yes yes')).toContain('ISSO surge support fits');
  });

  it('says kindly what is missing, what may fit better, and that people decide', async () => {
    const bot = await start();
    const some = await said(bot, 'bo', 'check surge no yes not-sure');
    expect(some).toContain('Without an ISSO of your own, ISSO As A Service fits better');
    expect(some).toContain('You were not sure: Is there money');
    expect(some).toContain('people decide');
    expect(some).toContain('request surge');
    expect(some).toContain('Type `check issoaas`');
    expect(await said(bot, 'bo', 'check dns not-sure')).toContain('what is still open');
    expect(await said(bot, 'bo', 'check dns no')).toContain('does not seem to fit');
    // Who has no CMS system, and who asks for no agency, is helped by no other service of the same kind.
    for (const [text, other] of [
      ['check issoaas no yes yes', 'check surge'],
      ['check issoaas yes yes no', 'check surge'],
      ['check dns no', 'check soc'],
    ] as const)
      expect(await said(bot, 'bo', text)).not.toContain(other);
    expect(await said(bot, 'bo', 'check surge no no no')).toContain('does not seem to fit');
    expect(await said(bot, 'bo', 'check surge perhaps')).toContain('Please answer with `yes`');
  });

  it('says plainly that none fits, and whom to ask', async () => {
    const bot = await start();
    expect(await said(bot, 'bo', 'choose something else')).toContain('None of the services');
    const none = await bot.press('bo', { verb: 'offering.choose', subject: 'none' });
    expect(none.said[0]).toContain('ISSO@cms.hhs.gov');
  });
});

describe('asking for a service', () => {
  it('starts surge support by its shorter form with a fixed end, under its own number', async () => {
    const bot = await start();
    const [begun, sent] = await askForSurge(bot);
    expect(begun).toContain('Request surge support');
    expect(sent).toContain('SURGE-2026-0001');
    const engagement = await bot.store.transaction((tx) => tx.engagements.byNumber('SURGE-2026-0001'));
    expect(engagement?.answers.find(({ key }) => key === 'reason')?.value).toEqual(['surge']);
    expect(engagement?.answers.find(({ key }) => key === 'engagement_kind')?.value).toBe('defined');
    expect(await said(bot, 'bo', 'status SURGE-2026-0001')).toContain(
      'Phase: Selection, phase 2 of phases 0 to 5',
    );
  });

  it('still means ISSO As A Service by "I need an ISSO", and takes nothing from an open form', async () => {
    const bot = await start();
    expect(await said(bot, 'bo', 'I need an ISSO')).toContain('Request a Service ISSO');
    // An answer that sounds like a wish for another service is the answer.
    expect(await said(bot, 'bo', 'I need surge support')).toContain('How many systems');
  });

  it('shows the way to what others run and counts it, naming nobody', async () => {
    const bot = await start();
    expect(await said(bot, 'bo', 'refer dns')).toContain('https://www.cisa.gov/cyber-qsmo');
    await bot.press('bo', { verb: 'offering.refer', subject: 'dns' });
    await bot.say('cra', 'request mentorship');
    const [entry] = await bot.store.transaction((tx) => tx.audit.ofActor('bo', 1));
    expect(entry).toMatchObject({ verb: 'offering.refer', engagementId: null, facts: { offering: 'dns' } });
    const { offerings } = await bot.store.transaction((tx) =>
      adoptionNow({ tx, programme: bot.programme, now: bot.clock.now() }),
    );
    expect(offerings.map(({ key, referrals }) => [key, referrals])).toEqual([
      ['issoaas', null],
      ['issoaas_surge', null],
      ['isso_mentor', 1],
      ['soc', 0],
      ['vuln', 0],
      ['dns', 2],
    ]);
  });
});

describe('adoption', () => {
  it('counts requests by service, for those who may read the measures', async () => {
    const bot = await start();
    await askForSurge(bot);
    const adoption = await said(bot, 'gtl', 'adoption');
    expect(adoption).toContain('ISSO surge support: 1 request, 0 of them');
    expect(adoption).toContain('ISSO As A Service: 0 requests');
    expect(adoption).toContain('Nobody was shown the way.');
    expect(await said(bot, 'gtl', 'adoption this year')).toContain('January 1, 2026');
    expect(await said(bot, 'gtl', 'adoption last blue moon')).toContain('could not tell which time');
    expect(await said(bot, 'isso', 'adoption')).toContain('not open to you');
  });
});

describe('a service that takes no new requests', () => {
  const CLOSED: readonly (readonly [string, Partial<OfferingRecord>, string])[] = [
    ['paused', { status: 'paused' }, 'Paused: no new requests for now'],
    ['retired', { status: 'retired' }, 'Retired: no new requests'],
    [
      'not yet there',
      { effective: { from: '2027-01-04', until: null } },
      'it can be asked for from Monday, January 4, 2027 on',
    ],
    ['over', { effective: { from: '2024-01-01', until: '2026-11-30' } }, 'until Monday, November 30, 2026'],
  ];
  it.each(CLOSED)('says so when it is %s, in chat and in a dialog', async (_name, change, words) => {
    const bot = await start({ issoaas: change });
    for (const text of ['I need an ISSO', 'request issoaas', 'check issoaas yes'])
      expect(await said(bot, 'bo', text), text).toContain(words);
    const dialog = await bot.press('bo', { verb: 'intake.start-form', subject: 'issoaas' });
    expect(dialog.dialog).toBe(null);
    expect(dialog.said.join('\n')).toContain(words);
  });

  it('lets running requests go on, keeps what was begun, and takes no copy', async () => {
    const bot = await start({ issoaas: { status: 'paused' } });
    const number = await bot.fileRequest();
    expect(await said(bot, 'ispg', `accept ${number}`)).toContain('is accepted');
    const other = await bot.fileRequest('Member Portal');
    await bot.say('ispg', `decline ${other} out_of_scope`);
    const copied = await said(bot, 'bo', `copy ${other}`);
    expect(copied).toContain('takes no new requests');
  });

  it('keeps the answers of a form that was begun before', async () => {
    const store = await openTestStore();
    const open = await startBot(store);
    for (const text of [
      'request surge',
      'Claims Hub',
      '1',
      'A backlog of sixty POA&Ms must be closed before June.',
    ])
      await open.say('bo', text);
    for (const text of ['half', 'March 1, 2027', '6 months', 'submit']) await open.say('bo', text);
    const paused = catalogueOf(
      CATALOGUE.offerings.map((each) =>
        each.key === 'issoaas_surge' ? { ...each, status: 'paused' } : each,
      ),
    );
    const later = await startBot(store, { programme: { catalogue: paused } });
    expect(await said(later, 'bo', 'I confirm')).toContain('I keep your answers');
    expect(await said(later, 'bo', 'review')).toContain('Claims Hub');
    expect(await store.transaction((tx) => tx.engagements.find({ limit: 5 }))).toEqual([]);
  });
});

describe('the words of the catalogue', () => {
  it('leave everything else as it was', async () => {
    const bot = await start();
    for (const text of [
      'choose 1',
      'compare apples and pears',
      'check in',
      'request',
      'refer my boss',
      'choose it',
    ])
      expect(await said(bot, 'bo', text), text).not.toContain('catalogue');
  });

  it('are read fast, however long the text is', async () => {
    const bot = await start();
    const worst = ['compare ', 'catalogue ', 'I need ', 'help me choose ', 'check '].map((each) =>
      each.repeat(Math.ceil(50_000 / each.length)),
    );
    for (const text of worst) expect((await bot.say('bo', text)).said.length).toBeGreaterThanOrEqual(0);
    expect(searchOfferings(CATALOGUE.offerings, 'dns '.repeat(10_000))).toEqual([]);
  });
});
