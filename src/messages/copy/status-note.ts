/** What a Service ISSO is asked for the weekly status report, and what they wrote. */
import {
  answerIn,
  NOTE_PARTS,
  type NotePart,
  type NoteWords,
  type StatusNote,
} from '../../domain/status-note.ts';
import type { ReportWeek } from '../../domain/status-report-week.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { line, theirs, time } from '../inline.ts';
import {
  type Block,
  card,
  type DialogPage,
  fact,
  facts,
  type Message,
  note,
  paragraph,
  say,
} from '../message.ts';
import { noSensitiveData } from './mends.ts';
import { typedDay } from './status-report.ts';

const LABELS: Readonly<Record<NotePart, string>> = {
  wentOn: 'What went on?',
  blockers: 'What is in the way?',
  help: 'What help do you want from the Government Task Lead?',
};

const TYPED = 'note what went on; in the way: \u2026; help: \u2026';

const writeButton = ({ friday }: ReportWeek, label: string): Button =>
  button('note', label, { verb: 'report.note', subject: friday }, TYPED, { opensDialog: true });

const READERS = 'The contract lead reads it and puts it into the report to the GTL and the COR.';

/** Asks for it; `again` for the one reminder. What came before the question stands in it. */
export const noteRequest = (week: ReportWeek, again: boolean, own: StatusNote | null): Message =>
  card(
    again ? 'Reminder: your note for the weekly status report' : 'Your note for the weekly status report',
    [
      paragraph(
        line`What went on in your onboarding, training and work this week? What is in the way, what help do you want? A few words are enough. The report is due ${time(week.dueAt)}.`,
      ),
      ...earlyBlocks(week, own),
      note(READERS),
    ],
    [
      writeButton(week, 'Write my note'),
      button('nothing', 'Nothing new', { verb: 'report.nothing', subject: week.friday }, 'note nothing new'),
    ],
  );

/** What came late for another week, or before the question: it stays beside the answer. */
const earlyBlocks = (week: ReportWeek, own: StatusNote | null): readonly Block[] =>
  (own?.early ?? []).flatMap(({ of, words }) => [
    paragraph(
      of === week.friday
        ? 'You wrote this before I asked; it is for this report as well:'
        : `You wrote this late for the week of ${typedDay(of)}; it is for this report as well:`,
    ),
    facts(rowsOf(words)),
  ]);

/** A note as its writer sees it. */
interface OwnNote {
  /** The week of the report for which is written now. */
  readonly week: ReportWeek;
  readonly own: StatusNote | null;
  /** The present week, whose report is submitted; null where it is not. */
  readonly missed: ReportWeek | null;
  /** What they answered for that one. */
  readonly before: NoteWords | null;
  /** There is something that their next words would take the place of. */
  readonly isWritten: boolean;
}

/** What stands there, or that nothing does yet. */
export function ownNote({ week, own, missed, before, isWritten }: OwnNote): Message {
  const answer = answerIn(own);
  const isEmpty = answer === null && (own?.early ?? []).length === 0;
  return card(
    'Your note for the weekly status report',
    [
      ...(missed === null
        ? []
        : [
            paragraph(
              line`${submitted(missed)}. ${before === null ? 'You had not written anything for it.' : 'This was your note for it:'}`,
            ),
            ...(before === null ? [] : [facts(rowsOf(before))]),
          ]),
      paragraph(
        line`${missed === null ? '' : 'What you write now is for the next one. '}Week of ${typedDay(week.friday)}; the report is due ${time(week.dueAt)}.`,
      ),
      ...earlyBlocks(week, own),
      ...(answer === null ? [] : [facts(rowsOf(answer))]),
      ...(isEmpty ? [paragraph('You have not written anything yet.')] : []),
      note(READERS),
    ],
    [writeButton(missed ?? week, isWritten ? 'Change my note' : 'Write my note')],
  );
}

const submitted = ({ friday }: ReportWeek): string =>
  `The report for the week of ${typedDay(friday)} is submitted already`;

/** What was kept, and for which report. */
interface KeptNote extends Pick<OwnNote, 'week' | 'missed' | 'own'> {
  readonly words: NoteWords;
  /** It answers the question of its week; else that one is still asked, or was. */
  readonly isAnswer: boolean;
}

export const noteKept = ({ week, missed, words, isAnswer, own }: KeptNote): Message =>
  card(
    'Your note is kept',
    [
      facts(rowsOf(words)),
      note(
        line`${missed === null ? '' : `${submitted(missed)}, so your note is kept for the next one. `}It is for the report of the week of ${typedDay(week.friday)}, due ${time(week.dueAt)}. ${beside(week, isAnswer, own)}You can change it until the report is submitted.`,
      ),
    ],
    [writeButton(missed ?? week, 'Change my note')],
  );

/** What else of theirs is in the same report. */
function beside(week: ReportWeek, isAnswer: boolean, own: StatusNote | null): string {
  if (isAnswer)
    return (own?.early ?? []).length === 0 ? '' : 'What you wrote before stands there beside it. ';
  if (answerIn(own) !== null) return 'It stands there beside what you answered for that week. ';
  return `It is no answer for that week: its question comes on ${sayLocalDate(week.askOn)} all the same, and your answer stands beside it. `;
}

/** To whoever has nothing new for a week whose report is submitted: there is nothing to keep. */
export const nothingLate = (missed: ReportWeek, next: ReportWeek): Message =>
  say(
    line`Thank you. ${submitted(missed)}, so there is nothing to keep. The next one is for the week of ${typedDay(next.friday)}.`,
  );

const rowsOf = (words: NoteWords) =>
  NOTE_PARTS.map((part) => fact(LABELS[part], words[part] === '' ? 'Left out' : [theirs(words[part])]));

/** `week`: for which is written; `counts`: that of the report in which it comes. */
export const noteDialog = (week: ReportWeek, counts: ReportWeek, words: NoteWords | null): DialogPage => ({
  title: 'Your weekly note',
  intro: [
    line`It is for the report of the week of ${typedDay(counts.friday)}. ${READERS} You can leave out what does not apply.`,
    noSensitiveData(),
  ],
  fields: NOTE_PARTS.map((part) => ({
    id: part,
    label: LABELS[part],
    kind: 'long-text',
    required: false,
    maxLength: 1000,
    ...(words === null || words[part] === '' ? {} : { value: words[part] }),
  })),
  sendLabel: 'Send',
  press: { verb: 'report.note', subject: week.friday },
});

export const NOTHING_IN_NOTE = 'Please write something in one of the fields, or press Nothing new.';
export const noteExample = 'note Fingerprints are booked; in the way: no laptop yet; help: none';

/** The week is long over. */
export const noteTooLate = (week: ReportWeek): Message =>
  say(
    line`Nothing was kept: the report for the week of ${typedDay(week.friday)} takes no more notes. What is new belongs into the next one: type \`note\` with it, or wait until I ask you.`,
  );
