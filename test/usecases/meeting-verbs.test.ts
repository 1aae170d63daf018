import { beforeEach, describe, expect, it } from 'vitest';
import type { Meeting } from '../../src/domain/meeting.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

const WEEKLY = 'meeting:lead_weekly';
/** Friday, December 4, 2026, 10:00 Eastern. */
const FRIDAY = new Date('2026-12-04T10:00:00-05:00');

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: FRIDAY });
  await bot.planMeetings();
  await bot.deliver();
}, 60_000);

const one = async (plannedFor = '2026-12-08T10:00'): Promise<Meeting> => {
  const found = await bot.store.transaction((tx) => tx.meetings.occurrence(WEEKLY, plannedFor));
  if (!found) throw new Error(`nothing is planned for ${plannedFor}`);
  return found;
};
const all = (): Promise<Meeting[]> => bot.store.transaction((tx) => tx.meetings.ofCadence(WEEKLY, ''));
const booked = async (): Promise<string[]> =>
  (await all())
    .filter(({ state }) => state === 'booked')
    .map(({ bookedFor }) => bookedFor?.startsAt.toISOString() ?? '')
    .toSorted();
const answer = async (who: string, text: string): Promise<string> =>
  (await bot.say(who, text)).said.join('\n');
const button = (meeting: Meeting, verb: string, choice?: string) => ({
  verb: `meeting.${verb}`,
  subject: meeting.id,
  version: meeting.version,
  ...(choice === undefined ? {} : { choice }),
});
const NO_MEETING = 'it does not exist, or you do not have access';

describe('answering', () => {
  it('notes the latest answer of somebody invited, by words and by button', async () => {
    expect(await answer('issolead', 'accept weekly')).toContain(
      'Noted: you come to the Service ISSO Lead check-in, Tuesday, December 8, 2026 at 10:00 AM Eastern Time',
    );
    const pressed = await bot.press('issolead', button(await one(), 'decline'));
    expect(pressed.said.join()).toContain('you do not come');
    expect((await one()).responses.map(({ personId, answer: how }) => [personId, how])).toEqual([
      ['issolead', 'declined'],
    ]);
  });

  it('answers a button pressed twice with the card as it stands, changing nothing', async () => {
    const press = button(await one(), 'accept');
    await bot.press('issolead', press);
    const version = (await one()).version;
    const again = await bot.press('issolead', press);
    expect(again.said.join('\n')).toContain('That card was out of date');
    expect(again.said.join('\n')).toContain('Your answer: You come');
    expect((await one()).version).toBe(version);
  });

  it('tells whoever arranges it that somebody does not come: with the day’s message, or at once when it is near', async () => {
    await bot.say('issolead', 'decline weekly Dec 15');
    const key = `meeting-declined:${(await one('2026-12-15T10:00')).id}:2:ispg`;
    expect(await bot.store.deliveries.find(key)).toMatchObject({ urgency: 'routine' });
    await bot.say('ispg', 'reschedule weekly Dec 15 to Wed Dec 16 2pm');
    await bot.deliver();
    expect(await bot.store.deliveries.find(key)).toMatchObject({ state: 'suppressed' });
    bot.clock.set(new Date('2026-12-07T14:00:00-05:00'));
    await bot.say('issolead', 'decline weekly Dec 8');
    await bot.say('issolead', 'decline weekly Dec 8');
    await bot.deliver();
    const told = bot.standing('ispg').filter((text) => text.includes('does not come'));
    expect(told.join()).toContain(
      'Isaac Lindqvist does not come to the Service ISSO Lead check-in, Tuesday, December 8, 2026',
    );
    expect(told.join()).toContain('1 of the');
    expect(told.join()).toContain('`reschedule weekly Dec 8`');
  });

  it('says the same to somebody not invited whether the meeting exists or not', async () => {
    const real = await answer('bo', 'accept weekly');
    expect(real).toContain(NO_MEETING);
    expect(await answer('bo', 'accept weekly Jul 4')).toBe(real);
    expect(await answer('bo', 'accept initial ISSO-2026-0999')).toBe(real);
    const forged = await bot.press('bo', { verb: 'meeting.accept', subject: 'no-such-id', version: 1 });
    expect(forged.said.join('\n')).toBe(real);
    expect((await bot.press('bo', button(await one(), 'cancel'))).said.join('\n')).toBe(real);
  });
});

