import { mayFileFor } from '../domain/access.ts';
import { systemKey } from '../domain/engagement.ts';
import { here, step } from '../forms/conversation.ts';
import type { Move, Step } from '../forms/form-event.ts';
import type { Answers } from '../forms/question.ts';
import { ownerLine } from '../messages/copy/intake.ts';
import type { Line } from '../messages/inline.ts';
import { type Hold, type Intake, saveIntake } from './intake-context.ts';
import { asideLines, duplicateMessage, present } from './present-intake.ts';
import { sendIntake } from './send-intake.ts';
import { type Answer, answer, type Work } from './work.ts';

/** One move of the form's engine: saved, then said. A duplicate system is caught as soon as it is named. */
export async function move(work: Work, intake: Intake, made: Move): Promise<Answer> {
  return take(work, intake, step(intake.form, intake.state, made, intake.context));
}

async function take(work: Work, intake: Intake, made: Step): Promise<Answer> {
  if (made.event.kind === 'submit')
    return sendIntake(work, await saveIntake(work, intake, { state: made.state }));
  const refusal = ownerRefusal(work, intake, made.state.answers);
  if (refusal) return answer(present(intake, here(intake.form, intake.state, intake.context), [refusal]));
  const hold = await duplicateHold(work, intake, made);
  const next = await saveIntake(work, intake, { state: made.state, hold });
  if (hold) return answer(await duplicateMessage(work, next, hold));
  return answer(present(next, made.event, asideLines(intake, next, made)));
}

/**
 * The hold for a system that has an open request already, when this step named the system: it is another name than before, or
 * among the questions that were `sent` together, for a name may have been kept of a dialog before anybody sent it.
 */
export async function duplicateHold(
  work: Work,
  intake: Intake,
  made: Step,
  sent: readonly string[] = [],
): Promise<Extract<Hold, { kind: 'duplicate' }> | null> {
  const named = made.state.answers.system_name;
  const isNamed = sent.includes('system_name') || named !== intake.state.answers.system_name;
  if (typeof named !== 'string' || !isNamed) return null;
  const open = await work.tx.engagements.openForSystem(intake.offering.key, systemKey(named));
  if (!open || open.id === intake.record.amends) return null;
  return { kind: 'duplicate', number: open.number, systemName: open.systemName };
}

/** Why the Business Owner named in `answers` can't be filed for by this person; null when they can, or none is named. */
export function ownerRefusal(work: Work, intake: Intake, answers: Answers): Line | null {
  const owner = intake.context.people.find(({ id }) => id === answers.business_owner);
  if (!owner || answers.business_owner === intake.state.answers.business_owner) return null;
  return mayFileFor(work.person, owner) ? null : ownerLine(owner.name);
}
