/** Whom the bot turns to when it can't reach somebody (assumed: who works with them nearest, domain reference 1.1). */
import type { Person, Role } from './person.ts';

const LEADS: readonly (readonly [of: readonly Role[], lead: readonly Role[]])[] = [
  [['service_isso'], ['service_isso_lead', 'contractor_lead', 'gtl']],
  [
    ['service_isso_lead', 'contractor_coord'],
    ['contractor_lead', 'gtl'],
  ],
  [
    ['business_owner', 'bo_delegate', 'system_owner', 'existing_isso'],
    ['cra', 'ispg_team', 'gtl'],
  ],
  [
    ['data_guardian', 'developer_maintainer'],
    ['cra', 'ispg_team', 'gtl'],
  ],
];
const OTHERWISE: readonly Role[] = ['gtl', 'ispg_team'];

/** Roles of those who may know where somebody is, nearest first. */
export function leadRolesOf({ roles }: Pick<Person, 'roles'>): readonly Role[] {
  return LEADS.find(([of]) => of.some((role) => roles.includes(role)))?.[1] ?? OTHERWISE;
}

/** Whether `lead` is a lead of `person`: a Cyber Risk Advisor only for their own components. */
export function leads(lead: Person, person: Person): boolean {
  if (lead.id === person.id) return false;
  const isAdvisorOnly = lead.roles.every((role) => role === 'cra');
  return !isAdvisorOnly || lead.components.some((component) => person.components.includes(component));
}
