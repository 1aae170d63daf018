/** Engagements for the dashboard: filtered, ordered and paged by the database, with who has the next move in each. */
import { may } from '../domain/access.ts';
import { STANDING_KINDS, type StandingKind } from '../domain/card-forecast.ts';
import { LIST_ORDERS, type ListFilter, type ListOrder } from '../domain/dashboard.ts';
import { ENGAGEMENT_STATES, type EngagementState, OPEN_STATES } from '../domain/engagement-states.ts';
import type { Option } from '../domain/field.ts';
import type { EngagementId } from '../domain/ids.ts';
import type { KickoffNow } from '../domain/kickoff-stands.ts';
import type { People } from '../domain/person.ts';
import { addDays, instantOf, type LocalDate, readLocalDate } from '../domain/time.ts';
import { COMPONENTS } from '../offerings/components.ts';
import type { ListedEngagement } from '../ports.ts';
import type { Looking } from './dashboard.ts';
import { kickoffsNow } from './kickoffs-of.ts';
import { loadPeople } from './tell.ts';

const ON_A_PAGE = 25;
/** Of what is looked for, so many characters are read. */
const MOST_CHARACTERS = 80;
/** Far more pages than there can be. */
const MOST_PAGES = 10_000;

/** What somebody chose on the page, as it came; whatever can't be read counts as not chosen. */
export type Chosen = Readonly<Record<string, unknown>>;

/** Which states are listed: those that are open, those that have ended, all, or one. */
export const STATE_GROUPS = ['open', 'ended', 'all'] as const;
export type StateChoice = (typeof STATE_GROUPS)[number] | EngagementState;

/** What is chosen, as it was understood. */
export interface ListChoice {
  readonly state: StateChoice;
  readonly component: string | null;
  readonly offering: string | null;
  readonly advisor: string | null;
  readonly standing: StandingKind | null;
  readonly from: LocalDate | null;
  readonly until: LocalDate | null;
  readonly text: string;
  readonly order: ListOrder;
  readonly isDescending: boolean;
  readonly page: number;
}

export interface ListShown {
  readonly choice: ListChoice;
  readonly rows: readonly ListedEngagement[];
  /** How the kickoffs of the rows stand that are being arranged. */
  readonly kickoffs: ReadonlyMap<EngagementId, KickoffNow>;
  readonly people: People;
  readonly of: number;
  readonly pages: number;
  /** The place of the first row in the whole list, from 1. */
  readonly first: number;
  /** What there is to choose from. */
  readonly components: readonly Option[];
  readonly offerings: readonly Option[];
  readonly advisors: readonly Option[];
}

/** The page of the list that was chosen; one beyond the last is the last. */
export async function listForDashboard(looking: Looking, chosen: Chosen): Promise<ListShown> {
  const { tx, person } = looking;
  const lists = await listsOf(looking);
  const choice = readChoice(chosen, lists);
  const filter = filterOf(looking, choice);
  const found = await tx.dashboard.count(filter);
  const pages = Math.max(1, Math.ceil(found / ON_A_PAGE));
  const page = Math.min(choice.page, pages);
  const { order, isDescending } = choice;
  const offset = (page - 1) * ON_A_PAGE;
  const listed = await tx.dashboard.list({ ...filter, order, isDescending, limit: ON_A_PAGE, offset });
  const rows = listed.filter(({ engagement }) => may(person, 'request.read', engagement));
  const people = await loadPeople(
    looking,
    rows.flatMap(({ engagement }) => [
      engagement.businessOwnerId,
      engagement.craId,
      engagement.course.serviceIssoId,
    ]),
  );
  const kickoffs = await kickoffsNow(
    looking,
    rows.map(({ engagement }) => engagement),
  );
  return {
    choice: { ...choice, page },
    rows,
    kickoffs,
    people,
    of: found,
    pages,
    first: offset + 1,
    ...lists,
  };
}

type Lists = Pick<ListShown, 'components' | 'offerings' | 'advisors'>;

async function listsOf({ tx, programme }: Looking): Promise<Lists> {
  const advisors = await tx.people.withRole('cra');
  return {
    components: COMPONENTS,
    offerings: programme.catalogue.offerings
      .filter(({ kind }) => kind === 'workflow')
      .map(({ key, name }) => ({ id: key, label: name })),
    advisors: advisors
      .map(({ id, name }) => ({ id, label: name }))
      .toSorted((a, b) => a.label.localeCompare(b.label, 'en')),
  };
}

function readChoice(chosen: Chosen, lists: Lists): ListChoice {
  const words = (name: string): string => {
    const given = chosen[name];
    return typeof given === 'string' ? given.slice(0, MOST_CHARACTERS).trim() : '';
  };
  const among = <T extends string>(name: string, all: readonly T[]): T | null =>
    all.find((each) => each === words(name)) ?? null;
  const idAmong = (name: string, options: readonly Option[]): string | null =>
    among(
      name,
      options.map(({ id }) => id),
    );
  const page = /^\d{1,5}$/u.test(words('page')) ? Number(words('page')) : 1;
  return {
    state: among('state', [...STATE_GROUPS, ...ENGAGEMENT_STATES]) ?? 'open',
    component: idAmong('component', lists.components),
    offering: idAmong('offering', lists.offerings),
    advisor: idAmong('advisor', lists.advisors),
    standing: among('standing', STANDING_KINDS),
    from: dayIn(words('from')),
    until: dayIn(words('until')),
    text: words('text'),
    order: among('order', LIST_ORDERS) ?? 'number',
    isDescending: words('way') === 'down',
    page: Math.min(Math.max(page, 1), MOST_PAGES),
  };
}

/** A day on which there can be anything: what lies far off is no day that somebody meant. */
function dayIn(words: string): LocalDate | null {
  const day = readLocalDate(words);
  return day !== null && day > '2000' && day < '2100' ? day : null;
}

function filterOf({ programme }: Looking, choice: ListChoice): ListFilter {
  const startOf = (on: LocalDate): Date => instantOf(on, '00:00', programme.timeZone);
  return {
    states: statesOf(choice.state),
    component: choice.component,
    offering: choice.offering,
    craId: choice.advisor,
    standing: choice.standing,
    filedFrom: choice.from === null ? null : startOf(choice.from),
    filedBefore: choice.until === null ? null : startOf(addDays(choice.until, 1)),
    text: choice.text === '' ? null : choice.text,
  };
}

function statesOf(state: StateChoice): readonly EngagementState[] | null {
  switch (state) {
    case 'all':
      return null;
    case 'open':
      return OPEN_STATES;
    case 'ended':
      return ENGAGEMENT_STATES.filter((each) => !(OPEN_STATES as readonly string[]).includes(each));
    default:
      return [state];
  }
}
