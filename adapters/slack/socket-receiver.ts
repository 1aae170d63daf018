/** Slack's requests over Socket Mode: a connection that the bot opens, so that Slack needs no address of it. */
import { SocketModeClient } from '@slack/socket-mode';
import { z } from 'zod';
import type { Log } from '../../src/ports.ts';
import type { Answered } from './reply.ts';
import { clientOptions, SILENT } from './web-api.ts';

export interface SocketReceiverParts {
  /** Never to be logged. */
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Log;
  /** What a body comes to; null for one that is not as Slack sends it. */
  hear(body: unknown): Promise<Answered | null>;
  /** Whether the bot may connect to the address that Slack named. */
  isOwn(address: string): boolean;
  /** Tells of trouble that the administrator must mend. */
  trouble(code: string, mend: string): void;
  /** A timer that can be called off. */
  after(ms: number, then: () => void): () => void;
}

export interface SocketReceiver {
  start(): void;
  stop(): Promise<void>;
}

/** Between two attempts to connect, longer each time; and how long Slack may take to greet. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const GREETED_WITHIN_MS = 30_000;
const CALL_MS = 10_000;

/** Slack's words for a token that will not do, whatever we try. */
const HOPELESS =
  /invalid_auth|not_authed|account_inactive|token_revoked|not_allowed_token_type|missing_scope|user_removed_from_team|team_disabled/u;

/**
 * Keeps one connection open until it is stopped. Slack's own client is left without its reconnecting, which gives up for
 * ever when one attempt fails by the network. Slack closes connections now and then and sends again what nobody took.
 */
export function socketReceiver(parts: SocketReceiverParts): SocketReceiver {
  const { appToken, apiUrl, log } = parts;
  let isStopped = false;
  let failures = 0;
  let callOff: () => void = () => undefined;
  let connected: SocketModeClient | null = null;

  const again = (): void => {
    if (isStopped) return;
    const waitMs = failures === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
    callOff = parts.after(waitMs, () => void connect());
  };
  const connect = async (): Promise<void> => {
    const client = new SocketModeClient({
      appToken,
      autoReconnectEnabled: false,
      logger: SILENT,
      clientOptions: clientOptions(apiUrl, CALL_MS),
    });
    client.on('authenticated', ({ url }: { readonly url?: string }) => {
      if (!parts.isOwn(url ?? ''))
        throw new Error('Slack named an address for Socket Mode that is not its own');
    });
    onlyEnvelopes(client);
    client.on('slack_event', (told: Told) => void take(parts, told));
    connected = client;
    try {
      await greeted(parts, client);
      failures = 0;
      log.info({}, 'connected to Slack by Socket Mode');
      client.once('disconnected', again);
      if (isStopped) await client.disconnect();
    } catch (error) {
      failures += 1;
      const reason = error instanceof Error ? error.message : '';
      const code = HOPELESS.exec(reason)?.[0];
      if (code)
        parts.trouble(code, 'an app-level token with connections:write: make one and set SLACK_APP_TOKEN');
      else log.warn({ failures }, 'Socket Mode could not be connected; it is tried again');
      void client.disconnect().catch(() => undefined);
      again();
    }
  };

  return {
    start: () => void connect(),
    async stop() {
      isStopped = true;
      callOff();
      const client = connected;
      if (!client) return;
      client.removeAllListeners('slack_event');
      await Promise.race([
        client.disconnect().catch(() => undefined),
        new Promise<void>((resolve) => void parts.after(2_000, resolve)),
      ]);
    },
  };
}

/** Slack's client reads a frame without looking whether it is an envelope; what is none must not reach it. */
function onlyEnvelopes(client: SocketModeClient): void {
  const readers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    if (isBinary || !isEnvelope(data)) return;
    for (const read of readers) read(data, isBinary);
  });
}

const envelopeSchema = z.union([
  z.looseObject({ type: z.enum(['hello', 'disconnect']) }),
  z.looseObject({
    type: z.literal('events_api'),
    envelope_id: z.string(),
    payload: z.looseObject({ event: z.looseObject({ type: z.string() }) }),
  }),
  z.looseObject({
    type: z.enum(['interactive', 'slash_commands']),
    envelope_id: z.string(),
    payload: z.looseObject({}),
  }),
]);

function isEnvelope(data: unknown): boolean {
  try {
    return typeof data === 'string' && envelopeSchema.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}

/** Settles when Slack has greeted the connection; a silence is a failure. */
function greeted({ after }: SocketReceiverParts, client: SocketModeClient): Promise<void> {
  return new Promise((resolve, reject) => {
    const callOff = after(GREETED_WITHIN_MS, () => reject(new Error('no greeting')));
    client.start().then(
      () => {
        callOff();
        resolve();
      },
      (error: unknown) => {
        callOff();
        reject(error instanceof Error ? error : new Error('disconnected'));
      },
    );
  });
}

interface Told {
  readonly body: unknown;
  readonly ack: (payload?: Record<string, unknown>) => Promise<void>;
}

/** What is not taken is not acknowledged: Slack sends it again. */
async function take({ hear, log }: SocketReceiverParts, { body, ack }: Told): Promise<void> {
  try {
    const answered = await hear(body);
    // What is of no kind known here would only be sent again.
    if (answered === null || answered.status === 200)
      await ack(answered?.body === undefined ? undefined : { ...(answered.body as object) });
  } catch (error) {
    log.error({ error }, 'what Slack told could not be taken');
  }
}
