/** The off-boarding record as it is kept: one paper for each Service ISSO who leaves an engagement, a version for every change. */
import { z } from 'zod';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import {
  CONDITIONS,
  LINE_KINDS,
  LINE_STATES,
  type OffBoardingLine,
  type OffBoardingRecord,
  openLines,
} from '../domain/off-boarding.ts';
import { nextVersion, type Paper, subjectOf } from '../domain/paper.ts';
import type { Work } from './work.ts';

const KIND = 'off-boarding';
/** Rises when a change makes old records mean something else. */
const VERSION = 1;

const day = z.iso.date();
const instant = z.coerce.date();
const mark = z.object({ byId: z.string(), at: instant });
const recordSchema: z.ZodType<OffBoardingRecord> = z.object({
  leaving: z.enum(['leaves', 'moves']),
  endOn: day,
  lines: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(LINE_KINDS),
      what: z.string(),
      state: z.enum(LINE_STATES),
      dueAt: instant,
      evidence: z.object({ reference: z.string(), on: day }).nullable(),
      handing: z
        .object({
          returnedTo: z.string().nullable(),
          tagEnd: z.string().nullable(),
          condition: z.enum(CONDITIONS).nullable(),
          tracking: z.string().nullable(),
        })
        .nullable(),
      incident: z
        .object({ told: mark, number: z.string().nullable(), confirmed: mark.nullable() })
        .nullable(),
      changed: mark.nullable(),
    }),
  ),
});

/** A record with its person and its version. */
export interface KeptRecord {
  readonly personId: PersonId;
  readonly record: OffBoardingRecord;
  readonly version: number;
  readonly savedAt: Date;
}

type Keeping = Pick<Work, 'tx' | 'now'> & Partial<Pick<Work, 'person'>>;

const kept = (personId: PersonId, { answers, version, at }: Paper): KeptRecord => ({
  personId,
  record: recordSchema.parse(answers),
  version,
  savedAt: at,
});

/** The record of that person as it is now; null when none was opened. */
export async function recordNow(
  { tx }: Pick<Work, 'tx'>,
  { id }: Pick<Engagement, 'id'>,
  personId: PersonId,
): Promise<KeptRecord | null> {
  const paper = await tx.papers.latest(KIND, subjectOf(id, personId));
  return paper && kept(personId, paper);
}

/** As it was at that instant; null when there was none. */
export async function recordAsOf(
  { tx }: Pick<Work, 'tx'>,
  { id }: Pick<Engagement, 'id'>,
  personId: PersonId,
  at: Date,
): Promise<KeptRecord | null> {
  const paper = await tx.papers.asOf(KIND, subjectOf(id, personId), at);
  return paper && kept(personId, paper);
}

/** Keeps the record as the next version; the engagement is locked. Answers how it is kept. */
export async function keepRecord(
  work: Keeping,
  { id }: Pick<Engagement, 'id'>,
  personId: PersonId,
  record: OffBoardingRecord,
): Promise<KeptRecord> {
  const subject = subjectOf(id, personId);
  const paper = nextVersion(await work.tx.papers.latest(KIND, subject), {
    kind: KIND,
    subject,
    formVersion: VERSION,
    answers: { ...record },
    byId: work.person?.id ?? null,
    at: work.now,
    reason: null,
  });
  if (!(await work.tx.papers.insert(paper)))
    throw new Error('the off-boarding record changed while its engagement was locked');
  return { personId, record, version: paper.version, savedAt: work.now };
}

/** Everybody who is or was the Service ISSO of the engagement, the present one first. */
export function issosOf({ course, memberships }: Pick<Engagement, 'course' | 'memberships'>): PersonId[] {
  const before = memberships.filter(({ role }) => role === 'service_isso').map(({ personId }) => personId);
  return [
    ...new Set([...(course.serviceIssoId === null ? [] : [course.serviceIssoId]), ...before.toReversed()]),
  ];
}

/** All records of the engagement, the present Service ISSO's first. */
export async function recordsOf(
  { tx }: Pick<Work, 'tx'>,
  engagement: Engagement,
): Promise<readonly KeptRecord[]> {
  const [only] = await recordsOfAll({ tx }, [engagement]);
  return only?.records ?? [];
}

/** The records of several engagements; those without any are left out. */
export async function recordsOfAll(
  { tx }: Pick<Work, 'tx'>,
  engagements: readonly Engagement[],
): Promise<readonly { readonly engagement: Engagement; readonly records: readonly KeptRecord[] }[]> {
  const subjects = engagements.flatMap((each) =>
    issosOf(each).map((personId) => subjectOf(each.id, personId)),
  );
  const papers = new Map((await tx.papers.latestOf(KIND, subjects)).map((paper) => [paper.subject, paper]));
  return engagements.flatMap((engagement) => {
    const records = issosOf(engagement).flatMap((personId) => {
      const paper = papers.get(subjectOf(engagement.id, personId));
      return paper ? [kept(personId, paper)] : [];
    });
    return records.length === 0 ? [] : [{ engagement, records }];
  });
}

/** What is open in any record of the engagement. */
export const openIn = (records: readonly KeptRecord[]): readonly OffBoardingLine[] =>
  records.flatMap(({ record }) => openLines(record));
