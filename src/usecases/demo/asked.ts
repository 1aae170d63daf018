/** What the bot asks by itself while somebody works, and what came of it: surveys and satisfaction sessions (domain reference 6.1). */
import { addBusinessDays } from '../../domain/calendar.ts';
import { ENGAGEMENT_STATES, type EngagementState } from '../../domain/engagement-states.ts';
import type { EngagementId, PersonId } from '../../domain/ids.ts';
import { AT_WORK_STATES } from '../../domain/measures.ts';
import { morningOf } from '../../domain/morning.ts';
import { countNewGroups, type WaitingAnswer } from '../../domain/satisfaction.ts';
import { answerSurvey, SURVEY_LINES, type SurveyScores } from '../../domain/survey.ts';
import {
  askingAt,
  type Occasion,
  scheduledOccasions,
  sessionOccasion,
  workPeriod,
} from '../../domain/survey-occasions.ts';
import { instantOf, type LocalDate, localDate } from '../../domain/time.ts';
import { bookMeeting, holdMeeting, minutesFor, offerMeeting, slotOn, timesFor } from './meetings.ts';
import type { DemoAnswer, DemoStory } from './story.ts';
import { dayAgo } from './timeline.ts';
import { idOf, personOf, type Scene, type World } from './world.ts';

/** Business days after it was offered. */
const SESSION_BOOKED = 1;
const SESSION_HELD = 4;
/** Business days after it was asked. */
const ANSWERED = 2;
const SESSION_MINUTES = 30;

/** All that was asked of one engagement until yesterday. */
export function askAlong(world: World, story: DemoStory, index: number): void {
  const id = idOf(story);
  const period = workPeriod(world.milestones.filter(({ engagementId }) => engagementId === id));
  if (!period) return;
  const lastOn = dayAgo(world.when, 1);
  const owner = personOf(world, story.system.ownerId);
  const scheduled = scheduledOccasions(period, lastOn, world.when.calendar).filter(({ on }) => on <= lastOn);
  const newest = scheduled.at(-1);
  const session = newest ? sessionFor(world, story, index, newest) : null;
  for (const occasion of [...scheduled, ...(session && session.on <= lastOn ? [session] : [])])
    ask(world, story, occasion, askingAt(occasion, owner.timeZone));
}

/** A moment of the story in which nothing of its table happens. */
const moment = (world: World, story: DemoStory, index: number, at: Date): Scene => ({
  world,
  story,
  index,
  step: { does: 'book', ago: 1 },
  at,
  on: localDate(at, world.when.timeZone),
});

/** The session that goes with the newest occasion; the occasion to ask after it, null where it was not held. */
function sessionFor(world: World, story: DemoStory, index: number, occasion: Occasion): Occasion | null {
  const { calendar, timeZone } = world.when;
  const id = `prompted-satisfaction-${idOf(story)}-${occasion.name}`;
  const reason = occasion.name;
  if (story.isSessionOpen) {
    const scene = moment(world, story, index, instantOf(dayAgo(world.when, 1), '09:00', timeZone));
    offerMeeting(scene, 'satisfaction', { id, slots: timesFor(scene, 'book', SESSION_MINUTES), reason });
    return null;
  }
  const [bookedOn, heldOn] = [SESSION_BOOKED, SESSION_HELD].map((days) =>
    addBusinessDays(occasion.on, days, calendar),
  );
  // Not held by now: the bot proposes it itself.
  if (!bookedOn || !heldOn || heldOn > dayAgo(world.when, 1)) return null;
  const held = slotOn({ world, index }, heldOn, SESSION_MINUTES);
  const slots = [-1, 0, 1].map((days) =>
    slotOn({ world, index }, days === 0 ? heldOn : addBusinessDays(heldOn, days, calendar), SESSION_MINUTES),
  );
  offerMeeting(moment(world, story, index, morningOf(occasion.on, timeZone)), 'satisfaction', {
    id,
    slots,
    reason,
  });
  bookMeeting(moment(world, story, index, instantOf(bookedOn, '09:30', timeZone)), id);
  holdMeeting(
    moment(world, story, index, held.endsAt),
    id,
    minutesFor(world.data.sessions, index + 2, heldOn),
  );
  return sessionOccasion(id, heldOn, calendar);
}

