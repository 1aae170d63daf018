/**
 * A weekly status report on its way (domain reference 6.3): drafted, submitted by the contractor lead, acknowledged or returned by the
 * GTL or the COR. Words can be edited until it is submitted; numbers are never typed, and are frozen with what is submitted. Pure.
 */
import type { Mark } from './course.ts';
import type { RequestNumber } from './ids.ts';
import { accepted, type Result, refused } from './result.ts';
import type { StatusReport } from './status-report.ts';

export const REPORT_STATES = ['draft', 'submitted', 'acknowledged', 'returned'] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** What the contractor lead wrote; null, or no remark: the draft speaks for itself. */
export interface ReportWords {
  readonly risks: string | null;
  readonly help: string | null;
  readonly remarks: Readonly<Record<RequestNumber, string>>;
}

/** What was submitted: numbers and words as they were then. */
export interface SubmittedReport {
  readonly by: Mark;
  readonly numbers: StatusReport;
  readonly risks: readonly string[];
  readonly help: readonly string[];
  readonly remarks: readonly string[];
}

export interface KeptReport {
  readonly state: ReportState;
  readonly words: ReportWords;
  /** As it was submitted last; null while it never was. */
  readonly submitted: SubmittedReport | null;
  /** When it was submitted first: what counts for being in time. */
  readonly firstSubmittedAt: Date | null;
  readonly acknowledged: Mark | null;
  readonly returned: (Mark & { readonly because: string }) | null;
}

/** It is in a state in which that cannot be done. */
export interface ReportRefusal {
  readonly code: 'wrong-state';
  readonly state: ReportState;
}

type Changed = Result<KeptReport, ReportRefusal>;

const wrongState = ({ state }: KeptReport): Changed => refused({ code: 'wrong-state', state });

export const newReport = (): KeptReport => ({
  state: 'draft',
  words: { risks: null, help: null, remarks: {} },
  submitted: null,
  firstSubmittedAt: null,
  acknowledged: null,
  returned: null,
});

/** True while its words can be edited and it waits for the contractor lead. */
export const isOpenReport = ({ state }: Pick<KeptReport, 'state'>): boolean =>
  state === 'draft' || state === 'returned';

/** Which words are meant. */
export type WordsPart = 'risks' | 'help' | { readonly number: RequestNumber };

/** Other words; null takes them back, and the draft speaks for itself again. Refused once it is submitted. */
export function editWords(report: KeptReport, part: WordsPart, said: string | null): Changed {
  if (!isOpenReport(report)) return wrongState(report);
  return accepted({ ...report, words: withWords(report.words, part, said) });
}

function withWords(words: ReportWords, part: WordsPart, said: string | null): ReportWords {
  if (part === 'risks' || part === 'help') return { ...words, [part]: said };
  const others = Object.entries(words.remarks).filter(([number]) => number !== part.number);
  return { ...words, remarks: Object.fromEntries(said === null ? others : [...others, [part.number, said]]) };
}

/** The contractor hands it to the GTL and the COR. Refused when it was submitted already. */
export function submitReport(report: KeptReport, submitted: SubmittedReport): Changed {
  if (!isOpenReport(report)) return wrongState(report);
  return accepted({
    ...report,
    state: 'submitted',
    submitted,
    firstSubmittedAt: report.firstSubmittedAt ?? submitted.by.at,
  });
}

/** GTL or COR have taken note of it. Refused for one that does not wait for them. */
export function acknowledgeReport(report: KeptReport, by: Mark): Changed {
  if (report.state !== 'submitted') return wrongState(report);
  return accepted({ ...report, state: 'acknowledged', acknowledged: by });
}

/** GTL or COR give it back, with what is to be mended. Refused for one that does not wait for them. */
export function returnReport(report: KeptReport, by: Mark, because: string): Changed {
  if (report.state !== 'submitted') return wrongState(report);
  return accepted({ ...report, state: 'returned', returned: { ...by, because } });
}
