/**
 * An onboarding of sixty days, told through the console's script interface. Afterwards every message is looked at: how often people are
 * written to, at which hours, about what, and whether they could do anything about it. What holds is counted here from the rows.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardTemplate } from '../src/offerings/card-template.ts';
import { type AllTold, onTheClock, readAllTold, type ToldRow } from './support/all-told.ts';
import { consoleDriver } from './support/console-driver.ts';
import { itemNamed, namesLine, numberedIn, settledBetween, whyNot } from './support/nudged-lines.ts';
import { type RunningApp, startProgramme } from './support/running-app.ts';
import { playSixtyDays, SIXTY_DAYS_FROM, SIXTY_DAYS_TO } from './support/sixty-days.ts';

const HOLIDAYS = ['2026-12-25', '2027-01-01', '2027-01-18', '2027-02-15'];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const isWorkday = (day: string): boolean =>
  ![0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay()) && !HOLIDAYS.includes(day);
const sum = (counts: Iterable<number>): number => [...counts].reduce((all, each) => all + each, 0);

/** How many there are of each name. */
function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}
const moreThanOnce = (names: readonly string[]): readonly string[] =>
  [...counted(names)].filter(([, count]) => count > 1).map(([name, count]) => `${count} × ${name}`);

describe('sixty days told in the console', () => {
  let app: RunningApp;
  let told: AllTold;

  beforeAll(async () => {
    app = await startProgramme({ CONSOLE_START_AT: SIXTY_DAYS_FROM });
    await playSixtyDays(consoleDriver(app));
    told = await readAllTold(await app.databaseUrl());
  }, 400_000);
  afterAll(() => app.stop());

  const sent = (): readonly (ToldRow & { readonly sentAt: Date })[] =>
    told.rows.flatMap((row) => (row.state === 'sent' && row.sentAt ? [{ ...row, sentAt: row.sentAt }] : []));
  const toPeople = () => sent().filter(({ to }) => to.kind === 'person');
  /** Nobody asked for it, and it is a message of its own or part of one. */
  const routine = () =>
    toPeople().filter(({ urgency, redraws }) => urgency === 'routine' && redraws === null);
  const nudges = () => sent().filter(({ kind }) => kind === 'nudge');
  const redrawn = () => sent().filter(({ redraws }) => redraws?.startsWith('nudges:'));
  /** What stands there is drawn anew, which calls nobody. */
  const edits = (): ReadonlySet<string> => {
    const standing = new Set<string>();
    const again = sent().flatMap(({ key, reader, redraws, platformMessageId }) => {
      const place = `${reader} ${platformMessageId}`;
      const isAgain = redraws !== null || (platformMessageId !== null && standing.has(place));
      standing.add(place);
      return isAgain ? key : [];
    });
    return new Set(again);
  };
  const dayOf = ({ timeZone }: Pick<ToldRow, 'timeZone'>, at: Date): string => onTheClock(at, timeZone).day;

  it('writes to nobody twice on one day without being asked, but for a meeting within the hour', () => {
    const messages = new Set(
      routine().map((row) => `${row.reader} on ${dayOf(row, row.sentAt)}: ${row.bundle ?? row.key}`),
    );
    const days = [...messages].map((name) => name.slice(0, name.indexOf(':')));
    expect(moreThanOnce(days)).toEqual([]);
    // The same by what stands in the console.
    const leaders = new Set(routine().map(({ bundle, key }) => bundle ?? key));
    const standing = told.posts
      .filter(({ key }) => leaders.has(key))
      .map(({ conversation, at }) => {
        const timeZone = told.zones.get(conversation) ?? 'no such person';
        return `${conversation} on ${onTheClock(at, timeZone).day}`;
      });
    expect(moreThanOnce(standing)).toEqual([]);
    expect(standing.length).toBe(messages.size);
    // Parts have been put together, or this would show nothing.
    expect(routine().length).toBeGreaterThan(messages.size);
  });

  it('writes at most one message a business day to each, all days taken together', () => {
    const begins = new Date(SIXTY_DAYS_FROM).getTime();
    const days = Math.ceil((new Date(SIXTY_DAYS_TO).getTime() - begins) / DAY_MS);
    const workdays = Array.from({ length: days }, (_, index) => new Date(begins + index * DAY_MS))
      .map((at) => onTheClock(at, 'America/New_York').day)
      .filter(isWorkday).length;
    const leaders = new Map(routine().map((row) => [`${row.reader} ${row.bundle ?? row.key}`, row.reader]));
    const totals = counted([...leaders.values()]);
    expect([...totals].filter(([, total]) => total > workdays)).toEqual([]);
    expect(totals.size).toBeGreaterThan(7);
  });

  it('calls beside it only to meetings, within the hour before they begin', () => {
    const urgent = toPeople().filter(({ urgency }) => urgency === 'urgent');
    const early = urgent.filter(({ about, sentAt }) => {
      const begins = told.meetings.get(about?.slice(about.indexOf(':') + 1) ?? '');
      const left = begins ? begins.getTime() - sentAt.getTime() : -1;
      return left <= 0 || left > HOUR_MS;
    });
    expect(early.map(({ key }) => key)).toEqual([]);
    // One reminder for each who comes, and one list of what was written ahead for whoever leads it.
    expect(moreThanOnce(urgent.map(({ kind, about, reader }) => `${kind} ${about} ${reader}`))).toEqual([]);
    expect(urgent.length).toBeGreaterThan(20);
  });

  it('says nothing at night, at weekends, on holidays or on leave that was not asked for', () => {
    const drawnAgain = edits();
    const unasked = sent().filter(
      ({ key, urgency }) => urgency !== 'asked' && urgency !== 'security' && !drawnAgain.has(key),
    );
    const disturbing = unasked.filter(({ reader, timeZone, sentAt }) => {
      const { day, time } = onTheClock(sentAt, timeZone);
      const isAway = told.leaves.some(
        ({ person, from, to }) => person === reader && from <= day && day <= to,
      );
      return time < '08:00' || time >= '18:00' || !isWorkday(day) || isAway;
    });
    expect(disturbing.map(({ key, sentAt }) => `${key} ${sentAt.toISOString()}`)).toEqual([]);
    expect(unasked.length).toBeGreaterThan(250);
  });

  it('says as news only what follows from what somebody did', () => {
    const heard = new Set(told.heard.map((at) => at.getTime()));
    const drawnAgain = edits();
    const news = toPeople().filter(
      // A profile is asked for when the program first meets its Service ISSO.
      ({ urgency, key }) => urgency === 'told' && !drawnAgain.has(key) && !key.startsWith('profile-ask:'),
    );
    const unprompted = news.filter(({ firstDueAt, dueAt }) => !heard.has((firstDueAt ?? dueAt).getTime()));
    expect(unprompted.map(({ key, dueAt }) => `${key} ${dueAt.toISOString()}`)).toEqual([]);
    expect(news.length).toBeGreaterThan(30);
  });

  it('nudges nobody for what they can’t do', () => {
    const wrong = [
      ...nudges().map((row) => ({ row, at: row.sentAt })),
      // A redrawing says what held when it was written.
      ...redrawn().map((row) => ({ row, at: row.firstDueAt ?? row.dueAt })),
    ].flatMap(({ row, at }) =>
      numberedIn(row.text).flatMap((line) => {
        const why = whyNot(told, row.reader, line, at);
        return why === null ? [] : [`${row.key}, "${line}": ${why}`];
      }),
    );
    expect(wrong).toEqual([]);
    expect(redrawn().length).toBeGreaterThan(10);
  });

  it('numbers every line that a nudge counts, and nudges all who have something in hand', () => {
    const miscounted = nudges().filter(({ text }) => {
      const count = Number(/^In your hands: (\d{1,3}) lines?$/mu.exec(text)?.[1]);
      const more = Number(/^And (\d{1,3}) more: /mu.exec(text)?.[1] ?? 0);
      return numberedIn(text).length + more !== count;
    });
    expect(miscounted.map(({ key }) => key)).toEqual([]);
    const readers = [...new Set(nudges().map(({ reader }) => reader))].sort();
    expect(readers).toEqual(expect.arrayContaining(['bo', 'cor', 'cra', 'guardian', 'ispg', 'isso', 'lead']));
    expect(readers.filter((who) => ['bo2', 'isso2', 'issolead', 'auditor', 'admin'].includes(who))).toEqual(
      [],
    );
  });

  it('keeps the lines of the Service ISSO and of the contractor apart', () => {
    const { items } = cardTemplate(told.cards[0]?.formVersion ?? 1);
    const firstPartiesFor = (who: string): readonly string[] => {
      const lines = nudges().flatMap(({ reader, text }) => (reader === who ? numberedIn(text) : []));
      return [...new Set(lines.flatMap((line) => itemNamed(line, items)?.parties[0] ?? []))].sort();
    };
    expect(firstPartiesFor('isso')).toEqual(['service_isso']);
    expect(firstPartiesFor('lead')).toEqual([
      'access_staff',
      'contractor',
      'roster_owner',
      'security_office',
    ]);
  });

  it('tells nobody the same escalation twice', () => {
    const escalations = sent().filter(({ kind }) => kind === 'escalation');
    // What is offered anew, or opened again, may be late anew.
    const said = escalations.map(({ reader, text, stillTrue }) => {
      const about = JSON.stringify(stillTrue);
      return `${reader}: ${text.replaceAll(/\d{1,3} business days?/gu, 'some days')} ${about}`;
    });
    expect(moreThanOnce(said)).toEqual([]);
    expect(escalations.length).toBeGreaterThan(10);
  });

  it('shows no line that was done in the message of that day any more', () => {
    const standing = told.posts.filter(({ text }) => text.includes('In your hands'));
    let gone = 0;
    const wrong = standing.flatMap(({ conversation, at, text }) => {
      const timeZone = told.zones.get(conversation) ?? 'no such person';
      const { day } = onTheClock(at, timeZone);
      const changes = [...told.cards, ...told.training]
        .filter((version) => version.at >= at && onTheClock(version.at, timeZone).day === day)
        .map((version) => version.at.getTime());
      const settled = settledBetween(told, at, new Date(Math.max(at.getTime(), ...changes)));
      gone += settled.length;
      return settled.filter((name) => namesLine(text, name)).map((name) => `${conversation} ${day}: ${name}`);
    });
    expect(wrong).toEqual([]);
    expect(gone).toBeGreaterThan(20);
    // What was drawn anew stands where the first message stood, and nowhere else.
    const drawn = new Set(redrawn().map(({ key }) => key));
    expect(told.posts.filter(({ key }) => drawn.has(key)).map(({ key }) => key)).toEqual([]);
  });

  it('gives a reason for whatever was not sent, and gave up on nothing', () => {
    const ended = told.rows.filter(({ state }) => !['sent', 'pending', 'leased'].includes(state));
    expect(ended.filter(({ reason }) => !reason?.trim()).map(({ key }) => key)).toEqual([]);
    const states = counted(ended.map(({ state }) => state));
    expect([...states.keys()]).toEqual(['suppressed']);
    expect(sum(states.values())).toBeGreaterThan(5);
  });
});
