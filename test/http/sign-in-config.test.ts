import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';

const OIDC = {
  OIDC_ISSUER: 'https://idm.example.gov/oauth2/default',
  OIDC_CLIENT_ID: 'isso-dashboard',
  OIDC_CLIENT_SECRET: 'a-secret-of-the-provider',
} as const;
const PUBLIC = { PUBLIC_URL: 'https://bot.example.gov' } as const;

const problems = (environment: Readonly<Record<string, string>>): string[] => {
  const parsed = parseConfig(environment);
  return parsed.ok ? [] : parsed.problems.map(({ name, mend }) => `${name} ${mend}`);
};

describe('signing in to the dashboard', () => {
  it('is set up with issuer, client and secret', () => {
    const parsed = parseConfig({ ...OIDC, ...PUBLIC });
    expect(parsed.ok && parsed.config.signIn).toEqual({
      issuer: OIDC.OIDC_ISSUER,
      clientId: OIDC.OIDC_CLIENT_ID,
      proof: { kind: 'secret', secret: OIDC.OIDC_CLIENT_SECRET },
      mailboxClaim: 'email',
      sessionKey: null,
    });
  });

  it.each(Object.keys(OIDC))('needs %s where anything of it is set', (name) => {
    const rest = Object.fromEntries(Object.entries({ ...OIDC, ...PUBLIC }).filter(([key]) => key !== name));
    expect(problems(rest)).toEqual([expect.stringMatching(new RegExp(`^${name} must be set as well`, 'u'))]);
  });

  describe('with a key of its own instead of a secret', () => {
    const { OIDC_CLIENT_SECRET: _, ...named } = { ...OIDC, ...PUBLIC };
    const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

    it.each([
      ['as it is in its file', pem(key)],
      ['in one line', pem(key).trim().replaceAll('\n', '\\n')],
    ])('takes it %s', (_how, text) => {
      const parsed = parseConfig({ ...named, OIDC_CLIENT_KEY: text, OIDC_CLIENT_KEY_ID: 'k1' });
      const proof = parsed.ok ? parsed.config.signIn?.proof : null;
      expect(proof).toMatchObject({ kind: 'key', keyId: 'k1' });
      expect(proof?.kind === 'key' && pem(proof.key)).toBe(pem(key));
    });

    it('takes no short key, none of another kind, none that is locked or public, and says none of it', () => {
      const locked = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' });
      for (const text of [
        pem(generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey),
        pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey),
        pem(generateKeyPairSync('ed25519').privateKey),
        createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
        locked.toString(),
        'not a key',
      ]) {
        const said = problems({ ...named, OIDC_CLIENT_KEY: text });
        expect(said).toEqual([expect.stringMatching(/^OIDC_CLIENT_KEY must be a private key in PEM/u)]);
        expect(said.join()).not.toContain(text.slice(30, 60) || text);
      }
    });

    it('takes either, never both, and no id without its key', () => {
      expect(problems({ ...OIDC, ...PUBLIC, OIDC_CLIENT_KEY: pem(key) })).toEqual([
        'OIDC_CLIENT_SECRET must not be set beside OIDC_CLIENT_KEY: unset one',
      ]);
      expect(problems({ ...OIDC, ...PUBLIC, OIDC_CLIENT_KEY_ID: 'k1' })).toEqual([
        'OIDC_CLIENT_KEY must be set as well, since OIDC_CLIENT_KEY_ID is',
      ]);
    });
  });

  it('goes over lines that nobody else can read: https, or within this computer', () => {
    expect(problems({ ...OIDC, ...PUBLIC, OIDC_ISSUER: 'http://idm.example.gov' })).toEqual([
      'OIDC_ISSUER must be the https address of your identity provider, such as https://idm.example.gov',
    ]);
    expect(problems({ ...OIDC, PUBLIC_URL: 'http://bot.example.gov' })).toEqual([
      'PUBLIC_URL must begin with https://, since people sign in there',
    ]);
    expect(problems({ ...OIDC, HOST: '0.0.0.0', CONSOLE: 'off' })).toEqual([
      'PUBLIC_URL must be set as well: the identity provider sends people there',
    ]);
    expect(problems({ ...OIDC, OIDC_ISSUER: 'http://127.0.0.1:4000' })).toEqual([]);
    expect(problems({ ...OIDC, OIDC_ISSUER: 'http://127.0.0.1.evil.example' })).toHaveLength(1);
  });

  it('takes no issuer with a user, a query or a piece behind it, and no short key', () => {
    for (const issuer of [
      'https://a:b@idm.example.gov',
      'https://idm.example.gov?x=1',
      'https://idm.example.gov#x',
      'idm',
    ])
      expect(problems({ ...OIDC, ...PUBLIC, OIDC_ISSUER: issuer })).toHaveLength(1);
    expect(problems({ ...OIDC, ...PUBLIC, OIDC_SESSION_KEY: 'short' })).toEqual([
      'OIDC_SESSION_KEY must be 32 to 200 characters without blanks, best random ones',
    ]);
  });

  it('says no value of a setting, and names the one that was meant', () => {
    const secret = 'x y z this is secret';
    expect(problems({ ...OIDC, ...PUBLIC, OIDC_CLIENT_SECRET: secret }).join()).not.toContain(secret);
    expect(problems({ ...OIDC, ...PUBLIC, OIDC_ISUER: 'https://x.example' })).toEqual([
      'OIDC_ISUER is not a setting; did you mean OIDC_ISSUER? Correct or unset it.',
    ]);
  });
});
