/** Who holds the roles by which the parties of engagements are named. */
import type { Person, Role } from '../domain/person.ts';
import type { Work } from './work.ts';

/** Few hold one of these, and whoever asks for one often asks for the others, too: they are read together. */
const OF_PARTIES = [
  'contractor_lead',
  'contractor_coord',
  'gtl',
  'cor',
  'ispg_team',
  'data_guardian',
] as const satisfies readonly Role[];

/** Everybody who holds that role now, by id. */
export async function holdersOfParty(
  { tx }: Pick<Work, 'tx'>,
  role: (typeof OF_PARTIES)[number],
): Promise<readonly Person[]> {
  return (await tx.people.withAnyRole(OF_PARTIES)).filter(({ roles }) => roles.includes(role));
}
