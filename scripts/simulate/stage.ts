/** Where a simulation's messages stand: conversations in memory, and the platform that takes every message and sends none. */
import { eventKeyOf } from '../../adapters/console/exchange.ts';
import {
  durationMs,
  instantOf,
  pressed,
  readPress,
  readSay,
  readSubmit,
  said,
  submitted,
} from '../../adapters/console/inbound.ts';
import { dialogOrigin, renderForm } from '../../adapters/console/render-form.ts';
import { renderMessage } from '../../adapters/console/render-message.ts';
import type { FieldErrors } from '../../src/domain/field.ts';
import { UNLIMITED } from '../../src/domain/pace.ts';
import type { Message } from '../../src/messages/message.ts';
import {
  type Channel,
  type ChatAdapter,
  type ConsoleAction,
  type Inbound,
  type Receive,
  type Reply,
  ROSTER_ALONE,
  type Speaker,
  type TimeControl,
} from '../../src/ports.ts';
import type { Exchange, JourneyDriver } from './journey.ts';

interface Post {
  readonly id: string;
  /** A person's id or `#ispg`. */
  readonly place: string;
  text: string;
  actions: readonly ConsoleAction[];
}

/** A message as it went out under a key. */
export interface Recorded {
  readonly text: string;
  /** It redrew a message that stood there. */
  readonly redraws: boolean;
}

export interface Stage {
  /** Takes whatever it is given, at once. */
  readonly adapter: ChatAdapter;
  readonly recorded: ReadonlyMap<string, Recorded>;
  /** People and channels act here. */
  driver(parts: StageParts): JourneyDriver;
}

export interface StageParts {
  readonly receive: Receive;
  readonly time: TimeControl;
  /** Zone in which the person reads times; null when there is nobody of that id. */
  timeZoneOf(person: string): Promise<string | null>;
  readonly channelTimeZone: string;
  restart(): Promise<void>;
  /** Told what is about to happen, such as `bo says "hi"`; null when it is over. */
  caused(by: string | null): void;
}

/** An empty stage. */
export function createStage(): Stage {
  const posts = new Map<string, Post>();
  const recorded = new Map<string, Recorded>();
  const byKey = new Map<string, string>();
  const seen: Set<string>[] = [];
  const put = (place: string, message: Message, timeZone: string, id: string | null): string => {
    const { text, actions } = renderMessage(message, { timeZone });
    const standing = id === null ? undefined : posts.get(id);
    const post = standing ?? { id: `message-${posts.size + 1}`, place, text, actions };
    post.text = text;
    post.actions = actions;
    posts.set(post.id, post);
    for (const watcher of seen) watcher.add(post.id);
    return post.id;
  };
  const adapter: ChatAdapter = {
    platform: 'console',
    pace: UNLIMITED,
    ...ROSTER_ALONE,
    start: async () => undefined,
    stop: async () => undefined,
    async deliver(to, message, key, edits) {
      const known = byKey.get(key);
      // A part that is redrawn keeps the name of its message, and what was said under that name stays noted.
      if (known !== undefined && edits !== null)
        return { kind: 'delivered', messageId: put(to.id, message, to.timeZone, edits) };
      const messageId = known ?? put(to.id, message, to.timeZone, edits);
      byKey.set(key, messageId);
      recorded.set(key, { text: posts.get(messageId)?.text ?? '', redraws: edits !== null });
      return { kind: 'delivered', messageId };
    },
    async findPosted(_to, key) {
      const messageId = byKey.get(key);
      return messageId === undefined ? { kind: 'not-posted' } : { kind: 'posted', messageId };
    },
  };
  const hall: Hall = { posts, put, seen };
  return { adapter, recorded, driver: (parts) => createDriver(hall, parts) };
}

interface Hall {
  readonly posts: ReadonlyMap<string, Post>;
  /** Sets a message down, in place of `id` where that stands; answers its id. */
  put(place: string, message: Message, timeZone: string, id: string | null): string;
  /** Sets that are told what is set down. */
  readonly seen: Set<string>[];
}

interface Turn {
  readonly event: Inbound;
  readonly place: string;
  readonly timeZone: string;
  /** The message whose button was pressed. */
  readonly on: string | null;
}

