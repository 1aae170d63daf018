/** The course of an engagement and its memberships, as they are read back from JSON. */
import { z } from 'zod';
import { type Course, MEMBER_ROLES, type Membership, NEW_COURSE, TIERS } from '../domain/course.ts';
import { instant, list, same } from './stored-shapes.ts';

const mark = z.object({ byId: z.string(), at: instant });
const day = z.iso.date();

const candidate = z.object({
  personId: z.string(),
  proposed: mark,
  startOn: day,
  score: z.number(),
  exception: z.string().nullable(),
  exceptionAllowed: mark.nullable(),
  whyNotTop: z.string().nullable(),
  ispg: mark.nullable(),
  businessOwner: mark.nullable(),
});
const context = z.object({
  version: z.number(),
  score: z.number(),
  tier: z.enum(TIERS),
  isHva: z.boolean().nullable(),
  ispg: mark.nullable(),
  contractor: mark.nullable(),
});
const extension = z.object({
  asked: mark.nullable(),
  because: z.string(),
  endOn: day.nullable(),
  gtl: mark.nullable(),
  cor: mark.nullable(),
  wish: z.enum(['extend', 'end', 'replace']).nullable(),
});
const reassignment = z.object({
  reason: z.string(),
  by: mark,
  outgoingId: z.string(),
  replacement: z
    .object({ personId: z.string(), ispg: mark.nullable(), businessOwner: mark.nullable() })
    .nullable(),
});
const offBoarding = z.object({
  reason: z.string(),
  endOn: day,
  handOverId: z.string(),
  by: mark.nullable(),
  done: mark.nullable(),
});

const whole = same<Course>()(
  z.object({
    form: mark.extend({ version: z.number() }).nullable(),
    context: context.nullable(),
    skills: mark.extend({ version: z.number() }).nullable(),
    searchSince: instant.nullable(),
    candidate: candidate.nullable(),
    passedOver: list(
      z.object({
        personId: z.string(),
        reason: z.string(),
        side: z.enum(['ispg', 'business_owner']),
        by: mark,
      }),
    ),
    funding: mark.nullable(),
    serviceIssoId: z.string().nullable(),
    dayZeroOn: day.nullable(),
    letter: z.object({ isso: day.nullable(), businessOwner: day.nullable(), ciso: day.nullable() }),
    term: z.object({ startOn: day, endOn: day.nullable(), hoursPerWeek: z.number() }).nullable(),
    gateException: mark.extend({ reason: z.string(), items: list(z.string()) }).nullable(),
    activeSinceOn: day.nullable(),
    pause: z.object({ reason: z.string(), fromOn: day, resumeOn: day, by: mark }).nullable(),
    extension: extension.nullable(),
    reassignment: reassignment.nullable(),
    offBoarding: offBoarding.nullable(),
    cisoNotices: list(
      z.object({
        because: z.enum(['assignment', 'reassignment', 'off-boarding']),
        sinceOn: day,
        dueOn: day,
        doneOn: day.nullable(),
      }),
    ),
    timesSentBack: z.number(),
    copyOf: z.string().nullable(),
  }),
);

/** The course as stored; what an older program did not know of has not happened. */
export const courseOf = (stored: unknown): Course =>
  whole.parse({ ...NEW_COURSE, ...(typeof stored === 'object' ? stored : null) });

export const membershipsSchema = same<readonly Membership[]>()(
  list(
    z.object({
      personId: z.string(),
      role: z.enum(MEMBER_ROLES),
      granted: mark,
      second: mark.nullable(),
      needsSecond: z.boolean(),
      ended: mark.nullable(),
    }),
  ),
);
