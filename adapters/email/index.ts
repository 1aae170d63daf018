/** Mail as a carrier of messages: invitations that calendars take in. It only sends; whoever answers does so in the chat. */
import type { Clock, Delivered, DeliveryAdapter, DeliveryFailure } from '../../src/ports.ts';
import { addressOf, type MailSettings } from './config.ts';
import { failureOf } from './failures.ts';
import { messageIdFor, renderMail } from './render-mail.ts';
import { handOver, SMTP_TIMEOUTS, type SmtpTimeouts } from './smtp.ts';

/** An address that can stand in an envelope: no blanks, no list, nothing that ends it. */
const MAILBOX = /^[^\s@"<>()[\]\\,;:\p{Cc}]{1,64}@[^\s@"<>()[\]\\,;:\p{Cc}]{1,190}$/u;

/** Mail by the server that is set. Each message is its own connection; the delivery table is the only queue. */
export function createEmail(deps: {
  readonly settings: MailSettings;
  readonly clock: Clock;
  readonly timeouts?: SmtpTimeouts;
}): DeliveryAdapter {
  const { settings, clock, timeouts = SMTP_TIMEOUTS } = deps;
  const url = new URL(settings.smtpUrl);
  return {
    platform: 'email',
    // Relays of agencies commonly allow about this; one that allows less says so.
    pace: { atOnce: 4, conversation: [], workspace: [{ messages: 60, ms: 60_000 }] },
    async deliver(to, message, key, _edits, attachment): Promise<Delivered | DeliveryFailure> {
      if (!MAILBOX.test(to.id)) return { kind: 'forbidden', need: 'a usable e-mail address' };
      const content = await renderMail({
        from: settings.from,
        to,
        message,
        key,
        attachment: attachment ?? null,
      });
      const handed = await handOver(url, timeouts, { from: addressOf(settings.from), to: to.id, content });
      if (!handed.ok) return failureOf(handed.trouble, clock.now());
      return { kind: 'delivered', messageId: messageIdFor(key, settings.from) };
    },
    // SMTP has no way to ask what arrived.
    findPosted: async () => ({ kind: 'cannot-tell' }),
    stop: async () => undefined,
  };
}
