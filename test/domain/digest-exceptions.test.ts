import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUSINESS_HOURS, FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { NEW_COURSE } from '../../src/domain/course.ts';
import { composeDigest, type DigestEngagement, type EngagementAndMeeting } from '../../src/domain/digest.ts';
import { exceptionsOf, GROUPS } from '../../src/domain/digest-exceptions.ts';
import { FLOW_KINDS, FLOW_STATES, type FlowStep, flowOf } from '../../src/domain/digest-flow.ts';
import type { DigestRules } from '../../src/domain/digest-rules.ts';
import { ENGAGEMENT_STATES, OPEN_STATES } from '../../src/domain/engagement-states.ts';
import { anEngagement } from '../store/samples.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const rules: DigestRules = {
  calendar: FEDERAL_CALENDAR,
  businessHours: BUSINESS_HOURS,
  triageBusinessDays: 2,
  offerReminderBusinessDays: 2,
  kickoffOfferBusinessDays: 5,
  stepBusinessDays: { MATCHING: 15 },
  isHere: (id) => id !== 'gone',
};
const engagement = (facts: Partial<DigestEngagement>): DigestEngagement => ({
  ...anEngagement(),
  createdAt: eastern('2026-12-01T10:00'),
  submittedAt: eastern('2026-12-01T10:00'),
  stateSinceAt: eastern('2026-12-01T10:00'),
  triagedById: 'ispg',
  ...facts,
});
const onboarding = (dayZeroOn: string, is?: 'at-risk' | 'late' | 'on-track'): EngagementAndMeeting => ({
  engagement: engagement({
    state: 'ONBOARDING',
    course: { ...NEW_COURSE, dayZeroOn, serviceIssoId: 'isso' },
  }),
  meeting: null,
  standing: is ? { is, since: eastern('2026-12-01T00:00') } : null,
});
const found = (one: EngagementAndMeeting, now: Date) =>
  exceptionsOf(one, rules, now).map(({ group, what, nextId, nextSide }) => [group, what, nextSide ?? nextId]);

