/** What is typed about one line of an Information Card: `fingerprinting done ref TICKET-1`, `piv card waiting on badging office`. */
import type { ItemChange } from '../domain/card.ts';
import type { CardParty, CardTemplate, ItemTemplate } from '../domain/card-template.ts';
import type { LocalDate } from '../domain/time.ts';
import { fold } from '../forms/text.ts';
import { splitReference } from './evidence-words.ts';
import { readDayNear } from './meeting-words.ts';

/** What can be done with a line. */
export type SaidOfItem =
  | { readonly kind: 'change'; readonly key: string; readonly change: ItemChange }
  /** It is to be worked on again, and why. */
  | { readonly kind: 'reopen'; readonly key: string; readonly why: string }
  /** What is to be done next. */
  | { readonly kind: 'next'; readonly key: string; readonly words: string }
  /** By when it is to be finished, and why; null: by the day of the plan again. */
  | {
      readonly kind: 'move';
      readonly key: string;
      readonly to: LocalDate | null;
      readonly why: string | null;
    };

export type TypedItem =
  | SaidOfItem
  | { readonly kind: 'no-item' }
  | { readonly kind: 'no-state' | 'no-party' | 'no-day' | 'no-words'; readonly key: string };

/** The line that the text begins with, and what stands behind; the longest name that fits counts. */
export function itemNamed(
  template: CardTemplate,
  text: string,
): { readonly item: ItemTemplate; readonly rest: string } | null {
  const typed = text.trim();
  const folded = typed.toLowerCase();
  const named = template.items
    .flatMap((item, index) => wordsFor(item, index + 1).map((name) => ({ item, name })))
    .filter(({ name }) => folded === name || folded.startsWith(`${name} `) || folded.startsWith(`${name}:`))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  if (!named) return null;
  return { item: named.item, rest: typed.slice(named.name.length).replace(/^[\s:]+/u, '') };
}

/** Its key, its names of all times, other words for it, and its number on the card. */
const wordsFor = ({ key, names, alsoCalled }: ItemTemplate, place: number): readonly string[] =>
  [key, key.replaceAll('_', ' '), ...names.map(({ name }) => name), ...alsoCalled, String(place)].map(
    (name) => name.toLowerCase(),
  );

/** Words that say a state, before what belongs to it. */
const SAID: readonly (readonly [RegExp, Said])[] = [
  [/^(?:is |was )?(?:done|finished|completed?)\b/iu, 'done'],
  [/^(?:is )?wait(?:s|ing)? (?:on|for)\b/iu, 'waiting_on'],
  [/^(?:is |was )?requested\b/iu, 'requested'],
  [/^(?:is )?in progress\b/iu, 'in_progress'],
  [/^(?:is |was )?submitted\b/iu, 'submitted'],
  [/^(?:is )?blocked\b/iu, 'blocked'],
  [/^(?:is )?not needed\b/iu, 'not_needed'],
  [/^reopen\b/iu, 'reopen'],
  [/^next\b/iu, 'next'],
  [/^moved? back\b/iu, 'move_back'],
  [/^moved?\b/iu, 'move'],
];
type Said = Exclude<ItemChange['to'], 'not_started'> | 'reopen' | 'next' | 'move' | 'move_back';

/** Reads the words behind the number of the engagement. */
export function readItem(typed: string, template: CardTemplate, today: LocalDate): TypedItem {
  const named = itemNamed(template, typed);
  if (!named) return { kind: 'no-item' };
  const { item, rest } = named;
  const [shape, said] = SAID.find(([each]) => each.test(rest)) ?? [];
  if (!shape || !said) return { kind: 'no-state', key: item.key };
  const behind = rest.replace(shape, '').replace(/^[\s:;,]+/u, '');
  return readSaid(item.key, said, behind, today);
}

