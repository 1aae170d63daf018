/** How a story of the demo programme goes when nothing comes in between: each step so many business days after the request. */
import type { DemoChange, DemoDeed, DemoStep } from '../src/usecases/demo/story.ts';

const WAY = [
  ['file', 0],
  ['accept', 1],
  ['book', 2],
  ['kickoff', 6],
  ['start-form', 7],
  ['finish-form', 9],
  ['lock-form', 9],
  ['assess', 10],
  ['confirm-ispg', 10],
  ['confirm-contractor', 11],
  ['settle-skills', 12],
  ['propose', 15],
  ['accept-ispg', 16],
  ['fund', 16],
  ['accept-owner', 18],
  ['begin', 20],
  ['book-initial', 22],
  ['prepare-some', 25],
  ['prepare', 32],
  ['initial', 36],
  ['sign-isso', 51],
  ['sign-owner', 52],
  ['train', 54],
  ['sign-ciso', 56],
  ['activate', 60],
  ['tell-ciso', 66],
] as const satisfies readonly (readonly [DemoDeed, number])[];
type Ordinary = (typeof WAY)[number][0];

/** The Information Card, line by line: business days after onboarding began. */
const CARD: readonly (readonly [number, string, DemoChange])[] = [
  [1, 'offer_accepted', { to: 'done' }],
  [2, 'roster_add', { to: 'done' }],
  [2, 'ict_request', { to: 'requested' }],
  [4, 'ict_request', { to: 'done' }],
  [5, 'cor_approval', { to: 'done' }],
  [6, 'security_clearance', { to: 'submitted' }],
  [8, 'security_clearance', { to: 'done' }],
  [10, 'fingerprinting', { to: 'done' }],
  [11, 'eqip', { to: 'done' }],
  [12, 'prescreen_ok', { to: 'waiting_on', party: 'security_office' }],
  [20, 'curriculum', { to: 'in_progress' }],
  [21, 'prescreen_ok', { to: 'done' }],
  [21, 'eua_id', { to: 'requested' }],
  [22, 'gfe_laptop', { to: 'requested' }],
  [22, 'piv_card', { to: 'requested' }],
  [24, 'eua_id', { to: 'done' }],
  [26, 'isspa_training', { to: 'done' }],
  [27, 'gfe_laptop', { to: 'done' }],
  [27, 'cfacts_access', { to: 'requested' }],
  [28, 'other_access', { to: 'requested' }],
  [29, 'email_chat', { to: 'done' }],
  [30, 'piv_card', { to: 'done' }],
  [31, 'remote_access', { to: 'done' }],
  [33, 'cfacts_access', { to: 'done' }],
  [34, 'other_access', { to: 'done' }],
  [36, 'curriculum', { to: 'done' }],
];

const after = (deed: Ordinary): number => WAY.find(([does]) => does === deed)?.[1] ?? 0;

/** From `first` to `last`, which was `ago` business days ago. */
export function way(last: Ordinary, ago: number, first: Ordinary = 'file'): readonly DemoStep[] {
  const place = (deed: Ordinary): number => WAY.findIndex(([does]) => does === deed);
  return WAY.slice(place(first), place(last) + 1).map(([does, days]) => ({
    does,
    ago: ago + after(last) - days,
  }));
}

/** The card of an onboarding that began `ago` business days ago, as far as it got in `days` of them. */
export const card = (ago: number, days = Number.POSITIVE_INFINITY): readonly DemoStep[] =>
  CARD.filter(([offset]) => offset <= days && ago - offset >= 1).map(([offset, line, change]) => ({
    does: 'card',
    ago: ago - offset,
    line,
    change,
  }));

/** All the way to work that began `ago` business days ago, and the CISO told of it where there was time. */
export function atWork(ago: number): readonly DemoStep[] {
  const told = after('tell-ciso') - after('activate');
  const isTold = ago > told;
  return [
    ...way(isTold ? 'tell-ciso' : 'activate', isTold ? ago - told : ago),
    ...card(ago + after('activate') - after('begin')),
  ];
}
