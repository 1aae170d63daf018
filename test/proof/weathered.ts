/** A storm weathered on each store in turn, and what is made of it. */
import { type Crowd, inWords, isSound, type Verdict } from './crowd.ts';
import type { OpenStore } from './open-stores.ts';
import type { Outcome } from './row.ts';

/** What became of one storm. */
export interface Weathered {
  /** What was sent before the time that a refusal had named. */
  readonly early: readonly string[];
  readonly refused: number;
  readonly verdict: Verdict;
}

/** `inAll` says what all verdicts come to. A storm that refused nothing shows nothing. */
export async function weathered(
  stores: readonly OpenStore[],
  { messages }: Crowd,
  log: (remark: string) => void,
  inAll: (verdicts: readonly Verdict[]) => string,
  tried: (opened: OpenStore) => Promise<Weathered>,
): Promise<Outcome> {
  const verdicts: Verdict[] = [];
  let early = 0;
  let refused = 0;
  for (const opened of stores) {
    const found = await tried(opened);
    verdicts.push(found.verdict);
    early += found.early.length;
    refused += found.refused;
    log(`${opened.place}: ${found.refused} refusals, ${found.early.length} early: ${inWords(found.verdict)}`);
    for (const words of found.early.slice(0, 5)) log(words);
    await opened.close();
  }
  return {
    figure: `${messages * verdicts.length} messages, ${refused} refusals: ${inAll(verdicts)}, ${early} early`,
    ok: verdicts.length > 0 && refused > 0 && verdicts.every(isSound) && early === 0,
  };
}
