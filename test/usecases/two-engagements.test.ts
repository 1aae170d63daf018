import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Card, itemOf } from '../../src/domain/card.ts';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { subjectOf } from '../../src/domain/paper.ts';
import { trainingsDue } from '../../src/domain/training.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { gateNow } from '../../src/usecases/check-gate.ts';
import { cardIn, cardNow } from '../../src/usecases/information-card.ts';
import { nudgeEverybody } from '../../src/usecases/nudge-morning.ts';
import { trainingNow, trainingOf } from '../../src/usecases/training-now.ts';
import { verifyAudit } from '../../src/usecases/verify-audit.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, identified, putInto, sayItems, TO_WORK } from '../support/onboarding.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

let bot: Bot;
/** Both of Ines; day 0 of the second one is a day later. */
let one: RequestNumber;
let two: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  one = await onboarding('Claims Hub', '12/7/2026');
  two = await onboarding('Data Vault', '12/8/2026');
  bot.clock.set(at('2026-12-21'));
});

async function onboarding(systemName: string, start: string): Promise<RequestNumber> {
  const number = await identified(bot, systemName);
  await told('lead', `start onboarding ${number} start: ${start}; hours per week: 16; end: 12/31/2027`);
  return number;
}

const at = (day: string, time = '11:00'): Date => new Date(`${day}T${time}:00-05:00`);
const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const papers = async (number: RequestNumber) => {
  const { id } = await engagementOf(bot, number);
  return bot.store.transaction((tx) => tx.papers.versions('information-card', subjectOf(id, 'isso')));
};
/** As it is kept. */
const cardOf = async (number: RequestNumber): Promise<Card> => {
  const last = (await papers(number)).at(-1);
  if (!last) throw new Error(`no card of ${number}`);
  return cardIn(last);
};
const line = async (number: RequestNumber, key: string) => {
  const { state, doneOn } = itemOf(await cardOf(number), key) ?? {};
  return [state?.is, state?.is === 'done' ? state.reference : null, doneOn];
};
const audit = async (number: RequestNumber, verb: string) => {
  const { id } = await engagementOf(bot, number);
  const entries = await bot.store.transaction((tx) => tx.audit.ofEngagement(id));
  return entries.filter((each) => each.verb === verb);
};
const PERSON_KEYS = CARD_TEMPLATE.items.filter(({ isOfPerson }) => isOfPerson).map(({ key }) => key);
const TO_FINGERPRINTS = [
  'offer done',
  'roster done',
  'ict done ref REQ-1',
  'cor approval done',
  'clearance done',
];

/** All lines of the person that are needed on both cards stand the same, as they are kept. */
async function expectAgreement(): Promise<void> {
  const [first, second] = [await cardOf(one), await cardOf(two)];
  for (const key of PERSON_KEYS) {
    const [a, b] = [itemOf(first, key), itemOf(second, key)];
    if (a?.state.is === 'not_needed' || b?.state.is === 'not_needed') continue;
    expect([key, a?.state, a?.doneOn]).toEqual([key, b?.state, b?.doneOn]);
  }
}

