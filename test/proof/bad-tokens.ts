/** Headers that do not show that an activity comes from Teams, each wrong in one way. */
import { createHmac, createPublicKey, sign } from 'node:crypto';
import type { FakeCloud } from '../support/teams/fake-cloud.ts';
import { type Claims, keyNamed } from '../support/teams/keys.ts';
import { authorizationFor, type Spoilt, type Wire } from '../support/teams/wire.ts';
import type { Json } from './spoiling.ts';

const HOUR_S = 3_600;
const OTHER_TENANT = '99999999-8888-4777-8666-555544443333';
/** The tenant of Microsoft whose tokens Bot Framework's emulator used to bring. */
const EMULATOR_TENANT = 'd6d49420-f39b-4df7-a1dc-d59a935871db';

const packed = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** By what is wrong: the header, or none. */
export function badHeaders(wire: Wire, activity: Json): ReadonlyMap<string, string | null> {
  const right = authorizationFor(wire, activity) ?? '';
  const made = Object.entries(spoilt(wire)).map(
    ([name, one]) => [name, authorizationFor(wire, activity, one)] as const,
  );
  return new Map<string, string | null>([...made, ...handMade(wire.cloud, right), ...garbage(right)]);
}

/** Tokens that Bot Framework's sign-in would never give to this bot. */
function spoilt({ cloud, now }: Wire): Readonly<Record<string, Spoilt>> {
  const seconds = Math.floor(now() / 1_000);
  const { appId, tenantId } = cloud.app;
  const of = (claims: Claims): Spoilt => ({ claims });
  return {
    expired: of({ nbf: seconds - 2 * HOUR_S, exp: seconds - HOUR_S }),
    'expired six minutes ago': of({ nbf: seconds - HOUR_S, exp: seconds - 360 }),
    'of an hour from now': of({ nbf: seconds + HOUR_S, exp: seconds + 2 * HOUR_S }),
    'without an end': of({ exp: undefined }),
    'with an end in words': of({ exp: 'never' }),
    'for another bot': of({ aud: OTHER_TENANT }),
    'for nobody': of({ aud: undefined }),
    'for two bots': of({ aud: [appId, OTHER_TENANT] }),
    'of another issuer': of({ iss: 'https://api.botframework.evil.example' }),
    "of the government's issuer": of({ iss: 'https://api.botframework.us' }),
    'of no issuer': of({ iss: undefined }),
    'of two issuers': of({ iss: [cloud.app.issuer, 'https://evil.example'] }),
    'for another service': of({ serviceurl: 'https://smba.trafficmanager.net/emea/' }),
    'for no service': of({ serviceurl: undefined }),
    'of another tenant': of({ tid: OTHER_TENANT }),
    'as of the emulator': of({
      iss: `https://sts.windows.net/${EMULATOR_TENANT}/`,
      ver: '1.0',
      appid: appId,
    }),
    'as of the newer emulator': of({
      iss: `https://login.microsoftonline.com/${EMULATOR_TENANT}/v2.0`,
      ver: '2.0',
      azp: appId,
    }),
    'as of another bot': of({
      iss: `https://login.microsoftonline.com/${tenantId}/v2.0`,
      ver: '2.0',
      azp: OTHER_TENANT,
      tid: tenantId,
    }),
    unsigned: { algorithm: 'none' },
    'HS256 with the published key': { algorithm: 'HS256' },
    'by another key of that name': { key: 'other' },
    'by a key that is not published': { key: 'unknown' },
    "by the key of people's sign-in": { key: 'people' },
  };
}

/** Right claims under a head or a signature that is not. */
function handMade(cloud: FakeCloud, right: string): readonly (readonly [string, string])[] {
  const [, claims = '', signature = ''] = right.replace('Bearer ', '').split('.');
  const key = cloud.channelKey();
  const stranger = keyNamed('stranger');
  const head = { typ: 'JWT', alg: 'RS256', kid: key.kid };
  const byStranger = (facts: Json): string => {
    const text = `${packed({ ...head, ...facts })}.${claims}`;
    return `Bearer ${text}.${sign('RSA-SHA256', Buffer.from(text), stranger.privateKey).toString('base64url')}`;
  };
  const byPublicKey = (type: 'spki' | 'pkcs1'): string => {
    const pem = createPublicKey(key.privateKey).export({ type, format: 'pem' });
    const text = `${packed({ ...head, alg: 'HS256' })}.${claims}`;
    return `Bearer ${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
  };
  const read = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Json;
  const later = packed({ ...read, exp: Number(read.exp) + HOUR_S });
  return [
    ['HS256 with the PEM of the published key', byPublicKey('spki')],
    ['HS256 with the older PEM of the published key', byPublicKey('pkcs1')],
    ['with a key of its own within', byStranger({ jwk: stranger.jwk })],
    ['with an address of its own keys', byStranger({ jku: 'https://evil.example/keys', kid: stranger.kid })],
    ['with a path for a key', byStranger({ kid: '../../../../etc/passwd' })],
    ['with a number for a key', byStranger({ kid: 7 })],
    ['with no key', byStranger({ kid: undefined })],
    ['with no algorithm', byStranger({ alg: undefined })],
    ['with claims that were not signed', `Bearer ${packed(head)}.${later}.${signature}`],
    ['with the signature of another', `Bearer ${packed(head)}.${claims}.${signature.slice(0, -8)}AAAAAAAA`],
    ['without its signature', `Bearer ${packed(head)}.${claims}.`],
  ];
}

function garbage(right: string): readonly (readonly [string, string | null])[] {
  const token = right.replace('Bearer ', '');
  return [
    ['no header', null],
    ['an empty one', ''],
    ['no token', 'Bearer '],
    ['a token alone', token],
    ['another scheme', `Basic ${token}`],
    ['two tokens', `${right} ${token}`],
    ['two headers in one', `${right}, ${right}`],
    ['a token and more', `${right}.${token}`],
    ['words', 'Bearer let.me.in'],
    ['dots', 'Bearer ...'],
    ['a token that is no JSON', `Bearer ${Buffer.from('{').toString('base64url')}.${packed({})}.x`],
    ['a token of null', `Bearer ${packed(null)}.${packed(null)}.x`],
    ['nine thousand characters', `Bearer ${'a'.repeat(3_000)}.${'b'.repeat(3_000)}.${'c'.repeat(3_000)}`],
    ['a token of twelve thousand characters', `${right}${'A'.repeat(11_000)}`],
  ];
}
