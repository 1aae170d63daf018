import { describe, expect, it } from 'vitest';
import type { Survey } from '../../src/domain/survey.ts';
import { groupsIn } from '../support/counted-groups.ts';
import { writeTold } from '../support/history-rows.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

const AT = new Date('2027-03-01T12:00:00Z');
const scores = { expertise: 1, responsiveness: 2, communication: 3, fit: 4, overall: 5 };
const survey = (id: string, engagementId: string, more: Partial<Survey> = {}): Survey => ({
  id,
  engagementId,
  personId: `owner-of-${engagementId}`,
  occasion: id,
  askedAt: AT,
  version: 1,
  answers: { scores, comment: '', renew: 'yes', counted: null },
  answeredAt: AT,
  ...more,
});
const inGroup = (on: string, component: string | null) => ({
  answers: { scores, comment: '', renew: 'yes', counted: { ...scores, on, component } } as const,
});

describe('answers and their groups', () => {
  it('wait with their component and how many of it are at work, until they stand in a group', async () => {
    const store = await openTestStore();
    await writeTold(await openTestDatabase(), [
      { component: 'OIT', steps: [['2027-01-04T15:00:00Z', 'ACTIVE']] },
      { component: 'OIT', steps: [['2027-01-04T15:00:00Z', 'PAUSED']] },
      { component: 'CM', steps: [['2027-01-04T15:00:00Z', 'CLOSED']] },
    ]);
    const all = [
      survey('a', 'e0'),
      survey('b', 'e2', { answeredAt: new Date(AT.getTime() - 1) }),
      survey('c', 'e1', { answers: null, answeredAt: null }),
      survey('d', 'e1', inGroup('2027-02-01', 'OIT')),
      survey('e', 'e0', inGroup('2027-02-01', 'OIT')),
      survey('f', 'e2', inGroup('2027-02-01', null)),
      survey('g', 'e2', { answers: { scores, comment: '', renew: 'no', counted: scores } }),
    ];
    await store.transaction(async (tx) => {
      for (const each of all) await tx.surveys.insert(each);
    });
    const { waiting, groups } = await store.transaction(async (tx) => ({
      waiting: await tx.surveys.waiting(),
      groups: await tx.surveys.countedGroups(),
    }));
    expect(waiting.map(({ survey: { id }, component, atWork }) => [id, component, atWork])).toEqual([
      ['b', 'CM', 0],
      ['a', 'OIT', 2],
    ]);
    const sorted = (found: typeof groups | ReturnType<typeof groupsIn>) =>
      found
        .map((each) => ({
          ...each,
          personIds: each.personIds.toSorted(),
          engagementIds: each.engagementIds.toSorted(),
        }))
        .toSorted((one, other) => (`${one.on} ${one.component}` < `${other.on} ${other.component}` ? -1 : 1));
    expect(sorted(groups)).toEqual(sorted(groupsIn(all)));
    expect(groups).toHaveLength(3);
  });
});
