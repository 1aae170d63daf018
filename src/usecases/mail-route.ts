/** What people type and press about mail to the programme. */
import type { RawValues } from '../domain/field.ts';
import { readMailName } from '../domain/mail-request.ts';
import type { ButtonPress } from '../messages/button.ts';
import { DECLINE_REASONS, readReason } from '../messages/copy/reasons.ts';
import { noAccess, sensitiveText } from '../messages/copy/refusals.ts';
import { sensitiveKinds } from './guard.ts';
import { goOnFromMail } from './mail-go-on.ts';
import {
  acceptFromMail,
  askForMailDecline,
  declineFromMail,
  type MailRef,
  showMail,
  showMails,
} from './mail-triage.ts';
import { type Answer, answer, type Work } from './work.ts';

// ------------------------------------------------------------------------------------------ typed

const MAIL = /^mail\s+(m-?\d{1,9})\b[\s:;,.]*(.*)$/isu;
/** Words of a reason; its note stands behind them. */
const MOST_REASON_WORDS = 12;
const LONGEST_ENDING = 700;

/**
 * `mails`; `mail M-12`, with `accept`, `decline reason note` or `go on` behind it. Null for anything else. Where nothing is meant
 * that we know, the mail is shown.
 */
export async function routeMail(work: Work, typed: string): Promise<Answer | null> {
  if (/^mails$/iu.test(typed.trim())) return showMails(work);
  const [, name = '', rest = ''] = MAIL.exec(typed.trim()) ?? [];
  const number = readMailName(name);
  if (number === null) return null;
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  const ref: MailRef = { number, version: null };
  const [, verb = '', behind = ''] = /^(accept|start|decline|go\s+on)\b[\s:;,.]*(.*)$/isu.exec(rest) ?? [];
  switch (verb.toLowerCase().replace(/\s+/gu, ' ')) {
    case 'accept':
    case 'start':
      return acceptFromMail(work, ref);
    case 'decline':
      return declineFromMail(work, ref, endingIn(behind), 'chat');
    case 'go on':
      return goOnFromMail(work, number);
    default:
      return showMail(work, number);
  }
}

/** `code note` or `label: note`: the longest beginning that is a reason is the reason, the rest the note. */
function endingIn(typed: string): { readonly reason: string; readonly note: string } {
  const words = typed.slice(0, LONGEST_ENDING).trim().split(/\s+/u);
  for (let count = Math.min(MOST_REASON_WORDS, words.length); count > 0; count -= 1) {
    const beginning = words
      .slice(0, count)
      .join(' ')
      .replace(/(?<![:;,.])[:;,.]+$/u, '');
    const reason = readReason(beginning, DECLINE_REASONS);
    if (reason) return { reason, note: words.slice(count).join(' ') };
  }
  return { reason: '', note: '' };
}

// ------------------------------------------------------------------------------------------ pressed

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** A press with the mail it names; one that names none is answered like one for somebody else's. */
const on =
  (step: (work: Work, ref: MailRef, values: RawValues) => Promise<Answer>): Route =>
  async (work, { subject, version = null }, values) => {
    const number = readMailName(subject);
    return number === null ? answer(noAccess(subject)) : step(work, { number, version }, values);
  };

/** What pressing does. */
export const MAIL_PRESSED: readonly (readonly [string, Route])[] = [
  ['mail.show', on((work, { number }) => showMail(work, number))],
  ['mail.accept', on(acceptFromMail)],
  ['mail.decline', on(askForMailDecline)],
  ['mail.go-on', on((work, { number }) => goOnFromMail(work, number))],
];

/** What sending a dialog does. */
export const MAIL_SUBMITTED: readonly (readonly [string, Route])[] = [
  [
    'mail.decline',
    on((work, ref, values) =>
      declineFromMail(
        work,
        ref,
        { reason: String(values.reason ?? ''), note: String(values.note ?? '') },
        'dialog',
      ),
    ),
  ],
];
