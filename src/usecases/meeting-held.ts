/** Finding meetings that were held, by typed words. */
import { mayMeeting } from '../domain/access.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import { addDays, instantOf, localDate } from '../domain/time.ts';
import { type Opened, openById, scopeOf } from './meeting-change.ts';
import { readDayNear, readNamedMeeting } from './meeting-words.ts';
import type { Work } from './work.ts';

/** The meeting that was held, of the kind, request and day in `words`, for whoever may read it; null when there was none. */
export async function openHeld(work: Work, words: string): Promise<Opened | null> {
  const meant = readNamedMeeting(words);
  const engagement = meant?.number ? await work.tx.engagements.byNumber(meant.number) : null;
  if (!meant || (meant.number && !engagement)) return null;
  const zone = work.programme.timeZone;
  const on = meant.day === null ? null : readDayNear(meant.day, localDate(work.now, zone));
  if (meant.day !== null && on === null) return null;
  const before = on ? instantOf(addDays(on, 1), '00:00', zone) : new Date(work.now.getTime() + 1);
  const held = await lastHeldOf(work, meant.kind, engagement?.id ?? null, before);
  if (!held || (on && held.heldOn !== on)) return null;
  // The same words for a record that is not theirs to read as for none.
  if (!mayMeeting(work.person, 'meeting.read', scopeOf(held), engagement)) return null;
  return openById(work, held.id, 'meeting.read');
}

/** The last meeting of a kind that was held before `before`, of a request or of the programme, planned by a cadence or not. */
export async function lastHeldOf(
  work: Pick<Work, 'tx' | 'now'>,
  kind: MeetingKind,
  engagementId: string | null,
  before: Date,
): Promise<Meeting | null> {
  const cadenceKey = engagementId ? `meeting:${kind}:${engagementId}` : `meeting:${kind}`;
  return work.tx.meetings.lastHeld(kind, engagementId, cadenceKey, before);
}
