/** Made-up engagements over years: which way each went, and on which days. Pure; the same seed gives the same. */
import type { EngagementState } from '../../src/domain/engagement-states.ts';
import { DAY_MS, MINUTE_MS } from '../../src/domain/time.ts';
import { COMPONENTS } from '../../src/offerings/components.ts';
import { type Random, random } from '../proof/random.ts';

export interface LifeStep {
  readonly to: EngagementState;
  readonly at: Date;
}

/** One engagement: the states it came through with their instants, and who takes part. */
export interface Life {
  readonly id: string;
  readonly systemName: string;
  readonly component: string;
  readonly ownerId: string;
  readonly craId: string;
  readonly issoId: string;
  /** Who filed it for the Business Owner; the same as `ownerId` for most. */
  readonly requesterId: string;
  readonly offering: string;
  readonly steps: readonly [LifeStep, ...LifeStep[]];
  /** A number from 0 to 99 for what else is different between them. */
  readonly lot: number;
}

export const OWNERS = 240;
export const ADVISORS = 12;
export const ISSOS = 220;

const USUAL = [
  'REQUESTED',
  'KICKOFF_PENDING',
  'KICKOFF_HELD',
  'FORM_COMPLETE',
  'CONTEXT_ASSESSED',
  'SKILLS_CATEGORIZED',
  'MATCHING',
  'CANDIDATE_PROPOSED',
  'ISSO_IDENTIFIED',
  'ONBOARDING',
  'ACTIVE',
] as const satisfies readonly EngagementState[];

/** Days spent in a state: at least and at most. */
const DAYS: Readonly<Record<EngagementState, readonly [number, number]>> = {
  DRAFT: [1, 5],
  REQUESTED: [1, 5],
  KICKOFF_PENDING: [3, 14],
  KICKOFF_HELD: [1, 10],
  FORM_COMPLETE: [1, 8],
  CONTEXT_ASSESSED: [1, 4],
  SKILLS_CATEGORIZED: [0, 0],
  MATCHING: [2, 15],
  CANDIDATE_PROPOSED: [1, 8],
  ISSO_IDENTIFIED: [2, 12],
  ONBOARDING: [28, 75],
  ACTIVE: [120, 700],
  PAUSED: [5, 60],
  EXTENSION_REVIEW: [2, 20],
  REASSIGNING: [5, 25],
  OFFBOARDING: [9, 25],
  CLOSED: [0, 0],
  WITHDRAWN: [0, 0],
  DECLINED: [0, 0],
};

/** Each hundred of open engagements has about so many in each state; a few have one in each of the first. */
const OPEN: readonly (readonly [EngagementState, number])[] = [
  ['ONBOARDING', 14],
  ['ACTIVE', 34],
  ['REQUESTED', 8],
  ['KICKOFF_PENDING', 9],
  ['MATCHING', 7],
  ['KICKOFF_HELD', 5],
  ['CANDIDATE_PROPOSED', 4],
  ['FORM_COMPLETE', 3],
  ['ISSO_IDENTIFIED', 3],
  ['OFFBOARDING', 4],
  ['DRAFT', 2],
  ['CONTEXT_ASSESSED', 2],
  ['PAUSED', 2],
  ['EXTENSION_REVIEW', 2],
  ['REASSIGNING', 1],
];

const FIRST_WORDS =
  'Amber Birch Cedar Delta Elm Falcon Granite Harbor Iris Juniper Keystone Lantern Maple Nimbus Onyx Prairie Quartz River Summit Tundra'.split(
    ' ',
  );
const SECOND_WORDS =
  'Claims Casework Ledger Registry Portal Reports Intake Archive Exchange Directory Payments Review Quality Survey Gateway Analytics'.split(
    ' ',
  );

/** `open` engagements in all open states and `ended` ones in the three final states; the oldest first. */
export function manyLives(how: {
  readonly open: number;
  readonly ended: number;
  readonly seed: number;
  readonly now: Date;
  /** How many years back the first of them ended. */
  readonly years: number;
}): readonly Life[] {
  const chance = random(how.seed);
  const lives = [
    ...Array.from({ length: how.ended }, (_, place) => endedLife(place, how, chance)),
    ...Array.from({ length: how.open }, (_, place) => openLife(place, how, chance)),
  ];
  return lives.toSorted((one, other) => one.steps[0].at.getTime() - other.steps[0].at.getTime());
}

