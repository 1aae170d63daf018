/**
 * The whole life of an engagement, told through the console's script interface from day -20 of the onboarding to what comes after the
 * close. Again and again everything that stands anywhere is looked at: nobody reads what they may not see, then or ever.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JourneyDriver, playJourney, startOf, withParts } from '../scripts/simulate/journey.ts';
import { consoleDriver } from './support/console-driver.ts';
import { type RunningApp, startProgramme } from './support/running-app.ts';

const PEOPLE = [
  'bo',
  'bo2',
  'cra',
  'ispg',
  'gtl',
  'cor',
  'lead',
  'issolead',
  'isso',
  'isso2',
  'guardian',
  'auditor',
  'admin',
];
const CHANNELS = ['#ispg', '#issoaas'];
/** What happens in the story, in this order. */
const CHAPTERS = ['search', 'ispg-accepted', 'identified', 'onboarding', 'closed'] as const;
type Chapter = 'request' | (typeof CHAPTERS)[number];

/** A message as it stood somewhere; `since` is the chapter in which these words were first read there. */
interface Stood {
  readonly place: string;
  readonly text: string;
  readonly since: Chapter;
}

const journeys = new URL('journeys/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, journeys), 'utf8');

/** The story, on a High Value Asset that costs something, with people who are up to it, and with a candidate who is declined first. */
const story = (): string =>
  withParts(read('whole-life.journey'), (part) => read(`parts/${part}.journey`))
    .replace(
      /(high value asset \(hva\)): no; (.*)"\n/u,
      '$1: yes; $2"\nispg says "context {number} kind of hva: informational value"\n',
    )
    .replaceAll(/\b(q \w+): \d/gu, '$1: 4')
    .replaceAll(/certifications: [^;]+;/gu, 'certifications: CISSP;')
    .replaceAll('high value asset: no;', 'high value asset: yes;')
    .replace('funding: expected;', 'funding: expected; estimate: 98765; task order: TO-4711;')
    .replace(
      /^lead presses "Propose a candidate"$/mu,
      [
        'lead says "propose candidate {number} Ivan Soto; why not the first: Knows the component and its team."',
        'ispg says "decline candidate {number} availability"',
        'lead says "shortlist {number}"',
        'lead presses "Propose a candidate"',
      ].join('\n'),
    );

/** The chapter that a step opens; null for any other. */
function chapterOf(who: string, label: string): Chapter | null {
  if (label === 'Settle the skill profile') return 'search';
  if (who === 'ispg' && label === 'Accept for ISPG') return 'ispg-accepted';
  if (label === 'Confirm the funding') return 'identified';
  if (label === 'Start onboarding') return 'onboarding';
  return label === 'Countersign and close' ? 'closed' : null;
}

describe('a story told in the console', () => {
  let app: RunningApp;
  const stood = new Map<string, Stood>();

  beforeAll(async () => {
    const script = story();
    app = await startProgramme({ CONSOLE_START_AT: startOf(script) });
    await playJourney(script, watching(consoleDriver(app), stood));
  }, 280_000);
  afterAll(() => app.stop());

  const read = (fits: (message: Stood) => boolean): readonly Stood[] => [...stood.values()].filter(fits);
  const earlierThan = (chapter: Chapter) => (message: Stood) =>
    ['request', ...CHAPTERS].indexOf(message.since) < ['request', ...CHAPTERS].indexOf(chapter);

  it('is read by everybody whom it concerns', () => {
    for (const place of ['bo', 'cra', 'ispg', 'gtl', 'cor', 'lead', 'isso', '#ispg'])
      expect(
        read((message) => message.place === place && message.text.includes('Claims Hub')).length,
        place,
      ).toBeGreaterThan(0);
    expect(read(({ since }) => since === 'closed').length).toBeGreaterThan(0);
  });

  it('names no candidate to the Business Owner before ISPG has accepted, and never the one who was declined', () => {
    const early = earlierThan('ispg-accepted');
    expect(
      read((message) => message.place === 'bo' && early(message) && /Ines|Sorensen/u.test(message.text)),
    ).toEqual([]);
    expect(read(({ place, text }) => place === 'bo' && /Ivan|Soto/u.test(text))).toEqual([]);
    const later = read(({ place, text }) => place === 'bo' && text.includes('Ines Sorensen is proposed'));
    expect(later.length).toBeGreaterThan(0);
  });

  it('tells a Service ISSO nothing of the system before they are identified, and nothing to the one who was declined', () => {
    const early = earlierThan('identified');
    const isAbout = ({ text }: Stood): boolean => /Claims Hub|ISSO-2026-0001/u.test(text);
    expect(read((message) => message.place === 'isso' && early(message) && isAbout(message))).toEqual([]);
    expect(read((message) => message.place === 'isso2' && isAbout(message))).toEqual([]);
  });

  it('says no money to a contractor, nor in a channel', () => {
    const readers = ['lead', 'issolead', 'isso', 'isso2', ...CHANNELS];
    const isMoney = ({ text }: Stood): boolean => /98,?765|TO-4711|FY2027|Funding: Expected/u.test(text);
    expect(read((message) => readers.includes(message.place) && isMoney(message))).toEqual([]);
    expect(read((message) => message.place === 'ispg' && isMoney(message)).length).toBeGreaterThan(0);
  });

  it('says in no channel which kind of High Value Asset it is, nothing of a card or an off-boarding line, and no name of a candidate', () => {
    const inChannel = (shape: RegExp): readonly Stood[] =>
      read(({ place, text }) => CHANNELS.includes(place) && shape.test(text));
    expect(inChannel(/Informational/u)).toEqual([]);
    const direct = read(({ place, text }) => place === 'ispg' && text.includes('Informational Value'));
    expect(direct.length).toBeGreaterThan(0);
    expect(inChannel(/fingerprint|e-QIP|eApp|PIV|EUA|clearance|screening|laptop|T-\d/iu)).toEqual([]);
    expect(inChannel(/Ivan|Soto|declined the candidate/u)).toEqual([]);
    const early = earlierThan('identified');
    expect(inChannel(/Ines|Sorensen/u).filter(early)).toEqual([]);
  });

  it('shows single lines of the card to those only who keep it, and answers of the survey to no contractor', () => {
    const lines = /Fingerprinting|Background questionnaire|public-trust/u;
    const readers = read(({ text }) => lines.test(text)).map(({ place }) => place);
    for (const place of ['bo', 'bo2', 'cra', 'guardian', 'admin', ...CHANNELS])
      expect(readers).not.toContain(place);
    expect(readers).toContain('isso');
    const survey = read(({ text }) => /Good work|very satisfied/u.test(text)).map(({ place }) => place);
    for (const place of ['lead', 'issolead', 'isso', 'isso2', ...CHANNELS])
      expect(survey).not.toContain(place);
  });

  it('says nothing of it to who has no part in it', () => {
    for (const place of ['bo2', 'isso2', 'admin', '#issoaas'])
      expect(read((message) => message.place === place && /Claims Hub/u.test(message.text))).toEqual([]);
  });
});

/** A driver that looks at all that stands anywhere: after each button, dialog and move of the clock, and before each chapter. */
function watching(driver: JourneyDriver, stood: Map<string, Stood>): JourneyDriver {
  let since: Chapter = 'request';
  const look = async (): Promise<void> => {
    const all = await Promise.all(
      [...PEOPLE, ...CHANNELS].map(async (place) => ({ place, messages: await driver.messages(place) })),
    );
    for (const { place, messages } of all)
      for (const { text } of messages) {
        const key = `${place} ${text}`;
        if (!stood.has(key)) stood.set(key, { place, text, since });
      }
  };
  const then = async <T>(made: Promise<T>): Promise<T> => {
    const answered = await made;
    await look();
    return answered;
  };
  return {
    ...driver,
    async press(who, message, action, values) {
      const label = (await driver.messages(who))
        .find(({ id }) => id === message)
        ?.actions.find(({ id }) => id === action)?.label;
      const chapter = chapterOf(who, label ?? '');
      if (chapter !== null) {
        // What was said until now belongs to the chapter before.
        await look();
        since = chapter;
      }
      return then(driver.press(who, message, action, values));
    },
    submit: (who, dialog, values) => then(driver.submit(who, dialog, values)),
    advance: (by) => then(driver.advance(by)),
  };
}
