/** The made-up programme of `test/support/many-engagements.ts` is one that the bot could have written. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { CHAIN_START, verifyChain, verifyHead } from '../../src/domain/audit.ts';
import { ENGAGEMENT_STATES, OPEN_STATES } from '../../src/domain/engagement-states.ts';
import type { Store } from '../../src/ports.ts';
import { cardNow } from '../../src/usecases/information-card.ts';
import { PROGRAMME } from '../support/bot.ts';
import { type Filled, fillProgramme } from '../support/many-engagements.ts';
import { MANY } from '../support/many-people.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

const OPEN = 60;
const ENDED = 120;

describe('a made-up programme', () => {
  let store: Store;
  let filled: Filled;
  beforeEach(async () => {
    store = await openTestStore();
    filled = await fillProgramme((await openTestDatabase()).url, { open: OPEN, ended: ENDED });
  });

  it('has as many engagements as were asked for, some in each open state', async () => {
    const counts = await store.transaction((tx) => tx.engagements.countByState());
    const open = OPEN_STATES.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
    const all = ENGAGEMENT_STATES.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
    expect([open, all]).toEqual([OPEN, OPEN + ENDED]);
    // Nobody stays in the state between settled skills and the search.
    expect(OPEN_STATES.filter((state) => !counts.has(state))).toEqual(['SKILLS_CATEGORIZED']);
  });

  it('is read by the store as what the bot writes, and its record is chained', async () => {
    await store.transaction(async (tx) => {
      const all = await tx.engagements.find({ limit: 1_000 });
      expect(all).toHaveLength(OPEN + ENDED);
      const rows = await tx.audit.page(null, 100_000);
      expect(rows).toHaveLength(filled.auditEntries);
      const end = verifyChain(CHAIN_START, rows, (text) => createHash('sha256').update(text).digest('hex'));
      expect(end.ok && verifyHead(end.value, await tx.audit.head())).toBeNull();
      for (const engagement of all) {
        const entries = await tx.audit.ofEngagement(engagement.id);
        const last = entries.filter(({ from, to }) => to !== null && from !== to).at(-1);
        expect(last?.to).toBe(engagement.state);
        expect(last?.at).toEqual(engagement.stateSinceAt);
      }
    });
  });

  it('has cards, surveys and meetings that can be read, and goes on with new entries and the next number', async () => {
    await store.transaction(async (tx) => {
      const onboarding = await tx.engagements.inStates(['ONBOARDING'], 100);
      expect(onboarding.length).toBeGreaterThan(1);
      for (const engagement of onboarding) {
        const card = await cardNow({ tx, now: filled.now, programme: PROGRAMME }, engagement);
        expect(card?.version).toBe(1);
        expect((await tx.meetings.ofEngagement(engagement.id, 'kickoff'))?.state).toBe('held');
      }
      expect((await tx.surveys.answeredBetween(new Date('2020-01-01'), filled.now)).length).toBeGreaterThan(
        0,
      );
    });
    const newest = [...filled.numbers.values()].filter((number) => number.startsWith('ISSO-2027-')).length;
    await store.transaction(async (tx) => {
      expect(await tx.engagements.nextNumber('ISSO', 2027)).toBe(newest + 1);
      await tx.audit.append({
        at: filled.now,
        actorId: MANY.ispg,
        forId: null,
        role: 'ispg_team',
        verb: 'request.read',
        engagementId: null,
        from: null,
        to: null,
        reason: null,
        platform: 'console',
        facts: {},
      });
    });
    const head = await store.transaction((tx) => tx.audit.head());
    expect(head?.position).toBe(filled.auditEntries + 1);
  });
});
