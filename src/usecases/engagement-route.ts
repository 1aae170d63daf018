/** Buttons, dialogs and typed words of an engagement's later life: its moves and its papers. */
import type { RawValues } from '../domain/field.ts';
import { findRequestNumber, type RequestNumber } from '../domain/ids.ts';
import type { PaperKind } from '../domain/paper.ts';
import type { ButtonPress } from '../messages/button.ts';
import { MOVES } from '../messages/copy/moves.ts';
import { PAPERS } from '../messages/copy/paper.ts';
import { notYours, sensitiveText } from '../messages/copy/refusals.ts';
import { engagementRef } from './change-engagement.ts';
import { type Move, moveTyped, pressMove, submitMove, typeMove } from './engagement-move.ts';
import { sensitiveKinds } from './guard.ts';
import { ALL_MOVES } from './moves/index.ts';
import { isPaperKind, openPaperPage, savePaperPage, showPaper, typePaper } from './paper.ts';
import { correctPaper } from './paper-correct.ts';
import { type Answer, answer, type Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** `request-form/people-1`: a kind, and a page of its form. */
const placeOf = ({
  choice = '',
}: ButtonPress): { readonly kind: PaperKind; readonly page: string } | null => {
  const [kind = '', page = ''] = choice.split('/');
  return isPaperKind(kind) && PAPERS.some((each) => each.kind === kind) ? { kind, page } : null;
};

const ofPaper =
  (
    go: (
      work: Work,
      number: RequestNumber,
      kind: PaperKind,
      page: string,
      values: RawValues,
    ) => Promise<Answer>,
  ): Route =>
  async (work, press, values) => {
    const place = placeOf(press);
    return place ? go(work, press.subject, place.kind, place.page, values) : answer(notYours());
  };

/** What pressing does. */
export const ENGAGEMENT_PRESSED: readonly (readonly [string, Route])[] = [
  ...ALL_MOVES.map(
    (move: Move) =>
      [move.verb, (work: Work, press: ButtonPress) => pressMove(work, move, engagementRef(press))] as const,
  ),
  ['paper.show', ofPaper((work, number, kind) => showPaper(work, number, kind))],
  ['paper.page', ofPaper((work, number, kind, page) => openPaperPage(work, number, kind, page))],
];

/** What sending a dialog does. */
export const ENGAGEMENT_SUBMITTED: readonly (readonly [string, Route])[] = [
  ...ALL_MOVES.map(
    (move: Move) =>
      [
        move.verb,
        (work: Work, press: ButtonPress, values: RawValues) =>
          submitMove(work, move, engagementRef(press), values),
      ] as const,
  ),
  [
    'paper.page',
    ofPaper((work, number, kind, page, values) => savePaperPage(work, number, kind, page, values)),
  ],
];

const SHAPE = /^([A-Za-z][A-Za-z -]{1,30}?)(?<!\s)\s+([A-Za-z]{2,8}-20\d{2}-\d{1,6})\b/u;
/** Longer words belong into a dialog. */
const LONGEST = 4_000;

/** `pause ISSO-2026-0042 …`, `form ISSO-2026-0042 …`, `correct form ISSO-2026-0042 …`; null for anything else. */
export async function routeEngagement(work: Work, typed: string): Promise<Answer | null> {
  const [whole, words = '', typedNumber = ''] = SHAPE.exec(typed.slice(0, 80)) ?? [];
  const number = whole === undefined ? null : findRequestNumber(typedNumber);
  if (whole === undefined || !number) return null;
  const phrase = words.toLowerCase().replace(/\s+/gu, ' ');
  const [, correcting, paperWord = ''] = /^(correct )?(.+)$/u.exec(phrase) ?? [];
  const paper = PAPERS.find((each) => each.typed === paperWord);
  const isMove = MOVES.some((each) => each.typed === phrase);
  if (!paper && !isMove) return null;
  const rest = typed.slice(whole.length, LONGEST).replace(/^[\s:;,.]+/u, '');
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  if (isMove) {
    const move = moveTyped(ALL_MOVES, phrase, work, await work.tx.engagements.byNumber(number));
    return move ? typeMove(work, move, number, rest) : null;
  }
  if (!paper) return null;
  return correcting
    ? correctPaper(work, number, paper.kind, rest)
    : typePaper(work, number, paper.kind, rest);
}
