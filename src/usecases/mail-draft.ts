/** A mail's words as a draft of its sender's request. They become an answer only when their person sends them from there. */
import { draftWords, type MailRequest } from '../domain/mail-request.ts';
import type { Person } from '../domain/person.ts';
import { hasRoomForDraft, withDraft } from '../forms/drafts.ts';
import { questionBy } from '../forms/form.ts';
import { mainOffering } from '../offerings/catalogue.ts';
import { sensitiveKinds } from './guard.ts';
import { currentIntake, openIntake, saveIntake } from './intake-context.ts';
import { isOpen } from './offering-shown.ts';
import type { Work } from './work.ts';

/** The words that may stand in a draft; empty when there are none. */
export function wordsFor(mail: MailRequest): string {
  const words = draftWords(mail);
  return sensitiveKinds(words).length > 0 ? '' : words;
}

/**
 * Begins a request for the mail's sender, put aside until they go on with it: whatever they are typing at the moment is not
 * taken for an answer. Where they have one open or paused, the words wait in that, unless they have written their own.
 */
export async function draftFromMail(work: Work, mail: MailRequest, sender: Person): Promise<void> {
  const offering = mainOffering(work.programme.catalogue);
  if (!offering || !isOpen(work, offering)) return;
  await work.tx.lock(`person:${sender.id}`);
  const theirs: Work = { ...work, person: sender };
  const current = await currentIntake(theirs);
  if (current && current.offering.key !== offering.key) return;
  const people = await work.tx.people.list();
  const intake =
    current ?? (await openIntake(theirs, offering, offering.prefill(sender, people), null, 'never-asked'));
  const question = questionBy(intake.form, offering.needQuestion);
  const words = wordsFor(mail);
  const isFree = question !== undefined && words !== '' && hasRoomForDraft(intake.state, question);
  if (current && !isFree) return;
  const longest = question && 'example' in question ? question.max : 0;
  await saveIntake(theirs, intake, {
    untold: intake.untold,
    ...(isFree ? { state: withDraft(intake.state, question, words.slice(0, longest).trim()) } : {}),
    ...(current ? {} : { status: 'paused' as const }),
  });
}
