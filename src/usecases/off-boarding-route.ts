/** Buttons, dialogs and typed words of off-boarding records. */
import type { RawValues } from '../domain/field.ts';
import { findRequestNumber } from '../domain/ids.ts';
import type { ButtonPress } from '../messages/button.ts';
import { askForLine, reportFromDialog } from './off-boarding-dialog.ts';
import { showOffBoarding } from './off-boarding-show.ts';
import { reportByWords } from './off-boarding-typed.ts';
import type { Answer, Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** What pressing does. */
export const OFF_BOARDING_PRESSED: readonly (readonly [string, Route])[] = [
  ['off-boarding.show', (work, press) => showOffBoarding(work, press.subject)],
  ['off-boarding.line', (work, press) => askForLine(work, press)],
];

/** What sending a dialog does. */
export const OFF_BOARDING_SUBMITTED: readonly (readonly [string, Route])[] = [
  ['off-boarding.line', reportFromDialog],
];

const SHAPE = /^(off-?boarding|lines?)\s+([A-Za-z]{2,8}-20\d{2}-\d{1,6})\b/iu;
/** Longer words belong into a dialog. */
const LONGEST = 2_000;

/** `off-boarding ISSO-2026-0042 as of 12/1/2027`, `line ISSO-2026-0042 piv card lost`; null for anything else. */
export async function routeOffBoarding(work: Work, typed: string): Promise<Answer | null> {
  const [whole, word = '', typedNumber = ''] = SHAPE.exec(typed.slice(0, 80)) ?? [];
  const number = whole === undefined ? null : findRequestNumber(typedNumber);
  if (whole === undefined || !number) return null;
  const rest = typed.slice(whole.length, LONGEST).replace(/^[\s:;,.]+/u, '');
  return /^line/iu.test(word) && rest !== ''
    ? reportByWords(work, number, rest)
    : showOffBoarding(work, number, rest);
}
