/** How a story of the demo programme goes when nothing comes in between: each step so many business days after the request. */
import type { DemoDeed, DemoLines, DemoStep } from '../src/usecases/demo/story.ts';

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

const DONE = { to: 'done' } as const;
const REQUESTED = { to: 'requested' } as const;
/** The Information Card: what is said of its lines so many business days after onboarding began. */
const CARD: readonly (readonly [number, DemoLines])[] = [
  [2, { offer_accepted: DONE, roster_add: DONE, ict_request: REQUESTED }],
  [4, { ict_request: DONE }],
  [6, { cor_approval: DONE, security_clearance: { to: 'submitted' } }],
  [8, { security_clearance: DONE }],
  [11, { fingerprinting: DONE, eqip: DONE }],
  [12, { prescreen_ok: { to: 'waiting_on', party: 'security_office' } }],
  [21, { prescreen_ok: DONE, eua_id: REQUESTED, curriculum: { to: 'in_progress' } }],
  [22, { gfe_laptop: REQUESTED, piv_card: REQUESTED }],
  [24, { eua_id: DONE }],
  [27, { isspa_training: DONE, gfe_laptop: DONE, cfacts_access: REQUESTED, other_access: REQUESTED }],
  [30, { email_chat: DONE, piv_card: DONE, remote_access: DONE }],
  [34, { cfacts_access: DONE, other_access: DONE }],
  [36, { curriculum: DONE }],
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
  CARD.filter(([offset]) => offset <= days && ago - offset >= 1).map(([offset, lines]) => ({
    does: 'card',
    ago: ago - offset,
    lines,
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