describe('a line of the person that is said of one engagement', () => {
  it('is kept on the card of the other as well, with day, reference and record, by whoever said it', async () => {
    await sayItems(bot, one, TO_FINGERPRINTS);
    const before = (await papers(two)).length;
    const heard = await told('isso', `item ${one} fingerprinting done ref FP-1 on 12/18/2026`);
    expect(heard).toContain(`Saved for ${one}`);
    expect(heard).toContain(`on the card of ${two} as well`);
    // On the second card even the paperwork is open.
    expect(await line(two, 'offer_accepted')).toEqual(['not_started', null, null]);
    for (const each of [one, two])
      expect(await line(each, 'fingerprinting')).toEqual(['done', 'FP-1', '2026-12-18']);
    expect((await papers(two)).slice(before)).toMatchObject([{ byId: 'isso' }]);
    const { id } = await engagementOf(bot, one);
    expect((await audit(two, 'card.change')).at(-1)).toMatchObject({
      actorId: 'isso',
      role: 'service_isso',
      facts: { person: 'isso', item: 'fingerprinting', before: 'not_started', after: 'done', follows: id },
    });
    expect(await told('isso', `card ${two} history fingerprinting`)).toContain('Done');
    expect(await told('lead', `item ${two} fingerprinting done ref FP-2`)).toContain('Nothing was changed');
    await expectAgreement();
  });

  it('is kept on the first from the second as well, and says so while it is open', async () => {
    expect(await told('lead', `item ${two} piv waiting on badging office`)).toContain(one);
    expect(await told('lead', `card ${one}`)).toMatch(
      /PIV card issued and activated: Waits for the CMS badging office/u,
    );
    await expectAgreement();
    // What each engagement says for itself stays its own.
    const versions = (await papers(one)).length;
    await told('lead', `item ${two} offer done`);
    await told('lead', `item ${two} piv next Call them on Monday.`);
    await told('lead', `item ${two} piv move to 1/20/2027 because they are closed`);
    expect((await papers(one)).length).toBe(versions);
  });

  it('is opened again on both, with the reason', async () => {
    await sayItems(bot, one, TO_FINGERPRINTS);
    await told('lead', `item ${one} fingerprinting done ref FP-1`);
    expect(await told('lead', `item ${two} fingerprinting reopen the prints were unreadable`)).toContain(one);
    for (const each of [one, two]) {
      expect(await line(each, 'fingerprinting')).toEqual(['in_progress', null, null]);
      expect((await papers(each)).at(-1)?.reason).toBe('the prints were unreadable');
    }
  });

  it('is not let go with it, and what was let go stands as on the other once it is needed again', async () => {
    expect(await told('lead', `item ${two} email chat not needed because they have one`)).toContain('Saved');
    expect(await line(one, 'email_chat')).toEqual(['not_started', null, null]);
    await sayItems(bot, one, [...TO_WORK, 'email chat done']);
    expect(await line(two, 'email_chat')).toEqual(['not_needed', null, null]);
    expect(await told('lead', `item ${two} email chat reopen they need it`)).toContain('Done on');
    expect(await line(two, 'email_chat')).toEqual(['done', null, '2026-12-21']);
  });

  it('follows while the other pauses, and not once that one ends or has somebody else', async () => {
    await putInto(bot, two, 'PAUSED', {});
    await sayItems(bot, one, TO_FINGERPRINTS.slice(0, 2));
    expect((await line(two, 'roster_add'))[0]).toBe('done');
    await putInto(bot, two, 'OFFBOARDING', {});
    await sayItems(bot, one, TO_FINGERPRINTS.slice(2, 3));
    expect((await line(two, 'ict_request'))[0]).toBe('not_started');
    await putInto(bot, two, 'ACTIVE', { serviceIssoId: 'isso2' });
    await sayItems(bot, one, TO_FINGERPRINTS.slice(3, 4));
    expect((await line(two, 'cor_approval'))[0]).toBe('not_started');
  });

  it('agrees on both cards after whatever is said of either', async () => {
    const WORDS = [
      'done ref T-1',
      'waiting on it desk',
      'blocked It is broken.',
      'reopen it lapsed',
      'in progress',
    ];
    const KEYS = ['curriculum', 'roster', 'ict', 'email chat'];
    const step = fc.tuple(
      fc.boolean(),
      fc.constantFrom(...KEYS),
      fc.constantFrom(...WORDS, 'not needed because so'),
    );
    for (const number of [one, two]) await sayItems(bot, number, ['offer done']);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 12 }), async (steps) => {
        for (const [isFirst, key, words] of steps) {
          expect(await told('lead', `item ${isFirst ? one : two} ${key} ${words}`)).not.toContain(
            'went wrong',
          );
          await expectAgreement();
        }
      }),
      { numRuns: 3 },
    );
  });
});

