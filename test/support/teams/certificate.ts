/** A certificate that vouches for itself, such as a bot may show to the sign-in service. */
import { generateKeyPairSync, sign } from 'node:crypto';

export interface Certificate {
  /** PEM of the certificate. */
  readonly certificate: string;
  /** PEM of its private key, unencrypted. */
  readonly privateKey: string;
}

/** One element of DER: its tag, its length, what it holds. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const hex = (tag: number, content: string): Buffer => der(tag, Buffer.from(content, 'hex'));

/** sha256WithRSAEncryption, ecdsa-with-SHA256 */
const ALGORITHMS = {
  rsa: sequence(hex(0x06, '2a864886f70d01010b'), hex(0x05, '')),
  ec: sequence(hex(0x06, '2a8648ce3d040302')),
} as const;
/** CN=bot.example.gov */
const NAME = sequence(der(0x31, sequence(hex(0x06, '550403'), der(0x0c, Buffer.from('bot.example.gov')))));
const VALIDITY = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('490101000000Z')));

/** A new one; valid from 2020 to 2049. */
export function selfSigned(kind: 'rsa' | 'ec' = 'rsa'): Certificate {
  const { privateKey, publicKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = ALGORITHMS[kind];
  const signed = sequence(
    hex(0xa0, '020102'),
    hex(0x02, '01'),
    algorithm,
    NAME,
    VALIDITY,
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', signed, privateKey));
  const whole = sequence(signed, algorithm, signature).toString('base64');
  const lines = whole.match(/.{1,64}/gu) ?? [];
  return {
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}
