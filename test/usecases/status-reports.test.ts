import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { statusReport } from '../../src/domain/status-report.ts';
import { newReport } from '../../src/domain/status-report-kept.ts';
import { createDrawing } from '../../src/drawing.ts';
import { adaptiveCard } from '../../src/messages/adaptive-card.ts';
import { reportMessage } from '../../src/messages/copy/status-report.ts';
import { saidWords } from '../../src/messages/copy/status-report-words.ts';
import { CARD_BUDGET_BYTES } from '../../src/messages/limits.ts';
import { followStatusReports, freshReportMemory } from '../../src/usecases/status-report-clock.ts';
import { weekOf } from '../../src/usecases/status-report-view.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { identified, sayItems, working } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const THURSDAY = eastern('2026-12-03T10:00');
const FRIDAY = eastern('2026-12-04T10:00');

const { papermaker, stop } = createDrawing();
afterAll(stop);

let bot: Bot;
let number: RequestNumber;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { papermaker });
  number = await identified(bot);
  await told('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
  await bot.deliver();
  await tick('2026-12-03T00:00');
  bot.clock.set(THURSDAY);
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n---\n');
};
/** The clock shows that time, and the job has run. */
async function tick(local: string): Promise<number> {
  bot.clock.set(eastern(local));
  const done = await followStatusReports(bot, bot.clock.now(), freshReportMemory());
  await bot.deliver();
  return done;
}
const versions = (friday = '2026-12-04') =>
  bot.store.transaction((tx) => tx.papers.versions('status-report', friday));
const find = (key: string) => bot.store.deliveries.find(key);

describe('the draft of the week', () => {
  it('is read by the contract lead, with numbers from the card and the records behind them', async () => {
    expect(await told('lead', 'report')).toContain('Weekly status report, week of Friday, December 4, 2026');
    bot.clock.set(eastern('2026-12-09T10:00'));
    expect(await told('lead', 'report 12/11/2026')).toContain('begins on Thursday, December 10, 2026');
    await tick('2026-12-10T10:00');
    const draft = await told('lead', 'report 12/11/2026');
    expect(draft).toContain('Draft, not submitted yet.');
    expect(draft).toContain(`Onboarding: 1 (${number})`);
    expect(draft).toMatch(
      new RegExp(
        `${number} Ines Sorensen, Service ISSO: day 3 of 60, 0% done, on track, forecast ready`,
        'u',
      ),
    );
    await sayItems(bot, number, ['offer done on 12/8/2026']);
    await told('lead', `item ${number} laptop blocked The stock is empty until May.`);
    const later = await told('lead', 'report 12/11/2026');
    expect(later).toMatch(/day 3 of 60, 4% done/u);
    expect(later).toMatch(/Blocked: [A-Z]/u);
    // What somebody wrote about a line is for those who see the card.
    expect(later).not.toContain('stock is empty');
  });

  it('is nobody else\u2019s, and the same is said to whoever asks where there is nothing', async () => {
    for (const who of ['gtl', 'cor', 'ispg'])
      expect([who, await told(who, 'report')]).toEqual([
        who,
        expect.stringContaining('No report was submitted in the last weeks'),
      ]);
    const named = await told('gtl', 'report 12/4/2026');
    expect(named).toContain('The report for the week of 12/4/2026 is not submitted yet');
    expect(named).toContain('with the contract lead');
    expect(await told('gtl', 'acknowledge report 12/4/2026')).toContain('with the contract lead');
    for (const who of ['bo', 'cra'])
      expect([who, await told(who, 'report')]).toEqual([who, expect.stringContaining('not open to you')]);
    for (const typed of ['submit report', 'edit report risks: none', 'acknowledge report'])
      expect(await told('bo', typed)).toContain('not open to you');
    expect(await told('gtl', 'submit report')).toContain('not open to you');
    expect(await told('lead', 'acknowledge report')).toContain('not open to you');
    expect(await versions()).toHaveLength(1);
  });

  it('takes other words, and its numbers can\u2019t be typed', async () => {
    expect(await told('lead', 'edit report risks: The badge office is closed.')).toContain(
      'The badge office is closed.',
    );
    expect(await told('lead', `edit report remark ${number}: All papers are in.`)).toContain(
      `${number}: All papers are in.`,
    );
    expect(await told('lead', 'edit report numbers: 5')).toContain('Only the words can be edited');
    expect(await told('lead', 'edit report remark ISSO-2026-0999: x')).toContain('does not exist');
    expect(await told('lead', 'edit report risks: as drafted')).toContain('None known from the cards');
    expect((await versions()).map(({ byId }) => byId)).toEqual([null, 'lead', 'lead', 'lead']);
  });

  it('keeps nothing that must not be in it', async () => {
    for (const [typed, kind] of [
      ['edit report help: her EUA ID is A1B2', 'an EUA ID'],
      [`edit report remark ${number}: adjudication denied`, 'details of the adjudication'],
      ['edit report risks: SSN 123-45-6789', 'a Social Security number'],
      ['edit report risks: login XK4T is locked', 'an EUA ID'],
      ['edit report 12/4/2026 help: her credit check failed', 'Please write only what is done'],
    ] as const)
      expect([typed, await told('lead', typed)]).toEqual([typed, expect.stringContaining(kind)]);
    expect(await versions()).toHaveLength(1);
  });
});