function readSaid(key: string, said: Said, behind: string, today: LocalDate): TypedItem {
  const because = behind.replace(/^(?:because|as|reason)\b[\s:]*/iu, '').trim();
  const change = (made: ItemChange): TypedItem => ({ kind: 'change', key, change: made });
  const worded = (made: (words: string) => TypedItem): TypedItem =>
    because === '' ? { kind: 'no-words', key } : made(because);
  switch (said) {
    case 'done':
      return readDone(key, behind, today);
    case 'waiting_on': {
      const party = PARTY_WORDS.get(fold(behind).replace(/^the /u, ''));
      return party ? change({ to: 'waiting_on', party }) : { kind: 'no-party', key };
    }
    case 'requested': {
      const on = behind === '' ? today : dayIn(behind, today);
      return on === null ? { kind: 'no-day', key } : change({ to: 'requested', on });
    }
    case 'in_progress':
    case 'submitted':
      return change({ to: said });
    case 'blocked':
      return worded((reason) => change({ to: 'blocked', reason }));
    case 'not_needed':
      return worded((why) => change({ to: 'not_needed', why }));
    case 'reopen':
      return worded((why) => ({ kind: 'reopen', key, why }));
    case 'next':
      return worded((words) => ({ kind: 'next', key, words }));
    case 'move_back':
      return { kind: 'move', key, to: null, why: because === '' ? null : because };
    case 'move':
      return readMove(key, behind, today);
    default:
      return said satisfies never;
  }
}

/** `to 1/20/2027 because the office is closed`. */
function readMove(key: string, behind: string, today: LocalDate): TypedItem {
  const [day = '', ...more] = behind.split(/,? because |;/iu);
  const to = readDayNear(day.trim().replace(/^(?:to|until|by) /iu, ''), today);
  const why = more.join(';').trim();
  if (to === null) return { kind: 'no-day', key };
  return why === '' ? { kind: 'no-words', key } : { kind: 'move', key, to, why };
}

/** `done`, `done ref TICKET-1`, `done on 2/3/2027 ref TICKET-1`. */
function readDone(key: string, behind: string, today: LocalDate): TypedItem {
  const { reference, rest } = splitReference(behind);
  const on = rest.length === 0 ? today : dayIn(rest.join(' '), today);
  return on === null
    ? { kind: 'no-day', key }
    : { kind: 'change', key, change: { to: 'done', on, reference } };
}

const dayIn = (words: string, today: LocalDate): LocalDate | null =>
  readDayNear(words.replace(/^on\s+/iu, ''), today);

const PARTY_WORDS: ReadonlyMap<string, CardParty> = new Map(
  (
    [
      ['contractor', ['contractor', 'contractor lead', 'contract lead', 'lead']],
      ['roster_owner', ['roster owner', 'roster']],
      ['service_isso', ['service isso', 'isso', 'person']],
      ['cor', ['cor', "contracting officer's representative"]],
      ['security_office', ['security office', 'personnel security', 'cms personnel security', 'security']],
      ['access_staff', ['access staff', 'cms access staff', 'eua', 'eua staff', 'access']],
      ['badging_office', ['badging office', 'cms badging office', 'badging', 'badge office']],
      ['it_desk', ['it desk', 'it service desk', 'service desk', 'help desk', 'it']],
      ['ispg', ['ispg', 'ispg team']],
      ['gtl', ['gtl', 'government task lead']],
      ['business_owner', ['business owner', 'bo', 'owner']],
      ['data_guardian', ['data guardian', 'guardian']],
      ['cra', ['cra', 'cyber risk advisor', 'advisor']],
      ['existing_isso', ['existing isso', 'present isso', 'current isso']],
      ['system_team', ['system team', 'sdm', 'developers', 'system developer', 'team']],
      ['ciso', ['ciso']],
    ] as const satisfies readonly (readonly [CardParty, readonly string[]])[]
  ).flatMap(([party, words]) => words.map((word) => [word, party] as const)),
);
