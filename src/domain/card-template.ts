/** What an Information Card consists of, as data: its lines, who does them, what each needs first (domain reference 4.3). */
import type { LocalDate } from './time.ts';

/** Who can have a line in hand. */
export const CARD_PARTIES = [
  'contractor',
  'roster_owner',
  'service_isso',
  'cor',
  'security_office',
  'access_staff',
  'badging_office',
  'it_desk',
  'ispg',
  'gtl',
  'business_owner',
  'data_guardian',
  'cra',
  'existing_isso',
  'system_team',
  'ciso',
] as const;
export type CardParty = (typeof CARD_PARTIES)[number];

/** What has to hold before a Service ISSO works (domain reference 2.4). */
export const GATE_KEYS = [
  'appointment_letter',
  'screening',
  'rules_of_behavior',
  'awareness_training',
  'role_based_training',
  'access',
  'initial_meeting',
] as const;
export type GateKey = (typeof GATE_KEYS)[number];

/** Something that is known elsewhere and settles a line by itself. */
export type CardFact =
  | 'letter'
  | 'preparation'
  | 'initial-meeting'
  | 'training'
  | 'curriculum'
  | 'start-of-work';

/** A line that comes first. */
export interface Need {
  readonly key: string;
  /** When it goes without, in words; null: never. */
  readonly unless: string | null;
}

/** What becomes of a line when its person leaves: returned, revoked, somebody told, or kept as evidence. */
export interface Mirror {
  readonly kind: 'return' | 'revoke' | 'tell' | 'keep';
  readonly what: string;
}

export interface ItemTemplate {
  readonly key: string;
  /** What it is called from which day on, oldest first; the first from the beginning. */
  readonly names: readonly [ItemName, ...ItemName[]];
  /** Other words people use for it. */
  readonly alsoCalled: readonly string[];
  /** Who does it; the first has it in hand unless it waits for somebody else. */
  readonly parties: readonly [CardParty, ...CardParty[]];
  readonly needs: readonly Need[];
  /** Days after day 0. */
  readonly startDay: number;
  readonly finishDay: number;
  /** Business days it takes once what it needs is there. */
  readonly leadDays: number;
  /** It is never planned for a later day after day 0, whatever came in between; null: no such day. */
  readonly latestDay: number | null;
  /** It counts as done only with a reference, such as a ticket number. */
  readonly needsReference: boolean;
  /** `alone`: nobody says by hand that it is done. */
  readonly follows: { readonly fact: CardFact; readonly alone: boolean } | null;
  readonly gates: readonly GateKey[];
  /** It belongs to the person and not to one engagement: what is done stays done in the next. */
  readonly isOfPerson: boolean;
  readonly mirror: Mirror | null;
}

export interface ItemName {
  /** Null: from the beginning. */
  readonly sinceOn: LocalDate | null;
  readonly name: string;
}

export interface CardTemplate {
  /** Kept with every card, so that an old one reads as it was. */
  readonly version: number;
  readonly items: readonly ItemTemplate[];
}

/** The line of that key; undefined for none. */
export const itemIn = ({ items }: CardTemplate, key: string): ItemTemplate | undefined =>
  items.find((item) => item.key === key);

/** What the line is called on that day. */
export function nameOn({ names }: Pick<ItemTemplate, 'names'>, on: LocalDate): string {
  const [first] = names;
  return (names.findLast(({ sinceOn }) => sinceOn === null || sinceOn <= on) ?? first).name;
}

/** Keys of the lines that must be settled before this one, without exception. */
export const strictNeeds = ({ needs }: Pick<ItemTemplate, 'needs'>): readonly string[] =>
  needs.filter(({ unless }) => unless === null).map(({ key }) => key);

/**
 * What is wrong with a template, in words for whoever wrote it: keys that stand twice or nowhere, days that don't fit, names out of
 * order, lines that wait for each other in a circle. Empty when it can be used.
 */
export function templateProblems(template: CardTemplate): readonly string[] {
  const keys = template.items.map(({ key }) => key);
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key} stands twice`);
  const own = template.items.flatMap((item) => itemProblems(item, keys));
  return [...twice, ...own, ...circles(template)];
}

function itemProblems(item: ItemTemplate, keys: readonly string[]): readonly string[] {
  const { key, needs, startDay, finishDay, names } = item;
  const since = names.map(({ sinceOn }) => sinceOn ?? '');
  return [
    ...needs
      .filter((need) => !keys.includes(need.key))
      .map((need) => `${key} needs ${need.key}, which is no line`),
    ...(startDay < 0 || finishDay < startDay ? [`${key} finishes before it starts`] : []),
    ...(since.some((day, index) => index > 0 && day <= (since[index - 1] ?? ''))
      ? [`the names of ${key} are out of order`]
      : []),
  ];
}

/** Takes away what needs nothing that is left, round by round; what stays needs itself. */
function circles({ items }: CardTemplate): readonly string[] {
  let left = items;
  for (let round = 0; round <= items.length; round += 1) {
    const keys = new Set(left.map(({ key }) => key));
    const next = left.filter(({ needs }) => needs.some(({ key }) => keys.has(key)));
    if (next.length === left.length) break;
    left = next;
  }
  return left.length === 0 ? [] : [`these wait for each other: ${left.map(({ key }) => key).join(', ')}`];
}

/** The template as it came. Throws (a bug) for one that can't be used. */
export function checkedTemplate(template: CardTemplate): CardTemplate {
  const problems = templateProblems(template);
  if (problems.length > 0) throw new Error(`card template ${template.version}: ${problems.join('; ')}`);
  return template;
}
