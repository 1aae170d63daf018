import { beforeEach, describe, expect, it } from 'vitest';
import { cancel, type Meeting, type Slot } from '../../src/domain/meeting.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Delivery } from '../../src/ports.ts';
import { findMeeting } from '../../src/usecases/find-meeting.ts';
import { tellMeeting } from '../../src/usecases/tell-meeting.ts';
import { type Bot, PROGRAMME, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

const WEEKLY = 'meeting:lead_weekly';
const MONTHLY = 'meeting:isso_monthly';
/** Monday, November 2, 2026, 10:00 Eastern. */
const MONDAY = new Date('2026-11-02T10:00:00-05:00');
const at = (local: string): Date => new Date(`${local}:00-05:00`);

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: MONDAY });
}, 60_000);

const planned = async (key: string, plannedFor: string): Promise<Meeting> => {
  const meeting = await bot.store.transaction((tx) => tx.meetings.occurrence(key, plannedFor));
  if (!meeting) throw new Error(`nothing is planned for ${plannedFor}`);
  return meeting;
};
const row = async (key: string): Promise<Delivery> => {
  const found = await bot.store.deliveries.find(key);
  if (!found) throw new Error(`no delivery ${key}`);
  return found;
};
const text = ({ message }: Delivery, timeZone = 'America/New_York'): string =>
  plainText(message, { timeZone });

/** Saves the meeting as `to` makes it and tells everybody, as a verb does. */
async function change(
  id: string,
  to: (meeting: Meeting) => Partial<Meeting>,
  changed = {},
): Promise<Meeting> {
  return bot.store.transaction(async (tx) => {
    const before = await tx.meetings.forChange(id);
    if (!before) throw new Error('no such meeting');
    const after = { ...before, ...to(before), version: before.version + 1 };
    await tx.meetings.update(after);
    await tellMeeting({ tx, now: bot.clock.now(), programme: { ...PROGRAMME, ...changed } }, after);
    return after;
  });
}
const moveTo = (slot: Slot) => (meeting: Meeting) => ({ bookedFor: slot, sequence: meeting.sequence + 1 });
const slotAt = (local: string): Slot => ({
  startsAt: at(local),
  endsAt: new Date(at(local).getTime() + 1_800_000),
});

