/** The tokens with which the bot writes: asked for with its own secret or certificate, kept until they run out. */
import {
  AuthError,
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkResponse,
} from '@azure/msal-node';
import type { CloudHosts } from './cloud.ts';
import type { TeamsSettings } from './config.ts';

/** A token, or why there is none. `refused`: the sign-in service does not know the bot, or not by this secret. */
export type TokenAnswer =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly why: 'refused' | 'unreached' };

export interface Tokens {
  /** Never rejects. `afresh`: the one that is kept was not taken. */
  token(afresh?: boolean): Promise<TokenAnswer>;
}

const ASK_MS = 10_000;

export interface TokenOptions {
  readonly app: NonNullable<TeamsSettings['app']>;
  readonly hosts: CloudHosts;
  readonly standIn: string | null;
}

export function createTokens({ app, hosts, standIn }: TokenOptions): Tokens {
  const { credential } = app;
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: app.id,
      authority: `${hosts.login}/${app.tenantId}`,
      ...(credential.kind === 'password'
        ? { clientSecret: credential.password }
        : {
            clientCertificate: {
              thumbprintSha256: credential.thumbprint,
              privateKey: credential.privateKey,
              x5c: credential.certificate,
            },
          }),
    },
    system: { networkClient: networkOf(hosts.login, standIn) },
  });
  return {
    async token(afresh = false) {
      try {
        const got = await client.acquireTokenByClientCredential({ scopes: [hosts.scope], skipCache: afresh });
        return got?.accessToken ? { ok: true, token: got.accessToken } : { ok: false, why: 'refused' };
      } catch (error) {
        return { ok: false, why: isUnanswered(error) ? 'unreached' : 'refused' };
      }
    },
  };
}

/** MSAL puts an error of its own in the place of whatever the network threw. */
const isUnanswered = (error: unknown): boolean =>
  error instanceof Unanswered || (error instanceof AuthError && error.errorCode === 'network_error');

class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** One request each, in time, to the cloud's sign-in service and to nothing else. */
function networkOf(login: string, standIn: string | null): INetworkModule {
  const ask = async <T>(
    url: string,
    method: 'GET' | 'POST',
    options: { readonly headers?: Record<string, string>; readonly body?: string } = {},
  ): Promise<NetworkResponse<T>> => {
    if (!url.startsWith(`${login}/`)) throw new Error('that is not the sign-in service of this cloud');
    const answer = await fetch(standIn === null ? url : `${standIn}${url.slice(login.length)}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(ASK_MS),
      ...(options.headers ? { headers: options.headers } : {}),
      ...(options.body === undefined ? {} : { body: options.body }),
    }).catch(() => {
      throw new Unanswered('the sign-in service did not answer');
    });
    const body: unknown = await answer.json().catch(() => null);
    if (answer.status >= 500 || answer.status === 429 || typeof body !== 'object' || body === null)
      throw new Unanswered('the sign-in service is in trouble');
    return { headers: Object.fromEntries(answer.headers), body: body as T, status: answer.status };
  };
  return {
    sendGetRequestAsync: (url, options) => ask(url, 'GET', options),
    sendPostRequestAsync: (url, options) => ask(url, 'POST', options),
  };
}
