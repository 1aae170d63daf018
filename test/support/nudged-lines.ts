/** What nudges name, held against the card, the courses and the papers as they were: counted from the template alone, not by the program's rules. */
import type { CardParty, ItemTemplate } from '../../src/domain/card-template.ts';
import { cardTemplate } from '../../src/offerings/card-template.ts';
import { CURRICULUM } from '../../src/offerings/curriculum.ts';
import { type AllTold, heldAt, type KeyedState } from './all-told.ts';

/** Who of the demonstration roster does, or follows up, what lies with which party. */
const HOLDS: Readonly<Record<string, readonly CardParty[]>> = {
  lead: ['contractor', 'roster_owner', 'security_office', 'access_staff', 'badging_office', 'it_desk'],
  isso: ['service_isso'],
  cor: ['cor'],
  gtl: ['gtl'],
  ispg: ['ispg'],
  bo: ['business_owner', 'existing_isso', 'system_team', 'ciso'],
  guardian: ['data_guardian'],
  cra: ['cra'],
};

/** Who says of themselves that they are ready, and how the preparation list calls it. */
const PARTS = [
  { says: 'The Data Guardian is told and ready', reader: 'guardian', key: 'data_guardian' },
  { says: 'The Cyber Risk Advisor is told and ready', reader: 'cra', key: 'cra' },
];

/** Whose signature the letter waits for, in turn, and what shows that it is there. */
const SIGNED: readonly (readonly [string, CardParty])[] = [
  ['letter.sign', 'service_isso'],
  ['letter.sign-owner', 'business_owner'],
  ['letter.note-ciso', 'ciso'],
];

/** The numbered lines of a nudge, without their numbers. */
export const numberedIn = (text: string): readonly string[] =>
  text.split('\n').flatMap((row) => /^(?:- )?Line \d{1,2}: (.+)$/u.exec(row)?.[1] ?? []);

const isNamed = (line: string, name: string): boolean => line.startsWith(`${name}: `);

/** The line of the card of which a numbered line speaks; undefined for a course or a part. */
export const itemNamed = (line: string, items: readonly ItemTemplate[]): ItemTemplate | undefined =>
  items.find(({ names }) => names.some(({ name }) => isNamed(line, name)));

/** Why the reader could do nothing about that line at that instant; null when they could. */
export function whyNot(told: AllTold, reader: string, line: string, at: Date): string | null {
  const card = heldAt(told.cards, at);
  if (!card) return 'there was no card';
  const { items } = cardTemplate(card.formVersion);
  const part = PARTS.find(({ says }) => line.startsWith(says));
  if (part) return whyNotPart(told, part, reader, at);
  const item = itemNamed(line, items);
  if (!item) return whyNotCourse(told, reader, line, at);
  const states = new Map(card.answers.items.map((each) => [each.key, each]));
  const state = states.get(item.key)?.state;
  if (!state || isSettled(state.is)) return 'it was settled';
  const open = item.needs
    .filter(({ unless }) => unless === null || state.is === 'not_started')
    .filter(({ key }) => !isSettled(states.get(key)?.state.is));
  if (open.length > 0) return `before it comes ${open.map(({ key }) => key).join(', ')}`;
  const party = partyOf(told, item, state, at);
  return HOLDS[reader]?.includes(party) ? null : `it was with ${party}`;
}

const isSettled = (is: string | undefined): boolean => is === 'done' || is === 'not_needed';

function partyOf(told: AllTold, item: ItemTemplate, state: KeyedState['state'], at: Date): CardParty {
  if (state.is === 'blocked') return 'gtl';
  if (item.key === 'appointment_letter') {
    const done = new Set(told.letter.filter((each) => each.at <= at).map(({ verb }) => verb));
    return SIGNED.find(([verb]) => !done.has(verb))?.[1] ?? 'ciso';
  }
  return state.party ?? item.parties[0];
}

function whyNotPart(told: AllTold, part: (typeof PARTS)[number], reader: string, at: Date): string | null {
  if (reader !== part.reader) return `it is for ${part.reader} to say`;
  return heldAt(told.preparation, at)?.answers[part.key] === 'yes' ? 'it was said already' : null;
}

function whyNotCourse(told: AllTold, reader: string, line: string, at: Date): string | null {
  const course = CURRICULUM.find(({ name }) => isNamed(line, name));
  if (!course) return 'nothing is called so';
  if (reader !== 'isso') return 'it is a course of the Service ISSO';
  const state = heldAt(told.training, at)?.answers.courses.find(({ key }) => key === course.key)?.state;
  return (state?.is ?? 'open') === 'open' ? null : `the course was ${state?.is}`;
}

/** The names of what was settled from `from` on and before `until`: lines of the card and courses. */
export function settledBetween(told: AllTold, from: Date, until: Date): readonly string[] {
  const keys = (at: Date): ReadonlySet<string> => {
    const items = heldAt(told.cards, at)?.answers.items ?? [];
    const courses = heldAt(told.training, at)?.answers.courses ?? [];
    return new Set([
      ...items.filter(({ state }) => isSettled(state.is)).map(({ key }) => `item ${key}`),
      ...courses.filter(({ state }) => state.is !== 'open').map(({ key }) => `course ${key}`),
    ]);
  };
  const before = keys(from);
  const fresh = [...keys(until)].filter((key) => !before.has(key));
  const { items } = cardTemplate(heldAt(told.cards, until)?.formVersion ?? 1);
  return [
    ...items
      .filter(({ key }) => fresh.includes(`item ${key}`))
      .flatMap(({ names }) => names.map(({ name }) => name)),
    ...CURRICULUM.filter(({ key }) => fresh.includes(`course ${key}`)).map(({ name }) => name),
  ];
}

/** Whether one of the numbered lines of that text has that name. */
export const namesLine = (text: string, name: string): boolean =>
  numberedIn(text).some((line) => isNamed(line, name));
