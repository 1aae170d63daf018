/** The intake conversation: start, answer, digress, resume. */
import type { RawValue } from '../domain/field.ts';
import { type FormCommand, isStartWish, readAsked, readCommand, readView } from '../forms/command.ts';
import { progress, rows } from '../forms/conversation-state.ts';
import { questionBy } from '../forms/form.ts';
import { fold } from '../forms/text.ts';
import { closedToRequests } from '../messages/copy/catalogue.ts';
import * as copy from '../messages/copy/intake.ts';
import { untoldLine } from '../messages/copy/intake-dialog.ts';
import { notInCatalogue } from '../messages/copy/mends.ts';
import type { Message } from '../messages/message.ts';
import { mainOffering, workflowBy } from '../offerings/catalogue.ts';
import { answerProgrammeQuestion } from './answer-programme-question.ts';
import { askBeforeCancelling, pauseIntake } from './close-intake.ts';
import { showRequests } from './follow-request.ts';
import { currentIntake, type Intake, openIntake, saveIntake } from './intake-context.ts';
import { settleHold } from './intake-hold.ts';
import { openForm, openPage } from './intake-pages.ts';
import { move } from './move-intake.ts';
import { isOpen, shownOf } from './offering-shown.ts';
import { duplicateMessage, presentHere } from './present-intake.ts';
import { showView } from './show-view.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/** Longer words are an answer. */
const LONGEST_QUESTION = 200;

/** Starts a request for the offering; one already open or paused is offered instead. */
export async function startIntake(work: Work, offeringKey: string): Promise<Answer> {
  const offering = workflowBy(work.programme.catalogue, offeringKey);
  if (!offering) return answer(notInCatalogue());
  if (!isOpen(work, offering)) return answer(closedToRequests(shownOf(work, offering)));
  const current = await currentIntake(work);
  if (current)
    return answerPrivately(copy.alreadyOpen(current.record.id, current.record.status === 'paused'));
  const people = await work.tx.people.list();
  const intake = await openIntake(work, offering, offering.prefill(work.person, people), null);
  const { of } = progress(intake.form, intake.state);
  return answerPrivately(
    copy.introduction(intake.record.id, { title: intake.form.title, questions: of }),
    presentHere(intake),
  );
}

/** "I need an ISSO": starts a request for the catalogue's main offering. */
export async function startMain(work: Work): Promise<Answer> {
  const offering = mainOffering(work.programme.catalogue);
  return offering ? startIntake(work, offering.key) : answer(notInCatalogue());
}

/** What somebody with an open form typed: a command, a question about the programme, or an answer. */
export async function continueIntake(work: Work, found: Intake, typed: string): Promise<Answer> {
  const aside = await asideOf(work, found, typed);
  if (aside) return { ...aside, say: [...aside.say, await saidHere(work, found)] };
  if (isStartWish(typed)) return answer(copy.alreadyOpen(found.record.id, false));
  if (found.hold) return settleHold(work, found, found.hold, typed);
  const isUntold = found.untold !== 'no';
  const intake = isUntold ? await saveIntake(work, found, {}) : found;
  const command = readCommand(typed);
  if (command) return obey(work, intake, command);
  if (typed.trim() === '') return obey(work, intake, { kind: 'help' });
  if (isUntold) return answer(presentHere(intake, [untoldLine()]));
  return move(work, intake, { kind: 'answer', raw: draftMeant(intake, typed) ?? typed });
}

/** What is answered without leaving the form: a view, or a question about the programme. Null for anything else. */
async function asideOf(work: Work, intake: Intake, typed: string): Promise<Answer | null> {
  const view = readView(typed);
  if (view) return showView(work, view);
  const question = asksAboutProgramme(intake, typed);
  const known = question === null ? null : answerProgrammeQuestion(question);
  return known && answer(known);
}

/** Where the form stands: the question of ours that interrupts it, or its place. */
async function saidHere(work: Work, intake: Intake): Promise<Message> {
  const { hold } = intake;
  if (hold === null) return presentHere(intake);
  return hold.kind === 'cancel'
    ? copy.cancelQuestion(intake.record.id)
    : duplicateMessage(work, intake, hold);
}

/**
 * The question that somebody asks of their own while something is being answered: behind `ask`, or ending in a question mark where
 * no long text is asked for. Null when it can be an answer.
 */
function asksAboutProgramme(intake: Intake, typed: string): string | null {
  const open = questionBy(intake.form, intake.state.at);
  const isQuestion = typed.trim().endsWith('?') && typed.length <= LONGEST_QUESTION;
  const isFree = open?.kind === 'long-text';
  const asked = readAsked(typed);
  if (asked !== null) return isQuestion || !isFree ? asked : null;
  return isQuestion && !isFree ? typed : null;
}

/** "use it": what stands at the question as a draft; null when nothing does, or something else is said. */
function draftMeant({ state }: Intake, typed: string): RawValue {
  const isMeant = /^(?:use it|use this|use these words)$/u.test(fold(typed));
  return isMeant && Object.hasOwn(state.drafts, state.at) ? (state.drafts[state.at] ?? null) : null;
}

async function obey(work: Work, intake: Intake, command: FormCommand): Promise<Answer> {
  switch (command.kind) {
    case 'help':
      return answer(copy.formHelp(), presentHere(intake));
    case 'status': {
      const { of } = progress(intake.form, intake.state);
      const answered = rows(intake.form, intake.state.answers, intake.context).filter(
        (row) => row.shown !== null,
      ).length;
      const own = await showRequests(work);
      return answer(copy.progressLine(Math.min(answered, of), of), ...own.say, presentHere(intake));
    }
    case 'pause':
      return pauseIntake(work, intake);
    case 'resume':
      return answer(presentHere(intake));
    case 'cancel':
      return askBeforeCancelling(work, intake);
    case 'person':
      return answer(copy.personContact(advisorOf(intake)), presentHere(intake));
    case 'form':
      return openPage(intake);
    default:
      return move(work, intake, command);
  }
}

function advisorOf(intake: Intake) {
  const component = String(intake.state.answers.component ?? '');
  return (
    intake.context.people.find(
      (person) => person.roles.includes('cra') && person.components.includes(component),
    ) ?? null
  );
}

/** Goes on with the open or paused form, at the same place. */
export async function resumeIntake(work: Work): Promise<Answer> {
  const intake = await currentIntake(work);
  if (!intake) return answer(copy.nothingPaused());
  const hold = intake.hold?.kind === 'cancel' ? null : intake.hold;
  const next = await saveIntake(work, intake, { status: 'open', hold });
  if (hold) return answerPrivately(await duplicateMessage(work, next, hold));
  return answerPrivately(presentHere({ ...next, afresh: intake.afresh }, [copy.resumed()]));
}

/** Opens the page of the open or paused form on which the first open question stands. */
export async function openCurrentForm(work: Work): Promise<Answer> {
  const intake = await currentIntake(work);
  return intake ? openForm(work, intake.record.id) : answer(copy.nothingPaused());
}
