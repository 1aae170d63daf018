/** Roles in words, and what is said when they are given and taken back. */
import type { Person, Role } from '../../domain/person.ts';
import type { Clash, GrantRefusal, RevokeRefusal } from '../../domain/role-grants.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { card, type Message, note, paragraph, say } from '../message.ts';

/** The name of each role (domain reference 1.1). */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  business_owner: 'Business Owner',
  bo_delegate: 'Component representative',
  cra: 'Cyber Risk Advisor',
  ispg_team: 'ISPG team',
  gtl: 'Government Task Lead',
  cor: "Contracting Officer's Representative",
  contractor_lead: 'Contract lead',
  contractor_coord: 'Contract coordinator',
  service_isso_lead: 'Service ISSO Lead',
  service_isso: 'Service ISSO',
  existing_isso: 'Existing ISSO',
  data_guardian: 'Data Guardian',
  developer_maintainer: 'Developer or maintainer',
  system_owner: 'System Owner',
  ciso: 'CISO',
  auditor: 'Auditor',
  records_officer: 'Records Officer',
  platform_admin: 'Bot administrator',
};

/** A role as it is typed: its key with spaces. */
export const typedRole = (role: Role): string => role.replaceAll('_', ' ');

/** Nothing but letters and what stands between them: such a name can be shown as words to type. */
const PLAIN_NAME = /^[\p{L}\p{M}][\p{L}\p{M} .'’-]{0,79}$/u;

/** Somebody as they are typed: by name; by id where several are called so, or the name has other signs in it. */
export const typedPerson = (
  person: Pick<Person, 'id' | 'name'>,
  people: readonly Pick<Person, 'id' | 'name'>[] = [],
): string =>
  PLAIN_NAME.test(person.name) && !people.some(({ id, name }) => id !== person.id && name === person.name)
    ? person.name
    : person.id;

/** Why two roles don't go together, in one sentence. */
export const clashWords = ({ code, roles }: Clash): string => {
  const [one, other] = roles.map((role) => ROLE_NAMES[role]);
  return code === 'administers-and-approves'
    ? `${one} and ${other} don't go together: whoever administers the bot may not approve or look after what others do`
    : `${one} and ${other} don't go together: the one works for the contractor, the other is a federal role`;
};

type Named = Pick<Person, 'id' | 'name'>;

/** `grant`, `revoke` with what they need. */
export const grantUsage = (): Message =>
  say(
    'Type who gets which role, for example: `grant Dana Guthrie data guardian`. To take one back: `revoke Dana Guthrie data guardian`.',
    `The roles are ${Object.keys(ROLE_NAMES)
      .map((role) => role.replaceAll('_', ' '))
      .join(', ')}.`,
  );

export function grantRefused(person: Named, role: Role, refusal: GrantRefusal): Message {
  switch (refusal.code) {
    case 'own-role':
      return say(
        'Nothing was changed: nobody grants a role to themselves, nor to whom they stand in for. Ask another administrator.',
      );
    case 'has-it':
      return say(line`${theirs(person.name)} is ${strong(ROLE_NAMES[role])} already. Nothing was changed.`);
    case 'no-mailbox':
      return say(
        line`Nothing was changed: I know no verified mailbox of ${theirs(person.name)}, so I can't tell them from others of that name. Add them to the roster with their mailbox, then try again.`,
      );
    case 'same-person':
      return say(
        line`You have said yes already. ${strong(ROLE_NAMES[role])} for ${theirs(person.name)} waits for another administrator; they were asked.`,
      );
    case 'clash':
      return say(
        line`Nothing was changed: ${clashWords(refusal.clash)}. Take the one back first, for example: \`revoke ${typedPerson(person)} ${typedRole(refusal.clash.roles.find((each) => each !== role) ?? role)}\`.`,
      );
    default:
      return refusal satisfies never;
  }
}

export function revokeRefused(person: Named, role: Role, { code }: RevokeRefusal): Message {
  switch (code) {
    case 'has-not':
      return say(
        line`${theirs(person.name)} is not ${strong(ROLE_NAMES[role])}, so nothing was changed. \`access review\` shows who has which role.`,
      );
    case 'last-administrator':
      return say(
        line`Nothing was changed: ${theirs(person.name)} is the only administrator. Make somebody else administrator first: \`grant Dana Guthrie platform admin\`.`,
      );
    default:
      return code satisfies never;
  }
}

/** To the administrator who granted. */
export function granted(
  person: Named,
  role: Role,
  how: { readonly isByOnlyAdministrator: boolean; readonly firstName: string | null },
): Message {
  const done = line`${theirs(person.name)} is now ${strong(ROLE_NAMES[role])}. They are told, and the record keeps it.`;
  if (how.firstName !== null)
    return say(
      done,
      line`${theirs(how.firstName)} said yes before you, as this role needs two administrators.`,
    );
  if (how.isByOnlyAdministrator)
    return say(
      done,
      'This role needs two administrators, but there is only one who can decide. The record says so. Name a second administrator when you can.',
    );
  return say(done);
}

export const proposed = (person: Named, role: Role, seconds: readonly string[]): Message =>
  say(
    line`${strong(ROLE_NAMES[role])} needs two administrators. ${theirs(person.name)} gets it when another one says yes: ${theirs(seconds.join(', '))}. Until then nothing has changed. To take it back, type \`revoke ${typedPerson(person)} ${typedRole(role)}\`.`,
  );

/** To another administrator: the second yes, or no. */
export const secondAsked = (person: Named, role: Role, byName: string): Message =>
  card(
    'A role waits for your yes',
    [
      paragraph(
        line`${theirs(byName)} wants ${theirs(person.name)} to be ${strong(ROLE_NAMES[role])}. This role needs two administrators. Nothing has changed yet.`,
      ),
      note('If you did not expect this, ask them before you say yes.'),
    ],
    [
      button(
        'approve',
        'Approve the role',
        { verb: 'role.approve', subject: person.id, choice: role },
        `grant ${typedPerson(person)} ${typedRole(role)}`,
        { look: 'primary' },
      ),
      button(
        'decline',
        'Decline the role',
        { verb: 'role.revoke', subject: person.id, choice: role },
        `revoke ${typedPerson(person)} ${typedRole(role)}`,
        { look: 'danger' },
      ),
    ],
  );

/** The same card once it is decided. */
export const secondSettled = (person: Named, role: Role, isGiven: boolean, byName: string): Message =>
  card('A role waited for your yes', [
    paragraph(
      isGiven
        ? line`${theirs(byName)} approved: ${theirs(person.name)} is now ${strong(ROLE_NAMES[role])}.`
        : line`${theirs(byName)} declined: ${theirs(person.name)} is not ${strong(ROLE_NAMES[role])}.`,
    ),
  ]);

export const revoked = (person: Named, role: Role): Message =>
  say(
    line`${theirs(person.name)} is ${strong(ROLE_NAMES[role])} no more. They are told. The roster does not give it back; only \`grant ${typedPerson(person)} ${typedRole(role)}\` does.`,
  );

export const proposalDropped = (person: Named, role: Role): Message =>
  say(line`Declined: ${theirs(person.name)} does not become ${strong(ROLE_NAMES[role])}.`);

const helpButton: Button = button(
  'help',
  'What can I do here?',
  { verb: 'help.show', subject: 'all' },
  'help',
);
const whoamiButton: Button = button(
  'whoami',
  'Who am I here?',
  { verb: 'whoami.show', subject: 'own' },
  'whoami',
);

/** To the person who has a role now. `byName` null: a setting gave it. */
export const roleGiven = (role: Role, byName: string | null): Message => ({
  ...say(
    byName === null
      ? line`You are now ${strong(ROLE_NAMES[role])} of ISSO As A Service: the bot's settings name you.`
      : line`${theirs(byName)} made you ${strong(ROLE_NAMES[role])} in ISSO As A Service.`,
    'Type `help` to see what you can do, and `whoami` to see all your roles. If this is a mistake, write to ISSO@cms.hhs.gov.',
  ),
  buttons: [helpButton, whoamiButton],
});

/** To the person who has lost a role. */
export const roleTaken = (role: Role, byName: string): Message => ({
  ...say(
    line`You are no longer ${strong(ROLE_NAMES[role])} in ISSO As A Service: ${theirs(byName)} took the role back.`,
    'What you did before stays in the record. If this is a mistake, write to ISSO@cms.hhs.gov.',
  ),
  buttons: [whoamiButton],
});

/** Who gave a role and when, as a review and `whoami` say it. */
export function givenWords(
  granted: { readonly byId: string; readonly at: Date } | null,
  names: { readonly by: string | null; readonly second: string | null },
): Line {
  if (granted === null) return line`given before this was noted`;
  const on = line` on ${time(granted.at, 'date')}`;
  if (granted.byId === '#roster') return line`from the roster${on}`;
  if (granted.byId === '#setting') return line`from the bot's settings${on}`;
  const second = names.second === null ? line`` : line` and ${theirs(names.second)}`;
  return line`granted by ${theirs(names.by ?? granted.byId)}${second}${on}`;
}
