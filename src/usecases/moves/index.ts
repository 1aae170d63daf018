/** All steps that somebody takes in an engagement. */
import type { Move } from '../engagement-move.ts';
import { ASKING_MOVES } from './asking-change.ts';
import { DAY_ZERO } from './day-zero.ts';
import { ENDING_MOVES } from './ending.ts';
import { MATCHING_MOVES } from './matching.ts';
import { MEMBER_MOVES } from './members.ts';
import { ONBOARDING_MOVES } from './onboarding.ts';
import { REASSIGNING_MOVES } from './reassigning.ts';
import { SCOPING_MOVES } from './scoping.ts';
import { WORK_MOVES } from './work.ts';

export const ALL_MOVES: readonly Move[] = [
  ...SCOPING_MOVES,
  ...MATCHING_MOVES,
  ...ONBOARDING_MOVES,
  DAY_ZERO,
  ...WORK_MOVES,
  ...REASSIGNING_MOVES,
  ...ENDING_MOVES,
  ...ASKING_MOVES,
  ...MEMBER_MOVES,
];
