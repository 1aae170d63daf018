/** Writes down one line of a card template, with what most lines have in common. */
import type { ItemTemplate, Mirror, Need } from '../domain/card-template.ts';

type Line = Pick<ItemTemplate, 'parties'> & {
  readonly name: string;
  readonly needs?: readonly (string | Need)[];
  /** First and last day after day 0. */
  readonly days: readonly [number, number];
  /** Business days it takes. */
  readonly lead: number;
  readonly mirror?: Mirror;
} & Partial<
    Pick<
      ItemTemplate,
      'names' | 'alsoCalled' | 'needsReference' | 'follows' | 'gates' | 'isOfPerson' | 'latestDay'
    >
  >;

/** A line: its key, its name, who does it, its days; left out: nothing comes first, no reference, of the person. */
export const line = (
  key: string,
  { name, needs = [], days: [startDay, finishDay], lead, mirror, ...more }: Line,
): ItemTemplate => ({
  key,
  names: [{ sinceOn: null, name }],
  alsoCalled: [],
  needs: needs.map((need) => (typeof need === 'string' ? { key: need, unless: null } : need)),
  startDay,
  finishDay,
  leadDays: lead,
  latestDay: null,
  needsReference: false,
  follows: null,
  gates: [],
  isOfPerson: true,
  mirror: mirror ?? null,
  ...more,
});

export const revoke = (what: string): Mirror => ({ kind: 'revoke', what });
export const giveBack = (what: string): Mirror => ({ kind: 'return', what });
export const tell = (what: string): Mirror => ({ kind: 'tell', what });
/** Of this engagement alone. */
export const OWN = { isOfPerson: false } as const;
/** Done only with a reference. */
export const PROVEN = { needsReference: true } as const;
