/** Who has the ball: the party that can be reached about a line of an Information Card, and for whom it waits (domain reference 4.3, 4.5). Pure. */
import { isOfParty } from './access-card.ts';
import type { EngagementScope } from './access-relations.ts';
import type { CardItem } from './card.ts';
import { holderOf } from './card-progress.ts';
import type { CardParty, ItemTemplate } from './card-template.ts';
import type { Person } from './person.ts';

/** Parties that have people here. */
export const REACHED_PARTIES = [
  'contractor',
  'roster_owner',
  'service_isso',
  'cor',
  'ispg',
  'gtl',
  'business_owner',
  'data_guardian',
  'cra',
] as const satisfies readonly CardParty[];
export type ReachedParty = (typeof REACHED_PARTIES)[number];

/** Who is nudged, and for whom it waits while they follow it up; null: they do it themselves. */
export interface Ball {
  readonly party: ReachedParty;
  readonly waitsFor: CardParty | null;
}

/** Who follows up what lies with somebody who can't be reached here (domain reference 4.3, "contractor follows up"; 1.1 for the rest). */
const FOLLOWED_UP_BY: Readonly<Record<Exclude<CardParty, ReachedParty>, ReachedParty>> = {
  security_office: 'contractor',
  access_staff: 'contractor',
  badging_office: 'contractor',
  it_desk: 'contractor',
  ciso: 'business_owner',
  existing_isso: 'business_owner',
  system_team: 'business_owner',
};

const isReached = (party: CardParty): party is ReachedParty => !(party in FOLLOWED_UP_BY);

/** The ball lies with that party, or with whoever follows it up. */
export function ballWith(party: CardParty): Ball {
  if (isReached(party)) return { party, waitsFor: null };
  return { party: FOLLOWED_UP_BY[party], waitsFor: party };
}

/** Who has the lines of a party for which nobody is named now (assumed); the last of them is ISPG, which is the programme's own. */
const IN_PLACE_OF: Readonly<Partial<Record<ReachedParty, ReachedParty>>> = {
  roster_owner: 'contractor',
  contractor: 'gtl',
  gtl: 'ispg',
};

/** Whoever has the lines of `party` while nobody of it is named; null: nobody else does them. */
export const inPlaceOf = (party: ReachedParty): ReachedParty | null => IN_PLACE_OF[party] ?? null;

/** Whoever has an open line in hand, or follows it up. */
export const ballOf = (of: Pick<ItemTemplate, 'parties' | 'follows'>, item: Pick<CardItem, 'state'>): Ball =>
  ballWith(holderOf(of, item));

/**
 * True when `person` has the line in hand, or is the party that does it first: they say of it that it is done, blocked or waits. A
 * Service ISSO says so of every line they have a part in. `vacant`: parties for which nobody is named; whoever has their lines says it.
 */
export function holdsLine(
  person: Person,
  of: Pick<ItemTemplate, 'parties' | 'follows'>,
  item: Pick<CardItem, 'state'>,
  scope: EngagementScope,
  vacant: ReadonlySet<ReachedParty> = new Set(),
): boolean {
  const holders = new Set([ballOf(of, item).party, ballWith(of.parties[0]).party]);
  if (of.parties.includes('service_isso')) holders.add('service_isso');
  // A set hands out what is added while it is walked through.
  for (const party of holders) {
    const other = vacant.has(party) ? inPlaceOf(party) : null;
    if (other) holders.add(other);
  }
  return [...holders].some((party) => isOfParty(person, party, scope));
}