type How = Parameters<typeof manyLives>[0];

function openLife(place: number, how: How, chance: Random): Life {
  const target = openState(place, chance);
  // Some are there for longer than they should be, and some since yesterday.
  const age = 1 + chance.below(Math.max(2, Math.round(DAYS[target][1] * 1.5)));
  return life(`many-open-${place + 1}`, how.ended + place, wayTo(target, chance), age, how, chance);
}

function openState(place: number, chance: Random): EngagementState {
  const first = OPEN[place];
  if (first) return first[0];
  let left = chance.below(OPEN.reduce((sum, [, weight]) => sum + weight, 0));
  for (const [state, weight] of OPEN) {
    if (left < weight) return state;
    left -= weight;
  }
  return 'ACTIVE';
}

function endedLife(place: number, how: How, chance: Random): Life {
  const age = 1 + chance.below(Math.round(how.years * 365));
  return life(`many-ended-${place + 1}`, place, endedWay(chance), age, how, chance);
}

function endedWay(chance: Random): readonly EngagementState[] {
  const lot = chance.below(100);
  if (lot < 70) return [...USUAL, 'OFFBOARDING', 'CLOSED'];
  if (lot < 85) return [...USUAL.slice(0, 1 + chance.below(7)), 'WITHDRAWN'];
  return [...USUAL.slice(0, 1 + chance.below(3)), 'DECLINED'];
}

function wayTo(target: EngagementState, chance: Random): readonly EngagementState[] {
  if (target === 'DRAFT') return ['DRAFT'];
  const place = (USUAL as readonly EngagementState[]).indexOf(target);
  const way: readonly EngagementState[] = place < 0 ? [...USUAL, target] : USUAL.slice(0, place + 1);
  return chance.below(6) === 0 ? ['DRAFT', ...way] : way;
}

/** `age`: for how many days it has been in the last state of its way. */
function life(
  id: string,
  place: number,
  way: readonly EngagementState[],
  age: number,
  { now }: How,
  chance: Random,
): Life {
  const owner = chance.below(OWNERS);
  let ago = Math.max(1, age);
  const backwards = way.toReversed().map((to, index, all) => {
    if (index > 0) ago += daysIn(to, chance);
    return { to, at: workInstant(now, ago, all.length - 1 - index) };
  });
  const [first, ...rest] = backwards.reverse();
  if (!first) throw new Error('A way has at least one state.');
  const ownerId = `many-bo-${owner + 1}`;
  const craId = `many-cra-${((owner % COMPONENTS.length) % ADVISORS) + 1}`;
  const words = [FIRST_WORDS[place % 20], SECOND_WORDS[Math.floor(place / 20) % 16]];
  return {
    id,
    systemName: `${words.join(' ')} ${Math.floor(place / 320) + 1}`,
    component: componentOf(owner),
    ownerId,
    craId,
    issoId: `many-isso-${chance.below(ISSOS) + 1}`,
    requesterId: way[0] === 'DRAFT' ? craId : ownerId,
    offering: 'issoaas',
    steps: [first, ...rest],
    lot: chance.below(100),
  };
}

const daysIn = (state: EngagementState, chance: Random): number => {
  const [least, most] = DAYS[state];
  return least + chance.below(most - least + 1);
};

/** The component of that Business Owner. */
export const componentOf = (owner: number): string => COMPONENTS[owner % COMPONENTS.length]?.id ?? 'OIT';

/** Some hours into the business day that was so many days ago: the later the step, the later in the day. */
export function workInstant(now: Date, daysAgo: number, step: number): Date {
  const midnight = Math.floor(now.getTime() / DAY_MS) * DAY_MS - daysAgo * DAY_MS;
  const day = new Date(midnight).getUTCDay();
  const back = day === 6 ? 1 : day === 0 ? 2 : 0;
  return new Date(midnight - back * DAY_MS + (14 * 60 + step * 17) * MINUTE_MS);
}
