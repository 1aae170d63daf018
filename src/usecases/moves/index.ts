/** All steps that somebody takes in an engagement. */
import type { Move } from '../engagement-move.ts';
import { ASKING_MOVES } from './asking-change.ts';
import { MATCHING_MOVES } from './matching.ts';
import { SCOPING_MOVES } from './scoping.ts';

export const ALL_MOVES: readonly Move[] = [...SCOPING_MOVES, ...MATCHING_MOVES, ...ASKING_MOVES];
