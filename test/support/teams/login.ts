/** Who gives out tokens in a made-up Microsoft cloud: to the bot, and the keys by which others are known. */
import { createHash, verify, X509Certificate } from 'node:crypto';
import type { Json } from './cards.ts';
import type { Answer } from './connector.ts';
import type { SigningKey } from './keys.ts';

/** What the cloud knows of the bot. */
export interface Registration {
  readonly appId: string;
  readonly tenantId: string;
  readonly password: string;
  /** PEM of the certificate by which it may show itself; null for none. */
  readonly certificate: string | null;
  readonly scope: string;
  /** Who signs tokens to the bot. */
  readonly issuer: string;
}

export interface GivenToken {
  readonly expiresAt: number;
  isRevoked: boolean;
}

const refused = (error: string, description: string, status = 401): Answer => ({
  status,
  body: {
    error,
    error_description: description,
    error_codes: [],
    timestamp: '',
    trace_id: '',
    correlation_id: '',
  },
});

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface TokenAsk {
  readonly form: Json;
  readonly tenant: string | null;
  readonly now: number;
  readonly lifetime: number;
  readonly tokens: Map<string, GivenToken>;
}

/** Answers who asks for a token of the bot. */
export function tokenAnswer(app: Registration, { form, tenant, now, lifetime, tokens }: TokenAsk): Answer {
  if (tenant?.toLowerCase() !== app.tenantId)
    return refused('invalid_request', `AADSTS90002: Tenant '${tenant}' not found.`, 400);
  if (form.grant_type !== 'client_credentials')
    return refused('unsupported_grant_type', 'AADSTS70003: The grant type is not supported.', 400);
  if (form.client_id !== app.appId)
    return refused('unauthorized_client', 'AADSTS700016: Application was not found in the directory.', 400);
  if (form.scope !== app.scope) return refused('invalid_scope', 'AADSTS70011: The scope is not valid.', 400);
  const isKnown =
    form.client_assertion === undefined
      ? form.client_secret === app.password
      : form.client_assertion_type === ASSERTION && isAsserted(app, String(form.client_assertion), now);
  if (!isKnown) return refused('invalid_client', 'AADSTS7000215: Invalid client secret provided.');
  const token = `bot-token-${tokens.size + 1}-${createHash('sha256').update(`${now} ${tokens.size}`).digest('hex')}`;
  tokens.set(token, { expiresAt: now + lifetime * 1_000, isRevoked: false });
  return {
    status: 200,
    body: { token_type: 'Bearer', expires_in: lifetime, ext_expires_in: lifetime, access_token: token },
  };
}

/** Whether the bot shows itself by its certificate: signed by its key, for this place, and not too old. */
function isAsserted({ appId, tenantId, certificate }: Registration, assertion: string, now: number): boolean {
  if (certificate === null) return false;
  const [head = '', body = '', signature = ''] = assertion.split('.');
  const { alg, 'x5t#S256': sha256, x5t } = unpacked(head);
  const { aud, iss, sub, exp, jti } = unpacked(body);
  const known = new X509Certificate(certificate);
  const print = (hash: string): string => createHash(hash).update(known.raw).digest('base64url');
  const isNamed = sha256 === print('sha256') || x5t === print('sha1');
  const signed = Buffer.from(`${head}.${body}`);
  const given = Buffer.from(signature, 'base64url');
  const pss = { key: known.publicKey, padding: 6, saltLength: 32 };
  const isSigned =
    (alg === 'PS256' && verify('sha256', signed, pss, given)) ||
    (alg === 'RS256' && verify('RSA-SHA256', signed, known.publicKey, given));
  const isForUs = new RegExp(`/${tenantId}/(?:oauth2/)?v2\\.0(?:/token)?$`, 'u').test(String(aud));
  const isFresh = Number(exp) * 1_000 > now && typeof jti === 'string';
  return isSigned && isNamed && isForUs && isFresh && iss === appId && sub === appId;
}

function unpacked(part: string): Json {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json;
  } catch {
    return {};
  }
}

/** Where the keys of the channel's issuer are. */
export const openIdAnswer = ({ issuer }: Registration, url: string): Answer => ({
  status: 200,
  body: {
    issuer,
    authorization_endpoint: 'https://invalid.botframework.com',
    jwks_uri: `${url}/v1/.well-known/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  },
});

export const keysAnswer = (keys: readonly SigningKey[]): Answer => ({
  status: 200,
  body: { keys: keys.map(({ jwk }) => jwk) },
});
