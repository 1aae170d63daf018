/** A role as people name it, alone or with a person: "Dana Guthrie data guardian", "gtl to Grace". */
import { ROLES, type Role } from '../domain/person.ts';
import { fold } from './text.ts';

/** What a role is called beside its key. */
const NAMES: Readonly<Partial<Record<Role, readonly string[]>>> = {
  business_owner: ['bo', 'owner'],
  bo_delegate: ['delegate', 'component representative', 'business owner delegate'],
  cra: ['cyber risk advisor', 'advisor'],
  ispg_team: ['ispg', 'isso support team'],
  gtl: ['government task lead', 'task lead'],
  cor: ["contracting officer's representative", 'contracting officers representative'],
  contractor_lead: ['contract lead', 'contract leadership'],
  contractor_coord: ['contract coordinator', 'contractor coordinator', 'roster owner'],
  service_isso_lead: ['isso lead'],
  service_isso: ['isso'],
  existing_isso: ['current isso'],
  data_guardian: ['guardian'],
  developer_maintainer: ['developer', 'maintainer', 'developer or maintainer', 'system developer', 'sdm'],
  system_owner: ['iso', 'information system owner'],
  ciso: ['cms ciso'],
  auditor: ['audit', 'oversight'],
  records_officer: ['records', 'records management'],
  platform_admin: ['admin', 'administrator', 'bot administrator', 'bot admin'],
};

const BY_NAME: ReadonlyMap<string, Role> = new Map(
  ROLES.flatMap((role) =>
    [role.replaceAll('_', ' '), role, ...(NAMES[role] ?? [])].map((name) => [name, role] as const),
  ),
);
/** Words in the longest name. */
const MOST_WORDS = 4;
/** A name and a role are never longer. */
const LONGEST = 160;

/** The role that the whole text names; null for none. */
export const readRole = (text: string): Role | null =>
  BY_NAME.get(fold(text).replace(/^(?:the |an? )?(?:role (?:of )?)?/u, '')) ?? null;

/**
 * A person and a role, in either order: `Dana Guthrie data guardian`, `Dana Guthrie as data guardian`, `data guardian to Dana
 * Guthrie`. The longest words that name a role are the role; the person is as typed. Null when no role is in it, or nobody.
 */
export function readPersonAndRole(text: string): { readonly person: string; readonly role: Role } | null {
  if (text.length > LONGEST || readRole(text) !== null) return null;
  const words = text.trim().split(/[\s;,]+/u);
  return behind(words) ?? ahead(words);
}

function behind(words: readonly string[]): { person: string; role: Role } | null {
  for (let count = Math.min(MOST_WORDS, words.length - 1); count > 0; count -= 1) {
    const role = readRole(words.slice(-count).join(' '));
    if (role) return named(words.slice(0, -count), role);
  }
  return null;
}

function ahead(words: readonly string[]): { person: string; role: Role } | null {
  const at = words.findIndex((word) => /^(?:to|from)$/iu.test(word));
  const role = at > 0 ? readRole(words.slice(0, at).join(' ')) : null;
  return role ? named(words.slice(at + 1), role) : null;
}

/** Words between a person and their role. */
const BETWEEN: ReadonlySet<string> = new Set(['as', 'a', 'an', 'the', 'is', 'role']);

function named(words: readonly string[], role: Role): { person: string; role: Role } | null {
  const last = words.findLastIndex((word) => !BETWEEN.has(word.toLowerCase()));
  const person = words.slice(0, last + 1).join(' ');
  return person === '' ? null : { person, role };
}
