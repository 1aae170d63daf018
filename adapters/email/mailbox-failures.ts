import type { MailboxTrouble } from '../../src/ports.ts';

/** What the mailbox itself found wrong, beside what the connection tells. */
export class UnusableMailbox extends Error {
  override readonly name = 'UnusableMailbox';
  readonly trouble: MailboxTrouble;

  constructor(trouble: MailboxTrouble) {
    super(`The mailbox can't be used: ${trouble}.`);
    this.trouble = trouble;
  }
}

/** What the client's library says of an error, as far as it matters here. */
interface ImapError {
  readonly code?: unknown;
  readonly authenticationFailed?: unknown;
  readonly tlsFailed?: unknown;
  readonly mailboxMissing?: unknown;
  /** RFC 5530, such as `AUTHENTICATIONFAILED`. */
  readonly serverResponseCode?: unknown;
}

/** The server can't sign anybody in at present; the password may be right. */
const NOT_NOW = /^(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)$/iu;
const INSECURE =
  /CERT|SELF_SIGNED|UNABLE_TO_|^ERR_TLS|^ERR_SSL|^EPROTO$|^MissingServerExtension$|^STARTTLS_INJECTION$/u;
const NO_FOLDER = /^(?:NONEXISTENT|NOPERM|NotFound)$/iu;

/** What an error of the connection means for the mailbox. */
export function troubleOf(error: unknown): MailboxTrouble {
  if (error instanceof UnusableMailbox) return error.trouble;
  const {
    code,
    authenticationFailed,
    tlsFailed,
    mailboxMissing,
    serverResponseCode = '',
  } = (error ?? {}) as ImapError;
  if (authenticationFailed === true) return NOT_NOW.test(String(serverResponseCode)) ? 'away' : 'refused';
  if (tlsFailed === true || INSECURE.test(String(code))) return 'insecure';
  if (mailboxMissing === true || NO_FOLDER.test(String(serverResponseCode || code))) return 'folder';
  return 'away';
}
