/** Journeys through the console's script interface, over a real socket. */
import type { Exchange, JourneyDriver, JourneyMessage } from '../../scripts/simulate/journey.ts';
import type { RunningApp } from './running-app.ts';

/** A driver for a program that is running, in this process or another. */
export function consoleDriver(app: Pick<RunningApp, 'url' | 'restart'>): JourneyDriver {
  const post = async (path: string, body: unknown): Promise<Exchange> => {
    const response = await fetch(`${app.url}/console/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const got = (await response.json()) as {
      messages?: JourneyMessage[];
      dialog?: never;
      errors?: Record<string, string>;
    };
    if (response.status === 422 && got.errors) return { kind: 'rejected', errors: got.errors };
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(got)}`);
    return got.dialog
      ? { kind: 'dialog', dialog: got.dialog }
      : { kind: 'said', messages: got.messages ?? [] };
  };
  return {
    say: (who, text, channel) => post('say', { as: who, text, ...(channel ? { in: channel.slice(1) } : {}) }),
    press: (who, message, action, values) => post('press', { as: who, message, action, values }),
    submit: (who, dialog, values) => post('submit', { as: who, dialog, values }),
    async messages(place) {
      const response = await fetch(`${app.url}/console/api/messages?for=${encodeURIComponent(place)}`);
      if (!response.ok) throw new Error(`messages answered ${response.status}`);
      return ((await response.json()) as { messages: JourneyMessage[] }).messages;
    },
    async advance(by) {
      const response = await fetch(`${app.url}/console/api/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(by),
      });
      if (!response.ok) throw new Error(`clock answered ${response.status}: ${await response.text()}`);
    },
    restart: () => app.restart(),
  };
}
