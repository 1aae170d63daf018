import ICAL from 'ical.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JourneyDriver } from '../scripts/simulate/journey.ts';
import { INTAKE_ANSWERS } from './support/bot.ts';
import { consoleDriver } from './support/console-driver.ts';
import { type RunningApp, startProgramme } from './support/running-app.ts';

let app: RunningApp;
let bot: JourneyDriver;
const NUMBER = 'ISSO-2026-0001';

beforeEach(async () => {
  app = await startProgramme({ CONSOLE_START_AT: '2026-12-01T10:00:00-05:00' });
  bot = consoleDriver(app);
  for (const words of [...INTAKE_ANSWERS, 'submit', 'I confirm']) await bot.say('bo', words, null);
  await bot.say('ispg', `accept ${NUMBER}`, null);
});
afterEach(() => app.stop());

const said = async (who: string, words: string): Promise<string> => {
  const heard = await bot.say(who, words, null);
  return heard.kind === 'said' ? heard.messages.map(({ text }) => text).join('\n') : JSON.stringify(heard);
};

async function linkIn(who: string, path: 'meetings' | 'people'): Promise<string> {
  const texts = (await bot.messages(who)).map(({ text }) => text).join('\n');
  const found = [...texts.matchAll(new RegExp(`http://[^\\s)>]+/calendar/${path}/[\\w-]+\\.ics`, 'gu'))].at(
    -1,
  )?.[0];
  if (!found) throw new Error(`no ${path} link in:\n${texts}`);
  return found;
}

async function calendarAt(url: string) {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok)
    return { status: response.status, type: response.headers.get('content-type'), method: null, events: [] };
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((each) => {
    const event = new ICAL.Event(each);
    return {
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toJSDate().toISOString(),
      status: String(each.getFirstPropertyValue('status')),
      text: each.toString(),
    };
  });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    method: String(calendar.getFirstPropertyValue('method')),
    events,
  };
}

describe('the address of an invitation', () => {
  it('answers a calendar once booked; a move keeps its UID and raises its SEQUENCE; a cancellation cancels', async () => {
    await said('bo', `choose 1 for ${NUMBER}`);
    const link = await linkIn('bo', 'meetings');
    const first = await calendarAt(link);
    expect(first).toMatchObject({
      status: 200,
      type: expect.stringMatching(/^text\/calendar/u),
      method: 'REQUEST',
    });
    expect(first.events).toHaveLength(1);

    await said('bo', `reschedule ${NUMBER}`);
    await said('bo', `choose 3 for ${NUMBER}`);
    expect(await linkIn('bo', 'meetings')).toBe(link);
    const moved = await calendarAt(link);
    expect(moved.events[0]?.uid).toBe(first.events[0]?.uid);
    expect(moved.events[0]?.sequence).toBeGreaterThan(first.events[0]?.sequence ?? 0);
    expect(moved.events[0]?.start).not.toBe(first.events[0]?.start);

    await said('bo', `cancel kickoff ${NUMBER}`);
    const cancelled = await calendarAt(link);
    expect(cancelled).toMatchObject({ status: 200, method: 'CANCEL' });
    expect(cancelled.events[0]).toMatchObject({ uid: first.events[0]?.uid, status: 'CANCELLED' });
    expect(cancelled.events[0]?.sequence).toBeGreaterThan(moved.events[0]?.sequence ?? 0);
  });

  it('tells calendars to drop the old time as soon as it is released, and after a cancellation that follows', async () => {
    await said('bo', `choose 1 for ${NUMBER}`);
    const link = await linkIn('bo', 'meetings');
    const first = await calendarAt(link);
    await said('bo', `reschedule ${NUMBER}`);
    const released = await calendarAt(link);
    await said('bo', `cancel kickoff ${NUMBER}`);
    const cancelled = await calendarAt(link);
    for (const each of [released, cancelled]) {
      expect(each).toMatchObject({ status: 200, method: 'CANCEL' });
      expect(each.events[0]).toMatchObject({ uid: first.events[0]?.uid, status: 'CANCELLED' });
      expect(each.events[0]?.sequence).toBeGreaterThan(first.events[0]?.sequence ?? 0);
    }
  });

  it('is found nowhere before there is a time, nor for anything made up', async () => {
    await said('bo', `choose 1 for ${NUMBER}`);
    const link = await linkIn('bo', 'meetings');
    const token = link.split('/').at(-1)?.replace('.ics', '') ?? '';
    const wrong = [
      `${app.url}/calendar/meetings/${'x'.repeat(32)}.ics`,
      `${app.url}/calendar/meetings/${token.slice(0, -1)}.ics`,
      `${app.url}/calendar/meetings/${token.toUpperCase()}.ics`,
      `${app.url}/calendar/meetings/${token}`,
      `${app.url}/calendar/meetings/${token}%00.ics`,
      `${app.url}/calendar/meetings/..%2F${token}.ics`,
      `${app.url}/calendar/people/${token}.ics`,
      `${app.url}/calendar/people/bo.ics`,
      `${app.url}/calendar/people/.ics`,
      `${app.url}/calendar/`,
    ];
    for (const address of wrong) expect((await fetch(address)).status, address).toBe(404);
  });
});

describe('the address of a person’s feed', () => {
  it('answers that person’s meetings and nobody else’s, and nobody’s e-mail address', async () => {
    await said('bo', `choose 1 for ${NUMBER}`);
    for (const who of ['bo', 'lead', 'isso']) await said(who, 'meetings');
    const own = await calendarAt(await linkIn('bo', 'people'));
    expect(own).toMatchObject({
      status: 200,
      type: expect.stringMatching(/^text\/calendar/u),
      method: 'PUBLISH',
    });
    expect(own.events.map(({ status }) => status)).toEqual(['CONFIRMED']);
    expect((await calendarAt(await linkIn('lead', 'people'))).events).toHaveLength(1);
    expect((await calendarAt(await linkIn('isso', 'people'))).events).toEqual([]);
    expect(own.events[0]?.text).not.toContain('@demo.cms.example');
  });

  it('marks a cancelled meeting, so that calendars that subscribe drop it', async () => {
    await said('bo', `choose 1 for ${NUMBER}`);
    await said('bo', 'meetings');
    const link = await linkIn('bo', 'people');
    await said('bo', `cancel kickoff ${NUMBER}`);
    expect((await calendarAt(link)).events.map(({ status }) => status)).toEqual(['CANCELLED']);
  });

  it('stays the same over a restart', async () => {
    await said('bo', 'meetings');
    const before = new URL(await linkIn('bo', 'people')).pathname;
    await app.restart();
    await said('bo', 'meetings');
    expect(new URL(await linkIn('bo', 'people')).pathname).toBe(before);
  });
});
