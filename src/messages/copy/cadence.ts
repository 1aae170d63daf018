/** A cadence's dates in words. What the cadence itself says is in `src/domain/cadence-words.ts`. */
import { type LocalDate, sayShortDate } from '../../domain/time.ts';

/** "moved from Mon, May 25 (Memorial Day)", to stand beside the date it moved to. */
export const movedFromWords = (moved: { readonly on: LocalDate; readonly because: string }): string =>
  `moved from ${sayShortDate(moved.on)} (${moved.because})`;
