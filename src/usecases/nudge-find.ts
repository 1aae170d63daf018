/** Which line somebody means: by its button, by its number in the list they were shown last, or by its name. */
import { type HeldLine, type ItemLine, isItemLine, isSameLine } from '../domain/nudge.ts';
import { COURSE_SUBJECT } from '../messages/copy/nudge-buttons.ts';
import { lineIsGone, noSuchLine, notInHand, severalLines } from '../messages/copy/nudge-news.ts';
import type { Message } from '../messages/message.ts';
import { workflowsOf } from '../offerings/catalogue.ts';
import { newestTemplate } from '../offerings/offering.ts';
import { courseNamed } from './course-words.ts';
import { itemNamed } from './item-words.ts';
import { elsewhere } from './nudge-elsewhere.ts';
import { courseLines, linesIn, linesOf, readersOf } from './nudge-lines.ts';
import { keptList } from './nudge-list.ts';
import { nudgeDayOf } from './nudge-people.ts';
import type { Work } from './work.ts';

/** A line, and what was typed behind its name or number. */
export interface FoundLine {
  readonly line: HeldLine;
  readonly rest: string;
}

/** The line of a button, as it is now; words where it is in somebody else's hands. */
export async function pressedLine(work: Work, subject: string, key: string): Promise<HeldLine | Message> {
  const { tx, person } = work;
  if (subject === COURSE_SUBJECT) {
    const { today } = await nudgeDayOf(work, person);
    return (await courseLines(work, person.id, today)).find(({ about }) => about.key === key) ?? notInHand();
  }
  const engagement = await tx.engagements.byNumber(subject);
  if (!engagement) return notInHand();
  const readers = await readersOf(work, engagement, await linesIn(work, engagement));
  return readers.get(person.id)?.find(({ about, part }) => about.key === key && part === null) ?? notInHand();
}

/** By the number in the list; words where there is no such line, or it is gone. What is put off is still theirs. */
export async function placedLine(work: Work, place: number, rest: string): Promise<FoundLine | Message> {
  const listed = (await keptList(work, work.person.id))?.lines[place - 1];
  if (!listed) return noSuchLine(place);
  if (listed.isOpen) return { line: listed.line, rest };
  const { today } = await nudgeDayOf(work, work.person);
  const own = await linesOf(work, work.person, today);
  const line = own.find((each) => isSameLine(each, listed.line));
  return line ? { line, rest } : lineIsGone(listed.line);
}

/** The line of any offering's cards that the words begin with; the first of the catalogue that has one. */
function namedInAny({ programme }: Work, words: string) {
  for (const offering of workflowsOf(programme.catalogue)) {
    const named = itemNamed(newestTemplate(offering), words);
    if (named) return named;
  }
  return null;
}

/**
 * By a name of the line at the beginning of the words; words that say where it stands when they see it and it is not in their hands;
 * null for anything else.
 */
export async function namedLine(work: Work, words: string): Promise<FoundLine | Message | null> {
  const named = namedInAny(work, words);
  const course = courseNamed(words);
  if (!named && !course) return null;
  const { today } = await nudgeDayOf(work, work.person);
  const own = await linesOf(work, work.person, today);
  const found = own.filter(
    (line): line is ItemLine => isItemLine(line) && line.about.key === named?.item.key && line.part === null,
  );
  const [only] = found;
  if (named && only) return found.length > 1 ? severalLines(found) : { line: only, rest: named.rest };
  const line = own.find(({ about }) => about.kind === 'course' && about.key === course?.course.key);
  if (line && course) return { line, rest: course.rest };
  return named ? elsewhere(work, named.item.key) : null;
}
