import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { pictureShows } from '../../src/messages/copy/picture.ts';
import { type Message, note } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Address, Attachment } from '../../src/ports.ts';
import { addressOf } from './config.ts';

const LONGEST_SUBJECT = 150;
/** RFC 5546 methods that we send. */
const METHOD = /;\s*method=(REQUEST|CANCEL|PUBLISH)\b/iu;

/** The same for every attempt to send the same message, so that a repeat is recognised. */
export function messageIdFor(key: string, from: string): string {
  const domain = addressOf(from).split('@')[1] ?? 'localhost';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain}>`;
}

/** A mail as it goes over the wire: text, and an invitation both for calendars and to open by hand. */
export async function renderMail(mail: {
  readonly from: string;
  readonly to: Address;
  readonly message: Message;
  readonly key: string;
  readonly attachment: Attachment | null;
}): Promise<Buffer> {
  const { from, to, message, key, attachment } = mail;
  const { heading, ...body } = message;
  const shown = attachment?.altText ? [note(pictureShows(attachment.altText))] : [];
  const text = plainText({ ...body, blocks: [...body.blocks, ...shown] }, { timeZone: to.timeZone });
  const method = METHOD.exec(attachment?.type ?? '')?.[1]?.toUpperCase();
  return new MailComposer({
    from,
    to: { name: '', address: to.id },
    subject: oneLine(heading ?? text).slice(0, LONGEST_SUBJECT),
    text,
    messageId: messageIdFor(key, from),
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(attachment && method
      ? { icalEvent: { method, filename: oneLine(attachment.name), content: attachment.content } }
      : {}),
    ...(attachment && !method
      ? {
          attachments: [
            {
              filename: oneLine(attachment.name),
              contentType: oneLine(attachment.type),
              content: attachment.content,
              ...(attachment.encoding ? { encoding: attachment.encoding } : {}),
            },
          ],
        }
      : {}),
  })
    .compile()
    .build();
}

/** Nothing that could begin another header. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
