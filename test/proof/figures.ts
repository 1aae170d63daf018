/** The middle one of `values`. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The value below which a share `q` of `values` lies; 0 of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

/** Milliseconds for people. */
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
