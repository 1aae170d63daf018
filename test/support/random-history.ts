/** Made-up histories of engagements, as random as the life cycle allows, and the rows that they leave. */
import fc from 'fast-check';
import {
  ENGAGEMENT_STATES,
  type EngagementState,
  isFinal,
  mayFollow,
} from '../../src/domain/engagement-states.ts';
import {
  addDays,
  DAY_MS,
  EASTERN,
  instantOf,
  type LocalDate,
  localDate,
  MINUTE_MS,
} from '../../src/domain/time.ts';
import type { Database } from '../../src/store/client.ts';
import { type Entry, engagementRow, type Row, recordRows, writeRows } from './history-rows.ts';

/** The first request is filed on this day or after it. */
export const HISTORY_FROM: LocalDate = '2026-11-16';
const STEP_HOURS = 31;

const step = fc.record({
  pick: fc.nat(50),
  /** Hours since the step before. */
  hours: fc.oneof(fc.nat(STEP_HOURS), fc.integer({ min: 24, max: 24 * 25 })),
  /** Days by which a fact of it differs from its own day. */
  days: fc.integer({ min: 0, max: 6 }),
});

/** One engagement and all that happens in it. */
const life = fc.record({
  component: fc.constantFrom('OIT', 'CM', 'CPI'),
  offering: fc.constantFrom('issoaas', 'issoaas_surge'),
  owner: fc.constantFrom('ann', 'ben', 'cy'),
  system: fc.constantFrom('s1', 's2', 's3', 's4', 's5'),
  isso: fc.constantFrom('ida', 'ivo', 'iris'),
  today: fc.constantFrom('none', 'shared', 'contractor', 'trained_isso', 'leaving_soon'),
  isDraft: fc.boolean(),
  /** Minutes after midnight in Washington: many things happen near it. */
  startMinutes: fc.oneof(
    fc.nat(60 * 24 * 60),
    fc.nat(40).map((days) => days * 24 * 60 - 1),
  ),
  steps: fc.array(step, { maxLength: 18 }),
  zeros: fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 2 }),
  surveys: fc.array(fc.record({ day: fc.nat(200), after: fc.option(fc.nat(60)) }), { maxLength: 3 }),
  milestones: fc.dictionary(
    fc.constantFrom('onboarding-began', 'work-began', 'training-done', 'training-due', 'work-ended'),
    fc.integer({ min: -500, max: 250 }),
  ),
  rbt: fc.array(
    fc.record({ savedDay: fc.nat(200), doneDay: fc.option(fc.integer({ min: -500, max: 200 })) }),
    {
      maxLength: 2,
    },
  ),
  leftOn: fc.option(fc.nat(150)),
  property: fc.array(
    fc.record({
      state: fc.constantFrom('to_return', 'returned', 'transferred', 'reported_lost', 'not_issued'),
      dueAfter: fc.constantFrom(14, 15, 16),
      doneAfter: fc.integer({ min: 5, max: 25 }),
    }),
    { maxLength: 4 },
  ),
  meetings: fc.array(
    fc.record({
      day: fc.nat(200),
      isHeld: fc.boolean(),
      isOwn: fc.boolean(),
      invited: fc.nat(4),
      present: fc.nat(5),
    }),
    { maxLength: 3 },
  ),
});
export const history = fc.array(life, { minLength: 1, maxLength: 9 });
type Life = Parameters<Parameters<typeof history.map>[0]>[0][number];

const dayAfter = (days: number): LocalDate => addDays(HISTORY_FROM, days);
const atNoon = (on: LocalDate): Date => instantOf(on, '12:00', EASTERN);

/** The entries of one life, by what may follow what. */
function entriesOf(life: Life, id: string): readonly Entry[] {
  let at = new Date(instantOf(HISTORY_FROM, '00:00', EASTERN).getTime() + life.startMinutes * MINUTE_MS);
  let state: EngagementState = life.isDraft ? 'DRAFT' : 'REQUESTED';
  const entries: Entry[] = [{ at, verb: 'request.file', id, from: null, to: state, reason: null, facts: {} }];
  const zeros = [...life.zeros];
  for (const { pick, hours, days } of life.steps) {
    if (isFinal(state)) break;
    at = new Date(at.getTime() + hours * 60 * MINUTE_MS + pick);
    const on = localDate(at, EASTERN);
    const shift = state === 'ONBOARDING' ? zeros.shift() : undefined;
    if (shift !== undefined) {
      const facts = { dayZero: addDays(on, shift) };
      entries.push({ at, verb: 'card.move-day-zero', id, from: state, to: state, reason: null, facts });
      continue;
    }
    // What leaves the state as it was is written down like everything else.
    if (pick % 7 === 0)
      entries.push({
        at,
        verb: 'card.update',
        id,
        from: state,
        to: state,
        reason: null,
        facts: { isso: 'nobody' },
      });
    const open = ENGAGEMENT_STATES.filter((to) => mayFollow(state, to));
    // The way forward comes first, so that some get far.
    const to: EngagementState =
      pick % 3 === 0 ? (open[pick % open.length] ?? state) : (open.find((each) => !isFinal(each)) ?? state);
    const facts: Record<string, string> =
      to === 'KICKOFF_HELD'
        ? pick % 2 === 0
          ? { heldOn: addDays(on, -days) }
          : {}
        : to === 'ONBOARDING'
          ? { isso: life.isso, ...(pick % 2 === 0 ? { dayZero: addDays(on, days - 3) } : {}) }
          : {};
    const reasons = ['no_capacity', 'other', 'isso_departed', null];
    entries.push({ at, verb: 'some.step', id, from: state, to, reason: reasons[pick % 4] ?? null, facts });
    state = to;
  }
  return entries;
}

