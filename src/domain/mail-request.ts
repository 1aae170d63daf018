/**
 * A mail to the programme's address that asks for something, until somebody has seen to it (the programme page's second way
 * to ask). It is a draft: nothing follows from it but what its person confirms in chat or ISPG decides.
 */
import type { PersonId } from './ids.ts';
import { accepted, type Result, refused } from './result.ts';

/**
 * `open`: nobody has seen to it. `begun`: its person went on with it in chat. `accepted`: ISPG has started a request for its
 * person, or answers by hand where nobody of the roster wrote. `declined`: ISPG says that it is not for the programme.
 */
export const MAIL_REQUEST_STATES = ['open', 'begun', 'accepted', 'declined'] as const;
export type MailRequestState = (typeof MAIL_REQUEST_STATES)[number];

/** Who saw to a mail. */
export interface MailOutcome {
  readonly byId: PersonId;
  readonly at: Date;
  /** Why it was declined: a reason code of domain reference 2.2; null for anything else. */
  readonly reason: string | null;
  readonly note: string | null;
}

export interface MailRequest {
  readonly id: string;
  readonly number: number;
  /** The mail's own Message-ID, or a digest of it: the same mail is taken in once. */
  readonly messageId: string;
  /** Whose mailbox it says it came from, which is no proof; null when nobody of the roster has that mailbox. */
  readonly personId: PersonId | null;
  /** Empty for one that can't be read. */
  readonly fromAddress: string;
  /** Subject and words with sensitive parts taken out. */
  readonly subject: string;
  readonly words: string;
  /** How many attachments were left out. */
  readonly attachments: number;
  readonly receivedAt: Date;
  readonly version: number;
  readonly state: MailRequestState;
  readonly outcome: MailOutcome | null;
}

/** Why a mail does not change: somebody has seen to it before. */
export interface MailRefusal {
  readonly code: 'settled';
  readonly state: Exclude<MailRequestState, 'open'>;
}

/** What people see and type: `M-12`. */
export const mailName = (number: number): string => `M-${number}`;

/** The number in `M-12`, `m12` or `12`; null for anything else. */
export function readMailName(typed: string): number | null {
  const digits = /^m?-?(\d{1,9})$/iu.exec(typed.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Its person goes on with it in chat. */
export const beginFromMail = (
  mail: MailRequest,
  byId: PersonId,
  at: Date,
): Result<MailRequest, MailRefusal> => settle(mail, 'begun', { byId, at, reason: null, note: null });

/** ISPG starts a request for its person, or answers by hand. */
export const acceptMail = (mail: MailRequest, byId: PersonId, at: Date): Result<MailRequest, MailRefusal> =>
  settle(mail, 'accepted', { byId, at, reason: null, note: null });

/** ISPG says that it is not for the programme. */
export const declineMail = (
  mail: MailRequest,
  ending: { readonly reason: string; readonly note: string | null },
  byId: PersonId,
  at: Date,
): Result<MailRequest, MailRefusal> => settle(mail, 'declined', { byId, at, ...ending });

function settle(
  mail: MailRequest,
  state: MailRefusal['state'],
  outcome: MailOutcome,
): Result<MailRequest, MailRefusal> {
  if (mail.state !== 'open') return refused({ code: 'settled', state: mail.state });
  return accepted({ ...mail, state, outcome, version: mail.version + 1 });
}

/** The words as a draft: what was taken out leaves a gap, because a draft holds no marks. */
export const draftWords = ({ words }: Pick<MailRequest, 'words'>): string =>
  words.replace(/\[removed: [^\][\n]{1,60}\]/gu, '…');
