import { expect, test } from 'vitest';
import type { AuditEntry, Cadence, Store, Tx } from '../../src/ports.ts';
import { aConversation, aMeeting, anEngagement, aPerson, aPost, at } from './samples.ts';

/** People, requests, meetings, conversations and the record read back as written; stale changes are refused. */
export function recordsContract(store: () => Store): void {
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store().transaction(work);

  test('people are saved by id and found by role, mail and platform user', async () => {
    const cra = aPerson({ id: 'cra', email: 'cra@example.gov', roles: ['cra', 'ispg_team'] });
    await within((tx) => tx.people.save([aPerson(), cra]));
    await within((tx) => tx.people.save([aPerson({ name: 'Bo New' })]));
    await within(async (tx) => {
      expect(await tx.people.list()).toEqual([aPerson({ name: 'Bo New' }), cra]);
      expect(await tx.people.withRole('cra')).toEqual([cra]);
      expect((await tx.people.byEmail('bo_owner@EXAMPLE.gov'))?.id).toBe('bo');
      expect(await tx.people.byEmail('boXowner@example.gov')).toBeNull();
      expect((await tx.people.byCalendarToken('calendar-cra'))?.id).toBe('cra');
      expect(await tx.people.get('nobody')).toBeNull();
    });
  });

  test('the platform somebody was linked on last is where they are reached first', async () => {
    await within(async (tx) => {
      await tx.people.save([aPerson()]);
      await tx.people.linkPlatformUser('slack', 'U1', 'bo');
      await tx.people.linkPlatformUser('teams', 'T1', 'bo');
      const [first, second] = await tx.people.addresses('bo');
      expect([first?.id, second?.id]).toEqual(['T1', 'U1']);
      await tx.people.linkPlatformUser('slack', 'U1', 'bo');
      expect(await tx.people.addresses('bo')).toMatchObject([
        { platform: 'slack', id: 'U1', timeZone: 'America/New_York' },
        { platform: 'teams', id: 'T1' },
      ]);
      expect((await tx.people.byPlatformUser('teams', 'T1'))?.id).toBe('bo');
      expect(await tx.people.byPlatformUser('slack', 'T1')).toBeNull();
    });
  });

  test('a person has one open conversation, and an old copy of it cannot be saved', async () => {
    await within((tx) => tx.conversations.insert(aConversation()));
    await expect(
      within((tx) => tx.conversations.insert(aConversation({ id: 'c2', status: 'paused' }))),
    ).rejects.toThrow();
    await within(async (tx) => {
      expect(await tx.conversations.current('bo')).toEqual(aConversation());
      expect(await tx.conversations.update(aConversation({ version: 2, status: 'paused' }))).toBe(true);
      expect(await tx.conversations.update(aConversation({ version: 2 }))).toBe(false);
      expect(await tx.conversations.update(aConversation({ version: 3, status: 'finished' }))).toBe(true);
      expect(await tx.conversations.current('bo')).toBeNull();
      expect((await tx.conversations.get('c1'))?.version).toBe(3);
      await tx.conversations.insert(aConversation({ id: 'c2' }));
    });
  });

  test('running numbers are never given twice, whoever asks at the same time', async () => {
    const next = () => within((tx) => tx.engagements.nextNumber('ISSO', 2026));
    const numbers = await Promise.all(Array.from({ length: 25 }, next));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect(await within((tx) => tx.engagements.nextNumber('ISSO', 2027))).toBe(1);
  });

  test('a request reads back as written, and an old copy of it cannot be saved', async () => {
    const asked = { question: 'Which boundary?', byId: 'gtl', at: at(3), answer: null };
    await within((tx) => tx.engagements.insert(anEngagement()));
    await within(async (tx) => {
      expect(await tx.engagements.forChange('ISSO-2026-0001')).toEqual(anEngagement());
      expect(
        await tx.engagements.update(anEngagement({ version: 2, askedBack: asked, memberIds: ['x'] })),
      ).toBe(true);
      expect(await tx.engagements.update(anEngagement({ version: 2 }))).toBe(false);
      expect((await tx.engagements.get('e1'))?.askedBack).toEqual(asked);
      const ending = { reason: 'no_need', note: null, byId: 'bo', at: at(4) };
      const withdrawn = anEngagement({ version: 3, state: 'WITHDRAWN', ending });
      expect(await tx.engagements.update(withdrawn)).toBe(true);
      expect(await tx.engagements.byNumber('ISSO-2026-0001')).toEqual(withdrawn);
      expect(await tx.engagements.openForSystem('issoaas', 'ledger')).toBeNull();
    });
  });

  test('requests are found by person, state and system', async () => {
    const mine = anEngagement({
      id: 'e2',
      number: 'ISSO-2026-0002',
      systemKey: 'b',
      memberIds: ['ann'],
      createdAt: at(5),
    });
    await within(async (tx) => {
      await tx.engagements.insert(anEngagement({ craId: 'ann' }));
      await tx.engagements.insert(mine);
      expect((await tx.engagements.ofPerson('ann')).map(({ id }) => id)).toEqual(['e2', 'e1']);
      expect((await tx.engagements.inStates(['REQUESTED', 'DRAFT'], 1)).map(({ id }) => id)).toEqual(['e1']);
      expect(await tx.engagements.countByState()).toEqual(new Map([['REQUESTED', 2]]));
      expect((await tx.engagements.openForSystem('issoaas', 'b'))?.id).toBe('e2');
    });
  });

  test('two requests for one system at the same time see each other', async () => {
    const file = (id: string) =>
      within(async (tx) => {
        if (await tx.engagements.openForSystem('issoaas', 'ledger')) return 'there already';
        await tx.engagements.insert(anEngagement({ id, number: id }));
        return 'filed';
      });
    const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map(file));
    expect(outcomes.filter((outcome) => outcome === 'filed')).toHaveLength(1);
  });

  test('meetings read back as written and are found by time, person and token', async () => {
    const booked = aMeeting({
      version: 2,
      state: 'booked',
      bookedFor: { startsAt: at(60), endsAt: at(120) },
    });
    const released = aMeeting({ version: 3, released: { startsAt: at(60), endsAt: at(120) } });
    await within(async (tx) => {
      await tx.engagements.insert(anEngagement());
      await tx.meetings.insert(aMeeting());
      expect(await tx.meetings.forChange('m1')).toEqual(aMeeting());
      expect(await tx.meetings.update(booked)).toBe(true);
      expect(await tx.meetings.update(booked)).toBe(false);
      await tx.meetings.insert(aMeeting({ id: 'm2' }));
      expect((await tx.meetings.ofEngagement('e1', 'kickoff'))?.id).toBe('m2');
      await tx.meetings.insert(aMeeting({ id: 'm3', kind: 'initial' }));
      const kickoffs = await tx.meetings.kickoffsOf(['e1', 'e2']);
      expect([...kickoffs]).toEqual([['e1', aMeeting({ id: 'm2' })]]);
      expect(await tx.meetings.kickoffsOf([])).toEqual(new Map());
      expect(await tx.meetings.bookedBetween(at(119), at(200), ['bo', 'x'])).toEqual([booked]);
      expect(await tx.meetings.bookedBetween(at(120), at(200), ['bo'])).toEqual([]);
      expect(await tx.meetings.bookedBetween(at(0), at(200), ['x'])).toEqual([]);
      expect((await tx.meetings.byToken('token-m1'))?.id).toBe('m1');
      expect((await tx.meetings.ofPerson('gtl', at(0))).map(({ id }) => id)).toEqual(['m1']);
      expect(await tx.meetings.ofPerson('gtl', at(120))).toEqual([]);
      expect((await tx.meetings.inStates(['offered'], 5)).map(({ id }) => id)).toEqual(['m2', 'm3']);
      expect(await tx.meetings.update(released)).toBe(true);
      expect(await tx.meetings.bookedBetween(at(0), at(200), ['bo'])).toEqual([]);
      expect(await tx.meetings.ofPerson('gtl', at(0))).toEqual([released]);
      expect(await tx.meetings.ofPerson('gtl', at(120))).toEqual([]);
    });
  });

  test('the record keeps its order', async () => {
    const entry = (verb: string): AuditEntry => ({
      at: at(1),
      actorId: 'bo',
      forId: null,
      role: 'requester',
      verb,
      engagementId: 'e1',
      from: null,
      to: 'REQUESTED',
      reason: null,
      platform: 'slack',
      facts: { number: 'ISSO-2026-0001' },
    });
    await within(async (tx) => {
      for (const verb of ['submit', 'accept', 'book']) await tx.audit.append(entry(verb));
      expect(await tx.audit.ofEngagement('e1')).toEqual(['submit', 'accept', 'book'].map(entry));
    });
  });

  test('a cadence keeps its next instant unless its rule changes, and one replica at a time has it', async () => {
    const weekly: Cadence = {
      key: 'digest',
      cron: '0 9 * * 1',
      timeZone: 'America/New_York',
      holidayRule: 'skip',
      purpose: { kind: 'digest', channel: 'ispg' },
      nextAt: at(5),
    };
    await within((tx) => tx.cadences.set(weekly));
    await within((tx) => tx.cadences.set({ ...weekly, nextAt: at(99) }));
    expect((await store().nextDues()).digest).toEqual(at(5));
    const claims = await Promise.all(
      Array.from({ length: 4 }, () =>
        within(async (tx) => {
          const due = await tx.cadences.claimDue(at(5), 'digest', 10, () => undefined);
          for (const { key } of due) await tx.cadences.advance(key, at(50));
          return due.length;
        }),
      ),
    );
    expect(claims.reduce((sum, count) => sum + count, 0)).toBe(1);
    await within((tx) => tx.cadences.set({ ...weekly, cron: '0 9 * * 2', nextAt: null }));
    expect(await within((tx) => tx.cadences.get('digest'))).toMatchObject({
      cron: '0 9 * * 2',
      nextAt: null,
    });
    expect((await store().nextDues()).digest).toBeNull();
  });

  test('the console posts a delivery once, edits in place and remembers who has read what', async () => {
    const { console: ledger } = store();
    const first = await ledger.add(aPost({ deliveryKey: 'd1' }));
    expect(await ledger.add(aPost({ deliveryKey: 'd1', text: 'Other' }))).toEqual(first);
    const second = await ledger.add(aPost({ card: null, from: 'bo' }));
    expect(await ledger.list('bo', first.sequence)).toEqual([second]);
    const edited = await ledger.edit(first.id, { text: 'New', card: null, actions: [] }, at(1));
    expect(edited).toMatchObject({
      text: 'New',
      card: null,
      actions: [],
      editedAt: at(1),
      sequence: first.sequence,
    });
    expect(await ledger.edit('none', { text: '', card: null, actions: [] }, at(1))).toBeNull();
    expect(await ledger.get('none')).toBeNull();
    await ledger.markRead('bo', 'bo', 2);
    await ledger.markRead('bo', 'bo', 1);
    expect(await ledger.readMarks('bo')).toEqual(new Map([['bo', 2]]));
    expect(await ledger.latest()).toEqual(new Map([['bo', second.sequence]]));
    expect(await ledger.clockOffsetMs()).toBeNull();
    await ledger.saveClockOffsetMs(86_400_000 * 400);
    expect(await ledger.clockOffsetMs()).toBe(86_400_000 * 400);
  });
}
