/** The intake conversation: start, answer, digress, resume. */
import { type FormCommand, readCommand } from '../forms/command.ts';
import { progress, rows } from '../forms/conversation-state.ts';
import * as copy from '../messages/copy/intake.ts';
import { notInCatalogue } from '../messages/copy/mends.ts';
import { offeringBy } from '../offerings/index.ts';
import { answerProgrammeQuestion } from './answer-programme-question.ts';
import { askBeforeCancelling, pauseIntake } from './close-intake.ts';
import { showRequests } from './follow-request.ts';
import { currentIntake, type Intake, openIntake, saveIntake } from './intake-context.ts';
import { settleHold } from './intake-hold.ts';
import { openPage } from './intake-pages.ts';
import { move } from './move-intake.ts';
import { duplicateMessage, presentHere } from './present-intake.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/** Starts a request for the offering; one already open or paused is offered instead. */
export async function startIntake(work: Work, offeringKey: string): Promise<Answer> {
  const offering = offeringBy(offeringKey);
  if (!offering) return answer(notInCatalogue());
  const current = await currentIntake(work);
  if (current)
    return answerPrivately(copy.alreadyOpen(current.record.id, current.record.status === 'paused'));
  const people = await work.tx.people.list();
  const intake = await openIntake(work, offering, offering.prefill(work.person, people), null);
  const { of } = progress(intake.form, intake.state);
  return answerPrivately(copy.introduction(intake.record.id, of), presentHere(intake));
}

/** What somebody with an open form typed: a command, a question about the programme, or an answer. */
export async function continueIntake(work: Work, intake: Intake, typed: string): Promise<Answer> {
  if (intake.hold) return settleHold(work, intake, intake.hold, typed);
  const command = readCommand(typed);
  if (command) return obey(work, intake, command);
  const programme = asksAboutProgramme(intake, typed) ? answerProgrammeQuestion(typed) : null;
  if (programme) return answer(programme, presentHere(intake));
  return move(work, intake, { kind: 'answer', raw: typed });
}

/** While something is being answered, only what ends in a question mark can be a question of the person's own. */
function asksAboutProgramme(intake: Intake, typed: string): boolean {
  const open = intake.form.sections
    .flatMap((section) => section.questions)
    .find(({ key }) => key === intake.state.at);
  return typed.trim().endsWith('?') && typed.length <= 200 && open?.kind !== 'long-text';
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
