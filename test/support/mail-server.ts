/** A real mail server on this machine, which does with mail what the test wants. */
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Arrived {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

export interface MailServer {
  /** `smtp://127.0.0.1:2525` */
  readonly url: string;
  readonly arrived: Arrived[];
  stop(): Promise<void>;
}

/** Begins to listen; `options` change how it answers. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const arrived: Arrived[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    closeTimeout: 200,
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        arrived.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(parts).toString('utf8'),
        });
        done();
      });
    },
    ...options,
  });
  // Connections that a test breaks are no failure of the server.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** An answer of the server that refuses: `refusal(550, '5.1.1 No such user')`. */
export const refusal = (responseCode: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode });

export interface MailPart {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  readonly parts: readonly MailPart[];
}

/** A mail taken apart (RFC 2045): headers by name in small letters, unfolded; bodies decoded. */
export function parseMail(raw: string): MailPart {
  const split = raw.indexOf('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of raw
    .slice(0, split)
    .replace(/\r\n[ \t]+/gu, ' ')
    .split('\r\n')) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const body = raw.slice(split + 4);
  const boundary = /boundary="?([^";]+)"?/u.exec(headers.get('content-type') ?? '')?.[1];
  if (boundary === undefined) return { headers, body: decoded(body, headers), parts: [] };
  const pieces = body.split(`--${boundary}`).slice(1, -1);
  return {
    headers,
    body: '',
    parts: pieces.map((piece) => parseMail(piece.replace(/^\r\n/u, '').replace(/\r\n$/u, ''))),
  };
}

/** All parts without parts of their own, in order. */
export const leaves = (part: MailPart): MailPart[] =>
  part.parts.length === 0 ? [part] : part.parts.flatMap(leaves);

function decoded(body: string, headers: ReadonlyMap<string, string>): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const bytes = body
    .replace(/=\r\n/gu, '')
    .replace(/=([0-9A-F]{2})/giu, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
