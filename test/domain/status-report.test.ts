import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type OnboardingFacts,
  type ReportFacts,
  statusReport,
  type TrainingFacts,
} from '../../src/domain/status-report.ts';
import {
  acknowledgeReport,
  editWords,
  type KeptReport,
  newReport,
  returnReport,
  type SubmittedReport,
  submitReport,
} from '../../src/domain/status-report-kept.ts';
import { reportDocument, reportRows } from '../../src/messages/copy/status-report-document.ts';
import { saidWords } from '../../src/messages/copy/status-report-words.ts';

const TODAY = '2026-12-30';
const ines: OnboardingFacts = {
  personId: 'isso',
  name: 'Ines Sorensen',
  number: 'ISSO-2026-0001',
  dayZeroOn: '2026-12-07',
  percent: 48,
  nextItems: ['Fingerprints taken', 'EUA ID issued'],
  blockedItems: [],
  readyOn: '2027-01-29',
  standing: 'on-track',
  daysInHand: new Map([
    ['contractor', 3],
    ['security_office', 12],
  ]),
};
const ivan: OnboardingFacts = {
  ...ines,
  personId: 'isso2',
  name: 'Ivan Soto',
  number: 'ISSO-2026-0002',
  standing: 'late',
  blockedItems: ['Fingerprints taken'],
  readyOn: '2027-03-01',
};
const training = (facts: Partial<TrainingFacts>): TrainingFacts => ({
  personId: 'isso',
  name: 'Ines Sorensen',
  number: 'ISSO-2026-0001',
  doneOn: null,
  dueOn: null,
  ...facts,
});
const FACTS: ReportFacts = {
  today: TODAY,
  engagements: [
    { number: 'ISSO-2026-0001', state: 'ONBOARDING', endOn: '2027-12-31' },
    { number: 'ISSO-2026-0002', state: 'ONBOARDING', endOn: '2027-12-31' },
    { number: 'ISSO-2026-0003', state: 'ACTIVE', endOn: '2027-02-28' },
    { number: 'ISSO-2026-0004', state: 'ACTIVE', endOn: '2027-03-01' },
    { number: 'ISSO-2026-0005', state: 'EXTENSION_REVIEW', endOn: '2027-06-30' },
    { number: 'ISSO-2026-0006', state: 'OFFBOARDING', endOn: '2026-12-31' },
  ],
  onboarding: [ivan, ines],
  training: [
    training({
      personId: 'isso3',
      name: 'Ida Berg',
      number: 'ISSO-2026-0003',
      doneOn: '2026-06-01',
      dueOn: '2027-06-01',
    }),
    training({ dueOn: '2027-02-05' }),
    training({ personId: 'isso2', name: 'Ivan Soto', number: 'ISSO-2026-0002', dueOn: '2026-12-29' }),
    training({ personId: 'isso2', name: 'Ivan Soto', number: 'ISSO-2026-0006', dueOn: '2027-06-01' }),
  ],
  property: [
    { personId: 'isso4', name: 'Iris Odum', number: 'ISSO-2026-0006', items: ['PIV card', 'Laptop'] },
  ],
  blockers: [
    { name: 'B-12', number: null, raisedOn: '2026-12-21', waitsFor: 'gtl' },
    { name: 'B-9', number: 'ISSO-2026-0002', raisedOn: '2026-12-20', waitsFor: null },
  ],
};

describe('the numbers of the report', () => {
  const report = statusReport(FACTS);

  it('count engagements by state in the order of the life cycle, with their numbers', () => {
    expect(report.states).toEqual([
      { state: 'ONBOARDING', records: ['ISSO-2026-0001', 'ISSO-2026-0002'] },
      { state: 'ACTIVE', records: ['ISSO-2026-0003', 'ISSO-2026-0004'] },
      { state: 'EXTENSION_REVIEW', records: ['ISSO-2026-0005'] },
      { state: 'OFFBOARDING', records: ['ISSO-2026-0006'] },
    ]);
  });

  it('say of each person in onboarding how far they are, what comes next, and who had how much in hand', () => {
    expect(report.onboarding[0]).toEqual({
      personId: 'isso',
      name: 'Ines Sorensen',
      number: 'ISSO-2026-0001',
      percent: 48,
      next: 'Fingerprints taken',
      blocked: [],
      readyOn: '2027-01-29',
      daysUsed: 23,
      standing: 'on-track',
      heldDays: [
        { party: 'security_office', days: 12 },
        { party: 'contractor', days: 3 },
      ],
    });
    expect(report.onboarding[1]).toMatchObject({ blocked: ['Fingerprints taken'], standing: 'late' });
  });

  it('say of each person once whether role-based training is overdue, due or done, the pressing first', () => {
    expect(
      report.training.map(({ personId, state, dueOn, records }) => [personId, state, dueOn, records]),
    ).toEqual([
      ['isso2', 'overdue', '2026-12-29', ['ISSO-2026-0002', 'ISSO-2026-0006']],
      ['isso', 'due', '2027-02-05', ['ISSO-2026-0001']],
      ['isso3', 'done', '2027-06-01', ['ISSO-2026-0003']],
    ]);
    const renewed = training({ doneOn: '2026-01-20', dueOn: '2027-01-20' });
    expect(statusReport({ ...FACTS, training: [renewed] }).training[0]?.state).toBe('due');
    expect(statusReport({ ...FACTS, training: [training({ dueOn: TODAY })] }).training[0]?.state).toBe('due');
  });

  it('name ends within 60 days, reviews and what is ending', () => {
    // Day 60 from today is 2/28/2027: the day after is not named.
    expect(report.ends.map(({ number, what }) => [number, what])).toEqual([
      ['ISSO-2026-0003', 'ends'],
      ['ISSO-2026-0005', 'under-review'],
      ['ISSO-2026-0006', 'ending'],
    ]);
  });

  it('list blockers by number and property by record', () => {
    expect(report.blockers.map(({ name }) => name)).toEqual(['B-9', 'B-12']);
    expect(report.property[0]?.items).toEqual(['Laptop', 'PIV card']);
  });

  it('are the same whatever the order of what was loaded, and so are document and rows', () => {
    const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
    const facts = fc.record({
      today: fc.constant(FACTS.today),
      engagements: shuffled(FACTS.engagements),
      onboarding: shuffled(FACTS.onboarding),
      training: shuffled(FACTS.training),
      property: shuffled(FACTS.property.map((each) => ({ ...each, items: each.items.toReversed() }))),
      blockers: shuffled(FACTS.blockers),
    });
    const paperOf = (of: ReportFacts) => {
      const numbers = statusReport(of);
      return {
        title: 't',
        at: new Date(0),
        status: [],
        numbers,
        said: saidWords(numbers, [], newReport().words),
      };
    };
    const golden = paperOf(FACTS);
    fc.assert(
      fc.property(facts, (of) => {
        const paper = paperOf(of);
        expect(JSON.stringify(paper)).toBe(JSON.stringify(golden));
        expect(reportDocument(paper)).toEqual(reportDocument(golden));
        expect(reportRows(paper)).toEqual(reportRows(golden));
      }),
    );
  });

  it('stand in every row of the files with the records behind them', () => {
    const numbers = statusReport(FACTS);
    const rows = reportRows({
      title: 't',
      at: new Date(0),
      status: ['s'],
      numbers,
      said: { risks: [], help: [], remarks: [] },
    });
    const counted = rows.slice(1).filter(([section]) => section !== 'Report');
    // Four states, seven measures of two people, three of three, three ends, one person with property, two blockers.
    expect(counted).toHaveLength(4 + 14 + 9 + 3 + 1 + 2);
    expect(counted.filter(([, records = '']) => !/ISSO-20\d\d-\d{4}|B-\d+/u.test(records))).toEqual([]);
    expect(rows.every((row) => row.length === 5)).toBe(true);
  });
});

