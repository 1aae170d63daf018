/** Words of the dashboard's pages. */
import type { StandingKind } from '../../domain/card-forecast.ts';
import type { ListOrder } from '../../domain/dashboard.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { ENGAGEMENT_STATES, type EngagementState } from '../../domain/engagement-states.ts';
import type { KickoffNow } from '../../domain/kickoff-stands.ts';
import type { MeetingState } from '../../domain/meeting.ts';
import type { People } from '../../domain/person.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Line, line, theirs, time } from '../inline.ts';
import { type Fact, fact } from '../message.ts';
import { courseFacts, nextMoveLine, STATE_LABELS } from './engagement-words.ts';
import { nameOf } from './people.ts';
import { reasonWords } from './reasons.ts';
import { STANDING_NAMES } from './standing.ts';

export const PROGRAMME_NAME = 'ISSO As A Service';
export const DASHBOARD_NAME = 'Dashboard';

/** The pages one can go to, in the order of the menu. */
export const PAGE_NAMES = {
  overview: 'Overview',
  engagements: 'Engagements',
  measures: 'Measures',
  catalogue: 'Catalogue',
  exports: 'Exports',
} as const;

export const FRAME_WORDS = {
  skip: 'Skip to the content',
  menu: 'Pages of the dashboard',
  signedInAs: (name: string): string => `Signed in as ${name}`,
  looksAs: (name: string): string => `You look as ${name}`,
  asOf: (at: Date): Line => line`As of ${time(at)}. These pages only show; everything is done in the chat.`,
  change: 'Look as somebody else',
} as const;

/** A page that is not there, and one that is not the reader's: the same words. */
export const NOT_THERE = {
  title: 'There is nothing here',
  words: [
    'I can’t show this page to you: it does not exist, or you do not have access.',
    'Check the number, or go back to the overview.',
  ],
} as const;

/** Something of ours went wrong. */
export const pageFailed = (reference: string) =>
  ({
    title: 'This page could not be shown',
    words: [
      'Something went wrong on our side, and nothing was changed. Please load the page again in a moment.',
      `If it happens again, quote the reference ${reference} to whoever runs this bot.`,
    ],
  }) as const;

// ------------------------------------------------------------------------------------------ overview

export const OVERVIEW_WORDS = {
  title: 'Overview of the programme',
  needs: 'What needs somebody',
  nothingNeeds: 'Nothing needs anybody right now.',
  states: 'Engagements by state',
  statesCaption: 'How many engagements are in each state',
  state: 'State',
  count: 'Engagements',
  open: 'Open in all',
  all: 'In all',
  measures: 'Measures',
  allMeasures: 'All measures, with what each one counts',
  pictures: 'Pictures',
} as const;

/** "3 things need somebody." */
export const thingsNeed = (count: number): string =>
  count === 1 ? '1 thing needs somebody.' : `${count} things need somebody.`;

/** "27 more that are overdue" is read as a summary of what is folded below it. */
export const andMore = (count: number, group: string): string => `${count} more: ${group.toLowerCase()}`;

export const sharePictureTable = (title: string): string => `The numbers of “${title}” as a table`;

// ------------------------------------------------------------------------------------------ engagements

export const LIST_WORDS = {
  title: 'Engagements',
  filters: 'Choose what is listed',
  text: 'Number or system',
  state: 'State',
  component: 'Component',
  offering: 'Offering',
  advisor: 'Cyber Risk Advisor',
  standing: 'Standing of the onboarding',
  from: 'Filed from',
  until: 'Filed until',
  any: 'Any',
  show: 'Show',
  clear: 'Show all open ones',
  caption: 'Engagements that fit, one in each row. The links over the columns change their order.',
  next: 'Next move',
  pages: 'Pages of the list',
  earlier: 'Earlier page',
  later: 'Later page',
  nobody: 'None',
} as const;

/** What stands over the columns, by what they are ordered by. */
export const ORDER_NAMES: Readonly<Record<ListOrder, string>> = {
  number: 'Number',
  system: 'System',
  component: 'Component',
  state: 'State',
  since: 'In this state since',
  filed: 'Filed',
};
/** Beside the column by which a list is ordered. */
export const orderNow = (isDescending: boolean): string => (isDescending ? 'descending' : 'ascending');
export const orderWords = (name: string, isDescending: boolean): string =>
  `Order by ${name.toLowerCase()}, ${orderNow(isDescending)}`;

export const STATE_CHOICES: readonly (readonly [string, string])[] = [
  ['open', 'All open ones'],
  ['ended', 'All that have ended'],
  ['all', 'Open and ended'],
  ...ENGAGEMENT_STATES.map((state): readonly [string, string] => [state, STATE_LABELS[state]]),
];
export const standingName = (standing: StandingKind): string => STANDING_NAMES[standing];
export const stateLabel = (state: EngagementState): string => STATE_LABELS[state];

/** "26 to 50 of 612", and what to do where there are none. */
export const rowsShown = (first: number, shown: number, of: number): string =>
  of === 0
    ? 'No engagement fits. Choose less, or show all open ones.'
    : `${first} to ${first + shown - 1} of ${of}.`;
export const pageOf = (page: number, pages: number): string => `Page ${page} of ${pages}`;

