import { beforeEach, describe, expect, it } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import type { RequestNumber } from '../../src/domain/ids.ts';
import type { MilestoneName } from '../../src/domain/milestone.ts';
import { SURVEY_LINES } from '../../src/domain/survey.ts';
import { type Job, jobs } from '../../src/jobs/schedule.ts';
import { createTimeControl } from '../../src/jobs/time-control.ts';
import { askSurveys, nextSurveyAt } from '../../src/usecases/ask-surveys.ts';
import { aMeeting } from '../store/samples.ts';
import { type Bot, type Heard, startBot } from '../support/bot.ts';
import { standingClock } from '../support/fakes.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

/** The work began on 1 September 2026: day 30 is Thursday, 1 October; day 90 Monday, 30 November. */
const BEGAN_ON = '2026-09-01';
const DAY_30 = new Date('2026-10-01T09:00:00-04:00');
const DAY_90 = new Date('2026-11-30T09:00:00-05:00');
const SCORES = { expertise: '4', responsiveness: '5', communication: '3', fit: '4', overall: '5' };

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: new Date('2026-08-03T10:00:00-04:00') });
});

async function began(
  number: RequestNumber,
  on = BEGAN_ON,
  name: MilestoneName = 'work-began',
  personId = 'isso',
): Promise<void> {
  await bot.store.transaction(async (tx) => {
    const engagement = await tx.engagements.byNumber(number);
    if (engagement) await tx.milestones.set({ engagementId: engagement.id, name, personId, on });
  });
}

/** An engagement whose work began. */
async function working(systemName = 'Claims Hub', owner = 'bo'): Promise<RequestNumber> {
  const number = await bot.fileRequest(systemName, owner);
  await began(number);
  return number;
}

async function surveys(number: RequestNumber) {
  return bot.store.transaction(async (tx) => {
    const engagement = await tx.engagements.byNumber(number);
    return tx.surveys.ofEngagement(engagement?.id ?? '');
  });
}
const newest = async (number: RequestNumber): Promise<string> => (await surveys(number)).at(-1)?.id ?? '';

/** The clock shows `at`, and the job has run. */
async function tick(at: Date): Promise<number> {
  bot.clock.set(at);
  const done = await askSurveys(bot, at);
  await bot.deliver();
  return done;
}
const texts = (heard: Heard): string => heard.said.join('\n');
const later = (from: Date, days: number): Date => new Date(from.getTime() + days * 86_400_000);