describe('the words that the report drafts', () => {
  const numbers = statusReport(FACTS);
  const note = {
    name: 'Ines Sorensen',
    numbers: ['ISSO-2026-0001'],
    words: {
      wentOn: 'Fingerprints are booked.',
      blockers: 'No laptop.',
      help: 'A call to the badge office.',
    },
  };

  it('name who is late or blocked, whose training is overdue, and what Service ISSOs wrote', () => {
    expect(saidWords(numbers, [note], newReport().words)).toEqual({
      risks: [
        'ISSO-2026-0002, Ivan Soto, Service ISSO: late, forecast ready Mon, Mar 1, 2027. Blocked: Fingerprints taken.',
        'ISSO-2026-0002, ISSO-2026-0006, Ivan Soto, Service ISSO: role-based training overdue since Tue, Dec 29, 2026.',
      ],
      help: ['Ines Sorensen: A call to the badge office.'],
      remarks: ['Ines Sorensen: Fingerprints are booked. In the way: No laptop.'],
    });
  });

  it('give way to those of the contractor lead', () => {
    const words = { risks: 'None.', help: 'Nothing.', remarks: { 'ISSO-2026-0001': 'All well.' } };
    expect(saidWords(numbers, [note], words)).toEqual({
      risks: ['None.'],
      help: ['Nothing.'],
      remarks: ['ISSO-2026-0001: All well.'],
    });
  });
});

describe('a report on its way', () => {
  const by = { byId: 'lead', at: new Date('2026-12-04T11:00:00-05:00') };
  const submitted: SubmittedReport = {
    by,
    numbers: statusReport(FACTS),
    risks: [],
    help: [],
    remarks: [],
  };
  const must = (made: ReturnType<typeof submitReport>): KeptReport => {
    if (!made.ok) throw new Error(made.refusal.code);
    return made.value;
  };

  it('is submitted, returned, edited, submitted again and acknowledged; its first day is kept', () => {
    const first = must(submitReport(newReport(), submitted));
    const back = must(returnReport(first, { byId: 'gtl', at: by.at }, 'An end is missing.'));
    const edited = must(editWords(back, 'risks', 'One.'));
    const later = { ...submitted, by: { ...by, at: new Date('2026-12-07T11:00:00-05:00') } };
    const again = must(submitReport(edited, later));
    expect(must(acknowledgeReport(again, { byId: 'cor', at: by.at }))).toMatchObject({
      state: 'acknowledged',
      firstSubmittedAt: by.at,
      submitted: { by: later.by },
      words: { risks: 'One.' },
      returned: { because: 'An end is missing.' },
    });
  });

  it('refuses what does not fit its state', () => {
    const first = must(submitReport(newReport(), submitted));
    const done = must(acknowledgeReport(first, by));
    for (const [report, state] of [
      [first, 'submitted'],
      [done, 'acknowledged'],
    ] as const) {
      expect(editWords(report, 'help', 'x')).toMatchObject({ ok: false, refusal: { state } });
      expect(submitReport(report, submitted)).toMatchObject({ ok: false, refusal: { state } });
    }
    for (const report of [newReport(), done]) {
      expect(acknowledgeReport(report, by).ok).toBe(false);
      expect(returnReport(report, by, 'x').ok).toBe(false);
    }
  });

  it('takes a remark back', () => {
    const number = 'ISSO-2026-0001';
    const with1 = must(editWords(newReport(), { number }, 'Well.'));
    expect(with1.words.remarks).toEqual({ [number]: 'Well.' });
    expect(must(editWords(with1, { number }, null)).words.remarks).toEqual({});
  });
});