describe('two people who contradict each other on two cards of one person', () => {
  const ROUNDS = 15;
  /** Collisions are tried again unnoticed; a server counts them. */
  async function deadlocks(): Promise<number> {
    const { prisma } = await openTestDatabase();
    const counted = await prisma.$queryRaw`
      SELECT deadlocks::int AS count FROM pg_stat_database WHERE datname = current_database()`;
    return z.array(z.object({ count: z.number() })).parse(counted)[0]?.count ?? 0;
  }

  it('in each round one wins on both cards, and the other is told', async () => {
    await sayItems(bot, one, TO_FINGERPRINTS);
    await sayItems(bot, two, ['offer done']);
    const before = await deadlocks();
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = () => bot.say('lead', `item ${one} fingerprinting done ref A-${round}`);
      const second = () => bot.say('isso', `item ${two} fingerprinting done ref B-${round}`);
      const heard = await Promise.all(round % 2 === 0 ? [first(), second()] : [second(), first()]);
      const texts = heard.map(({ said }) => said.join('\n'));
      expect(
        texts.filter((text) => text.startsWith('Saved')),
        texts.join('\n---\n'),
      ).toHaveLength(1);
      expect(texts.filter((text) => text.includes('Nothing was changed'))).toHaveLength(1);
      await expectAgreement();
      const open = () => bot.say('lead', `item ${two} fingerprinting reopen it lapsed`);
      const anew = () => bot.say('isso', `item ${one} fingerprinting reopen it lapsed`);
      const opened = await Promise.all(round % 2 === 0 ? [open(), anew()] : [anew(), open()]);
      expect(opened.filter(({ said }) => said.join().startsWith('Saved'))).toHaveLength(1);
      await expectAgreement();
    }
    expect(await deadlocks()).toBe(before);
    expect(await verifyAudit(bot.store, null)).toMatchObject({ kind: 'whole' });
  });

  it('a day of training, a course and two lines at once lose nothing', async () => {
    const heard = await Promise.all([
      bot.say('lead', `training done ${two} Ines on 12/18/2026`),
      bot.say('isso', 'course isspa done on 12/17/2026 ref CERT-8'),
      bot.say('gtl', `item ${one} laptop blocked The stock is empty.`),
      bot.say('ispg', `item ${two} laptop requested on 12/18/2026`),
    ]);
    const texts = heard.map(({ said }) => said.join('\n'));
    expect(texts.filter((text) => /went wrong/u.test(text))).toEqual([]);
    for (const each of [one, two]) {
      expect(await line(each, 'rbt')).toEqual(['done', null, '2026-12-18']);
      expect(await line(each, 'isspa_training')).toEqual(['done', 'CERT-8', '2026-12-17']);
    }
    await expectAgreement();
  });
});

