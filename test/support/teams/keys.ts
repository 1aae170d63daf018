/** Keys and tokens of a made-up Microsoft cloud: RS256, as its issuers sign. */
import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** How it stands among the published keys. */
  readonly jwk: Readonly<Record<string, unknown>>;
}

let made = 0;

/** A new pair of keys; takes a tenth of a second or more. */
export function newKey(): SigningKey {
  made += 1;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const kid = createHash('sha256').update(`key ${made}`).digest('base64url').slice(0, 27);
  const jwk = {
    ...publicKey.export({ format: 'jwk' }),
    use: 'sig',
    kid,
    x5t: kid,
    endorsements: ['msteams', 'directline', 'webchat'],
  };
  return { kid, privateKey, jwk };
}

const kept = new Map<string, SigningKey>();
/** The pair of that name; made once in a process. */
export function keyNamed(name: 'channel' | 'people' | 'stranger'): SigningKey {
  const known = kept.get(name) ?? newKey();
  kept.set(name, known);
  return known;
}

export type Claims = Readonly<Record<string, unknown>>;

const packed = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** How a token is signed; `kid` may name another key than the one that signs. */
export interface Signing {
  readonly key: SigningKey;
  readonly kid?: string;
  readonly algorithm?: 'RS256' | 'none' | 'HS256';
}

/** A token with these claims. With `HS256` it is signed with the published key as if that were a secret. */
export function tokenOf(claims: Claims, { key, kid = key.kid, algorithm = 'RS256' }: Signing): string {
  const text = `${packed({ typ: 'JWT', alg: algorithm, kid, x5t: kid })}.${packed(claims)}`;
  if (algorithm === 'none') return `${text}.`;
  const signature =
    algorithm === 'RS256'
      ? sign('RSA-SHA256', Buffer.from(text), key.privateKey)
      : createHmac('sha256', JSON.stringify(key.jwk)).update(text).digest();
  return `${text}.${signature.toString('base64url')}`;
}
