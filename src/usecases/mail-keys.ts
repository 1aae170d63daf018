/** How messages about mail are named, so that each is said once, redrawn in place and taken back. */
import type { CardKey, PersonId } from '../domain/ids.ts';
import type { MailRequest } from '../domain/mail-request.ts';
import type { Tx } from '../ports.ts';
import type { Programme } from './work.ts';

/** The card in the ISPG channel. */
export const mailCardKey = ({ id }: MailRequest): CardKey => `mail-in:${id}`;
/** The card of whoever it says it is from. */
export const mailChatCardKey = ({ id, personId }: MailRequest): CardKey => `mail-in:${id}:${personId}`;
/** What is taken back once somebody has seen to it. */
export const mailAbout = ({ id }: MailRequest): string => `mail-in:${id}`;

/** Where mails lead to. */
export const mailGoOnUrl = ({ publicUrl }: Pick<Programme, 'publicUrl'>): string => `${publicUrl}/go-on`;

/** Whether they can be written to in chat. */
export const isReachable = async (tx: Tx, id: PersonId): Promise<boolean> =>
  (await tx.people.addresses(id)).length > 0;
