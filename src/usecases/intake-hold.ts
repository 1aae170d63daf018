/** Questions of ours that interrupt a form: a second request for one system, and "really cancel?". */
import { may } from '../domain/access.ts';
import { isAmendable } from '../domain/engagement.ts';
import { readCommand } from '../forms/command.ts';
import { readYesNo } from '../forms/read-answer.ts';
import * as copy from '../messages/copy/intake.ts';
import { noAccess } from '../messages/copy/refusals.ts';
import { amendEngagement } from './amend-request.ts';
import { discardIntake, pauseIntake } from './close-intake.ts';
import { joinRequest } from './follow-request.ts';
import { type Hold, type Intake, saveIntake } from './intake-context.ts';
import { move } from './move-intake.ts';
import { duplicateMessage, presentHere } from './present-intake.ts';
import { type Answer, answer, type Work } from './work.ts';

/** Reads what was typed as the answer to the hold; anything else asks it again. */
export async function settleHold(work: Work, intake: Intake, hold: Hold, typed: string): Promise<Answer> {
  const command = readCommand(typed)?.kind ?? null;
  if (command === 'pause') return pauseIntake(work, intake);
  if (hold.kind === 'cancel') return settleCancel(work, intake, typed, command);
  const said = typed.trim().toLowerCase();
  if (command === 'help') return answer(copy.formHelp(), await duplicateMessage(work, intake, hold));
  if (command === 'person')
    return answer(copy.personContact(null), await duplicateMessage(work, intake, hold));
  if (command === 'cancel') {
    await saveIntake(work, intake, { hold: { kind: 'cancel' } });
    return answer(copy.cancelQuestion(intake.record.id));
  }
  if (/^join\b/u.test(said)) return joinInstead(work, intake, hold.number);
  if (/^amend\b/u.test(said)) return amendInstead(work, intake, hold.number);
  if (/^(rename|another|other|back|change)\b/u.test(said)) return renameSystem(work, intake);
  return answer(await duplicateMessage(work, intake, hold));
}

async function settleCancel(
  work: Work,
  intake: Intake,
  typed: string,
  command: string | null,
): Promise<Answer> {
  const yes = readYesNo(typed);
  if (yes === true || command === 'cancel') return discardIntake(work, intake);
  const next = await saveIntake(work, intake, { hold: null });
  if (yes === false || command === 'resume' || command === 'back')
    return answer(presentHere(next, [copy.kept()]));
  await saveIntake(work, next, { hold: { kind: 'cancel' } });
  return answer(copy.cancelQuestion(intake.record.id));
}

/** The person becomes a member of the open request; their own form is closed. */
async function joinInstead(work: Work, intake: Intake, number: string): Promise<Answer> {
  const open = await work.tx.engagements.forChange(number);
  if (!open || open.ending) return openEnded(work, intake);
  if (!may(work.person, 'request.join', open)) return answer(noAccess(number));
  const said = await joinRequest(work, open);
  await saveIntake(work, intake, { status: 'cancelled', hold: null });
  return answer(said);
}

/** The person's own open request is amended instead of filing a second one. */
async function amendInstead(work: Work, intake: Intake, number: string): Promise<Answer> {
  const open = await work.tx.engagements.forChange(number);
  if (!open || !isAmendable(open)) return openEnded(work, intake);
  if (!may(work.person, 'request.amend', open)) return answer(noAccess(number));
  await saveIntake(work, intake, { status: 'cancelled', hold: null });
  return amendEngagement(work, open);
}

/** The other request has ended or gone too far meanwhile: nothing is lost, the form goes on. */
async function openEnded(work: Work, intake: Intake): Promise<Answer> {
  const next = await saveIntake(work, intake, { hold: null });
  return answer(presentHere(next, [copy.otherEnded()]));
}

/** Another system is meant: its name is asked again. */
async function renameSystem(work: Work, intake: Intake): Promise<Answer> {
  const next = await saveIntake(work, intake, { hold: null });
  return move(work, next, { kind: 'change', words: 'system name', typed: 'change system name' });
}
