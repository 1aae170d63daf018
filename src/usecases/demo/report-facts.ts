/** What a weekly status report of the demo programme counts: what was so at an instant while it is told (domain reference 6.3). */
import { isContractor } from '../../domain/access.ts';
import { daysInHand } from '../../domain/card-days.ts';
import { forecastOf, standingOf } from '../../domain/card-forecast.ts';
import { planOf } from '../../domain/card-plan.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { isAssigned } from '../../domain/engagement-states.ts';
import type { PersonId } from '../../domain/ids.ts';
import { type OffBoardingRecord, openLines } from '../../domain/off-boarding.ts';
import type { Named, ReportFacts } from '../../domain/status-report.ts';
import { countedBlocker, countedCard, countedEngagement } from '../../domain/status-report-facts.ts';
import { type LocalDate, localDate } from '../../domain/time.ts';
import { STANDING_RULES } from '../../offerings/programme-timers.ts';
import { cardOf, cardVersions, trainingOf } from './steps-card.ts';
import { demoTemplate, latestPaper, personOf, type World } from './world.ts';

/** All that a report of that instant counts; `engagements` are those that it is about. */
export function factsOn(world: World, engagements: readonly Engagement[], at: Date): ReportFacts {
  const dayOf = (instant: Date): LocalDate => localDate(instant, world.when.timeZone);
  const assigned = engagements.flatMap((engagement) => {
    const { state, number, course } = engagement;
    const { serviceIssoId: id } = course;
    return id !== null && isAssigned(state) ? [{ engagement, of: { ...named(world, id), number } }] : [];
  });
  return {
    today: dayOf(at),
    engagements: engagements.map(countedEngagement),
    onboarding: assigned.flatMap(({ engagement, of }) => {
      const card = engagement.state === 'ONBOARDING' ? cardFacts(world, engagement, of, at) : null;
      return card ? [countedCard({ ...card, of, today: dayOf(at) })] : [];
    }),
    training: assigned.map(({ engagement, of }) => ({
      ...of,
      ...trainingOf(world, engagement, of.personId),
    })),
    property: propertyOut(world, engagements),
    blockers: openBlockers(world, engagements, dayOf),
  };
}

const named = (world: World, personId: PersonId): Named => ({
  personId,
  name: personOf(world, personId).name,
});

function cardFacts(world: World, engagement: Engagement, { personId }: Named, at: Date) {
  const story = world.data.stories.find(({ key }) => world.engagements.get(key) === engagement);
  const card = story && cardOf({ world, story }, personId);
  if (!card) return null;
  const { calendar, timeZone } = world.when;
  const today = localDate(at, timeZone);
  const days = () => calendar;
  const template = demoTemplate(world);
  const plan = planOf(template, card, days);
  const forecast = forecastOf(template, card, days, today);
  return {
    card,
    template,
    plan,
    forecast,
    standing: standingOf(template, card, { plan, forecast, days }, STANDING_RULES, today),
    daysInHand: daysInHand(template, cardVersions(world, engagement, personId), at, timeZone),
  };
}

/** Of each record the newest version counts. */
function propertyOut(world: World, engagements: readonly Engagement[]): ReportFacts['property'] {
  const numbers = new Map(engagements.map(({ id, number }) => [id, number]));
  const subjects = new Set(
    world.papers.flatMap(({ kind, subject }) => (kind === 'off-boarding' ? [subject] : [])),
  );
  return [...subjects].flatMap((subject) => {
    const [id = '', personId = ''] = subject.split('/');
    const number = numbers.get(id);
    const record = latestPaper(world, 'off-boarding', subject)?.answers as unknown as OffBoardingRecord;
    const items = openLines(record).flatMap(({ kind, what }) => (kind === 'property' ? [what] : []));
    return number === undefined || items.length === 0 ? [] : [{ ...named(world, personId), number, items }];
  });
}

function openBlockers(
  world: World,
  engagements: readonly Engagement[],
  dayOf: (at: Date) => LocalDate,
): ReportFacts['blockers'] {
  return world.blockers.flatMap((blocker, place) => {
    const of = engagements.find(({ id }) => id === blocker.engagementId);
    if (blocker.state === 'closed' || !isContractor(personOf(world, blocker.raisedById))) return [];
    return [countedBlocker({ ...blocker, number: place + 1 }, of?.number ?? null, dayOf(blocker.raisedAt))];
  });
}
