import { describe, expect, it } from 'vitest';
import { BUSINESS_HOURS, FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { composeDigest, type Digest, type EngagementAndMeeting } from '../../src/domain/digest.ts';
import type { DigestException } from '../../src/domain/digest-exceptions.ts';
import type { Engagement } from '../../src/domain/engagement.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import type { People } from '../../src/domain/person.ts';
import { adaptiveCard } from '../../src/messages/adaptive-card.ts';
import { headOf } from '../../src/messages/below.ts';
import { digestMessage } from '../../src/messages/copy/digest.ts';
import { CARD_BUDGET_BYTES, jsonBytes } from '../../src/messages/limits.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { aMeeting, anEngagement, aPerson } from '../store/samples.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const rules = {
  calendar: FEDERAL_CALENDAR,
  businessHours: BUSINESS_HOURS,
  triageBusinessDays: 2,
  offerReminderBusinessDays: 2,
};
const reader = { timeZone: 'America/New_York' };
const people: People = new Map([
  ['bo', aPerson()],
  ['ispg', aPerson({ id: 'ispg', name: 'Imani Spencer' })],
]);

const row = (facts: Partial<Engagement>, meeting: Partial<Meeting> | null = null): EngagementAndMeeting => ({
  engagement: {
    ...anEngagement(),
    createdAt: eastern('2026-12-01T10:00'),
    submittedAt: eastern('2026-12-01T10:00'),
    stateSinceAt: eastern('2026-12-01T10:00'),
    ...facts,
  } as Engagement,
  meeting: meeting && aMeeting({ offeredAt: eastern('2026-12-01T10:00'), ...meeting }),
});
const pending = (meeting: Partial<Meeting> | null, facts: Partial<Engagement> = {}) =>
  row(
    { state: 'KICKOFF_PENDING', ending: null, triagedById: 'ispg', ...facts } as Partial<Engagement>,
    meeting,
  );
const compose = (rows: readonly EngagementAndMeeting[], now: Date): Digest => composeDigest(rows, rules, now);
const whatOf = (one: EngagementAndMeeting, now: Date): DigestException['what'] | null =>
  compose([one], now).exceptions[0]?.what ?? null;

describe('what the digest names', () => {
  const soon = eastern('2026-12-02T09:00');
  const late = eastern('2026-12-03T10:00');
  const bookedFor = { startsAt: eastern('2026-12-02T13:00'), endsAt: eastern('2026-12-02T14:00') };

  it.each([
    ['a request on its first day waits for triage', row({}), soon, 'triage-due', null],
    ['a request of two business days is overdue', row({}), late, 'triage-overdue', null],
    [
      'a question without an answer waits for the requester',
      row({ requesterId: 'cra', askedBack: { question: 'q', byId: 'ispg', at: soon, answer: null } }),
      late,
      'asked-back',
      'cra',
    ],
    [
      'an answered question leaves the clock where it was',
      row({ askedBack: { question: 'q', byId: 'ispg', at: soon, answer: 'a' } }),
      late,
      'triage-overdue',
      null,
    ],
    ['a fresh draft is nothing to name', row({ state: 'DRAFT', submittedAt: null }), soon, null, null],
    [
      'a draft of two business days waits for its owner',
      row({ state: 'DRAFT', submittedAt: null }),
      late,
      'unconfirmed',
      'bo',
    ],
    [
      'an accepted request without times waits for whoever accepted it',
      pending(null),
      soon,
      'no-kickoff-offer',
      'ispg',
    ],
    [
      'a cancelled kickoff waits for new times',
      pending({ state: 'cancelled' }),
      soon,
      'no-kickoff-offer',
      'ispg',
    ],
    ['a fresh offer is nothing to name', pending({ state: 'offered' }), soon, null, null],
    [
      'an offer of two business days is unanswered',
      pending({ state: 'offered' }),
      late,
      'offer-unanswered',
      'bo',
    ],
    [
      'a proposal waits for ISPG at once',
      pending({ state: 'offered', proposed: [bookedFor] }),
      soon,
      'proposal-waiting',
      'ispg',
    ],
    [
      'a kickoff that is still to come is nothing to name',
      pending({ state: 'booked', bookedFor }),
      soon,
      null,
      null,
    ],
    [
      'a kickoff that is over wants its record',
      pending({ state: 'booked', bookedFor }),
      late,
      'kickoff-unrecorded',
      'ispg',
    ],
    [
      'a kickoff that was held is nothing to name',
      row({ state: 'KICKOFF_HELD', triagedById: 'ispg' } as Partial<Engagement>, {
        state: 'held',
        bookedFor,
      }),
      late,
      null,
      null,
    ],
  ] as const)('%s', (_name, one, now, what, nextId) => {
    expect(compose([one], now).exceptions.map((each) => [each.what, each.nextId])).toEqual(
      what ? [[what, nextId]] : [],
    );
  });

  it.each([
    ['over and not recorded', { state: 'booked', bookedFor }, late, 'session-unrecorded', 'ispg'],
    ['still to come', { state: 'booked', bookedFor }, soon, null, null],
    ['freshly offered', { state: 'offered', offered: [bookedFor] }, soon, null, null],
    [
      'offered and not answered when the reminder has gone by',
      {
        state: 'offered',
        offered: [{ startsAt: eastern('2026-12-08T13:00'), endsAt: eastern('2026-12-08T14:00') }],
      },
      late,
      'session-unanswered',
      'bo',
    ],
    [
      'offered with times that have passed',
      { state: 'offered', offered: [bookedFor] },
      late,
      'session-lapsed',
      'ispg',
    ],
    ['without room in the calendars', { state: 'offered', offered: [] }, soon, 'session-lapsed', 'ispg'],
    [
      'with other times proposed',
      { state: 'offered', offered: [], proposed: [bookedFor] },
      soon,
      'session-proposal',
      'ispg',
    ],
    ['held', { state: 'held', bookedFor }, late, null, null],
  ] as const)('a session of a request that is %s', (_name, facts, now, what, nextId) => {
    const session = aMeeting({
      kind: 'initial',
      offeredAt: eastern('2026-12-01T10:00'),
      ...facts,
    } as Partial<Meeting>);
    const one = {
      ...row({ state: 'KICKOFF_HELD', triagedById: 'ispg' } as Partial<Engagement>),
      sessions: [session],
    };
    expect(compose([one], now).exceptions.map((each) => [each.what, each.nextId])).toEqual(
      what ? [[what, nextId]] : [],
    );
  });

  it('counts two business days over a weekend and over Thanksgiving', () => {
    const filed = eastern('2026-11-25T10:00');
    const wednesday = row({ submittedAt: filed, createdAt: filed });
    // Thursday is the holiday, Friday the first business day, Monday the second.
    expect(whatOf(wednesday, eastern('2026-11-27T10:00'))).toBe('triage-due');
    expect(whatOf(wednesday, eastern('2026-11-30T09:59'))).toBe('triage-due');
    expect(whatOf(wednesday, eastern('2026-11-30T10:00'))).toBe('triage-overdue');
  });

  it('counts what came in the evening or on Saturday from the next opening', () => {
    for (const filed of [eastern('2026-12-04T19:00'), eastern('2026-12-05T12:00')]) {
      const one = row({ submittedAt: filed, createdAt: filed });
      expect(whatOf(one, eastern('2026-12-09T08:29'))).toBe('triage-due');
      expect(whatOf(one, eastern('2026-12-09T08:30'))).toBe('triage-overdue');
    }
  });

  it('counts a draft that was confirmed late from its confirmation', () => {
    const one = row({ createdAt: eastern('2026-11-02T10:00'), submittedAt: eastern('2026-12-02T10:00') });
    expect(whatOf(one, eastern('2026-12-03T10:00'))).toBe('triage-due');
  });

  it('puts the most urgent first and, among equals, the oldest', () => {
    const now = eastern('2026-12-10T10:00');
    const rows = [
      row({ id: 'draft', state: 'DRAFT', submittedAt: null }),
      row({ id: 'new', submittedAt: now }),
      row({ id: 'asked', askedBack: { question: 'q', byId: 'ispg', at: now, answer: null } }),
      pending({ state: 'offered', proposed: [bookedFor] }, { id: 'proposed' }),
      pending({ state: 'offered' }, { id: 'unanswered' }),
      pending(null, { id: 'no offer' }),
      pending({ state: 'booked', bookedFor }, { id: 'unrecorded' }),
      row({ id: 'overdue' }),
      row({ id: 'overdue longest', submittedAt: eastern('2026-11-20T10:00') }),
    ];
    expect(compose(rows, now).exceptions.map(({ engagement }) => engagement.id)).toEqual([
      'overdue longest',
      'overdue',
      'unrecorded',
      'no offer',
      'unanswered',
      'proposed',
      'asked',
      'draft',
      'new',
    ]);
  });

  it('counts every open request once, in the order of the life cycle, and leaves empty counts out', () => {
    const rows = [
      row({ id: 'held', state: 'KICKOFF_HELD' }, { state: 'held' }),
      pending({ state: 'booked', bookedFor }, { id: 'booked' }),
      pending({ state: 'cancelled' }, { id: 'cancelled' }),
      pending(null, { id: 'accepted' }),
      row({ id: 'new' }),
    ];
    expect(
      compose(rows, soon).counts.map(({ label, engagements }) => [label, engagements.map(({ id }) => id)]),
    ).toEqual([
      ['to-triage', ['new']],
      ['kickoff-to-schedule', ['cancelled', 'accepted']],
      ['kickoff-booked', ['booked']],
      ['kickoff-held', ['held']],
    ]);
  });
});

describe('how the digest reads', () => {
  const slot = { startsAt: eastern('2026-12-02T13:00'), endsAt: eastern('2026-12-02T13:30') };
  const now = eastern('2026-12-03T10:00');

  it('is one line on a day on which nothing needs anybody', () => {
    const empty = plainText(digestMessage(compose([], now), people, { of: 'daily', at: now }), reader);
    expect(empty).toBe('Digest for Thursday, December 3, 2026: nothing needs you today. No open requests.');
    const held = plainText(
      digestMessage(
        compose([row({ state: 'KICKOFF_HELD', triagedById: 'ispg' } as Partial<Engagement>)], now),
        people,
        { of: 'daily', at: now },
      ),
      reader,
    );
    expect(held.split('\n')).toHaveLength(1);
    expect(held).toContain('1 kickoff held (ISSO-2026-0001)');
  });

  it('names each exception with its number, what is wrong and who is next, before the counts', () => {
    const text = plainText(
      digestMessage(
        compose([row({}), pending({ state: 'offered' }, { number: 'ISSO-2026-0002' })], now),
        people,
        { of: 'daily', at: now },
      ),
      reader,
    );
    expect(text).toMatch(/ISSO-2026-0001.*triage is overdue.*Next: ISPG/u);
    expect(text).toMatch(/ISSO-2026-0002.*not answered.*Next: Bo Owner/u);
    expect(text.indexOf('triage is overdue')).toBeLessThan(text.indexOf('1 to triage'));
  });

  it('says below of a kickoff that is being arranged what it waits for', () => {
    const soon = { startsAt: eastern('2026-12-04T13:00'), endsAt: eastern('2026-12-04T14:00') };
    const below = (meeting: Partial<Meeting> | null): string => {
      const message = digestMessage(compose([row({}), pending(meeting)], now), people, {
        of: 'daily',
        at: now,
      });
      return plainText({ ...message, blocks: message.below ?? [] }, reader);
    };
    expect(below(null)).toContain('ISPG arranges the kickoff.');
    expect(below({ state: 'cancelled' })).toContain('ISPG arranges the kickoff.');
    expect(below({ state: 'offered' })).toContain(
      'Bo Owner chooses a time for the kickoff, or proposes others.',
    );
    expect(below({ state: 'offered', proposed: [slot] })).toContain('ISPG answers the times');
    expect(below({ state: 'booked', bookedFor: slot })).toContain('ISPG records the kickoff.');
    expect(below({ state: 'booked', bookedFor: soon })).toContain(
      'The kickoff is on Friday, December 4, 2026 at 1:00 PM Eastern Time.',
    );
  });

  it('says of a session what is wrong and what to type, and names the programme\u2019s own in one line', () => {
    const session = aMeeting({ kind: 'satisfaction', state: 'booked', bookedFor: slot });
    const one = {
      ...row({ state: 'KICKOFF_HELD', triagedById: 'ispg' } as Partial<Engagement>),
      sessions: [session],
    };
    const unrecorded = Array.from({ length: 8 }, (_, week) => `weekly Dec ${week + 1}`);
    const digest = composeDigest([one], rules, now, { unrecorded });
    const text = plainText(digestMessage(digest, people, { of: 'daily', at: now }), reader);
    expect(text).toMatch(
      /ISSO-2026-0001.*the satisfaction session is not recorded.*Next: Imani Spencer; ISPG can type `held satisfaction ISSO-2026-0001`/u,
    );
    expect(text.split('\n').filter((line) => line.includes('weekly'))).toEqual([
      expect.stringMatching(/weekly Dec 1, .*weekly Dec 5 and 3 more.*`held weekly Dec 1`/u),
    ]);
    expect(text).toContain('2 things need you');
  });

  it('names those who could not be reached', () => {
    const lost = { personId: 'bo', channel: null, reason: 'gone' };
    const digest = composeDigest([], rules, now, { undelivered: [lost, lost] });
    expect(plainText(digestMessage(digest, people, { of: 'daily', at: now }), reader)).toContain(
      'could not be delivered (2) to: Bo Owner.',
    );
  });

  it('says which channel could not be reached, rather than nobody', () => {
    const lost = [
      { personId: null, channel: 'issoaas', reason: 'blocked' },
      { personId: 'bo', channel: null, reason: 'gone' },
      { personId: null, channel: 'issoaas', reason: 'blocked' },
    ] as const;
    const text = plainText(
      digestMessage(composeDigest([], rules, now, { undelivered: lost }), people, { of: 'daily', at: now }),
      reader,
    );
    expect(text).not.toMatch(/to:\s*\./u);
    expect(text).toContain('could not be delivered (1) to: Bo Owner.');
    expect(text).toContain('could not be delivered (2) to: the programme channel.');
    expect(text).toContain('2 things need you');
  });

  it('says how many requests it leaves out, even when nothing else needs anybody', () => {
    const digest = composeDigest([], rules, now, { leftOut: 12 });
    expect(plainText(digestMessage(digest, people, { of: 'daily', at: now }), reader)).toContain(
      '12 more open requests',
    );
  });

  it('says when it is late, with the day it stands for and how old it is', () => {
    const due = eastern('2026-12-02T09:00');
    const quiet = plainText(
      digestMessage(compose([], now), people, { of: 'daily', at: now, lateFor: due }),
      reader,
    );
    const loud = plainText(
      digestMessage(compose([row({})], now), people, { of: 'daily', at: now, lateFor: due }),
      reader,
    );
    const late =
      'Wednesday, December 2, 2026 (late, as things stand Thursday, December 3, 2026 at 10:00 AM Eastern Time)';
    expect(quiet).toBe(`Digest for ${late}: nothing needs you. No open requests.`);
    expect(loud).toContain(late);
  });

  it('stays within every limit with six hundred open requests', () => {
    const rows = Array.from({ length: 600 }, (_, index) => {
      const facts = {
        id: `e${index}`,
        number: `ISSO-2026-${String(index + 1).padStart(4, '0')}`,
        systemName: `${'Ż'.repeat(110)} ${index}`,
      };
      const kinds = [
        row(facts),
        pending(null, facts),
        pending({ state: 'offered' }, facts),
        { ...row({ ...facts, state: 'DRAFT', submittedAt: null }), sessions: [] },
      ];
      return kinds[index % kinds.length] ?? row(facts);
    });
    const lost = Array.from({ length: 600 }, (_, index) => ({
      personId: `p${index}`,
      channel: null,
      reason: 'gone',
    }));
    const crowd: People = new Map(
      lost.map(({ personId }) => [personId, aPerson({ id: personId, name: 'N'.repeat(120) })]),
    );
    const digest = composeDigest(rows, rules, now, { undelivered: lost });
    const message = digestMessage(digest, crowd, { of: 'daily', at: now, pages: 'https://bot.example.gov' });
    const head = headOf(message);
    expect(plainText(head, reader).length).toBeLessThanOrEqual(12_000);
    expect(jsonBytes(adaptiveCard(head, reader))).toBeLessThanOrEqual(CARD_BUDGET_BYTES);
    expect(digest.exceptions).toHaveLength(600);
    const shown = plainText(head, reader).match(/type `status ISSO-/gu);
    expect(shown).toHaveLength(15);
    // Nothing is lost: all of them stand below, and each open engagement by where it stands.
    const below = plainText({ blocks: message.below ?? [], buttons: [] }, reader);
    for (const { engagement } of rows) expect(below.split(`${engagement.number} (`)).toHaveLength(3);
  });
});