describe('a meeting that was planned', () => {
  it('is in calendars at once, and nobody is written to before its reminders', async () => {
    await bot.planMeetings();
    const meeting = await planned(MONTHLY, '2026-12-09T13:00');
    expect(await bot.store.deliveries.find(`meeting:${meeting.id}:1:isso`)).toBeNull();
    const day = await row(`meeting-day:${meeting.id}:1:isso`);
    // Tuesday, December 8, nine o'clock in Denver.
    expect(day.dueAt).toEqual(new Date('2026-12-08T09:00:00-07:00'));
    expect(text(day, 'America/Denver')).toContain('Wednesday, December 9, 2026 at 11:00 AM Mountain Time');
    expect(text(day)).toContain('`decline monthly Dec 9`');
    expect(day.message.buttons.map(({ press }) => press.verb)).toEqual([
      'meeting.accept',
      'meeting.decline',
      'meeting.propose',
    ]);
    expect(
      day.message.buttons.every(({ press }) => press.subject === meeting.id && press.version === 1),
    ).toBe(true);
  });

  it('is reminded of on the last business day before and an hour before, and never after it began', async () => {
    await bot.planMeetings();
    const meeting = await planned(WEEKLY, '2026-12-01T10:00');
    const day = await row(`meeting-day:${meeting.id}:1:issolead`);
    const hour = await row(`meeting-hour:${meeting.id}:1:issolead`);
    expect([day.dueAt, day.urgency, day.topic]).toEqual([
      at('2026-11-30T09:00'),
      'routine',
      'meeting-reminders',
    ]);
    expect([hour.dueAt, hour.urgency]).toEqual([at('2026-12-01T09:00'), 'urgent']);
    for (const each of [day, hour]) {
      expect(each.expiresAt).toEqual(at('2026-12-01T10:00'));
      expect(each.stillTrue).toEqual({
        kind: 'meeting-in',
        meetingId: meeting.id,
        states: ['booked'],
        version: 1,
      });
    }
    // Thanksgiving and the weekend lie between: the reminder of a Friday's meeting comes on Wednesday.
    await change(meeting.id, moveTo(slotAt('2026-11-27T10:00')));
    expect((await row(`meeting-day:${meeting.id}:2:issolead`)).dueAt).toEqual(at('2026-11-25T09:00'));
    expect((await row(`meeting-day:${meeting.id}:1:issolead`)).state).toBe('suppressed');
  });

  it('says why it moved, what about, and first what was agreed last time', async () => {
    await bot.planMeetings();
    const before = await planned(WEEKLY, '2026-11-03T10:00');
    const next = await planned(WEEKLY, '2026-11-10T10:00');
    expect(text(await row(`meeting-day:${next.id}:1:issolead`))).not.toContain('Agreed last time');
    bot.clock.set(at('2026-11-03T11:00'));
    const held = await change(before.id, () => ({
      state: 'held',
      heldOn: '2026-11-03',
      minutes: {
        notes: 'Quiet week.',
        decisions: ['Hand-overs in writing'],
        followUps: [
          { text: 'Send the leave list', ownerId: 'issolead', dueOn: '2026-11-09', doneAt: null },
          { text: 'Old thing', ownerId: null, dueOn: null, doneAt: at('2026-11-03T10:00') },
        ],
      },
    }));
    const reminder = text(await row(`meeting-day:${next.id}:1:${held.id}.2:issolead`));
    expect(reminder).toMatch(/^Reminder: [^\n]+\n\nAgreed last time/u);
    expect(reminder).toContain('Decided: Hand-overs in writing');
    expect(reminder).toContain('To do: Send the leave list (Isaac Lindqvist, by Mon, Nov 9)');
    expect(reminder).not.toContain('Old thing');
    expect(reminder).toContain('Red items');
    expect((await row(`meeting-day:${next.id}:1:issolead`)).state).toBe('suppressed');
    const monthly = await planned(MONTHLY, '2026-11-11T13:00');
    expect(text(await row(`meeting-hour:${monthly.id}:1:isso`))).toContain(
      'moved from Wed, Nov 11 (Veterans Day)',
    );
  });

  it('is asked about when it should be over: the organizer, or the ISPG channel for a request', async () => {
    await bot.planMeetings();
    const meeting = await planned(WEEKLY, '2026-11-03T10:00');
    const question = await row(`meeting-record:${meeting.id}:1:ispg`);
    expect([question.dueAt, question.to]).toEqual([
      at('2026-11-03T10:30'),
      { kind: 'person', personId: 'ispg' },
    ]);
    expect(question.message.buttons.map(({ press, typed }) => [press.verb, typed])).toEqual([
      ['meeting.record', 'held weekly Nov 3'],
      ['meeting.reschedule', 'reschedule weekly Nov 3'],
    ]);
    bot.clock.set(at('2026-11-03T10:31'));
    await bot.deliver();
    await change(meeting.id, () => ({ state: 'held', heldOn: '2026-11-03' }));
    await bot.deliver();
    expect(bot.standing('ispg').join('\n')).toContain('Yes, and it is recorded.');
    bot.clock.set(at('2026-11-06T12:00'));
    await bot.deliver();
    expect(bot.standing('ispg').join('\n')).not.toContain(
      'Still not recorded: was it held? Service ISSO Lead',
    );
  });

  it('is asked about once more after two business days while it is not recorded, and then no more', async () => {
    await bot.planMeetings();
    const meeting = await planned(WEEKLY, '2026-11-03T10:00');
    const again = await row(`meeting-record-again:${meeting.id}:1:ispg`);
    expect([again.dueAt, again.urgency, again.stillTrue]).toEqual([
      at('2026-11-05T10:30'),
      'routine',
      { kind: 'meeting-in', meetingId: meeting.id, states: ['booked'], version: 1 },
    ]);
    for (const day of ['03', '05', '06', '09', '10']) {
      bot.clock.set(at(`2026-11-${day}T12:00`));
      await bot.deliver();
    }
    const about = bot.standing('ispg').filter((words) => words.includes('held weekly Nov 3'));
    expect(about.map((words) => words.includes('Still not recorded: was it held?'))).toEqual([false, true]);
  });
});

