/** Somebody changed a message that they had written. */
import { isStartWish, readCommand, readView } from '../forms/command.ts';
import { editNotRead } from '../messages/copy/intake-dialog.ts';
import { currentIntake } from './intake-context.ts';
import { tellPerson } from './tell.ts';
import { type Answer, answer, type Work } from './work.ts';

/**
 * Nothing changes by an edit: what was said was heard as it was said. Whoever fills in a form in a direct message is told so, and
 * how to change an answer, at most once between two steps of the form; `text` that is a word of ours was no answer. Anybody else
 * hears nothing.
 */
export async function heedEdit(work: Work, text: string): Promise<Answer> {
  if (work.from.channel !== null) return answer();
  const intake = await currentIntake(work);
  if (intake?.record.status !== 'open') return answer();
  if (readCommand(text) || readView(text) || isStartWish(text)) return answer();
  // Writing the row is the claim to say it, so that a second edit at the same step is not answered.
  await tellPerson(work, work.person.id, {
    key: `edit-not-read:${intake.record.id}:${intake.record.version}`,
    kind: 'answer',
    message: editNotRead(),
    via: work.from.platform,
  });
  return answer();
}
