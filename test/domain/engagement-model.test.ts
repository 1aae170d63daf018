import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInForce } from '../../src/domain/course.ts';
import type { Engagement } from '../../src/domain/engagement.ts';
import { SIGNATURES } from '../../src/domain/engagement-matching.ts';
import { ENGAGEMENT_STATES, mayFollow, TRANSITIONS } from '../../src/domain/engagement-states.ts';
import { COMMAND_NAMES, type Command, tryOn } from './engagement-commands.ts';
import { BEGINNING, IN, type Life } from './engagement-life.ts';
import { movesNobodyCanMake } from './engagement-moves.ts';
import { tell } from './engagement-reference.ts';
import { draft } from './engagement-steps.ts';
import { ALL_COMMANDS, WAY_TO_WORK } from './engagement-tries.ts';

/** How the real engagement stands, in the model's own words. */
function asTold(engagement: Engagement): Life {
  const { course, memberships } = engagement;
  const { candidate, extension, reassignment, context } = course;
  const replacement = reassignment?.replacement ?? null;
  const { askedBack } = engagement;
  return {
    state: engagement.state,
    version: engagement.version,
    owner: engagement.businessOwnerId,
    advisor: engagement.craId,
    joined: engagement.memberIds,
    question: askedBack === null ? 'none' : askedBack.answer === null ? 'open' : 'answered',
    form: course.form !== null,
    skills: course.skills !== null,
    context: context && {
      version: context.version,
      hva: context.isHva,
      ispg: context.ispg?.byId ?? null,
      contractor: context.contractor?.byId ?? null,
    },
    sentBack: course.timesSentBack,
    candidate: candidate && {
      who: candidate.personId,
      excepted: candidate.exception !== null,
      waitsForGtl: candidate.exception !== null && candidate.exceptionAllowed === null,
      ispg: candidate.ispg?.byId ?? null,
      owner: candidate.businessOwner?.byId ?? null,
    },
    passedOver: course.passedOver.length,
    funded: course.funding !== null,
    isso: course.serviceIssoId,
    dayZeroOn: course.dayZeroOn,
    signed: SIGNATURES.flatMap((signature) => course.letter[signature] ?? []),
    term: course.term && { hours: course.term.hoursPerWeek, endOn: course.term.endOn },
    asked: extension && {
      endOn: extension.endOn,
      gtl: extension.gtl?.byId ?? null,
      cor: extension.cor?.byId ?? null,
    },
    other: replacement && {
      who: replacement.personId,
      ispg: replacement.ispg?.byId ?? null,
      owner: replacement.businessOwner?.byId ?? null,
    },
    reported: course.offBoarding?.done?.byId ?? null,
    notices: course.cisoNotices.map(({ sinceOn, because, doneOn }) => ({
      sinceOn,
      leaving: because === 'off-boarding',
      told: doneOn !== null,
    })),
    members: memberships
      .filter(({ role, ended }) => role !== 'service_isso' && ended === null)
      .map(({ personId, role, granted, needsSecond, second }) => ({
        who: personId,
        role,
        by: granted.byId,
        needsTwo: needsSecond,
        second: second?.byId ?? null,
      })),
  };
}

/** Domain reference 2.5, and two people wherever two are needed, whatever the model says. */
function holds(before: Engagement, engagement: Engagement): void {
  const { state, course, memberships } = engagement;
  if (state !== before.state) expect(mayFollow(before.state, state)).toBe(true);
  expect(engagement.version).toBe(before.version + 1);
  const order: readonly string[] = ENGAGEMENT_STATES;
  const isPastForm = order.indexOf(state) >= order.indexOf('FORM_COMPLETE') && state !== 'WITHDRAWN';
  if (isPastForm && state !== 'DECLINED') expect(course.form).not.toBe(null);
  if (state === 'FORM_COMPLETE' && before.state !== state)
    expect(order.indexOf(before.state)).toBeGreaterThanOrEqual(order.indexOf('KICKOFF_HELD'));
  const inForce = memberships.filter((each) => each.role === 'service_isso' && isInForce(each));
  const isClosed = state === 'CLOSED';
  expect(inForce.map(({ personId }) => personId)).toEqual(
    course.serviceIssoId === null || isClosed ? [] : [course.serviceIssoId],
  );
  if (state === 'ISSO_IDENTIFIED') {
    expect(course.funding).not.toBe(null);
    expect(course.candidate?.ispg?.byId).not.toBe(course.candidate?.businessOwner?.byId);
  }
  if (before.state === 'FORM_COMPLETE' && state === 'CONTEXT_ASSESSED')
    expect(course.context?.ispg?.byId).not.toBe(course.context?.contractor?.byId);
  if (state === 'ACTIVE') expect(SIGNATURES.every((each) => course.letter[each] !== null)).toBe(true);
  if (state === 'CLOSED') expect(course.offBoarding?.done?.byId).not.toBe(engagement.ending?.byId);
  for (const { personId, granted, second, needsSecond } of memberships.filter(isInForce)) {
    if (needsSecond) expect([granted.byId, personId]).not.toContain(second?.byId);
    expect(granted.byId).not.toBe(personId);
  }
}

