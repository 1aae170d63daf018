/**
 * What a Service ISSO who leaves gives back and loses, and who is told of it: lines with their state, their evidence and the instant
 * at which each is due (domain reference 4.3, column "off-boarding mirror", and 4.6). Pure.
 */
import type { Mark } from './course.ts';
import { accepted, type Result, refused } from './result.ts';
import type { LocalDate } from './time.ts';

export const LINE_KINDS = ['access', 'property', 'notice', 'keep'] as const;
/** Access is revoked, property returned, of a notice somebody is told, and what is to be kept is kept. */
export type LineKind = (typeof LINE_KINDS)[number];

export const LINE_STATES = [
  'to_return',
  'returned',
  'to_revoke',
  'revoked',
  'to_do',
  'done',
  'transferred',
  'reported_lost',
  'not_issued',
] as const;
export type LineState = (typeof LINE_STATES)[number];

export const CONDITIONS = ['good', 'worn', 'damaged'] as const;
export type Condition = (typeof CONDITIONS)[number];

/** A reference, such as a ticket number, and the day; the document itself is never here. */
export interface Evidence {
  readonly reference: string;
  readonly on: LocalDate;
}

/** What is said of a thing that was given back. */
export interface Handing {
  readonly returnedTo: string | null;
  /** The last four characters of its asset tag, never more. */
  readonly tagEnd: string | null;
  readonly condition: Condition | null;
  readonly tracking: string | null;
}

/** Something is lost: reported within the hour, with the number that the report got. */
export interface Incident {
  readonly told: Mark;
  readonly number: string | null;
  /** The contractor confirms that it was reported. */
  readonly confirmed: Mark | null;
}

export interface OffBoardingLine {
  readonly key: string;
  readonly kind: LineKind;
  /** As it was called when the record was opened, so that an old one reads as it was. */
  readonly what: string;
  readonly state: LineState;
  readonly dueAt: Date;
  readonly evidence: Evidence | null;
  readonly handing: Handing | null;
  readonly incident: Incident | null;
  /** Null while nobody has changed it. */
  readonly changed: Mark | null;
}

/** `leaves`: the person goes (ARS PS-4). `moves`: they go on to another post (ARS PS-5). */
export type Leaving = 'leaves' | 'moves';

export interface OffBoardingRecord {
  readonly leaving: Leaving;
  /** The last day. */
  readonly endOn: LocalDate;
  readonly lines: readonly OffBoardingLine[];
}

/** The state in which a line of that kind is open. */
export const openStateOf = (kind: LineKind): LineState =>
  kind === 'property' ? 'to_return' : kind === 'access' ? 'to_revoke' : 'to_do';

type Next = Readonly<Partial<Record<LineState, readonly LineState[]>>>;
const TO_DO: Next = { to_do: ['done', 'not_issued'], done: ['to_do'], not_issued: ['to_do'] };
/** What is settled by mistake is opened again; what was lost can be found. */
const NEXT: Readonly<Record<LineKind, Next>> = {
  property: {
    to_return: ['returned', 'transferred', 'reported_lost', 'not_issued'],
    returned: ['to_return'],
    transferred: ['to_return', 'returned', 'reported_lost'],
    reported_lost: ['returned'],
    not_issued: ['to_return'],
  },
  access: {
    to_revoke: ['revoked', 'transferred', 'not_issued'],
    revoked: ['to_revoke'],
    transferred: ['to_revoke', 'revoked'],
    not_issued: ['to_revoke'],
  },
  notice: TO_DO,
  keep: TO_DO,
};

/** What may follow the state in which the line is. */
export const allowedAfter = ({
  kind,
  state,
}: Pick<OffBoardingLine, 'kind' | 'state'>): readonly LineState[] => NEXT[kind][state] ?? [];

/** States that count only with evidence. */
const PROVEN: ReadonlySet<LineState> = new Set(['returned', 'revoked', 'done', 'transferred']);
export const needsEvidence = (state: LineState): boolean => PROVEN.has(state);

/** True when nobody has to do anything more about it. Something lost is resolved once the report of it is confirmed. */
export const isResolved = ({ state, incident }: Pick<OffBoardingLine, 'state' | 'incident'>): boolean =>
  PROVEN.has(state) ||
  state === 'not_issued' ||
  (state === 'reported_lost' && incident !== null && incident.confirmed !== null);

/** Lines that are not resolved. */
export const openLines = ({ lines }: Pick<OffBoardingRecord, 'lines'>): readonly OffBoardingLine[] =>
  lines.filter((line) => !isResolved(line));

