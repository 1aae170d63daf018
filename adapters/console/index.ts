import { performance } from 'node:perf_hooks';
import express, { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import { UNLIMITED } from '../../src/domain/pace.ts';
import {
  type ChatAdapter,
  type ConsoleLedger,
  type ConsolePost,
  type Log,
  type NewConsolePost,
  type Receive,
  ROSTER_ALONE,
  type TimeControl,
} from '../../src/ports.ts';
import { conversationOf } from './address.ts';
import { clockRoutes } from './clock.ts';
import { createDirectory, type Directory, type DirectoryListing } from './directory.ts';
import type { ExchangeParts } from './exchange.ts';
import { answerFailure, badInput, Refused } from './failures.ts';
import { guard } from './guard.ts';
import { LIMITS } from './limits.ts';
import { createLive, createStreams, type Live } from './live.ts';
import { pageRoutes } from './page-routes.ts';
import { listRoutes, pageApiRoutes } from './reading.ts';
import { renderMessage } from './render-message.ts';
import { talkRoutes } from './talk.ts';

export interface ConsoleOptions {
  readonly ledger: ConsoleLedger;
  readonly time: TimeControl;
  /** People who may be chosen and channels, as they are now. */
  directory(): Promise<DirectoryListing>;
  /** `listen` hears when somebody may be listed otherwise than before. */
  onDirectoryChange(listen: () => void): void;
  readonly log: Log;
  /** IANA zone in which a channel reads the bot's answers. */
  readonly channelTimeZone: string;
  /** The start of the next business day, for the page's clock button. */
  readonly nextBusinessDay?: (after: Date) => Date;
}

/** The console as a chat platform, with the routes of its page and script interface (mount them at `/`). */
export type Console = ChatAdapter & { readonly router: Router };

/**
 * A chat platform in the browser: playground for people, test double for programs.
 * Its conversations stand in the ledger; its page and script interface answer this machine only.
 */
export function createConsole(options: ConsoleOptions): Console {
  const { ledger, time, log } = options;
  const live = createLive(ledger);
  const streams = createStreams(live);
  const directory = createDirectory(options.directory, () => performance.now());
  options.onDirectoryChange(directory.doubt);
  let receive: Receive | null = null;
  const exchange = (): ExchangeParts => {
    if (!receive) throw new Refused({ kind: 'not-saved' });
    return { live, time, log, receive };
  };

  const router = Router();
  router.get('/', guard, (_request, response) => response.redirect(302, '/console'));
  router.use('/console/api', guard, apiRoutes(options, { live, streams, directory, exchange }));
  router.use('/console', guard, pageRoutes());

  return {
    platform: 'console',
    pace: UNLIMITED,
    router,
    async start(handler) {
      receive = handler;
    },
    async deliver(to, message, key, edits, attachment) {
      const conversation = conversationOf(to.id);
      const isKnown =
        conversation?.kind === 'channel' || (conversation && (await directory.find(conversation.personId)));
      if (!conversation || !isKnown) return { kind: 'gone' };
      const drawn = renderMessage(message, { timeZone: to.timeZone }, attachment ?? null);
      const post =
        edits === null
          ? await live.add(newPost(conversation.id, time.now(), drawn, key))
          : await live.edit(edits, drawn, time.now());
      return post ? { kind: 'delivered', messageId: post.id } : { kind: 'gone' };
    },
    async findPosted(_to, key) {
      const post = await ledger.byDeliveryKey(key);
      return post ? { kind: 'posted', messageId: post.id } : { kind: 'not-posted' };
    },
    ...ROSTER_ALONE,
    async stop() {
      receive = null;
      streams.closeAll();
    },
  };
}

interface Parts {
  readonly live: Live;
  readonly streams: ReturnType<typeof createStreams>;
  readonly directory: Directory;
  exchange(): ExchangeParts;
}

/** The script interface and what the page needs besides. */
function apiRoutes(options: ConsoleOptions, { live, streams, directory, exchange }: Parts): Router {
  const { ledger, time, channelTimeZone, nextBusinessDay } = options;
  const api = Router();
  api.use(readJson);
  api.use(listRoutes({ directory, ledger }));
  api.use(talkRoutes({ directory, ledger, channelTimeZone, exchange }));
  api.use(clockRoutes({ time, live, nextBusinessDay }));
  api.use(pageApiRoutes({ directory, ledger, live, streams }));
  api.use(answerRefusals);
  return api;
}

function newPost(
  to: string,
  at: Date,
  drawn: Pick<ConsolePost, 'text' | 'card' | 'actions'>,
  deliveryKey: string,
): NewConsolePost {
  return { to, from: 'bot', at, ...drawn, deliveryKey };
}

const parseJson = express.json({ limit: LIMITS.body });

/** Reads the body; one that can't be read is the caller's mistake. */
const readJson: RequestHandler = (request, response, next) => {
  parseJson(request, response, (error?: unknown) => {
    if (error === undefined) return next();
    const isTooLarge =
      typeof error === 'object' && error !== null && 'status' in error && error.status === 413;
    next(
      isTooLarge ? new Refused({ kind: 'too-large' }) : badInput('body', 'Send one JSON object in UTF-8.'),
    );
  });
};

/** Says refusals; everything else goes on to the server's own error handler. */
const answerRefusals: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof Refused && !response.headersSent) answerFailure(response, error.failure);
  else next(error);
};
