/** What the model-based test tries, sensible and not: every command with the answers that make a difference. */
import { ENGAGEMENT_STATES, type OpenState } from '../../src/domain/engagement-states.ts';
import type { Command } from './engagement-commands.ts';

const SIDES = ['ispg', 'business_owner'] as const;
const FINAL = ['CLOSED', 'WITHDRAWN', 'DECLINED'];
const OPEN = ENGAGEMENT_STATES.filter((state): state is OpenState => !FINAL.includes(state));
const each = <Value, Made>(values: readonly Value[], make: (value: Value) => Made): readonly Made[] =>
  values.map(make);

const NO_ANSWERS: readonly Command[] = each(
  ['confirm', 'accept-request', 'ask', 'answer', 'amend', 'search', 'fund'] as const,
  (name) => ({ do: name }),
);

const SCOPING: readonly Command[] = [
  ...each(['newcomer', 'bo'], (who) => ({ do: 'join', who }) as const),
  ...each([true, false], (all) => ({ do: 'hold', all }) as const),
  ...each([true, false], (whole) => ({ do: 'lock-form', whole }) as const),
  ...each([true, false], (whole) => ({ do: 'settle-skills', whole }) as const),
  ...[1, 2].flatMap((version) =>
    [true, false, null].flatMap((hva): readonly Command[] => [
      { do: 'confirm-context', side: 'ispg', by: 'ispg', version, hva },
      { do: 'confirm-context', side: 'contractor', by: 'lead', version, hva },
    ]),
  ),
  { do: 'confirm-context', side: 'contractor', by: 'ispg', version: 1, hva: false },
  ...each(OPEN, (to) => ({ do: 'send-back', to }) as const),
  { do: 'correct', owner: 'bo2' },
  { do: 'correct', owner: 'bo' },
  { do: 'correct', advisor: 'advisor' },
  { do: 'correct' },
  ...each(['request-form', 'skill-profile'] as const, (kind) => ({ do: 'note-paper', kind }) as const),
];

const MATCHING: readonly Command[] = [
  { do: 'propose', who: 'isso', gate: 'passed', top: 'is' },
  { do: 'propose', who: 'isso2', gate: 'passed', top: 'explained' },
  { do: 'propose', who: 'isso2', gate: 'excepted', top: 'is' },
  { do: 'propose', who: 'isso2', gate: 'failed', top: 'is' },
  { do: 'propose', who: 'isso2', gate: 'passed', top: 'not' },
  { do: 'allow' },
  ...each(SIDES, (side) => ({ do: 'accept', side, by: side === 'ispg' ? 'ispg' : 'bo' }) as const),
  { do: 'accept', side: 'business_owner', by: 'ispg' },
  ...each(SIDES, (side) => ({ do: 'decline-candidate', side }) as const),
  { do: 'onboard', on: '2027-01-11', endOn: '2028-01-10' },
  { do: 'onboard', on: '2027-01-11', endOn: null },
  { do: 'onboard', on: '2027-01-10', endOn: null },
  { do: 'onboard', on: '2027-01-12', endOn: '2027-01-11' },
];