function ask(world: World, story: DemoStory, { name: occasion }: Occasion, at: Date): void {
  const id = `demo-survey-${story.key}-${world.surveys.length}`;
  const { ownerId: personId } = story.system;
  world.surveys.push({
    id,
    engagementId: idOf(story),
    personId,
    occasion,
    askedAt: at,
    version: 1,
    answers: null,
    answeredAt: null,
  });
  noteAt(world, story, at, { verb: 'survey.ask', personId: null, facts: { survey: id, occasion } });
}

/** The state in which the engagement was at that instant; what was written down later may have happened before. */
function stateAt({ audit }: World, id: EngagementId, at: Date): EngagementState | null {
  const states = audit.flatMap((entry) => {
    const state = ENGAGEMENT_STATES.find((each) => each === entry.to);
    return state && entry.engagementId === id && entry.at <= at ? [{ at: entry.at, state }] : [];
  });
  return states.toSorted((one, other) => one.at.getTime() - other.at.getTime()).at(-1)?.state ?? null;
}

/** The bot's own line, or the Business Owner's, with the state in which the engagement was then. */
function noteAt(
  world: World,
  story: DemoStory,
  at: Date,
  entry: {
    readonly verb: string;
    readonly personId: PersonId | null;
    readonly facts: Readonly<Record<string, string>>;
  },
): void {
  const { verb, personId, facts } = entry;
  const engagementId = idOf(story);
  const state = stateAt(world, engagementId, at);
  world.audit.push({
    at,
    actorId: personId,
    forId: personId === null ? story.system.ownerId : null,
    role: personId === null ? 'bot' : 'business_owner',
    verb,
    engagementId,
    from: state,
    to: state,
    reason: null,
    platform: personId === null ? 'bot' : 'console',
    facts,
  });
}

/**
 * Answers what was asked at least two business days ago, in order, as it enters the averages; what was asked later is open. An
 * older survey of an engagement that was asked again before is left open for good.
 */
export function answerAll(world: World, stories: readonly DemoStory[]): void {
  const lastOn = dayAgo(world.when, 1);
  const order = world.surveys
    .flatMap(({ id, engagementId, askedAt }) => {
      const story = stories.find((each) => idOf(each) === engagementId);
      const on = answeredOn(world, askedAt);
      return story && on <= lastOn ? [{ id, story, on }] : [];
    })
    .toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
  const turns = new Map<string, number>();
  for (const { id, story, on } of order) {
    const turn = turns.get(story.key) ?? 0;
    turns.set(story.key, turn + 1);
    answer(world, story, id, on, turn);
  }
}

const answeredOn = ({ when }: World, askedAt: Date): LocalDate =>
  addBusinessDays(localDate(askedAt, when.timeZone), ANSWERED, when.calendar);

function answer(world: World, story: DemoStory, id: string, on: LocalDate, turn: number): void {
  const given = story.satisfaction?.[turn] ?? story.satisfaction?.at(-1);
  const survey = world.surveys.find((each) => each.id === id);
  if (!given || !survey) return;
  const at = instantOf(on, '11:20', world.when.timeZone);
  const answered = answerSurvey(survey, { ...given, scores: scoresOf(given) }, at);
  replace(world, answered);
  const rules = { smallest: world.programme.smallestGroup, now: at, today: on };
  for (const counted of countNewGroups(waitingIn(world), rules)) replace(world, counted);
  const facts = { survey: id, occasion: survey.occasion, version: String(answered.version) };
  noteAt(world, story, at, { verb: 'survey.answer', personId: survey.personId, facts });
}

const waitingIn = ({ surveys, engagements }: World): readonly WaitingAnswer[] => {
  const all = [...engagements.values()];
  return surveys.flatMap((survey) => {
    const engagement = all.find(({ id }) => id === survey.engagementId);
    if (!engagement || survey.answers === null || survey.answers.counted !== null) return [];
    const { component } = engagement;
    const atWork = all.filter((each) => each.component === component && AT_WORK.includes(each.state)).length;
    return [{ survey, component, atWork }];
  });
};
const AT_WORK: readonly EngagementState[] = AT_WORK_STATES;

const replace = ({ surveys }: World, survey: World['surveys'][number]): void =>
  void surveys.splice(
    surveys.findIndex(({ id }) => id === survey.id),
    1,
    survey,
  );

const scoresOf = ({ scores }: DemoAnswer): SurveyScores =>
  Object.fromEntries(SURVEY_LINES.map((line, place) => [line, scores[place] ?? 3])) as Record<
    (typeof SURVEY_LINES)[number],
    number
  >;
