/** What is said to whoever imports the forum's date. */
import type { Meeting, Slot } from '../../domain/meeting.ts';
import type { UnusualTime } from '../../domain/slots.ts';
import {
  type LocalTime,
  localDate,
  localTime,
  sayLocalDate,
  sayLocalTime,
  sayTime,
} from '../../domain/time.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { type Message, say } from '../message.ts';

const EXAMPLE = 'Type it such as `import forum 2026-12-17 1pm Zero trust in practice`.';

const named = ({ title }: Meeting): Line =>
  title === null ? line`${strong('forum')}` : line`${strong('forum')} "${theirs(title)}"`;

/** What became of it. */
export function forumImported(meeting: Meeting, what: 'made' | 'moved' | 'same'): Message {
  const when = meeting.bookedFor ? line`${time(meeting.bookedFor.startsAt)}` : [];
  switch (what) {
    case 'made':
      return say(
        line`Imported: the ${named(meeting)} is on ${when}. It is in everybody's calendar feed, and I remind them before. To correct it, import it again.`,
      );
    case 'moved':
      return say(
        line`Corrected: the ${named(meeting)} is on ${when}. Everybody who knew another time is told.`,
      );
    case 'same':
      return say(line`I know that one already: the ${named(meeting)} is on ${when}. Nothing was changed.`);
    default:
      return what satisfies never;
  }
}

export const forumUnread = (why = 'I read no day and time in that.'): Message => say(`${why} ${EXAMPLE}`);

/** CMS sets the date, so it may be an unusual one; somebody who only mistyped it is asked first. Nothing was imported yet. */
export function forumUnusual(
  slot: Slot,
  unusual: readonly UnusualTime[],
  { title, zone }: { readonly title: string | null; readonly zone: string },
): Message {
  const at = `${localDate(slot.startsAt, zone)} ${typedTime(localTime(slot.startsAt, zone))}`;
  const named: Line = title === null ? [] : line` ${theirs(title)}`;
  return say(
    ...unusual.map((each) => unusualWords(each, slot, zone)),
    line`Import it all the same? Type \`import forum ${at}${named} anyway\`. Nothing was imported yet.`,
  );
}

function unusualWords(unusual: UnusualTime, { startsAt }: Slot, zone: string): string {
  switch (unusual.code) {
    case 'weekend':
      return `${sayLocalDate(unusual.on)} is on a weekend.`;
    case 'holiday':
      return `${sayLocalDate(unusual.on)} is ${unusual.name}, a federal holiday.`;
    case 'closure':
      return `The office is closed on ${sayLocalDate(unusual.on)} (${unusual.name}).`;
    case 'outside-hours':
      return `${sayTime(startsAt, zone)} is outside business hours, which are from ${sayLocalTime(unusual.hours.from)} to ${sayLocalTime(unusual.hours.to)}.`;
    default:
      return unusual satisfies never;
  }
}

/** As it is typed: "1pm", "2:30pm". */
const typedTime = (time: LocalTime): string =>
  sayLocalTime(time).replace(':00', '').replace(' ', '').toLowerCase();

export const forumPast = (at: Date): Message => say(line`${time(at)} has passed, so nothing was imported.`);

export const forumOver = (): Message => say("That month's forum was held already, so nothing was changed.");

export const forumNotAllowed = (): Message =>
  say('Only the ISPG team and the Government Task Lead can import the forum, so nothing was changed.');
