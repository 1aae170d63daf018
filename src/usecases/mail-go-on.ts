/** Whoever wrote a mail goes on with it in chat, where it is known who they are. */
import { beginFromMail, mailName } from '../domain/mail-request.ts';
import { mailChatCard } from '../messages/copy/mail-answers.ts';
import { notInCatalogue } from '../messages/copy/mends.ts';
import { noAccess } from '../messages/copy/refusals.ts';
import { mainOffering } from '../offerings/catalogue.ts';
import { currentIntake } from './intake-context.ts';
import { openForm } from './intake-pages.ts';
import { wordsFor } from './mail-draft.ts';
import { saveMail } from './mail-triage.ts';
import { startAsForm, startFromMessage } from './start-as-form.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/**
 * Opens their request with the mail's words as a draft, and tells ISPG that nothing more is to be done. One that ISPG has begun
 * for them, or that they began before, is gone on with. Only the person whose mailbox it came from may; a missing mail is
 * answered like somebody else's.
 */
export async function goOnFromMail(work: Work, number: number): Promise<Answer> {
  const mail = await work.tx.mailRequests.forChange(number);
  if (!mail || mail.personId !== work.person.id) return answer(noAccess(mailName(number)));
  if (mail.state === 'declined') return answerPrivately(mailChatCard(mail));
  const change = beginFromMail(mail, work.person.id, work.now);
  if (change.ok) await saveMail(work, change.value, 'mail.begin', null);
  else {
    const begun = await currentIntake(work);
    if (begun) return openForm(work, begun.record.id);
  }
  const offering = mainOffering(work.programme.catalogue);
  if (!offering) return answer(notInCatalogue());
  const words = wordsFor(mail);
  const made =
    words === '' ? await startAsForm(work, offering.key) : await startFromMessage(work, offering.key, words);
  return { ...made, personal: true };
}
