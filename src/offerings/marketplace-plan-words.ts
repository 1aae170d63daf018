/** A question of the Marketplace Implementation Plan that is answered in words. */
import { longText, type Question } from '../forms/question.ts';

interface Wording {
  readonly label: string;
  readonly ask: string;
  readonly why: string;
  readonly example: string;
  readonly required?: boolean;
}

const LONGEST = 1_500;

/** Up to 1,500 characters. */
export const words = (key: string, wording: Wording): Question =>
  longText(key, { ...wording, min: 3, max: LONGEST });
