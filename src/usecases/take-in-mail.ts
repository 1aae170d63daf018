/**
 * Mail to the programme's address becomes a draft request that waits for ISPG, or for its sender to go on in chat. The sender a
 * mail names is no proof of anything, so nothing else follows from a mail.
 */
import { atBusinessDays } from '../domain/calendar.ts';
import { type MailRequest, mailName } from '../domain/mail-request.ts';
import type { Person } from '../domain/person.ts';
import { redactSensitive } from '../domain/privacy.ts';
import { localDate } from '../domain/time.ts';
import { cleanText } from '../forms/text.ts';
import {
  mailAcknowledgement,
  mailboxTrouble,
  mailChatCard,
  mailUnreadable,
} from '../messages/copy/mail-answers.ts';
import { mailCard, mailOverdue, manyMails } from '../messages/copy/mail-in.ts';
import type { Log, Mailbox, MailboxTrouble, MailIn, Store, TakenMail, Tx, UnreadableMail } from '../ports.ts';
import { sensitiveKinds } from './guard.ts';
import { isReachable, mailAbout, mailCardKey, mailChatCardKey, mailGoOnUrl } from './mail-keys.ts';
import { loadPeople, tellChannel, tellMailbox, tellPerson, tellRole } from './tell.ts';
import type { Programme } from './work.ts';

export interface TakeInDeps {
  readonly store: Store;
  readonly mailbox: Mailbox;
  readonly programme: Programme;
  readonly log: Log;
  newId(): string;
}

/** What the job remembers of the mailbox between its runs. */
export interface MailMemory {
  /** Until then it is left alone: asking again and again with a wrong password gets an account locked. */
  restUntil: Date | null;
  /** Since when its server does not answer. */
  awaySince: Date | null;
}

export const freshMailMemory = (): MailMemory => ({ restUntil: null, awaySince: null });

const HOUR_MS = 60 * 60_000;
const LONGEST_SUBJECT = 200;
const LONGEST_WORDS = 4_000;
/** More is not looked through: far less of it is kept. */
const LONGEST_READ = 50_000;
/** Acknowledgements to one person a day: whoever makes up senders must not flood them. */
const MOST_ACKNOWLEDGED = 3;
/** Mails that wait with a card each. */
const MOST_CARDS = 20;

/** Takes in what has come; answers how many mails. A mailbox that can't be used is told to the administrators. */
export async function takeInMail(deps: TakeInDeps, now: Date, memory: MailMemory): Promise<number> {
  if (memory.restUntil && now < memory.restUntil) return 0;
  let count = 0;
  const trouble = await deps.mailbox.read(async (mail) => {
    const became = await settle(deps, mail, now);
    if (became === 'taken') count += 1;
    return became;
  });
  await heedTrouble(deps, trouble, now, memory);
  return count;
}

/** A database that is away rejects, and the mail is read again. Any other failure is the mail's own: people look at it. */
async function settle(deps: TakeInDeps, mail: MailIn | UnreadableMail, now: Date): Promise<TakenMail> {
  if (mail.kind === 'unreadable') return leave(deps, mail.ref, now);
  try {
    return await takeIn(deps, mail, now);
  } catch (error) {
    if ((await deps.store.troubles()).length > 0) throw error;
    deps.log.error({ error }, 'bug while taking in a mail');
    return leave(deps, mail.messageId, now);
  }
}

async function leave({ store }: TakeInDeps, ref: string, now: Date): Promise<TakenMail> {
  await store.transaction((tx) =>
    tellRole({ tx, now }, 'platform_admin', {
      key: `mail-unreadable:${ref}`,
      kind: 'escalation',
      urgency: 'routine',
      message: mailUnreadable(),
    }),
  );
  return 'unreadable';
}

/** Keeps the mail, once, and tells whom it concerns, in one transaction. */
async function takeIn(deps: TakeInDeps, mail: MailIn, now: Date): Promise<TakenMail> {
  if (mail.kind === 'automatic') return 'passed-over';
  return deps.store.transaction(async (tx) => {
    const person = await senderOf(tx, mail);
    // Newsletters reach every address; what people of the programme send through a list is for ISPG to see.
    if (mail.kind === 'list' && person === null) return 'passed-over';
    const kept = await tx.mailRequests.insert(requestFrom(mail, person, deps.newId()));
    if (kept === null) return 'taken';
    const kinds = sensitiveKinds(`${kept.subject}\n${kept.words}`);
    const work = { tx, now, programme: deps.programme };
    const isAcknowledged =
      person !== null && mail.kind === 'personal' && (await acknowledge(work, kept, person, kinds));
    const news = { kinds, isUnanswered: !isAcknowledged, isCut: mail.isCut, proof: mail.proof };
    await note(tx, kept, mail, now);
    await tellIspg(work, kept, news);
    return 'taken';
  });
}

/** Whoever has that mailbox; nobody where the mail server says that the sender is made up. */
const senderOf = async (tx: Tx, { from, proof }: MailIn): Promise<Person | null> =>
  from === '' || proof === 'forged' ? null : tx.people.byEmail(from);

