/** Putting lines off: each comes again after so many business days of the reader, on its due day at the latest. */
import { isSettled, itemOf, withItem } from '../domain/card.ts';
import type { DeliveryKey } from '../domain/ids.ts';
import { type HeldLine, type ItemLine, isItemLine } from '../domain/nudge.ts';
import { type PutOffLine, putOff } from '../domain/nudge-day.ts';
import { numberedLines } from '../domain/nudge-list.ts';
import type { LocalDate } from '../domain/time.ts';
import {
  lineIsGone,
  partNotPutOff,
  putOffHow,
  putOffSaid,
  putOffWords,
} from '../messages/copy/nudge-news.ts';
import { SNOOZE_DAYS } from '../messages/copy/snooze.ts';
import type { Line } from '../messages/inline.ts';
import type { Message } from '../messages/message.ts';
import { record } from './change-engagement.ts';
import { snoozeCourse } from './course-done.ts';
import { keepCard } from './information-card.ts';
import { isMessage, mayChangeItem, openCard } from './item-rights.ts';
import { keptList } from './nudge-list.ts';
import { nudgeDayOf } from './nudge-people.ts';
import { afterCardChange, afterCourseChange } from './nudge-refresh.ts';
import type { Work } from './work.ts';

/** Says until when it is put off, or why it is not. */
export async function putLineOff(work: Work, line: HeldLine, days: number): Promise<Message> {
  if (!SNOOZE_DAYS.some((each) => each === days)) return putOffHow(null);
  if (isItemLine(line) && line.part !== null) return partNotPutOff(line);
  const made = await putOffOne(work, line, days);
  if (made === null) return lineIsGone(line);
  return 'blocks' in made ? made : putOffSaid(line, made);
}

/** Null for a line that needs nobody any more; a message where it is not this person's. */
export async function putOffOne(
  work: Work,
  line: HeldLine,
  days: number,
): Promise<PutOffLine | Message | null> {
  const until = putOff(line, days, await nudgeDayOf(work, work.person));
  const made = isItemLine(line)
    ? await putItemOff(work, line, until.until)
    : await putCourseOff(work, line.about.key, until.until);
  return made === true ? until : made === false ? null : made;
}

async function putCourseOff(work: Work, key: string, until: LocalDate): Promise<boolean> {
  const isOpen = await snoozeCourse(work, key, until);
  if (isOpen) await afterCourseChange(work, work.person.id);
  return isOpen;
}

async function putItemOff(work: Work, { about }: ItemLine, until: LocalDate): Promise<boolean | Message> {
  const opened = await openCard(work, about.number);
  if (isMessage(opened)) return opened;
  const item = itemOf(opened.card, about.key);
  const isTheirs = opened.personId === about.personId && mayChangeItem(work, opened, about.key);
  if (!item || isSettled(item) || !isTheirs) return false;
  await keepCard(work, opened, withItem(opened.card, { ...item, snoozedUntil: until }));
  await record(work, opened.engagement, {
    verb: 'card.put-off',
    from: opened.engagement.state,
    to: opened.engagement.state,
    facts: { person: opened.personId, item: about.key, until },
  });
  await afterCardChange(work, opened.engagement);
  return true;
}

/** All open lines of the nudge that was sent with `key`, each by itself; when each is said again. None once another one came. */
export async function putNudgeOff(work: Work, key: DeliveryKey, days: number): Promise<readonly Line[]> {
  const list = await keptList(work, work.person.id);
  if (list?.key !== key) return [];
  const said: Line[] = [];
  for (const { line } of numberedLines(list)) {
    // The part that is somebody's own word is not put off.
    if (line.part !== null) continue;
    const made = await putOffOne(work, line, days);
    if (made !== null && !('blocks' in made)) said.push(putOffWords(line, made));
  }
  return said;
}
