/** Who is let into an engagement, and with which part (domain reference 1.3). */
import { MEMBER_ROLES, type MemberRole } from '../domain/course.ts';
import type { Form } from '../forms/form.ts';
import { choice, person, type Question } from '../forms/question.ts';
import { ROLE_NAMES } from '../messages/copy/people-roles.ts';
import { askOnce } from './move-forms.ts';
import { MEMBER_FITS } from './role-rules.ts';

/** Parts that somebody can be let in with. */
const OFFERED: readonly MemberRole[] = MEMBER_ROLES.filter((role) => MEMBER_FITS[role] !== undefined);
const optionsOf = (roles: readonly MemberRole[]) =>
  roles.map((role) => ({ id: role, label: ROLE_NAMES[role] }));

const who = (ask: string): Question =>
  person('person', { label: 'Person', ask, why: 'They are told, and the record keeps it.' });

export const LET_IN: Form = askOnce('let-in', 'Let somebody in', [
  who('Who is to take part?'),
  choice('part', {
    label: 'Part',
    ask: 'Which part do they have?',
    why: 'The part decides what they may see and do in this engagement.',
    options: optionsOf(OFFERED),
  }),
]);

/** For somebody who is in already, or waits for a second approval; their only part needs no name. */
const ofMember = (key: string, title: string, ask: string): Form =>
  askOnce(key, title, [
    who(ask),
    choice('part', {
      label: 'Part',
      ask: 'Which part? It can be left out for somebody who has only one.',
      why: 'Somebody may have several.',
      options: optionsOf(MEMBER_ROLES),
      required: false,
    }),
  ]);

export const APPROVE_MEMBER: Form = ofMember('approve-member', 'Approve a member', 'Whom do you approve?');
export const REMOVE_MEMBER: Form = ofMember('remove-member', 'Remove a member', 'Who takes part no more?');
