/** Whether a step makes sense now, beside its state: what was done is not offered again, and what waits for others not yet. Pure. */
import type { EngagementVerb } from './access-engagement.ts';
import type { Course } from './course.ts';

type Opens = (course: Course) => boolean;

const OPENS: Readonly<Partial<Record<EngagementVerb, Opens>>> = {
  'context.confirm-ispg': ({ context }) => !context?.ispg,
  'context.confirm-contractor': ({ context }) => !context?.contractor,
  'candidate.allow': ({ candidate }) =>
    candidate !== null && candidate.exception !== null && !candidate.exceptionAllowed,
  'candidate.accept-ispg': ({ candidate }) => isAllowed(candidate) && !candidate?.ispg,
  'candidate.accept': ({ candidate }) =>
    isAllowed(candidate) && Boolean(candidate?.ispg) && !candidate?.businessOwner,
  'funding.confirm': ({ funding }) => funding === null,
  'letter.sign': ({ letter }) => letter.isso === null,
  'letter.sign-owner': ({ letter }) => letter.isso !== null && letter.businessOwner === null,
  'letter.note-ciso': ({ letter }) => letter.businessOwner !== null && letter.ciso === null,
  'engagement.activate': ({ letter }) => letter.ciso !== null,
  'engagement.approve-extension': ({ extension }) => extension?.endOn != null && !extension.gtl,
  'engagement.approve-extension-cor': ({ extension }) => extension?.endOn != null && !extension.cor,
  'replacement.accept-ispg': ({ reassignment }) =>
    reassignment?.replacement != null && !reassignment.replacement.ispg,
  'replacement.accept': ({ reassignment }) =>
    Boolean(reassignment?.replacement?.ispg) && !reassignment?.replacement?.businessOwner,
  'replacement.decline': ({ reassignment }) => reassignment?.replacement != null,
  'off-boarding.report': ({ offBoarding }) => offBoarding !== null && !offBoarding.done,
  'engagement.close': ({ offBoarding }) => Boolean(offBoarding?.done),
  'ciso.note': ({ cisoNotices }) => cisoNotices.some(({ doneOn }) => doneOn === null),
};

const isAllowed = (candidate: Course['candidate']): boolean =>
  candidate !== null && (candidate.exception === null || candidate.exceptionAllowed !== null);

/** True when the course has come to where this step is taken. Whether it succeeds is for its rule to say. */
export const isStepOpen = (verb: EngagementVerb, course: Course): boolean => OPENS[verb]?.(course) ?? true;
