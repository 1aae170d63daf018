/** What becomes of mail that was taken in: ISPG starts a request for its sender or declines, or its sender goes on in chat. */
import { mayEver } from '../domain/access.ts';
import type { FieldErrors } from '../domain/field.ts';
import { acceptMail, declineMail, type MailRequest, mailName } from '../domain/mail-request.ts';
import type { Role } from '../domain/person.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import { acceptedByMail, declinedForSender, mailChatCard } from '../messages/copy/mail-answers.ts';
import {
  declineMailDialog,
  mailAccepted,
  mailCard,
  mailDeclined,
  mailDetail,
  mailList,
  mailReasonQuestion,
  mailSettled,
} from '../messages/copy/mail-in.ts';
import { PICK_REASON } from '../messages/copy/mends.ts';
import { DECLINE_REASONS, readReason } from '../messages/copy/reasons.ts';
import { noAccess, outOfDate } from '../messages/copy/refusals.ts';
import { type Message, say } from '../messages/message.ts';
import { readWords } from './guard.ts';
import { draftFromMail } from './mail-draft.ts';
import { isReachable, mailAbout, mailCardKey, mailChatCardKey, mailGoOnUrl } from './mail-keys.ts';
import { loadPeople, tellChannel, tellMailbox, tellPerson } from './tell.ts';
import {
  type Answer,
  answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  type Work,
} from './work.ts';

/** Which mail is meant, and by which card: `version` is null for typed words, which always mean the present. */
export interface MailRef {
  readonly number: number;
  readonly version: number | null;
}

const MOST_LISTED = 20;
const ISPG_ROLES: readonly Role[] = ['gtl', 'ispg_team'];
const LONGEST_NOTE = 500;

/** The mail that waits, oldest first; null for whoever may not see it. */
export async function showMails(work: Work): Promise<Answer | null> {
  if (!mayEver(work.person, 'mail.triage')) return null;
  const waiting = await work.tx.mailRequests.open(MOST_LISTED + 1);
  const shown = waiting.slice(0, MOST_LISTED);
  return answer(mailList(shown, await peopleIn(work, ...shown), waiting.length > MOST_LISTED));
}

/** One mail in full, for ISPG; its own card for whoever it says it is from. The look is written down. */
export async function showMail(work: Work, number: number): Promise<Answer> {
  const mail = await work.tx.mailRequests.forChange(number);
  if (mail && mayEver(work.person, 'mail.triage')) {
    await recordMail(work, mail, 'mail.read', null);
    return answerPrivately(mailDetail(mail, await peopleIn(work, mail)));
  }
  return mail && mail.personId === work.person.id
    ? answerPrivately(mailChatCard(mail))
    : answer(noAccess(mailName(number)));
}

/** ISPG takes the mail on: a request is begun for its sender, who checks and sends it; or ISPG answers by hand. */
export async function acceptFromMail(work: Work, ref: MailRef): Promise<Answer> {
  const opened = await openMail(work, ref);
  if (!opened.ok) return opened.refusal;
  const change = acceptMail(opened.value, work.person.id, work.now);
  if (!change.ok) return answer(mailSettled(opened.value, await peopleIn(work, opened.value)));
  const mail = change.value;
  const sender = mail.personId === null ? null : await work.tx.people.get(mail.personId);
  if (sender) await draftFromMail(work, mail, sender);
  await saveMail(work, mail, 'mail.accept', null);
  await answerSender(work, mail, acceptedByMail(mail, mailGoOnUrl(work.programme)));
  return answer(mailAccepted(mail, await peopleIn(work, mail)));
}

/** Opens the dialog for the reason. */
export async function askForMailDecline(work: Work, ref: MailRef): Promise<Answer> {
  const opened = await openMail(work, ref);
  if (!opened.ok) return opened.refusal;
  const mail = opened.value;
  return mail.state === 'open'
    ? answerWithDialog(declineMailDialog(mail))
    : answer(mailSettled(mail, await peopleIn(work, mail)));
}

