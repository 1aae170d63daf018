import { describe, expect, it } from 'vitest';
import { readHours } from '../../src/forms/read-hours.ts';
import { readWish } from '../../src/forms/read-wish.ts';
import { readZone } from '../../src/forms/read-zone.ts';

const TODAY = '2026-12-01';
const part = (words: string) => ({ from: words.slice(0, 5), to: words.slice(6) });

describe('two times of day', () => {
  it.each([
    ['9 to 5:30', 'work', '09:00-17:30'],
    ['from 9 to 5', 'work', '09:00-17:00'],
    ['8:30 AM to 5:00 PM', 'work', '08:30-17:00'],
    ['7-3:30', 'work', '07:00-15:30'],
    ['1 to 9', 'work', '13:00-21:00'],
    ['7 to 12', 'work', '07:00-12:00'],
    ['noon to 8 p.m.', 'work', '12:00-20:00'],
    ['08:00-16:30', 'work', '08:00-16:30'],
    ['6pm to 8am', 'quiet', '18:00-08:00'],
    ['6 to 8', 'quiet', '18:00-08:00'],
    ['10pm until 6', 'quiet', '22:00-06:00'],
    ['18:00 – 08:00', 'quiet', '18:00-08:00'],
    ['midnight to 7am', 'quiet', '00:00-07:00'],
    ['noon to 1', 'quiet', '12:00-13:00'],
    ['12 to 1', 'quiet', '12:00-13:00'],
  ] as const)('%s, %s: %s', (text, of, words) => {
    expect(readHours(text, of)).toEqual(part(words));
  });

  it.each(['9', 'nine to five', '25:00-26:00', '13pm to 2pm', '9:75 to 5', 'soon to later', ''])(
    '%s is none',
    (text) => {
      expect(readHours(text, 'work')).toBeNull();
    },
  );
});

describe('a time zone', () => {
  it.each([
    ['Eastern', 'America/New_York'],
    ['central time', 'America/Chicago'],
    ['US Mountain Standard Time', 'America/Denver'],
    ['Arizona', 'America/Phoenix'],
    ['PST', 'America/Los_Angeles'],
    ['Alaska', 'America/Anchorage'],
    ['hawaii', 'Pacific/Honolulu'],
    ['Denver', 'America/Denver'],
    ['los angeles', 'America/Los_Angeles'],
    ['Baltimore', 'America/New_York'],
    ['america/denver', 'America/Denver'],
    ['US/Eastern', 'America/New_York'],
    ['Berlin', 'Europe/Berlin'],
    ['UTC', 'UTC'],
  ])('%s is %s', (text, zone) => {
    expect(readZone(text)).toBe(zone);
  });

  it.each(['Mars', 'America/Nowhere', '+05:00', '', 'x'.repeat(100), '../../etc'])('%s is none', (text) => {
    expect(readZone(text)).toBeNull();
  });
});

describe('a wish', () => {
  it.each([
    ['settings', { kind: 'show' }],
    ['My settings', { kind: 'show' }],
    ['quiet hours', { kind: 'show' }],
    ['quiet hours 6pm to 8am', { kind: 'quiet', hours: part('18:00-08:00') }],
    ['Quiet hours default.', { kind: 'quiet', hours: null }],
    ['work hours 9 to 5:30', { kind: 'work', hours: part('09:00-17:30') }],
    ['set my working hours to 8-4', { kind: 'work', hours: part('08:00-16:00') }],
    ['time zone Denver', { kind: 'zone', zone: 'America/Denver' }],
    ['my timezone is Pacific', { kind: 'zone', zone: 'America/Los_Angeles' }],
    ['leave Dec 24', { kind: 'leave', fromOn: '2026-12-24', toOn: '2026-12-24' }],
    ['leave Dec 21 to Dec 31', { kind: 'leave', fromOn: '2026-12-21', toOn: '2026-12-31' }],
    ['leave dec 21-31', { kind: 'leave', fromOn: '2026-12-21', toOn: '2026-12-31' }],
    ['Leave from Dec 28 to Jan 4', { kind: 'leave', fromOn: '2026-12-28', toOn: '2027-01-04' }],
    ['leave 2026-12-21 to 2026-12-31', { kind: 'leave', fromOn: '2026-12-21', toOn: '2026-12-31' }],
    ['leave 12/21 - 12/23', { kind: 'leave', fromOn: '2026-12-21', toOn: '2026-12-23' }],
    ['leave Dec 31, 2026 to Dec 21, 2026', { kind: 'leave', fromOn: '2026-12-31', toOn: '2026-12-21' }],
    ['I am away tomorrow', { kind: 'leave', fromOn: '2026-12-02', toOn: '2026-12-02' }],
    ["I'm on leave from Dec 3 until Dec 4", { kind: 'leave', fromOn: '2026-12-03', toOn: '2026-12-04' }],
    ['leave yesterday to tomorrow', { kind: 'leave', fromOn: '2026-11-30', toOn: '2026-12-02' }],
    ['leave tomorrow to tomorrow', { kind: 'leave', fromOn: '2026-12-02', toOn: '2026-12-02' }],
    ['leave Nov 30, 2026 to today', { kind: 'leave', fromOn: '2026-11-30', toOn: '2026-12-01' }],
    ['leave Dec 3 until in two weeks', { kind: 'leave', fromOn: '2026-12-03', toOn: '2026-12-15' }],
    ['leave Monday to Friday', { kind: 'leave', fromOn: '2026-12-07', toOn: '2026-12-11' }],
    ['leave today', { kind: 'leave', fromOn: '2026-12-01', toOn: '2026-12-01' }],
    ['leave', { kind: 'leave-list' }],
    ['cancel leave 1', { kind: 'leave-cancel', place: 1 }],
    ['cancel my leave', { kind: 'leave-cancel', place: null }],
    ['inauguration day on', { kind: 'inauguration', isHoliday: true }],
    ['Inauguration Day off', { kind: 'inauguration', isHoliday: false }],
    ['mute', { kind: 'mute-list' }],
    ['mute check-ins', { kind: 'mute', topic: 'check-ins', muted: true }],
    ['unmute check ins', { kind: 'mute', topic: 'check-ins', muted: false }],
    ['mute meeting reminders', { kind: 'mute', topic: 'meeting-reminders', muted: true }],
    ['mute request reminders', { kind: 'mute', topic: 'requests', muted: true }],
    ['mute follow-ups', { kind: 'mute', topic: 'follow-ups', muted: true }],
    ['mute surveys', { kind: 'mute', topic: 'surveys', muted: true }],
    ['quiet hours 6 oclock', { kind: 'unread', about: 'quiet' }],
    ['work hours 9', { kind: 'unread', about: 'work' }],
    ['time zone Mars', { kind: 'unread', about: 'zone' }],
    ['leave next week', { kind: 'unread', about: 'leave' }],
    ['leave Feb 30', { kind: 'unread', about: 'leave' }],
    ['mute everything', { kind: 'unread', about: 'mute' }],
  ] as const)('"%s" is read', (typed, wish) => {
    expect(readWish(typed, TODAY)).toEqual(wish);
  });

  it.each([
    'leave me alone',
    'What are the quiet hours?',
    'leave policy',
    'cancel',
    'I need an ISSO',
    'working hours are long',
    'settings\nof the system',
    'status',
    `leave ${'x'.repeat(200)}`,
  ])('"%s" is none', (typed) => {
    expect(readWish(typed, TODAY)).toBeNull();
  });
});
