/** How the one who spoke is answered: where they spoke, or in their direct conversation. */
import type { After } from '../../src/domain/in-time.ts';
import { openByButton } from '../../src/messages/copy/dialogs.ts';
import type { Message } from '../../src/messages/message.ts';
import type { Receive, Reply } from '../../src/ports.ts';
import { type Conversation, placeId, standingOf } from './address.ts';
import type { Calls } from './calls.ts';
import type { Drafts } from './drafts.ts';
import { couldNotSay } from './failures.ts';
import type { Where } from './inbound.ts';
import type { Posting } from './posting.ts';
import type { OpeningView } from './views.ts';

/** What Slack is answered. A 503 makes it send an event again. */
export interface Answered {
  readonly status: 200 | 503;
  readonly body?: unknown;
}

export interface ExchangeParts {
  readonly calls: Calls;
  readonly posting: Posting;
  readonly drafts: Drafts;
  readonly receive: Receive;
  /** IANA zone in which channels read times. */
  readonly channelTimeZone: string;
  /** Takes note of work that goes on after Slack was answered. */
  goesOn(work: Promise<unknown>): void;
  readonly after: After;
}

export const TAKEN: Answered = { status: 200 };

/** The bot's message whose button was pressed. */
export interface Pressed {
  readonly id: string;
  /** Whether anything stands below it. */
  readonly hasReplies: boolean;
}

/** How the one who spoke is answered; `on` is the message that is redrawn, `view` where a dialog is drawn. */
export function replyTo(
  parts: ExchangeParts,
  where: Where,
  on: Pressed | null,
  view: OpeningView | null,
): Reply {
  return {
    say: (message, timeZone) => answerIn(parts, where, message, timeZone, false),
    async update(message, timeZone) {
      const standing = on === null ? null : standingOf(on.id);
      const zone = standing && !standing.channel.startsWith('D') ? parts.channelTimeZone : timeZone;
      const drawn =
        standing && on ? await parts.posting.redraw(standing, on.hasReplies, message, zone) : null;
      if (!drawn?.ok) await answerIn(parts, where, message, timeZone, false);
    },
    async openDialog(page, timeZone) {
      if (view && (await view.fill(page, timeZone))) return;
      await answerIn(parts, where, openByButton(page), timeZone, false);
    },
    rejectDialog: async () => undefined,
  };
}

/** Posts an answer where somebody spoke; in their direct conversation where `where` names no other, or `privately`. */
export async function answerIn(
  { posting, channelTimeZone }: ExchangeParts,
  where: Where,
  message: Message,
  timeZone: string,
  privately: boolean,
): Promise<void> {
  const isChannel = where.channel !== null && !where.channel.startsWith('D');
  const to = await conversationFor(posting, where, isChannel && privately);
  const zone = isChannel && !privately ? channelTimeZone : timeZone;
  const posted = await posting.post(to, message, zone, where.thread);
  if (!posted.ok) throw couldNotSay(posted.trouble);
}

async function conversationFor(posting: Posting, where: Where, privately: boolean): Promise<Conversation> {
  const { workspace, channel, user } = where;
  if (channel !== null && !privately) return { workspace, channel };
  const found = await posting.conversation(placeId({ workspace, id: user }));
  if (!found.ok) throw couldNotSay(found.trouble);
  return found.value;
}