describe('a change of a meeting', () => {
  it('takes the old time out of everything, and tells who knew it', async () => {
    await bot.planMeetings();
    await bot.deliver();
    const meeting = await planned(WEEKLY, '2026-11-03T10:00');
    await change(meeting.id, moveTo(slotAt('2026-11-05T14:00')));
    await bot.deliver();
    const now = bot.standing('issolead').join('\n');
    expect(now).not.toContain('Tuesday, November 3, 2026');
    expect(now).toContain('has a new time: Thursday, November 5, 2026 at 2:00 PM');
    const called = await bot.store.transaction((tx) => tx.meetings.get(meeting.id));
    const gone = called && cancel(called);
    if (gone?.ok) await change(meeting.id, () => gone.value);
    await bot.deliver();
    const last = bot.standing('issolead').join('\n');
    expect(last).toContain('is cancelled');
    expect((await row(`meeting-hour:${meeting.id}:2:issolead`)).state).toBe('suppressed');
  });

  it('that is only an answer moves nothing: whoever declined is not reminded, the others are', async () => {
    await bot.planMeetings();
    await bot.deliver();
    const meeting = await planned(WEEKLY, '2026-11-03T10:00');
    await change(meeting.id, () => ({
      responses: [{ personId: 'issolead', answer: 'declined', at: MONDAY }],
    }));
    expect(await bot.store.deliveries.find(`meeting-hour:${meeting.id}:2:issolead`)).toBeNull();
    expect((await row(`meeting-hour:${meeting.id}:2:ispg`)).state).toBe('pending');
    expect(await bot.store.deliveries.find(`meeting:${meeting.id}:2:issolead`)).toBeNull();
    expect(await bot.store.deliveries.find(`meeting-changed:${meeting.id}:1:issolead`)).toBeNull();
  });

  it('of one without a time shows the times to whoever picks, and nothing to those who knew none', async () => {
    const number = await bot.fileRequest();
    const engagement = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
    await bot.planMeetings();
    const { id: _id, ...like } = await planned(WEEKLY, '2026-11-03T10:00');
    const meeting: Meeting = {
      ...like,
      id: 'initial-1',
      kind: 'initial',
      engagementId: engagement?.id ?? null,
      cadenceKey: null,
      plannedFor: null,
      uid: 'initial-1',
      token: 'initial-token-1234567',
      state: 'offered',
      sequence: 0,
      bookedFor: null,
      offered: [slotAt('2026-11-05T14:00'), slotAt('2026-11-06T14:00')],
      offeredAt: MONDAY,
      attendeeIds: ['bo', 'ispg', 'isso'],
    };
    await bot.store.transaction(async (tx) => {
      await tx.meetings.insert(meeting);
      await tellMeeting({ tx, now: MONDAY, programme: PROGRAMME }, meeting);
    });
    const slots = await row('meeting:initial-1:1:bo');
    expect(slots.message.buttons.map(({ typed }) => typed)).toEqual([
      `choose 1 for initial ${number}`,
      `choose 2 for initial ${number}`,
      `propose initial ${number}: Tue Nov 3 2pm`,
    ]);
    expect(await bot.store.deliveries.find('meeting:initial-1:1:isso')).toBeNull();
    await bot.deliver();
    expect(bot.standing('#ispg').join('\n')).toContain(`for ${number} (Claims Hub): a time is being agreed`);
    const found = await bot.store.transaction((tx) =>
      findMeeting({ tx, now: MONDAY, programme: PROGRAMME }, `initial ${number}`),
    );
    expect(found?.id).toBe('initial-1');
  });
});

