import type { DeliveryFailure } from '../../src/ports.ts';

/** What went wrong between us and the mail server. */
export interface SmtpTrouble {
  /** The server's answer: 451, 550; null when it gave none. */
  readonly code: number | null;
  /** Its words, for telling "slow down" from "no such mailbox". */
  readonly answer: string;
  /** Which command it answered: `RCPT TO`, `AUTH PLAIN`, `DATA`. */
  readonly command: string;
  /** Whether any of the message itself had gone out. */
  readonly messageBegun: boolean;
}

/** How long to hold off when a server says that we send too much; it never says for how long. */
const SLOW_DOWN_MS = 5 * 60_000;
const SLOW_DOWN = /\b(?:rate|too (?:many|much|fast)|throttl\w*|quota exceeded|4\.7\.28)\b/iu;
const NO_MAILBOX = /\b5\.1\.(?:[0-36]|10)\b|\b5\.2\.1\b/u;
/** Mailbox unknown, moved away, or not to be named so. */
const NO_MAILBOX_CODES: readonly number[] = [550, 551, 553];
const NOT_ALLOWED = /\b5\.7\.\d+\b/u;

/** What became of the mail, for the one who decides about the next attempt. */
export function failureOf(trouble: SmtpTrouble, now: Date): DeliveryFailure {
  const { code, answer, command, messageBegun } = trouble;
  if (code === null) return { kind: messageBegun ? 'unknown' : 'unavailable' };
  if (code < 500) {
    return SLOW_DOWN.test(answer)
      ? { kind: 'rate-limited', retryAt: new Date(now.getTime() + SLOW_DOWN_MS), scope: 'workspace' }
      : { kind: 'unavailable' };
  }
  if (command === 'RCPT TO') {
    const isGone = NO_MAILBOX.test(answer) || (NO_MAILBOX_CODES.includes(code) && !NOT_ALLOWED.test(answer));
    return isGone ? { kind: 'gone' } : { kind: 'forbidden', need: 'a mailbox that takes mail from the bot' };
  }
  if (command === 'MAIL FROM') return { kind: 'forbidden', need: 'a MAIL_FROM that the mail server accepts' };
  if (command === 'DATA') return { kind: 'forbidden', need: 'a mail server that accepts the message' };
  // Signing in or greeting failed: the operator's to mend, and nobody's mail is lost meanwhile.
  return { kind: 'unavailable' };
}
