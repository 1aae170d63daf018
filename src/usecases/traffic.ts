/** What this process has given to each platform lately: keeps within its pace, and notices when it is away. */
import { nextAllowedMs, type PaceWindow } from '../domain/pace.ts';
import type { Carrier, DeliveryAdapter } from '../ports.ts';

export interface Traffic {
  /**
   * Takes a place for one message to a conversation. Waits for others on their way; answers the instant at which the
   * platform takes the next one when that is not now. `left` gives the place back.
   */
  admit(
    adapter: DeliveryAdapter,
    conversation: string,
    now: () => Date,
  ): Promise<
    { readonly kind: 'admitted'; left(): void } | { readonly kind: 'not-yet'; readonly until: Date }
  >;
  /** Notes that the platform wants no message to the conversation before `until`. */
  asked(platform: Carrier, conversation: string, until: Date): void;
  /** Notes whether the platform answered; tells how often in a row it has not. */
  noted(platform: Carrier, answered: boolean): number;
}

interface Lane {
  readonly sentMs: number[];
}
interface PlatformTraffic {
  free: number;
  readonly waiting: (() => void)[];
  readonly workspace: Lane;
  readonly conversations: Map<string, Lane>;
  /** Until when the platform wants no message to a conversation. */
  readonly wishes: Map<string, number>;
  silent: number;
}

/** Conversations remembered at most; the ones used longest ago are forgotten first. */
const MOST_CONVERSATIONS = 50_000;

/** One for each process, kept over its runs. Several processes each keep the whole pace; the platform's own word counts above it. */
export function createTraffic(): Traffic {
  const platforms = new Map<Carrier, PlatformTraffic>();
  const of = (adapter: Pick<DeliveryAdapter, 'platform' | 'pace'>): PlatformTraffic => {
    const known = platforms.get(adapter.platform);
    if (known) return known;
    const made: PlatformTraffic = {
      free: adapter.pace.atOnce,
      waiting: [],
      workspace: { sentMs: [] },
      conversations: new Map(),
      wishes: new Map(),
      silent: 0,
    };
    platforms.set(adapter.platform, made);
    return made;
  };
  return {
    async admit(adapter, conversation, now) {
      const traffic = of(adapter);
      if (traffic.free > 0) traffic.free -= 1;
      else await new Promise<void>((resolve) => traffic.waiting.push(resolve));
      const left = (): void => {
        const next = traffic.waiting.shift();
        if (next) next();
        else traffic.free += 1;
      };
      const nowMs = now().getTime();
      const own = laneOf(traffic, conversation, adapter.pace.conversation.length > 0);
      const allowedMs = Math.max(
        wishOf(traffic, conversation, nowMs),
        nextAllowedMs(own.sentMs, adapter.pace.conversation, nowMs),
        nextAllowedMs(traffic.workspace.sentMs, adapter.pace.workspace, nowMs),
      );
      if (allowedMs > nowMs) {
        left();
        return { kind: 'not-yet', until: new Date(allowedMs) };
      }
      keep(own, adapter.pace.conversation, nowMs);
      keep(traffic.workspace, adapter.pace.workspace, nowMs);
      return { kind: 'admitted', left };
    },
    asked(platform, conversation, until) {
      platforms.get(platform)?.wishes.set(conversation, until.getTime());
    },
    noted(platform, answered) {
      const traffic = platforms.get(platform);
      if (!traffic) return 0;
      traffic.silent = answered ? 0 : traffic.silent + 1;
      return traffic.silent;
    },
  };
}

/** The platform's wish for a conversation, until it has passed; `nowMs` when there is none. */
function wishOf({ wishes }: PlatformTraffic, conversation: string, nowMs: number): number {
  const untilMs = wishes.get(conversation);
  if (untilMs === undefined || untilMs > nowMs) return untilMs ?? nowMs;
  wishes.delete(conversation);
  return nowMs;
}

function laneOf({ conversations }: PlatformTraffic, conversation: string, isKept: boolean): Lane {
  const lane = conversations.get(conversation) ?? { sentMs: [] };
  if (!isKept) return lane;
  conversations.delete(conversation);
  conversations.set(conversation, lane);
  const [oldest] = conversations.keys();
  if (conversations.size > MOST_CONVERSATIONS && oldest !== undefined) conversations.delete(oldest);
  return lane;
}

/** Remembers a message, and forgets what no window reaches back to. */
function keep({ sentMs }: Lane, windows: readonly PaceWindow[], nowMs: number): void {
  if (windows.length === 0) return;
  sentMs.push(nowMs);
  const most = Math.max(...windows.map(({ messages }) => messages));
  if (sentMs.length > 2 * most) sentMs.splice(0, sentMs.length - most);
}
