/** An identity provider of one's own: a real OpenID Connect server on a real socket, that can be made to lie. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider, { type Adapter, type AdapterPayload } from 'oidc-provider';

export const CLIENT = {
  id: 'isso-dashboard',
  secret: 'a secret for tests alone'.replaceAll(' ', '-'),
  keyId: 'of the client',
} as const;

/** Somebody whom the provider knows. */
export interface Account {
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly [claim: string]: unknown;
}

export interface IdentityProvider {
  readonly issuer: string;
  /** Who is at the browser; null: they break it off. */
  at: Account | null;
  /** What it makes of the claims before it signs them; null: nothing. */
  lie: ((claims: JWTPayload) => JWTPayload) | null;
  /** Signs with a key that it never published. */
  forges: boolean;
  /** Everything secret that it gave away. */
  readonly given: string[];
  close(): Promise<void>;
}

/** Making keys takes long: all providers of a file have the same. */
const keyPairs = remembered(async () => ({
  ours: await generateKeyPair('RS256', { extractable: true }),
  unknown: await generateKeyPair('RS256'),
}));

function remembered<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** What it keeps, in memory: the library's own adapter warns of itself at each start. */
function memory(): new (name: string) => Adapter {
  const kept = new Map<string, AdapterPayload>();
  return class implements Adapter {
    readonly #name: string;
    constructor(name: string) {
      this.#name = name;
    }
    #key = (id: string): string => `${this.#name}:${id}`;
    upsert = async (id: string, payload: AdapterPayload) => void kept.set(this.#key(id), payload);
    find = async (id: string) => kept.get(this.#key(id));
    findByUid = async (uid: string) => [...kept.values()].find((each) => each.uid === uid);
    findByUserCode = async () => undefined;
    consume = async (id: string) => {
      const found = kept.get(this.#key(id));
      if (found) found.consumed = 1;
    };
    destroy = async (id: string) => void kept.delete(this.#key(id));
    revokeByGrantId = async (grantId: string) => {
      for (const [key, { grantId: of }] of kept) if (of === grantId) kept.delete(key);
    };
  };
}

export interface ProviderOptions {
  /** Says the mailbox only when it is asked for, as many do. */
  readonly saysLater?: boolean;
  /** Has a page on which people sign out of it. */
  readonly endsSessions?: boolean;
  /** Knows its client by the public half of this key, and takes no secret of it. */
  readonly clientKey?: KeyObject;
}

/** `returnTo` is the address that the client may be sent back to. */
export async function startIdentityProvider(
  returnTo: string,
  { saysLater = false, endsSessions = true, clientKey }: ProviderOptions = {},
): Promise<IdentityProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { ours: keys, unknown } = await keyPairs();
  const jwk = { ...(await exportJWK(keys.privateKey)), kid: 'ours', alg: 'RS256', use: 'sig' };
  const idp: IdentityProvider = {
    issuer,
    at: null,
    lie: null,
    forges: false,
    given: [CLIENT.secret],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        ...(clientKey === undefined
          ? { client_secret: CLIENT.secret }
          : {
              token_endpoint_auth_method: 'private_key_jwt',
              jwks: { keys: [{ ...(await exportJWK(createPublicKey(clientKey))), kid: CLIENT.keyId }] },
            }),
        redirect_uris: [returnTo],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    adapter: memory(),
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
    jwks: { keys: [jwk] },
    cookies: { keys: ['for tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified', 'verified_mailboxes'] },
    conformIdTokenClaims: saysLater,
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: endsSessions,
        logoutSource: async (context, form) => {
          context.body = form;
        },
        postLogoutSuccessSource: async (context) => {
          context.body = 'You are signed out here as well.';
        },
      },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...(JSON.parse(id) as Account) }),
    }),
    // Whoever signs in has agreed.
    loadExistingGrant: async ({ oidc }) => {
      const clientId = oidc.client?.clientId;
      const accountId = oidc.session?.accountId;
      if (!clientId || !accountId) return undefined;
      const grant = new provider.Grant({ clientId, accountId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (context, next) => {
    await next();
    const body = context.body as { id_token?: string; access_token?: string } | undefined;
    if (context.path !== '/token' || !body?.id_token) return;
    const claims = decodeJwt(body.id_token);
    if (idp.lie || idp.forges)
      body.id_token = await new SignJWT(idp.lie ? idp.lie(claims) : claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'ours' })
        .sign(idp.forges ? unknown.privateKey : keys.privateKey);
    idp.given.push(body.id_token, body.access_token ?? body.id_token);
  });
  const handle = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response);
    const outcome = idp.at
      ? { login: { accountId: JSON.stringify(idp.at), remember: false } }
      : { error: 'access_denied', error_description: 'they broke it off' };
    void provider.interactionFinished(request, response, outcome);
  });
  return idp;
}