describe('asking the Business Owner', () => {
  it('comes once on day 30, at nine in their morning, and says who reads the answers before they give any', async () => {
    const number = await working();
    expect(await tick(new Date('2026-09-30T23:59:00-04:00'))).toBe(0);
    // Written when the day begins, so that it is part of the day's message whenever that goes.
    expect(await tick(new Date('2026-10-01T00:00:00-04:00'))).toBe(1);
    await tick(new Date(DAY_30.getTime() - 60_000));
    expect(bot.standing('bo')).toEqual([]);
    expect(await tick(DAY_30)).toBe(0);
    expect(await tick(later(DAY_30, 0.2))).toBe(0);
    const [asked = ''] = bot.standing('bo');
    expect(asked).toContain(`How satisfied are you with ISSO As A Service for ${number}?`);
    expect(asked).toContain('ISPG, the COR and the auditor can read your answers.');
    expect(asked).toContain('Everybody else sees averages only, never of fewer than 3 Business Owners');
    expect(asked).toContain(`survey ${number}: 4 5 3 4 5; renew yes; Your words`);
    const id = await newest(number);
    expect(await bot.store.deliveries.find(`survey-0:${id}:bo`)).toMatchObject({
      urgency: 'routine',
      topic: 'surveys',
      stillTrue: { kind: 'survey-open', surveyId: id },
    });
    for (const other of ['ispg', 'lead', 'cra', '#ispg']) expect(bot.standing(other)).toEqual([]);
  });

  it('goes by the zone of the owner', async () => {
    await working('Payments', 'bo2');
    expect(await tick(new Date('2026-10-01T00:00:00-04:00'))).toBe(0);
    expect(await tick(new Date('2026-10-01T00:00:00-07:00'))).toBe(1);
  });

  it('reminds twice at most, three and eight business days after, and never who has answered', async () => {
    const number = await working();
    await tick(DAY_30);
    const id = await newest(number);
    const due = async (rung: number) => (await bot.store.deliveries.find(`survey-${rung}:${id}:bo`))?.dueAt;
    expect(await due(1)).toEqual(new Date('2026-10-06T09:00:00-04:00'));
    // Columbus Day on 12 October lies between.
    expect(await due(2)).toEqual(new Date('2026-10-14T09:00:00-04:00'));
    for (let day = 1; day < 30; day += 1) await tick(later(DAY_30, day));
    expect(bot.standing('bo').filter((text) => text.includes('Reminder'))).toHaveLength(2);
    expect(bot.standing('bo')).toHaveLength(3);
  });

  it('takes the reminders back when the survey is answered', async () => {
    const number = await working();
    await tick(DAY_30);
    await bot.say('bo', `survey ${number}: 4 5 3 4 5; renew yes`);
    for (let day = 1; day < 20; day += 1) await tick(later(DAY_30, day));
    expect(bot.standing('bo').filter((text) => text.includes('Reminder'))).toEqual([]);
  });

  it('after an outage asks for the newest occasion only, and goes on from there', async () => {
    const number = await working();
    await working('Other', 'bo2');
    await tick(later(DAY_90, 120));
    expect((await surveys(number)).map(({ occasion }) => occasion)).toEqual(['quarter-2027-02']);
    await tick(new Date('2027-06-01T09:00:00-04:00'));
    expect((await surveys(number)).map(({ occasion }) => occasion)).toEqual([
      'quarter-2027-02',
      'quarter-2027-05',
    ]);
  });

  it('suppresses the reminders of an older survey when a newer one is asked', async () => {
    const number = await working();
    await tick(DAY_30);
    const first = await newest(number);
    await holdSession(number, 'session', '2026-10-01');
    await tick(new Date('2026-10-02T09:00:00-04:00'));
    expect((await surveys(number)).map(({ occasion }) => occasion)).toEqual(['day-30', 'meeting-session']);
    expect(await bot.store.deliveries.find(`survey-1:${first}:bo`)).toMatchObject({
      state: 'suppressed',
      reason: 'a newer survey was asked',
    });
    expect(texts(await bot.press('bo', { verb: 'survey.open', subject: first }))).toContain('closed');
  });

  it('asks nobody after the work has ended, and goes on while somebody still works', async () => {
    const number = await working();
    await began(number, '2026-09-10', 'work-began', 'isso2');
    await began(number, '2026-09-20', 'work-ended', 'isso');
    expect(await tick(DAY_30)).toBe(1);
    await began(number, '2026-11-15', 'work-ended', 'isso2');
    expect(await tick(DAY_90)).toBe(0);
    expect(await nextSurveyAt(bot, DAY_90)).toBeNull();
  });

  it('asks nobody once the request was withdrawn', async () => {
    const number = await working();
    await bot.say('bo', `withdraw ${number} other`);
    expect(await tick(DAY_30)).toBe(0);
  });

  it('is where the console clock stops, year in and year out', async () => {
    await working();
    await working('Payments', 'bo2');
    const clock = movableClock(0, standingClock(bot.clock.now()));
    const job = jobs(bot as never).find(({ name }) => name === 'ask-surveys') as Job;
    const time = createTimeControl([job], clock, async () => undefined);
    const { ran } = await time.advanceTo(new Date('2027-06-30T12:00:00Z'));
    expect(ran.map(({ at }) => at.toISOString())).toEqual(
      [
        '2026-10-01T00:00-04:00',
        '2026-10-01T00:00-07:00',
        '2026-11-30T00:00-05:00',
        '2026-11-30T00:00-08:00',
        '2027-03-01T00:00-05:00',
        '2027-03-01T00:00-08:00',
        '2027-06-01T00:00-04:00',
        '2027-06-01T00:00-07:00',
      ].map((at) => new Date(at).toISOString()),
    );
  });
});

