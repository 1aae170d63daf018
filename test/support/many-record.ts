/** What the record holds of a made-up engagement: its moves as the bot writes them, and a part of what happens between. Pure. */
import type { EngagementState } from '../../src/domain/engagement-states.ts';
import { addDays, DAY_MS, MINUTE_MS } from '../../src/domain/time.ts';
import type { AuditEntry } from '../../src/ports.ts';
import { endReasonOf } from './many-course.ts';
import type { Life, LifeStep } from './many-lives.ts';
import { NEWEST_CARD, propertyBackAt } from './many-papers.ts';
import { MANY } from './many-people.ts';
import { atKickoff, cameTo, dayOf } from './many-rows.ts';

type By = readonly [actorId: string | null, role: AuditEntry['role']];

const ISPG: By = [MANY.ispg, 'ispg_team'];
const LEAD: By = [MANY.lead, 'contractor_lead'];
const COORD: By = [MANY.coord, 'contractor_coord'];
const GTL: By = [MANY.gtl, 'gtl'];
const BOT: By = [null, 'bot'];

/** All its entries in order, none later than `now`. */
export function manyEntries(life: Life, now: Date): readonly AuditEntry[] {
  return [...moves(life), ...between(life, now), ...standings(life, now)]
    .filter(({ at }) => at <= now)
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

interface Written {
  readonly by: By;
  readonly verb: string;
  readonly reason?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

const entry = (
  life: Life,
  at: Date,
  from: EngagementState | null,
  to: EngagementState | null,
  {
    by: [actorId, role],
    verb,
    reason = null,
    facts = {},
  }: Omit<Written, 'reason'> & { readonly reason?: string | null },
): AuditEntry => ({
  at,
  actorId,
  forId: null,
  role,
  verb,
  engagementId: life.id,
  from,
  to,
  reason,
  platform: role === 'bot' ? 'bot' : 'console',
  facts,
});

function moves(life: Life): readonly AuditEntry[] {
  return life.steps.map(({ to, at }, place) =>
    entry(life, at, life.steps[place - 1]?.to ?? null, to, moveTo(life, { to, at })),
  );
}

/** The verb and the facts with which the bot notes that state. */
function moveTo(life: Life, { to, at }: LifeStep): Written {
  const OWNER: By = [life.ownerId, 'business_owner'];
  const FILER: By = life.requesterId === life.ownerId ? OWNER : [life.requesterId, 'cra'];
  switch (to) {
    case 'DRAFT':
      return { by: FILER, verb: 'request.file' };
    case 'REQUESTED':
      return life.steps[0].to === 'DRAFT'
        ? { by: OWNER, verb: 'request.confirm', facts: { preparedBy: life.requesterId } }
        : { by: OWNER, verb: 'request.file' };
    case 'KICKOFF_PENDING':
      return { by: ISPG, verb: 'request.accept' };
    case 'KICKOFF_HELD':
      return {
        by: ISPG,
        verb: 'kickoff.record',
        facts: { meeting: `many-kickoff-${life.id}`, heldOn: dayOf(at), present: atKickoff(life).join(',') },
      };
    case 'FORM_COMPLETE':
      return { by: ISPG, verb: 'form.lock', facts: { version: '1' } };
    case 'CONTEXT_ASSESSED':
      return {
        by: LEAD,
        verb: 'context.confirm-contractor',
        facts: { version: '1', score: '8', tier: 'standard' },
      };
    case 'SKILLS_CATEGORIZED':
      return { by: LEAD, verb: 'skills.settle', facts: { version: '1' } };
    case 'MATCHING':
      return { by: LEAD, verb: 'skills.settle.follow' };
    case 'CANDIDATE_PROPOSED':
      return {
        by: LEAD,
        verb: 'candidate.propose',
        facts: { candidate: life.issoId, score: '80', band: 'good' },
      };
    case 'ISSO_IDENTIFIED':
      return { by: OWNER, verb: 'candidate.accept', facts: { candidate: life.issoId } };
    case 'ONBOARDING':
      return {
        by: LEAD,
        verb: 'onboarding.begin',
        facts: { isso: life.issoId, dayZero: dayOf(at), end: 'ongoing', hours: '20' },
      };
    case 'ACTIVE':
      return { by: GTL, verb: 'engagement.activate' };
    case 'PAUSED':
      return { by: GTL, verb: 'engagement.pause', facts: { resumeOn: addDays(dayOf(at), 60) } };
    case 'EXTENSION_REVIEW':
      return { by: BOT, verb: 'engagement.review-extension', reason: 'term-ends' };
    case 'REASSIGNING':
      return {
        by: LEAD,
        verb: 'engagement.reassign',
        reason: 'isso_departed',
        facts: { lastDay: addDays(dayOf(at), 10) },
      };
    case 'OFFBOARDING':
      return {
        by: GTL,
        verb: 'engagement.end',
        reason: endReasonOf(life),
        facts: { lastDay: addDays(dayOf(at), 5), handOver: life.ownerId },
      };
    case 'CLOSED':
      return { by: GTL, verb: 'engagement.close', reason: endReasonOf(life) };
    case 'WITHDRAWN':
      return { by: OWNER, verb: 'request.withdraw', reason: endReasonOf(life) };
    case 'DECLINED':
      return { by: ISPG, verb: 'request.decline', reason: endReasonOf(life) };
    default:
      return to satisfies never;
  }
}

const LINES = NEWEST_CARD.items.slice(0, 4).map(({ key }) => key);

/** Entries that change no state: the kickoff's times, the form, both sides' words, lines of the card, surveys. */
function between(life: Life, now: Date): readonly AuditEntry[] {
  const OWNER: By = [life.ownerId, 'business_owner'];
  const here = (state: EngagementState, minutes: number, written: Written): AuditEntry[] => {
    const came = cameTo(life, state);
    return came ? [entry(life, new Date(came.getTime() + minutes * MINUTE_MS), state, state, written)] : [];
  };
  const meeting = `many-kickoff-${life.id}`;
  return [
    ...here('KICKOFF_PENDING', 1, {
      by: ISPG,
      verb: 'kickoff.offer',
      facts: { meeting, meetingState: 'offered' },
    }),
    ...(life.lot % 3 === 0
      ? []
      : here('KICKOFF_PENDING', 5, {
          by: OWNER,
          verb: 'kickoff.book',
          facts: { meeting, meetingState: 'booked' },
        })),
    ...here('KICKOFF_HELD', 2, {
      by: ISPG,
      verb: 'request-form.write',
      facts: { version: '1', changed: 'tasks' },
    }),
    ...here('FORM_COMPLETE', 3, {
      by: ISPG,
      verb: 'context.confirm-ispg',
      facts: { version: '1', score: '8', tier: 'standard' },
    }),
    ...(cameTo(life, 'ISSO_IDENTIFIED')
      ? [
          ...here('CANDIDATE_PROPOSED', 2, {
            by: ISPG,
            verb: 'candidate.accept-ispg',
            facts: { candidate: life.issoId },
          }),
          ...here('CANDIDATE_PROPOSED', 4, { by: [MANY.cor, 'cor'], verb: 'funding.confirm' }),
        ]
      : []),
    ...LINES.flatMap((item, place) =>
      here('ONBOARDING', (place + 1) * 60, {
        by: COORD,
        verb: 'card.change',
        facts: { person: life.issoId, item, before: 'not_started', after: 'done' },
      }),
    ),
    ...here('ACTIVE', 1, {
      by: GTL,
      verb: 'milestone.record',
      facts: { milestone: 'work-began', person: life.issoId, on: dayOf(cameTo(life, 'ACTIVE') ?? now) },
    }),
    ...here('OFFBOARDING', 1, {
      by: GTL,
      verb: 'off-boarding.open',
      facts: { person: life.issoId, lines: '4' },
    }),
    ...propertyEntries(life),
  ];
}

function propertyEntries(life: Life): readonly AuditEntry[] {
  const back = propertyBackAt(life);
  if (!back) return [];
  const facts = { person: life.issoId, version: '2', lines: 'laptop=returned,piv_card=returned' };
  const closed = cameTo(life, 'CLOSED');
  const state = closed && back >= closed ? 'CLOSED' : 'OFFBOARDING';
  return [entry(life, back, state, state, { by: COORD, verb: 'off-boarding.write', facts })];
}

/** A third of the onboardings came to be at risk or late; some are on track again. */
function standings(life: Life, now: Date): readonly AuditEntry[] {
  const began = cameTo(life, 'ONBOARDING');
  if (!began || life.lot % 3 > 0) return [];
  const until = cameTo(life, 'ACTIVE') ?? now;
  const second =
    life.lot % 2 === 0 ? (['at-risk', 'late', 26] as const) : (['at-risk', 'on-track', 24] as const);
  const changes = [['on-track', 'at-risk', 18] as const, second];
  return changes
    .map(([from, to, days]) =>
      entry(life, new Date(began.getTime() + days * DAY_MS), 'ONBOARDING', 'ONBOARDING', {
        by: BOT,
        verb: 'card.standing',
        facts: { person: life.issoId, from, to },
      }),
    )
    .filter(({ at }) => at < until);
}
