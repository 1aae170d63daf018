/** A dialog that was sent: its outcome is Slack's answer, as long as it is known in time. */

import type { FieldErrors } from '../../src/domain/field.ts';
import { within } from '../../src/domain/in-time.ts';
import { rejectedLater } from '../../src/messages/copy/dialogs.ts';
import { KEPT_TITLE, keptAndWorking, NOT_SAVED } from '../../src/messages/copy/platform-answers.ts';
import type { DialogPage } from '../../src/messages/message.ts';
import type { Reply } from '../../src/ports.ts';
import type { Turn } from './inbound.ts';
import { renderForm, viewErrors, viewOrigin, wordsView } from './render-form.ts';
import { type Answered, type ExchangeParts, replyTo, TAKEN } from './reply.ts';
import { show } from './views.ts';

/** How long an outcome is waited for once the dialog is kept: what Slack's three seconds leave when the database was slow. */
const OUTCOME_MS = 700;

type Submitted = Extract<Turn, { kind: 'submit' }>;
type Outcome =
  | { readonly kind: 'closed' }
  | { readonly kind: 'page'; readonly page: DialogPage; readonly timeZone: string }
  | { readonly kind: 'rejected'; readonly errors: FieldErrors };

/**
 * Hands on what was sent. Errors stand beside their fields, and every value is kept; the next page takes the place of this
 * one; otherwise the dialog closes. When nothing was kept it says so and stays, with all that was filled in.
 */
export async function submit(parts: ExchangeParts, turn: Submitted): Promise<Answered> {
  const { view, where } = turn;
  parts.drafts.drop(view.id);
  const origin = viewOrigin(view.private_metadata ?? '')?.origin ?? { on: null, channel: null };
  const awaited = outcomeOf(replyTo(parts, where, null, null));
  const receipt = await parts.receive(turn.event, awaited.reply);
  if (receipt.kind === 'not-saved') return errorsOr(parts, turn, { '': NOT_SAVED });
  if (receipt.kind === 'duplicate') return TAKEN;
  void receipt.done.then(awaited.end);
  const outcome = await within(parts.after, OUTCOME_MS, awaited.outcome);
  if (outcome === null) {
    parts.goesOn(followUp(parts, turn, awaited.outcome, origin.on));
    const words = wordsView(KEPT_TITLE, keptAndWorking(), { timeZone: parts.channelTimeZone });
    return { status: 200, body: { response_action: 'update', view: words } };
  }
  switch (outcome.kind) {
    case 'closed':
      return { status: 200, body: { response_action: 'clear' } };
    case 'page': {
      const next = renderForm(outcome.page, { timeZone: outcome.timeZone }, origin);
      return { status: 200, body: { response_action: 'update', view: next } };
    }
    case 'rejected':
      return errorsOr(parts, turn, outcome.errors);
    default:
      return outcome satisfies never;
  }
}

/** Errors beside the fields; in the conversation where the view has no field to say them at. */
function errorsOr(parts: ExchangeParts, { view, where }: Submitted, errors: FieldErrors): Answered {
  const beside = viewErrors(errors, view);
  if (Object.keys(beside).length > 0)
    return { status: 200, body: { response_action: 'errors', errors: beside } };
  const reply = replyTo(parts, where, null, null);
  parts.goesOn(reply.say(rejectedLater(errors), parts.channelTimeZone));
  return TAKEN;
}

/** The reply of a dialog that was sent: the first thing it hears is the outcome. */
function outcomeOf(reply: Reply) {
  let settle: (outcome: Outcome) => void = () => undefined;
  const outcome = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  const end = (): void => settle({ kind: 'closed' });
  const noting: Reply = {
    ...reply,
    // Words are said once the work is committed: the dialog need not wait until they stand.
    say: (message, timeZone) => {
      end();
      return reply.say(message, timeZone);
    },
    openDialog: async (page, timeZone) => settle({ kind: 'page', page, timeZone }),
    rejectDialog: async (errors) => settle({ kind: 'rejected', errors }),
  };
  return { reply: noting, outcome, end };
}

/** An outcome that came too late for Slack's answer: the next page is drawn into the view, errors are said. */
async function followUp(
  parts: ExchangeParts,
  { view, where }: Submitted,
  outcome: Promise<Outcome>,
  on: string | null,
): Promise<void> {
  const late = await outcome;
  if (late.kind === 'closed') return;
  const reply = replyTo(parts, where, null, null);
  if (late.kind === 'rejected') {
    await reply.say(rejectedLater(late.errors), parts.channelTimeZone).catch(() => undefined);
    return;
  }
  const page = renderForm(late.page, { timeZone: late.timeZone }, { on, channel: null });
  const shown = await show(parts.calls, where.workspace, view.id, page);
  if (shown === null) await reply.openDialog(late.page, late.timeZone).catch(() => undefined);
}