async function holdSession(number: RequestNumber, id: string, on: string): Promise<void> {
  const startsAt = new Date(`${on}T15:00:00-04:00`);
  await bot.store.transaction(async (tx) => {
    const engagement = await tx.engagements.byNumber(number);
    await tx.meetings.insert(
      aMeeting({
        id,
        engagementId: engagement?.id ?? null,
        kind: 'satisfaction',
        state: 'held',
        heldOn: on,
        bookedFor: { startsAt, endsAt: new Date(startsAt.getTime() + 1_800_000) },
      }),
    );
  });
}

describe('after a satisfaction session', () => {
  it('the owner is asked on the next business day, also where no work is on record', async () => {
    const number = await bot.fileRequest();
    await holdSession(number, 'friday', '2026-10-09');
    // Monday is Columbus Day.
    expect(await nextSurveyAt(bot, new Date('2026-10-10T12:00:00Z'))).toEqual(
      new Date('2026-10-13T00:00:00-04:00'),
    );
    expect(await tick(new Date('2026-10-12T09:00:00-04:00'))).toBe(0);
    expect(await tick(new Date('2026-10-13T09:00:00-04:00'))).toBe(1);
    expect(await tick(new Date('2026-10-14T09:00:00-04:00'))).toBe(0);
    expect((await surveys(number)).map(({ occasion }) => occasion)).toEqual(['meeting-friday']);
  });
});