describe('invitations by mail', () => {
  const mail = { mailIsOn: true };
  it('are written only where mail is set up, once for each person and SEQUENCE', async () => {
    await bot.planMeetings();
    const plain = await planned(WEEKLY, '2026-11-03T10:00');
    expect(await bot.store.deliveries.find(`mail:${plain.id}:1:request:issolead`)).toBeNull();
    const accepted = await change(
      plain.id,
      () => ({ responses: [{ personId: 'ispg', answer: 'accepted', at: MONDAY }] }),
      mail,
    );
    const first = await row(`mail:${plain.id}:1:request:issolead`);
    expect([first.to, first.kind, first.attachment?.type]).toEqual([
      { kind: 'mailbox', personId: 'issolead' },
      'invitation',
      'text/calendar; charset=utf-8; method=REQUEST',
    ]);
    const unfolded = (first.attachment?.content ?? '').replace(/\r\n /gu, '');
    expect(unfolded).toContain('PARTSTAT=ACCEPTED');
    expect(unfolded).toContain('PARTSTAT=NEEDS-ACTION');
    await change(plain.id, () => ({ responses: [] }), mail);
    expect((await row(first.key)).sequence).toBe(first.sequence);
    await change(plain.id, moveTo(slotAt('2026-11-05T14:00')), mail);
    expect((await row(first.key)).state).toBe('suppressed');
    const second = await row(`mail:${plain.id}:2:request:issolead`);
    expect(second.attachment?.content).toContain('SEQUENCE:2');
    expect(second.message.heading).toBe('Updated invitation: Service ISSO Lead check-in');
    await change(plain.id, (meeting) => ({ state: 'cancelled', sequence: meeting.sequence + 1 }), mail);
    const third = await row(`mail:${plain.id}:3:cancel:issolead`);
    expect(third.attachment?.content).toContain('METHOD:CANCEL');
    expect(accepted.uid).toBe(plain.uid);
  });

  it('withdraw a meeting from the calendar of somebody who is invited no longer', async () => {
    await bot.planMeetings(mail);
    await bot.store.transaction(async (tx) => {
      const lost = await tx.people.get('isso2');
      if (lost) await tx.people.save([{ ...lost, roles: [] }]);
    });
    await bot.planMeetings(mail);
    const meeting = await planned(MONTHLY, '2026-12-09T13:00');
    expect((await row(`mail:${meeting.id}:1:cancel:isso2`)).attachment?.content).toContain('METHOD:CANCEL');
    expect(await bot.store.deliveries.find(`mail:${meeting.id}:1:cancel:isso`)).toBeNull();
  });
});

describe('what somebody means by what they typed', () => {
  const find = async (words: string, which: 'next' | 'begun' = 'next'): Promise<string> => {
    const found = await bot.store.transaction((tx) =>
      findMeeting({ tx, now: bot.clock.now(), programme: PROGRAMME }, words, which),
    );
    return found ? `${found.kind} ${found.plannedFor}` : 'nothing';
  };

  it('is the next one not yet over, or the one of the day they name', async () => {
    await bot.planMeetings();
    expect(await find('weekly')).toBe('lead_weekly 2026-11-03T10:00');
    expect(await find('the weekly check-in')).toBe('lead_weekly 2026-11-03T10:00');
    expect(await find('weekly Nov 17')).toBe('lead_weekly 2026-11-17T10:00');
    expect(await find('weekly on 2026-12-08')).toBe('lead_weekly 2026-12-08T10:00');
    expect(await find('monthly')).toBe('isso_monthly 2026-11-11T13:00');
    expect(await find('monthly Nov 12')).toBe('isso_monthly 2026-11-11T13:00');
    bot.clock.set(at('2026-11-03T10:29'));
    expect(await find('weekly')).toBe('lead_weekly 2026-11-03T10:00');
    bot.clock.set(at('2026-11-03T10:31'));
    expect(await find('weekly')).toBe('lead_weekly 2026-11-10T10:00');
  });

  it('is for a record the last one that has begun, also by a day that has passed', async () => {
    await bot.planMeetings();
    expect(await find('weekly', 'begun')).toBe('nothing');
    bot.clock.set(at('2026-11-18T09:00'));
    expect(await find('weekly', 'begun')).toBe('lead_weekly 2026-11-17T10:00');
    expect(await find('weekly Nov 10', 'begun')).toBe('lead_weekly 2026-11-10T10:00');
  });

  it('is nothing where no meeting is named, or none is there', async () => {
    await bot.planMeetings();
    for (const words of [
      '',
      'lunch',
      'weekly Nov 18',
      'weekly whenever',
      'training',
      'initial ISSO-2026-0099',
    ])
      expect(await find(words)).toBe('nothing');
  });
});
