/** Information Cards as a history left them, for tests of plan, forecast and clocks. */
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { type Card, type CardItem, itemOf, newCard, withItem } from '../../src/domain/card.ts';
import type { WorkingDays } from '../../src/domain/card-plan.ts';
import { calendarOf, noWishes } from '../../src/domain/contact.ts';
import type { LocalDate } from '../../src/domain/time.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';

/** Federal holidays for everybody; the Service ISSO is on leave from the first to the last of these days as well. */
export const workingDays = (...leave: readonly (readonly [LocalDate, LocalDate])[]): WorkingDays => {
  const leaves = leave.map(([fromOn, toOn], index) => ({
    id: String(index),
    personId: 'isso',
    fromOn,
    toOn,
  }));
  const own = calendarOf(FEDERAL_CALENDAR, noWishes('isso'), leaves);
  return (party) => (party === 'service_isso' ? own : FEDERAL_CALENDAR);
};

/** A card of that day 0 with these lines as they are given. */
export const aCard = (
  dayZeroOn: LocalDate,
  lines: Readonly<Record<string, Partial<CardItem>>> = {},
  template = CARD_TEMPLATE,
): Card =>
  Object.entries(lines).reduce(
    (card, [key, line]) => {
      const item = itemOf(card, key);
      if (!item) throw new Error(`no line ${key}`);
      return withItem(card, { ...item, ...line });
    },
    newCard(template, dayZeroOn),
  );

export const doneOn = (on: LocalDate): Partial<CardItem> => ({
  state: { is: 'done', reference: 'TICKET-1' },
  doneOn: on,
});
export const BLOCKED: Partial<CardItem> = { state: { is: 'blocked', reason: 'The device is broken.' } };
export const NOT_NEEDED: Partial<CardItem> = {
  state: { is: 'not_needed', byId: 'gtl', why: 'They have one.' },
};
export const begun = (on: LocalDate, is: 'requested' | 'in_progress' | 'submitted' = 'in_progress') => ({
  state: { is },
  begunOn: on,
});
