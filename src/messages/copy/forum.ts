/** What is said to whoever imports the forum's date. */
import type { Meeting } from '../../domain/meeting.ts';
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

export const forumPast = (at: Date): Message => say(line`${time(at)} has passed, so nothing was imported.`);

export const forumOver = (): Message => say("That month's forum was held already, so nothing was changed.");

export const forumNotAllowed = (): Message =>
  say('Only the ISPG team and the Government Task Lead can import the forum, so nothing was changed.');
