/** What Slack tells a bot in Socket Mode: envelopes on a connection that the bot has opened, each with its acknowledgement. */
import type { WebSocket } from 'ws';
import type { FakeSlack } from './fake-slack.ts';
import type { Wire } from './person.ts';

export type Payload = Readonly<Record<string, unknown>>;

/** A connection that is open and greeted, other than `except`; waits until there is one. */
export async function connectionOf(slack: FakeSlack, except: WebSocket | null = null): Promise<WebSocket> {
  for (;;) {
    const found = [...slack.sockets].find((each) => each !== except && each.readyState === each.OPEN);
    if (found) return found;
    await slack.changed();
  }
}

/** Sends an envelope; the answer is what its acknowledgement carries, and never comes without one. */
export function tellOn(
  socket: WebSocket,
  type: string,
  payload: Payload,
  id: string,
): Promise<Payload | null> {
  const acknowledged = new Promise<Payload | null>((resolve) => {
    const hear = (data: unknown): void => {
      const told = JSON.parse(String(data)) as { readonly envelope_id?: string; readonly payload?: Payload };
      if (told.envelope_id !== id) return;
      socket.off('message', hear);
      resolve(told.payload && Object.keys(told.payload).length > 0 ? told.payload : null);
    };
    socket.on('message', hear);
  });
  socket.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: true }));
  return acknowledged;
}

const TYPES = { json: 'events_api', form: 'interactive', command: 'slash_commands' } as const;

/** How people of that Slack reach a bot in Socket Mode. */
export function socketWire(slack: FakeSlack): Wire {
  return {
    slack,
    botUrl: () => '',
    signingSecret: '',
    now: () => performance.timeOrigin + performance.now(),
    async carry(body, as) {
      const startedAt = performance.now();
      const socket = await connectionOf(slack);
      const answer = await tellOn(socket, TYPES[as], body, slack.world.nextId('E'));
      return { status: 200, body: answer, tookMs: performance.now() - startedAt };
    },
  };
}
