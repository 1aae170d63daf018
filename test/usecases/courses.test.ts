import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { courseLinesOf } from '../../src/usecases/course-lines.ts';
import { writersOf } from '../../src/usecases/status-report-facts.ts';
import { trainingsToReview } from '../../src/usecases/training-everybody.ts';
import { trainingNow } from '../../src/usecases/training-now.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, identified, sayItems, TO_WORK, working } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
/** Day 0 is Monday, December 7, 2026. */
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await identified(bot);
  await told('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
  bot.clock.set(new Date('2026-12-21T10:00:00-05:00'));
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const versions = () => bot.store.transaction((tx) => tx.papers.versions('training', 'isso'));
const lines = (today: string) =>
  bot.store.transaction((tx) =>
    courseLinesOf({ tx, now: bot.clock.now(), programme: bot.programme }, 'isso', today),
  );
const keysOn = async (today: string) =>
  (await lines(today)).map(({ about }) => (about.kind === 'course' ? about.key : about.kind));

/** All required courses that are no line of the card, typed by their person. */
const COURSES = [
  'role done',
  'videos done on 12/18/2026',
  'activities done',
  'toolkit done',
  'policies done',
  'cfacts done on 12/3/2026 ref CERT-1',
  'forum attended 12/17/2026',
] as const;

describe('the training record', () => {
  it('shows each course with its day, its link and what shows it, the clocks and for how long it is kept', async () => {
    const said = await told('isso', 'courses');
    expect(said).toContain('0 of 11 required courses are settled.');
    expect(said).toContain(
      '1. Review the role and responsibilities of a CMS ISSO: Open. Was due by Fri, Dec 11.',
    );
    expect(said).toContain('ISSO Handbook');
    expect(said).toContain('7. Role-based training: Open. Due by Fri, Feb 5.');
    expect(said).toContain('Shown by the number of the certificate');
    expect(said).toContain('Training, goal of 60 days: by Friday, February 5, 2027; 46 days left');
    expect(said).toContain('nobody is appointed yet');
    expect(said).toContain('at least 5 years after completion');
    expect(await told('isso', 'my training')).toBe(said);
  });

  it('is kept version by version over all engagements, with who said it and when', async () => {
    for (const typed of COURSES)
      expect(await told('isso', `course ${typed}`)).toContain('Noted in the training record');
    const kept = await versions();
    expect(kept.map(({ version, byId, subject }) => [version, byId, subject])).toEqual(
      COURSES.map((_, index) => [index + 1, 'isso', 'isso']),
    );
    expect(await told('isso', 'courses')).toContain(
      '12. CFACTS training, for beginners and then advanced: Done on Thu, Dec 3, 2026 (reference CERT-1).',
    );
  });

  it('is said to be unclear with what to type, and nothing is kept', async () => {
    for (const [typed, mend] of [
      ['course', 'please name the course first'],
      ['course kangaroo done', 'please name the course first'],
      ['course policies', 'Due by'],
      ['course policies whenever', 'please say how "Federal and CMS policies and guidance" stands'],
      ['course policies done whenever', 'please give the day'],
      ['course policies done on 12/24/2026', 'still to come'],
      ['course rbt done', 'counts as done with a reference'],
      ['course mentorship done', 'please answer'],
      ['course scorecard start done', 'filled in by area'],
      ['course toolkit attended 12/17/2026', 'taken at any time'],
      ['course toolkit not needed', 'say behind "not needed" why'],
      ['course toolkit not done', 'it is open'],
      ['course rbt done ref A B C', 'please give the day'],
      ['course rbt done ref prints.eft', 'never kept on a card'],
      ['course toolkit done ref 123-45-6789', 'did not keep it'],
    ] as const)
      expect([typed, await told('isso', typed)]).toEqual([typed, expect.stringContaining(mend)]);
    expect(await versions()).toHaveLength(0);
  });

  it('is filled in by buttons as by words', async () => {
    const courses = await bot.say('isso', 'courses');
    expect(courses.messages[0]?.blocks.length).toBeGreaterThan(0);
    expect((await bot.press('isso', { verb: 'course.say', subject: 'toolkit' })).said.join('\n')).toContain(
      'Done on',
    );
    const opened = await bot.press('isso', { verb: 'course.say', subject: 'rbt' });
    expect(opened.dialog?.fields.map(({ id }) => id)).toEqual(['on', 'reference']);
    const refused = await bot.submit(
      'isso',
      { verb: 'course.say', subject: 'rbt' },
      { on: '', reference: '' },
    );
    expect(refused.errors).toHaveProperty('reference');
    const press = { verb: 'course.say', subject: 'rbt' };
    await bot.submit('isso', press, { on: '2026-12-18', reference: 'CERT-7' });
    expect(await told('isso', 'courses')).toContain('Done on Fri, Dec 18, 2026 (reference CERT-7)');
    const chosen = await bot.press('isso', { verb: 'course.choose', subject: 'mentorship', choice: 'yes' });
    expect(chosen.said.join('\n')).toMatch(/Answered on Mon, Dec 21, 2026: yes/u);
  });

  it('ends the card\u2019s line of the curriculum with its last course, and not before', async () => {
    const curriculum = async () =>
      (await told('isso', `card ${number}`)).match(/19\. Getting-started curriculum: (\w+ ?\w*)/u)?.[1];
    for (const typed of COURSES) await told('isso', `course ${typed}`);
    await told('isso', 'scorecard start 1 2 0 3 2 4');
    expect(await told('lead', `item ${number} curriculum done`)).toContain('follows from the courses');
    expect(await curriculum()).toBe('Not started');
    bot.clock.set(new Date('2027-02-01T10:00:00-05:00'));
    await told('isso', 'scorecard end 3 2 1 4 1 4');
    await told('isso', 'course rbt done ref CERT-7');
    expect(await curriculum()).toBe('Not started');
    await told('isso', 'course isspa done on 12/19/2026 ref CERT-8');
    expect(await curriculum()).toBe('Done on');
    expect(await told('lead', `item ${number} curriculum reopen they forgot one`)).toContain(
      'follows from the courses',
    );
  });
});

describe('a course that is a line of the card', () => {
  it('is one truth: what is said of the one is said of the other', async () => {
    await told('isso', 'course rbt done on 12/18/2026 ref CERT-7');
    expect(await told('isso', `card ${number}`)).toMatch(
      /18\. First role-based training: Done on Fri, Dec 18, 2026/u,
    );
    await sayItems(bot, number, [...TO_WORK.slice(0, 9), 'isspa done ref CERT-8']);
    expect(await told('isso', 'courses')).toContain(
      '11. ISSPA awareness course, before access: Done on Mon, Dec 21, 2026 (reference CERT-8)',
    );
    await told('lead', `item ${number} isspa reopen it lapsed`);
    expect(await told('isso', 'courses')).toContain('11. ISSPA awareness course, before access: Open.');
  });

  it('is opened again and dropped on the card alone', async () => {
    await told('isso', 'course rbt done on 12/18/2026 ref CERT-7');
    expect(await told('isso', 'course rbt not done')).toContain(`item ${number} rbt reopen`);
    expect(await told('gtl', 'course rbt of Ines Sorensen not needed because it is known')).toMatch(
      /settled already|line of the Information Card/u,
    );
  });

  it('keeps the newest day of role-based training, whoever says an older one', async () => {
    await told('isso', 'course rbt done on 12/18/2026 ref CERT-7');
    const newest = async () =>
      (await told('lead', 'rbt list')).match(/last done on [^;,]+, [^,]+, \d+/u)?.[0];
    const before = await newest();
    expect(before).toBe('last done on Friday, December 18, 2026');
    expect(await told('isso', 'course rbt done on 12/10/2026 ref CERT-1')).toMatch(
      /the newest counts\. It was done on Friday, December 18, 2026/u,
    );
    const dated = await told('lead', `training done ${number} Ines on 12/10/2026`);
    expect(dated).toContain('the newest day counts, and the training was done on Friday, December 18, 2026');
    expect(await newest()).toBe(before);
  });

  it('is not done by training that was due again before onboarding began, and nothing is overdue by it', async () => {
    expect(await told('isso', 'course rbt done on 3/1/2024 ref CERT-1')).toContain(
      'this one was due again before onboarding began on Monday, December 7, 2026',
    );
    await told('gtl', `item ${number} rbt not needed because they teach it`);
    await told('isso', 'course rbt done on 3/1/2024 ref CERT-1');
    const due = await bot.store.transaction((tx) =>
      trainingNow({ tx, now: bot.clock.now(), programme: bot.programme }, 'isso'),
    );
    expect(due.rbt.dueOn).toBe('2027-02-05');
    expect(await told('lead', 'rbt list')).not.toContain('overdue');
  });

  it('counts when the contract lead records the day, and is not asked for twice', async () => {
    expect(await told('lead', `training done ${number} Ines on 12/18/2026`)).toContain('Recorded');
    expect(await told('isso', 'courses')).toContain('7. Role-based training: Done on Fri, Dec 18, 2026');
  });
});

describe('who sees and says what of a training record', () => {
  beforeEach(async () => {
    await told('isso', 'course cfacts done on 12/3/2026 ref CERT-1');
    await told('isso', 'course mentorship no');
    await told('isso', 'scorecard start 1 2 0 3 2 4');
  });

  it('the contractor sees all, an auditor the references, ISPG the states, the COR the dates', async () => {
    const of = (who: string) => told(who, 'courses of Ines Sorensen');
    for (const who of ['lead', 'isso'])
      expect(await of(who)).toMatch(/CERT-1[\s\S]*Federal standards: 1 at the start/u);
    const auditor = await of('auditor');
    expect(auditor).toContain('CERT-1');
    expect(auditor).not.toContain('Federal standards');
    for (const who of ['ispg', 'gtl']) {
      const said = await of(who);
      expect(said).toContain(
        '12. CFACTS training, for beginners and then advanced: Done on Thu, Dec 3, 2026.',
      );
      expect(said).toContain('Answered on Mon, Dec 21, 2026: no');
      expect(said).not.toMatch(/CERT-1|Federal standards/u);
    }
    expect(await of('cor')).not.toMatch(/CERT-1|Federal standards|Answered/u);
    expect(await of('cor')).toContain('Done on Thu, Dec 3, 2026.');
  });

  it('the Business Owner learns only whether it is on course, and never the scorecard', async () => {
    expect(await told('bo', 'courses of Ines Sorensen')).toBe(
      'The training of Ines Sorensen is behind its plan; the contractor follows it up.',
    );
    for (const typed of ['role done', 'toolkit done', 'activities done'])
      await told('isso', `course ${typed}`);
    expect(await told('bo', 'courses of Ines Sorensen')).toBe('The training of Ines Sorensen is on course.');
    expect(await told('bo', 'scorecard of Ines Sorensen')).toContain('you do not have access');
    for (const who of ['ispg', 'gtl', 'cor', 'auditor'])
      expect([who, await told(who, 'scorecards of Ines Sorensen')]).toEqual([
        who,
        expect.stringContaining('do not have access'),
      ]);
    expect(await told('lead', 'scorecard of Ines Sorensen')).toContain('Leadership: 4 at the start');
  });

  it('others learn nothing, in the same words as of somebody who is not there', async () => {
    for (const who of ['isso2', 'bo2', 'admin', 'cra']) {
      const said = await told(who, 'courses of Ines Sorensen');
      expect(said).toContain('there is none, or you do not have access');
      expect(said.replace('Ines Sorensen', 'Nobody At All')).toBe(
        await told(who, 'courses of Nobody At All'),
      );
    }
    expect(await told('bo', 'courses')).toContain('You have no training record');
  });

  it('a contract lead and the Government Task Lead drop a course with a reason, nobody else; the contractor keeps the record', async () => {
    for (const who of ['ispg', 'cor', 'bo'])
      expect([
        who,
        await told(who, 'course bootcamp of Ines Sorensen not needed because it is known'),
      ]).toEqual([who, expect.stringContaining('not open to you')]);
    expect(await told('isso', 'course bootcamp not needed because I know it')).toContain('not open to you');
    expect(
      await told('gtl', 'course bootcamp of Ines Sorensen not needed because the work is small'),
    ).toContain('Not needed: the work is small');
    expect(await told('lead', 'course policies of Ines Sorensen not needed SSN 123-45-6789')).toMatch(
      /did not keep it|never kept/u,
    );
    expect(await told('lead', 'course policies of Ines done on 12/18/2026')).toContain('of Ines Sorensen');
    expect((await versions()).map(({ byId }) => byId)).toEqual(['isso', 'isso', 'isso', 'gtl', 'lead']);
  });

  it('a change and a look are recorded, with ids and codes alone', async () => {
    await told('lead', 'courses of Ines Sorensen');
    await told('gtl', 'course bootcamp of Ines Sorensen not needed because the work is small');
    const { id } = await engagementOf(bot, number);
    const entries = await bot.store.transaction((tx) => tx.audit.ofEngagement(id));
    expect(entries.slice(-2).map(({ verb, actorId, facts }) => [verb, actorId, facts])).toEqual([
      ['training.read', 'lead', { person: 'isso' }],
      ['training.change', 'gtl', { person: 'isso', course: 'bootcamp', before: 'open', after: 'not_needed' }],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/small|CERT-1/u);
  });
});

describe('the scorecard', () => {
  it('is filled in at the start and at the end, by dialog or by words, and shows the gain by area', async () => {
    const opened = await bot.say('isso', 'scorecard');
    expect(opened.dialog?.fields).toHaveLength(6);
    const levels = {
      q_standards: '1',
      q_it: '2',
      q_disciplines: '0',
      q_program: '3',
      q_risk: '2',
      q_leadership: '4',
    };
    const saved = await bot.submit('isso', { verb: 'course.say', subject: 'scorecard_start' }, levels);
    expect(saved.said.join('\n')).toContain('Federal standards: 1 at the start');
    // Day 0 is December 7; before day 45 there is no gain to show.
    bot.clock.set(new Date('2027-01-20T10:00:00-05:00'));
    const early = 'it is given from Thursday, January 21, 2027 on';
    expect(await told('isso', 'scorecard end 3 2 1 4 1 4')).toContain(early);
    const press = await bot.press('isso', { verb: 'course.say', subject: 'scorecard_end' });
    expect([press.dialog, press.said.join()]).toEqual([null, expect.stringContaining(early)]);
    const sent = await bot.submit('isso', { verb: 'course.say', subject: 'scorecard_end' }, levels);
    expect(sent.said.join()).toContain(early);
    expect(await told('isso', 'scorecard')).toContain('Federal standards: 1 at the start');
    const again = await told('isso', 'scorecard start 2 2 0 3 2 4');
    expect(again).toContain('It replaces the one of Monday, December 21, 2026, with the levels 1 2 0 3 2 4');
    await told('isso', 'scorecard start 1 2 0 3 2 4');
    expect(await versions()).toHaveLength(3);
    bot.clock.set(new Date('2027-01-21T10:00:00-05:00'));
    expect(await told('isso', 'scorecard end 3 2 5 4 1 4')).toContain('six levels from 0 to 4');
    const end = await told('isso', 'scorecard end 3 2 1 4 1 4');
    expect(end).toContain('Federal standards: 1 at the start, 3 at the end: a gain of 2');
    expect(end).toContain('Information technology: 2 at the start, 2 at the end: no change');
    expect(end).toContain('Risk assessment: 2 at the start, 1 at the end: 1 lower');
    expect(await told('isso', 'scorecard')).toContain('Your scorecards:');
  });
});

describe('what is said of courses in a nudge', () => {
  it('begins on the first day of a course and ends when it is done; what the card says itself is left to it', async () => {
    expect(await keysOn('2026-12-08')).toEqual(['role_review', 'scorecard_start', 'toolkit', 'mentorship']);
    expect(await keysOn('2026-12-14')).toEqual([
      'role_review',
      'scorecard_start',
      'video_series',
      'activities_overview',
      'toolkit',
      'mentorship',
      'policies',
    ]);
    for (const typed of ['role done', 'mentorship later']) await told('isso', `course ${typed}`);
    expect(await keysOn('2026-12-21')).not.toEqual(expect.arrayContaining(['role_review']));
    expect(await keysOn('2026-12-21')).not.toContain('mentorship');
    expect(await keysOn('2026-12-21')).not.toContain('isspa');
  });

  it('says the forum from its day on, which is when it can be attended', async () => {
    await told('ispg', 'import forum 2027-01-21 1pm Zero trust');
    expect(await keysOn('2027-01-20')).not.toContain('forum');
    expect(await keysOn('2027-01-21')).toContain('forum');
  });

  it('says role-based training on its reminder days, and daily from the day on which it is due', async () => {
    await told('lead', `item ${number} curriculum not needed because they know all of it`);
    const said = [];
    for (const day of [
      '2026-12-21',
      '2026-12-22',
      '2026-12-23',
      '2027-01-06',
      '2027-01-22',
      '2027-01-29',
      '2027-02-03',
      '2027-02-04',
      '2027-02-05',
      '2027-02-08',
    ])
      if ((await keysOn(day)).includes('rbt')) said.push(day);
    expect(said).toEqual([
      '2026-12-22',
      '2027-01-06',
      '2027-01-22',
      '2027-01-29',
      '2027-02-04',
      '2027-02-05',
      '2027-02-08',
    ]);
    expect((await lines('2027-02-08')).map(({ dueOn }) => dueOn)).toEqual(['2027-02-05']);
  });

  it('is empty for whoever is no Service ISSO', async () => {
    const none = await bot.store.transaction((tx) =>
      courseLinesOf({ tx, now: bot.clock.now(), programme: bot.programme }, 'bo', '2026-12-21'),
    );
    expect(none).toEqual([]);
  });
});

describe('somebody who has left', () => {
  it('is said no course, stands on no list, and writes no notes', async () => {
    expect(await keysOn('2026-12-21')).toContain('toolkit');
    expect(await told('gtl', `reassign ${number} isso departed`)).toContain(number);
    expect((await engagementOf(bot, number)).state).toBe('REASSIGNING');
    expect(await lines('2026-12-21')).toEqual([]);
    expect(await lines('2027-02-08')).toEqual([]);
    expect(await told('lead', 'rbt list')).not.toContain('Ines');
    expect(writersOf([await engagementOf(bot, number)])).toEqual(new Map());
    const reading = { now: bot.clock.now(), programme: bot.programme };
    const reviewed = await bot.store.transaction((tx) => trainingsToReview({ ...reading, tx }, '2027-12-31'));
    expect(reviewed).toEqual([]);
  });
});

describe('the yearly renewal', () => {
  it('is said of somebody at work, and its day moves on by a year when it is done', async () => {
    bot = await startBot(await openTestStore());
    const at = await working(bot);
    // What stayed open when work began goes on being said, until its line is settled.
    await told('lead', `item ${at} offer done`);
    expect(await keysOn('2027-09-30')).toContain('toolkit');
    await told('lead', `item ${at} curriculum not needed because they know all of it`);
    bot.clock.set(new Date('2027-10-03T10:00:00-04:00'));
    // Done on November 2, 2026, so due on Tuesday, November 2, 2027; 30 days before is Sunday, October 3.
    expect(await keysOn('2027-10-01')).toEqual(['rbt']);
    expect(await keysOn('2027-10-04')).toEqual([]);
    bot.clock.set(new Date('2027-10-20T10:00:00-04:00'));
    await told('isso', 'course rbt done on 10/19/2027 ref CERT-9 8 hours');
    expect(await told('isso', 'courses')).toContain(
      'Role-based training due next: Wednesday, October 18, 2028',
    );
    expect(await keysOn('2027-11-02')).toEqual([]);
    const { id } = await engagementOf(bot, at);
    const milestones = await bot.store.transaction((tx) => tx.milestones.ofEngagement(id));
    expect(milestones.find(({ name }) => name === 'training-done')?.on).toBe('2027-10-19');
    const review = await told('lead', 'training review');
    expect(review).toContain(
      'Ines Sorensen: due by Wednesday, October 18, 2028; last done on Tuesday, October 19, 2027, reference CERT-9',
    );
    expect(review).not.toContain('hours');
    expect(await told('ispg', 'rbt list')).not.toContain('CERT-9');
    for (const who of ['isso', 'bo', 'cor'])
      expect(await told(who, 'training review')).toContain('not open to you');
  });
});
