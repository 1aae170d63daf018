/**
 * What our own mail server says about a mail's sender (RFC 8601). Anybody can write the header, so only the topmost one under
 * the name that the settings trust counts; a mail server takes away those under its own name that come from outside.
 */

/** `proven`: the server vouches for the domain of the sender; `forged`: it says that the mail is not from there. */
export type SenderProof = 'proven' | 'forged' | 'unproven';

/** Longer headers are no server's. */
const LONGEST_HEADER = 10_000;

/** Reads `Authentication-Results` headers, topmost first, for a mail that says it is from `address`. */
export function proofOf(
  headers: readonly string[],
  address: string,
  trustedAuthserv: string | null,
): SenderProof {
  if (trustedAuthserv === null) return 'unproven';
  const ours = headers
    .filter((header) => header.length <= LONGEST_HEADER)
    .map((header) => withoutComments(header).split(';'))
    .find(([id = '']) => (id.trim().toLowerCase().split(/\s/u)[0] ?? '') === trustedAuthserv);
  const dmarc = ours?.slice(1).find((part) => /^\s*dmarc\s*=/iu.test(part));
  if (dmarc === undefined) return 'unproven';
  const result = /^\s*dmarc\s*=\s*([a-z]+)/iu.exec(dmarc)?.[1]?.toLowerCase();
  if (result === 'fail') return 'forged';
  const domain = /\bheader\.from\s*=\s*"?([a-z0-9.-]+)/iu.exec(dmarc)?.[1]?.toLowerCase();
  const isOfSender = domain !== undefined && domain === address.toLowerCase().split('@').at(-1);
  return result === 'pass' && isOfSender ? 'proven' : 'unproven';
}

/** Comments stand in round brackets, also within each other. */
function withoutComments(header: string): string {
  let depth = 0;
  let kept = '';
  for (const character of header) {
    if (character === '(') depth += 1;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += character;
  }
  return kept;
}
