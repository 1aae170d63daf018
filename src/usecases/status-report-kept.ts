/** Weekly status reports and the notes for them as they are kept: papers, a version for every change. */
import { z } from 'zod';
import { CARD_PARTIES } from '../domain/card-template.ts';
import { ENGAGEMENT_STATES } from '../domain/engagement-states.ts';
import type { PersonId } from '../domain/ids.ts';
import { nextVersion, type Paper } from '../domain/paper.ts';
import { countedWords, type NoteWords, type StatusNote } from '../domain/status-note.ts';
import type { StatusReport } from '../domain/status-report.ts';
import { type KeptReport, newReport, REPORT_STATES } from '../domain/status-report-kept.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Work } from './work.ts';

const REPORT = 'status-report';
const NOTE = 'status-note';
/** Rises when a change makes old ones mean something else. */
const VERSION = 1;

const mark = z.object({ byId: z.string(), at: z.coerce.date() });
const day = z.iso.date();
const words = z.array(z.string());
const person = { personId: z.string(), name: z.string() };
const numbersSchema: z.ZodType<StatusReport> = z.object({
  today: day,
  states: z.array(z.object({ state: z.enum(ENGAGEMENT_STATES), records: words })),
  onboarding: z.array(
    z.object({
      ...person,
      number: z.string(),
      percent: z.number(),
      next: z.string().nullable(),
      blocked: words,
      readyOn: day,
      daysUsed: z.number(),
      standing: z.enum(['ready', 'on-track', 'at-risk', 'late']),
      heldDays: z.array(z.object({ party: z.enum(CARD_PARTIES), days: z.number() })),
    }),
  ),
  training: z.array(
    z.object({
      ...person,
      state: z.enum(['overdue', 'due', 'done', 'not-dated']),
      doneOn: day.nullable(),
      dueOn: day.nullable(),
      records: words,
    }),
  ),
  ends: z.array(
    z.object({
      number: z.string(),
      endOn: day.nullable(),
      what: z.enum(['ends', 'under-review', 'ending']),
    }),
  ),
  property: z.array(z.object({ ...person, number: z.string(), items: words })),
  blockers: z.array(
    z.object({
      name: z.string(),
      number: z.string().nullable(),
      raisedOn: day,
      waitsFor: z.enum(['gtl', 'person']).nullable(),
    }),
  ),
});
const reportSchema: z.ZodType<KeptReport> = z.object({
  state: z.enum(REPORT_STATES),
  words: z.object({
    risks: z.string().nullable(),
    help: z.string().nullable(),
    remarks: z.record(z.string(), z.string()),
  }),
  submitted: z
    .object({ by: mark, numbers: numbersSchema, risks: words, help: words, remarks: words })
    .nullable(),
  firstSubmittedAt: z.coerce.date().nullable(),
  acknowledged: mark.nullable(),
  returned: mark.extend({ because: z.string() }).nullable(),
});
const noteWords = z.object({ wentOn: z.string(), blockers: z.string(), help: z.string() });
const early = z.array(z.object({ of: day, words: noteWords })).default([]);
const noteSchema: z.ZodType<StatusNote> = z.discriminatedUnion('state', [
  z.object({ state: z.enum(['early', 'asked']), early }),
  z.object({ state: z.literal('written'), words: noteWords, early }),
]);

type Keeping = Pick<Work, 'tx' | 'now'> & Partial<Pick<Work, 'person'>>;

/** A report with its week and version; 0 for one that has not begun. */
export interface KeptWeek {
  readonly friday: LocalDate;
  readonly report: KeptReport;
  readonly version: number;
}

const kept = (friday: LocalDate, paper: Paper | null): KeptWeek => ({
  friday,
  report: paper ? reportSchema.parse(paper.answers) : newReport(),
  version: paper?.version ?? 0,
});

/** The report of that week as it is now, or one that has not begun. */
export const reportNow = async ({ tx }: Pick<Work, 'tx'>, friday: LocalDate): Promise<KeptWeek> =>
  kept(friday, await tx.papers.latest(REPORT, friday));

