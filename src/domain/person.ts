import type { PersonId } from './ids.ts';

/** The roles of the programme (domain reference 1.1). */
export const ROLES = [
  'business_owner',
  'bo_delegate',
  'cra',
  'ispg_team',
  'gtl',
  'cor',
  'contractor_lead',
  'contractor_coord',
  'service_isso_lead',
  'service_isso',
  'existing_isso',
  'data_guardian',
  'developer_maintainer',
  'system_owner',
  'ciso',
  'auditor',
  'records_officer',
  'platform_admin',
] as const;

export type Role = (typeof ROLES)[number];

/** Whose people may hold a role (domain reference 1.1): an existing ISSO and an administrator may be a federal employee or not. */
export const HOLDERS: Readonly<Record<Role, 'federal' | 'contractor' | 'either'>> = {
  business_owner: 'federal',
  bo_delegate: 'federal',
  cra: 'federal',
  ispg_team: 'federal',
  gtl: 'federal',
  cor: 'federal',
  contractor_lead: 'contractor',
  contractor_coord: 'contractor',
  service_isso_lead: 'contractor',
  service_isso: 'contractor',
  existing_isso: 'either',
  data_guardian: 'federal',
  developer_maintainer: 'federal',
  system_owner: 'federal',
  ciso: 'federal',
  auditor: 'federal',
  records_officer: 'federal',
  platform_admin: 'either',
};

/** Somebody the bot knows, the same on every platform. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string | null;
  /** Empty for somebody who is not on the roster: they may ask questions and file a request. */
  readonly roles: readonly Role[];
  /** Component keys (`OIT`); a Cyber Risk Advisor has those they advise. */
  readonly components: readonly string[];
  /** IANA zone, such as `America/New_York`. */
  readonly timeZone: string;
  /** The unguessable part of the person's calendar feed address. */
  readonly calendarToken: string;
  /** People who are away and for whom they stand in today; left out: nobody. */
  readonly standsInFor?: readonly Pick<Person, 'id' | 'roles' | 'components'>[];
  /** Business Owners whose delegate they are today; left out: none. */
  readonly delegateOf?: readonly PersonId[];
}

/** The people rules and messages need by id. */
export type People = ReadonlyMap<PersonId, Person>;
