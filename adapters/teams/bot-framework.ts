/** Bot Framework's SDK, and all that is used of it: it looks at the tokens of incoming activities. No other file knows it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { performance } from 'node:perf_hooks';
import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { CloudHosts } from './cloud.ts';

/** What a token is worth. `unavailable`: the keys to look at it could not be had now. */
export type TokenOutcome = 'genuine' | 'refused' | 'unavailable';

export interface TokenCheck {
  /** Looks at the `Authorization` header of an activity. Never rejects. */
  check(
    header: string,
    activity: { readonly serviceUrl: string; readonly channelId: string },
  ): Promise<TokenOutcome>;
}

export interface TokenCheckOptions {
  readonly hosts: CloudHosts;
  readonly appId: string;
  readonly tenantId: string;
}

/** The keys are fetched without a limit of the SDK's own. */
const CHECK_MS = 5_000;
const LONGEST_TOKEN = 8_000;
/** The directory of Microsoft's own services in the government clouds, whose tokens bots take as well (domain reference 9.7). */
const GOVERNMENT_SERVICES = 'cab8a31a-1906-4287-a0d8-4eef66b95f6e';

/** The SDK's cloud adapter, as far as it says who sent an activity. */
class Authenticating extends CloudAdapter {
  async authenticate(activity: Partial<Activity>, header: string): Promise<void> {
    await this.botFrameworkAuthentication.authenticateRequest(activity as Activity, header);
  }
}

export function createTokenCheck({ hosts, appId, tenantId }: TokenCheckOptions): TokenCheck {
  const isGovernment = hosts.channelService !== '';
  const issuers = isGovernment
    ? [
        hosts.issuer,
        `https://sts.windows.net/${GOVERNMENT_SERVICES}/`,
        `${hosts.login}/${GOVERNMENT_SERVICES}/v2.0`,
      ]
    : [hosts.issuer];
  const tenants: readonly unknown[] = [undefined, tenantId, ...(isGovernment ? [GOVERNMENT_SERVICES] : [])];
  const sdk = renewable((name) => new Authenticating(authenticationIn(hosts, appId, name)));
  return {
    async check(header, { serviceUrl, channelId }) {
      if (!isPlausible(header, { issuers, tenants, appId })) return 'refused';
      const adapter = sdk.current();
      const found = await outcomeOf(
        quietly(() => adapter.authenticate({ type: 'message', serviceUrl, channelId }, header)),
      );
      return sdk.judged(found);
    },
  };
}

/** What the SDK found: an outcome, or that it has no key of the token's name. */
type Found = TokenOutcome | 'keyless';

const RENEWED_EVERY_MS = 1_000;

/**
 * The SDK, made anew until it has keys: it takes an answer that broke off, or that had none, for all the keys there are, and would
 * refuse everybody for an hour. Once it has had some it is left alone, because it keeps them whatever becomes of the next answer.
 */
function renewable(make: (name: string) => Authenticating) {
  let made = 0;
  let adapter = make('');
  let madeAt = performance.now();
  let hasKeys = false;
  let isInDoubt = false;
  return {
    current(): Authenticating {
      if (hasKeys || !isInDoubt || performance.now() - madeAt < RENEWED_EVERY_MS) return adapter;
      made += 1;
      madeAt = performance.now();
      isInDoubt = false;
      adapter = make(`#${made}`);
      return adapter;
    },
    judged(found: Found): TokenOutcome {
      if (found === 'genuine' || found === 'refused') hasKeys = true;
      else isInDoubt = true;
      if (found !== 'keyless') return found;
      return hasKeys ? 'refused' : 'unavailable';
    },
  };
}

/** `name` is added to the addresses of keys, which are the same with it: the SDK keeps what it has read by its address. */
function authenticationIn(hosts: CloudHosts, appId: string, name: string) {
  const emulatorTenant = hosts.channelService === '' ? 'botframework.com' : GOVERNMENT_SERVICES;
  return new ConfigurationBotFrameworkAuthentication(
    {
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: hosts.login,
      ToChannelFromBotOAuthScope: hosts.scope,
      ToBotFromChannelTokenIssuer: hosts.issuer,
      ToBotFromChannelOpenIdMetadataUrl: `${hosts.openIdMetadata}${name}`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${hosts.login}/${emulatorTenant}/v2.0/.well-known/openid-configuration${name}`,
      OAuthUrl: hosts.login,
      CallerId: 'urn:botframework:azure',
    },
    {
      isValidAppId: async (id) => audiencesOf(appId).includes(id),
      isAuthenticationDisabled: async () => false,
      // Our own messages go out by another way: the SDK is given no secret.
      createCredentials: async () => {
        throw new Error('the SDK sends nothing for this bot');
      },
    },
  );
}

/** Whom tokens to this bot are for, in each way of saying so (domain reference 9.7). */
const audiencesOf = (appId: string): readonly unknown[] => [appId, `api://${appId}`, `api://botid-${appId}`];

interface Expected {
  readonly issuers: readonly string[];
  readonly tenants: readonly unknown[];
  readonly appId: string;
}

/**
 * What a token says of itself, before anybody looks at its signature. The SDK believes more than a bot of one tenant needs: it
 * adds the tenant of every token it sees to those it takes, for good, and looks at the audience of some tokens not at all.
 */
function isPlausible(header: string, { issuers, tenants, appId }: Expected): boolean {
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/u.exec(header) ?? [];
  if (!token || token.length > LONGEST_TOKEN) return false;
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    const { iss, aud, tid, exp } = decodeJwt(token);
    return (
      alg === 'RS256' &&
      typeof kid === 'string' &&
      typeof exp === 'number' &&
      issuers.includes(iss ?? '') &&
      audiencesOf(appId).includes(aud) &&
      tenants.includes(tid)
    );
  } catch {
    return false;
  }
}

const REFUSALS = new Set(['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError']);
const UNAUTHORIZED = 401;
/** How the SDK says so. */
const KEYLESS = 'Signing Key could not be retrieved.';

async function outcomeOf(checked: Promise<void>): Promise<Found> {
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<Found>((resolve) => {
    patience = setTimeout(() => resolve('unavailable'), CHECK_MS);
  });
  const done = checked.then(
    (): Found => 'genuine',
    (error: unknown): Found => {
      const { name, message, statusCode } = Object(error) as Readonly<Record<string, unknown>>;
      if (message === KEYLESS) return 'keyless';
      return statusCode === UNAUTHORIZED || REFUSALS.has(String(name)) ? 'refused' : 'unavailable';
    },
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(patience);
  }
}

const silent = new AsyncLocalStorage<true>();
let isQuieted = false;

/** The SDK writes to the console what it refuses: nothing of that belongs in our log. */
function quietly<T>(act: () => Promise<T>): Promise<T> {
  if (!isQuieted) {
    isQuieted = true;
    for (const level of ['error', 'warn'] as const) {
      const write = console[level].bind(console);
      console[level] = (...said: unknown[]) => {
        if (!silent.getStore()) write(...said);
      };
    }
  }
  return silent.run(true, act);
}
