/** One turn: hands the event on, and answers Slack within three seconds, saying only what is so. */
import { within } from '../../src/domain/in-time.ts';
import { ANSWERED_DIRECTLY, NOT_SAVED, pressNotSaved } from '../../src/messages/copy/platform-answers.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Receipt, Reply } from '../../src/ports.ts';
import type { Turn, Where } from './inbound.ts';
import { renderForm } from './render-form.ts';
import { type Answered, answerIn, type ExchangeParts, type Pressed, replyTo, TAKEN } from './reply.ts';
import { submit } from './submission.ts';
import { notSaved, type OpeningView, openView } from './views.ts';

const LATER: Answered = { status: 503 };
/** Slack waits three seconds for its answer; saying that nothing was saved must fit into what the database left of it. */
const SAY_WITHIN_MS = 700;

/** Carries out one turn. Settles when Slack is to be answered; the work may go on. Rejects only for a mistake of ours. */
export async function carryOut(parts: ExchangeParts, turn: Turn): Promise<Answered> {
  switch (turn.kind) {
    case 'event': {
      const receipt = await parts.receive(turn.event, replyTo(parts, turn.where, null, null));
      return receipt.kind === 'not-saved' ? LATER : TAKEN;
    }
    case 'press':
      return press(parts, turn);
    case 'open':
      return open(parts, turn);
    case 'submit':
      return submit(parts, turn);
    case 'draft':
      return parts.drafts.take(turn);
    case 'command':
      return command(parts, turn);
    default:
      return turn satisfies never;
  }
}

async function press(parts: ExchangeParts, turn: Extract<Turn, { kind: 'press' }>): Promise<Answered> {
  const receipt = await parts.receive(turn.event, replyTo(parts, turn.where, pressedIn(turn), null));
  return receipt.kind === 'not-saved' ? tellNotSaved(parts, turn.where) : TAKEN;
}

/** Says to the person that nothing was kept; where that can't be said either, Slack shows that the press failed. */
async function tellNotSaved(parts: ExchangeParts, where: Where): Promise<Answered> {
  const said = answerIn(parts, { ...where, thread: null }, pressNotSaved(), parts.channelTimeZone, true).then(
    () => true,
    () => false,
  );
  return (await within(parts.after, SAY_WITHIN_MS, said)) === true ? TAKEN : LATER;
}

async function open(parts: ExchangeParts, turn: Extract<Turn, { kind: 'open' }>): Promise<Answered> {
  const { event, where } = turn;
  const on = pressedIn(turn);
  const origin = { on: on?.id ?? null, channel: event.from.channel };
  const view = openView(parts.calls, where.workspace, turn, origin);
  const heard = new Heard();
  const receipt = await parts.receive(event, heard.noting(replyTo(parts, where, on, view)));
  if (receipt.kind === 'not-saved') {
    const said = view.end(notSaved(), parts.channelTimeZone);
    await within(parts.after, SAY_WITHIN_MS, said);
    return TAKEN;
  }
  if (receipt.kind === 'accepted') parts.goesOn(endView(parts, receipt, view, heard));
  return TAKEN;
}

async function endView(
  parts: ExchangeParts,
  receipt: Extract<Receipt, { kind: 'accepted' }>,
  view: OpeningView,
  heard: Heard,
): Promise<void> {
  await receipt.done;
  await view.end(heard.first, heard.timeZone ?? parts.channelTimeZone);
}

/** Remembers the first thing that was said. */
class Heard {
  first: Message | null = null;
  timeZone: string | null = null;
  noting(reply: Reply): Reply {
    return {
      ...reply,
      say: (message, timeZone) => {
        this.first ??= message;
        this.timeZone = timeZone;
        return reply.say(message, timeZone);
      },
    };
  }
}

async function command(parts: ExchangeParts, turn: Extract<Turn, { kind: 'command' }>): Promise<Answered> {
  const { event, where, trigger } = turn;
  // Words rarely ask for a dialog: nothing is opened before one is known to come.
  const later: OpeningView = {
    async fill(page, timeZone) {
      const view = renderForm(page, { timeZone }, { on: null, channel: null });
      const opened = await parts.calls.call(where.workspace, 'views.open', { trigger_id: trigger, view });
      return opened.ok;
    },
    end: async () => undefined,
  };
  const receipt = await parts.receive(event, replyTo(parts, { ...where, channel: null }, null, later));
  if (receipt.kind === 'not-saved') return onlyThem(NOT_SAVED);
  return receipt.kind === 'accepted' && where.channel === null ? onlyThem(ANSWERED_DIRECTLY) : TAKEN;
}

const onlyThem = (text: string): Answered => ({ status: 200, body: { response_type: 'ephemeral', text } });

/** The card whose button was pressed; null for one of a page or a dialog that came from no card. */
const pressedIn = ({ event, hasReplies }: Extract<Turn, { kind: 'press' | 'open' }>): Pressed | null =>
  event.kind === 'pressed' && event.on !== null ? { id: event.on, hasReplies } : null;
