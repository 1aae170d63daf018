/** Leaving a form: for a while, or for good. */
import * as copy from '../messages/copy/intake.ts';
import { type Intake, saveIntake } from './intake-context.ts';
import { type Answer, answer, type Work } from './work.ts';

/** Stops for now; every answer is kept. */
export async function pauseIntake(work: Work, intake: Intake): Promise<Answer> {
  await saveIntake(work, intake, {
    status: 'paused',
    hold: intake.hold?.kind === 'cancel' ? null : intake.hold,
  });
  return answer(copy.paused());
}

/** Asks before anything is thrown away. */
export async function askBeforeCancelling(work: Work, intake: Intake): Promise<Answer> {
  await saveIntake(work, intake, { hold: { kind: 'cancel' } });
  return answer(copy.cancelQuestion(intake.record.id));
}

/** Throws the answers away. */
export async function discardIntake(work: Work, intake: Intake): Promise<Answer> {
  await saveIntake(work, intake, { status: 'cancelled', hold: null });
  return answer(copy.discarded());
}