describe('answering the survey', () => {
  let number: RequestNumber;
  beforeEach(async () => {
    number = await working();
    await tick(DAY_30);
  });
  const send = async (values: Record<string, string>, who = 'bo') =>
    bot.submit(who, { verb: 'survey.answer', subject: await newest(number) }, values);

  it('works in one line of chat', async () => {
    const heard = await bot.say('bo', `survey ${number}: 4 5 3 4 5; renew yes; Keep it up; please`);
    expect(texts(heard)).toContain(`Thank you for your answers on ${number}`);
    expect((await surveys(number))[0]).toMatchObject({
      answers: {
        scores: { expertise: 4, responsiveness: 5, communication: 3, fit: 4, overall: 5 },
        renew: 'yes',
        comment: 'Keep it up; please',
        counted: null,
      },
      answeredAt: DAY_30,
      version: 2,
    });
  });

  it('works in the dialog, which opens filled with what was answered', async () => {
    const opened = await bot.press('bo', { verb: 'survey.open', subject: await newest(number) });
    expect(opened.dialog?.fields.map(({ id }) => id)).toEqual([...SURVEY_LINES, 'renew', 'comment']);
    expect(opened.dialog?.intro[0]).toBeDefined();
    await send({ ...SCORES, renew: 'undecided', comment: '' });
    const again = await bot.press('bo', { verb: 'survey.open', subject: await newest(number) });
    expect(again.dialog?.fields.map(({ value }) => value)).toEqual([
      '4',
      '5',
      '3',
      '4',
      '5',
      'undecided',
      '',
    ]);
  });

  it('can be changed in parts, and what is not named stays', async () => {
    await bot.say('bo', `survey ${number}: 4 5 3 4 5; renew yes; Good`);
    await bot.say('bo', `survey ${number}: renew no`);
    const heard = await bot.say('bo', `survey ${number}: 4 4 4 4 4`);
    expect(texts(heard)).toContain(`Your answers on ${number} are changed`);
    expect((await surveys(number))[0]?.answers).toMatchObject({
      scores: { expertise: 4, overall: 4 },
      renew: 'no',
      comment: 'Good',
    });
    bot.clock.set(later(DAY_30, 31));
    expect(texts(await bot.say('bo', `survey ${number}: 1 1 1 1 1`))).toContain('closed');
  });

  it('refuses what it can not read beside the field or with an example, and keeps nothing', async () => {
    const bad = await send({
      ...SCORES,
      fit: '9',
      overall: '',
      renew: 'maybe',
      comment: 'Her SSN is 219-09-9999',
    });
    expect(Object.keys(bad.errors ?? {}).toSorted()).toEqual(['comment', 'fit', 'overall', 'renew']);
    for (const [typed, words] of [
      ['4 5 3', 'five scores'],
      ['4 5 3 4 5', 'renew'],
      ['renew yes', 'five scores'],
      ['4 5 3 4 7; renew yes', 'Overall'],
      ['4 5 3 4 5; renew sometimes', 'Renew'],
      ['4 5 3 4 5; renew yes; her SSN is 219-09-9999', 'keep it'],
    ] as const)
      expect(texts(await bot.say('bo', `survey ${number}: ${typed}`)), typed).toContain(words);
    expect((await surveys(number))[0]?.answers).toBeNull();
  });

  it('is the owner’s alone; others hear the same as about a request that does not exist', async () => {
    const id = await newest(number);
    const missing = texts(await bot.press('bo2', { verb: 'survey.open', subject: 'no-such-survey' }));
    for (const who of ['bo2', 'cra', 'lead', 'isso', 'ispg', 'auditor']) {
      expect(texts(await bot.press(who, { verb: 'survey.open', subject: id }))).toBe(missing);
      const sent = await bot.submit(who, { verb: 'survey.answer', subject: id }, SCORES);
      expect(texts(sent)).toBe(missing);
    }
    const unknown = texts(await bot.say('bo2', 'survey ISSO-2026-0999')).replaceAll('ISSO-2026-0999', number);
    for (const who of ['bo2', 'cra', 'lead', 'isso', 'guardian', 'admin']) {
      expect(texts(await bot.say(who, `survey ${number}`)), who).toBe(unknown);
      expect(texts(await bot.say(who, `survey ${number}: 1 1 1 1 1; renew no`)), who).toBe(unknown);
    }
    expect((await surveys(number))[0]?.answers).toBeNull();
  });

  it('say to ISPG when they were last changed', async () => {
    await bot.say('bo', `survey ${number}: 4 5 3 4 5; renew yes`);
    const first = texts(await bot.say('ispg', `survey ${number}`));
    expect(first).toContain('Answered ');
    expect(first).not.toContain('last changed');
    const before = bot.clock.now();
    bot.clock.set(new Date(before.getTime() + 26 * 3_600_000));
    await bot.say('bo', `survey ${number}: 4 5 3 4 4`);
    const changedOn = bot.clock.now().toLocaleDateString('en-US', {
      weekday: 'long',
      month: 'long',
      day: 'numeric',
      timeZone: 'America/New_York',
    });
    expect(texts(await bot.say('ispg', `survey ${number}`))).toContain(`last changed ${changedOn}`);
  });

  it('can be read by ISPG, the COR and the auditor, in private only', async () => {
    await bot.say('bo', `survey ${number}: 4 5 3 4 5; renew yes; Zebra`);
    for (const who of ['ispg', 'gtl', 'cor', 'auditor'])
      expect(texts(await bot.say(who, `survey ${number}`))).toContain('Zebra');
    await bot.say('bo', `survey ${number}`);
    const looks = await bot.store.transaction(async (tx) => {
      const engagement = await tx.engagements.byNumber(number);
      return engagement ? tx.audit.ofEngagement(engagement.id) : [];
    });
    expect(
      looks.filter(({ verb }) => verb === 'survey.read').map(({ actorId, role }) => [actorId, role]),
    ).toEqual([
      ['ispg', 'ispg_team'],
      ['gtl', 'gtl'],
      ['cor', 'cor'],
      ['auditor', 'auditor'],
    ]);
    expect(JSON.stringify(looks)).not.toContain('Zebra');
    const inChannel = await bot.say('ispg', `survey ${number}`, { channel: 'ispg' });
    expect(texts(inChannel)).not.toContain('Zebra');
    await bot.deliver();
    expect(bot.standing('#ispg').join('\n')).not.toContain('Zebra');
    expect(bot.standing('ispg').join('\n')).toContain('Zebra');
    const typedInChannel = await bot.say('bo', `survey ${number}: 4 5 3 4 4`, { channel: 'ispg' });
    expect(texts(typedInChannel)).not.toContain('Overall');
  });

  it('is found by `survey` alone', async () => {
    expect(texts(await bot.say('bo', 'survey'))).toContain('How satisfied are you');
    await bot.say('bo', `survey ${number}: 4 5 3 4 5; renew yes`);
    expect(texts(await bot.say('bo', 'survey'))).toContain(`Your answers on ${number}`);
    expect(texts(await bot.say('bo2', 'survey'))).toContain('no satisfaction survey open');
  });

  it('is on the record without scores or words', async () => {
    await bot.say('bo', `survey ${number}: 1 5 3 4 5; renew yes; Zebra`);
    await bot.say('bo', `survey ${number}: 2 5 3 4 5`);
    const { prisma } = await openTestDatabase();
    const entries = await prisma.auditEntry.findMany({ where: { verb: { startsWith: 'survey.' } } });
    expect(entries.map(({ verb }) => verb)).toEqual([
      'survey.ask',
      'survey.answer',
      'survey.follow-up',
      'survey.change',
    ]);
    const facts = new Set(entries.flatMap((entry) => Object.keys(entry.facts as object)));
    expect([...facts].toSorted()).toEqual(['occasion', 'session', 'survey', 'version']);
    expect(JSON.stringify(bot.log.lines)).not.toContain('Zebra');
  });
});

