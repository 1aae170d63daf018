/** All steps that somebody takes in an engagement. */
import type { Move } from '../engagement-move.ts';
import { SCOPING_MOVES } from './scoping.ts';

export const ALL_MOVES: readonly Move[] = [...SCOPING_MOVES];
