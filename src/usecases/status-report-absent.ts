/** Why a weekly status report can't be shown or settled: it has not begun, was never kept, or is not submitted yet. */
import { localDate } from '../domain/time.ts';
import { neverKept, noneSubmitted, notBegun, notSubmitted } from '../messages/copy/status-report-absent.ts';
import type { Message } from '../messages/message.ts';
import type { KeptWeek } from './status-report-kept.ts';
import { isThere, thisFriday, weekOf } from './status-report-view.ts';
import type { Work } from './work.ts';

/** Null: none of the last weeks was submitted. */
export function whyAbsent(work: Work, of: KeptWeek | null): Message {
  if (of === null) return noneSubmitted(weekOf(work, thisFriday(work)), work.now);
  const week = weekOf(work, of.friday);
  if (isThere(work, of)) return notSubmitted(week, work.now);
  const today = localDate(work.now, work.programme.timeZone);
  return week.askOn > today ? notBegun(week) : neverKept(week);
}
