import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { FIPS_LEVELS } from '../../src/domain/context-facts.ts';
import {
  allowedAfter,
  confirmIncident,
  LINE_KINDS,
  LINE_STATES,
  type LineReport,
  lineOf,
  needsEvidence,
  nextDueAt,
  type OffBoardingRecord,
  openLines,
  openStateOf,
  overdueLines,
  reportLine,
} from '../../src/domain/off-boarding.ts';
import { dueAtOf, timeFor, type Within } from '../../src/domain/off-boarding-clocks.ts';
import { openRecord } from '../../src/domain/off-boarding-open.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import {
  type LeavingFacts,
  leavingLines,
  lineNames,
  POLICY_LINES,
  PROPERTY,
} from '../../src/offerings/off-boarding-lines.ts';

const BUSINESS = { timeZone: 'America/New_York', calendar: FEDERAL_CALENDAR };
const TODAY = '2027-01-04';
const BY = { byId: 'lead', at: new Date('2027-01-04T15:00:00Z') };
const when = { today: TODAY, by: BY };

const anyFacts: fc.Arbitrary<LeavingFacts> = fc.record({
  leaving: fc.constantFrom('leaves' as const, 'moves' as const),
  isPersonal: fc.boolean(),
  template: fc.constant(CARD_TEMPLATE),
  begun: fc.option(fc.subarray(CARD_TEMPLATE.items.map(({ key }) => key)).map((keys) => new Set(keys))),
  equipment: fc.option(fc.subarray(['laptop', 'phone', 'token', 'none'])),
  fips: fc.constantFrom(...FIPS_LEVELS),
  isHva: fc.constantFrom(true, false, null),
});

const anyRecord: fc.Arbitrary<OffBoardingRecord> = anyFacts.map((facts) =>
  openRecord({ leaving: facts.leaving, endOn: '2026-12-31', lines: leavingLines(facts) }, BUSINESS),
);

const anyReport: fc.Arbitrary<LineReport> = fc.record({
  to: fc.constantFrom(...LINE_STATES),
  reference: fc.option(fc.constant('T-77')),
  on: fc.option(fc.constantFrom('2026-12-31', TODAY, '2027-01-05')),
  returnedTo: fc.option(fc.constant('Leila')),
  tagEnd: fc.option(fc.string({ minLength: 0, maxLength: 12 })),
  condition: fc.constantFrom('good' as const, null),
  tracking: fc.constantFrom('1Z 999', null),
});

/** A line by its place, what is said of it, or an incident number. */
const anySteps = fc.array(
  fc.record({ place: fc.nat(80), report: fc.option(anyReport), number: fc.constant('INC-1') }),
  { maxLength: 40 },
);

const full: Omit<LineReport, 'to'> = {
  reference: 'T-77',
  on: TODAY,
  returnedTo: 'Leila',
  tagEnd: '1234',
  condition: 'good',
  tracking: null,
};

/** A record with one line of each kind. */
const plain = openRecord(
  {
    leaving: 'leaves',
    endOn: '2026-12-31',
    lines: LINE_KINDS.map((kind) => ({
      key: kind,
      kind,
      what: kind,
      within: { days: 0 },
      isIssued: true,
    })),
  },
  BUSINESS,
);