describe('another time', () => {
  it('proposed ones are checked where the proposer is, go to the organizer, and one is taken', async () => {
    expect(await answer('issolead', 'propose weekly Sat Dec 12 2pm; Dec 25 10am')).toMatch(
      /weekend[\s\S]*Christmas/u,
    );
    const said = await answer('issolead', 'propose weekly Dec 8: Tue Dec 8 2pm; Wed Dec 9 10am');
    expect(said).toContain('1. Tuesday, December 8, 2026 at 2:00 PM Eastern Time');
    expect((await one()).state).toBe('booked');
    await bot.deliver();
    expect(bot.standing('ispg').join('\n')).toContain('Isaac Lindqvist proposes other times');
    const proposed = await one();
    const taken = await bot.press('ispg', button(proposed, 'take', '1'));
    expect(taken.said.join()).toContain('Wednesday, December 9, 2026 at 10:00 AM');
    const moved = await one();
    expect(moved).toMatchObject({ uid: proposed.uid, sequence: proposed.sequence + 1, responses: [] });
    await bot.deliver();
    expect(bot.standing('ispg').join('\n')).toContain('Answered');
    expect((await bot.press('ispg', button(proposed, 'take', '0'))).said.join()).toContain('out of date');
  });

  it('may stand behind the day of the meeting without a colon where that is plain, else a colon is asked for', async () => {
    const said = await answer('issolead', 'propose weekly Dec 15 Fri Dec 18 2pm');
    expect(said).toContain('1. Friday, December 18, 2026 at 2:00 PM Eastern Time');
    expect((await one('2026-12-15T10:00')).proposed).toHaveLength(1);
    expect(await answer('issolead', 'propose weekly Dec 15 Sat Dec 19 2pm')).toContain('is on a weekend');
    expect(await answer('issolead', 'propose weekly 2026-12-22 2026-12-23 10am')).toContain('December 23');
    expect(await answer('issolead', 'propose weekly 12/15 2pm and then 12/18 3pm')).toContain(
      'put a colon behind it: `propose weekly Dec 8: Mon Dec 7 2pm`',
    );
  });

  it('only who arranges the meeting takes, moves, skips or calls off', async () => {
    for (const words of [
      'take 1 weekly',
      'reschedule weekly to Thu Dec 10 2pm',
      'skip weekly',
      'cancel weekly',
      'held weekly',
    ])
      expect(await answer('issolead', words)).toContain('not open to you');
    expect((await one()).version).toBe(1);
  });

  it('the dialog proposes too, with each error beside its field', async () => {
    const opened = await bot.press('issolead', button(await one(), 'propose'));
    expect(opened.dialog?.fields.map(({ id }) => id)).toEqual(['time1', 'time2', 'time3']);
    const press = opened.dialog?.press ?? button(await one(), 'propose');
    const wrong = await bot.submit('issolead', press, { time1: 'Sat Dec 12 2pm', time2: '' });
    expect(wrong.errors?.time1).toContain('weekend');
    const right = await bot.submit('issolead', press, { time1: 'Wed Dec 9 10am', time2: '', time3: '' });
    expect(right.said.join()).toContain('Wednesday, December 9, 2026');
  });

  it('moves one alone, keeps its UID and tells who knew the old time', async () => {
    await bot.say('issolead', 'accept weekly');
    await bot.deliver();
    const before = await one();
    expect(await answer('ispg', 'reschedule weekly to Thu Dec 10 2pm')).toContain(
      'Thursday, December 10, 2026 at 2:00 PM',
    );
    const after = await one();
    expect(after).toMatchObject({ uid: before.uid, sequence: before.sequence + 1, responses: [] });
    await bot.deliver();
    expect(bot.standing('issolead').join('\n')).toContain('has a new time: Thursday, December 10');
    await bot.planMeetings();
    expect((await one()).bookedFor).toEqual(after.bookedFor);
    expect((await one('2026-12-15T10:00')).version).toBe(1);
  });

  it('never says a time that was overtaken before it could be said', async () => {
    bot.clock.set(new Date('2026-12-04T19:00:00-05:00'));
    await bot.say('ispg', 'reschedule weekly Dec 8 to Wed Dec 9 3pm');
    await bot.say('ispg', 'reschedule weekly Dec 9 to Thu Dec 10 3pm');
    await bot.say('gtl', 'accept weekly Dec 10');
    bot.clock.set(new Date('2026-12-07T10:00:00-05:00'));
    await bot.deliver();
    const told = bot.standing('issolead').join('\n');
    expect(told).toContain(
      'of Tue, Dec 8 has a new time: Thursday, December 10, 2026 at 3:00 PM Eastern Time. Nothing else changes. Do you come?',
    );
    expect(told).toContain('`decline weekly Dec 10`');
    expect(told).not.toContain('December 9');
  });

  it('does not move onto another meeting of somebody invited', async () => {
    expect(await answer('ispg', 'reschedule weekly to Wed Dec 9 1pm')).toContain('has another meeting');
    expect((await one()).version).toBe(1);
  });

  it('moves this and all following by moving the cadence', async () => {
    const before = await all();
    const press = button(await one(), 'reschedule');
    const opened = await bot.press('ispg', press);
    expect(opened.dialog?.fields.map(({ id }) => id)).toEqual(['time', 'scope']);
    const done = await bot.submit('ispg', opened.dialog?.press ?? press, {
      time: 'Thu Dec 10 2pm',
      scope: 'following',
    });
    expect(done.said.join()).toContain('every Thursday at 2:00 PM Eastern Time');
    expect((await booked()).slice(0, 3)).toEqual([
      '2026-12-10T19:00:00.000Z',
      '2026-12-17T19:00:00.000Z',
      '2026-12-24T19:00:00.000Z',
    ]);
    expect((await booked()).filter((at) => at.includes('T15:00'))).toEqual([]);
    // Calendars see the same meetings at other times.
    const facts = (some: readonly Meeting[], more: number) =>
      some.map(({ uid, sequence, state }) => ({ uid, sequence: sequence + more, state }));
    expect(facts(await all(), 0)).toEqual(facts(before, 1));
  });

  it('moves this and all following also when this one was moved alone before', async () => {
    await bot.say('ispg', 'reschedule weekly to Fri Dec 11 2pm');
    expect(await answer('ispg', 'reschedule weekly and following to Thu Dec 10 2pm')).toContain(
      'every Thursday',
    );
    expect((await booked())[0]).toBe('2026-12-10T19:00:00.000Z');
    expect(await booked()).not.toContain('2026-12-11T19:00:00.000Z');
  });

  it('moves all following from the next one on only, and keeps the monthly place of a monthly one', async () => {
    expect(await answer('ispg', 'reschedule weekly Dec 15 and following to Thu Dec 17 2pm')).toContain(
      'from the next one on',
    );
    expect(await answer('ispg', 'reschedule monthly and following to Thu Dec 10 2pm')).toContain(
      'the second Thursday of each month at 2:00 PM',
    );
    expect(await answer('ispg', 'reschedule weekly and following to Thu Dec 10 2am')).toContain('3:00 AM');
  });

  it('skips one occurrence; the plan leaves it skipped', async () => {
    expect(await answer('ispg', 'skip weekly Dec 15')).toContain('left out');
    await bot.planMeetings();
    expect(await one('2026-12-15T10:00')).toMatchObject({ state: 'cancelled' });
    expect((await one('2026-12-22T10:00')).state).toBe('booked');
    expect(await answer('issolead', 'accept weekly')).toContain('December 8');
  });
});