/** The mail as it is kept: clean, short, without what must not be kept. */
function requestFrom(mail: MailIn, person: Person | null, id: string): Omit<MailRequest, 'number'> {
  return {
    id,
    messageId: mail.messageId,
    personId: person?.id ?? null,
    fromAddress: mail.from,
    subject: guarded(cleanText(mail.subject, 'one'), LONGEST_SUBJECT),
    words: guarded(cleanText(mail.text.slice(0, LONGEST_READ), 'many'), LONGEST_WORDS),
    attachments: mail.attachments,
    receivedAt: mail.receivedAt,
    version: 1,
    state: 'open',
    outcome: null,
  };
}

/** Sensitive parts are taken out before the text is cut: half a number is not recognised. A mark that is cut goes whole. */
function guarded(text: string, longest: number): string {
  const clean = redactSensitive(text);
  return clean.length <= longest
    ? clean
    : `${clean.slice(0, longest).replace(/\[removed:[^\]]{0,60}$/u, '')} …`;
}

type Telling = { readonly tx: Tx; readonly now: Date; readonly programme: Programme };

/** By mail, and in chat where they have spoken with the bot. False when they had enough of them today. */
async function acknowledge(
  work: Telling,
  mail: MailRequest,
  person: Person,
  kinds: readonly string[],
): Promise<boolean> {
  const { programme, now } = work;
  const { triageBusinessDays } = programme;
  const message = mailAcknowledgement(mail, { goOnUrl: mailGoOnUrl(programme), triageBusinessDays, kinds });
  if (programme.mailIsOn) {
    let isWritten = false;
    for (let place = 1; place <= MOST_ACKNOWLEDGED && !isWritten; place += 1) {
      const key = `mail-acknowledged:${localDate(now, person.timeZone)}:${place}`;
      isWritten = await tellMailbox(work, person.id, { key, kind: 'notice', message });
    }
    if (!isWritten) return false;
  }
  if (!(await isReachable(work.tx, person.id))) return programme.mailIsOn;
  await tellPerson(work, person.id, {
    key: `mail-in:${mail.id}:${mail.version}`,
    kind: 'card',
    message: mailChatCard(mail, kinds),
    card: mailChatCardKey(mail),
  });
  return true;
}

/** A card in the ISPG channel, and the GTL told after too long. */
async function tellIspg(
  work: Telling,
  mail: MailRequest,
  news: Parameters<typeof mailCard>[2],
): Promise<void> {
  const { tx, now, programme } = work;
  const { calendar, businessHours, triageBusinessDays } = programme;
  const isMany = (await tx.mailRequests.open(MOST_CARDS + 1)).length > MOST_CARDS;
  await (isMany
    ? tellChannel(work, 'ispg', {
        key: `mail-many:${localDate(now, programme.timeZone)}`,
        kind: 'notice',
        message: manyMails(MOST_CARDS),
      })
    : tellChannel(work, 'ispg', {
        key: `mail-in:${mail.id}:${mail.version}`,
        kind: 'card',
        message: mailCard(mail, await loadPeople(work, [mail.personId]), news),
        card: mailCardKey(mail),
      }));
  await tellRole(work, 'gtl', {
    key: `mail-overdue:${mail.id}`,
    kind: 'escalation',
    urgency: 'routine',
    message: mailOverdue(mail),
    dueAt: atBusinessDays(now, triageBusinessDays, businessHours.zone, calendar, businessHours),
    about: mailAbout(mail),
  });
}

/** One line of the record. The sender is a fact of it, not its actor: nobody knows who wrote. */
const note = (tx: Tx, kept: MailRequest, { kind, proof }: MailIn, now: Date): Promise<void> =>
  tx.audit.append({
    at: now,
    actorId: null,
    forId: kept.personId,
    role: 'bot',
    verb: 'request.mailed-in',
    engagementId: null,
    from: null,
    to: kept.state,
    reason: null,
    platform: 'bot',
    facts: { mail: mailName(kept.number), kind, proof, attachments: String(kept.attachments) },
  });

/** A mailbox that needs its administrator is told once a day, one that is away after an hour. */
async function heedTrouble(
  { store, programme, log }: TakeInDeps,
  trouble: MailboxTrouble | null,
  now: Date,
  memory: MailMemory,
): Promise<void> {
  const isAway = trouble === 'away';
  memory.awaySince = isAway ? (memory.awaySince ?? now) : null;
  memory.restUntil =
    trouble === null || isAway || trouble === 'done-folder' ? null : new Date(now.getTime() + HOUR_MS);
  if (trouble === null) return;
  log.warn({ trouble }, "the mailbox can't be used");
  if (isAway && now.getTime() - (memory.awaySince ?? now).getTime() < HOUR_MS) return;
  await store.transaction((tx) =>
    tellRole({ tx, now }, 'platform_admin', {
      key: `mailbox:${trouble}:${localDate(now, programme.timeZone)}`,
      kind: 'escalation',
      urgency: 'routine',
      message: mailboxTrouble(trouble),
    }),
  );
}
