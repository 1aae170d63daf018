import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  approvePlan,
  type MarketplacePlan,
  mayReview,
  NEW_PLAN,
  returnPlan,
  submitPlan,
  writePlan,
} from '../../src/domain/marketplace-plan.ts';

const at = new Date('2027-03-15T14:00:00Z');
const by = (byId: string) => ({ byId, at });

describe('the Marketplace Implementation Plan', () => {
  it('is submitted only when nothing that is needed is missing', () => {
    const draft = writePlan(NEW_PLAN, { scope: 'All' }, 'ispg');
    expect(submitPlan(draft, ['Price basis'], [], by('ispg'))).toEqual({
      ok: false,
      refusal: { code: 'incomplete', missing: ['Price basis'] },
    });
    expect(submitPlan(draft, [], [], by('ispg'))).toMatchObject({ ok: true, value: { state: 'submitted' } });
  });

  it('keeps why it came back until it is submitted again', () => {
    const submitted = submitPlan(writePlan(NEW_PLAN, {}, 'ispg'), [], [], by('ispg'));
    if (!submitted.ok) throw new Error('it can be submitted');
    const returned = returnPlan(submitted.value, 'No targets', by('gtl'));
    if (!returned.ok) throw new Error('it can be returned');
    expect(writePlan(returned.value, { targets: 'x' }, 'ispg').returned?.because).toBe('No targets');
    const again = submitPlan(returned.value, [], [], by('ispg'));
    expect(again.ok && again.value.returned).toBeNull();
  });

  const people = fc.constantFrom('a', 'b', 'c');
  const step = fc.oneof(
    fc.record({ does: fc.constant('write' as const), who: people }),
    fc.record({ does: fc.constant('submit' as const), who: people }),
    fc.record({ does: fc.constant('approve' as const), who: people }),
    fc.record({ does: fc.constant('return' as const), who: people }),
  );

  it('is never approved by somebody who wrote or submitted a word of that edition, whatever was done before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let plan: MarketplacePlan = NEW_PLAN;
        let hands = new Set<string>();
        let count = 0;
        for (const { does, who } of steps) {
          const before = plan;
          if (does === 'write') {
            count += 1;
            plan = writePlan(plan, { count }, who);
            if (before.state === 'approved') hands = new Set();
            hands.add(who);
            expect(plan.state).toBe('draft');
            continue;
          }
          const made =
            does === 'submit'
              ? submitPlan(plan, [], [], by(who))
              : does === 'approve'
                ? approvePlan(plan, by(who))
                : returnPlan(plan, 'Not yet', by(who));
          if (!made.ok) continue;
          plan = made.value;
          if (does === 'approve') {
            expect(before.state).toBe('submitted');
            expect(hands.has(who)).toBe(false);
            expect(before.submitted?.byId).not.toBe(who);
            expect(plan.edition).toBe(before.edition + 1);
            // What was approved is exactly what was submitted.
            expect(plan.answers).toEqual(before.answers);
            expect(plan.offerings).toEqual(before.offerings);
          } else expect(plan.edition).toBe(before.edition);
        }
        if (plan.state === 'submitted') for (const who of hands) expect(mayReview(plan, who)).toBe(false);
      }),
    );
  });
});