/** Lines that are open after their time. */
export const overdueLines = (record: OffBoardingRecord, now: Date): readonly OffBoardingLine[] =>
  openLines(record).filter(({ dueAt }) => dueAt <= now);

/** The next instant after `now` at which something open falls due; null when nothing is ahead. */
export function nextDueAt(record: OffBoardingRecord, now: Date): Date | null {
  const ahead = openLines(record)
    .map(({ dueAt }) => dueAt.getTime())
    .filter((at) => at > now.getTime());
  return ahead.length === 0 ? null : new Date(Math.min(...ahead));
}

/** What somebody says of a line. */
export interface LineReport extends Handing {
  readonly to: LineState;
  readonly reference: string | null;
  readonly on: LocalDate | null;
}

export type Lacking = 'reference' | 'on' | 'returned_to';

/** Why a line did not change. */
export type LineRefusal =
  | { readonly code: 'no-such-line' }
  | { readonly code: 'may-not-follow'; readonly from: LineState; readonly allowed: readonly LineState[] }
  | { readonly code: 'evidence-needed'; readonly missing: readonly Lacking[] }
  | { readonly code: 'still-to-come' }
  /** Of an asset tag only the last four characters are kept. */
  | { readonly code: 'whole-tag' }
  /** It is not reported lost. */
  | { readonly code: 'not-lost' }
  | { readonly code: 'already-done' };

const TAG_LENGTH = 4;
type Reported = Result<OffBoardingRecord, LineRefusal>;

export const lineOf = (
  { lines }: Pick<OffBoardingRecord, 'lines'>,
  key: string,
): OffBoardingLine | undefined => lines.find((line) => line.key === key);

/**
 * A line changes. Refused when that may not follow, without the reference and the day that it needs (for something returned also to
 * whom), for a day that lies ahead, and for more of an asset tag than its end.
 */
export function reportLine(
  record: OffBoardingRecord,
  key: string,
  report: LineReport,
  when: { readonly today: LocalDate; readonly by: Mark },
): Reported {
  const line = lineOf(record, key);
  if (!line) return refused({ code: 'no-such-line' });
  const allowed = allowedAfter(line);
  if (!allowed.includes(report.to)) return refused({ code: 'may-not-follow', from: line.state, allowed });
  const missing = lacking(report);
  if (missing.length > 0) return refused({ code: 'evidence-needed', missing });
  if (report.on !== null && report.on > when.today) return refused({ code: 'still-to-come' });
  if (report.tagEnd !== null && report.tagEnd.length !== TAG_LENGTH) return refused({ code: 'whole-tag' });
  return accepted(withLine(record, changed(line, report, when.by)));
}

function lacking({ to, reference, on, returnedTo }: LineReport): readonly Lacking[] {
  if (!needsEvidence(to)) return [];
  return [
    ...(to === 'returned' && returnedTo === null ? (['returned_to'] as const) : []),
    ...(reference === null ? (['reference'] as const) : []),
    ...(on === null ? (['on'] as const) : []),
  ];
}

function changed(line: OffBoardingLine, report: LineReport, by: Mark): OffBoardingLine {
  const { to, reference, on, returnedTo, tagEnd, condition, tracking } = report;
  const isProven = needsEvidence(to) && reference !== null && on !== null;
  return {
    ...line,
    state: to,
    evidence: isProven ? { reference, on } : null,
    handing:
      line.kind === 'property' && (isProven || to === 'reported_lost')
        ? { returnedTo, tagEnd, condition, tracking }
        : null,
    incident:
      to === 'reported_lost'
        ? { told: by, number: null, confirmed: null }
        : // That it was lost and found again stays in the record.
          to === 'returned'
          ? line.incident
          : null,
    changed: by,
  };
}

/** The contractor confirms that the loss was reported, with the number that the report got. Refused for what is not lost, and twice. */
export function confirmIncident(record: OffBoardingRecord, key: string, number: string, by: Mark): Reported {
  const line = lineOf(record, key);
  if (!line) return refused({ code: 'no-such-line' });
  if (line.state !== 'reported_lost' || !line.incident) return refused({ code: 'not-lost' });
  if (line.incident.confirmed) return refused({ code: 'already-done' });
  const incident: Incident = { ...line.incident, number, confirmed: by };
  return accepted(withLine(record, { ...line, incident, changed: by }));
}

const withLine = (record: OffBoardingRecord, line: OffBoardingLine): OffBoardingRecord => ({
  ...record,
  lines: record.lines.map((each) => (each.key === line.key ? line : each)),
});
