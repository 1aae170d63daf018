/** One promise of the quality table, and how it is shown. */
export interface Row {
  /** As in the table: `P2`, `R8`, `S1`. */
  readonly id: string;
  readonly title: string;
  /** What must hold, in a few words, such as `≤ 1.5`. */
  readonly goal: string;
  run(options: RunOptions): Promise<Outcome>;
}

export interface RunOptions {
  /** A share of the row that ends within a minute. */
  readonly quick: boolean;
  /** The same seed makes the same random choices. */
  readonly seed: number;
  /** A remark that stands below the row's line. */
  log(remark: string): void;
}

export interface Outcome {
  /** What was found, with its unit. */
  readonly figure: string;
  /** True when the goal is met. */
  readonly ok: boolean;
}

/** The line that is printed: `P2 ratio 1.21 · goal ≤ 1.5 · ok`. */
export const lineOf = ({ id, goal }: Row, { figure, ok }: Outcome): string =>
  `${id} ${figure} · goal ${goal} · ${ok ? 'ok' : 'short'}`;
