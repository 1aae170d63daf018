import { ISSO_AS_A_SERVICE } from './isso-as-a-service.ts';
import type { Offering } from './offering.ts';

/** The catalogue: one line for each offering. `test/offerings.test.ts` checks it against this folder. */
export const OFFERINGS: readonly Offering[] = [ISSO_AS_A_SERVICE];

/** The offering of that key; undefined for one that is no longer offered. */
export const offeringBy = (key: string): Offering | undefined => OFFERINGS.find((each) => each.key === key);