describe('the record', () => {
  const held = (body: string): Promise<string> => answer('ispg', `held weekly: ${body}`);
  beforeEach(() => bot.clock.set(new Date('2026-12-08T11:00:00-05:00')));

  it('keeps who was there, notes, decisions and follow-ups, and tells the organizer alone who was missed', async () => {
    const said = await held(
      'absent: Isaac; notes: All well; decision: Keep Tuesdays; decision: Ask Leila; follow-up: Imani sends the roster by Dec 15',
    );
    expect(said).toContain('with 2 decisions and 1 follow-up');
    expect(await one()).toMatchObject({
      state: 'held',
      heldOn: '2026-12-08',
      presentIds: ['ispg'],
      minutes: {
        notes: 'All well',
        decisions: ['Keep Tuesdays', 'Ask Leila'],
        followUps: [{ text: 'Imani sends the roster', ownerId: 'ispg', dueOn: '2026-12-15', doneAt: null }],
      },
    });
    await bot.deliver();
    expect(bot.standing('ispg').join('\n')).toContain('Isaac Lindqvist had not declined');
    expect(bot.standing('issolead').join('\n')).not.toContain('had not declined');
    expect(await answer('issolead', 'minutes weekly')).toContain('Decided:');
    expect(await answer('issolead', 'minutes weekly')).not.toContain('Missed');
    expect(await answer('ispg', 'minutes weekly Dec 8')).toContain('Missed: Isaac Lindqvist');
    expect(await answer('bo', 'minutes weekly')).toContain('you do not have access');
  });

  it('is refused before the start, for unknown or ambiguous names, and with sensitive data', async () => {
    expect(await held('present: Zoe; notes: x')).toContain('Nobody here is called "Zoe"');
    expect(await held('present: I; notes: x')).toContain('Please write more of the name');
    expect(await held('notes: his number is 123-45-6789')).toContain('did not keep it');
    expect(await held('follow-up: Zoe: send it')).toContain('Nobody here is called "Zoe"');
    expect(await held('follow-up: send it by Feb 30')).toContain('which day');
    expect((await one()).state).toBe('booked');
    bot.clock.set(new Date('2026-12-08T11:00:00-05:00'));
    expect(await answer('ispg', 'held weekly Dec 15: notes: x')).toContain('it can be recorded from then on');
  });

  it('is also taken from the dialog, with what to mend beside its field', async () => {
    const opened = await bot.press('ispg', button(await one(), 'record'));
    const press = opened.dialog?.press ?? button(await one(), 'record');
    const wrong = await bot.submit('ispg', press, { present: [], followUps: 'Zoe: send it' });
    expect(Object.keys(wrong.errors ?? {}).toSorted()).toEqual(['followUps', 'present']);
    const right = await bot.submit('ispg', press, {
      present: ['ispg', 'issolead'],
      notes: '',
      decisions: 'Keep Tuesdays\n- Ask Leila',
      followUps: 'Isaac: send the roster by Dec 15\nsomebody looks at it',
    });
    expect(right.said.join()).toContain('with 2 decisions and 2 follow-ups');
    expect((await one()).minutes?.followUps.map(({ text, ownerId }) => [text, ownerId])).toEqual([
      ['send the roster', 'issolead'],
      ['somebody looks at it', null],
    ]);
    expect((await bot.submit('ispg', press, { present: ['ispg'] })).said.join()).toContain('out of date');
  });

  it('a follow-up is told to its owner, reminded on the due morning and three business days later, and closed once', async () => {
    await held('follow-up: Isaac: send the roster by Dec 15; follow-up: Imani: nothing by Dec 16');
    await bot.deliver();
    expect(bot.standing('issolead').join('\n')).toContain('A follow-up for you');
    const { id } = await one();
    const due = await bot.store.deliveries.find(`follow-up-due:${id}:0:issolead`);
    const late = await bot.store.deliveries.find(`follow-up-late:${id}:0:issolead`);
    expect([due?.dueAt, due?.urgency, due?.topic]).toEqual([
      new Date('2026-12-15T09:00:00-05:00'),
      'routine',
      'follow-ups',
    ]);
    expect(late?.dueAt).toEqual(new Date('2026-12-18T09:00:00-05:00'));
    const others = await answer('issolead', 'done follow-up 2 weekly');
    expect(others).toContain('That follow-up is for Imani Spencer');
    expect(others).toContain('Agreed at the Service ISSO Lead check-in on Tuesday, December 8, 2026:');
    expect(others).toContain('1. send the roster (Isaac Lindqvist, by Tue, Dec 15)');
    expect(await answer('issolead', 'done follow-up 7 weekly')).toContain('from 1 to 2');
    expect(await answer('issolead', 'done follow-up 1 weekly')).toContain('Done: send the roster');
    const again = await bot.press('issolead', { verb: 'meeting.done', subject: id, choice: '0' });
    expect(again.said.join()).toContain('done already');
    expect((await bot.store.deliveries.find(`follow-up-due:${id}:0:issolead`))?.state).toBe('suppressed');
    await bot.deliver();
    expect(bot.standing('issolead').join('\n')).toContain('Done: send the roster');
    expect(bot.standing('ispg').join('\n')).toContain('Isaac Lindqvist says it is done');
  });

  it('finds owners among everybody on the roster, in whole words, those invited first', async () => {
    const said = await held(
      'follow-up: Leila sends the plan by Dec 11; follow-up: In January we look again; follow-up: Imani: nothing',
    );
    expect((await one()).minutes?.followUps.map(({ ownerId }) => ownerId)).toEqual(['lead', null, 'ispg']);
    expect(said).toMatch(/1\. Leila Haddad, by Fri, Dec 11\n2\. nobody yet\n3\. Imani/u);
    expect(said).toContain('`give follow-up 2 weekly Dec 8 to Leila`');
    await bot.deliver();
    expect(bot.standing('lead').join('\n')).toContain('A follow-up for you');
  });

  it('shows somebody from outside nothing of it but their own follow-up', async () => {
    await held(
      'notes: Between us; decision: Keep Tuesdays; follow-up: Leila sends the plan; follow-up: Imani waits',
    );
    const seen = await answer('lead', 'minutes weekly');
    expect(seen).toContain('Leila sends the plan');
    expect(seen).not.toMatch(/Between us|Keep Tuesdays|Imani waits/u);
    expect(await answer('lead', 'done follow-up 1 weekly')).toContain('Done: Leila sends the plan');
  });

  it('asks back for an ambiguous owner and for a day that is over', async () => {
    expect(await held('follow-up: I: do it')).toContain('Please write more of the name');
    for (const day of ['yesterday', 'Dec 1', '2026-12-07'])
      expect(await held(`follow-up: Imani sends it by ${day}`)).toContain('which is over');
    expect(await held('follow-up: Imani sends it by today')).toContain('Recorded');
  });

  it('a follow-up is given to somebody later, by whoever arranges the meeting, and told anew each time', async () => {
    await held('follow-up: somebody sends the plan by Dec 15');
    expect(await answer('issolead', 'give follow-up 1 weekly to Isaac')).toContain('not open to you');
    expect(await answer('ispg', 'give follow-up 1 weekly')).toContain('Please say to whom');
    expect(await answer('ispg', 'give follow-up 3 weekly to Leila')).toContain('from 1 to 1');
    expect(await answer('ispg', 'give follow-up 1 weekly to Zoe')).toContain('Nobody here is called "Zoe"');
    for (const name of ['Leila', 'Isaac', 'Leila']) {
      expect(await answer('ispg', `give follow-up 1 weekly Dec 8 to ${name}`)).toContain(
        `Follow-up 1 is with ${name}`,
      );
      await bot.deliver();
    }
    expect(bot.standing('issolead').join('\n')).toContain('No longer yours: somebody sends the plan');
    const { id, version } = await one();
    const due = await bot.store.deliveries.find(`follow-up-due-${version}:${id}:0:lead`);
    expect([due?.state, due?.dueAt]).toEqual(['pending', new Date('2026-12-15T10:00:00-05:00')]);
    expect(await answer('lead', 'done follow-up 1 weekly')).toContain('Done: somebody sends the plan');
  });

  it('what is still open stays in the reminders when a later meeting is recorded, until it is done', async () => {
    await held('follow-up: Isaac: send the roster; follow-up: Imani: book the room');
    bot.clock.set(new Date('2026-12-15T11:00:00-05:00'));
    await answer('ispg', 'held weekly Dec 15: decision: Keep Tuesdays');
    await answer('ispg', 'done follow-up 2 weekly Dec 8');
    bot.clock.set(new Date('2026-12-21T09:05:00-05:00'));
    await bot.deliver();
    const text = bot.standing('issolead').join('\n');
    expect(text).toMatch(
      /Agreed last time:[\s\S]*Keep Tuesdays[\s\S]*Still open from before:[\s\S]*send the roster \(Isaac Lindqvist, agreed Tue, Dec 8\)/u,
    );
    expect(text).not.toContain('book the room');
    await answer('issolead', 'done follow-up 1 weekly Dec 8');
    bot.clock.set(new Date('2026-12-22T09:05:00-05:00'));
    await bot.deliver();
    expect(
      bot
        .standing('issolead')
        .filter((each) => each.includes('Meeting in one hour'))
        .at(-1),
    ).not.toContain('Still open');
  });

  it('without follow-ups says so, and names the one before', async () => {
    await held('follow-up: Isaac: send the roster by Dec 15');
    bot.clock.set(new Date('2026-12-15T11:00:00-05:00'));
    await held('notes: nothing to do');
    const none = await answer('issolead', 'done follow-up 1 weekly');
    expect(none).toContain(
      'No follow-ups were agreed at the Service ISSO Lead check-in on Tuesday, December 15',
    );
    expect(none).toContain('type `done follow-up 1 weekly Dec 8`');
    expect(await answer('issolead', 'done follow-up 1 weekly Dec 8')).toContain('Done: send the roster');
  });

  it('once made, and what is left out, are said to be so to whoever tries again', async () => {
    await held('decision: Keep Tuesdays');
    for (const words of [
      'held weekly Dec 8',
      'skip weekly Dec 8',
      'take 1 weekly Dec 8',
      'cancel weekly Dec 8',
    ])
      expect(await answer('ispg', words)).toContain(
        'Nothing was changed: the Service ISSO Lead check-in was held already, on Tuesday, December 8, 2026.',
      );
    await bot.say('ispg', 'skip weekly Dec 15');
    for (const words of [
      'skip weekly Dec 15',
      'take 1 weekly Dec 15',
      'reschedule weekly Dec 15 to Thu Dec 17 2pm',
    ])
      expect(await answer('ispg', words)).toContain('of Tue, Dec 15 is left out already.');
    expect(await answer('bo', 'skip weekly Dec 15')).toContain(NO_MEETING);
    expect(await answer('ispg', 'skip weekly Dec 16')).toContain(NO_MEETING);
  });

  it('is what is left to do once a meeting has begun: it is not left out any more', async () => {
    bot.clock.set(new Date('2026-12-08T10:11:00-05:00'));
    expect(await answer('ispg', 'skip weekly')).toContain(
      "began on Tuesday, December 8, 2026 at 10:00 AM Eastern Time, so it can't be left out any more. Record it with `held weekly Dec 8`",
    );
    expect((await one()).state).toBe('booked');
  });

  it('what was agreed stands at the top of the next reminder', async () => {
    await held('decision: Keep Tuesdays');
    bot.clock.set(new Date('2026-12-14T09:05:00-05:00'));
    await bot.deliver();
    expect(bot.standing('issolead').join('\n')).toMatch(
      /Agreed last time:[\s\S]*Decided: Keep Tuesdays[\s\S]*Meeting on the next business day/u,
    );
  });
});

describe('what is typed', () => {
  it('leaves words of a form alone that only look like a verb', async () => {
    await bot.say('bo', 'I need an ISSO');
    const heard = await answer('bo', 'accept weekly');
    expect(heard).not.toContain(NO_MEETING);
  });

  it('leaves everything else to the other verbs', async () => {
    const number = await bot.fileRequest();
    expect(await answer('ispg', `accept ${number}`)).toContain('is accepted');
  });
});
