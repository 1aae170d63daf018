/** One turn: hands the event on, and answers Teams within its limit, saying only what is so. */
import { within } from '../../src/domain/in-time.ts';
import {
  ANSWERED_BELOW,
  NOT_SAVED,
  pressNotSaved,
  saidNotSaved,
  WORKING,
} from '../../src/messages/copy/platform-answers.ts';
import type { Inbound, Receipt } from '../../src/ports.ts';
import { openDialog } from './dialogs.ts';
import type { Turn } from './inbound.ts';
import { cardAnswer, cardWords } from './invoke-answers.ts';
import { TEAMS } from './limits.ts';
import type { TeamsCard } from './render-message.ts';
import { type Answered, answerIn, type ExchangeParts, replyTo, TAKEN } from './reply.ts';
import { submit } from './submission.ts';

const LATER: Answered = { status: 503, isLost: true };
/** Saying that nothing was saved must fit into what the database left of the time. */
const SAY_WITHIN_MS = 4_000;

/** Carries out one turn. Settles when Teams is to be answered; the work may go on. Rejects only for a mistake of ours. */
export function carryOut(parts: ExchangeParts, turn: Turn): Promise<Answered> {
  if (turn.kind === 'event') return hear(parts, turn, turn.event);
  const key = parts.repeats.keyOf(turn.repeats, turn.sentAt);
  return parts.repeats.once(key, () => act(parts, { ...turn, event: { ...turn.event, eventKey: key } }));
}

function act(parts: ExchangeParts, turn: Exclude<Turn, { kind: 'event' }>): Promise<Answered> {
  switch (turn.kind) {
    case 'press':
      return turn.isAwaited ? press(parts, turn) : hear(parts, turn, turn.event);
    case 'fetch':
      return openDialog(parts, turn);
    case 'submit':
      return submit(parts, turn);
    default:
      return turn satisfies never;
  }
}

/** What is answered afterwards: words, and buttons of clients that don't wait for a card. */
async function hear(parts: ExchangeParts, { where }: Turn, event: Inbound): Promise<Answered> {
  const on = event.kind === 'pressed' ? event.on : null;
  const receipt = await parts.receive(event, replyTo(parts, where, on));
  if (receipt.kind !== 'not-saved') return TAKEN;
  // Teams does not send again what was said to a bot: its author hears that it is lost.
  if (event.kind !== 'said' && event.kind !== 'pressed') return LATER;
  const said = answerIn(
    parts,
    where,
    event.kind === 'said' ? saidNotSaved() : pressNotSaved(),
    parts.channelTimeZone,
  ).then(
    () => true,
    () => false,
  );
  return (await within(parts.after, SAY_WITHIN_MS, said)) === true ? { ...TAKEN, isLost: true } : LATER;
}

type Pressed = Extract<Turn, { kind: 'press' }>;
type Shown = { readonly kind: 'card'; readonly card: TeamsCard } | { readonly kind: 'said' };

async function press(parts: ExchangeParts, { event, where }: Pressed): Promise<Answered> {
  let show: (shown: Shown) => void = () => undefined;
  const shown = new Promise<Shown>((resolve) => {
    show = resolve;
  });
  const reply = replyTo(parts, where, event.kind === 'pressed' ? event.on : null, {
    said: () => show({ kind: 'said' }),
    redrawn: (card) => show({ kind: 'card', card }),
  });
  const receipt: Receipt = await parts.receive(event, reply);
  if (receipt.kind === 'not-saved') return { ...cardWords(NOT_SAVED), isLost: true };
  if (receipt.kind === 'duplicate') return cardWords(ANSWERED_BELOW);
  void receipt.done.then(() => show({ kind: 'said' }));
  const first = await within(parts.after, TEAMS.answerMs, shown);
  if (first === null) return cardWords(WORKING);
  return first.kind === 'card' ? cardAnswer(first.card) : cardWords(ANSWERED_BELOW);
}
