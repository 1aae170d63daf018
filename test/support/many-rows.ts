/** The rows that a made-up engagement leaves in the tables: itself, its record, its meetings, its surveys, its papers. Pure. */
import type { Ending } from '../../src/domain/engagement.ts';
import { systemKey } from '../../src/domain/engagement.ts';
import { type EngagementState, isFinal } from '../../src/domain/engagement-states.ts';
import { addDays, DAY_MS, EASTERN, type LocalDate, localDate } from '../../src/domain/time.ts';
import { manyAnswers } from './many-answers.ts';
import { endReasonOf, manyCourse } from './many-course.ts';
import type { Life } from './many-lives.ts';
import { MANY } from './many-people.ts';

/** The instant at which it came into that state; null when it never did. */
export const cameTo = ({ steps }: Life, state: EngagementState): Date | null =>
  steps.find(({ to }) => to === state)?.at ?? null;

export const dayOf = (at: Date): LocalDate => localDate(at, EASTERN);

export const stateOf = ({ steps }: Life): EngagementState => (steps.at(-1) ?? steps[0]).to;

/** Who was invited to its kickoff. */
export const atKickoff = ({ ownerId, craId }: Life): readonly string[] => [
  ownerId,
  craId,
  MANY.ispg,
  MANY.lead,
];

/** Why and by whom it ended; null for an open one. */
export function endingOf(life: Life): Ending | null {
  const last = life.steps.at(-1) ?? life.steps[0];
  if (!isFinal(last.to)) return null;
  const byId = last.to === 'CLOSED' ? MANY.gtl : last.to === 'DECLINED' ? MANY.ispg : life.ownerId;
  return { reason: endReasonOf(life), note: null, byId, at: last.at };
}

/** The row of `engagement`. */
export function engagementRow(life: Life, number: string): Readonly<Record<string, unknown>> {
  const { steps, lot } = life;
  const last = steps.at(-1) ?? steps[0];
  const course = manyCourse(life);
  const isAsked = last.to === 'REQUESTED' && lot % 4 === 0;
  const askedAt = new Date(last.at.getTime() + DAY_MS / 24);
  const granted = { byId: MANY.ispg, at: course.candidate?.ispg?.at ?? last.at };
  const isAssigned = course.serviceIssoId !== null;
  return {
    id: life.id,
    number,
    offering: life.offering,
    form_version: 1,
    version: steps.length + 3,
    state: last.to,
    component: life.component,
    system_name: life.systemName,
    system_key: systemKey(life.systemName),
    answers: manyAnswers(life),
    requester_id: life.requesterId,
    business_owner_id: life.ownerId,
    cra_id: lot % 25 === 0 ? null : life.craId,
    member_ids: [],
    asked_back: isAsked
      ? { question: 'Which contract pays for it?', byId: MANY.ispg, at: askedAt, answer: null }
      : null,
    ending: endingOf(life),
    created_at: steps[0].at,
    submitted_at: cameTo(life, 'REQUESTED'),
    state_since_at: last.at,
    triaged_by_id: cameTo(life, 'KICKOFF_PENDING') ? MANY.ispg : null,
    course,
    memberships: isAssigned
      ? [
          {
            personId: life.issoId,
            role: 'service_isso',
            granted,
            second: null,
            needsSecond: false,
            ended: last.to === 'CLOSED' ? { byId: MANY.gtl, at: last.at } : null,
          },
        ]
      : [],
    assigned_ids: isAssigned ? [life.issoId] : [],
  };
}

/** Rows of `meeting`: the kickoff and, once onboarding has begun, the initial meeting. */
export function meetingRows(life: Life, now: Date): readonly Readonly<Record<string, unknown>>[] {
  const rows: Readonly<Record<string, unknown>>[] = [];
  const accepted = cameTo(life, 'KICKOFF_PENDING');
  if (accepted) {
    const held = cameTo(life, 'KICKOFF_HELD');
    const booked = held ? new Date(held.getTime() - DAY_MS / 12) : bookedAhead(life, now);
    rows.push(
      meetingRow(life, 'kickoff', {
        booked,
        held: held !== null,
        isEnded: isFinal(stateOf(life)),
        invited: atKickoff(life),
      }),
    );
  }
  const began = cameTo(life, 'ONBOARDING');
  const initial = began && new Date(began.getTime() + 20 * DAY_MS);
  const until = life.steps.find(({ to }) => to === 'ACTIVE')?.at ?? now;
  if (initial)
    rows.push(
      meetingRow(life, 'initial', {
        booked: initial,
        held: initial < until && initial < now,
        isEnded: isFinal(stateOf(life)),
        invited: [life.ownerId, life.craId, life.issoId, MANY.ispg, MANY.lead],
      }),
    );
  return rows;
}

