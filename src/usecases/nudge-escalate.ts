/** Others hear of a line that stays open after its due day, each once (features reference 2.3, "Escalation ladder"). */
import { isBusinessDay } from '../domain/calendar.ts';
import type { Engagement } from '../domain/engagement.ts';
import { morningOf, writtenOn } from '../domain/morning.ts';
import type { ItemLine } from '../domain/nudge.ts';
import { daysLate, type Rung, rungsOf } from '../domain/nudge-ladder.ts';
import { lineLate, lineLateInChannel } from '../messages/copy/nudge-news.ts';
import { NUDGE_LADDER } from '../offerings/programme-timers.ts';
import type { Nudging } from './nudge-lines.ts';
import { peopleOfParty } from './nudge-people.ts';
import { tellChannel, tellPeople } from './tell.ts';
import { programmeToday } from './work.ts';

/**
 * Writes what has not been said of these lines: to people when the day begins, so that it is part of their message of the day, to the
 * channel for the morning. Nothing on a day off. Safe to repeat: each rung of a line is said once, also when its day moves.
 */
export async function tellLate(
  work: Nudging,
  engagement: Engagement,
  lines: readonly ItemLine[],
): Promise<void> {
  const { calendar } = work.programme;
  const today = programmeToday(work);
  if (!isBusinessDay(today, calendar)) return;
  for (const line of lines)
    for (const rung of line.part === null ? rungsOf(line, NUDGE_LADDER, today, calendar) : [])
      await tellRung(work, engagement, line, rung);
}

async function tellRung(work: Nudging, engagement: Engagement, line: ItemLine, rung: Rung): Promise<void> {
  const { engagementId, personId, key: item } = line.about;
  const { calendar, timeZone } = work.programme;
  const today = programmeToday(work);
  const late = daysLate(line, today, calendar);
  const telling = {
    key: `late:${engagementId}:${personId}:${item}:${line.reopened}:${rung.businessDays}`,
    kind: 'escalation',
    urgency: 'routine',
    stillTrue: { kind: 'item-open', engagementId, personId, item, reopened: line.reopened },
  } as const;
  if (rung.tells === 'ispg-channel') {
    const message = lineLateInChannel(line, late);
    await tellChannel(work, 'ispg', { ...telling, message, dueAt: morningOf(today, timeZone) });
    return;
  }
  const holders = new Set(await peopleOfParty(work, engagement, line.party));
  const readers = await peopleOfParty(work, engagement, rung.tells);
  await tellPeople(
    work,
    readers.filter((id) => !holders.has(id)),
    { ...telling, message: lineLate(line, late), dueAt: writtenOn(today, timeZone) },
  );
}
