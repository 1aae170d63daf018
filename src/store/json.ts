/**
 * JSON and text on their way into PostgreSQL, which refuses the zero character and halves of a character pair. People can
 * send both, and one such message must not stop a row from being kept: the zero is left out, a half becomes �.
 */
import { storableText } from '../domain/storable-text.ts';

/** How both look in JSON text; also how a text looks that only speaks of them. */
const brokenInJson = /\\u(?:0000|d[89a-f])/;

/** The JSON text of `value`, storable; `undefined` parts are left out as JSON does. */
export function storableJson(value: unknown): string {
  // Nearly everything is storable as it is, and looking into each part takes ten times as long.
  const plain = JSON.stringify(value) ?? 'null';
  if (!brokenInJson.test(plain)) return plain;
  const text = JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'string') return storableText(part);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    const hasBrokenKey = Object.keys(part).some((key) => storableText(key) !== key);
    if (!hasBrokenKey) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [storableText(key), inner]));
  });
  return text ?? 'null';
}

/** The same as a plain value, for a JSON column of the Prisma client. */
export function storableValue(value: unknown): object {
  const plain: unknown = JSON.parse(storableJson(value));
  if (typeof plain !== 'object' || plain === null)
    throw new TypeError('Only objects and lists are kept as JSON.');
  return plain;
}
