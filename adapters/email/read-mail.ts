/** A mail as plain data, whatever its sender's program made of it. What nobody can read rejects. */
import { createHash } from 'node:crypto';
import {
  type Attachment,
  type HeaderValue,
  type ParsedMail,
  type StructuredHeader,
  simpleParser,
} from 'mailparser';
import type { MailIn } from '../../src/ports.ts';
import { ownWords } from './mail-text.ts';
import { proofOf } from './sender-proof.ts';

/** What the mailbox knows of a mail beside its bytes. */
export interface MailCircumstances {
  /** When the server took it; the mail's own date is its sender's to choose. */
  readonly receivedAt: Date;
  /** Only its beginning was read. */
  readonly isCut: boolean;
  /** The bot's own addresses, in small letters. */
  readonly own: readonly string[];
  readonly trustedAuthserv: string | null;
}

const LONGEST_SUBJECT = 1_000;
const MESSAGE_ID = /^<[^<>\s]{1,250}>$/u;
/** In plain letters only, so that no look-alike passes for somebody of the roster. */
const ADDRESS = /^[^\s@"<>()[\]\\,;:]{1,64}@[a-z0-9.-]{1,190}$/u;
/** Where a picture stood. */
const PICTURE = /\[cid:[^\]\s]{1,200}\]/gu;
const PLAIN = /^[\x21-\x7e]+$/u;
/** Message-IDs that the bot's own mails carry (`messageIdFor`). */
const OWN_MESSAGE_ID = /^<[0-9a-f]{40}@([^<>\s]{1,190})>$/u;
const BY_MACHINE = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)@/u;
const TO_MANY = /^\s*(?:bulk|junk|list)\b/iu;
const TO_SENDER = /^\s*auto_reply\b/iu;

/** Of the parser, only what is needed: no pictures into the text, no digest that a strict machine lacks. */
const PARSING = {
  skipImageLinks: true,
  keepCidLinks: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  keepDeliveryStatus: true,
  checksumAlgo: 'sha256',
} as const;

/** Reads the bytes of a mail, or of its beginning. */
export async function readMail(source: Buffer, of: MailCircumstances): Promise<MailIn> {
  const parsed = await simpleParser(source, PARSING);
  if (parsed.headers === undefined || parsed.headers.size === 0) throw new Error('It has no headers.');
  const from = senderOf(parsed);
  const subject = (parsed.subject ?? '').slice(0, LONGEST_SUBJECT);
  return {
    messageId: messageIdOf(parsed, source),
    from,
    subject,
    text: ownWords((await textOf(parsed)).replace(PICTURE, ''), subject),
    attachments: parsed.attachments.filter(isAttached).length,
    receivedAt: of.receivedAt,
    isCut: of.isCut,
    kind: kindOf(parsed, from, of),
    proof: proofOf(all(parsed, 'authentication-results'), from, of.trustedAuthserv),
  };
}

/** The mail's own Message-ID; a digest of its bytes where it has none that can be kept. */
function messageIdOf({ messageId = '' }: ParsedMail, source: Buffer): string {
  const given = messageId.trim();
  if (MESSAGE_ID.test(given) && PLAIN.test(given)) return given;
  return `sha256:${createHash('sha256').update(source).digest('hex')}`;
}

/** The one address in its one `From`, in small letters; empty for none, several, or one that is no plain address. */
function senderOf({ from, headerLines }: ParsedMail): string {
  const [only, ...others] = from?.value ?? [];
  const isRepeated = headerLines.filter(({ key }) => key === 'from').length > 1;
  const written = only?.address ?? '';
  // Looked at first: small letters turn some look-alikes into plain ones.
  const address = PLAIN.test(written) ? written.toLowerCase() : '';
  return others.length === 0 && !isRepeated && ADDRESS.test(address) ? address : '';
}

/** The plain text, or what its HTML says where it brought no text along. */
async function textOf({ text, html }: ParsedMail): Promise<string> {
  if ((text ?? '').trim() !== '' || !html) return text ?? '';
  // The parser makes text of HTML only where that is the whole mail; by itself it is.
  const alone = await simpleParser(`Content-Type: text/html; charset=utf-8\r\n\r\n${html}`, PARSING);
  return alone.text ?? '';
}

/** Pictures that stand in the text, such as a logo in a signature, are no attachments. */
const isAttached = ({ related, cid, contentDisposition }: Attachment): boolean =>
  !(related || (contentDisposition === 'inline' && cid !== undefined));

function kindOf(parsed: ParsedMail, from: string, { own }: MailCircumstances): MailIn['kind'] {
  if (isAutomatic(parsed, from, own)) return 'automatic';
  if (isFromList(parsed)) return 'list';
  return answers(parsed, own) ? 'reply' : 'personal';
}

/** Sent by a program: an automatic answer, a bounce, an answer to an invitation, or mail of our own. */
function isAutomatic(parsed: ParsedMail, from: string, own: readonly string[]): boolean {
  const submitted = first(parsed, 'auto-submitted').trim().toLowerCase();
  const returnPath = parsed.headerLines.find(({ key }) => key === 'return-path')?.line ?? '';
  return (
    (submitted !== '' && !/^no\b/u.test(submitted)) ||
    /^return-path:\s*<\s*>/iu.test(returnPath) ||
    typeOf(parsed.headers) === 'multipart/report' ||
    own.includes(from) ||
    BY_MACHINE.test(from) ||
    parsed.headers.has('x-autoreply') ||
    parsed.headers.has('x-autorespond') ||
    TO_SENDER.test(first(parsed, 'precedence')) ||
    parsed.attachments.some(isCalendarAnswer)
  );
}

const isFromList = (parsed: ParsedMail): boolean =>
  parsed.headerLines.some(({ key }) => key.startsWith('list-')) || TO_MANY.test(first(parsed, 'precedence'));

/** Whether it answers a mail of the bot's own. */
function answers({ inReplyTo = '', references = [] }: ParsedMail, own: readonly string[]): boolean {
  const domains = own.map((address) => address.split('@').at(-1));
  return [inReplyTo, ...[references].flat()].some((id) => {
    const domain = OWN_MESSAGE_ID.exec(id.trim())?.[1]?.toLowerCase();
    return domain !== undefined && domains.includes(domain);
  });
}

/** A calendar says that somebody comes, or not (RFC 5546). */
function isCalendarAnswer({ contentType, headers }: Attachment): boolean {
  const method = structured(headers.get('content-type'))?.params.method ?? '';
  return contentType === 'text/calendar' && /^(?:reply|counter|refresh|declinecounter)$/iu.test(method);
}

const typeOf = (headers: ParsedMail['headers']): string =>
  structured(headers.get('content-type'))?.value.toLowerCase() ?? '';

const structured = (value: HeaderValue | undefined): StructuredHeader | null =>
  isStructured(value) ? value : null;
const isStructured = (value: HeaderValue | undefined): value is StructuredHeader =>
  typeof value === 'object' && 'params' in value && 'value' in value && typeof value.value === 'string';

/** A header's texts, topmost first. */
function all({ headers }: ParsedMail, name: string): string[] {
  return [headers.get(name) ?? []].flat().filter((each) => typeof each === 'string');
}

const first = (parsed: ParsedMail, name: string): string => all(parsed, name)[0] ?? '';
