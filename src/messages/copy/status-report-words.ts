/** The numbers of the weekly status report in words, the same in chat, PDF and CSV; and the words it drafts itself (domain reference 6.3). */
import type { StandingKind } from '../../domain/card-forecast.ts';
import type { RequestNumber } from '../../domain/ids.ts';
import type { NoteWords } from '../../domain/status-note.ts';
import type {
  BlockerFacts,
  EndRow,
  OnboardingRow,
  StatusReport,
  TrainingRow,
  TrainingState,
} from '../../domain/status-report.ts';
import type { ReportWords } from '../../domain/status-report-kept.ts';
import { type LocalDate, sayShortDate } from '../../domain/time.ts';
import { PARTY_NAMES } from './gate-words.ts';

/** "Wed, Jan 20, 2027": days of a report are read years later. */
export const dayWords = (on: LocalDate): string => `${sayShortDate(on)}, ${on.slice(0, 4)}`;

/** All that is said of a person: name and role. */
export const personWords = ({ name }: { readonly name: string }): string => `${name}, Service ISSO`;

export const STANDING_WORDS: Readonly<Record<StandingKind, string>> = {
  ready: 'ready',
  'on-track': 'on track',
  'at-risk': 'at risk',
  late: 'late',
};

export const TRAINING_WORDS: Readonly<Record<TrainingState, string>> = {
  overdue: 'overdue',
  due: 'due',
  done: 'done',
  'not-dated': 'no due day yet',
};

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

/** "CMS personnel security 12 days, the contractor 3 days": on how many days each party had a line in hand. */
export const heldWords = ({ heldDays }: OnboardingRow): string =>
  heldDays.length === 0
    ? 'none'
    : heldDays.map((each) => `${PARTY_NAMES[each.party]} ${days(each.days)}`).join(', ');

export const blockedWords = ({ blocked }: OnboardingRow): string =>
  blocked.length === 0 ? 'none' : blocked.join(', ');

/** "day 23 of 60, 48% done, on track, forecast ready Wed, Jan 20, 2027" */
export const progressWords = (row: OnboardingRow, goalDays: number): string =>
  `day ${row.daysUsed} of ${goalDays}, ${row.percent}% done, ${STANDING_WORDS[row.standing]}, forecast ready ${dayWords(row.readyOn)}`;

/** "done on …, due again by …", "overdue since …" */
export function trainingWords({ state, doneOn, dueOn }: TrainingRow): string {
  const done = doneOn === null ? '' : `done on ${dayWords(doneOn)}`;
  const last = done === '' ? '' : ` (last ${done})`;
  const due = dueOn === null ? '' : dayWords(dueOn);
  switch (state) {
    case 'overdue':
      return `overdue since ${due}${last}`;
    case 'due':
      return `due${last === '' ? '' : ' again'} by ${due}${last}`;
    case 'done':
      return due === '' ? done : `${done}, due again by ${due}`;
    case 'not-dated':
      return 'no due day yet';
    default:
      return state satisfies never;
  }
}

export function endWords({ what, endOn }: EndRow): string {
  const on = endOn === null ? 'no last day yet' : `last day ${dayWords(endOn)}`;
  const says = { ends: on, 'under-review': `extension under review, ${on}`, ending: `off-boarding, ${on}` };
  return says[what];
}

export function blockerWords({ raisedOn, waitsFor }: BlockerFacts): string {
  const waits = { gtl: 'the Government Task Lead has it', person: 'somebody was asked to answer' };
  return `open since ${dayWords(raisedOn)}; ${waitsFor === null ? 'answered, waits for whoever raised it' : waits[waitsFor]}`;
}

/** The records behind a number, as they are typed. */
export const recordWords = (records: readonly RequestNumber[]): string => records.join(', ');

/** A note with whose it is and in which engagements they work. */
export interface WrittenNote {
  readonly name: string;
  readonly numbers: readonly RequestNumber[];
  readonly words: NoteWords;
}

/** The words of the report: the contractor lead's where they wrote some, else what follows from numbers and notes. */
export interface SaidWords {
  readonly risks: readonly string[];
  readonly help: readonly string[];
  readonly remarks: readonly string[];
}

/** The same numbers, notes and edits give the same words. */
export const saidWords = (
  numbers: StatusReport,
  notes: readonly WrittenNote[],
  edited: ReportWords,
): SaidWords => ({
  risks: edited.risks === null ? draftedRisks(numbers) : [edited.risks],
  help: edited.help === null ? draftedHelp(notes) : [edited.help],
  remarks: [...leadRemarks(edited), ...noteRemarks(notes, edited)],
});

function draftedRisks({ onboarding, training }: StatusReport): readonly string[] {
  const late = onboarding.flatMap((row) => {
    const isWell = row.standing === 'on-track' || row.standing === 'ready';
    if (isWell && row.blocked.length === 0) return [];
    const blocked = row.blocked.length === 0 ? '' : ` Blocked: ${blockedWords(row)}.`;
    return [
      `${row.number}, ${personWords(row)}: ${STANDING_WORDS[row.standing]}, forecast ready ${dayWords(row.readyOn)}.${blocked}`,
    ];
  });
  const untrained = training
    .filter(({ state }) => state === 'overdue')
    .map(
      (row) => `${recordWords(row.records)}, ${personWords(row)}: role-based training ${trainingWords(row)}.`,
    );
  return [...late, ...untrained];
}

const draftedHelp = (notes: readonly WrittenNote[]): readonly string[] =>
  notes.flatMap(({ name, words }) => (words.help === '' ? [] : [`${name}: ${words.help}`]));

const leadRemarks = ({ remarks }: ReportWords): readonly string[] =>
  Object.entries(remarks)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([number, words]) => `${number}: ${words}`);

/** What a Service ISSO wrote stands as it is, until the lead says something of an engagement of theirs. */
const noteRemarks = (notes: readonly WrittenNote[], { remarks }: ReportWords): readonly string[] =>
  notes
    .filter(({ numbers }) => !numbers.some((number) => remarks[number] !== undefined))
    .flatMap(({ name, words }) => {
      const said = [
        ...(words.wentOn === '' ? [] : [sentence(words.wentOn)]),
        ...(words.blockers === '' ? [] : [sentence(`In the way: ${words.blockers}`)]),
      ];
      return said.length === 0 ? [] : [`${name}: ${said.join(' ')}`];
    });

/** With a full stop, where its writer left it out. */
const sentence = (words: string): string => (/[.!?\u2026]$/u.test(words) ? words : `${words}.`);
