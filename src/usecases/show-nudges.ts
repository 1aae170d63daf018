/** `nudges`: what somebody has in hand now, with the numbers by which they say what happens to a line. */
import { openLines } from '../domain/nudge-day.ts';
import { continued, newList } from '../domain/nudge-list.ts';
import { nudgesNow } from '../messages/copy/nudge.ts';
import { linesOf } from './nudge-lines.ts';
import { keepList, readerOf } from './nudge-list.ts';
import { nudgeDayOf } from './nudge-people.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** Also on a day off and when there is nothing. Numbers of the last message stay; what is new stands behind. */
export async function showNudges(work: Work): Promise<Answer> {
  const { person } = work;
  const day = await nudgeDayOf(work, person);
  const lines = openLines(await linesOf(work, person, day.today), day.today);
  const { list } = await keepList(work, person.id, (before) =>
    before?.key ? continued(before, lines) : newList(null, lines),
  );
  return answerPrivately(nudgesNow(list, readerOf(work, person.id, day, list)));
}
