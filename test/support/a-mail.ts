/** Mails as they arrive, byte for byte. */
import { createHash } from 'node:crypto';

export interface MailParts {
  readonly from?: string;
  readonly subject?: string;
  /** Null: the mail has none. */
  readonly messageId?: string | null;
  /** More header lines, such as `Auto-Submitted: auto-replied`. */
  readonly headers?: readonly string[];
  /** `text/plain; charset=utf-8` unless said otherwise. */
  readonly type?: string;
  readonly body?: string;
}

export const OWNER = 'Beatriz Okafor <beatriz.okafor@demo.cms.example>';
export const NEED = 'We run a claims system with no trained security officer, and an audit is coming.';

/** A mail; its Message-ID follows from what it says. */
export function aMail(parts: MailParts = {}): string {
  const {
    from = OWNER,
    subject = 'We need an ISSO',
    headers = [],
    type = 'text/plain; charset=utf-8',
    body = NEED,
  } = parts;
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
  const messageId = parts.messageId === undefined ? `<${digest}@cms.example>` : parts.messageId;
  return [
    `From: ${from}`,
    'To: isso-bot@example.gov',
    `Subject: ${subject}`,
    ...(messageId === null ? [] : [`Message-ID: ${messageId}`]),
    'Date: Tue, 01 Dec 2026 10:00:00 -0500',
    'MIME-Version: 1.0',
    ...headers,
    `Content-Type: ${type}`,
    '',
    body,
    '',
  ].join('\r\n');
}

/** The parts of a mail that has several, each with its own header lines. */
export const inParts = (
  boundary: string,
  ...parts: readonly { readonly headers: readonly string[]; readonly body: string }[]
): string =>
  [
    ...parts.flatMap(({ headers, body }) => [`--${boundary}`, ...headers, '', body]),
    `--${boundary}--`,
    '',
  ].join('\r\n');

/** A mail that no parser takes: parts within parts, thousands deep. */
export const poison = (): string =>
  aMail({
    subject: 'poison',
    type: 'multipart/mixed; boundary=b0',
    body: Array.from(
      { length: 3_000 },
      (_, depth) => `--b${depth}\r\nContent-Type: multipart/mixed; boundary=b${depth + 1}\r\n\r\n`,
    ).join(''),
  });