const AT_WORK: readonly Command[] = [
  ...(['isso', 'businessOwner', 'ciso'] as const).flatMap((signature): readonly Command[] => [
    { do: 'sign', signature, on: '2027-01-12' },
    { do: 'sign', signature, on: '2027-01-14' },
  ]),
  { do: 'activate', failing: [], excepted: false },
  { do: 'activate', failing: ['access'], excepted: true },
  { do: 'activate', failing: ['access'], excepted: false },
  { do: 'activate', failing: ['appointment_letter'], excepted: true },
  ...each(['2027-02-01', '2027-03-20', '2027-07-01'], (on) => ({ do: 'tell-ciso', on }) as const),
  ...each(
    ['2027-04-01', '2027-05-01', '2027-09-28', '2027-09-29'],
    (untilOn) => ({ do: 'pause', untilOn }) as const,
  ),
  ...each([true, false], (lapsed) => ({ do: 'resume', lapsed }) as const),
  ...each(['2028-01-10', '2028-06-30', null], (endOn) => ({ do: 'review', endOn }) as const),
  ...(['extend', 'end', 'replace'] as const).flatMap((wish): readonly Command[] => [
    { do: 'wish', wish, endOn: null },
    { do: 'wish', wish, endOn: '2028-06-30' },
    { do: 'wish', wish, endOn: '2027-06-30' },
  ]),
  { do: 'approve', side: 'gtl', by: 'gtl' },
  { do: 'approve', side: 'cor', by: 'cor' },
  { do: 'approve', side: 'cor', by: 'gtl' },
  ...each(['2027-06-30', '2028-06-30'], (today) => ({ do: 'term-over', today }) as const),
  ...each(['isso', 'isso2', null], (to) => ({ do: 'reassign', to }) as const),
  { do: 'reassign', to: null, endOn: '2027-06-30' },
  ...each(['isso', 'isso2'], (who) => ({ do: 'name-other', who }) as const),
  ...each(SIDES, (side) => ({ do: 'accept-other', side, by: side === 'ispg' ? 'ispg' : 'bo' }) as const),
  { do: 'accept-other', side: 'business_owner', by: 'ispg' },
  ...each(SIDES, (side) => ({ do: 'decline-other', side }) as const),
  ...each(['2027-02-15', '2027-08-02'], (on) => ({ do: 'replace', on }) as const),
  { do: 'change-term', hours: 30 },
  { do: 'change-term', hours: 20 },
  ...each(
    ['2027-12-31', '2029-12-31', '2027-01-11', null],
    (endOn) => ({ do: 'change-term', endOn }) as const,
  ),
];

const ENDING: readonly Command[] = [
  { do: 'end' },
  ...each([true, false], (open) => ({ do: 'report', open }) as const),
  { do: 'close', open: false, by: 'gtl' },
  { do: 'close', open: true, by: 'gtl' },
  { do: 'close', open: false, by: 'lead' },
  { do: 'withdraw' },
  { do: 'decline' },
];

const MEMBERS: readonly Command[] = (['let-in', 'approve-member', 'remove-member'] as const).flatMap(
  (name): readonly Command[] => [
    { do: name, who: 'guardian', role: 'data_guardian', by: 'ispg' },
    { do: name, who: 'guardian', role: 'data_guardian', by: 'ispg2' },
    { do: name, who: 'ispg2', role: 'cor', by: 'ispg2' },
    { do: name, who: 'isso2', role: 'service_isso', by: 'ispg' },
  ],
);

/** From the draft to the day on which work begins. */
export const WAY_TO_WORK: readonly Command[] = [
  { do: 'confirm' },
  { do: 'accept-request' },
  { do: 'hold', all: true },
  { do: 'lock-form', whole: true },
  { do: 'confirm-context', side: 'ispg', by: 'ispg', version: 1, hva: true },
  { do: 'confirm-context', side: 'contractor', by: 'lead', version: 1, hva: true },
  { do: 'settle-skills', whole: true },
  { do: 'search' },
  { do: 'propose', who: 'isso', gate: 'passed', top: 'is' },
  { do: 'accept', side: 'ispg', by: 'ispg' },
  { do: 'accept', side: 'business_owner', by: 'bo' },
  { do: 'fund' },
  { do: 'onboard', on: '2027-01-11', endOn: '2028-01-10' },
  { do: 'sign', signature: 'isso', on: '2027-01-12' },
  { do: 'sign', signature: 'businessOwner', on: '2027-01-12' },
  { do: 'sign', signature: 'ciso', on: '2027-01-14' },
  { do: 'activate', failing: [], excepted: false },
];

export const ALL_COMMANDS: readonly Command[] = [
  ...NO_ANSWERS,
  ...SCOPING,
  ...MATCHING,
  ...AT_WORK,
  ...ENDING,
  ...MEMBERS,
];
