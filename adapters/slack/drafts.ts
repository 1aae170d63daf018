/** Half-filled dialogs, as Slack tells of them with every change: the newest counts, and one of a dialog is on its way at a time. */
import { remember } from '../../src/domain/remember.ts';
import type { Log, Receive, Reply } from '../../src/ports.ts';
import type { Turn } from './inbound.ts';
import type { Answered } from './reply.ts';

type Draft = Extract<Turn, { kind: 'draft' }>;

export interface Drafts {
  /** A dialog as it stands, or as it was closed. Slack is answered at once: nobody is promised that a draft is kept, unless it was closed. */
  take(draft: Draft): Promise<Answered>;
  /** The dialog was sent: what is half filled is out of date. */
  drop(view: string): void;
}

/** Dialogs that are remembered while they are open. */
const REMEMBERED = 5_000;

interface Open {
  isOnItsWay: boolean;
  waiting: Draft | null;
  last: Draft | null;
}

/** `replyFor` makes the answer to a dialog that was closed. */
export function createDrafts(
  receive: Receive,
  replyFor: (draft: Draft) => Reply,
  log: Log,
  goesOn: (work: Promise<unknown>) => void,
): Drafts {
  const open = new Map<string, Open>();
  const openOf = (view: string): Open => {
    const known = open.get(view) ?? { isOnItsWay: false, waiting: null, last: null };
    remember(open, view, known, REMEMBERED);
    return known;
  };
  const send = async (one: Open): Promise<void> => {
    if (one.isOnItsWay) return;
    one.isOnItsWay = true;
    try {
      while (one.waiting) {
        const draft: Draft = one.waiting;
        one.waiting = null;
        const receipt = await receive(draft.event, replyFor(draft));
        if (receipt.kind === 'accepted') await receipt.done;
      }
    } catch (error) {
      log.error({ error }, 'a half-filled dialog could not be kept');
    } finally {
      one.isOnItsWay = false;
    }
  };
  return {
    async take(draft) {
      const one = openOf(draft.view);
      if (draft.isClosed) {
        open.delete(draft.view);
        one.waiting = null;
        const receipt = await receive(closing(draft, one.last), replyFor(draft));
        return receipt.kind === 'not-saved' ? { status: 503 } : { status: 200 };
      }
      one.waiting = draft;
      one.last = draft;
      goesOn(send(one));
      return { status: 200 };
    },
    drop(view) {
      const one = open.get(view);
      if (one) one.waiting = null;
      open.delete(view);
    },
  };
}

/** Slack does not promise the values of a dialog that is closed: where it leaves them out, the last that were heard of count. */
function closing({ event }: Draft, last: Draft | null): Draft['event'] {
  if (event.kind !== 'drafted' || last?.event.kind !== 'drafted') return event;
  return Object.keys(event.values).length > 0 ? event : { ...event, values: last.event.values };
}
