/** What happened to a made-up engagement after its kickoff, as the engagement itself keeps it. Pure. */
import {
  type Candidate,
  type Course,
  type Mark,
  NEW_COURSE,
  type OffBoarding,
} from '../../src/domain/course.ts';
import type { EngagementState } from '../../src/domain/engagement-states.ts';
import { addDays, EASTERN, localDate } from '../../src/domain/time.ts';
import { DECLINE_REASONS, WITHDRAW_REASONS } from '../../src/messages/copy/reasons.ts';
import type { Life } from './many-lives.ts';
import { MANY } from './many-people.ts';

const END_REASONS = ['term_ended', 'scope_changed', 'funding_changed', 'system_retired'] as const;

/** The code of why it ended or ends. */
export function endReasonOf({ steps, lot }: Life): string {
  const last = steps.at(-1)?.to;
  if (last === 'WITHDRAWN') return WITHDRAW_REASONS[lot % WITHDRAW_REASONS.length]?.id ?? 'other';
  if (last === 'DECLINED') return DECLINE_REASONS[lot % DECLINE_REASONS.length]?.id ?? 'other';
  return END_REASONS[lot % END_REASONS.length] ?? 'other';
}

/** Its course, as far as it came. */
export function manyCourse(life: Life): Course {
  const at = (state: EngagementState): Date | null => life.steps.find(({ to }) => to === state)?.at ?? null;
  const mark = (state: EngagementState, byId: string): Mark | null => {
    const when = at(state);
    return when && { byId, at: when };
  };
  const form = mark('FORM_COMPLETE', MANY.ispg);
  const context = mark('CONTEXT_ASSESSED', MANY.lead);
  const skills = mark('SKILLS_CATEGORIZED', MANY.lead);
  const identified = at('ISSO_IDENTIFIED');
  const began = at('ONBOARDING');
  const active = at('ACTIVE');
  const day = (when: Date): string => localDate(when, EASTERN);
  return {
    ...NEW_COURSE,
    form: form && { ...form, version: 1 },
    context: context && {
      version: 1,
      score: 4 + (life.lot % 9),
      tier: 'standard',
      isHva: life.lot % 10 === 0,
      ispg: { ...context, byId: MANY.ispg },
      contractor: context,
    },
    skills: skills && { ...skills, version: 1 },
    searchSince: at('MATCHING'),
    candidate: candidateOf(life, at),
    funding: identified && { byId: MANY.cor, at: identified },
    serviceIssoId: identified && life.issoId,
    dayZeroOn: began && day(began),
    letter: active
      ? {
          isso: addDays(day(active), -5),
          businessOwner: addDays(day(active), -3),
          ciso: addDays(day(active), -1),
        }
      : NEW_COURSE.letter,
    term: began && {
      startOn: day(began),
      endOn: life.lot % 2 === 0 ? null : addDays(day(began), 365 + life.lot * 3),
      hoursPerWeek: 20,
    },
    activeSinceOn: active && day(active),
    ...presentOf(life, at),
  };
}

type At = (state: EngagementState) => Date | null;

/** Kept where it ended in a match; one who was proposed to a request that was withdrawn is free again. */
function candidateOf(life: Life, at: At): Candidate | null {
  const proposedAt = at('CANDIDATE_PROPOSED');
  if (!proposedAt) return null;
  const identified = at('ISSO_IDENTIFIED');
  return {
    personId: life.issoId,
    proposed: { byId: MANY.lead, at: proposedAt },
    startOn: addDays(localDate(proposedAt, EASTERN), 7),
    score: 60 + (life.lot % 40),
    exception: null,
    exceptionAllowed: null,
    whyNotTop: null,
    ispg: identified && { byId: MANY.ispg, at: identified },
    businessOwner: identified && { byId: life.ownerId, at: identified },
  };
}

function presentOf(life: Life, at: At): Partial<Course> {
  const paused = at('PAUSED');
  const reviewed = at('EXTENSION_REVIEW');
  const reassigned = at('REASSIGNING');
  return {
    ...(paused
      ? {
          pause: {
            reason: 'The system moves.',
            fromOn: localDate(paused, EASTERN),
            resumeOn: addDays(localDate(paused, EASTERN), 60),
            by: { byId: MANY.gtl, at: paused },
          },
        }
      : {}),
    ...(reviewed
      ? { extension: { asked: null, because: 'term-ends', endOn: null, gtl: null, cor: null, wish: null } }
      : {}),
    ...(reassigned
      ? {
          reassignment: {
            reason: 'isso_departed',
            by: { byId: MANY.lead, at: reassigned },
            outgoingId: life.issoId,
            replacement: null,
          },
        }
      : {}),
    offBoarding: offBoardingOf(life, at),
  };
}

function offBoardingOf(life: Life, at: At): OffBoarding | null {
  const leaving = at('OFFBOARDING');
  if (!leaving) return null;
  const closed = at('CLOSED');
  return {
    reason: endReasonOf(life),
    endOn: addDays(localDate(leaving, EASTERN), 5),
    handOverId: life.ownerId,
    by: { byId: MANY.gtl, at: leaving },
    done: closed && { byId: MANY.lead, at: closed },
  };
}