/** As it was at that instant; null when there was none. */
export async function reportAsOf(
  { tx }: Pick<Work, 'tx'>,
  friday: LocalDate,
  at: Date,
): Promise<KeptWeek | null> {
  const paper = await tx.papers.asOf(REPORT, friday, at);
  return paper && kept(friday, paper);
}

/** Those of these weeks that have begun, by week. */
export async function reportsOf(
  { tx }: Pick<Work, 'tx'>,
  fridays: readonly LocalDate[],
): Promise<readonly KeptWeek[]> {
  const papers = await tx.papers.latestOf(REPORT, fridays);
  return papers.map((paper) => kept(paper.subject, paper));
}

/** Keeps it as the next version; the reports are locked. */
export async function keepWeek(
  work: Keeping,
  { friday, version }: Pick<KeptWeek, 'friday' | 'version'>,
  report: KeptReport,
): Promise<KeptWeek> {
  await insert(work, REPORT, friday, version, report);
  return { friday, report, version: version + 1 };
}

/** Whoever changes a report or its notes holds this until the end of the transaction. */
export const lockReports = ({ tx }: Pick<Work, 'tx'>): Promise<void> => tx.lock('status-reports');

const noteSubject = (friday: LocalDate, personId: PersonId): string => `${friday}/${personId}`;

/** What is still to be said about the notes of that week. */
export const aboutNotes = (friday: LocalDate): string => `status-notes:${friday}`;

/** The condition under which somebody is still to be asked for their note. */
export const noteStillAsked = (friday: LocalDate, personId: PersonId) =>
  ({ kind: 'paper-in', paper: NOTE, subject: noteSubject(friday, personId), states: ['asked'] }) as const;

/** The condition under which a report still waits for the contractor lead, or was never submitted. */
export const reportStillIn = (friday: LocalDate, ...states: readonly KeptReport['state'][]) =>
  ({ kind: 'paper-in', paper: REPORT, subject: friday, states }) as const;

/** What that person was asked or wrote; null when neither. */
export async function noteNow(
  { tx }: Pick<Work, 'tx'>,
  friday: LocalDate,
  personId: PersonId,
): Promise<StatusNote | null> {
  const paper = await tx.papers.latest(NOTE, noteSubject(friday, personId));
  return paper && noteSchema.parse(paper.answers);
}

/** What counts for the report of that week of what these people wrote, by person. */
export async function notesOf(
  { tx }: Pick<Work, 'tx'>,
  friday: LocalDate,
  ids: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, NoteWords>> {
  const subjects = new Map(ids.map((id) => [noteSubject(friday, id), id]));
  const papers = await tx.papers.latestOf(NOTE, [...subjects.keys()]);
  return new Map(
    papers.flatMap((paper) => {
      const counted = countedWords(noteSchema.parse(paper.answers));
      const id = subjects.get(paper.subject);
      return counted !== null && id !== undefined ? [[id, counted] as const] : [];
    }),
  );
}

/** Keeps what was written, or that they were asked. The reports are locked. */
export async function keepNote(
  work: Keeping,
  friday: LocalDate,
  personId: PersonId,
  note: StatusNote,
): Promise<void> {
  const subject = noteSubject(friday, personId);
  const latest = await work.tx.papers.latest(NOTE, subject);
  await insert(work, NOTE, subject, latest?.version ?? 0, note);
}

async function insert(
  work: Keeping,
  kind: typeof REPORT | typeof NOTE,
  subject: string,
  version: number,
  answers: KeptReport | StatusNote,
): Promise<void> {
  const paper = nextVersion(
    { version },
    {
      kind,
      subject,
      formVersion: VERSION,
      answers: { ...answers },
      byId: work.person?.id ?? null,
      at: work.now,
      reason: null,
    },
  );
  if (!(await work.tx.papers.insert(paper))) throw new Error(`${kind} changed while it was locked`);
}