/** It is not for the programme; a sender of the roster is told why. */
export async function declineFromMail(
  work: Work,
  ref: MailRef,
  typed: { readonly reason: string; readonly note: string },
  by: 'dialog' | 'chat',
): Promise<Answer> {
  const opened = await openMail(work, ref);
  if (!opened.ok) return opened.refusal;
  const read = readEnding(typed);
  if (!read.ok) {
    if (by === 'dialog') return answerWithErrors(read.refusal);
    return answer(
      read.refusal.reason ? mailReasonQuestion(opened.value) : say(...Object.values(read.refusal)),
    );
  }
  const change = declineMail(opened.value, read.value, work.person.id, work.now);
  if (!change.ok) return answer(mailSettled(opened.value, await peopleIn(work, opened.value)));
  const mail = change.value;
  await saveMail(work, mail, 'mail.decline', read.value.reason);
  await answerSender(work, mail, declinedForSender(mail));
  return answer(mailDeclined(mail));
}

/** Somebody of the roster hears by mail, and in chat where they have spoken with the bot; nobody else is written to. */
async function answerSender(work: Work, mail: MailRequest, byMail: Message): Promise<void> {
  const { personId } = mail;
  if (personId === null) return;
  if (work.programme.mailIsOn) {
    await tellMailbox(work, personId, { key: `mail-answer:${mail.id}`, kind: 'notice', message: byMail });
  }
  if (!(await isReachable(work.tx, personId))) return;
  await tellPerson(work, personId, {
    key: `mail-in:${mail.id}:${mail.version}`,
    kind: 'card',
    message: mailChatCard(mail),
    card: mailChatCardKey(mail),
  });
}

function readEnding(typed: {
  readonly reason: string;
  readonly note: string;
}): Result<{ readonly reason: string; readonly note: string | null }, FieldErrors> {
  const errors: Record<string, string> = {};
  const reason = readReason(typed.reason, DECLINE_REASONS);
  if (!reason) errors.reason = PICK_REASON;
  const note = typed.note.trim() === '' ? accepted(null) : readWords(typed.note, LONGEST_NOTE);
  if (!note.ok) errors.note = note.refusal;
  return reason && note.ok ? accepted({ reason, note: note.value }) : refused(errors);
}

/** Locks the mail for a change, if it exists, the person may, and their card is not out of date. */
async function openMail(work: Work, { number, version }: MailRef): Promise<Result<MailRequest, Answer>> {
  const mail = await work.tx.mailRequests.forChange(number);
  if (!mail || !mayEver(work.person, 'mail.triage')) return refused(answer(noAccess(mailName(number))));
  if (version === null || version === mail.version) return accepted(mail);
  return refused(answer(outOfDate(mailName(number)), mailCard(mail, await peopleIn(work, mail), null)));
}

/** Saves what a rule made of the mail, takes back what was still to be said of it, and redraws its card. */
export async function saveMail(
  work: Work,
  mail: MailRequest,
  verb: string,
  reason: string | null,
): Promise<void> {
  if (!(await work.tx.mailRequests.update(mail)))
    throw new Error(`mail ${mail.id} changed while it was locked`);
  await work.tx.deliveries.suppress(mailAbout(mail), 'somebody has seen to the mail');
  await recordMail(work, mail, verb, reason);
  await tellChannel(work, 'ispg', {
    key: `mail-in:${mail.id}:${mail.version}`,
    kind: 'card',
    message: mailCard(mail, await peopleIn(work, mail), null),
    card: mailCardKey(mail),
  });
}

const recordMail = (work: Work, mail: MailRequest, verb: string, reason: string | null): Promise<void> =>
  work.tx.audit.append({
    at: work.now,
    actorId: work.person.id,
    forId: mail.personId === work.person.id ? null : mail.personId,
    role: ISPG_ROLES.find((role) => work.person.roles.includes(role)) ?? 'requester',
    verb,
    engagementId: null,
    from: verb === 'mail.read' ? null : 'open',
    to: verb === 'mail.read' ? null : mail.state,
    reason,
    platform: work.from.platform,
    facts: { mail: mailName(mail.number) },
  });

const peopleIn = (work: Work, ...mails: readonly MailRequest[]) =>
  loadPeople(
    work,
    mails.flatMap(({ personId, outcome }) => [personId, outcome?.byId ?? null]),
  );
