/** What this person may type about people and roles. */
import { mayEver } from '../../domain/access.ts';
import type { Person } from '../../domain/person.ts';

export function peopleHelp(person: Person): readonly string[] {
  const reviews = mayEver(person, 'role.review');
  const grants = mayEver(person, 'role.grant');
  return [
    '`members ISSO-2026-0001`: who takes part',
    ...(mayEver(person, 'stand-in.name-own')
      ? ['`stand-in Carla Reyes from Dec 21 to Jan 4`: who decides while you are away']
      : []),
    ...(mayEver(person, 'stand-in.name-others')
      ? ['`stand-in Carla Reyes for Beatriz Okafor from Dec 21 to Jan 4`: the same for somebody else']
      : []),
    ...(mayEver(person, 'delegate.name')
      ? ['`delegate Dana Guthrie`: who drafts and prepares for you, until `end delegate Dana Guthrie`']
      : []),
    ...(reviews ? ['`access review`: who has which role, by whose word, and who has been idle'] : []),
    ...(grants
      ? [
          '`grant Dana Guthrie data guardian`, `revoke \u2026`, `keep \u2026`: give a role, take it back, say that it stays',
          '`roster`: the last import, and who has no mailbox',
        ]
      : []),
  ];
}
