import { randomUUID } from 'node:crypto';
import type { FieldErrors } from '../../src/domain/field.ts';
import type { Reader } from '../../src/messages/plain-text.ts';
import type { ConsolePost, Inbound, Log, Receive, Reply, TimeControl } from '../../src/ports.ts';
import type { Conversation } from './address.ts';
import { Refused } from './failures.ts';
import type { Live } from './live.ts';
import { type DialogJson, renderForm } from './render-form.ts';
import { type MessageJson, messageJson, renderMessage } from './render-message.ts';

/** What one call of the script interface led to. */
export type Outcome =
  | { readonly kind: 'messages'; readonly messages: readonly MessageJson[] }
  | { readonly kind: 'dialog'; readonly dialog: DialogJson }
  | { readonly kind: 'errors'; readonly errors: FieldErrors };

export interface ExchangeParts {
  readonly live: Live;
  readonly time: Pick<TimeControl, 'now'>;
  readonly log: Log;
  receive: Receive;
}

/** One thing somebody does in a conversation. */
export interface Turn {
  readonly event: Inbound;
  readonly conversation: Conversation;
  readonly reader: Reader;
  /** The message that `Reply.update` redraws. */
  readonly on: string | null;
  /** What the conversation shows of it besides the answer, made of the event as it was kept; null for nothing. */
  echo(heard: Inbound): string | null;
}

/** The key of an event: the caller's own, so that a retry is known, else one of its own. Never shared between people. */
export const eventKeyOf = (personId: string, given: string | undefined): string =>
  JSON.stringify(given === undefined ? [personId, 'once', randomUUID()] : [personId, 'given', given]);

/**
 * Hands the event on, waits until the work and the deliveries it caused are done, and answers with every post of the
 * bot that came or changed in that conversation meanwhile. What the person said stands before the answer.
 */
export async function carryOut(parts: ExchangeParts, turn: Turn): Promise<Outcome> {
  const { live } = parts;
  const seen = new Map<string, ConsolePost>();
  const stopWatching = live.watch((happening) => {
    if (happening.kind !== 'post' && happening.kind !== 'edit') return;
    const { post } = happening;
    if (post.to === turn.conversation.id && post.from === 'bot') seen.set(post.id, post);
  });
  const answer = createAnswer(parts, turn);
  try {
    const receipt = await parts.receive(turn.event, answer.reply);
    if (receipt.kind === 'not-saved') throw new Refused({ kind: 'not-saved' });
    if (receipt.kind === 'accepted') {
      const words = turn.echo(receipt.heard);
      // The event is kept: that its echo can't be shown must not be told as "not saved".
      if (words !== null) {
        await live
          .add(spoken(turn, words, parts.time.now()))
          .catch((error: unknown) => parts.log.error({ error }, 'console.echo-failed'));
      }
      answer.begin();
      await receipt.done;
    } else {
      answer.begin();
    }
    if (answer.errors()) return { kind: 'errors', errors: answer.errors() ?? {} };
    const dialog = answer.dialog();
    if (dialog) return { kind: 'dialog', dialog };
    const messages = [...seen.values()].sort((one, other) => one.sequence - other.sequence).map(messageJson);
    return { kind: 'messages', messages };
  } finally {
    answer.begin();
    stopWatching();
  }
}

function spoken(turn: Turn, text: string, at: Date) {
  return {
    to: turn.conversation.id,
    from: turn.event.from.userId,
    at,
    text,
    card: null,
    actions: [],
    deliveryKey: null,
  };
}

/** The reply of one turn. Posts wait for `begin`, so that the answer never stands above the question. */
function createAnswer({ live, time }: ExchangeParts, turn: Turn) {
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let dialog: DialogJson | null = null;
  let errors: FieldErrors | null = null;
  const post = async (message: Parameters<Reply['say']>[0]): Promise<void> => {
    const drawn = renderMessage(message, turn.reader);
    await live.add({ to: turn.conversation.id, from: 'bot', at: time.now(), ...drawn, deliveryKey: null });
  };
  const reply: Reply = {
    async say(message) {
      await begun;
      await post(message);
    },
    async openDialog(page) {
      dialog = renderForm(page, turn.on, turn.reader);
    },
    async rejectDialog(found) {
      errors = found;
    },
    async update(message) {
      await begun;
      const drawn = renderMessage(message, turn.reader);
      const kept = turn.on === null ? null : await live.edit(turn.on, drawn, time.now());
      if (!kept) await post(message);
    },
  };
  return {
    reply,
    begin: () => begin(),
    dialog: () => dialog as DialogJson | null,
    errors: () => errors as FieldErrors | null,
  };
}