describe('a low score', () => {
  let number: RequestNumber;
  beforeEach(async () => {
    number = await working();
    await tick(DAY_30);
  });
  const told = async () => {
    await bot.deliver();
    return {
      channel: bot.standing('#ispg').filter((text) => text.includes('need a follow-up by ISPG')),
      direct: bot.standing('ispg').filter((text) => text.includes('gave a low score')),
      offered: bot.standing('bo').filter((text) => /pick a time/iu.test(text)),
    };
  };

  it('asks ISPG for attention without saying what was answered, and offers a session', async () => {
    const heard = await bot.say('bo', `survey ${number}: 2 5 3 4 5; renew no; Zebra`);
    expect(texts(heard)).toContain('You are offered times for a satisfaction session, the first on');
    const { channel, direct, offered } = await told();
    expect(channel).toHaveLength(1);
    expect(channel[0]).toContain(`New survey answers on ${number} need a follow-up by ISPG. To read them: `);
    expect(channel[0]).not.toMatch(/Zebra|Okafor|Business Owner|Claims Hub|score|\blow\b|\b2\b/iu);
    expect(direct).toHaveLength(1);
    expect(direct[0]).not.toContain('Zebra');
    expect(offered).toHaveLength(1);
  });

  it('goes to whoever accepted the request, where somebody did', async () => {
    await bot.say('gtl', `accept ${number}`);
    await bot.say('bo', `survey ${number}: 1 1 1 1 1; renew no`);
    await bot.deliver();
    expect(bot.standing('gtl').filter((text) => text.includes('gave a low score'))).toHaveLength(1);
    expect(bot.standing('ispg').filter((text) => text.includes('gave a low score'))).toEqual([]);
  });

  it('is followed up once, and once more when it comes back after it was mended', async () => {
    await bot.say('bo', `survey ${number}: 2 5 3 4 5; renew no`);
    await bot.say('bo', `survey ${number}: 1 1 1 1 1`);
    expect((await told()).channel).toHaveLength(1);
    await bot.say('bo', `survey ${number}: 3 3 3 3 3`);
    expect((await told()).channel).toHaveLength(1);
    await bot.say('bo', `survey ${number}: 3 3 3 3 2`);
    const { channel, direct, offered } = await told();
    // One session is on offer already.
    expect([channel.length, direct.length, offered.length]).toEqual([2, 2, 1]);
  });

  it('is followed up once when the same answer is sent twice at the same instant', async () => {
    const press = { verb: 'survey.answer', subject: await newest(number) };
    await Promise.all(
      [1, 2, 3].map(() => bot.submit('bo', press, { ...SCORES, fit: '1', renew: 'yes', comment: '' })),
    );
    expect((await told()).channel).toHaveLength(1);
  });

  it('stands in the digest until a session was held', async () => {
    await bot.say('bo', `survey ${number}: 2 5 3 4 5; renew no; Zebra`);
    const digest = texts(await bot.say('ispg', 'digest'));
    expect(digest).toContain('survey answers need a follow-up');
    expect(digest).not.toContain('Zebra');
    await holdSession(number, 'session', '2026-10-02');
    bot.clock.set(new Date('2026-10-02T17:00:00-04:00'));
    expect(texts(await bot.say('ispg', 'digest'))).not.toContain('need a follow-up');
  });

  it('that stays low is not followed up twice, and the words don\u2019t promise it', async () => {
    await bot.say('bo', `survey ${number}: 2 5 3 4 5; renew no`);
    const heard = texts(await bot.say('bo', `survey ${number}: 1 1 1 1 1`));
    expect(heard).toContain('ISPG was told so before');
    expect(heard).not.toContain('offered');
  });

  it('is none without a line of 2 or less', async () => {
    await bot.say('bo', `survey ${number}: 3 3 3 3 3; renew no; Bad`);
    expect(await told()).toEqual({ channel: [], direct: [], offered: [] });
  });
});

