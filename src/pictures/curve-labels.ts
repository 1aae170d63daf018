/** Where a curve of a chart bears its name: where it is furthest from the others, on the side that is free. Pure. */

/** A curve: a value for each place, null where it has none. */
export type Curve = readonly (number | null)[];

export interface CurveLabel {
  /** The place of the value beside which the name stands. */
  readonly at: number;
  readonly side: 'top' | 'bottom';
}

/** Null for a curve without a value where `isFree`: elsewhere a name would stand in the way. */
export function labelOf(
  curve: Curve,
  others: readonly Curve[],
  isFree: (at: number) => boolean,
): CurveLabel | null {
  let best: (CurveLabel & { readonly room: number }) | null = null;
  for (const [at, value] of curve.entries()) {
    if (value === null || !isFree(at)) continue;
    const nearest = nearestTo(
      value,
      others.map((other) => other[at] ?? null),
    );
    const room = nearest === null ? Number.MAX_VALUE : Math.abs(value - nearest);
    if (best === null || room > best.room)
      best = { at, room, side: nearest !== null && value < nearest ? 'bottom' : 'top' };
  }
  return best && { at: best.at, side: best.side };
}

const nearestTo = (value: number, others: readonly (number | null)[]): number | null =>
  others.reduce<number | null>((nearest, other) => {
    if (other === null) return nearest;
    return nearest === null || Math.abs(value - other) < Math.abs(value - nearest) ? other : nearest;
  }, null);
