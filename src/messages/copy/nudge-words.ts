/** One line of a nudge in words: what it is called, when it is due, for whom it waits, how to go about it. */
import { businessDaysBetween, type Calendar } from '../../domain/calendar.ts';
import type { PersonId } from '../../domain/ids.ts';
import { type ItemLine, isItemLine, type NudgeLine } from '../../domain/nudge.ts';
import { addDays, type LocalDate, sayShortDate } from '../../domain/time.ts';
import { type Line, line as lineOf, theirs } from '../inline.ts';
import { cut } from '../limits.ts';
import { PARTY_NAMES } from './gate-words.ts';

/** Characters of a reason that stand in a nudge; the card has all of it. */
const REASON = 120;

/** Whoever reads it: their day, the calendar by which lateness counts, and who they are, so that their own card needs no name. */
export interface NudgeReader {
  readonly today: LocalDate;
  readonly calendar: Calendar;
  readonly self: PersonId;
  /** They have lines of several engagements. */
  readonly hasSeveral: boolean;
}

/** What of the preparation list is one person's to say. */
const PARTS: Readonly<Record<string, string>> = {
  data_guardian: 'The Data Guardian is told and ready for the Service ISSO',
  cra: 'The Cyber Risk Advisor is told and ready for the Service ISSO',
};

/** "PIV card issued and activated" */
export const nameLine = ({ name, part }: NudgeLine): string => (part === null ? name : (PARTS[part] ?? name));

/** "due today. ISSO-2026-0042 (Claims Hub). It waits for the CMS badging office: please ask there." */
export function standsLine(line: NudgeLine, reader: NudgeReader): Line {
  const due = dueWords(line.dueOn, reader.today, reader.calendar);
  const item = isItemLine(line) ? line : null;
  const isOwn = item === null || (item.about.personId === reader.self && !reader.hasSeveral);
  const where = isOwn ? '' : lineOf` ${item.about.number} (${theirs(item.systemName)}).`;
  const more = item === null ? courseWords(line) : stateWords(item);
  return lineOf`${due}.${where}${more}`;
}

/** Where it is not done by saying so. */
const courseWords = (line: NudgeLine): string =>
  'done' in line && line.done === 'elsewhere' ? ' Answer it in your list: `courses`.' : '';

function stateWords(item: ItemLine): Line {
  if (item.blocked !== null)
    return lineOf` It is blocked: ${theirs(sentence(cut(item.blocked, REASON)))} Clear the way, then say for whom it waits.`;
  if (item.waitsFor !== null)
    return lineOf` It waits for ${PARTY_NAMES[item.waitsFor]}: please follow it up.`;
  const how = item.part === null ? HOW[item.about.key]?.(item.about.number) : undefined;
  return lineOf`${how === undefined ? '' : ` ${how}`}`;
}

/** Somebody's words with an end, so that ours can follow. */
export const sentence = (words: string): string => (/[.!?]$/u.test(words) ? words : `${words}.`);

/** Where a line is done that is not done by saying so. */
const HOW: Readonly<Record<string, (number: string) => string>> = {
  appointment_letter: (number) => `Sign it, then type \`sign letter ${number}\`.`,
  curriculum: () => 'Say it of each course: `courses`.',
  bo_prep: (number) => `Fill in the list: \`preparation ${number}\`.`,
  initial_meeting: (number) =>
    `Offer times: \`offer initial ${number}\`; once it was held: \`held initial ${number}\`.`,
  ready: (number) => `Confirm the start of work: \`activate ${number}\`.`,
};

/** "due today", "due Fri, Jan 8", "3 business days late" */
export function dueWords(dueOn: LocalDate, today: LocalDate, calendar: Calendar): string {
  if (dueOn === today) return 'Due today';
  if (dueOn > today) return dueOn === addDays(today, 1) ? 'Due tomorrow' : `Due ${sayShortDate(dueOn)}`;
  const late = businessDaysBetween(dueOn, today, calendar);
  if (late === 0) return `Was due ${sayShortDate(dueOn)}`;
  return `${late} business ${late === 1 ? 'day' : 'days'} late (was due ${sayShortDate(dueOn)})`;
}
