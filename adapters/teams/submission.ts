/** A dialog that was sent: its outcome is Teams' own answer, as long as it is known in time. */

import type { FieldErrors } from '../../src/domain/field.ts';
import { within } from '../../src/domain/in-time.ts';
import { rejectedLater } from '../../src/messages/copy/dialogs.ts';
import { ANSWERED_IN_CHAT, NOT_SAVED, WORKING } from '../../src/messages/copy/platform-answers.ts';
import type { DialogPage } from '../../src/messages/message.ts';
import { unpackPage } from './carried.ts';
import { noting } from './dialogs.ts';
import type { Turn } from './inbound.ts';
import { TASK_CLOSES, taskAnswer } from './invoke-answers.ts';
import { TEAMS } from './limits.ts';
import { newToken } from './posting.ts';
import { againWithErrors, renderForm, wordsTask } from './render-form.ts';
import { type Answered, type ExchangeParts, replyTo } from './reply.ts';

type Submitted = Extract<Turn, { kind: 'submit' }>;

/**
 * Hands on what was sent. Where something is to be mended, the dialog comes again with every value kept and the text beside the
 * field; the next page takes the place of this one; otherwise the dialog closes. When nothing was kept it says so and stays.
 */
export async function submit(parts: ExchangeParts, turn: Submitted): Promise<Answered> {
  const { event, where, isExtension } = turn;
  const awaited = noting(replyTo(parts, where, null));
  const receipt = await parts.receive(event, awaited.reply);
  if (receipt.kind === 'not-saved') return { ...(await again(parts, turn, { '': NOT_SAVED })), isLost: true };
  if (receipt.kind === 'duplicate') return taskAnswer(wordsTask(ANSWERED_IN_CHAT));
  void receipt.done.then(awaited.done);
  const limit = isExtension ? TEAMS.extensionAnswerMs : TEAMS.answerMs;
  const outcome = await within(parts.after, limit, awaited.outcome);
  if (outcome === null) {
    awaited.late();
    parts.goesOn(sayLater(parts, turn, awaited.outcome));
    return taskAnswer(wordsTask(WORKING));
  }
  switch (outcome.kind) {
    case 'page':
      return taskAnswer(next(turn, outcome.page, outcome.timeZone));
    case 'rejected':
      return again(parts, turn, outcome.errors);
    case 'said':
    case 'done':
      // In their own chat the answer stands right below; elsewhere they are told where.
      return isExtension || where.conversation === null
        ? taskAnswer(wordsTask(ANSWERED_IN_CHAT))
        : TASK_CLOSES;
    default:
      return outcome satisfies never;
  }
}

const next = ({ carried }: Submitted, page: DialogPage, timeZone: string) =>
  renderForm(page, { timeZone }, { on: carried.on ?? null, in: carried.in ?? null }, newToken());

/** The same dialog once more; in the conversation where it did not travel with what was sent. */
async function again(parts: ExchangeParts, turn: Submitted, errors: FieldErrors): Promise<Answered> {
  const page = turn.carried.page === undefined ? null : unpackPage(turn.carried.page);
  if (page) return taskAnswer(next(turn, againWithErrors(page, turn.values, errors), parts.channelTimeZone));
  parts.goesOn(replyTo(parts, turn.where, null).say(rejectedLater(errors), parts.channelTimeZone));
  return taskAnswer(wordsTask(Object.values(errors).join('\n')));
}

/** What is wrong with a dialog and was found after Teams was answered. */
async function sayLater(
  parts: ExchangeParts,
  { where }: Submitted,
  outcome: ReturnType<typeof noting>['outcome'],
): Promise<void> {
  const late = await outcome;
  if (late.kind === 'rejected')
    await replyTo(parts, where, null).say(rejectedLater(late.errors), parts.channelTimeZone);
}
