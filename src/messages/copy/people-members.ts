/** Who takes part in an engagement, in words: let in, approved by a second person, removed. */
import type { MemberRole, Membership } from '../../domain/course.ts';
import type { Engagement } from '../../domain/engagement.ts';
import type { People, Person, Role } from '../../domain/person.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { bullets, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import { nameOf } from './people.ts';
import { ROLE_NAMES, typedPerson, typedRole } from './people-roles.ts';
import { showButton, title } from './request.ts';

type Named = Pick<Person, 'id' | 'name'>;

/** What a part lets somebody see (domain reference 1.3). */
const SEES: Readonly<Record<MemberRole, string>> = {
  service_isso: 'the context assessment, the skill profile, your own Information Card and the hand-over',
  service_isso_lead: 'the candidates, the cards and the training of your team',
  existing_isso: 'where it stands, the context assessment, the preparation list and the hand-over',
  data_guardian: 'where it stands, the context assessment, the preparation list and the hand-over',
  developer_maintainer: 'where it stands, the context assessment, the preparation list and the hand-over',
  system_owner: 'where it stands, the context assessment, the preparation list and the hand-over',
  bo_delegate: 'the request, its form and the preparation list, for the Business Owner',
  cor: 'the request, its form, the funding and the reports',
};

/** To whoever let them in. */
export const letIn = (
  engagement: Engagement,
  person: Named,
  role: MemberRole,
  isInForce: boolean,
): Message =>
  isInForce
    ? say(
        line`${theirs(person.name)} is in ${title(engagement)} now, as ${strong(ROLE_NAMES[role])}. They are told what they may see.`,
      )
    : say(
        line`${theirs(person.name)} is to be ${strong(ROLE_NAMES[role])} in ${title(engagement)}. This system is a High Value Asset, or nobody knows yet whether it is one, so a second person has to approve. Until then they see nothing. The others who can approve are told.`,
      );

/** To the person who is in. */
export const youAreIn = (engagement: Engagement, role: MemberRole, byName: string): Message => ({
  ...say(
    line`${theirs(byName)} let you into ${title(engagement)}, as ${strong(ROLE_NAMES[role])}. You may see ${SEES[role]}.`,
    line`Type \`show ${engagement.number}\` to see it.`,
  ),
  buttons: [showButton(engagement)],
});

/** To those who can say the second yes. */
export function secondWanted(
  engagement: Engagement,
  person: Named,
  role: MemberRole,
  byName: string,
): Message {
  const { number } = engagement;
  const typed = `${number} ${typedPerson(person)}; ${typedRole(role)}`;
  const of = { subject: number, choice: `${person.id}/${role}` };
  return card(
    `A member waits for your yes: ${number}`,
    [
      paragraph(
        line`${theirs(byName)} wants to let ${theirs(person.name)} into ${title(engagement)}, as ${strong(ROLE_NAMES[role])}. They would see ${SEES[role]}.`,
      ),
      note('This system needs two people for that. Until you approve, they see nothing.'),
    ],
    [
      button(
        'approve',
        'Approve the member',
        { verb: 'member.approve-this', ...of },
        `approve member ${typed}`,
        {
          look: 'primary',
        },
      ),
      button('remove', 'Decline', { verb: 'member.end-this', ...of }, `remove member ${typed}`, {
        look: 'danger',
      }),
      showButton(engagement),
    ],
  );
}

/** The same card once it is decided. */
export const secondDone = (
  engagement: Engagement,
  person: Named,
  role: MemberRole,
  byName: string,
  isIn: boolean,
): Message =>
  card(
    `A member waited for your yes: ${engagement.number}`,
    [
      paragraph(
        line`${theirs(byName)} ${isIn ? 'approved' : 'declined'}: ${theirs(person.name)} ${isIn ? 'is now' : 'does not become'} ${strong(ROLE_NAMES[role])} in ${title(engagement)}.`,
      ),
    ],
    [showButton(engagement)],
  );

export const memberApproved = (engagement: Engagement, person: Named, role: MemberRole): Message =>
  say(
    line`Approved: ${theirs(person.name)} is in ${title(engagement)} now, as ${strong(ROLE_NAMES[role])}. They are told.`,
  );

