/** What the weekly status report counts, from the cards and the record; and who writes notes for it. */
import { isContractor } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import { AFTER_KICKOFF_STATES, type EngagementState } from '../domain/engagement-states.ts';
import type { PersonId, RequestNumber } from '../domain/ids.ts';
import { openLines } from '../domain/off-boarding.ts';
import type { People } from '../domain/person.ts';
import { presentServiceIsso } from '../domain/service-isso-now.ts';
import type {
  BlockerFacts,
  Named,
  OnboardingFacts,
  PropertyFacts,
  ReportFacts,
  TrainingFacts,
} from '../domain/status-report.ts';
import { countedBlocker, countedCard, countedEngagement } from '../domain/status-report-facts.ts';
import { type LocalDate, localDate } from '../domain/time.ts';
import { daysInHandNow, planNow } from './card-plan-now.ts';
import { cardNow, type KeptCard } from './information-card.ts';
import { issosOf, recordsOfAll } from './off-boarding-record.ts';
import { allEngagements } from './pages-of-engagements.ts';
import { loadPeople } from './tell.ts';
import { trainingOf } from './training-now.ts';
import { programmeToday, type Work } from './work.ts';

export type Reporting = Pick<Work, 'tx' | 'now' | 'programme'>;

/** What the contractor takes part in: from the arranging of the kickoff to the close. */
export const REPORTED: readonly EngagementState[] = [
  'KICKOFF_PENDING',
  ...AFTER_KICKOFF_STATES.filter((state) => state !== 'CLOSED'),
];
const MOST_BLOCKERS = 1_000;

/** All engagements that a report counts. */
export const reportedEngagements = ({ tx }: Pick<Work, 'tx'>): Promise<readonly Engagement[]> =>
  allEngagements(tx.engagements.find, REPORTED);

/** Those who write notes: whoever is the Service ISSO of an engagement now, with the numbers, by person. */
export function writersOf(
  engagements: readonly Engagement[],
): ReadonlyMap<PersonId, readonly RequestNumber[]> {
  const found = new Map<PersonId, readonly RequestNumber[]>();
  for (const engagement of engagements) {
    const { number } = engagement;
    const id = presentServiceIsso(engagement);
    if (id !== null) found.set(id, [...(found.get(id) ?? []), number]);
  }
  return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Everything that is counted, as it is now. */
export async function reportFacts(work: Reporting, engagements: readonly Engagement[]): Promise<ReportFacts> {
  const today = programmeToday(work);
  const people = await loadPeople(work, engagements.flatMap(issosOf));
  return {
    today,
    engagements: engagements.map(countedEngagement),
    onboarding: await onboardingFacts(work, engagements, people),
    training: await trainingFacts(work, engagements, people),
    property: await propertyFacts(work, engagements, people),
    blockers: await blockerFacts(work, engagements),
  };
}

const named = (people: People, personId: PersonId): Named => ({
  personId,
  name: people.get(personId)?.name ?? 'not named',
});

async function onboardingFacts(
  work: Reporting,
  engagements: readonly Engagement[],
  people: People,
): Promise<readonly OnboardingFacts[]> {
  const found: OnboardingFacts[] = [];
  for (const engagement of engagements) {
    const kept = engagement.state === 'ONBOARDING' ? await cardNow(work, engagement) : null;
    if (kept) found.push(await factsOfCard(work, kept, people));
  }
  return found;
}

async function factsOfCard(work: Reporting, kept: KeptCard, people: People): Promise<OnboardingFacts> {
  const { card, template, engagement, personId } = kept;
  const { plan, forecast, standing } = await planNow(work, kept);
  return countedCard({
    of: { ...named(people, personId), number: engagement.number },
    card,
    template,
    plan,
    forecast,
    standing,
    daysInHand: await daysInHandNow(work, kept),
    today: programmeToday(work),
  });
}

async function trainingFacts(
  work: Reporting,
  engagements: readonly Engagement[],
  people: People,
): Promise<readonly TrainingFacts[]> {
  const found: TrainingFacts[] = [];
  for (const engagement of engagements) {
    const personId = presentServiceIsso(engagement);
    if (personId === null) continue;
    const dates = await trainingOf(work, engagement, personId);
    found.push({ ...named(people, personId), number: engagement.number, ...dates });
  }
  return found;
}

async function propertyFacts(
  work: Reporting,
  engagements: readonly Engagement[],
  people: People,
): Promise<readonly PropertyFacts[]> {
  const all = await recordsOfAll(work, engagements);
  return all.flatMap(({ engagement, records }) =>
    records.flatMap(({ personId, record }) => {
      const items = openLines(record).flatMap(({ kind, what }) => (kind === 'property' ? [what] : []));
      return items.length === 0 ? [] : [{ ...named(people, personId), number: engagement.number, items }];
    }),
  );
}

/** Those that the contractor's people raised; what is in them is for those in them alone. */
async function blockerFacts(
  work: Reporting,
  engagements: readonly Engagement[],
): Promise<readonly BlockerFacts[]> {
  const open = await work.tx.blockers.open(MOST_BLOCKERS);
  const raisers = await loadPeople(
    work,
    open.map(({ raisedById }) => raisedById),
  );
  const numbers = new Map(engagements.map(({ id, number }) => [id, number]));
  const dayOf = (at: Date): LocalDate => localDate(at, work.programme.timeZone);
  return open.flatMap((blocker) => {
    const raiser = raisers.get(blocker.raisedById);
    if (!raiser || !isContractor(raiser)) return [];
    const { engagementId } = blocker;
    const number = engagementId === null ? null : (numbers.get(engagementId) ?? null);
    return [countedBlocker(blocker, number, dayOf(blocker.raisedAt))];
  });
}
