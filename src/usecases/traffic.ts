/** What this process has given to each platform lately: keeps within its pace, and notices when it is away. */
import { nextAllowedMs, type Pace, type PaceWindow } from '../domain/pace.ts';
import { remember } from '../domain/remember.ts';
import type { Carrier, DeliveryAdapter } from '../ports.ts';

export interface Traffic {
  /**
   * Takes a place for one message to a conversation. Waits for others on their way; when the platform takes no more now, answers
   * an instant to come back at: messages that wait for the workspace get one instant each, so that many thousands don't all
   * come back for the next place. Answers at once when nobody has to be waited for: there may be thousands a second.
   */
  admit(adapter: DeliveryAdapter, conversation: string, now: () => Date): Place | Promise<Place>;
  /** Notes that the platform wants no message to the conversation before `until`. */
  asked(platform: Carrier, conversation: string, until: Date): void;
  /** Notes whether the platform answered; tells how often in a row it has not. */
  noted(platform: Carrier, answered: boolean): number;
}

export type Place =
  | {
      readonly kind: 'admitted';
      /** The message goes now: from here on counts the platform's time. */
      goes(): void;
      /** Gives the place back. */
      left(): void;
    }
  | { readonly kind: 'not-yet'; readonly until: Date };

interface Lane {
  /** Rising. */
  readonly sentMs: number[];
}
interface PlatformTraffic {
  free: number;
  readonly waiting: (() => void)[];
  readonly workspace: Lane;
  /** When those who were sent away for the workspace's sake come back; rising. */
  readonly promisedMs: number[];
  readonly conversations: Map<string, Lane>;
  /** Until when the platform wants no message to a conversation. */
  readonly wishes: Map<string, number>;
  silent: number;
}

/** Conversations remembered at most; the ones used longest ago are forgotten first. */
const MOST_CONVERSATIONS = 50_000;
/** Whoever has to wait no longer than this comes back at that instant, whatever was promised to others. */
const SOON_MS = 250;
/** A place is promised a little later than the platform would take it: who comes back needs a moment to get ready. */
const SLACK = 1.03;

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
      promisedMs: [],
      conversations: new Map(),
      wishes: new Map(),
      silent: 0,
    };
    platforms.set(adapter.platform, made);
    return made;
  };
  return {
    admit({ platform, pace }, conversation, now) {
      const traffic = of({ platform, pace });
      if (traffic.free === 0)
        return new Promise<void>((resolve) => traffic.waiting.push(resolve)).then(() =>
          placeIn(traffic, pace, conversation, now),
        );
      traffic.free -= 1;
      return placeIn(traffic, pace, conversation, now);
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

/** For one of those who may be on their way at once: a place within the platform's pace, or when there is one. */
function placeIn(traffic: PlatformTraffic, pace: Pace, conversation: string, now: () => Date): Place {
  const left = (): void => {
    const next = traffic.waiting.shift();
    if (next) next();
    else traffic.free += 1;
  };
  const nowMs = now().getTime();
  const own = laneOf(traffic, conversation, pace.conversation.length > 0);
  const ownMs = Math.max(
    wishOf(traffic, conversation, nowMs),
    nextAllowedMs(own.sentMs, pace.conversation, nowMs),
  );
  const allMs = nextAllowedMs(traffic.workspace.sentMs, pace.workspace, nowMs);
  if (Math.max(ownMs, allMs) > nowMs) {
    left();
    const promisedMs = allMs <= nowMs + SOON_MS ? allMs : promise(traffic, pace.workspace, nowMs);
    return { kind: 'not-yet', until: new Date(Math.max(ownMs, promisedMs)) };
  }
  const [firstMs] = traffic.promisedMs;
  if (firstMs !== undefined && firstMs <= nowMs) traffic.promisedMs.shift();
  const lanes = [
    [own, pace.conversation],
    [traffic.workspace, pace.workspace],
  ] as const;
  for (const [lane, windows] of lanes) keep(lane, windows, nowMs);
  const goes = (): void => {
    const atMs = now().getTime();
    if (atMs > nowMs) for (const [lane, windows] of lanes) move(lane, windows, nowMs, atMs);
  };
  return { kind: 'admitted', goes, left };
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
  if (isKept) remember(conversations, conversation, lane, MOST_CONVERSATIONS);
  return lane;
}

/** The next place in the workspace after all that was sent or is promised. */
function promise(
  { workspace, promisedMs }: PlatformTraffic,
  windows: readonly PaceWindow[],
  nowMs: number,
): number {
  const longestMs = Math.max(...windows.map(({ ms }) => ms));
  // Promises that nobody kept, because the message was taken back or another process sent it.
  const kept = promisedMs.findIndex((at) => at > nowMs - longestMs);
  promisedMs.splice(0, kept < 0 ? promisedMs.length : kept);
  const slower = windows.map(({ messages, ms }) => ({ messages, ms: Math.ceil(ms * SLACK) }));
  const most = Math.max(...windows.map(({ messages }) => messages));
  const latest = [...workspace.sentMs.slice(-most), ...promisedMs.slice(-most)];
  const at = nextAllowedMs(latest, slower, nowMs);
  promisedMs.push(at);
  return at;
}

/** Remembers a message, and forgets what no window reaches back to. */
function keep({ sentMs }: Lane, windows: readonly PaceWindow[], nowMs: number): void {
  if (windows.length === 0) return;
  sentMs.push(nowMs);
  const most = Math.max(...windows.map(({ messages }) => messages));
  if (sentMs.length > 2 * most) sentMs.splice(0, sentMs.length - most);
}

/** A message that was to go at `fromMs` goes at `atMs`, later than all others so far. */
function move(lane: Lane, windows: readonly PaceWindow[], fromMs: number, atMs: number): void {
  const place = lane.sentMs.lastIndexOf(fromMs);
  if (place >= 0) lane.sentMs.splice(place, 1);
  keep(lane, windows, atMs);
}