describe('what a digest names of an engagement after its kickoff', () => {
  it('names a state that lasts longer than its clock, with whoever has the next move', () => {
    const one = { engagement: engagement({ state: 'MATCHING' }), meeting: null };
    expect(found(one, eastern('2026-12-21T10:00'))).toEqual([]);
    expect(found(one, eastern('2026-12-24T10:00'))).toEqual([['overdue', 'step-overdue', 'contractor']]);
  });

  it('names an onboarding as at risk by what was said of it, and as overdue once day 60 is over', () => {
    const now = eastern('2026-12-20T10:00');
    expect(found(onboarding('2026-12-01', 'on-track'), now)).toEqual([]);
    expect(found(onboarding('2026-12-01'), now)).toEqual([]);
    expect(found(onboarding('2026-12-01', 'at-risk'), now)).toEqual([['at-risk', 'at-risk', 'contractor']]);
    expect(found(onboarding('2026-12-01', 'late'), now)).toEqual([
      ['at-risk', 'forecast-late', 'contractor'],
    ]);
    // December 20 is day 60 of October 21.
    expect(found(onboarding('2026-10-21', 'late'), now)).toEqual([
      ['at-risk', 'forecast-late', 'contractor'],
    ]);
    expect(found(onboarding('2026-10-20', 'late'), now)).toEqual([
      ['overdue', 'sixty-days-over', 'contractor'],
    ]);
  });

  it('names what nobody in ISPG has in hand, and work without a Service ISSO', () => {
    const now = eastern('2026-12-02T10:00');
    const kickoff = { state: 'KICKOFF_HELD' } as const;
    expect(found({ engagement: engagement(kickoff), meeting: null }, now)).toEqual([]);
    for (const triagedById of [null, 'gone'])
      expect(found({ engagement: engagement({ ...kickoff, triagedById }), meeting: null }, now)).toEqual([
        ['unassigned', 'no-owner', null],
      ]);
    for (const serviceIssoId of [null, 'gone']) {
      const course = { ...NEW_COURSE, serviceIssoId };
      expect(found({ engagement: engagement({ state: 'ACTIVE', course }), meeting: null }, now)).toEqual([
        ['unassigned', 'no-service-isso', 'contractor'],
      ]);
    }
  });

  it('lets kickoff times take five business days before it calls them overdue', () => {
    const one = { engagement: engagement({ state: 'KICKOFF_PENDING' }), meeting: null };
    expect(found(one, eastern('2026-12-08T09:59'))).toEqual([['waiting', 'no-kickoff-offer', 'ispg']]);
    expect(found(one, eastern('2026-12-08T10:00'))).toEqual([['overdue', 'no-kickoff-offer', 'ispg']]);
  });

  it('tells all exceptions in the order of their groups, whatever the engagements', () => {
    const facts = fc.record({
      state: fc.constantFrom(...OPEN_STATES),
      days: fc.integer({ min: 0, max: 90 }),
      triagedById: fc.constantFrom(null, 'ispg', 'gone'),
      serviceIssoId: fc.constantFrom(null, 'isso'),
      standing: fc.constantFrom('at-risk', 'late', 'on-track'),
    });
    const now = eastern('2027-02-01T10:00');
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 30 }), (all) => {
        const open = all.map(({ state, days, triagedById, serviceIssoId, standing }, index) => {
          const since = new Date(now.getTime() - days * 86_400_000);
          const dayZeroOn = since.toISOString().slice(0, 10);
          return {
            engagement: engagement({
              id: `e${index}`,
              number: `ISSO-2026-${String(index).padStart(4, '0')}`,
              state,
              triagedById,
              createdAt: since,
              submittedAt: since,
              stateSinceAt: since,
              course: { ...NEW_COURSE, dayZeroOn, serviceIssoId },
            }),
            meeting: null,
            standing: { is: standing, since },
          };
        });
        const { exceptions, counts } = composeDigest(open, rules, now);
        const places = exceptions.map(({ group }) => GROUPS.indexOf(group));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(counts.reduce((sum, { engagements }) => sum + engagements.length, 0)).toBe(open.length);
      }),
    );
  });
});

describe('what happened between two digests', () => {
  const step: fc.Arbitrary<Omit<FlowStep, 'position'>> = fc.record({
    number: fc.constantFrom('ISSO-2026-0001', 'ISSO-2026-0002'),
    systemName: fc.constant('Claims Hub'),
    component: fc.constant('OIT'),
    from: fc.option(fc.constantFrom(...ENGAGEMENT_STATES)),
    to: fc.constantFrom(...FLOW_STATES),
  });

  it('stands under one kind, in the order of the record, however the record is cut', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 0, max: 40 }), (all, cut) => {
        const steps = all.map((each, index) => ({ ...each, position: index + 1 }));
        const told = (some: readonly FlowStep[]) =>
          flowOf(some).flatMap(({ steps: of }) => of.map(({ position }) => position));
        const whole = told(steps);
        expect(new Set(whole).size).toBe(whole.length);
        const parts = [...told(steps.slice(0, cut)), ...told(steps.slice(cut))];
        expect(parts.toSorted((a, b) => a - b)).toEqual(whole.toSorted((a, b) => a - b));
      }),
    );
  });

  it('leaves out going on after a pause and work that is sent back', () => {
    const of = (from: FlowStep['from'], to: FlowStep['to']) =>
      flowOf([{ position: 1, number: 'ISSO-2026-0001', systemName: 'x', component: 'OIT', from, to }]);
    expect(of('PAUSED', 'ACTIVE')).toEqual([]);
    expect(of('MATCHING', 'KICKOFF_HELD')).toEqual([]);
    expect(of('ONBOARDING', 'ACTIVE').map(({ kind }) => kind)).toEqual(['at-work']);
    expect(FLOW_KINDS).toContain('at-work');
  });
});
