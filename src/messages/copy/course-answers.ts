/** What is said to somebody who said something of a course: what was noted, or why nothing was (domain reference 5.1). */
import { type LocalDate, sayLocalDate, sayShortDate } from '../../domain/time.ts';
import type { Course } from '../../domain/training-course.ts';
import type { Choice, CourseNote, CourseRefusal } from '../../domain/training-record.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { bullets, type Message, note, paragraph, say } from '../message.ts';

/** How a course stands; `sees` leaves out what its reader may not see. */
export function courseStateWords(
  { state, choice, attendedOn, hours }: CourseNote,
  sees: { readonly references: boolean; readonly words: boolean },
): Line {
  const chosen = choice !== null && sees.words ? ` Answered: ${choice}.` : '';
  switch (state.is) {
    case 'open': {
      const [first] = attendedOn;
      const days = first === undefined ? '' : ` There on ${attendedOn.map(sayShortDate).join(' and ')}.`;
      return line`Open.${days}${chosen}`;
    }
    case 'done': {
      const on = `${sayShortDate(state.on)}, ${state.on.slice(0, 4)}`;
      if (choice !== null && sees.words) return line`Answered on ${on}: ${choice}.`;
      const reference = sees.references && state.reference !== null;
      const worked = sees.words && hours !== null ? `, ${hours} hours` : '';
      return line`Done on ${on}${worked}${reference ? line` (reference ${theirs(state.reference ?? '')})` : ''}.`;
    }
    case 'not_needed':
      return sees.words
        ? line`Not needed: ${theirs(state.why)}${/[.!?\u2026]$/u.test(state.why) ? '' : '.'}`
        : line`Not needed.`;
    default:
      return state satisfies never;
  }
}

const AFTER_CHOICE: Readonly<Record<Choice, string>> = {
  yes: 'Sign up with the link; your lead sees it.',
  no: 'You can change your mind at any time.',
  later: 'I do not ask again; say yes or no when you know.',
};

/** To whoever said it. `of`: settled required courses and all of them. */
export function courseSaved(
  course: Course,
  saved: CourseNote,
  of: { readonly settled: number; readonly all: number },
  whose: string | null,
): Message {
  const words = courseStateWords(saved, { references: true, words: true });
  const next = saved.choice === null ? '' : ` ${AFTER_CHOICE[saved.choice]}`;
  const about = whose === null ? line`` : line` of ${theirs(whose)}`;
  return say(
    line`Noted in the training record${about}: ${strong(course.name)}. ${words}${next} ${String(of.settled)} of ${String(of.all)} required courses are settled.`,
  );
}

/** Why nothing was noted, and what would be. */
export function courseRefused(
  course: Course,
  typed: string,
  refusal: CourseRefusal,
  saved: CourseNote,
): Message {
  const why = ((): string => {
    switch (refusal.code) {
      case 'still-to-come':
        return 'that day is still to come. Say it once it has happened.';
      case 'done-since':
        return 'a later day is noted already, and the newest counts.';
      case 'reference-needed':
        return `it counts as done with a reference. Type \`course ${typed} done ref CERT-1\`; the number only, never a document.`;
      case 'not-open':
        return `it is settled already. To open it again, type \`course ${typed} not done\`.`;
      case 'is-open':
        return `it is open. Type \`course ${typed} done\` when you have taken it.`;
      case 'said-otherwise':
        return otherwise(course, typed);
      default:
        return refusal satisfies never;
    }
  })();
  return say(
    line`Nothing was changed for ${strong(course.name)}: ${why}${saved.state.is === 'done' ? ` It was done on ${sayLocalDate(saved.state.on)}.` : ''}`,
  );
}

function otherwise({ proof, pace }: Course, typed: string): string {
  if (proof === 'areas')
    return 'a scorecard is filled in by area. Type `scorecard` to open it, or six levels from 0 to 4 behind it, such as `scorecard 2 1 2 3 2 1`.';
  if (proof === 'choice') return `please answer \`course ${typed} yes\`, \`no\` or \`later\`.`;
  return pace === 'self-paced'
    ? `it is taken at any time. Type \`course ${typed} done\` when you have taken it.`
    : `please say when you were there: \`course ${typed} attended 12/17/2026\`.`;
}

