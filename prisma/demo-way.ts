/** How a story of the demo programme goes when nothing comes in between: each step so many business days after the request. */
import type { Score } from '../src/domain/training-record.ts';
import type { DemoCourses, DemoDeed, DemoLines, DemoStep } from '../src/usecases/demo/story.ts';

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
  [1, { offer_accepted: DONE, curriculum: { to: 'in_progress' } }],
  [2, { roster_add: DONE, ict_request: REQUESTED }],
  [4, { ict_request: DONE }],
  [6, { cor_approval: DONE, security_clearance: { to: 'submitted' } }],
  [8, { security_clearance: DONE }],
  [11, { fingerprinting: DONE, eqip: DONE }],
  [12, { prescreen_ok: { to: 'waiting_on', party: 'security_office' } }],
  [21, { prescreen_ok: DONE, eua_id: REQUESTED }],
  [22, { gfe_laptop: REQUESTED, piv_card: REQUESTED }],
  [24, { eua_id: DONE }],
  [27, { isspa_training: DONE, gfe_laptop: DONE, cfacts_access: REQUESTED, other_access: REQUESTED }],
  [30, { email_chat: DONE, piv_card: DONE, remote_access: DONE }],
  [34, { cfacts_access: DONE, other_access: DONE }],
];

/** A scorecard at the start and one at the end: a level for each area, 0 to 4. */
interface Scorecards {
  readonly start: readonly Score[];
  readonly end: readonly Score[];
}
const STEADY: Scorecards = { start: [2, 2, 1, 1, 2, 2], end: [3, 2, 2, 3, 3, 2] };
export const QUICK: Scorecards = { start: [1, 3, 2, 0, 1, 2], end: [3, 3, 3, 3, 2, 3] };
export const SEASONED: Scorecards = { start: [3, 3, 3, 2, 3, 3], end: [4, 3, 3, 3, 4, 4] };

/** The getting-started curriculum: what is said of its courses so many business days after onboarding began. */
const COURSES = ({ start, end }: Scorecards): readonly (readonly [number, DemoCourses])[] => [
  [1, { toolkit: 'done' }],
  [3, { role_review: 'done', scorecard_start: start }],
  [8, { activities_overview: 'done', mentorship: 'yes' }],
  [13, { video_series: 'done' }],
  [22, { policies: 'done', forum: 'attended' }],
  [31, { cfacts_training: 'done' }],
  [38, { scorecard_end: end }],
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

/** The curriculum of an onboarding that began `ago` business days ago, as far as it got in `days` of them. */
export const curriculum = (
  ago: number,
  days = Number.POSITIVE_INFINITY,
  scorecards: Scorecards = STEADY,
): readonly DemoStep[] =>
  COURSES(scorecards)
    .filter(([offset]) => offset <= days && ago - offset >= 1)
    .map(([offset, courses]) => ({ does: 'course', ago: ago - offset, courses }));

/** All the way to work that began `ago` business days ago, and the CISO told of it where there was time. */
export function atWork(ago: number, scorecards: Scorecards = STEADY): readonly DemoStep[] {
  const begun = ago + after('activate') - after('begin');
  const told = after('tell-ciso') - after('activate');
  const isTold = ago > told;
  return [
    ...way(isTold ? 'tell-ciso' : 'activate', isTold ? ago - told : ago),
    ...card(begun),
    ...curriculum(begun, Number.POSITIVE_INFINITY, scorecards),
  ];
}
