/** How the one who spoke is answered: where they spoke, in their direct conversation, or in Teams' own answer. */
import type { After } from '../../src/domain/in-time.ts';
import { openByButton } from '../../src/messages/copy/dialogs.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Log, OwnView, Receive, Reply } from '../../src/ports.ts';
import { beginsThread, standingOf } from './address.ts';
import { couldNotSay } from './failures.ts';
import type { Where } from './inbound.ts';
import { newToken, type Posting } from './posting.ts';
import { renderWhole } from './render-below.ts';
import type { TeamsCard } from './render-message.ts';
import type { Repeats } from './repeats.ts';

/** What Teams is answered. `isLost`: nothing was kept, so it may be tried again. */
export interface Answered {
  readonly status: 200 | 400 | 503;
  readonly body?: unknown;
  readonly isLost?: true;
}

export const TAKEN: Answered = { status: 200 };

export interface ExchangeParts {
  readonly posting: Posting;
  readonly receive: Receive;
  readonly own: OwnView;
  readonly repeats: Repeats;
  readonly log: Log;
  /** IANA zone in which channels read times. */
  readonly channelTimeZone: string;
  /** Takes note of work that goes on after Teams was answered. */
  goesOn(work: Promise<unknown>): void;
  readonly after: After;
}

/** Hears what is answered before it is posted. */
export interface Hearing {
  readonly said?: (message: Message, timeZone: string) => void;
  readonly redrawn?: (card: TeamsCard) => void;
}

/** How the one who spoke is answered; `on` is the message that is redrawn. */
export function replyTo(parts: ExchangeParts, where: Where, on: string | null, heard: Hearing = {}): Reply {
  const zoneOf = (timeZone: string): string => (where.isShared ? parts.channelTimeZone : timeZone);
  const say = (message: Message, timeZone: string): Promise<void> => {
    heard.said?.(message, timeZone);
    return answerIn(parts, where, message, zoneOf(timeZone));
  };
  return {
    say,
    async update(message, timeZone) {
      const standing = on === null ? null : standingOf(on);
      if (standing === null || where.conversation === null) return say(message, timeZone);
      const reader = { timeZone: zoneOf(timeZone), timesBeside: where.isShared, token: newToken() };
      const drawn = renderWhole(message, reader, null, beginsThread(standing) ? 'thread' : 'chat');
      const card = drawn.head.attachments?.[0]?.content;
      if (card) heard.redrawn?.(card);
      const redrawn = await parts.posting.redraw(where.serviceUrl, standing, drawn);
      if (!redrawn.ok) await answerIn(parts, where, message, reader.timeZone);
    },
    openDialog: (page, timeZone) => say(openByButton(page), timeZone),
    rejectDialog: async () => undefined,
  };
}

/** Posts an answer where somebody spoke. */
export async function answerIn(
  { posting }: ExchangeParts,
  where: Where,
  message: Message,
  timeZone: string,
): Promise<void> {
  const posted = await posting.answer(where, message, timeZone);
  if (!posted.ok) throw couldNotSay(posted.trouble);
}
