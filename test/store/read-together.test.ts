import { expect, test } from 'vitest';
import type { Meeting } from '../../src/domain/meeting.ts';
import type { Tx } from '../../src/ports.ts';
import { openTestStore } from '../support/open-store.ts';
import { aMeeting, aPerson, at } from './samples.ts';

const within = async (work: (tx: Tx) => Promise<void>): Promise<void> =>
  (await openTestStore()).transaction(work);

const held = (id: string, minute: number, facts: Partial<Meeting> = {}): Meeting =>
  aMeeting({
    id,
    engagementId: null,
    kind: 'forum',
    state: 'held',
    bookedFor: { startsAt: at(minute), endsAt: at(minute + 30) },
    ...facts,
  });

test('the last meeting that was held is found whether a cadence planned it or not', async () => {
  await within(async (tx) => {
    const lastBefore = async (minute: number) =>
      (await tx.meetings.lastHeld('forum', null, 'meeting:forum', at(minute)))?.id ?? null;
    const planned = { cadenceKey: 'meeting:forum', plannedFor: '2026-12-08T10:00' };
    await tx.meetings.insert(held('by-plan', 0, planned));
    await tx.meetings.insert(held('by-hand', 60));
    await tx.meetings.insert(held('of-another', 90, { ...planned, cadenceKey: 'other' }));
    await tx.meetings.insert(held('of-another-kind', 90, { kind: 'lead_weekly' }));
    await tx.meetings.insert(held('booked', 90, { state: 'booked' }));
    await tx.meetings.insert(held('at-one-time', 60, { ...planned, plannedFor: '2026-12-08T11:00' }));
    expect(await lastBefore(0)).toBeNull();
    expect(await lastBefore(1)).toBe('by-plan');
    expect(await lastBefore(100)).toBe('by-hand');
  });
});

test('booked meetings of several kinds come kind by kind, each by its time', async () => {
  await within(async (tx) => {
    const booked = (id: string, minute: number, kind: Meeting['kind']) =>
      tx.meetings.insert(held(id, minute, { kind, state: 'booked' }));
    await booked('weekly-2', 90, 'lead_weekly');
    await booked('forum-1', 30, 'forum');
    await booked('weekly-1', 60, 'lead_weekly');
    await booked('review', 60, 'rbt_review');
    await booked('too-late', 120, 'forum');
    const found = await tx.meetings.bookedOfEach(['lead_weekly', 'forum'], at(0), at(120));
    expect(found.map(({ id }) => id)).toEqual(['weekly-1', 'weekly-2', 'forum-1']);
  });
});

test('whoever has any of several roles is found once', async () => {
  await within(async (tx) => {
    await tx.people.save([
      aPerson({ id: 'both', roles: ['gtl', 'cor'] }),
      aPerson({ id: 'a-lead', roles: ['contractor_lead'] }),
      aPerson({ id: 'cor', roles: ['cor'] }),
    ]);
    const found = await tx.people.withAnyRole(['cor', 'gtl']);
    expect(found.map(({ id }) => id)).toEqual(['both', 'cor']);
    expect(await tx.people.withAnyRole([])).toEqual([]);
  });
});

test('settings and leaves of several people are the same read together as alone', async () => {
  await within(async (tx) => {
    await tx.people.save(['bo', 'cra', 'isso'].map((id) => aPerson({ id })));
    await tx.contact.save({
      personId: 'bo',
      workHours: { from: '08:00', to: '16:00' },
      quietHours: null,
      inaugurationDay: true,
      muted: ['surveys'],
      rhythm: 'weekly',
    });
    const leaves = [
      ['late', 'bo', '2026-12-28', '2026-12-29'],
      ['early', 'bo', '2026-12-20', '2026-12-24'],
      ['over', 'bo', '2026-12-01', '2026-12-02'],
      ['of-cra', 'cra', '2026-12-21', '2026-12-24'],
    ] as const;
    for (const [id, personId, fromOn, toOn] of leaves)
      await tx.contact.addLeave({ id, personId, fromOn, toOn });
    for (const ids of [['bo', 'cra', 'isso', 'bo'], ['isso'], []]) {
      const found = await tx.contact.days(ids, '2026-12-10');
      expect(found.settings).toEqual(await tx.contact.settings(ids));
      expect(found.leaves).toEqual(await tx.contact.leaves(ids, '2026-12-10'));
    }
    expect((await tx.contact.days(['bo'], '2026-12-10')).leaves.map(({ id }) => id)).toEqual([
      'early',
      'late',
    ]);
  });
});