/** Whoever changes it in place throws. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
  return value;
}

interface World {
  readonly real: Engagement;
  readonly life: Life;
}

/** One command on both: the same answer, the same outcome, and nothing touched where it was refused. */
function step({ real, life }: World, command: Command): World {
  const result = tryOn(freeze(real), command);
  const told = tell(life, command);
  expect([command, result.ok]).toEqual([command, told !== null]);
  if (!result.ok) {
    if (!IN[command.do].includes(life.state)) expect(result.refusal.code).toBe('wrong-state');
    return { real, life };
  }
  const { engagement, from } = result.value;
  expect(from).toBe(real.state);
  holds(real, engagement);
  if (!told) throw new Error('the model refuses');
  expect(asTold(engagement)).toEqual(told);
  expect(movesNobodyCanMake(engagement)).toEqual([]);
  return { real: engagement, life: told };
}

/** Every command that the two do not answer alike here. */
const unlike = ({ real, life }: World): readonly Command[] =>
  ALL_COMMANDS.filter((command) => tryOn(real, command).ok !== (tell(life, command) !== null));

/** How it stands, but for what is only counted. */
const shapeOf = ({ life }: World): string =>
  JSON.stringify({ ...life, version: 0, sentBack: 0, passedOver: 0 });

/** What leads on, towards work and its end. */
const ONWARD: readonly Command['do'][] = [
  'confirm',
  'ask',
  'answer',
  'accept-request',
  'hold',
  'lock-form',
  'confirm-context',
  'settle-skills',
  'search',
  'propose',
  'allow',
  'accept',
  'fund',
  'onboard',
  'sign',
  'activate',
  'review',
  'approve',
  'name-other',
  'accept-other',
  'replace',
  'close',
];
const GIVES_UP: readonly Command['do'][] = ['withdraw', 'decline'];

type Kind = 'any' | 'guarded' | 'possible' | 'turn' | 'onward';
/**
 * Anything at all; what the state allows and a guard does not; or what the model allows and does not give up, or of that what leads
 * elsewhere, or on.
 */
function pick({ life }: World, kind: Kind, at: number): Command {
  const possible = ALL_COMMANDS.filter(
    (command) => !GIVES_UP.includes(command.do) && tell(life, command) !== null,
  );
  const guarded = ALL_COMMANDS.filter(
    (command) => IN[command.do].includes(life.state) && tell(life, command) === null,
  );
  const turn = possible.filter((command) => tell(life, command)?.state !== life.state);
  const onward = possible.filter((command) => ONWARD.includes(command.do));
  const wanted = { any: ALL_COMMANDS, guarded, possible, turn, onward }[kind];
  const pool = [wanted, possible].find((each) => each.length > 0) ?? ALL_COMMANDS;
  const command = pool[at % pool.length];
  if (!command) throw new Error('nothing to try');
  return command;
}

const kind = fc.constantFrom<Kind>('any', 'guarded', 'possible', 'turn', 'onward', 'onward');
const picked = fc.tuple(kind, fc.nat(100_000));
const picks = fc.oneof(
  fc.array(picked, { maxLength: 3 }),
  fc.array(picked, { maxLength: 60, size: 'max' }),
  fc.array(picked, { maxLength: 60, size: 'max' }),
);
/** Many begin on the way or at work: what comes late would be seldom otherwise. */
const way = fc
  .oneof(fc.nat(WAY_TO_WORK.length), fc.constant(WAY_TO_WORK.length), fc.constant(0))
  .map((length) => WAY_TO_WORK.slice(0, length));
/** What is tried last. */
const last = fc.constantFrom<Command>({ do: 'withdraw' }, { do: 'decline' }, { do: 'end' });

describe('the life of an engagement, against a plain model of it', () => {
  it('is the same after every command, legal or not; every command is taken and refused, every transition passed', () => {
    const shapes = new Set<string>();
    const taken = new Set<string>();
    const refused = new Set<string>();
    const passed = new Set<string>();
    fc.assert(
      fc.property(way, picks, last, (before, chosen, end) => {
        let world: World = { real: draft, life: BEGINNING };
        const attempt = (command: Command): void => {
          const next = step(world, command);
          (next.real === world.real ? refused : taken).add(command.do);
          if (next.life.state !== world.life.state) passed.add(`${world.life.state} ${next.life.state}`);
          world = next;
          const shape = shapeOf(world);
          if (!shapes.has(shape)) expect(unlike(world)).toEqual([]);
          shapes.add(shape);
        };
        for (const command of before) attempt(command);
        for (const [which, at] of chosen) attempt(pick(world, which, at));
        attempt(end);
      }),
      { seed: 20261130, numRuns: 300 },
    );
    expect(COMMAND_NAMES.filter((name) => !taken.has(name))).toEqual([]);
    expect(COMMAND_NAMES.filter((name) => !refused.has(name))).toEqual([]);
    const all = TRANSITIONS.flatMap(({ from, to }) =>
      from.flatMap((before) => to.map((after) => `${before} ${after}`)),
    );
    expect(all.filter((each) => !passed.has(each))).toEqual([]);
  });

  it('ends for good: a final state accepts nothing but the word that the CISO was told', () => {
    const ends = [
      [{ do: 'withdraw' }],
      [{ do: 'confirm' }, { do: 'decline' }],
    ] as const satisfies readonly (readonly Command[])[];
    for (const way of ends) {
      const ended = way.reduce<World>(step, { real: draft, life: BEGINNING });
      for (const command of ALL_COMMANDS) expect(step(ended, command)).toEqual(ended);
    }
  });
});
