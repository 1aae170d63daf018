/** A dialog that is wanted: Teams takes it only as the answer to its asking, so it is waited for, within its limit. */

import { within } from '../../src/domain/in-time.ts';
import { openByButton } from '../../src/messages/copy/dialogs.ts';
import { ANSWERED_IN_CHAT, NOT_SAVED, WORKING } from '../../src/messages/copy/platform-answers.ts';
import type { DialogPage, Message } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Reply } from '../../src/ports.ts';
import type { Turn } from './inbound.ts';
import { taskAnswer } from './invoke-answers.ts';
import { TEAMS } from './limits.ts';
import { newToken } from './posting.ts';
import { renderForm, wordsTask } from './render-form.ts';
import { type Answered, type ExchangeParts, replyTo } from './reply.ts';

/** What came of an event, as far as a dialog can show it. */
export type Outcome =
  | { readonly kind: 'page'; readonly page: DialogPage; readonly timeZone: string }
  | { readonly kind: 'said'; readonly message: Message; readonly timeZone: string }
  | { readonly kind: 'rejected'; readonly errors: Readonly<Record<string, string>> }
  | { readonly kind: 'done' };

/** A reply that notes the first thing it hears. A dialog that comes after Teams was answered is offered by a button. */
export function noting(reply: Reply) {
  let settle: (outcome: Outcome) => void = () => undefined;
  let isLate = false;
  const outcome = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  const heard: Reply = {
    ...reply,
    say(message, timeZone) {
      settle({ kind: 'said', message, timeZone });
      return reply.say(message, timeZone);
    },
    async openDialog(page, timeZone) {
      settle({ kind: 'page', page, timeZone });
      if (isLate) await reply.say(openByButton(page), timeZone);
    },
    async rejectDialog(errors) {
      settle({ kind: 'rejected', errors });
    },
  };
  return {
    reply: heard,
    outcome,
    done: () => settle({ kind: 'done' }),
    /** Teams has been answered: from now on it is too late for a dialog. */
    late: () => {
      isLate = true;
    },
  };
}

type Fetch = Extract<Turn, { kind: 'fetch' }>;

export async function openDialog(parts: ExchangeParts, turn: Fetch): Promise<Answered> {
  const { event, where, origin } = turn;
  const awaited = noting(replyTo(parts, where, event.kind === 'pressed' ? event.on : null));
  const receipt = await parts.receive(event, awaited.reply);
  if (receipt.kind === 'not-saved') return { ...taskAnswer(wordsTask(NOT_SAVED)), isLost: true };
  if (receipt.kind === 'duplicate') return taskAnswer(wordsTask(ANSWERED_IN_CHAT));
  void receipt.done.then(awaited.done);
  const limit = turn.isExtension ? TEAMS.extensionAnswerMs : TEAMS.answerMs;
  const first = await within(parts.after, limit, awaited.outcome);
  if (first === null) {
    awaited.late();
    return taskAnswer(wordsTask(WORKING));
  }
  switch (first.kind) {
    case 'page':
      return taskAnswer(renderForm(first.page, { timeZone: first.timeZone }, origin, newToken()));
    case 'said':
      return taskAnswer(
        wordsTask(plainText({ ...first.message, buttons: [] }, { timeZone: first.timeZone })),
      );
    case 'rejected':
    case 'done':
      return taskAnswer(wordsTask(ANSWERED_IN_CHAT));
    default:
      return first satisfies never;
  }
}
