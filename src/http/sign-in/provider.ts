/** The identity provider: the code flow of OpenID Connect with PKCE, state and nonce. It keeps nothing and decides nothing. */
import { webcrypto } from 'node:crypto';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  PrivateKeyJwt,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Clock } from '../../ports.ts';
import type { ClientProof, SignInSettings } from '../sign-in-config.ts';

/** How long the provider may take for each answer. */
const PATIENCE_S = 10;
/** What it said of itself is asked anew after so long. */
const KNOWN_FOR_MS = 3_600_000;
/** Longer addresses and mailboxes are nobody's. */
const LONGEST_MAILBOX = 320;

/** What somebody's browser must bring back. */
export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/**
 * Who came back. `declined`: the provider did not sign them in, or they broke it off. `not-genuine`: what came can't be trusted, such
 * as a wrong state, nonce, issuer or audience, a code that was used, a token too old. `away`: the provider does not answer.
 * `unverified`: it vouches for no mailbox.
 */
export type CameBack =
  | { readonly ok: true; readonly mailbox: string }
  | {
      readonly ok: false;
      readonly why: 'declined' | 'not-genuine' | 'away' | 'unverified';
      /** A code of the standard or of the library, for the log. */
      readonly code: string;
    };

export interface Provider {
  /** Where to send somebody, and what to keep for their return. Rejects when the provider does not answer. */
  begin(): Promise<{ readonly url: URL; readonly begun: Begun }>;
  /** `query` is what the browser came back with. Never rejects. */
  finish(query: URLSearchParams, begun: Begun): Promise<CameBack>;
  /**
   * The provider's own page on which somebody signs out there; null when it has none or does not answer. It names this client and
   * nobody: the token that would say who signs out is not kept. Never rejects.
   */
  endSession(): Promise<URL | null>;
}

/** `returnTo` is the address the provider sends people back to. Nothing is asked before somebody signs in. */
export function createProvider(settings: SignInSettings, returnTo: string, clock: Clock): Provider {
  let known: { readonly asked: Promise<Configuration>; readonly at: number } | null = null;
  const configuration = (): Promise<Configuration> => {
    const now = clock.now().getTime();
    if (known && now - known.at < KNOWN_FOR_MS) return known.asked;
    const asked = discover(settings);
    known = { asked, at: now };
    asked.catch(() => {
      known = null;
    });
    return asked;
  };
  return {
    async begin() {
      const config = await configuration();
      const begun = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
      const url = buildAuthorizationUrl(config, {
        redirect_uri: returnTo,
        scope: 'openid email',
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
      });
      return { url, begun };
    },
    async finish(query, begun) {
      try {
        const config = await configuration();
        const tokens = await authorizationCodeGrant(config, new URL(`${returnTo}?${query}`), {
          expectedState: begun.state,
          expectedNonce: begun.nonce,
          pkceCodeVerifier: begun.verifier,
          idTokenExpected: true,
        });
        const said = tokens.claims();
        if (!said) return { ok: false, why: 'not-genuine', code: 'no-id-token' };
        const named = mailboxIn(said, settings.mailboxClaim);
        // Some providers say the mailbox only when they are asked.
        const asks = named === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
        const mailbox = asks
          ? mailboxIn(await fetchUserInfo(config, tokens.access_token, said.sub), settings.mailboxClaim)
          : named;
        return mailbox
          ? { ok: true, mailbox }
          : { ok: false, why: 'unverified', code: mailbox === null ? 'not-verified' : 'no-mailbox' };
      } catch (error) {
        return { ok: false, ...whyOf(error) };
      }
    },
    async endSession() {
      try {
        const config = await configuration();
        return config.serverMetadata().end_session_endpoint === undefined ? null : buildEndSessionUrl(config);
      } catch {
        return null;
      }
    },
  };
}

async function discover({ issuer, clientId, proof }: SignInSettings): Promise<Configuration> {
  const server = new URL(issuer);
  const auth = proof.kind === 'secret' ? secretAuth(proof.secret) : await keyAuth(proof);
  const config = await discovery(server, clientId, undefined, auth, {
    timeout: PATIENCE_S,
    execute: [
      // Without it the library believes whatever comes from the token's address, signed by whomever.
      enableNonRepudiationChecks,
      // Only this machine's own may be asked over http: the settings let no other in.
      ...(server.protocol === 'http:' ? [allowInsecureRequests] : []),
    ],
  });
  // A provider that stands for many organisations would let each of them name our people's mailboxes.
  if (new URL(config.serverMetadata().issuer).href !== server.href)
    throw new Error('the identity provider goes by another name than OIDC_ISSUER');
  return config;
}

/** The way the provider takes secrets: in the header unless it says that it takes them in the body alone. */
function secretAuth(secret: string): ClientAuth {
  const [inHeader, inBody] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const way = ways.includes('client_secret_basic') ? inHeader : inBody;
    return way(server, ...rest);
  };
}

/** Each request signed by our own key (`private_key_jwt`): with RS256 or, for a key on P-256, ES256. */
async function keyAuth({ key, keyId }: ClientProof & { kind: 'key' }): Promise<ClientAuth> {
  const kind =
    key.asymmetricKeyType === 'rsa'
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      : { name: 'ECDSA', namedCurve: 'P-256' };
  const der = key.export({ type: 'pkcs8', format: 'der' });
  const signing = await webcrypto.subtle.importKey('pkcs8', der, kind, false, ['sign']);
  return PrivateKeyJwt(keyId === null ? signing : { key: signing, kid: keyId });
}

/** The mailbox in these claims; null for one that is not verified, undefined when they name none. */
function mailboxIn(claims: Readonly<Record<string, unknown>>, claim: string): string | null | undefined {
  const said = claims[claim];
  // Microsoft's verified addresses come as a list.
  const mailbox: unknown = Array.isArray(said) ? said[0] : said;
  if (typeof mailbox !== 'string' || mailbox.trim() === '') return undefined;
  if (mailbox.length > LONGEST_MAILBOX || !mailbox.includes('@')) return null;
  // Left out here, it may still be said when asked for; said to be false, it is.
  if (claim === 'email' && claims.email_verified === undefined) return undefined;
  if (claim === 'email' && claims.email_verified !== true) return null;
  return mailbox.trim();
}

const TIMED_OUT = /^(?:TimeoutError|AbortError)$/u;

function whyOf(error: unknown): { readonly why: 'declined' | 'not-genuine' | 'away'; readonly code: string } {
  if (!(error instanceof Error)) return { why: 'not-genuine', code: 'unknown' };
  // What the provider itself answered, with its code of the standard.
  if ('error' in error && typeof error.error === 'string')
    return { why: error.error === 'invalid_grant' ? 'not-genuine' : 'declined', code: codeOf(error.error) };
  const code = 'code' in error ? codeOf(error.code) : error.name;
  // The runtime's own words for a connection that failed.
  const isAway = TIMED_OUT.test(error.name) || (error instanceof TypeError && !('code' in error));
  const isBusy = code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_TIMEOUT';
  return { why: isAway || isBusy ? 'away' : 'not-genuine', code };
}

const codeOf = (code: unknown): string =>
  typeof code === 'string' && /^[\w.-]{1,64}$/u.test(code) ? code : 'unknown';
