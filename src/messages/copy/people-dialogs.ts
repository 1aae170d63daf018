/** Dialogs that ask for a person. */
import { ROLES } from '../../domain/person.ts';
import { line } from '../inline.ts';
import type { DialogPage } from '../message.ts';
import { ROLE_NAMES } from './people-roles.ts';

export const grantDialog = (): DialogPage => ({
  title: 'Grant a role',
  intro: [line`They are told, and the record keeps it. Some roles need a second administrator.`],
  fields: [
    { id: 'person', label: 'Who', kind: 'person', required: true },
    {
      id: 'role',
      label: 'Role',
      kind: 'choice',
      required: true,
      options: ROLES.map((role) => ({ id: role, label: ROLE_NAMES[role] })),
    },
  ],
  sendLabel: 'Grant the role',
  press: { verb: 'role.grant', subject: 'any' },
});

export const delegateDialog = (): DialogPage => ({
  title: 'Name a delegate',
  intro: [line`A delegate drafts and prepares for you. Confirming, accepting and withdrawing stay yours.`],
  fields: [{ id: 'person', label: 'Who', kind: 'person', required: true }],
  sendLabel: 'Name them',
  press: { verb: 'delegate.name', subject: 'own' },
});