function createDriver(hall: Hall, parts: StageParts): JourneyDriver {
  const placed = async (who: string, place: string) => {
    const timeZone = await parts.timeZoneOf(who);
    if (timeZone === null) throw new Error(`nobody here is called "${who}"`);
    return { place, timeZone: place.startsWith('#') ? parts.channelTimeZone : timeZone };
  };
  const because = async <T>(words: string, work: () => Promise<T>): Promise<T> => {
    parts.caused(words);
    try {
      return await work();
    } finally {
      parts.caused(null);
    }
  };
  return {
    async say(who, words, channel) {
      const { text } = readSay({ as: who, text: words });
      const event = said(speaker(who, channel ?? who), eventKeyOf(who, undefined), text);
      const where = await placed(who, channel ?? who);
      return because(`${who} says "${short(words)}"`, () =>
        exchange(hall, parts, { event, ...where, on: null }),
      );
    },
    async press(who, message, action, given) {
      const { values = {} } = readPress({ as: who, message, action, values: given });
      const post = hall.posts.get(message);
      const chosen = post?.actions.find(({ id }) => id === action);
      if (!post || !chosen) throw new Error('there is no such button');
      const key = eventKeyOf(who, undefined);
      const event = pressed(speaker(who, post.place), key, chosen.press, values, post.id);
      const where = await placed(who, post.place);
      return because(`${who} presses "${chosen.label}"`, () =>
        exchange(hall, parts, { event, ...where, on: post.id }),
      );
    },
    async submit(who, dialog, given) {
      const { values } = readSubmit({ as: who, dialog, values: given });
      const origin = dialogOrigin(dialog);
      if (!origin) throw new Error('there is no such dialog');
      const on = origin.on === null ? undefined : hall.posts.get(origin.on);
      const where = await placed(who, on?.place ?? who);
      const event = submitted(speaker(who, where.place), eventKeyOf(who, undefined), origin.press, values);
      return because(`${who} fills in a dialog`, () =>
        exchange(hall, parts, { event, ...where, on: origin.on }),
      );
    },
    messages: async (place) => [...hall.posts.values()].filter((post) => post.place === place),
    async advance(by) {
      const to = 'to' in by ? instantOf(by.to) : later(parts.time.now(), durationMs(by.advance));
      if (!to) throw new Error('that is no instant and no duration');
      await parts.time.advanceTo(to);
    },
    restart: () => parts.restart(),
  };
}

const later = (now: Date, ms: number | null): Date | null =>
  ms === null ? null : new Date(now.getTime() + ms);

const LONGEST_WORDS = 40;
const short = (words: string): string =>
  words.length <= LONGEST_WORDS ? words : `${words.slice(0, LONGEST_WORDS - 1)}…`;

const CHANNELS: ReadonlyMap<string, Channel> = new Map([
  ['#ispg', 'ispg'],
  ['#issoaas', 'issoaas'],
]);
function speaker(who: string, place: string): Speaker {
  const channel = CHANNELS.get(place) ?? null;
  if (place.startsWith('#') && channel === null) throw new Error(`there is no channel ${place}`);
  return { platform: 'console', userId: who, channel };
}

/** Hands the event on, and answers what the bot set down there until its work and the deliveries it caused were done. */
async function exchange(
  hall: Hall,
  parts: StageParts,
  { event, place, timeZone, on }: Turn,
): Promise<Exchange> {
  const touched = new Set<string>();
  hall.seen.push(touched);
  const heard: { dialog: Extract<Exchange, { kind: 'dialog' }> | null; errors: FieldErrors | null } = {
    dialog: null,
    errors: null,
  };
  const reply: Reply = {
    say: async (message) => void hall.put(place, message, timeZone, null),
    update: async (message) => void hall.put(place, message, timeZone, on),
    openDialog: async (page) => {
      heard.dialog = { kind: 'dialog', dialog: renderForm(page, on, { timeZone }) };
    },
    rejectDialog: async (errors) => {
      heard.errors = errors;
    },
  };
  try {
    const receipt = await parts.receive(event, reply);
    if (receipt.kind === 'not-saved') throw new Error('the simulation’s database did not answer in time');
    if (receipt.kind === 'accepted') await receipt.done;
  } finally {
    hall.seen.splice(hall.seen.indexOf(touched), 1);
  }
  if (heard.errors) return { kind: 'rejected', errors: heard.errors };
  if (heard.dialog) return heard.dialog;
  const messages = [...hall.posts.values()].filter((post) => touched.has(post.id) && post.place === place);
  return { kind: 'said', messages };
}
