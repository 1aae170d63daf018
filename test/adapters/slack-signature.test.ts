import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSigned } from '../../adapters/slack/signature.ts';

const SECRET = 'a-signing-secret';
const NOW = new Date('2026-12-01T15:00:00Z');
const nowS = NOW.getTime() / 1_000;

const signed = (body: string, stamp: string, secret = SECRET) => ({
  stamps: [stamp],
  signatures: [`v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`],
  body: Buffer.from(body),
});

describe('a request that Slack signed', () => {
  it('is taken when it was made just now, by clocks that differ a little', () => {
    for (const offset of [-300, -60, 0, 30, 60])
      expect(isSigned(signed('{"a":1}', String(nowS + offset)), SECRET, NOW), String(offset)).toBe(true);
  });

  it('is refused when it is older than five minutes or from the future', () => {
    for (const offset of [-301, -86_400, 61, 86_400])
      expect(isSigned(signed('{}', String(nowS + offset)), SECRET, NOW), String(offset)).toBe(false);
  });

  it('is refused with another body, another secret, or no secret at all', () => {
    const good = signed('{"a":1}', String(nowS));
    expect(isSigned({ ...good, body: Buffer.from('{"a": 1}') }, SECRET, NOW)).toBe(false);
    expect(isSigned(good, 'another-secret', NOW)).toBe(false);
    expect(isSigned(signed('{"a":1}', String(nowS), ''), '', NOW)).toBe(false);
  });

  it('is refused when a header is missing, doubled or no such value', () => {
    const good = signed('{}', String(nowS));
    const [signature = ''] = good.signatures;
    const bad = [
      { ...good, stamps: [] },
      { ...good, signatures: [] },
      { ...good, stamps: [String(nowS), String(nowS)] },
      { ...good, signatures: [signature, signature] },
      { ...good, stamps: [`${nowS}.0`] },
      { ...good, stamps: ['Infinity'] },
      { ...good, stamps: [''] },
      { ...good, signatures: [signature.slice(0, -1)] },
      { ...good, signatures: [signature.toUpperCase()] },
      { ...good, signatures: [signature.replace('v0=', 'v1=')] },
      { ...good, signatures: [`${signature.slice(0, -2)}é`] },
    ];
    for (const each of bad) expect(isSigned(each, SECRET, NOW), JSON.stringify(each)).toBe(false);
  });
});
