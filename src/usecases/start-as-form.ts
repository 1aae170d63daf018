/** Starting a request as a form from somewhere else than the conversation: a menu of the platform, or a message. */
import { hasRoomForDraft, withDraft } from '../forms/drafts.ts';
import { questionBy } from '../forms/form.ts';
import type { Question } from '../forms/question.ts';
import { cleanText } from '../forms/text.ts';
import { closedToRequests } from '../messages/copy/catalogue.ts';
import { alreadyOpen } from '../messages/copy/intake.ts';
import { startedFromMessage, wordsKept } from '../messages/copy/intake-dialog.ts';
import { notInCatalogue } from '../messages/copy/mends.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { workflowBy } from '../offerings/catalogue.ts';
import type { WorkflowOffering } from '../offerings/offering.ts';
import { sensitiveKinds } from './guard.ts';
import { currentIntake, type Intake, openIntake, saveIntake } from './intake-context.ts';
import { openForm, openPage } from './intake-pages.ts';
import { isOpen, shownOf } from './offering-shown.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/** Starts a request for the offering, or goes on with the one that is open or paused, and opens its page as a dialog. */
export async function startAsForm(work: Work, offeringKey: string): Promise<Answer> {
  const offering = workflowBy(work.programme.catalogue, offeringKey);
  if (!offering) return answer(notInCatalogue());
  if (!isOpen(work, offering)) return answer(closedToRequests(shownOf(work, offering)));
  const current = await currentIntake(work);
  return current ? openForm(work, current.record.id) : openPage(await newForm(work, offering));
}

/**
 * Starts a request with the words of a message as a draft at the question for the need: somebody else may have written them, so
 * they become an answer only when the person sends them from there. Refused: words that look sensitive. Longer words are cut at
 * what the question takes. A form that is open or paused is offered instead, and has the draft when nothing stands there.
 */
export async function startFromMessage(work: Work, offeringKey: string, typed: string): Promise<Answer> {
  const offering = workflowBy(work.programme.catalogue, offeringKey);
  if (!offering) return answer(notInCatalogue());
  if (!isOpen(work, offering)) return answer(closedToRequests(shownOf(work, offering)));
  const kinds = sensitiveKinds(typed);
  if (kinds.length > 0) return answerPrivately(sensitiveText(kinds));
  const words = cleanText(typed, 'many');
  const question = questionBy(offering.form, offering.needQuestion);
  if (words === '' || !question) return startAsForm(work, offeringKey);
  const draft = words.slice(0, lengthOf(question)).trim();
  const current = await currentIntake(work);
  if (current) return offerCurrent(work, current, question, draft);
  const intake = await newForm(work, offering);
  const next = await saveIntake(work, intake, {
    state: withDraft(intake.state, question, draft),
    untold: intake.untold,
  });
  return openPage(next, [startedFromMessage(question.label, draft.length < words.length)]);
}

async function newForm(work: Work, offering: WorkflowOffering): Promise<Intake> {
  const people = await work.tx.people.list();
  return openIntake(work, offering, offering.prefill(work.person, people), null, 'never-asked');
}

const lengthOf = (question: Question): number => ('example' in question ? question.max : 0);

/** One form at a time: the words wait in it, unless the person has written their own. */
async function offerCurrent(work: Work, intake: Intake, question: Question, draft: string): Promise<Answer> {
  const isFree = intake.offering.needQuestion === question.key && hasRoomForDraft(intake.state, question);
  if (isFree) {
    await saveIntake(work, intake, {
      state: withDraft(intake.state, question, draft),
      untold: intake.untold,
    });
  }
  const { id, status } = intake.record;
  return answerPrivately(alreadyOpen(id, status === 'paused'), wordsKept(question.label, isFree));
}