/** A third has no time yet, a third has one ahead, and of a third nobody noted yet how it was. */
function bookedAhead({ lot }: Life, now: Date): Date | null {
  if (lot % 3 === 0) return null;
  const days = lot % 3 === 1 ? 1 + (lot % 9) : -1 - (lot % 3);
  return new Date(now.getTime() + days * DAY_MS);
}

function meetingRow(
  life: Life,
  kind: 'kickoff' | 'initial',
  how: {
    readonly booked: Date | null;
    readonly held: boolean;
    readonly isEnded: boolean;
    readonly invited: readonly string[];
  },
): Readonly<Record<string, unknown>> {
  const { booked, held } = how;
  const slot = booked && { startsAt: booked, endsAt: new Date(booked.getTime() + DAY_MS / 24) };
  // The last one invited is away now and then.
  const isAllThere = kind === 'kickoff' || life.lot % 5 > 0;
  return {
    id: `many-${kind}-${life.id}`,
    engagement_id: life.id,
    kind,
    state: held ? 'held' : how.isEnded ? 'cancelled' : booked ? 'booked' : 'offered',
    version: held ? 4 : 2,
    uid: `many-${kind}-${life.id}@isso-as-a-service`,
    sequence: booked ? 1 : 0,
    token: `token-${kind}-${life.id}`,
    organizer_id: MANY.ispg,
    attendee_ids: how.invited,
    offered: slot ? [slot] : [],
    offered_at: cameTo(life, kind === 'kickoff' ? 'KICKOFF_PENDING' : 'ONBOARDING'),
    proposed: [],
    booked_starts_at: slot?.startsAt ?? null,
    booked_ends_at: slot?.endsAt ?? null,
    held_on: held && booked ? dayOf(booked) : null,
    present_ids: held ? (isAllThere ? how.invited : how.invited.slice(0, -1)) : [],
    notes:
      held && kind === 'kickoff'
        ? {
            cybersecurityRequirements: 'Ongoing authorization is the goal.',
            levelOfEffort: 'As asked.',
            costAndFunding: 'The component pays.',
            onboarding: 'Access is asked for early.',
          }
        : null,
    responses: [],
    minutes:
      held && kind === 'initial' ? { notes: 'All is on its way.', decisions: [], followUps: [] } : null,
  };
}

/** Rows of `milestone`. */
export function milestoneRows(life: Life): readonly Readonly<Record<string, unknown>>[] {
  const row = (name: string, at: Date | null, days = 0): Readonly<Record<string, unknown>>[] =>
    at ? [{ engagement_id: life.id, name, person_id: life.issoId, on_day: addDays(dayOf(at), days) }] : [];
  return [
    ...row('onboarding-began', cameTo(life, 'ONBOARDING')),
    ...row('training-done', cameTo(life, 'ACTIVE'), -6),
    ...row('work-began', cameTo(life, 'ACTIVE')),
    ...row('work-ended', cameTo(life, 'OFFBOARDING'), 5),
  ];
}

const SURVEY_AFTER = [30, 90, 180] as const;

/** Rows of `survey`: asked while somebody works, three of four answered two days later. */
export function surveyRows(life: Life, now: Date): readonly Readonly<Record<string, unknown>>[] {
  const began = cameTo(life, 'ACTIVE');
  const until = cameTo(life, 'OFFBOARDING') ?? now;
  if (!began) return [];
  return SURVEY_AFTER.flatMap((days, place) => {
    const askedAt = new Date(began.getTime() + days * DAY_MS);
    const answeredAt = new Date(askedAt.getTime() + 2 * DAY_MS);
    if (answeredAt > until) return [];
    const isAnswered = (life.lot + place) % 4 > 0;
    const overall = 1 + ((life.lot + place * 7) % 5);
    const scores = {
      expertise: overall,
      responsiveness: Math.min(5, overall + 1),
      communication: 4,
      fit: 4,
      overall,
    };
    return [
      {
        id: `many-survey-${life.id}-${days}`,
        engagement_id: life.id,
        person_id: life.ownerId,
        occasion: `day-${days}`,
        asked_at: askedAt,
        version: isAnswered ? 2 : 1,
        answers: isAnswered ? { scores, comment: '', renew: 'yes', counted: null } : null,
        answered_at: isAnswered ? answeredAt : null,
      },
    ];
  });
}