describe('what is reported of a line', () => {
  it('changes that line alone, and only to what may follow, whatever is said in whatever order', () => {
    fc.assert(
      fc.property(anyRecord, anySteps, (start, steps) => {
        let record = start;
        for (const { place, report, number } of steps) {
          const line = record.lines[place % record.lines.length];
          if (!line) return;
          const made = report
            ? reportLine(record, line.key, report, when)
            : confirmIncident(record, line.key, number, BY);
          if (!made.ok) continue;
          const now = lineOf(made.value, line.key);
          if (report) expect(allowedAfter(line)).toContain(now?.state);
          else expect(line.state).toBe('reported_lost');
          expect(made.value.lines.filter(({ key }) => key !== line.key)).toEqual(
            record.lines.filter(({ key }) => key !== line.key),
          );
          record = made.value;
        }
      }),
    );
  });

  it('is never proven without a reference and a day that has come, and never keeps more than the end of a tag', () => {
    fc.assert(
      fc.property(anyRecord, anySteps, (start, steps) => {
        let record = start;
        for (const { place, report } of steps) {
          const line = record.lines[place % record.lines.length];
          if (!line || !report) continue;
          const made = reportLine(record, line.key, report, when);
          if (made.ok) record = made.value;
        }
        for (const { state, evidence, handing, kind } of record.lines) {
          expect(evidence !== null).toBe(needsEvidence(state));
          if (evidence) expect(evidence.on <= TODAY).toBe(true);
          if (state === 'returned') expect(handing?.returnedTo).not.toBeNull();
          expect(handing?.tagEnd ?? '1234').toHaveLength(4);
          if (kind !== 'property') expect(handing).toBeNull();
        }
      }),
    );
  });

  it('settles a line by the kind it has', () => {
    const ends = { access: 'revoked', property: 'returned', notice: 'done', keep: 'done' } as const;
    for (const kind of LINE_KINDS) {
      for (const to of LINE_STATES) {
        const made = reportLine(plain, kind, { ...full, to }, when);
        expect(made.ok, `${kind} ${to}`).toBe(allowedAfter({ kind, state: openStateOf(kind) }).includes(to));
      }
      const made = reportLine(plain, kind, { ...full, to: ends[kind] }, when);
      expect(made.ok && openLines(made.value).map(({ key }) => key)).not.toContain(kind);
    }
  });

  it('names all that is lacking at once', () => {
    const bare = { ...full, reference: null, on: null, returnedTo: null };
    expect(reportLine(plain, 'property', { ...bare, to: 'returned' }, when)).toEqual({
      ok: false,
      refusal: { code: 'evidence-needed', missing: ['returned_to', 'reference', 'on'] },
    });
    expect(reportLine(plain, 'property', { ...bare, to: 'reported_lost' }, when).ok).toBe(true);
    expect(reportLine(plain, 'property', { ...full, to: 'returned', on: '2027-01-05' }, when)).toMatchObject({
      refusal: { code: 'still-to-come' },
    });
    expect(
      reportLine(plain, 'property', { ...full, to: 'returned', tagEnd: 'CMS-0001234' }, when),
    ).toMatchObject({
      refusal: { code: 'whole-tag' },
    });
    expect(reportLine(plain, 'nothing', { ...full, to: 'done' }, when)).toMatchObject({
      refusal: { code: 'no-such-line' },
    });
  });

  it('is opened again after a slip, and what was lost can be found', () => {
    const returned = reportLine(plain, 'property', { ...full, to: 'returned' }, when);
    if (!returned.ok) throw new Error('refused');
    const again = reportLine(returned.value, 'property', { ...full, to: 'to_return' }, when);
    expect(again.ok && lineOf(again.value, 'property')).toMatchObject({ state: 'to_return', evidence: null });
    const lost = reportLine(plain, 'property', { ...full, to: 'reported_lost' }, when);
    if (!lost.ok) throw new Error('refused');
    const found = reportLine(lost.value, 'property', { ...full, to: 'returned' }, when);
    expect(found.ok && lineOf(found.value, 'property')?.incident).toMatchObject({ told: BY });
  });
});

describe('something lost', () => {
  const lost = reportLine(plain, 'property', { ...full, to: 'reported_lost' }, when);
  if (!lost.ok) throw new Error('refused');

  it('stays open until the report of it is confirmed with its number, once', () => {
    expect(openLines(lost.value).map(({ key }) => key)).toContain('property');
    const confirmed = confirmIncident(lost.value, 'property', 'INC-12345', BY);
    if (!confirmed.ok) throw new Error('refused');
    expect(openLines(confirmed.value).map(({ key }) => key)).not.toContain('property');
    expect(confirmIncident(confirmed.value, 'property', 'INC-2', BY)).toMatchObject({
      refusal: { code: 'already-done' },
    });
    expect(confirmIncident(plain, 'property', 'INC-1', BY)).toMatchObject({ refusal: { code: 'not-lost' } });
  });
});

describe('the lines of a record', () => {
  it('have one key and one name each, so that no words mean two', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const lines = leavingLines(facts);
        const keys = lines.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        const names = lines.flatMap(({ key, what }) => [
          ...new Set(
            [key.replaceAll('_', ' '), what, ...lineNames(facts.template, key)].map((name) =>
              name.toLowerCase(),
            ),
          ),
        ]);
        expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
      }),
    );
  });

  const facts: LeavingFacts = {
    leaving: 'leaves',
    isPersonal: false,
    template: CARD_TEMPLATE,
    begun: null,
    equipment: null,
    fips: 'moderate',
    isHva: false,
  };
  const keysOf = (more: Partial<LeavingFacts>) =>
    leavingLines({ ...facts, ...more }).map(({ key, isIssued }) => (isIssued ? key : `${key}, not issued`));

  it('mirror what was begun of the card, and nothing else of it', () => {
    expect(
      keysOf({ begun: new Set() }).filter((key) => CARD_TEMPLATE.items.some((item) => item.key === key)),
    ).toEqual([]);
    const begun = keysOf({ begun: new Set(['eua_id', 'cfacts_access', 'fingerprinting']) });
    expect(begun).toContain('eua_id');
    expect(begun).toContain('cfacts_access');
    expect(begun).not.toContain('fingerprinting');
    for (const { key, mirror } of CARD_TEMPLATE.items)
      if (mirror && mirror.kind !== 'return' && key !== 'cor_approval')
        expect(keysOf({ begun: new Set([key]) }), key).toContain(key);
  });

  it('hold all property, and say of what was never handed out that it was not', () => {
    const none = keysOf({ begun: new Set(), equipment: ['none'] });
    expect(none.filter((key) => key.endsWith(', not issued'))).toEqual(
      ['laptop', 'charger', 'piv_card', 'phone', 'hardware_token'].map((key) => `${key}, not issued`),
    );
    const some = keysOf({ begun: new Set(['gfe_laptop']), equipment: ['laptop', 'phone'] });
    for (const key of ['laptop', 'charger', 'phone', 'keys', 'removable_media', 'documents'])
      expect(some).toContain(key);
    expect(some).toContain('piv_card, not issued');
    // Of what nobody knows, it is asked.
    for (const { key } of PROPERTY) expect(keysOf({})).toContain(key);
  });

  it('hold the notices of a transfer only for one', () => {
    expect(keysOf({})).not.toContain('transfer_told');
    expect(keysOf({ leaving: 'moves' })).toEqual(
      expect.arrayContaining(['transfer_told', 'transfer_begun', 'access_disabled']),
    );
    expect(keysOf({ leaving: 'moves' })).not.toContain('named_personnel');
    expect(keysOf({ isPersonal: true })).toEqual(expect.arrayContaining(['hand_over', 'exit_talk']));
  });
});

