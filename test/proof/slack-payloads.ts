/** Payloads of Slack as they were recorded, and what becomes of them in bad hands. */
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { weird } from './bad-input.ts';
import type { Random } from './random.ts';

const folder = new URL('../fixtures/slack/', import.meta.url);
type Json = Record<string, unknown>;

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

/** One to four members of a payload dropped, doubled, retyped, or stuffed with something weird. */
export function spoiled(payload: Json, chance: Random): unknown {
  const copy = structuredClone(payload);
  for (let times = 1 + chance.below(4); times > 0; times -= 1) {
    const [holder, key] = chance.pick(placesIn(copy));
    if (Array.isArray(holder)) holder[Number(key)] = value(chance);
    else spoilMember(holder as Json, key, chance);
  }
  return chance.below(40) === 0 ? value(chance) : copy;
}

function spoilMember(holder: Json, key: string, chance: Random): void {
  switch (chance.below(4)) {
    case 0:
      delete holder[key];
      return;
    case 1:
      holder[weird(chance, 12)] = holder[key];
      return;
    default:
      holder[key] = value(chance);
  }
}

function value(chance: Random): unknown {
  const nested = (): unknown => {
    let deep: unknown = 1;
    for (let level = 0; level < 500; level += 1) deep = [deep];
    return deep;
  };
  return chance.pick<() => unknown>([
    () => null,
    () => [],
    () => ({}),
    () => 5,
    () => -1e308,
    () => true,
    () => '',
    () => weird(chance, 200),
    () => 'x'.repeat(5_000),
    () => ({ __proto__: { type: 'event_callback' }, constructor: 1 }),
    nested,
  ])();
}

/** Every member and item inside, by what holds it. */
function placesIn(root: unknown): readonly (readonly [unknown[] | Json, string])[] {
  const found: (readonly [unknown[] | Json, string])[] = [];
  const walk = (at: unknown): void => {
    if (typeof at !== 'object' || at === null) return;
    for (const [key, inside] of Object.entries(at)) {
      found.push([at as Json, key]);
      walk(inside);
    }
  };
  walk(root);
  return found.length > 0 ? found : [[{ empty: 1 }, 'empty']];
}
