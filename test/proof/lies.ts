/** A platform that lies about what became of a request: of what matters every third time, of all else every tenth. */
import type { Random } from './random.ts';

export interface Lies<Asked, Fate> {
  readonly taken: Fate;
  /** Whether it is what matters. */
  isMain(asked: Asked): boolean;
  /** What may become of it then. */
  main(asked: Asked): readonly Fate[];
  readonly others: readonly Fate[];
}

const MAIN_OF = 3;
const OTHERS_OF = 10;

/** Has the platform lie; answers how many lies were told so far. */
export function lying<Asked, Fate>(
  platform: { fate: (asked: Asked) => Fate },
  { taken, isMain, main, others }: Lies<Asked, Fate>,
  chance: Random,
): () => number {
  let told = 0;
  platform.fate = (asked) => {
    const is = isMain(asked);
    if (chance.below(is ? MAIN_OF : OTHERS_OF) > 0) return taken;
    told += 1;
    return chance.pick(is ? main(asked) : others);
  };
  return () => told;
}
