/** What a client does with the answer to an invoke. */
import { cardProblems, dialogProblems } from './card-rules.ts';
import type { Card, Json } from './cards.ts';
import type { FakeCloud } from './fake-cloud.ts';
import type { HttpAnswer } from './wire.ts';
import type { TeamsDialog, TeamsMessage } from './world.ts';

const NO_ANSWER = 'Something went wrong. Please try again.';
const CARD_ANSWER = 'application/vnd.microsoft.card.adaptive';
const WORDS_ANSWER = 'application/vnd.microsoft.activity.message';

/** Shows a person what a press of a card's own button was answered with. */
export function obeyPress(cloud: FakeCloud, user: string, message: TeamsMessage, answer: HttpAnswer): void {
  const { status, body } = answer;
  const { statusCode, type, value } = body ?? {};
  const { lastWords } = cloud.world;
  if (status !== 200 || statusCode !== 200) {
    lastWords.set(user, String((value as Json | undefined)?.message ?? NO_ANSWER));
    return;
  }
  if (type === WORDS_ANSWER) {
    if (typeof value !== 'string') cloud.fault('a press was answered with no words');
    lastWords.set(user, String(value));
    return;
  }
  if (type !== CARD_ANSWER) {
    cloud.fault(`a press was answered with ${String(type)}`);
    return;
  }
  for (const problem of cardProblems(value as Card)) cloud.fault(`answer to a press: ${problem}`);
  message.seenBy.set(user, value as Card);
  message.redraws += 1;
}

/** Opens, redraws or closes the dialog as the bot said; one that was sent keeps its `id`. */
export function obeyDialog(
  cloud: FakeCloud,
  user: string,
  { origin, id }: Pick<TeamsDialog, 'origin'> & { readonly id?: string },
  { status, body }: HttpAnswer,
): void {
  const { dialogs, lastWords } = cloud.world;
  if (status !== 200) {
    // A dialog that stands already stays open: its person may send it again.
    lastWords.set(user, NO_ANSWER);
    return;
  }
  const task = body?.task as Json | undefined;
  if (task?.type === 'continue') {
    const value = (task.value as Json | undefined) ?? {};
    for (const problem of dialogProblems(value)) cloud.fault(`dialog: ${problem}`);
    const card = ((value.card as Json | undefined)?.content as Card | undefined) ?? {};
    const title = String(value.title ?? '');
    dialogs.set(user, { id: id ?? cloud.world.nextId('d:'), user, title, card, origin });
    return;
  }
  dialogs.delete(user);
  if (task?.type === 'message') lastWords.set(user, String(task.value));
  else if (task) cloud.fault(`a dialog was answered with ${String(task.type)}`);
}

/** Notes what is wrong with the results of a search. */
export function checkResults(cloud: FakeCloud, { status, body }: HttpAnswer): void {
  const found = body?.composeExtension as Json | undefined;
  const attachments = (found?.attachments as readonly Json[] | undefined) ?? [];
  if (status !== 200 || !found) return;
  if (found.type === 'result' && found.attachmentLayout !== 'list' && found.attachmentLayout !== 'grid')
    cloud.fault('results of a search have no layout');
  for (const { contentType, content, preview } of attachments) {
    if (contentType === CARD_ANSWER)
      for (const problem of cardProblems(content as Card)) cloud.fault(`search: ${problem}`);
    if (!preview && contentType === CARD_ANSWER) cloud.fault('a result of a search has no preview');
  }
}
