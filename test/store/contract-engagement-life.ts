import { expect, test } from 'vitest';
import {
  type Course,
  isInForce,
  MEMBER_ROLES,
  type Membership,
  NEW_COURSE,
} from '../../src/domain/course.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { Store, Tx } from '../../src/ports.ts';
import { anEngagement, at } from './samples.ts';

const mark = (byId: string, minutes: number) => ({ byId, at: at(minutes) });

/** Every part of a course filled in at once, as no engagement ever has it. */
const WHOLE: Course = {
  form: { ...mark('ispg', 1), version: 4 },
  context: {
    version: 2,
    score: 11,
    tier: 'complex',
    isHva: null,
    ispg: mark('ispg', 2),
    contractor: mark('lead', 3),
  },
  skills: { ...mark('lead', 4), version: 1 },
  searchSince: at(5),
  candidate: {
    personId: 'isso',
    proposed: mark('lead', 6),
    startOn: '2026-04-01',
    score: 71.5,
    exception: 'Clearance comes “next week”.',
    exceptionAllowed: mark('gtl', 7),
    whyNotTop: 'Knows the system; works nearby.',
    ispg: mark('ispg', 8),
    businessOwner: mark('bo', 9),
  },
  passedOver: [
    { personId: 'isso2', reason: 'skill_gap', side: 'ispg', by: mark('ispg', 10) },
    { personId: 'isso3', reason: 'cost', side: 'business_owner', by: mark('bo', 11) },
  ],
  funding: mark('cor', 12),
  serviceIssoId: 'isso',
  dayZeroOn: '2026-04-01',
  letter: { isso: '2026-04-02', businessOwner: '2026-04-03', ciso: null },
  term: { startOn: '2026-04-01', endOn: null, hoursPerWeek: 20 },
  gateException: {
    ...mark('gtl', 13),
    reason: 'Access comes this week.',
    items: ['access', 'initial_meeting'],
  },
  activeSinceOn: '2026-05-29',
  pause: { reason: 'The system moves.', fromOn: '2026-06-01', resumeOn: '2026-07-01', by: mark('gtl', 14) },
  extension: {
    asked: null,
    because: 'term-ends',
    endOn: '2027-03-31',
    gtl: mark('gtl', 15),
    cor: null,
    wish: 'extend',
  },
  reassignment: {
    reason: 'isso_departed',
    by: mark('lead', 16),
    outgoingId: 'isso',
    replacement: { personId: 'isso2', ispg: mark('ispg', 17), businessOwner: null },
  },
  offBoarding: {
    reason: 'term_ended',
    endOn: '2027-03-31',
    handOverId: 'bo',
    by: null,
    done: mark('lead', 18),
  },
  cisoNotices: [
    { because: 'assignment', sinceOn: '2026-05-29', dueOn: '2026-06-28', doneOn: '2026-06-02' },
    { because: 'off-boarding', sinceOn: '2027-03-31', dueOn: '2027-04-30', doneOn: null },
  ],
  timesSentBack: 3,
  copyOf: 'ISSO-2025-0007',
};

/** One of each role: in force, waiting for a second person, ended. */
const MEMBERSHIPS: readonly Membership[] = MEMBER_ROLES.map((role, index) => ({
  personId: `member-${role}`,
  role,
  granted: mark('ispg', 20 + index),
  needsSecond: index % 3 !== 0,
  second: index % 3 === 1 ? mark('bo', 40 + index) : null,
  ended: index % 4 === 3 ? mark('gtl', 60 + index) : null,
}));

const aPaper = (facts: Partial<Paper> = {}): Paper => ({
  kind: 'request-form',
  subject: 'e1',
  version: 1,
  formVersion: 2,
  answers: { poam_open: 12, tasks: ['risk_assessment'], note: 'Zoë’s "list"\n; and more', left_out: null },
  byId: 'ispg',
  at: at(1),
  reason: null,
  ...facts,
});

