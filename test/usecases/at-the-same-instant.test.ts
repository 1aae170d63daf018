import { describe, expect, it } from 'vitest';
import { INTAKE_ANSWERS, startBot } from '../support/bot.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

describe('twenty sends at the same instant', () => {
  it.each(['before', 'after'])(
    'make one request with one number, and the others are told (presses %s typed words)',
    async (order) => {
      const bot = await startBot(await openTestStore());
      for (const words of INTAKE_ANSWERS) await bot.say('bo', words);
      const asked = await bot.say('bo', 'submit');
      const form = JSON.stringify(asked.messages).match(/"subject":"([0-9a-f-]{36})"/u)?.[1] ?? '';
      const confirm = () =>
        bot.press(
          'bo',
          { verb: 'intake.confirm', subject: form },
          { attest_no_sensitive: true, attest_authority: true },
        );
      const type = () => bot.say('bo', 'I confirm');
      const tries = Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0) === (order === 'before') ? confirm : type,
      );
      const heard = await Promise.all(tries.map((go) => go()));
      const texts = heard.map(({ said }) => said.join('\n'));
      expect(texts.filter((text) => text.includes('ISPG has your request'))).toHaveLength(1);
      expect(texts.filter((text) => text.includes('already received as ISSO-2026-0001'))).toHaveLength(19);
      const { prisma } = await openTestDatabase();
      expect(await prisma.engagement.count()).toBe(1);
      expect(await prisma.requestCounter.findMany()).toMatchObject([{ prefix: 'ISSO', year: 2026, last: 1 }]);
      expect(await prisma.auditEntry.count({ where: { verb: 'request.file' } })).toBe(1);
      await bot.deliver();
      expect(
        bot.standing('#ispg').filter((text) => text.includes('New request ISSO-2026-0001')),
      ).toHaveLength(1);
      expect(bot.standing('cra').filter((text) => text.includes('asked for a Service ISSO'))).toHaveLength(1);
    },
  );
});

describe('two people at the same instant', () => {
  it('press accept and decline: in each of fifty rounds one wins, the other is told, and there is one notice each', async () => {
    const bot = await startBot(await openTestStore());
    const won: string[] = [];
    for (let round = 0; round < 50; round += 1) {
      const number = await bot.fileRequest(`System number ${round}`);
      const accept = () => bot.press('ispg', { verb: 'triage.accept', subject: number, version: 1 });
      const decline = () =>
        bot.submit(
          'gtl',
          { verb: 'triage.decline', subject: number, version: 1 },
          { reason: 'no_capacity', note: '' },
        );
      const heard = await Promise.all(round % 2 === 0 ? [accept(), decline()] : [decline(), accept()]);
      const texts = heard.map(({ said }) => said.join('\n'));
      const winners = texts.filter((text) => /is accepted|is declined/u.test(text));
      expect(winners, number).toHaveLength(1);
      expect(
        texts.filter((text) => text.includes('out of date')),
        number,
      ).toHaveLength(1);
      won.push(`${number} ${winners[0]?.includes('is accepted') ? 'accepted' : 'declined'}`);
    }
    await bot.deliver();
    const told = bot.standing('bo');
    for (const each of won) {
      const [number = '', how] = each.split(' ');
      const offers = told.filter((text) => text.includes(`Pick a kickoff time for ${number}`)).length;
      const notices = told.filter((text) => text.includes(`can't take on ${number}`)).length;
      expect([offers, notices], each).toEqual(how === 'accepted' ? [1, 0] : [0, 1]);
    }
    const { prisma } = await openTestDatabase();
    expect(
      await prisma.auditEntry.count({ where: { verb: { in: ['request.accept', 'request.decline'] } } }),
    ).toBe(50);
  });

  it('pick the same hour: one kickoff is booked, the other owner is offered new times', async () => {
    const bot = await startBot(await openTestStore());
    const numbers = [await bot.fileRequest('One', 'bo'), await bot.fileRequest('Two', 'bo2')];
    for (const number of numbers) await bot.say('ispg', `accept ${number}`);
    const heard = await Promise.all([
      bot.say('bo', `choose 1 for ${numbers[0]}`),
      bot.say('bo2', `choose 1 for ${numbers[1]}`),
    ]);
    const texts = heard.map(({ said }) => said.join('\n'));
    const { prisma } = await openTestDatabase();
    const booked = await prisma.meeting.findMany({ where: { state: 'booked' } });
    const starts = booked.map(({ bookedStartsAt }) => bookedStartsAt?.toISOString());
    expect(new Set(starts).size).toBe(starts.length);
    expect(texts.filter((text) => text.startsWith('Booked'))).toHaveLength(booked.length);
    expect(booked.length).toBeGreaterThan(0);
  });

  it('withdraw and accept: the request ends in one state, and no kickoff is left standing when it ended', async () => {
    const bot = await startBot(await openTestStore());
    for (let round = 0; round < 10; round += 1) {
      const number = await bot.fileRequest(`System number ${round}`);
      await Promise.all([bot.say('ispg', `accept ${number}`), bot.say('bo', `withdraw ${number} other`)]);
      const { state, meeting } = await bot.store.transaction(async (tx) => {
        const engagement = await tx.engagements.byNumber(number);
        return {
          state: engagement?.state,
          meeting: engagement && (await tx.meetings.ofEngagement(engagement.id, 'kickoff')),
        };
      });
      expect(state).toBe('WITHDRAWN');
      expect(meeting?.state ?? 'none').toMatch(/none|cancelled/u);
    }
  });

  it('name the same new system: one request is made, the other person is asked to join', async () => {
    const bot = await startBot(await openTestStore());
    const people = ['bo', 'bo2'];
    for (const words of [...INTAKE_ANSWERS, 'submit']) {
      for (const who of people) {
        const heard = await bot.say(who, words);
        expect(heard.said.join()).not.toContain('Something went wrong');
      }
    }
    const heard = await Promise.all(people.map((who) => bot.say(who, 'I confirm')));
    const texts = heard.map(({ said }) => said.join('\n'));
    expect(texts.filter((text) => text.includes('ISPG has your request'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('already an open request for this system'))).toHaveLength(1);
  });
});
