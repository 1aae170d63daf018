/** Buttons, dialogs and typed words of nudges: `nudges`, `done 2 ref TICKET-1`, `not yet 2 for 3 days`, `ready ISSO-2026-0042`. */
import type { RawValues } from '../domain/field.ts';
import { findRequestNumber } from '../domain/ids.ts';
import { type HeldLine, isItemLine } from '../domain/nudge.ts';
import { numberedLines } from '../domain/nudge-list.ts';
import {
  isNudgesWish,
  isVerbAlone,
  NUDGE_VERBS,
  type NudgeVerb,
  readDaysOff,
  readNudge,
} from '../forms/read-nudge.ts';
import type { ButtonPress } from '../messages/button.ts';
import {
  courseDoneHow,
  doneElsewhere,
  noCourseState,
  putOffAlready,
  putOffHow,
  whichLine,
} from '../messages/copy/nudge-news.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { type Message, say } from '../messages/message.ts';
import { courseKeyed } from '../offerings/curriculum.ts';
import { typeItem } from './change-item.ts';
import { sayOfCourse } from './course-say.ts';
import { readCourse } from './course-words.ts';
import { sensitiveKinds } from './guard.ts';
import { currentIntake } from './intake-context.ts';
import { pressNudge, submitNudge } from './nudge-act.ts';
import { type FoundLine, namedLine, placedLine } from './nudge-find.ts';
import { keptList } from './nudge-list.ts';
import { nudgeDayOf } from './nudge-people.ts';
import { putLineOff } from './nudge-put-off.ts';
import { sayNotReady, sayReady } from './nudge-ready.ts';
import { showNudges } from './show-nudges.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

export const NUDGE_PRESSED: readonly (readonly [string, Route])[] = [
  ['nudges.show', (work) => showNudges(work)],
  ['nudge.ready', (work, press) => sayReady(work, press.subject)],
  ...NUDGE_VERBS.map(
    (verb) => [`nudge.${verb}`, (work: Work, press: ButtonPress) => pressNudge(work, verb, press)] as const,
  ),
];

export const NUDGE_SUBMITTED: readonly (readonly [string, Route])[] = NUDGE_VERBS.map(
  (verb) =>
    [
      `nudge.${verb}`,
      (work: Work, press: ButtonPress, values: RawValues) => submitNudge(work, verb, press, values),
    ] as const,
);

const READY = /^(?:i am |i'm )?(not )?ready(?: for)?\s+([A-Za-z]{2,8}-20\d{2}-\d{1,6})[\s.!]*$/iu;

/** Null for anything else, also for a name that is none of a line in their hands. */
export async function routeNudge(work: Work, typed: string): Promise<Answer | null> {
  if (isNudgesWish(typed)) return showNudges(work);
  const [, not, named = ''] = READY.exec(typed.slice(0, 60)) ?? [];
  const ready = findRequestNumber(named);
  if (ready) return not === undefined ? sayReady(work, ready) : sayNotReady(work, ready);
  if (isVerbAlone(typed)) return askWhich(work);
  const read = readNudge(typed);
  if (!read) return null;
  const found =
    read.place === null ? await namedLine(work, read.words) : await placedLine(work, read.place, read.words);
  if (found === null) return null;
  // While a form asks something, and in a channel, only what names an open line is meant.
  if (isWords(found)) return (await isTalk(work)) ? null : answerPrivately(found);
  const kinds = sensitiveKinds(found.rest);
  if (kinds.length > 0) return answerPrivately(sensitiveText(kinds));
  return act(work, read.verb, found, read.place);
}

const isWords = (found: FoundLine | Message): found is Message => 'blocks' in found;

/** The words may be an answer to a form, or be said to others. */
const isTalk = async (work: Work): Promise<boolean> =>
  work.from.channel !== null || (await currentIntake(work))?.record.status === 'open';

/** The lines to choose from, and how one of them is said. */
async function askWhich(work: Work): Promise<Answer | null> {
  if (await isTalk(work)) return null;
  const shown = await showNudges(work);
  const list = await keptList(work, work.person.id);
  return list && numberedLines(list).length > 0 ? { ...shown, say: [whichLine(), ...shown.say] } : shown;
}

async function act(
  work: Work,
  verb: NudgeVerb,
  { line, rest }: FoundLine,
  place: number | null,
): Promise<Answer> {
  if (verb === 'not-yet') {
    const { today } = await nudgeDayOf(work, work.person);
    if (rest === '' && line.snoozedUntil !== null && line.snoozedUntil > today)
      return answerPrivately(putOffAlready(line, line.snoozedUntil, place));
    const days = readDaysOff(rest);
    return answerPrivately(days === null ? putOffHow(place) : await putLineOff(work, line, days));
  }
  if (!isItemLine(line)) return sayOfLine(work, verb, line, rest);
  const { number, key } = line.about;
  if (line.part !== null)
    return verb === 'done' ? sayReady(work, number) : answerPrivately(doneElsewhere(line));
  // The card reads the rest as it reads its own lines.
  return typeItem(work, number, `${key} ${WORDS[verb]} ${rest}`.trim());
}

const WORDS: Readonly<Record<Exclude<NudgeVerb, 'not-yet'>, string>> = {
  done: 'done',
  blocked: 'blocked',
  waiting: 'waiting',
};

/** A course is done or not yet; what is said behind `done` is read as it is behind `course`. */
async function sayOfLine(work: Work, verb: NudgeVerb, line: HeldLine, rest: string): Promise<Answer> {
  const course = verb === 'done' ? courseKeyed(line.about.key) : undefined;
  if (!course) return answerPrivately(noCourseState(line));
  const read = readCourse(`done ${rest}`, programmeToday(work));
  if (read.kind !== 'said') return answerPrivately(courseDoneHow(course.key));
  const made = await sayOfCourse(work, work.person.id, course, read.said);
  return answerPrivately('errors' in made ? say(...Object.values(made.errors)) : made.say);
}