describe('averages', () => {
  /** Three engagements of three owners, asked on day 30. */
  async function three(): Promise<readonly { who: string; number: RequestNumber }[]> {
    const owners = ['bo', 'bo2', 'guardian'];
    const made = [];
    for (const who of owners) made.push({ who, number: await working(`System of ${who}`, who) });
    await tick(new Date('2026-10-01T09:00:00-07:00'));
    return made;
  }

  it('are open to ISPG, oversight and the contractor’s leads, and to nobody else', async () => {
    for (const who of ['ispg', 'gtl', 'cor', 'auditor', 'lead'])
      expect(texts(await bot.say(who, 'satisfaction'))).toContain('Not enough answers yet');
    for (const who of ['bo', 'cra', 'isso', 'issolead', 'admin'])
      expect(texts(await bot.say(who, 'satisfaction'))).toContain('not open to you');
  });

  it('say "not enough answers yet" for two, and the averages for three', async () => {
    const [a, b, c] = await three();
    await bot.say('bo', `survey ${a?.number}: 4 4 4 4 4; renew yes`);
    await bot.say('bo2', `survey ${b?.number}: 3 3 3 3 3; renew yes; Zebra`);
    expect(texts(await bot.say('lead', 'satisfaction'))).toContain('Not enough answers yet');
    await bot.say('guardian', `survey ${c?.number}: 3 3 3 3 3; renew no`);
    const shown = texts(await bot.say('lead', 'satisfaction'));
    expect(shown).toContain('over 3 answers of 3 Business Owners');
    expect(shown).toContain('3.3');
    expect(shown).not.toContain('Zebra');
  });

  it('do not move when a fourth person answers or one of the three changes their mind', async () => {
    const made = await three();
    for (const { who, number } of made) await bot.say(who, `survey ${number}: 4 4 4 4 4; renew yes`);
    const before = texts(await bot.say('lead', 'satisfaction'));
    const fourth = await working('Fourth', 'auditor');
    await tick(new Date('2026-10-01T10:00:00-07:00'));
    await bot.say('auditor', `survey ${fourth}: 1 1 1 1 1; renew no`);
    await bot.say('bo', `survey ${made[0]?.number}: 1 1 1 1 1`);
    expect(texts(await bot.say('lead', 'satisfaction'))).toBe(before);
    expect((await surveys(made[0]?.number ?? ''))[0]?.answers).toMatchObject({
      scores: { overall: 1 },
      counted: { overall: 4 },
    });
  });

  it('hold three answers that come at the same instant', async () => {
    const made = await three();
    await Promise.all(made.map(({ who, number }) => bot.say(who, `survey ${number}: 4 4 4 4 4; renew yes`)));
    expect(texts(await bot.say('ispg', 'satisfaction'))).toContain('over 3 answers');
  });

  it('are answered in a direct message when somebody asks in the channel', async () => {
    const heard = await bot.say('ispg', 'satisfaction', { channel: 'ispg' });
    expect(texts(heard)).not.toContain('Not enough');
    await bot.deliver();
    expect(bot.standing('ispg').join('\n')).toContain('Not enough answers yet');
  });
});