describe('a report that is submitted', () => {
  beforeEach(async () => {
    await told('isso', 'note Fingerprints are booked; in the way: no laptop; help: call the badge office');
    bot.clock.set(FRIDAY);
    await told('lead', 'submit report');
  });

  it('comes to GTL and COR with its PDF, once, with buttons that say what to type', async () => {
    for (const who of ['gtl', 'cor']) {
      const text = await standing(who);
      expect(text.split('Weekly status report, week of').length - 1).toBe(1);
      expect(text).toContain('Ines Sorensen: Fingerprints are booked. In the way: no laptop');
      expect(text).toContain('Ines Sorensen: call the badge office');
      const row = await find(`status-report:2026-12-04:2:${who}`);
      expect(row?.attachment).toMatchObject({ name: 'status-report-2026-12-04.pdf', encoding: 'base64' });
      expect(row?.message.buttons.map(({ typed }) => typed)).toEqual([
        'acknowledge report 12/4/2026',
        'return report 12/4/2026 because your words',
        'report 12/4/2026 pdf',
        'report 12/4/2026 docx',
        'report 12/4/2026 csv',
      ]);
    }
    expect(await standing('lead')).not.toContain('is acknowledged');
  });

  it('is frozen: what happens later changes neither its numbers nor its words', async () => {
    const before = await told('gtl', 'report 12/4/2026');
    await sayItems(bot, number, ['isspa_training done on 12/2/2026 ref T-1']);
    bot.clock.set(eastern('2026-12-07T10:00'));
    expect(await told('gtl', 'report 12/4/2026')).toBe(before);
    // It waits for GTL and COR, and the new week's has not begun.
    expect(await told('lead', 'edit report risks: late words')).toContain('is submitted and waits for');
    expect(await versions()).toHaveLength(2);
    for (const typed of ['edit report 12/11/2026 risks: early', 'submit report 12/11/2026'])
      expect(await told('lead', typed)).toContain('begins on Thursday, December 10, 2026');
    expect(await versions('2026-12-11')).toHaveLength(0);
    expect(await told('isso', 'note more')).toContain('week of 12/11/2026');
  });

  it('is acknowledged, which the contract lead hears, and then is done with', async () => {
    expect(await told('cor', 'acknowledge report')).toContain('is acknowledged. The contract lead is told');
    expect(await standing('lead')).toContain("Conor O'Rourke took note of it");
    expect(await standing('gtl')).toContain("Acknowledged by Conor O'Rourke");
    expect(await told('gtl', 'return report 12/4/2026 because of a number')).toContain(
      "is acknowledged by Conor O'Rourke since",
    );
    expect(await told('lead', 'report 12/4/2026')).toContain("Acknowledged by Conor O'Rourke");
  });

  it('is returned with the reason, edited, and submitted again with numbers of then', async () => {
    expect(await told('gtl', 'return report because')).toContain('Please write something here');
    expect(await told('gtl', 'return report because The end dates are missing.')).toContain('is returned');
    expect(await standing('lead')).toContain('The end dates are missing.');
    await sayItems(bot, number, ['isspa_training done on 12/2/2026 ref T-1']);
    bot.clock.set(eastern('2026-12-04T18:00'));
    const again = await told('lead', 'submit report');
    expect(again).toContain('is submitted');
    // It was in time the first time.
    expect(await told('gtl', 'report')).not.toContain('late');
    expect(await told('gtl', 'report')).toContain('4% done');
    expect(await told('gtl', 'report 12/4/2026 as of 12/3/2026')).toContain('was not submitted yet');
  });

  it('can be read as it was on a day', async () => {
    bot.clock.set(eastern('2026-12-07T10:00'));
    await told('gtl', 'acknowledge report 12/4/2026');
    expect(await told('ispg', 'report 12/4/2026')).toContain('Acknowledged by');
    const then = await told('ispg', 'report 12/4/2026 as of 12/4/2026');
    expect(then).toContain('Submitted by Leila Haddad');
    expect(then).not.toContain('Acknowledged by');
  });

  it('answers a card of before with the report as it is now', async () => {
    const press = { verb: 'report.acknowledge', subject: '2026-12-04', version: 2 };
    await bot.press('cor', press);
    const stale = await bot.press('gtl', press);
    expect(stale.updates.join()).toContain('Acknowledged by');
    expect(await versions()).toHaveLength(3);
  });

  it('goes as a file to whoever asks, the same bytes each time', async () => {
    const sent = async (who: string, typed: string) => {
      expect(await told(who, typed)).toContain('I send it to you as');
      await bot.deliver();
      const last = bot.adapter.asked.findLast(({ to, key }) => to.id === who && key.includes('-file:'));
      return (last && (await find(last.key))?.attachment?.content) ?? '';
    };
    const pdf = await sent('ispg', 'report pdf');
    expect(Buffer.from(pdf, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    bot.clock.set(eastern('2026-12-08T10:00'));
    expect(await sent('auditor', 'report 12/4/2026 pdf')).toBe(pdf);
    const docx = await sent('ispg', 'report docx');
    expect(Buffer.from(docx, 'base64').subarray(0, 2).toString()).toBe('PK');
    expect(await sent('auditor', 'report 12/4/2026 word')).toBe(docx);
    const csv = await sent('gtl', 'report 12/4/2026 csv');
    expect(csv).toContain(`Onboarding,${number},"Ines Sorensen, Service ISSO",Percent done,0`);
    expect(await sent('lead', 'report 12/4/2026 csv')).toBe(csv);
    expect(await told('bo', 'report 12/4/2026 pdf')).toContain('not open to you');
  });
});

describe('weeks that are not the present one', () => {
  it('are left alone by words without a day, and named where they wait', async () => {
    await tick('2026-12-10T10:00');
    const submitted = await told('lead', 'submit report');
    expect(submitted).toContain('week of Friday, December 11, 2026 is submitted');
    expect(submitted).toContain('`submit report 12/4/2026`');
    expect((await versions()).at(-1)?.answers.state).toBe('draft');
    expect(await told('lead', 'edit report help: x')).toContain('`submit report 12/4/2026`');
    const late = await told('lead', 'submit report 12/4/2026');
    expect(late).toContain('Its numbers are those of Thursday, December 10, 2026');
    expect(late).not.toContain('An older one');
    const read = await told('gtl', 'report 12/4/2026');
    expect(read).toContain('week of Friday, December 4, 2026: numbers as of Thursday, December 10, 2026');
    const taken = await told('gtl', 'acknowledge report');
    expect(taken).toContain('week of Friday, December 11, 2026 is acknowledged');
    expect(taken).toContain('`acknowledge report 12/4/2026`');
    const again = await told('gtl', 'return report because of a number');
    expect(again).toContain('is acknowledged by');
    expect((await versions()).at(-1)?.answers.state).toBe('submitted');
  });

  it('can be edited and submitted by their day', async () => {
    await tick('2026-12-10T10:00');
    expect(await told('lead', 'edit report 12/4/2026 risks: Few laptops.')).toContain('Few laptops.');
    expect((await versions()).at(-1)?.answers.words).toMatchObject({ risks: 'Few laptops.' });
    expect(await told('lead', 'edit report 99/99/2026 risks: x')).toContain('which week that is');
  });

  it('do not exist where none was begun, and none can be begun afterwards', async () => {
    for (const typed of ['report 11/20/2026', 'submit report 11/20/2026', 'edit report 11/20/2026 risks: x'])
      expect(await told('lead', typed)).toContain('No report was begun for the week of 11/20/2026');
    expect(await told('gtl', 'acknowledge report 11/20/2026')).toContain('No report was begun');
    expect(await versions('2026-11-20')).toHaveLength(0);
  });

  it('are named in what is to be typed', async () => {
    expect(await standing('lead')).toContain('`submit report 12/4/2026`');
    await tick('2026-12-04T17:00');
    await tick('2026-12-07T10:00');
    expect((await standing('lead')).split('is late')[1]).toContain('`submit report 12/4/2026`');
    await told('lead', 'submit report');
    await told('gtl', 'return report 12/4/2026 because More.');
    expect((await standing('lead')).split('came back')[1]).toContain('`submit report 12/4/2026` again');
  });
});

describe('notes around the submission', () => {
  it('are not asked for any more, and what is written later is kept for the next week', async () => {
    await told('lead', 'submit report');
    expect(await tick('2026-12-03T15:00')).toBe(0);
    expect(await find('status-note-again:2026-12-04:isso')).toBeNull();
    const kept = await told('isso', 'note The laptop came');
    expect(kept).toContain('week of 12/4/2026 is submitted already');
    expect(kept).toContain('It is for the report of the week of 12/11/2026');
    const old = { verb: 'report.nothing', subject: '2026-12-04' };
    expect((await bot.press('isso', old)).said.join()).toContain('The laptop came');
    expect((await bot.press('isso', { ...old, subject: '2026-10-02' })).said.join()).toContain(
      'takes no more notes',
    );
    await tick('2026-12-10T10:00');
    expect(await told('lead', 'report')).toContain('Ines Sorensen: The laptop came.');
  });

  it('that were still to be asked for are not', async () => {
    const early = await startBot(await openTestStore(), { papermaker });
    await identified(early);
    await early.say(
      'lead',
      `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`,
    );
    early.clock.set(eastern('2026-12-03T00:00'));
    await followStatusReports(early, early.clock.now(), freshReportMemory());
    await early.say('lead', 'submit report');
    const asked = await early.store.deliveries.find('status-note:2026-12-04:isso');
    expect(asked?.state).toBe('suppressed');
  });
});

describe('what must not be in a report', () => {
  it('is in no file of one whose records hold it', async () => {
    await sayItems(bot, number, ['isspa_training done on 12/2/2026 ref EUA-Q7XZ']);
    await told('lead', `item ${number} laptop blocked Waits behind case 778899.`);
    await told('isso', `stuck ${number} My login Q7XZ is refused.`);
    await told('lead', `item ${number} curriculum next: Ask Q7XZ.`);
    bot.clock.set(FRIDAY);
    expect(await told('lead', 'submit report')).toContain('is submitted');
    await told('gtl', 'report csv');
    await bot.deliver();
    const file = bot.adapter.asked.findLast(({ key }) => key.includes('-file:'));
    const csv = (file && (await find(file.key))?.attachment?.content) ?? '';
    expect(csv).toContain('Open blockers,B-');
    for (const planted of ['Q7XZ', '778899', 'Claims Hub', 'demo.cms.example'])
      expect([
        planted,
        csv.includes(planted),
        (await standing('gtl')).split('Weekly status report')[1]?.includes(planted),
      ]).toEqual([planted, false, false]);
  });

  it('stops its submission where it stood in a note of before', async () => {
    await bot.store.transaction((tx) =>
      tx.papers.insert({
        kind: 'status-note',
        subject: '2026-12-04/isso',
        version: 2,
        formVersion: 1,
        answers: { state: 'written', words: { wentOn: 'EUA ID Q7XZ came.', blockers: '', help: '' } },
        byId: 'isso',
        at: bot.clock.now(),
        reason: null,
      }),
    );
    expect(await told('lead', 'submit report')).toContain('looked like it contained an EUA ID');
    expect(await versions()).toHaveLength(1);
    await told('lead', `edit report remark ${number}: The account came.`);
    expect(await told('lead', 'submit report')).toContain('is submitted');
  });
});

describe('the same by buttons and dialogs', () => {
  const press = (verb: string, version: number) => ({ verb, subject: '2026-12-04', version });

  it('edits what was drafted, and leaves what was not touched to the draft', async () => {
    await told('isso', 'note help: call the badge office');
    const { dialog } = await bot.press('lead', press('report.edit', 1));
    expect(dialog?.fields.map(({ id, value }) => [id, value])).toEqual([
      ['risks', ''],
      ['help', 'Ines Sorensen: call the badge office'],
    ]);
    const bad = await bot.submit('lead', press('report.edit', 1), { risks: 'EUA ID A1B2', help: '' });
    expect(Object.keys(bad.errors ?? {})).toEqual(['risks']);
    await bot.submit('lead', press('report.edit', 1), {
      risks: 'Few laptops.',
      help: 'Ines Sorensen: call the badge office',
    });
    const [, edited] = await versions();
    expect(edited?.answers.words).toEqual({ risks: 'Few laptops.', help: null, remarks: {} });
    const remark = await bot.press('lead', press('report.remark', 2));
    expect(remark.dialog?.fields[0]?.options?.map(({ id }) => id)).toEqual([number]);
    await bot.submit('lead', press('report.remark', 2), { about: number, words: 'Well.' });
    const submitted = await bot.press('lead', press('report.submit', 3));
    expect(submitted.updates.join()).toContain('Submitted by Leila Haddad');
    const back = await bot.press('gtl', press('report.return', 4));
    expect(back.dialog?.title).toBe('Return the report');
    expect((await bot.submit('gtl', press('report.return', 4), { because: ' ' })).errors).not.toBeNull();
    await bot.submit('gtl', press('report.return', 4), { because: 'More.' });
    expect((await versions()).at(-1)?.answers.state).toBe('returned');
  });

  it('takes a note, and takes nothing for one', async () => {
    const note = { verb: 'report.note', subject: '2026-12-04' };
    expect((await bot.press('isso', note)).dialog?.title).toBe('Your weekly note');
    expect((await bot.submit('isso', note, { wentOn: '', blockers: '', help: '' })).errors).not.toBeNull();
    const bad = await bot.submit('isso', note, {
      wentOn: 'born on May 3',
      blockers: 'EUA ID A1B2',
      help: 'x',
    });
    expect(Object.keys(bad.errors ?? {})).toEqual(['wentOn', 'blockers']);
    expect((await bot.submit('isso', note, { wentOn: 'Well.', help: '' })).said.join()).toContain(
      'Your note is kept',
    );
    expect((await bot.press('isso', { ...note, verb: 'report.nothing' })).said.join()).toContain(
      'Nothing new.',
    );
    const longAgo = { ...note, subject: '2026-10-02' };
    expect((await bot.submit('isso', longAgo, { wentOn: 'x' })).said.join()).toContain('takes no more notes');
    expect((await bot.press('bo', note)).said.join()).toContain('not open to you');
    expect((await bot.press('isso', { ...note, subject: 'x' })).said.join()).toContain('not open to you');
  });

  it('takes "note" for no word of theirs from those who write none', async () => {
    expect(await told('bo', 'note this down')).not.toContain('weekly');
    expect(await told('isso', 'report note')).toContain('Your note for the weekly status report');
    expect(await told('isso', 'note')).toContain('You have not written anything yet');
  });
});

describe('the rhythm of the week', () => {
  it('asks Service ISSOs on Thursday in the message of the day, and whoever has not answered once more', async () => {
    expect(await standing('isso')).toContain('Your note for the weekly status report');
    expect(await find('status-note:2026-12-04:isso')).toMatchObject({
      urgency: 'routine',
      // Ines works in Denver.
      dueAt: new Date('2026-12-03T00:00:00-07:00'),
      expiresAt: eastern('2026-12-04T12:00'),
      state: 'sent',
    });
    expect(await tick('2026-12-03T15:00')).toBe(1);
    // The day's message has gone: the reminder is part of the next one.
    expect(await standing('isso')).not.toContain('Reminder: your note');
    await tick('2026-12-04T10:00');
    expect(await standing('isso')).toContain('Reminder: your note');
    expect(await tick('2026-12-04T10:01')).toBe(0);
  });

  it('does not ask again whoever has answered, also after the reminder was written', async () => {
    expect(await standing('isso')).toContain('Your note for the weekly status report');
    await tick('2026-12-03T15:00');
    await told('isso', 'note nothing new');
    await tick('2026-12-04T10:00');
    expect((await find('status-note-again:2026-12-04:isso'))?.state).toBe('suppressed');
    expect(await standing('isso')).not.toContain('Reminder: your note');
  });

  it('tells the contract lead of the draft, again on the day on which it is due, and who has it that it is late', async () => {
    // The contract lead reads it in the morning of their own zone.
    expect(await standing('lead')).toContain('The draft of the weekly status report is ready');
    await tick('2026-12-04T10:00');
    expect(await standing('lead')).toContain('The weekly status report is due today');
    expect(await tick('2026-12-04T17:00')).toBe(1);
    await tick('2026-12-07T10:00');
    for (const who of ['lead', 'gtl', 'cor'])
      expect((await standing(who)).split('The weekly status report is late').length - 1).toBe(1);
    await told('lead', 'submit report');
    expect(await told('gtl', 'report 12/4/2026')).toContain('it came late');
    await tick('2026-12-08T10:00');
    expect((await standing('gtl')).split('The weekly status report is late').length - 1).toBe(1);
  });

  it('says nothing more once it is submitted', async () => {
    await told('lead', 'submit report');
    await tick('2026-12-04T10:00');
    expect(await standing('lead')).not.toContain('is due today');
    expect(await tick('2026-12-04T17:00')).toBe(0);
  });

  it('begins a day earlier when the Friday is a holiday', async () => {
    await tick('2026-12-23T00:00');
    expect(await find('status-note:2026-12-25:isso')).toMatchObject({
      dueAt: new Date('2026-12-23T00:00:00-07:00'),
      expiresAt: eastern('2026-12-24T12:00'),
    });
    bot.clock.set(eastern('2026-12-23T10:00'));
    expect(await told('lead', 'report 12/25/2026')).toContain('Christmas Day moved it');
  });

  it('is quiet in a programme without any engagement', async () => {
    const empty = await startBot(await openTestStore());
    empty.clock.set(THURSDAY);
    expect(await followStatusReports(empty, THURSDAY, freshReportMemory())).toBe(0);
    const shown = (await empty.say('lead', 'report')).said.join();
    expect(shown).toContain('Nobody is in onboarding.');
    expect(shown).not.toContain('`show ');
  });

  it('counts people at work and the end of their term', async () => {
    const other = await working(bot, '2027-01-15');
    const draft = await told('lead', 'report');
    expect(draft).toContain(`Working: 1 (${other})`);
    expect(draft).toContain(`${other}: last day Fri, Jan 15, 2027.`);
    expect(draft).toContain('done on Mon, Nov 2, 2026');
  });
});

describe('a file for somebody in Teams, which takes none', () => {
  const inTeams = (mailIsOn: boolean) => async () => {
    const there = await startBot(await openTestStore(), { papermaker, programme: { mailIsOn } });
    await there.store.transaction((tx) => tx.people.linkPlatformUser('teams', 'teams-gtl', 'gtl'));
    there.clock.set(THURSDAY);
    await there.say('lead', 'submit report');
    return there;
  };
  const keys = async (there: Bot): Promise<readonly (readonly [string, string | undefined])[]> =>
    there.store.transaction(async (tx) =>
      (await tx.deliveries.undelivered(new Date(0))).map(({ key, to }) => [key, to.kind] as const),
    );

  it('goes by mail where mail is set up; the report itself comes to Teams without it', async () => {
    const there = await inTeams(true)();
    expect((await there.store.deliveries.find('status-report:2026-12-04:1:gtl'))?.attachment).toBeNull();
    expect((await there.store.deliveries.find('status-report:2026-12-04:1:cor'))?.attachment).not.toBeNull();
    await there.deliver();
    // No mail goes out in this world: what was to go is known as not delivered.
    const [mail] = (await keys(there)).filter(([key]) => key.startsWith('status-report-mail:'));
    expect(mail?.[1]).toBe('mailbox');
    expect((await there.say('teams-gtl', 'report csv', { platform: 'teams' })).said.join()).toContain(
      'as CSV now',
    );
  });

  it('goes by mail to whoever asks in Teams, though they are written to in Slack', async () => {
    const there = await inTeams(true)();
    const [first] = await there.store.transaction(async (tx) => {
      await tx.people.linkPlatformUser('teams', 'teams-cor', 'cor');
      await tx.people.linkPlatformUser('slack', 'slack-cor', 'cor');
      return tx.people.addresses('cor');
    });
    expect(first?.platform).toBe('slack');
    await there.say('teams-cor', 'report csv', { platform: 'teams' });
    await there.deliver();
    // The Government Task Lead's PDF is the other.
    const mails = (await keys(there)).filter(([key]) => key.startsWith('status-report-mail:'));
    expect(mails.map(([, kind]) => kind)).toEqual(['mailbox', 'mailbox']);
  });

  it('is said not to come where there is no mail', async () => {
    const there = await inTeams(false)();
    const asked = await there.say('teams-gtl', 'report pdf', { platform: 'teams' });
    expect(asked.said.join()).toContain("I can't send files here");
  });
});

describe('the report of a large programme', () => {
  it('stays within what a card may take, with every section in it', async () => {
    const numbers = statusReport({
      today: '2026-12-30',
      engagements: Array.from({ length: 600 }, (_, at) => ({
        number: `ISSO-2026-${String(at + 1).padStart(4, '0')}`,
        state: 'ONBOARDING' as const,
        endOn: null,
      })),
      onboarding: Array.from({ length: 600 }, (_, at) => ({
        personId: `p${at}`,
        name: `Person Number ${at}`,
        number: `ISSO-2026-${String(at + 1).padStart(4, '0')}`,
        dayZeroOn: '2026-12-07',
        percent: 10,
        nextItems: ['Background questionnaire submitted'],
        blockedItems: ['Fingerprints taken'],
        readyOn: '2027-03-01',
        standing: 'late' as const,
        daysInHand: new Map(),
      })),
      training: [],
      property: [],
      blockers: [],
    });
    const message = reportMessage(
      {
        week: weekOf(bot, '2027-01-01'),
        kept: newReport(),
        version: 1,
        numbers,
        said: saidWords(numbers, [], newReport().words),
        asOf: bot.clock.now(),
        people: new Map(),
        zone: 'America/New_York',
        now: bot.clock.now(),
      },
      { mayWrite: true, maySettle: false },
    );
    const card = JSON.stringify(adaptiveCard(message, { timeZone: 'America/New_York' }));
    expect(new TextEncoder().encode(card).length).toBeLessThanOrEqual(CARD_BUDGET_BYTES);
    for (const words of ['Onboarding: 600', 'Risks', 'Help wanted', 'Remarks', 'and 590 more: type'])
      expect(card).toContain(words);
    expect(message.blocks.length).toBeLessThanOrEqual(45);
  });
});