export const memberRemoved = (engagement: Engagement, person: Named, role: MemberRole): Message =>
  say(
    line`${theirs(person.name)} takes part in ${title(engagement)} no more as ${strong(ROLE_NAMES[role])}. They are told.`,
  );

/** To the person who is out. */
export const youAreOut = (engagement: Engagement, role: MemberRole, byName: string): Message =>
  say(
    line`${theirs(byName)} ended your part in ${title(engagement)} as ${strong(ROLE_NAMES[role])}. If this is a mistake, write to ISSO@cms.hhs.gov.`,
  );

/** Why somebody can't have that part: what they would have to be, or have. */
export type Unfit =
  | { readonly code: 'needs-role'; readonly role: Role }
  | { readonly code: 'other-component'; readonly component: string }
  | { readonly code: 'contractor' }
  | { readonly code: 'administrator' }
  | { readonly code: 'not-offered' };

export function unfitMember(engagement: Engagement, person: Named, role: MemberRole, unfit: Unfit): Message {
  const nothing = line`Nothing was changed: ${theirs(person.name)} can't be ${strong(ROLE_NAMES[role])} in ${title(engagement)}.`;
  return say(line`${nothing} ${unfitWords(unfit)}`);
}

function unfitWords(unfit: Unfit): string {
  switch (unfit.code) {
    case 'needs-role':
      return `The roster doesn't name them ${ROLE_NAMES[unfit.role]}. Ask an administrator for \`grant NAME ${typedRole(unfit.role)}\`, or name somebody else.`;
    case 'other-component':
      return `They don't belong to ${unfit.component}. Name somebody of that component, or have the roster corrected.`;
    case 'contractor':
      return 'That part is for federal employees, and they work for the contractor. Name somebody else.';
    case 'administrator':
      return 'Whoever administers the bot takes part in no engagement. Name somebody else.';
    case 'not-offered':
      return 'A Service ISSO comes by being proposed and accepted: `propose candidate`.';
    default:
      return unfit satisfies never;
  }
}

/** The person has no such part, or several and none was named. */
export const whichPart = (engagement: Engagement, person: Named, roles: readonly MemberRole[]): Message =>
  roles.length === 0
    ? say(
        line`Nothing was changed: ${theirs(person.name)} has no such part in ${title(engagement)}. Type \`members ${engagement.number}\` to see who takes part.`,
      )
    : say(
        line`Nothing was changed: ${theirs(person.name)} has several parts in ${title(engagement)}: ${roles.map((role) => ROLE_NAMES[role]).join(', ')}. Say which, behind a semicolon.`,
      );

export interface MembersShown {
  readonly engagement: Engagement;
  readonly people: People;
  readonly members: readonly Membership[];
  /** What waits for a second person; empty for whoever can't approve. */
  readonly waiting: readonly Membership[];
  readonly buttons: readonly Button[];
}

/** `members NUMBER`: everybody who takes part, with their part and since when. */
export function membersCard({ engagement, people, members, waiting, buttons }: MembersShown): Message {
  const { businessOwnerId, requesterId, craId, triagedById, memberIds, course } = engagement;
  const name = (id: string | null) => [nameOf(people, id)];
  return card(
    `Who takes part in ${engagement.number}`,
    [
      facts([
        fact('Business Owner', name(businessOwnerId)),
        ...(requesterId === businessOwnerId ? [] : [fact('Filed by', name(requesterId))]),
        fact('Cyber Risk Advisor', name(craId)),
        ...(triagedById === null ? [] : [fact('In charge at ISPG', name(triagedById))]),
        ...(course.serviceIssoId === null ? [] : [fact('Service ISSO', name(course.serviceIssoId))]),
        ...memberIds.map((id) => fact('Joined the request', name(id))),
      ]),
      ...(members.length === 0 ? [] : [bullets(members.map((each) => memberLine(each, people)))]),
      ...(waiting.length === 0
        ? []
        : [
            paragraph([strong('Waits for a second person')]),
            bullets(waiting.map((each) => memberLine(each, people))),
          ]),
    ],
    buttons,
  );
}

const memberLine = ({ personId, role, granted }: Membership, people: People): Line =>
  line`${nameOf(people, personId)}: ${ROLE_NAMES[role]}, let in by ${nameOf(people, granted.byId)} on ${time(granted.at, 'date')}`;
