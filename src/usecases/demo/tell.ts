/** Tells the whole demo programme: every step of every story in the order in which it happened, and what the bot asked along the way. Pure. */
import { localDate } from '../../domain/time.ts';
import { answerAll, askAlong } from './asked.ts';
import { tellProfiles, tellRecurring, tellRenewed } from './recurring.ts';
import { reportMoments } from './reports.ts';
import { STEPS } from './steps.ts';
import type { DemoProgramme, DemoStory } from './story.ts';
import { timeline, type When } from './timeline.ts';
import { tellBootcamps } from './training.ts';
import type { Telling, World } from './world.ts';

/** What the programme has been until now, to be saved as it is. */
export type Told = Pick<
  World,
  'papers' | 'milestones' | 'blockers' | 'surveys' | 'checkIns' | 'audit' | 'engagements' | 'meetings'
>;

/** The day of loading. */
export const whenOf = ({ now, programme }: Pick<Telling, 'now' | 'programme'>): When => ({
  today: localDate(now, programme.timeZone),
  timeZone: programme.timeZone,
  calendar: programme.calendar,
});

/** The years in which requests were filed, in order: one for each number that is needed. */
export function filingYears(
  { stories }: Pick<DemoProgramme, 'stories'>,
  telling: Pick<Telling, 'now' | 'programme'>,
): readonly number[] {
  return timeline(stories, whenOf(telling))
    .filter(({ step }) => step.does === 'file' || step.does === 'copy')
    .map(({ on }) => Number(on.slice(0, 4)));
}

/** Lives every story through the rules. Throws (a bug) for a table that the rules don't allow. */
export function tellDemo(data: DemoProgramme, telling: Telling): Told {
  const world: World = {
    ...telling,
    data,
    when: whenOf(telling),
    byId: new Map(telling.people.map((person) => [person.id, person])),
    engagements: new Map(),
    papers: [],
    meetings: new Map(),
    milestones: [],
    blockers: [],
    surveys: [],
    checkIns: [],
    audit: [],
  };
  tellProfiles(world, data);
  tellBootcamps(world, data);
  const moments = [...reportMoments(world)].toSorted((one, other) => one.at.getTime() - other.at.getTime());
  for (const { story, index, step, at, on } of timeline(data.stories, world.when)) {
    while (moments[0] && moments[0].at < at) moments.shift()?.happens();
    STEPS[step.does]({ world, story, index, step, at, on });
  }
  for (const moment of moments) moment.happens();
  data.stories.forEach((story: DemoStory, index) => {
    askAlong(world, story, index);
  });
  answerAll(world, data.stories);
  tellRenewed(world, data);
  for (const each of data.recurring) tellRecurring(world, each);
  world.audit.sort((one, other) => one.at.getTime() - other.at.getTime());
  return world;
}
