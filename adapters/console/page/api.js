/** Calls of the console's script interface. */

/** @typedef {{ id: string, name: string, roles: string[], timeZone: string }} Person */
/** @typedef {{ seq: number, id: string, to: string, from: string, at: string, text: string, card?: object, actions: { id: string, label: string }[], editedAt?: string }} Post */
/** @typedef {{ id: string, label: string, kind: string, required: boolean, hint?: string, options?: { id: string, label: string }[], value?: unknown, error?: string, maxLength?: number, min?: number, max?: number }} Field */
/** @typedef {{ id: string, title: string, intro: string[], sendLabel: string, fields: Field[] }} Dialog */
/** @typedef {{ messages?: Post[], dialog?: Dialog, errors?: Record<string, string> }} Answer */

/** What went wrong, in words for the person at the page. */
export class Problem extends Error {}

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<any>}
 */
async function call(path, init) {
  let response;
  try {
    response = await fetch(`/console/api/${path}`, init);
  } catch {
    throw new Problem('The bot can’t be reached. Check that it is running, then try again.');
  }
  const body = await response.json().catch(() => ({}));
  if (response.ok || response.status === 422) return body;
  const reference = body.reference ? ` (reference ${body.reference})` : '';
  throw new Problem(`${body.error ?? 'That did not work. Try again.'}${reference}`);
}

/** @param {string} path @param {Record<string, string | number>} query */
export const get = (path, query = {}) => {
  const parameters = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
  return call(parameters.size > 0 ? `${path}?${parameters}` : path);
};

/** @param {string} path @param {object} body */
export const post = (path, body) =>
  call(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

/**
 * Follows what happens for one person until `close` of the answer is called. The browser reconnects by itself.
 * @param {string} personId
 * @param {Record<string, (data: any) => void>} handlers
 */
export function follow(personId, handlers) {
  const source = new EventSource(`/console/api/events?as=${encodeURIComponent(personId)}`);
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(/** @type {MessageEvent} */ (event).data)));
  }
  return source;
}
