/** Whether a request comes from Slack: signed by the secret that only Slack and this app know, and made just now. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's own rule: a request older than five minutes may be a replay. */
const OLDEST_S = 300;
/** No clock is so far ahead of ours. */
const AHEAD_S = 60;

const STAMP = /^\d{1,12}$/u;
const SIGNATURE = /^v0=[0-9a-f]{64}$/u;

export interface Signed {
  /** Every value of the header `x-slack-request-timestamp`, as sent. */
  readonly stamps: readonly string[];
  /** Every value of the header `x-slack-signature`. */
  readonly signatures: readonly string[];
  /** The body, byte for byte. */
  readonly body: Uint8Array;
}

/** True for a request signed with `secret` between five minutes ago and a minute ahead; never with an empty secret. */
export function isSigned({ stamps, signatures, body }: Signed, secret: string, now: Date): boolean {
  const [stamp, otherStamp] = stamps;
  const [signature, otherSignature] = signatures;
  // Two values leave it to the reader which one counts.
  if (stamp === undefined || otherStamp !== undefined) return false;
  if (signature === undefined || otherSignature !== undefined) return false;
  if (secret === '' || !STAMP.test(stamp) || !SIGNATURE.test(signature)) return false;
  const ageS = now.getTime() / 1_000 - Number(stamp);
  if (ageS > OLDEST_S || ageS < -AHEAD_S) return false;
  const expected = createHmac('sha256', secret).update(`v0:${stamp}:`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice(3), 'hex'));
}
