/** What somebody wrote themselves: a mail's text without what it answers and without its signature. */

/** Longer mails are not asked to explain themselves further. */
const LONGEST_READ = 100_000;

const FORWARDED_SUBJECT = /^\s*(?:fwd?|wg|tr)\s*:/iu;
const FORWARDED_TEXT = /^(?:-{2,}\s*forwarded message\s*-{2,}|begin forwarded message:)\s*$/imu;
const ORIGINAL = /^-{2,}\s*original (?:message|appointment)\s*-{2,}$/iu;
const RULE = /^_{10,}$/u;
const FROM = /^\*?from:\*?\s/iu;
const SENT = /^\*?(?:sent|date):\*?\s/iu;
const WROTE = /^on\b.{5,300}\bwrote:$/iu;
const QUOTED = /^>/u;
const SIGNATURE = /^--\s?$/u;
const BY_DEVICE = /^(?:sent from (?:my|outlook|mail for)\b.{0,80}|get outlook for .{0,80})$/iu;
/** An Outlook head follows its `From:` within so many lines. */
const HEAD_LINES = 4;
/** A mail program breaks "On … wrote:" over so many lines at most. */
const WROTE_LINES = 3;

/**
 * The words of the one who wrote: quoted replies, the heads of what is answered and signatures are cut. What is forwarded
 * stays, because it is what the mail is about; so does everything when nothing else would be left.
 */
export function ownWords(text: string, subject: string): string {
  const whole = text.slice(0, LONGEST_READ).replace(/\r\n?/gu, '\n');
  const lines = whole.split('\n').map((line) => line.trimEnd());
  const isForwarded = FORWARDED_SUBJECT.test(subject) || FORWARDED_TEXT.test(whole);
  const kept = withoutSignature(isForwarded ? lines : withoutQuotes(lines));
  const words = tidy(kept);
  return words === '' ? tidy(lines) : words;
}

const tidy = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();

function withoutQuotes(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (ORIGINAL.test(line) || isOutlookHead(lines, at)) break;
    const wrote = linesOfWrote(lines, at);
    if (wrote > 0) {
      // Where the quote is marked, what stands below it is the answer; where it isn't, nobody can tell.
      const next = lines.slice(at + wrote).find((each) => each.trim() !== '');
      if (next !== undefined && !QUOTED.test(next)) break;
      at += wrote - 1;
      continue;
    }
    if (!QUOTED.test(line)) kept.push(line);
  }
  return kept;
}

/** A rule with `From:` below it, or `From:` with `Sent:` below it. */
function isOutlookHead(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  const following = lines.slice(at + 1, at + 1 + HEAD_LINES);
  if (RULE.test(line)) return following.some((each) => FROM.test(each));
  return FROM.test(line) && following.some((each) => SENT.test(each));
}

/** How many lines "On Tuesday somebody wrote:" takes here; 0 when it does not stand here. */
function linesOfWrote(lines: readonly string[], at: number): number {
  if (!/^on\b/iu.test(lines[at] ?? '')) return 0;
  for (let count = 1; count <= WROTE_LINES; count += 1) {
    const joined = lines.slice(at, at + count).join(' ');
    if (joined.length <= 400 && WROTE.test(joined)) return count;
  }
  return 0;
}

function withoutSignature(lines: readonly string[]): readonly string[] {
  const signature = lines.findIndex((line) => SIGNATURE.test(line));
  const signed = signature > 0 ? lines.slice(0, signature) : lines;
  return signed.filter((line) => !BY_DEVICE.test(line));
}
