/** Typed words about measures and pictures of the programme: `measures`, `picture funnel`. */
import type { RawValues } from '../domain/field.ts';
import type { ButtonPress } from '../messages/button.ts';
import { showMeasures } from './show-measures.ts';
import { PICTURE_PRESSED, routePicture } from './show-picture.ts';
import type { Answer, Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** What pressing does. */
export const FIGURES_PRESSED: ReadonlyMap<string, Route> = new Map<string, Route>([...PICTURE_PRESSED]);
/** What sending a dialog does. */
export const FIGURES_SUBMITTED: ReadonlyMap<string, Route> = new Map<string, Route>();

/** Null for anything else. */
export async function routeFigures(work: Work, typed: string): Promise<Answer | null> {
  return (await showMeasures(work, typed)) ?? routePicture(work, typed);
}
