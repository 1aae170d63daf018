/** On how many days each party had lines of a card in hand (features reference part 3, no. 4). Pure. */
import { type CardVersion, itemClocks } from './card-clocks.ts';
import type { CardParty, CardTemplate } from './card-template.ts';
import { addDays, type LocalDate, localDate } from './time.ts';

/** Calendar days by party; whoever had something on most of them first, else by name. */
export type DaysInHand = ReadonlyMap<CardParty, number>;

/**
 * On how many calendar days of `zone`, until `now`, each party had at least one line in hand, if only for a part of the day: lines of
 * the same day count once. Left out: who never had any.
 */
export function daysInHand(
  template: CardTemplate,
  versions: readonly CardVersion[],
  now: Date,
  zone: string,
): DaysInHand {
  const days = new Map<CardParty, Set<LocalDate>>();
  versions.forEach((version, index) => {
    const next = versions[index + 1]?.at ?? now;
    const until = next < now ? next : now;
    if (version.at >= until) return;
    const stretch = daysBetweenInstants(version.at, until, zone);
    for (const party of holdersIn(template, version, until)) {
      const own = days.get(party) ?? new Set<LocalDate>();
      for (const on of stretch) own.add(on);
      days.set(party, own);
    }
  });
  return new Map(
    [...days]
      .map(([party, own]): [CardParty, number] => [party, own.size])
      .sort(([a, aDays], [b, bDays]) => bDays - aDays || (a < b ? -1 : 1)),
  );
}

/** Whoever has a line while the card stands so. */
const holdersIn = (template: CardTemplate, version: CardVersion, until: Date): ReadonlySet<CardParty> =>
  new Set(
    itemClocks(template, [version], until).flatMap(({ byParty }) =>
      [...byParty].flatMap(([party, ms]) => (ms > 0 ? [party] : [])),
    ),
  );

/** Every day of which a part lies between them; `until` itself no longer does. */
function daysBetweenInstants(from: Date, until: Date, zone: string): readonly LocalDate[] {
  const last = localDate(new Date(until.getTime() - 1), zone);
  const days: LocalDate[] = [];
  for (let on = localDate(from, zone); on <= last; on = addDays(on, 1)) days.push(on);
  return days;
}