// ------------------------------------------------------------------------------------------ one engagement

export const ENGAGEMENT_WORDS = {
  stands: 'Where it stands',
  progress: 'Onboarding',
  meetings: 'Meetings',
  meetingsCaption: 'Meetings of this engagement, the newest first',
  meeting: 'Meeting',
  when: 'When',
  meetingState: 'State',
  noMeetings: 'No meeting was arranged yet.',
  history: 'History',
  noHistory: 'Nothing is in the record yet.',
  back: 'All engagements',
} as const;

export const MEETING_STATES_SAID: Readonly<Record<MeetingState, string>> = {
  offered: 'Times are on offer',
  booked: 'Booked',
  held: 'Held',
  cancelled: 'Cancelled',
};

/** The rows of one engagement: where it stands, who is next, and its dates. Nothing of money or of a card. */
export function engagementFacts(
  engagement: Engagement,
  kickoff: KickoffNow | null,
  offering: string,
  people: People,
): readonly Fact[] {
  const { state, component, stateSinceAt, submittedAt, businessOwnerId, craId, ending } = engagement;
  return [
    fact('State', STATE_LABELS[state]),
    fact('Next move', nextMoveLine(engagement, kickoff, people)),
    fact('In this state since', [time(stateSinceAt, 'date')]),
    fact('Filed', submittedAt === null ? 'Not yet' : [time(submittedAt, 'date')]),
    fact('Component', component),
    fact('Offering', offering),
    fact('Business Owner', [nameOf(people, businessOwnerId)]),
    fact('Cyber Risk Advisor', [nameOf(people, craId)]),
    ...courseFacts(engagement, people),
    ...(ending === null ? [] : [fact('Ended because', line`${theirs(reasonWords(ending.reason))}`)]),
  ];
}

/** How far an onboarding is: no line of the card, no identifier. */
export function progressFacts(of: {
  readonly percent: number;
  readonly readyOn: LocalDate;
  readonly goalOn: LocalDate;
  readonly standing: StandingKind;
  readonly isBlocked: boolean;
}): readonly Fact[] {
  return [
    fact('Done', `${of.percent}%`),
    fact('Standing', STANDING_NAMES[of.standing]),
    fact('Expected to be ready', sayLocalDate(of.readyOn)),
    fact('Goal of 60 days', sayLocalDate(of.goalOn)),
    fact('Blocked', of.isBlocked ? 'Yes, something is blocked' : 'No'),
  ];
}

/** "The newest 30 of 112; the rest: `history ISSO-2026-0042` in the chat." */
export const historyShown = (shown: number, of: number, number: string): Line =>
  of > shown
    ? line`The newest ${shown} of ${of}. For the rest, type \`history ${number}\` in the chat.`
    : line`All ${of}, the newest first.`;

// ------------------------------------------------------------------------------------------ figures

export const FIGURES_WORDS = {
  title: 'Measures of the programme',
  filters: 'Choose what is measured',
  period: 'Time',
  component: 'Component',
  offering: 'Offering',
  any: 'All',
  show: 'Show',
  caption: 'Each measure, its figures, and what exactly is counted',
  measure: 'Measure',
  figures: 'Figures',
  definition: 'What is counted',
  note: 'Names are never shown here, and counts of people too small to stand alone are left out.',
} as const;

/** "The last 90 days: September 3, 2026 to December 1, 2026." */
export const periodSaid = (name: string, from: LocalDate, until: LocalDate): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${sayLocalDate(from)} to ${sayLocalDate(until)}.`;

// ------------------------------------------------------------------------------------------ exports

export const EXPORTS_WORDS = {
  title: 'Exports',
  intro:
    'Each file holds what you may read. That it was made, by whom, and its checksum stand in the record; its rows do not.',
  holds: (name: string, format: string): string => `Download ${name} as ${format}`,
  tooMany: (most: number): string =>
    `There are more rows than one file may hold (${most}). Use the records export, or ask ISSO@cms.hhs.gov.`,
  failed: 'This file could not be made. Go back and load the page again.',
} as const;
export const FORMAT_NAMES = { csv: 'CSV', xlsx: 'Excel', json: 'JSON' } as const;

// ------------------------------------------------------------------------------------------ catalogue

export const CATALOGUE_WORDS = {
  title: 'Catalogue and adoption',
  caption: 'Each offering, who provides it, and how it is taken up',
  offering: 'Offering',
  status: 'Status',
  provider: 'Provided by',
  requests: 'Requests',
  accepted: 'Accepted',
  active: 'At work',
  systems: 'Systems',
  components: 'Components',
  repeat: 'Owners who came back',
  referrals: 'Referrals',
  /** For what is asked for elsewhere, and for too few people to be counted. */
  none: 'Not counted',
  purposes: 'What each one is for',
} as const;

const STATUS_NAMES = {
  pilot: 'Pilot',
  live: 'Live',
  paused: 'Paused: no new requests',
  retired: 'Retired',
} as const;
export const statusName = (status: keyof typeof STATUS_NAMES): string => STATUS_NAMES[status];

/** A count of people, told only where enough stand together; nobody is no secret. */
export const peopleCounted = (count: number, smallest: number): string =>
  count > 0 && count < smallest ? `Fewer than ${smallest}` : String(count);
