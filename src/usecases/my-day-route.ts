/** Typed words and buttons of a Service ISSO's own views, and of the same views of a card that somebody else sees. */
import type { RawValues } from '../domain/field.ts';
import { findRequestNumber, type RequestNumber } from '../domain/ids.ts';
import type { ButtonPress } from '../messages/button.ts';
import { showBurnDown, showBurnDownOf, showBurnDownOfAll } from './show-burn-down.ts';
import { showDay, showDayOf, showLinks, showWaitingFor, showWaitingForOf } from './show-day.ts';
import { showNext, showNextOf } from './show-next.ts';
import type { Answer, Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** One's own where the button names no engagement. */
const ownOr =
  (
    own: (work: Work) => Promise<Answer>,
    one: (work: Work, number: RequestNumber) => Promise<Answer>,
  ): Route =>
  (work, { subject }) =>
    subject === 'own' ? own(work) : one(work, subject);

export const MY_DAY_PRESSED: readonly (readonly [string, Route])[] = [
  ['my.day', ownOr(showDay, showDayOf)],
  ['my.next', (work) => showNext(work)],
  ['my.waiting-for', ownOr(showWaitingFor, showWaitingForOf)],
  ['my.links', () => showLinks()],
  ['burn-down.show', ownOr(showBurnDown, showBurnDownOf)],
];

const OF_NUMBER =
  /^(day|next|waiting for|burn[- ]?down)\s+(?:of\s+|for\s+)?([a-z]{2,8}-20\d{2}-\d{1,6})[\s.!?]*$/iu;

/** `day ISSO-2026-0042`, `next ISSO-2026-0042`, `waiting for ISSO-2026-0042`, `burn-down ISSO-2026-0042`, `burn-down all`; null for anything else. */
export async function routeMyDay(work: Work, typed: string): Promise<Answer | null> {
  if (/^burn[- ]?down (?:of )?(?:all|the programme)[\s.!?]*$/iu.test(typed)) return showBurnDownOfAll(work);
  const [, verb = '', named = ''] = OF_NUMBER.exec(typed.slice(0, 80)) ?? [];
  const number = findRequestNumber(named);
  if (!number) return null;
  if (verb.toLowerCase() === 'day') return showDayOf(work, number);
  if (verb.toLowerCase() === 'next') return showNextOf(work, number);
  return verb.toLowerCase() === 'waiting for' ? showWaitingForOf(work, number) : showBurnDownOf(work, number);
}
