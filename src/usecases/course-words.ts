/** What people type about courses: which course, what is said of it, the evidence. */
import type { FieldErrors } from '../domain/field.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Course } from '../domain/training-course.ts';
import { CHOICES, type SaidOfCourse } from '../domain/training-record.ts';
import { CURRICULUM } from '../offerings/curriculum.ts';
import { readReason, referenceProblem, splitReference } from './evidence-words.ts';
import { readDayNear } from './meeting-words.ts';

const MOST_HOURS = 200;

/** The course that the words begin with: its number, key, name or another word for it; the longest that fits counts. */
export function courseNamed(words: string): { readonly course: Course; readonly rest: string } | null {
  const typed = words.trim();
  const folded = typed.toLowerCase();
  const named = CURRICULUM.flatMap((course, index) =>
    [course.key, course.key.replaceAll('_', ' '), course.name, ...course.alsoCalled, String(index + 1)].map(
      (name) => ({ course, name: name.toLowerCase() }),
    ),
  )
    .filter(({ name }) => folded === name || folded.startsWith(`${name} `) || folded.startsWith(`${name}:`))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  return named
    ? { course: named.course, rest: typed.slice(named.name.length).replace(/^[\s:]+/u, '') }
    : null;
}

/** `no-words`: a reason is missing. `no-day`: the day can't be read. `unread`: it is not clear what is said. */
type TypedCourse =
  | { readonly kind: 'said'; readonly said: SaidOfCourse }
  | { readonly kind: 'no-words' | 'no-day' | 'unread' };

const said = (of: SaidOfCourse): TypedCourse => ({ kind: 'said', said: of });

/** `done on 12/3/2026 ref CERT-1 8 hours`, `attended 12/17/2026`, `later`, `not needed because …`, `not done`. */
export function readCourse(rest: string, today: LocalDate): TypedCourse {
  const typed = rest.trim().replace(/\.$/u, '');
  const choice = CHOICES.find((each) => each === typed.toLowerCase());
  if (choice) return said({ to: 'choice', choice });
  if (/^(?:is |was )?(?:not done|open again|undo)$/iu.test(typed)) return said({ to: 'open' });
  const [notNeeded] = /^(?:is )?not needed\b/iu.exec(typed) ?? [];
  if (notNeeded !== undefined) {
    const why = typed
      .slice(notNeeded.length)
      .replace(/^[\s:,]+/u, '')
      .replace(/^because\b[\s:]*/iu, '');
    return why === '' ? { kind: 'no-words' } : said({ to: 'not_needed', why });
  }
  const [attended] = /^(?:was |i )?attended\b/iu.exec(typed) ?? [];
  if (attended !== undefined) {
    const on = dayIn(typed.slice(attended.length), today);
    return on === null ? { kind: 'no-day' } : said({ to: 'attended', on });
  }
  const [done] = /^(?:is |was )?(?:done|finished|completed?|taken)\b/iu.exec(typed) ?? [];
  return done === undefined ? { kind: 'unread' } : readDone(typed.slice(done.length), today);
}

const HOURS = /(?:^|\s)(\d{1,3}(?:\.\d)?) ?(?:hours?|hrs?)\b/iu;

function readDone(behind: string, today: LocalDate): TypedCourse {
  const found = HOURS.exec(behind)?.[1];
  const hours = found === undefined ? null : Number(found);
  const { reference, rest } = splitReference(behind.replace(HOURS, ' '));
  const on = dayIn(rest.join(' '), today);
  if (on === null || (hours !== null && hours > MOST_HOURS)) return { kind: 'no-day' };
  return said({ to: 'done', on, reference, hours });
}

/** The day in the words; today for none. */
function dayIn(words: string, today: LocalDate): LocalDate | null {
  const day = words.trim().replace(/^on\b\s*/iu, '');
  return day === '' ? today : readDayNear(day, today);
}

/** What is wrong with a reference or a reason, by field; null when they can be kept. */
export function courseErrors(of: SaidOfCourse): FieldErrors | null {
  if (of.to === 'done' && of.reference !== null) {
    const problem = referenceProblem(of.reference);
    return problem === null ? null : { reference: problem };
  }
  if (of.to !== 'not_needed') return null;
  const read = readReason(of.why);
  return read.ok ? null : { words: read.refusal };
}
