/** The rows of the quality table that apply now, in its order. */
import type { Row } from './row.ts';
import { s1 } from './s1-fuzz.ts';
import { s5 } from './s5-hostile-text.ts';
import { s8 } from './s8-canaries.ts';
import { s9 } from './s9-patterns.ts';

export const rows: readonly Row[] = [s1, s5, s8, s9];
