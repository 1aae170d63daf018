/** Typed verbs with a request number: they always work, also while a form is open. */
import { findRequestNumber, type RequestNumber } from '../domain/ids.ts';
import { DECLINE_REASONS, readReason, WITHDRAW_REASONS } from '../messages/copy/reasons.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { amendRequest } from './amend-request.ts';
import type { EngagementRef, KickoffRef } from './change-engagement.ts';
import { cancelKickoff, recordKickoffFromText } from './end-kickoff.ts';
import { declineRequest, withdrawRequest } from './end-request.ts';
import { answerQuestion, confirmRequest, showRequest } from './follow-request.ts';
import { sensitiveKinds } from './guard.ts';
import { severalTimes } from './meeting-words.ts';
import { offerKickoffTimes, rescheduleKickoff } from './offer-kickoff-times.ts';
import { chooseKickoffTime, proposeKickoffTimes, takeProposedTime } from './settle-kickoff-time.ts';
import { showHistory } from './show-history.ts';
import { surveyByNumber } from './show-surveys.ts';
import { acceptRequest, askRequester } from './triage-request.ts';
import { type Answer, answer, type Work } from './work.ts';

type VerbRoute = (work: Work, number: RequestNumber, rest: string, before: string) => Promise<Answer>;
const byNumber = (number: RequestNumber): EngagementRef => ({ number, version: null });
export const kickoffOf = (number: RequestNumber): KickoffRef => ({ by: 'number', number });

/** `verb … NUMBER rest`: the words between verb and number are `before`. */
const VERBS: ReadonlyMap<string, VerbRoute> = new Map<string, VerbRoute>([
  ['status', (work, number) => showRequest(work, number)],
  ['show', (work, number) => showRequest(work, number)],
  ['history', (work, number, rest) => showHistory(work, number, firstNumber(rest))],
  ['accept', (work, number) => acceptRequest(work, byNumber(number))],
  ['ask', (work, number, rest) => askRequester(work, byNumber(number), rest, 'chat')],
  [
    'decline',
    (work, number, rest) =>
      withReason(rest, DECLINE_REASONS, (reason, note) =>
        declineRequest(work, byNumber(number), { reason, note }, 'chat'),
      ),
  ],
  [
    'withdraw',
    (work, number, rest) =>
      withReason(rest, WITHDRAW_REASONS, (reason, note) =>
        withdrawRequest(work, byNumber(number), { reason, note }, 'chat'),
      ),
  ],
  ['answer', (work, number, rest) => answerQuestion(work, byNumber(number), rest, 'chat')],
  ['confirm', (work, number) => confirmRequest(work, byNumber(number))],
  ['amend', (work, number) => amendRequest(work, byNumber(number))],
  [
    'choose',
    (work, number, rest, before) => chooseKickoffTime(work, kickoffOf(number), firstNumber(before, rest) - 1),
  ],
  [
    'take',
    (work, number, rest, before) => takeProposedTime(work, kickoffOf(number), firstNumber(before, rest) - 1),
  ],
  [
    'propose',
    (work, number, rest) => proposeKickoffTimes(work, kickoffOf(number), severalTimes(rest), 'chat'),
  ],
  ['offer', (work, number) => offerKickoffTimes(work, byNumber(number))],
  ['reschedule', (work, number) => rescheduleKickoff(work, kickoffOf(number))],
  ['cancel', (work, number) => cancelKickoff(work, kickoffOf(number))],
  ['held', (work, number, rest) => recordKickoffFromText(work, kickoffOf(number), rest)],
  ['survey', (work, number, rest) => surveyByNumber(work, number, rest)],
]);

const VERB_SHAPE = /^([A-Za-z]{3,10})\b([^\n]{0,40}?)\b([A-Za-z]{2,8}-20\d{2}-\d{1,6})\b/u;

/** `verb … NUMBER rest`, such as `decline ISSO-2026-0001 no capacity`; null for anything else. */
export async function routeVerb(work: Work, typed: string): Promise<Answer | null> {
  const shape = VERB_SHAPE.exec(typed.slice(0, 120));
  if (!shape) return null;
  const [whole, verb = '', before = '', typedNumber = ''] = shape;
  const route = VERBS.get(verb.toLowerCase());
  const number = findRequestNumber(typedNumber);
  if (!route || !number) return null;
  const rest = typed.slice(whole.length).replace(/^[\s:;,.]+/u, '');
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  return route(work, number, rest, before);
}

function firstNumber(...texts: readonly string[]): number {
  const found = texts.map((text) => /\d+/u.exec(text)?.[0]).find((digits) => digits !== undefined);
  return Number(found ?? Number.NaN);
}

/** `code note` or `label: note`: the longest beginning that is a reason is the reason, the rest the note. */
function withReason(
  rest: string,
  reasons: readonly { readonly id: string; readonly label: string }[],
  go: (reason: string, note: string) => Promise<Answer>,
): Promise<Answer> {
  const words = rest.slice(0, 700).split(/\s+/u);
  for (let count = Math.min(12, words.length); count > 0; count -= 1) {
    const reason = readReason(
      words
        .slice(0, count)
        .join(' ')
        .replace(/(?<![:;,.])[:;,.]+$/u, ''),
      reasons,
    );
    if (reason) return go(reason, words.slice(count).join(' '));
  }
  return go('', '');
}
