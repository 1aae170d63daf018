/**
 * How a candidate fitted when they were proposed, kept as it was then: papers of the kind `fit-sheet`, whose subject is the person
 * in the engagement. Each proposal is a version. Beside every gate, part and gap it keeps the place in the order, of how many, and
 * the seed, so that the choice can be looked at later. The engagement itself keeps the score alone.
 */
import { z } from 'zod';
import type { Engagement } from '../domain/engagement.ts';
import { type Fit, PARTS } from '../domain/matching-terms.ts';
import { nextVersion, subjectOf } from '../domain/paper.ts';
import { CERTIFICATION_TIERS, LOCATIONS, SCREENINGS } from '../domain/skills.ts';
import type { Work } from './work.ts';

const KIND = 'fit-sheet';
/** Rises when a fit is kept in another shape. */
const SHAPE = 1;

const day = z.iso.date();
const item = z.object({
  key: z.string(),
  isMet: z.boolean(),
  have: z.number().exactOptional(),
  asked: z.number().exactOptional(),
});
const gate = <Key extends string, Shape extends z.ZodRawShape>(key: Key, shape: Shape) =>
  z.object({ key: z.literal(key), isPassed: z.boolean(), ...shape });
const gates = z.discriminatedUnion('key', [
  gate('contract', {}),
  gate('confirmed', { version: z.number() }),
  gate('screening', { state: z.enum(SCREENINGS), expectedOn: day, neededOn: day }),
  gate('hours', { free: z.number(), needed: z.number() }),
  gate('conflict', { because: z.enum(['develops', 'assesses']).nullable() }),
  gate('location', { able: z.enum(LOCATIONS), needed: z.enum(LOCATIONS) }),
  gate('fti', { isNeeded: z.boolean() }),
  gate('certification', { held: z.enum(CERTIFICATION_TIERS), needed: z.enum(CERTIFICATION_TIERS) }),
  gate('must-have', { asked: z.number(), missing: z.array(z.string()) }),
]);
const fitSchema: z.ZodType<Fit> = z.object({
  personId: z.string(),
  profileVersion: z.number(),
  gates: z.array(gates),
  isEligible: z.boolean(),
  parts: z.array(z.object({ key: z.enum(PARTS), points: z.number(), of: z.number(), items: z.array(item) })),
  score: z.number(),
  band: z.enum(['strong', 'workable', 'weak']),
  gaps: z.array(
    z.object({
      kind: z.enum(['task', 'area', 'context', 'certification', 'experience']),
      key: z.string(),
    }),
  ),
  niceToHave: z.array(item),
  experienceYears: z.number(),
  readyOn: day,
  loadHours: z.number(),
  freeHours: z.number(),
});

/** Where the candidate stood among those who were looked at. */
export interface Standing {
  /** From 1. */
  readonly place: number;
  readonly of: number;
  readonly seed: number;
}

/** Keeps the fit with which somebody is proposed; the engagement is locked. */
export async function keepFit(
  work: Pick<Work, 'tx' | 'now' | 'person'>,
  engagement: Engagement,
  fit: Fit,
  standing: Standing,
): Promise<void> {
  const subject = subjectOf(engagement.id, fit.personId);
  const paper = nextVersion(await work.tx.papers.latest(KIND, subject), {
    kind: KIND,
    subject,
    formVersion: SHAPE,
    answers: { fit, ...standing },
    byId: work.person.id,
    at: work.now,
    reason: null,
  });
  if (!(await work.tx.papers.insert(paper))) throw new Error(`${KIND} changed while it was locked`);
}

/** The fit with which the engagement's candidate was proposed; null when there is none. */
export async function fitOfCandidate(
  { tx }: Pick<Work, 'tx'>,
  { id, course }: Pick<Engagement, 'id' | 'course'>,
): Promise<Fit | null> {
  if (!course.candidate) return null;
  const paper = await tx.papers.latest(KIND, subjectOf(id, course.candidate.personId));
  const read = fitSchema.safeParse(paper?.answers.fit);
  return read.success ? read.data : null;
}
