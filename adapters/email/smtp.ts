/** One connection for one mail: greet, secure, sign in, hand over, leave. Nothing is kept or tried again here. */
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpTrouble } from './failures.ts';

/** In milliseconds: waiting for the connection and its greeting, for any one answer, for all of it. */
export interface SmtpTimeouts {
  readonly connectMs: number;
  readonly answerMs: number;
  readonly wholeMs: number;
}

/** All of it ends before the claim on a delivery does (60 seconds). */
export const SMTP_TIMEOUTS: SmtpTimeouts = { connectMs: 10_000, answerMs: 20_000, wholeMs: 40_000 };

export type Handed = { readonly ok: true } | { readonly ok: false; readonly trouble: SmtpTrouble };

/** Hands `mail` to the server at `url` for one recipient. Never rejects. */
export function handOver(
  url: URL,
  timeouts: SmtpTimeouts,
  mail: { readonly from: string; readonly to: string; readonly content: Buffer },
): Promise<Handed> {
  return new Promise((resolve) => {
    const connection = new SMTPConnection(optionsFor(url, timeouts));
    let messageBegun = false;
    const end = (handed: Handed): void => {
      clearTimeout(deadline);
      // The first answer counts: closing is reported as an end of the connection, too.
      resolve(handed);
      connection.close();
    };
    const fail = (error: unknown): void => end({ ok: false, trouble: troubleOf(error, messageBegun) });
    const deadline = setTimeout(() => fail(null), timeouts.wholeMs);
    connection.on('error', fail);
    connection.on('end', () => fail(null));
    const send = (): void => {
      // The server lets the stream be read only once it has agreed to take the message.
      const content = Readable.from(
        (function* () {
          messageBegun = true;
          yield mail.content;
        })(),
      );
      connection.send({ from: mail.from, to: [mail.to], size: mail.content.length }, content, (error) => {
        if (error) return fail(error);
        connection.quit();
        end({ ok: true });
      });
    };
    connection.connect((error) => {
      if (error) return fail(error);
      const credentials = credentialsOf(url);
      if (!credentials) return send();
      connection.login({ credentials }, (refused) => (refused ? fail(refused) : send()));
    });
  });
}

/** How to reach the server, and whether the connection must be secured first. */
export function optionsFor(url: URL, { connectMs, answerMs }: SmtpTimeouts): SMTPConnection.Options {
  const secure = url.protocol.toLowerCase() === 'smtps:';
  const isHere = isThisMachine(url.hostname);
  return {
    host: url.hostname.replace(/^\[|\]$/gu, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A relay on this machine may speak in clear; anything beyond it must not.
    requireTLS: !secure && !isHere,
    ignoreTLS: !secure && isHere,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: answerMs,
  };
}

/** Whether nobody but this machine carries what is said to `host`. */
export const isThisMachine = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(host);

function credentialsOf({ username, password }: URL): { user: string; pass: string } | null {
  return username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
}

function troubleOf(error: unknown, messageBegun: boolean): SmtpTrouble {
  const { responseCode, response, command } = (error ?? {}) as SMTPConnection.SMTPError;
  return {
    code: typeof responseCode === 'number' ? responseCode : null,
    answer: typeof response === 'string' ? response : '',
    command: typeof command === 'string' ? command : '',
    messageBegun,
  };
}
