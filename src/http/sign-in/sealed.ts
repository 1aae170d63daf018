/** What a browser keeps for us: sealed, so that it can neither be read nor made up there, and each thing for one purpose only. */
import { createHmac, hkdfSync } from 'node:crypto';
import { EncryptJWT, type JWTPayload, jwtDecrypt } from 'jose';
import type { Clock } from '../../ports.ts';

/** Longer than any cookie of ours; what is longer was made by somebody else. */
const LONGEST = 4_000;
const ISSUER = 'isso-dashboard';

export interface Seal {
  /** Seals `content` for `purpose`, for so many seconds. */
  close(purpose: string, content: JWTPayload, seconds: number): Promise<string>;
  /** What was sealed for that purpose; null for anything else: changed, too old, or sealed with another key. */
  open(purpose: string, sealed: string | undefined): Promise<JWTPayload | null>;
  /** A mark that only we can make for `subject`, to recognise forms of our own by. */
  mark(subject: string): string;
}

export function createSeal(secret: string | Buffer, clock: Clock): Seal {
  const derived = (use: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, Buffer.alloc(0), `isso-dashboard ${use}`, 32));
  const key = derived('cookies');
  const markKey = derived('forms');
  const mark = (subject: string): string => createHmac('sha256', markKey).update(subject).digest('base64url');
  return {
    close(purpose, content, seconds) {
      const now = Math.floor(clock.now().getTime() / 1000);
      return new EncryptJWT(content)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setIssuer(ISSUER)
        .setAudience(purpose)
        .setIssuedAt(now)
        .setExpirationTime(now + seconds)
        .encrypt(key);
    },
    async open(purpose, sealed) {
      if (!sealed || sealed.length > LONGEST) return null;
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          issuer: ISSUER,
          audience: purpose,
          currentDate: clock.now(),
          requiredClaims: ['exp', 'iat'],
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        return payload;
      } catch {
        return null;
      }
    },
    mark,
  };
}