describe('role-based training', () => {
  const looking = <T>(look: (work: Parameters<typeof trainingNow>[0]) => Promise<T>): Promise<T> =>
    bot.store.transaction((tx) => look({ tx, now: bot.clock.now(), programme: bot.programme }));
  const dates = async (number: RequestNumber) => {
    const engagement = await engagementOf(bot, number);
    return looking((work) => trainingOf(work, engagement, 'isso'));
  };
  const gateHolds = async (number: RequestNumber) => {
    const engagement = await engagementOf(bot, number);
    const found = await looking((work) => gateNow(work, engagement));
    return found?.gate.lines.find(({ key }) => key === 'role_based_training')?.holds;
  };
  const milestones = async (number: RequestNumber) => {
    const { id } = await engagementOf(bot, number);
    const all = await bot.store.transaction((tx) => tx.milestones.ofEngagement(id));
    return all.filter(({ name }) => name === 'training-done').map(({ on }) => on);
  };

  it.each([
    [
      'a line of the card',
      async () => told('lead', `item ${one} rbt done on 12/18/2026 ref CERT-7`),
      'CERT-7',
    ],
    ['a course', async () => told('isso', 'course rbt done on 12/18/2026 ref CERT-7'), 'CERT-7'],
    ['a day of an engagement', async () => told('lead', `training done ${one} Ines on 12/18/2026`), null],
  ])(
    'said as %s is done in both: line, clocks, gate, courses, and the day that reviews go by',
    async (_, say, reference) => {
      expect(await dates(two)).toEqual({ doneOn: null, dueOn: '2027-02-05' });
      expect(await say()).not.toContain('Nothing');
      for (const each of [one, two]) {
        expect(await line(each, 'rbt')).toEqual(['done', reference, '2026-12-18']);
        expect(await dates(each)).toEqual({ doneOn: '2026-12-18', dueOn: '2027-12-18' });
        expect(await gateHolds(each)).toBe(true);
        expect(await milestones(each)).toEqual(['2026-12-18']);
        expect(await told('isso', `card ${each}`)).toMatch(
          /Training, goal of 60 days: .*done in time on Friday, December 18, 2026/u,
        );
      }
      expect(await told('isso', 'courses')).toContain('7. Role-based training: Done on Fri, Dec 18, 2026');
      expect((await looking((work) => trainingNow(work, 'isso'))).rbt).toMatchObject({
        doneOn: '2026-12-18',
        dueOn: '2027-12-18',
      });
      // Nothing is noted twice.
      expect(await audit(two, 'milestone.record')).toHaveLength(2);
    },
  );

  it('is due on one day in both, the earliest that one of them says', async () => {
    await told('ispg', `training due ${two} Ines on 1/15/2027`);
    for (const each of [one, two]) expect((await dates(each)).dueOn).toBe('2027-01-15');
    const now = await looking((work) => trainingNow(work, 'isso'));
    expect(now.rbt.dueOn).toBe('2027-01-15');
    expect(await told('isso', 'courses')).toContain('7. Role-based training: Open. Due by Fri, Jan 15.');
    expect(await told('lead', 'rbt list')).toContain('due by Friday, January 15, 2027');
    await told('isso', 'course rbt done on 12/18/2026 ref CERT-7');
    await told('ispg', `training due ${two} Ines on 6/15/2027`);
    for (const each of [one, two]) expect((await dates(each)).dueOn).toBe('2027-06-15');
  });

  it('from before both onboardings is renewed in its own time, and can be opened again', async () => {
    expect(await told('lead', `item ${one} rbt done on 11/2/2026 ref CERT-7`)).toContain('Saved');
    expect(await dates(two)).toEqual({ doneOn: '2026-11-02', dueOn: '2027-11-02' });
    expect(await milestones(two)).toEqual([]);
    expect(await told('lead', `item ${two} rbt reopen it was another course`)).toContain('Saved');
    for (const each of [one, two]) {
      expect(await line(each, 'rbt')).toEqual(['in_progress', null, null]);
      expect((await dates(each)).doneOn).toBeNull();
    }
  });

  it('that was done before another onboarding began is due in it when it is renewed', async () => {
    await told('isso', 'course rbt done on 12/18/2026 ref CERT-7');
    const third = await onboarding('Grants Portal', '12/21/2026');
    expect(await line(third, 'rbt')).toEqual(['done', 'CERT-7', '2026-12-18']);
    const { id } = await engagementOf(bot, third);
    const all = await bot.store.transaction((tx) => tx.milestones.ofEngagement(id));
    expect(trainingsDue(all, '2026-12-21', '2028-12-31')).toEqual([{ personId: 'isso', on: '2027-12-18' }]);
  });

  it('that had lapsed before an onboarding is to be done anew in it', async () => {
    await told('lead', `item ${one} rbt done on 11/2/2026 ref CERT-7`);
    for (const each of [one, two]) await putInto(bot, each, 'OFFBOARDING', {});
    bot.clock.set(at('2027-12-01'));
    const third = await onboarding('Grants Portal', '12/7/2027');
    expect(await line(third, 'rbt')).toEqual(['not_started', null, null]);
    expect(await dates(third)).toEqual({ doneOn: null, dueOn: '2028-02-05' });
    const fourth = await onboarding('Mail Room', '11/1/2027');
    // There it still counted on day 0.
    expect((await dates(fourth)).doneOn).toBe('2026-11-02');
  });
});

