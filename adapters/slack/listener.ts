/** Bolt, and what it is told to listen to. Its own receivers answer before anything is kept; ours answers what came of it. */
import { App, type Receiver } from '@slack/bolt';
import { readBody, type SlackBody } from './bodies.ts';
import type { SlackSettings } from './config.ts';
import {
  type News,
  type Turn,
  turnOfAction,
  turnOfCommand,
  turnOfEvent,
  turnOfShortcut,
  turnOfView,
} from './inbound.ts';
import type { Answered } from './reply.ts';
import { COMMAND, SHORTCUTS } from './surface.ts';
import { clientOptions, SILENT } from './web-api.ts';

export interface ListenerParts {
  readonly settings: SlackSettings;
  /** Carries out what somebody does; settles when Slack is to be answered. */
  take(turn: Turn): Promise<Answered>;
  /** Hears what became of the app in a workspace or channel. */
  news(news: News): Promise<void>;
}

/** What a listener leaves for the receiver: Slack's answer, once it is known. */
interface Slot {
  answered: Promise<Answered> | null;
}

/** Slack is told that it is fine, and nothing else happens: for what is not meant for the bot. */
const HEARD: Answered = { status: 200 };

/** What one body of Slack's comes to; null for one that is not as Slack sends it. Never rejects for what it was sent. */
export function createListener(parts: ListenerParts): (body: unknown) => Promise<Answered | null> {
  let running: App | null = null;
  const receiver: Receiver = {
    init: (app) => {
      running = app;
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
  listenTo(createApp(parts.settings, receiver), parts);
  return async (given) => {
    const told = readBody(given);
    if (told === null) return isObject(given) ? HEARD : null;
    const slot: Slot = { answered: null };
    await running?.processEvent({
      body: told.body,
      // Bolt would say "heard" to events before anything is kept.
      ack: async () => undefined,
      customProperties: { told, slot },
    });
    return (await slot.answered) ?? HEARD;
  };
}

const isObject = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

function createApp({ apiUrl }: SlackSettings, receiver: Receiver): App {
  return new App({
    receiver,
    // Tokens are looked up where the answer is posted: whoever is told something need not have one.
    authorize: async () => ({}),
    convoStore: false,
    ignoreSelf: false,
    logger: SILENT,
    clientOptions: clientOptions(apiUrl),
  });
}

type Context = Readonly<Record<string, unknown>>;
const toldIn = (context: Context): SlackBody => context.told as SlackBody;

function listenTo(app: App, parts: ListenerParts): void {
  const answer = (context: Context, turn: Turn | News | null): void => {
    const slot = context.slot as Slot;
    if (turn === null) return;
    slot.answered = 'where' in turn ? parts.take(turn) : parts.news(turn).then(() => HEARD);
    // The receiver waits for it; until then nobody does.
    slot.answered.catch(() => undefined);
  };
  app.event(/.*/u, async ({ context }) => {
    const told = toldIn(context);
    if (told.kind === 'event') answer(context, turnOfEvent(parts.settings, told.body));
  });
  app.action(/^(?:press|open|value|tick):/u, async ({ context }) => {
    const told = toldIn(context);
    if (told.kind === 'action') answer(context, turnOfAction(parts.settings, told.body));
  });
  for (const type of ['view_submission', 'view_closed'] as const) {
    app.view({ callback_id: 'dialog', type }, async ({ context }) => {
      const told = toldIn(context);
      if (told.kind === 'view') answer(context, turnOfView(told.body));
    });
  }
  for (const callbackId of Object.values(SHORTCUTS)) {
    app.shortcut(callbackId, async ({ context }) => {
      const told = toldIn(context);
      if (told.kind === 'shortcut') answer(context, turnOfShortcut(told.body));
    });
  }
  app.command(COMMAND, async ({ context }) => {
    const told = toldIn(context);
    if (told.kind === 'command') answer(context, turnOfCommand(told.body));
  });
  // What goes wrong in a listener is ours: the receiver hears of it.
  app.error(async (error) => {
    throw error;
  });
}
