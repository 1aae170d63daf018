import { createPrivateKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** The dashboard's part of the settings: each with what it is for. */
export const signInSettings = {
  OIDC_ISSUER: z
    .string()
    .refine(isIssuer, 'must be the https address of your identity provider, such as https://idm.example.gov')
    .optional()
    .describe('Identity provider (OpenID Connect) with which people sign in to the dashboard'),
  OIDC_CLIENT_ID: z
    .string()
    .regex(/^[\x21-\x7E]{1,200}$/u, 'must be the client id: at most 200 characters without blanks')
    .optional()
    .describe('Client id of the dashboard at the identity provider'),
  OIDC_CLIENT_SECRET: z
    .string()
    .regex(/^[\x21-\x7E]{8,400}$/u, 'must be the client secret: 8 to 400 characters without blanks')
    .optional()
    .describe('Client secret of the dashboard at the identity provider'),
  OIDC_CLIENT_KEY: z
    .string()
    .refine(
      (text) => readClientKey(text) !== null,
      'must be a private key in PEM (PKCS #8, without a password): RSA of 2,048 bits or more, or P-256. Line breaks may be written as \\n',
    )
    .optional()
    .describe(
      'Private key of the dashboard, whose public half the identity provider has (`private_key_jwt`); instead of a secret',
    ),
  OIDC_CLIENT_KEY_ID: z
    .string()
    .regex(/^[\x21-\x7E]{1,200}$/u, 'must be the id of the key: at most 200 characters without blanks')
    .optional()
    .describe('Id under which the identity provider has that key (`kid`), where it wants one'),
  OIDC_MAILBOX_CLAIM: z
    .string()
    .regex(/^[\w.:/-]{1,100}$/u, 'must be the name of a claim, such as email')
    .default('email')
    .describe(
      'Claim that holds the mailbox by which people are known; `email` counts with `email_verified` only, any other must be one that your provider verifies',
    ),
  OIDC_SESSION_KEY: z
    .string()
    .regex(/^[\x21-\x7E]{32,200}$/u, 'must be 32 to 200 characters without blanks, best random ones')
    .optional()
    .describe(
      'Seals the cookies of whoever is signed in to the dashboard; without it everybody signs in again after a restart, and several processes need it',
    ),
};

/** How the dashboard shows the identity provider that it is itself: by a secret that both know, or by its own key. */
export type ClientProof =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'key'; readonly key: KeyObject; readonly keyId: string | null };

/** How people sign in to the dashboard. Secrets and keys are never to be logged. */
export interface SignInSettings {
  /** Without a slash at the end, unless the provider's own name has one. */
  readonly issuer: string;
  readonly clientId: string;
  readonly proof: ClientProof;
  readonly mailboxClaim: string;
  /** Null: one of this process alone. */
  readonly sessionKey: string | null;
}

type Values = z.infer<z.ZodObject<typeof signInSettings>>;

/** The settings, or null when signing in is not set up. To be called once there are no `signInProblems`. */
export function readSignIn(values: Values): SignInSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = values;
  const proof = readProof(values);
  if (!issuer || !clientId || !proof) return null;
  return {
    issuer,
    clientId,
    proof,
    mailboxClaim: values.OIDC_MAILBOX_CLAIM,
    sessionKey: values.OIDC_SESSION_KEY ?? null,
  };
}

function readProof(values: Values): ClientProof | null {
  const { OIDC_CLIENT_SECRET: secret, OIDC_CLIENT_KEY: pem, OIDC_CLIENT_KEY_ID: keyId } = values;
  if (secret !== undefined) return { kind: 'secret', secret };
  const key = pem === undefined ? null : readClientKey(pem);
  return key && { kind: 'key', key, keyId: keyId ?? null };
}

const LEAST_RSA_BITS = 2_048;

/** The key in the PEM; null for what is none, or of a kind that providers don't take. */
function readClientKey(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
    const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
    const isTaken =
      key.asymmetricKeyType === 'rsa' ? modulusLength >= LEAST_RSA_BITS : namedCurve === 'prime256v1';
    return isTaken ? key : null;
  } catch {
    return null;
  }
}

/** All that signing in needs or nothing, and no login over a line that others can read: each name with its mend. */
export function signInProblems(
  set: Readonly<Record<string, unknown>>,
  isLoopbackHost: boolean,
): { name: string; mend: string }[] {
  const given = Object.keys(signInSettings).filter((name) => name in set);
  if (given.length === 0) return [];
  // Either of two: whoever has set neither is asked for the secret, which is what most have.
  const proof = 'OIDC_CLIENT_KEY' in set ? 'OIDC_CLIENT_KEY' : 'OIDC_CLIENT_SECRET';
  const needed = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', proof];
  const problems = needed
    .filter((name) => !(name in set))
    .map((name) => ({ name, mend: `must be set as well, since ${given[0]} is` }));
  if ('OIDC_CLIENT_KEY' in set && 'OIDC_CLIENT_SECRET' in set)
    problems.push({ name: 'OIDC_CLIENT_SECRET', mend: 'must not be set beside OIDC_CLIENT_KEY: unset one' });
  if ('OIDC_CLIENT_KEY_ID' in set && !('OIDC_CLIENT_KEY' in set))
    problems.push({ name: 'OIDC_CLIENT_KEY', mend: 'must be set as well, since OIDC_CLIENT_KEY_ID is' });
  const address = set.PUBLIC_URL;
  if (typeof address !== 'string') {
    if (!isLoopbackHost)
      problems.push({
        name: 'PUBLIC_URL',
        mend: 'must be set as well: the identity provider sends people there',
      });
  } else if (URL.canParse(address) && !isPrivateLine(new URL(address))) {
    problems.push({ name: 'PUBLIC_URL', mend: 'must begin with https://, since people sign in there' });
  }
  return problems;
}

/** Encrypted, or within this machine. */
export function isPrivateLine({ protocol, hostname }: URL): boolean {
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(hostname))
  );
}

function isIssuer(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return isPrivateLine(url) && url.username + url.password + url.search + url.hash === '';
}