/** Nobody but the contract lead and the Government Task Lead drops a course, and one that is a line of the card is dropped there. */
export const courseNotTheirs = (course: Course): Message =>
  say(
    line`Nothing was changed for ${strong(course.name)}: that is not open to you. A Service ISSO says what they have done themselves, the contractor keeps the record, and only a contract lead or the Government Task Lead says that a course is not needed.`,
  );

/** For a course that the Information Card has as a line. */
export const courseOnCard = (course: Course, number: string, item: string, how: string): Message =>
  say(
    line`Nothing was changed for ${strong(course.name)}: it is a line of the Information Card, and that decides. Type \`item ${number} ${item} ${how}\`; the course follows.`,
  );

const EXAMPLES: readonly string[] = [
  '`course toolkit done`',
  '`course cfacts done on 12/3/2026 ref CERT-1`',
  '`course mentorship later`',
  '`course forum attended 12/17/2026`',
];

/** How to say something of a course, and what the courses are called. */
export const courseHelp = (why: string, courses: readonly Course[]): Message => ({
  blocks: [
    paragraph(why),
    bullets(EXAMPLES),
    note(
      `The courses: ${courses.map(({ name }, index) => `${index + 1} ${name}`).join('; ')}. A number or a short word such as "cfacts" will do. Type \`courses\` for yours.`,
    ),
  ],
  buttons: [],
});

export const NO_COURSE = 'Nothing was changed: please name the course first, then what you say of it.';
export const courseUnread = (name: string): string =>
  `Nothing was changed: please say how "${name}" stands, for example:`;
export const COURSE_DAY =
  'Nothing was changed: please give the day, such as "on 12/3/2026", and the reference behind "ref".';
export const COURSE_WHY = 'Nothing was changed: please say behind "not needed" why.';

/** To somebody who has no training record. */
export const noTraining = (): Message =>
  say(
    'You have no training record: one is kept for each Service ISSO. Type `courses of` and a name for somebody else\u2019s.',
  );

/** The same words for somebody who is not there and for a record that is not to be seen. */
export const noTrainingOf = (name: string): Message =>
  say(
    line`I can\u2019t show a training record of "${theirs(name)}" to you: there is none, or you do not have access. Please write the name as it stands in the list.`,
  );

/** The first days of a course with set dates, in place of those before; `dropped`: which of those stand no more. */
export function courseDatesKept(
  course: Course,
  starts: readonly LocalDate[],
  dropped: readonly LocalDate[],
  retold: number,
): Message {
  const days =
    starts.length === 0
      ? 'no dates are known any more'
      : `it begins on ${starts.map(sayLocalDate).join('; ')}`;
  const told =
    retold === 0
      ? 'Nothing changes for anybody in onboarding.'
      : `${retold} ${retold === 1 ? 'onboarding is' : 'onboardings are'} affected; the Service ISSOs and the contract leads hear of it.`;
  const gone =
    dropped.length === 0
      ? ''
      : ` This list replaces the one before: ${dropped.map(sayLocalDate).join('; ')} ${dropped.length === 1 ? 'is' : 'are'} no longer in it. If that was not meant, give all days again in one list.`;
  return say(line`Noted for ${strong(course.name)}: ${days}.${gone} ${told}`);
}

/** These days are noted already. */
export const courseDatesSame = (course: Course, starts: readonly LocalDate[]): Message =>
  say(
    line`Nothing was changed for ${strong(course.name)}: ${starts.length === 0 ? 'no dates are known' : 'these days are noted already'}.`,
  );

/** Days that are over. */
export const courseDatesPast = (past: readonly LocalDate[]): Message =>
  say(
    `Nothing was changed: ${past.map(sayLocalDate).join('; ')} ${past.length === 1 ? 'is' : 'are'} over. Please give all days that are still to come, in one list; it replaces the one before.`,
  );

export const courseDatesShown = (course: Course, starts: readonly LocalDate[]): Message =>
  say(
    starts.length === 0
      ? line`I know no dates of the ${strong(course.name)}. ISPG and the Government Task Lead set them: \`course dates bootcamp 9/10/2027, 12/2/2027\`.`
      : line`${strong(course.name)} begins on ${starts.map(sayLocalDate).join('; ')}.`,
  );

export const courseDatesUnread = (): Message =>
  say(
    'Nothing was changed: please give the first day of each cohort, with its year, such as `course dates bootcamp 9/10/2027, 12/2/2027`, or `course dates bootcamp none`. At most 20 days; only the boot camp has set dates.',
  );
