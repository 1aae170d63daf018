/** What typed words say about a meeting: its kind, its request, its day; and days that may lie just behind. */
import { findRequestNumber, type RequestNumber } from '../domain/ids.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import { addDays, daysBetween, type LocalDate } from '../domain/time.ts';
import { readDate } from '../forms/read-date.ts';
import { meetingKindOf } from './find-meeting.ts';

export interface NamedMeeting {
  readonly kind: MeetingKind;
  readonly number: RequestNumber | null;
  /** Words for a day behind it; null for none. */
  readonly day: string | null;
}

/** With its hyphens, so that `weekly 2026-12-08` is a day and no request. */
const NUMBER_SHAPE = /\b[A-Za-z]{2,8}-20\d{2}-\d{1,6}\b(?!-)/u;
const HALF_A_YEAR = 183;

/** `weekly`, `weekly Dec 8`, `initial ISSO-2026-0001`, `training review`; null when no kind is named. */
export function readNamedMeeting(words: string): NamedMeeting | null {
  const typed = words.slice(0, 120).trim();
  const number = findRequestNumber(NUMBER_SHAPE.exec(typed)?.[0] ?? '');
  const rest = typed.replace(NUMBER_SHAPE, ' ').trim();
  const [, first = '', behind = ''] =
    /^(?:(?:an?|the|my|next|last)\s+)*([A-Za-z]+)\b(?:\s+(?:meeting|check-in|session|review)\b)?[\s:;,.]*(?:for\b|on\b|of\b)?\s*(.*)$/isu.exec(
      rest,
    ) ?? [];
  const kind = meetingKindOf(first);
  return kind && { kind, number, day: behind.trim() === '' ? null : behind.trim() };
}

/** The day named in `words` that is nearest to `today`, before or behind; null when none is named. */
export function readDayNear(words: string, today: LocalDate): LocalDate | null {
  const ahead = readDate(words, today);
  const behind = readDate(words, addDays(today, -HALF_A_YEAR));
  if (!ahead.ok) return null;
  const isBehind = behind.ok && behind.value < today;
  return isBehind && daysBetween(behind.value, today) <= daysBetween(today, ahead.value)
    ? behind.value
    : ahead.value;
}

/** Up to three times with `or` or `;` between, as a dialog's fields `time1` to `time3`; the first stands there also when it is empty. */
export function severalTimes(rest: string): Record<string, string> {
  const parts = rest
    .split(/;|\bor\b/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .slice(0, 3);
  return Object.fromEntries(
    (parts.length > 0 ? parts : ['']).map((part, place) => [`time${place + 1}`, part]),
  );
}