/** What a store must keep of an engagement's life after the kickoff. */
export function engagementLifeContract(store: () => Store): void {
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store().transaction(work);

  test('every part of a course and of the memberships reads back as written', async () => {
    const fresh = anEngagement();
    const full = anEngagement({
      version: 2,
      state: 'EXTENSION_REVIEW',
      course: WHOLE,
      memberships: MEMBERSHIPS,
    });
    await within(async (tx) => {
      await tx.engagements.insert(fresh);
      expect((await tx.engagements.get('e1'))?.course).toEqual(NEW_COURSE);
      expect(await tx.engagements.update(full)).toBe(true);
    });
    expect(await within((tx) => tx.engagements.get('e1'))).toEqual(full);
    expect(await within((tx) => tx.engagements.byNumber('ISSO-2026-0001'))).toEqual(full);
  });

  test('a second change of the same version is told, and changes nothing', async () => {
    await within((tx) => tx.engagements.insert(anEngagement()));
    const paused = anEngagement({ version: 2, state: 'PAUSED', course: WHOLE });
    const ended = anEngagement({ version: 2, state: 'OFFBOARDING', course: NEW_COURSE });
    expect(await within((tx) => tx.engagements.update(paused))).toBe(true);
    expect(await within((tx) => tx.engagements.update(ended))).toBe(false);
    expect(await within((tx) => tx.engagements.get('e1'))).toEqual(paused);
  });

  test('whoever takes part is found by it while that counts: the Service ISSO and each member', async () => {
    const full = anEngagement({ state: 'ACTIVE', course: WHOLE, memberships: MEMBERSHIPS });
    await within(async (tx) => {
      await tx.engagements.insert(full);
      const found = async (id: string) => (await tx.engagements.assignedTo(id)).map((each) => each.id);
      expect(await found('isso')).toEqual(['e1']);
      for (const member of MEMBERSHIPS)
        expect([member.role, await found(member.personId)]).toEqual([
          member.role,
          isInForce(member) ? ['e1'] : [],
        ]);
      expect(await found('isso2')).toEqual([]);
      const left = { ...full, version: 2, memberships: [], course: { ...WHOLE, serviceIssoId: null } };
      await tx.engagements.update(left);
      expect(await found('isso')).toEqual([]);
    });
  });

  test('engagements are found by state, component and person, page by page', async () => {
    const isso = { ...NEW_COURSE, serviceIssoId: 'isso' };
    await within(async (tx) => {
      await tx.engagements.insert(anEngagement({ state: 'ACTIVE', course: isso }));
      await tx.engagements.insert(
        anEngagement({
          id: 'e2',
          number: 'ISSO-2026-0002',
          systemKey: 'b',
          component: 'CMCS',
          craId: 'isso',
        }),
      );
      await tx.engagements.insert(
        anEngagement({
          id: 'e3',
          number: 'ISSO-2026-0003',
          systemKey: 'c',
          state: 'CLOSED',
          course: isso,
          ending: { reason: 'term_ended', note: null, byId: 'gtl', at: at(2) },
        }),
      );
      const found = async (filter: Omit<Parameters<typeof tx.engagements.find>[0], 'limit'>, limit = 10) =>
        (await tx.engagements.find({ ...filter, limit })).map(({ id }) => id);
      expect(await found({})).toEqual(['e1', 'e2', 'e3']);
      expect(await found({ states: ['ACTIVE', 'CLOSED'] })).toEqual(['e1', 'e3']);
      expect(await found({ component: 'CMCS' })).toEqual(['e2']);
      expect(await found({ ofPersonId: 'isso' })).toEqual(['e1', 'e2', 'e3']);
      expect(await found({ ofPersonId: 'isso', states: ['ACTIVE'], component: 'OIT' })).toEqual(['e1']);
      expect(await found({}, 2)).toEqual(['e1', 'e2']);
      expect(await found({ after: 'ISSO-2026-0002' }, 2)).toEqual(['e3']);
      expect(await found({ ofPersonId: 'nobody' })).toEqual([]);
    });
  });

  test('a paper is kept version by version, and none is written twice', async () => {
    await within(async (tx) => {
      expect(await tx.papers.latest('request-form', 'e1')).toBeNull();
      expect(await tx.papers.insert(aPaper())).toBe(true);
      expect(await tx.papers.insert(aPaper({ byId: 'gtl', answers: {} }))).toBe(false);
      expect(await tx.papers.insert(aPaper({ version: 2, at: at(5), reason: 'Miscounted.' }))).toBe(true);
      expect(await tx.papers.versions('request-form', 'e1')).toEqual([
        aPaper(),
        aPaper({ version: 2, at: at(5), reason: 'Miscounted.' }),
      ]);
      expect(await tx.papers.latest('request-form', 'e1')).toMatchObject({ version: 2 });
      expect(await tx.papers.latest('skill-profile', 'e1')).toBeNull();
    });
  });

  test('of two who save the next version of a paper at once, one does and the other is told', async () => {
    await within((tx) => tx.papers.insert(aPaper()));
    const savers = ['ispg', 'gtl', 'bo', 'lead'];
    const saved = await Promise.all(
      savers.map((byId) => within((tx) => tx.papers.insert(aPaper({ version: 2, byId })))),
    );
    expect(saved.filter((each) => each)).toHaveLength(1);
    const latest = await within((tx) => tx.papers.latest('request-form', 'e1'));
    expect(latest?.byId).toBe(savers[saved.indexOf(true)]);
  });

  test('a paper reads as it was at any instant', async () => {
    await within(async (tx) => {
      for (const version of [1, 2, 3]) await tx.papers.insert(aPaper({ version, at: at(version * 10) }));
      const asOf = async (minutes: number) =>
        (await tx.papers.asOf('request-form', 'e1', at(minutes)))?.version ?? null;
      expect(await Promise.all([9, 10, 19, 20, 30, 9_999].map(asOf))).toEqual([null, 1, 1, 2, 3, 3]);
      expect(await tx.papers.asOf('request-form', 'e2', at(50))).toBeNull();
    });
  });

  test('many papers are kept at once, and those that are there already stay as they are', async () => {
    const many = Array.from({ length: 250 }, (_, place) => aPaper({ version: place + 1, at: at(place) }));
    await within(async (tx) => {
      await tx.papers.insert(aPaper({ version: 7, reason: 'It was here first.' }));
      expect(await tx.papers.insertAll(many)).toBe(249);
      expect(await tx.papers.insertAll([])).toBe(0);
      const kept = await tx.papers.versions('request-form', 'e1');
      expect(kept.map(({ version }) => version)).toEqual(many.map(({ version }) => version));
      expect(kept[6]?.reason).toBe('It was here first.');
      expect(kept[249]).toEqual(many[249]);
    });
  });

  test('the latest papers of some subjects, or of all, come by subject', async () => {
    await within(async (tx) => {
      const card = (subject: string, version: number) =>
        aPaper({ kind: 'information-card', subject, version });
      for (const paper of [card('e2/isso', 1), card('e1/isso', 1), card('e1/isso', 2), card('e1/isso2', 1)])
        await tx.papers.insert(paper);
      await tx.papers.insert(aPaper({ kind: 'isso-profile', subject: 'isso', byId: null }));
      const latest = async (subjects: readonly string[] | 'all') =>
        (await tx.papers.latestOf('information-card', subjects)).map(
          (each) => `${each.subject} ${each.version}`,
        );
      expect(await latest('all')).toEqual(['e1/isso 2', 'e1/isso2 1', 'e2/isso 1']);
      expect(await latest(['e1/isso', 'e9/isso'])).toEqual(['e1/isso 2']);
      expect(await latest([])).toEqual([]);
      expect(await tx.papers.latestOf('isso-profile', 'all')).toEqual([
        aPaper({ kind: 'isso-profile', subject: 'isso', byId: null }),
      ]);
    });
  });
}