describe('the nudge of somebody with two engagements', () => {
  async function goTo(day: string): Promise<void> {
    for (const time of ['00:00', '01:00', '02:00']) {
      bot.clock.set(at(day, time));
      await nudgeEverybody(bot, bot.clock.now());
    }
    await bot.deliver();
    bot.clock.set(at(day));
    await bot.deliver();
  }
  const nudges = (who: string): readonly string[] =>
    bot.standing(who).filter((text) => /In your hands/u.test(text));
  const times = (text: string, words: string): number => text.split(words).length - 1;

  it('is one message in which a line of theirs stands once, by the engagement that is due first', async () => {
    await sayItems(bot, one, TO_FINGERPRINTS);
    await sayItems(bot, two, ['offer done']);
    await goTo('2026-12-22');
    expect(nudges('isso')).toHaveLength(1);
    const text = nudges('isso')[0] ?? '';
    expect(times(text, 'Fingerprinting')).toBe(1);
    expect(times(text, 'e-QIP')).toBe(1);
    expect(await told('isso', 'done fingerprinting ref FP-1')).toContain(`Saved for ${one}`);
    await bot.deliver();
    expect(nudges('isso')).toHaveLength(1);
    expect(nudges('isso')[0]).not.toContain('Fingerprinting');
    expect(times(await told('isso', 'nudges'), 'e-QIP')).toBe(1);
    await expectAgreement();
  });

  it('and of whoever follows up their lines is as short; lines of each engagement stand for each', async () => {
    await goTo('2026-12-22');
    const text = nudges('lead').at(-1) ?? '';
    expect(times(text, 'NDA and contract paperwork')).toBe(2);
    for (const number of [one, two]) await sayItems(bot, number, ['offer done']);
    await goTo('2026-12-23');
    expect(times(nudges('lead').at(-1) ?? '', 'Added to the contract roster')).toBe(1);
  });

  it('says no more of what is done on the other card', async () => {
    for (const number of [one, two])
      await sayItems(bot, number, ['offer done', ...(number === one ? ['roster done'] : [])]);
    await goTo('2026-12-22');
    expect(nudges('isso').at(-1)).toContain('Access request entered in ICT');
    expect(await told('lead', `item ${two} ict done ref REQ-1`)).toContain('Saved');
    await bot.deliver();
    expect(nudges('isso')).toHaveLength(1);
    expect(nudges('isso')[0]).not.toContain('Access request entered in ICT');
  });
});

it('a card that nobody keeps yet is made of the others', async () => {
  await sayItems(bot, one, TO_FINGERPRINTS);
  const third = await identified(bot, 'Grants Portal');
  await putInto(bot, third, 'ONBOARDING', { serviceIssoId: 'isso', dayZeroOn: '2026-12-21' });
  const engagement = await engagementOf(bot, third);
  const approval = async () => {
    const kept = await bot.store.transaction((tx) =>
      cardNow({ tx, now: bot.clock.now(), programme: bot.programme }, engagement),
    );
    return [kept?.version, kept && itemOf(kept.card, 'cor_approval')?.state.is];
  };
  expect(await approval()).toEqual([0, 'done']);
  await told('lead', `item ${two} cor approval reopen they asked again`);
  expect(await approval()).toEqual([0, 'not_started']);
  expect(await papers(third)).toEqual([]);
});