function papersOf(life: Life, id: string): readonly Row[] {
  const { leftOn } = life;
  if (leftOn === null) return [];
  const endOn = dayAfter(leftOn);
  const lines = life.property.map(({ state, dueAfter, doneAfter }) => ({
    kind: 'property',
    state,
    dueAt: instantOf(addDays(endOn, dueAfter + 1), '00:00', EASTERN).toISOString(),
    evidence: ['returned', 'transferred'].includes(state)
      ? { reference: 'R', on: addDays(endOn, doneAfter) }
      : null,
  }));
  const row = {
    kind: 'off-boarding',
    subject: `${id}/${life.isso}`,
    form_version: 1,
    by_id: null,
    at: atNoon(endOn),
  };
  const access = { kind: 'access', state: 'returned', dueAt: atNoon(endOn).toISOString(), evidence: null };
  return [
    { ...row, version: 1, answers: { leaving: 'leaves', endOn, lines: [access] } },
    { ...row, version: 2, answers: { leaving: 'leaves', endOn, lines: [access, ...lines] } },
  ];
}

/** Versions count by person, whichever engagement they come from. */
function trainingPapers(lives: readonly Life[]): readonly Row[] {
  const versions = new Map<string, number>();
  return lives.flatMap(({ isso, rbt }) =>
    rbt.map(({ savedDay, doneDay }) => {
      const version = (versions.get(isso) ?? 0) + 1;
      versions.set(isso, version);
      const state =
        doneDay === null ? { is: 'open' } : { is: 'done', on: dayAfter(doneDay), reference: null };
      const courses = [
        { key: 'isspa', state: { is: 'done', on: HISTORY_FROM } },
        { key: 'rbt', state },
      ];
      return {
        kind: 'training',
        subject: isso,
        version,
        form_version: 1,
        by_id: null,
        at: atNoon(dayAfter(savedDay)),
        answers: { courses },
      };
    }),
  );
}

const milestoneRows = ({ milestones, isso }: Life, id: string): readonly Row[] =>
  Object.entries(milestones).map(([name, days]) => ({
    engagement_id: id,
    name,
    person_id: isso,
    on_day: dayAfter(days),
  }));

const surveyRows = ({ surveys, owner }: Life, id: string): readonly Row[] =>
  surveys.map(({ day, after }, place) => ({
    id: `${id}-survey-${place}`,
    engagement_id: id,
    person_id: owner,
    occasion: `o${place}`,
    asked_at: instantOf(dayAfter(day), '23:59', EASTERN),
    version: 1,
    answered_at:
      after === null ? null : new Date(instantOf(dayAfter(day), '23:59', EASTERN).getTime() + after * DAY_MS),
  }));

const meetingRows = ({ meetings }: Life, id: string): readonly Row[] =>
  meetings.map(({ day, isHeld, isOwn, invited, present }, place) => ({
    id: `${id}-meeting-${place}`,
    engagement_id: isOwn ? id : null,
    kind: 'kickoff',
    state: isHeld ? 'held' : 'booked',
    version: 1,
    uid: `${id}-meeting-${place}`,
    sequence: 0,
    token: `${id}-meeting-${place}`,
    organizer_id: 'imani',
    attendee_ids: Array.from({ length: invited }, (_, who) => `w${who}`),
    offered: [],
    proposed: [],
    held_on: isHeld ? dayAfter(day) : null,
    present_ids: Array.from({ length: present }, (_, who) => `w${who}`),
  }));

/** Writes all rows of the history into an empty database, the record in the order of its instants. */
export function writeHistory(database: Pick<Database, 'pool'>, lives: readonly Life[]): Promise<void> {
  const all = lives.map((each, place) => ({ each, id: `e${place}`, entries: entriesOf(each, `e${place}`) }));
  return writeRows(database, [
    ['engagement', all.map(({ each, id, entries }) => engagementRow(each, id, entries))],
    ['audit_entry', recordRows(all.flatMap(({ entries }) => entries))],
    ['paper', [...all.flatMap(({ each, id }) => papersOf(each, id)), ...trainingPapers(lives)]],
    ['milestone', all.flatMap(({ each, id }) => milestoneRows(each, id))],
    ['survey', all.flatMap(({ each, id }) => surveyRows(each, id))],
    ['meeting', all.flatMap(({ each, id }) => meetingRows(each, id))],
  ]);
}
