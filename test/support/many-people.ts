/** The people of a large made-up programme, reachable in the console under their own ids. */
import type { Role } from '../../src/domain/person.ts';
import { COMPONENTS } from '../../src/offerings/components.ts';
import { ADVISORS, componentOf, ISSOS, OWNERS } from './many-lives.ts';

/** Those of the programme's own staff. */
export const MANY = {
  ispg: 'many-ispg-1',
  gtl: 'many-gtl-1',
  cor: 'many-cor-1',
  lead: 'many-lead-1',
  coord: 'many-coord-1',
} as const;

export interface MadeUpPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly components: readonly string[];
  readonly timeZone: string;
  readonly token: string;
}

const FIRST =
  'Ada Ben Cora Dev Ella Finn Gia Hugo Ida Jon Kira Lou Mara Nils Odette Pia Quinn Rosa Sven Tara'.split(' ');
const LAST =
  'Abbott Brandt Castillo Dawson Everett Flores Grant Hughes Ibarra Jensen Keller Lowe Mercer Novak Osei Park'.split(
    ' ',
  );

/** Everybody that the lives of `many-lives.ts` name. */
export function manyPeople(): readonly MadeUpPerson[] {
  const names = new Map<string, number>();
  const person = (id: string, role: Role, components: readonly string[] = []): MadeUpPerson => {
    const place = names.size;
    names.set(id, place);
    const name = `${FIRST[place % FIRST.length]} ${LAST[Math.floor(place / FIRST.length) % LAST.length]}${place >= 320 ? ' Jr.' : ''}`;
    return {
      id,
      name,
      email: `${id}@demo.cms.example`,
      roles: [role],
      components,
      timeZone: 'America/New_York',
      token: `token-${id}`,
    };
  };
  const several = (count: number, make: (place: number) => MadeUpPerson): readonly MadeUpPerson[] =>
    Array.from({ length: count }, (_, place) => make(place));
  return [
    person(MANY.ispg, 'ispg_team'),
    person('many-ispg-2', 'ispg_team'),
    person(MANY.gtl, 'gtl'),
    person(MANY.cor, 'cor'),
    person(MANY.lead, 'contractor_lead'),
    person(MANY.coord, 'contractor_coord'),
    ...several(OWNERS, (place) => person(`many-bo-${place + 1}`, 'business_owner', [componentOf(place)])),
    ...several(ADVISORS, (place) =>
      person(
        `many-cra-${place + 1}`,
        'cra',
        COMPONENTS.filter((_, index) => index % ADVISORS === place).map(({ id }) => id),
      ),
    ),
    ...several(ISSOS, (place) => person(`many-isso-${place + 1}`, 'service_isso')),
  ];
}
