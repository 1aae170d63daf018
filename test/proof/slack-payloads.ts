/** Payloads of Slack as they were recorded. */
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Json } from './spoiling.ts';

const folder = new URL('../fixtures/slack/', import.meta.url);

/** Every payload there is a record of. */
export const payloads: readonly Json[] = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Json,
);

export interface Sent {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** The body as Slack sends it: a command as a form, events as JSON, all else as JSON within a form. */
export function asSent(payload: unknown): { readonly text: string; readonly type: string } {
  const { type, command } = (payload ?? {}) as Json;
  const form = 'application/x-www-form-urlencoded';
  if (command !== undefined && type === undefined)
    return { text: new URLSearchParams(payload as Record<string, string>).toString(), type: form };
  if (type === 'event_callback' || type === 'url_verification')
    return { text: JSON.stringify(payload), type: 'application/json' };
  return { text: new URLSearchParams({ payload: JSON.stringify(payload) ?? 'null' }).toString(), type: form };
}

/** Signed with `secret` at `nowMs`. */
export function signed(given: string | Buffer, type: string, secret: string, nowMs: number): Sent {
  const stamp = String(Math.floor(nowMs / 1_000));
  const body = typeof given === 'string' ? Buffer.from(given) : given;
  const sign = createHmac('sha256', secret).update(`v0:${stamp}:`).update(body).digest('hex');
  return {
    body,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${sign}`,
    },
  };
}
