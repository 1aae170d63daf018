/** Who has a page of ours open inside Teams: told by the token that Teams gives the page, and checked here by Microsoft's keys. */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock, Log } from '../../src/ports.ts';
import { userId } from './address.ts';
import type { CloudHosts } from './cloud.ts';

export type SignedIn =
  | { readonly ok: true; readonly userId: string }
  | { readonly ok: false; readonly why: 'missing' | 'invalid' | 'other-tenant' | 'unavailable' };

export interface SignIn {
  /** Whose token the `Authorization` header carries. Nothing of the token is kept or logged. */
  verify(authorization: string | undefined): Promise<SignedIn>;
}

export interface SignInParts {
  readonly hosts: Pick<CloudHosts, 'login'>;
  /** A stand-in for the cloud, without a slash at its end; null for the cloud itself. */
  readonly standIn: string | null;
  readonly app: { readonly id: string; readonly tenantId: string };
  /** Under which people reach this server. */
  readonly publicUrl: string;
  /** The machine's own clock: tokens are signed with Microsoft's. */
  readonly system: Clock;
  readonly log: Log;
}

/** What the token must allow, given to the Teams clients when the app is registered. */
const SCOPE = 'access_as_user';
/** Clocks that go wrong by so much are forgiven; Microsoft's own libraries take the same. */
const TOLERANCE_SECONDS = 300;
const KEYS_WITHIN_MS = 5_000;
/** Keys are asked for anew after an hour, and sooner when a token names one that is not known. */
const KEYS_HOLD_MS = 3_600_000;

const guid = z.guid().transform((id) => id.toLowerCase());
/** The claims of a person's token; an application's own token has no scope. */
const claimsSchema = z.object({
  iss: z.string(),
  tid: guid,
  oid: guid,
  scp: z.string().refine((scopes) => scopes.split(' ').includes(SCOPE)),
  idtyp: z.string().optional(),
});

/** The keys could not be had, whatever the token is worth. */
class KeysAway extends Error {}

export function createSignIn(parts: SignInParts): SignIn {
  const { app, system, log } = parts;
  const keys = keysOf(parts);
  const { host } = new URL(parts.publicUrl);
  // The second name is what Microsoft recommends where an app has a bot as well.
  const audience = [app.id, `api://${host}/${app.id}`, `api://${host}/botid-${app.id}`];
  return {
    async verify(authorization) {
      const [, token] = /^Bearer +(\S+)$/iu.exec(authorization ?? '') ?? [];
      if (!token) return { ok: false, why: 'missing' };
      try {
        const { payload } = await jwtVerify(token, keys, {
          algorithms: ['RS256'],
          audience,
          clockTolerance: TOLERANCE_SECONDS,
          currentDate: system.now(),
          requiredClaims: ['exp'],
        });
        return whoseClaims(parts, payload);
      } catch (error) {
        if (error instanceof errors.JOSEError) return { ok: false, why: 'invalid' };
        if (!(error instanceof KeysAway)) throw error;
        log.warn({}, 'the keys of people’s sign-in could not be read');
        return { ok: false, why: 'unavailable' };
      }
    },
  };
}

/** Claims whose signature, time and audience are right. All tenants of a cloud share its keys, so the issuer says which it is. */
function whoseClaims({ hosts, app }: SignInParts, payload: unknown): SignedIn {
  const read = claimsSchema.safeParse(payload);
  if (!read.success || read.data.idtyp === 'app') return { ok: false, why: 'invalid' };
  const { iss, tid, oid } = read.data;
  const issuers = [`${hosts.login}/${tid}/v2.0`, `https://sts.windows.net/${tid}/`];
  if (!issuers.includes(iss)) return { ok: false, why: 'invalid' };
  if (tid !== app.tenantId) return { ok: false, why: 'other-tenant' };
  return { ok: true, userId: userId({ tenant: tid, objectId: oid }) };
}

function keysOf({ hosts, standIn, app }: SignInParts): JWTVerifyGetKey {
  const address = new URL(`${standIn ?? hosts.login}/${app.tenantId}/discovery/v2.0/keys`);
  const keys = createRemoteJWKSet(address, { timeoutDuration: KEYS_WITHIN_MS, cacheMaxAge: KEYS_HOLD_MS });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      const isUnknown =
        error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
      throw isUnknown ? error : new KeysAway();
    }
  };
}