describe('the times of the policy', () => {
  /** Thursday, December 31, 2026 in New York ends at five in the morning, UTC. */
  const END = '2026-12-31';
  const dueOf = (key: string, level: { fips: (typeof FIPS_LEVELS)[number]; isHva: boolean | null }) => {
    const line = POLICY_LINES.find((each) => each.key === key);
    if (!line) throw new Error(`no ${key}`);
    return dueAtOf(timeFor(line.time, level), END, BUSINESS).toISOString();
  };

  it.each([
    ['access_disabled', 'low', false, '2027-01-01T05:00:00.000Z'],
    ['named_personnel', 'low', false, '2027-01-02T05:00:00.000Z'],
    ['cor_told', 'high', false, '2027-01-04T05:00:00.000Z'],
    ['cor_told', 'moderate', false, '2027-01-08T05:00:00.000Z'],
    ['cor_told', 'low', false, '2027-01-31T05:00:00.000Z'],
    ['cor_told', 'not_categorized', false, '2027-01-04T05:00:00.000Z'],
    ['account_managers', 'high', false, '2027-01-31T05:00:00.000Z'],
    ['account_managers', 'low', true, '2027-01-01T17:00:00.000Z'],
    ['account_managers', 'low', null, '2027-01-01T17:00:00.000Z'],
    ['transfer_begun', 'low', false, '2027-01-31T05:00:00.000Z'],
    ['transfer_told', 'low', false, '2027-01-08T05:00:00.000Z'],
  ] as const)('%s at level %s, High Value Asset %s, is due at %s', (key, fips, isHva, dueAt) => {
    expect(dueOf(key, { fips, isHva })).toBe(dueAt);
  });

  it('never end before the last day does, and more time is never due earlier', () => {
    const within: fc.Arbitrary<Within> = fc.oneof(
      fc.record({ hours: fc.nat(800) }),
      fc.record({ days: fc.nat(60) }),
      fc.record({ businessDays: fc.nat(30) }),
    );
    const day = fc.integer({ min: 0, max: 2_000 }).map((days) => {
      const at = new Date(Date.UTC(2025, 0, 1) + days * 86_400_000);
      return at.toISOString().slice(0, 10);
    });
    fc.assert(
      fc.property(within, day, fc.nat(40), (time, endOn, more) => {
        const due = dueAtOf(time, endOn, BUSINESS);
        expect(due >= dueAtOf({ days: 0 }, endOn, BUSINESS)).toBe(true);
        const [unit, count] = Object.entries(time)[0] ?? ['days', 0];
        const longer = { [unit]: Number(count) + more } as unknown as Within;
        expect(dueAtOf(longer, endOn, BUSINESS) >= due).toBe(true);
      }),
    );
  });

  it('make a line overdue at its instant, while it is open', () => {
    const [access] = plain.lines;
    if (!access) throw new Error('no line');
    const before = new Date(access.dueAt.getTime() - 1);
    expect(overdueLines(plain, before)).toEqual([]);
    expect(nextDueAt(plain, before)).toEqual(access.dueAt);
    expect(overdueLines(plain, access.dueAt)).toHaveLength(LINE_KINDS.length);
    expect(nextDueAt(plain, access.dueAt)).toBeNull();
    const done = reportLine(plain, 'access', { ...full, to: 'revoked' }, when);
    expect(done.ok && overdueLines(done.value, access.dueAt).map(({ key }) => key)).not.toContain('access');
  });
});
