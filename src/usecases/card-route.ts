/** Typed words, buttons and dialogs of Information Cards. */
import type { RawValues } from '../domain/field.ts';
import { findRequestNumber, type RequestNumber } from '../domain/ids.ts';
import { matchName } from '../domain/name-match.ts';
import { type LocalDate, localDate } from '../domain/time.ts';
import type { ButtonPress } from '../messages/button.ts';
import { GIVE_AS_OF } from '../messages/copy/card-items.ts';
import { severalCalled } from '../messages/copy/mends.ts';
import { noAccess, sensitiveText } from '../messages/copy/refusals.ts';
import { theirs } from '../messages/inline.ts';
import { say } from '../messages/message.ts';
import { showLines, takeLines } from './adopt-template.ts';
import { typeItem } from './change-item.ts';
import { typeMove } from './engagement-move.ts';
import { sensitiveKinds } from './guard.ts';
import { currentIntake } from './intake-context.ts';
import { openItem, submitItem } from './item-dialog.ts';
import { readDayNear } from './meeting-words.ts';
import { DAY_ZERO } from './moves/day-zero.ts';
import { showCardOf, showCardsOf } from './show-card.ts';
import { showCardHistory } from './show-card-history.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

export const CARD_PRESSED: readonly (readonly [string, Route])[] = [
  ['card.show', (work, press) => showCardOf(work, press.subject, null, null)],
  ['card.item', (work, press) => openItem(work, press.subject, press.choice ?? '')],
  ['card.adopt', (work, press) => takeLines(work, press.subject, Number(press.choice ?? ''))],
];

export const CARD_SUBMITTED: readonly (readonly [string, Route])[] = [
  ['card.item', (work, press, values) => submitItem(work, press.subject, press.choice ?? '', values)],
];

const ITEM = /^item\s+([A-Za-z]{2,8}-20\d{2}-\d{1,6})\b/iu;
const CARD = /^card\s+(?:of\s+)?([A-Za-z]{2,8}-20\d{2}-\d{1,6})\b/iu;
const NAMED = /^(?:show )?card (?:of )?([^\n]{2,60})$/iu;
const DAY_ZERO_MOVED = /^move day (?:0|zero) (?:of |for )?([A-Za-z]{2,8}-20\d{2}-\d{1,6})\b/iu;
const HISTORY = /^history\b(?: of)?\s?/iu;
const TAKE_LINES = /^take (?:the )?(?:new )?lines\b/iu;
const LINES = /^(?:new )?lines\b/iu;
const AS_OF = /\bas of ([^\n]{1,40})$/iu;
/** Longer words belong into the dialog. */
const LONGEST = 500;

/**
 * `item ISSO-2026-0042 piv done ref T-1`, `card ISSO-2026-0042 as of 1/15/2027`, `card ISSO-2026-0042 history piv`, `card Ines Sorensen`,
 * `move day 0 ISSO-2026-0042 to 12/14/2026 because ...`; null for anything else.
 */
export async function routeCard(work: Work, typed: string): Promise<Answer | null> {
  const [moving, movedNumber = ''] = DAY_ZERO_MOVED.exec(typed) ?? [];
  const moved = findRequestNumber(movedNumber);
  if (moving !== undefined && moved) return typeDayZero(work, moved, typed.slice(moving.length, LONGEST));
  const [item, itemNumber = ''] = ITEM.exec(typed) ?? [];
  const [card, cardNumber = ''] = CARD.exec(typed) ?? [];
  const number = findRequestNumber(itemNumber || cardNumber);
  if (!number) return cardByName(work, typed);
  const rest = typed.slice((item ?? card ?? '').length, LONGEST).replace(/^[\s:;,.]+/u, '');
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answerPrivately(sensitiveText(kinds));
  if (item !== undefined) return typeItem(work, number, rest);
  if (TAKE_LINES.test(rest)) return takeLines(work, number);
  if (LINES.test(rest)) return showLines(work, number);
  if (HISTORY.test(rest)) return showCardHistory(work, number, rest.replace(HISTORY, '').trim());
  const [asOf, day = ''] = AS_OF.exec(rest) ?? [];
  const on = asOf === undefined ? null : dayOf(work, day);
  if (asOf !== undefined && on === null) return answerPrivately(say(GIVE_AS_OF));
  const name = rest.replace(AS_OF, '').trim();
  if (name === '') return showCardOf(work, number, null, on);
  const match = matchName(await work.tx.people.withRole('service_isso'), name);
  // The same words for somebody who is not there and for a card that is not to be seen.
  return match.ok ? showCardOf(work, number, match.value.id, on) : answerPrivately(noAccess(number));
}

/** The day and the reason, as the form of the step reads them. */
function typeDayZero(work: Work, number: RequestNumber, behind: string): Promise<Answer> {
  const rest = behind.replace(/^[\s:;,.]+/u, '').replace(/^to\b[\s:]*/iu, '');
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return Promise.resolve(answerPrivately(sensitiveText(kinds)));
  return typeMove(work, DAY_ZERO, number, rest.replace(/,? because /iu, '; '));
}

const dayOf = ({ now, programme }: Work, words: string): LocalDate | null =>
  readDayNear(words, localDate(now, programme.timeZone));

/** Only a Service ISSO's name is meant; other words may be an answer of a form. */
async function cardByName(work: Work, typed: string): Promise<Answer | null> {
  const name = NAMED.exec(typed)?.[1];
  if (name === undefined) return null;
  const match = matchName(await work.tx.people.withRole('service_isso'), name);
  if (match.ok) return showCardsOf(work, match.value);
  if (match.refusal.code === 'nobody') return null;
  const isAnswering = (await currentIntake(work))?.record.status === 'open';
  return isAnswering ? null : answerPrivately(say([theirs(severalCalled(match.refusal))]));
}
