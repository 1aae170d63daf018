/** From day 0 to the start of work: card, preparation, initial meeting, letter, training, gate (T12, T13; domain reference 2.4). */
import { isSettled, itemOf, newCard } from '../../domain/card.ts';
import { beginOnboarding, type Signature, signLetter } from '../../domain/engagement-matching.ts';
import { activate, noteCisoTold } from '../../domain/engagement-work.ts';
import { failingOf, gateOf } from '../../domain/gate.ts';
import { addDays } from '../../domain/time.ts';
import { questionsOf } from '../../forms/form.ts';
import type { Answers } from '../../forms/question.ts';
import { termAsAsked } from '../../offerings/move-forms-onboarding.ts';
import { PREPARATION } from '../../offerings/preparation.ts';
import { bookMeeting, holdMeeting, minutesFor, offerMeeting, timesFor } from './meetings.ts';
import { cardOf, changed, earlierCards, follow, initialId, keepCard, trainingOf } from './steps-card.ts';
import { answersOf } from './steps-scoping.ts';
import { certificateOf, noteFeasibility, renewTraining, sayOfCourses, trainedIn } from './training.ts';
import {
  actor,
  demoTemplate,
  engagementOf,
  given,
  idOf,
  issoOf,
  noteHere,
  type Scene,
  setMilestone,
  take,
  writePaper,
} from './world.ts';

/** The initial meeting is held from this day of onboarding on (domain reference 6.1). */
const INITIAL_FROM_DAY = 15;
const INITIAL_MINUTES = 60;

/** T12, with all that comes with day 0. */
export function begin(scene: Scene): void {
  const { world, step, at, on } = scene;
  const dayZeroOn = step.inDays === undefined ? on : addDays(world.when.today, step.inDays);
  const byId = actor(scene, 'contractor_lead');
  const asked = termAsAsked(answersOf(scene, 'request-form'), dayZeroOn);
  const isso = issoOf(scene);
  const facts = {
    isso,
    dayZero: dayZeroOn,
    end: asked.endOn ?? 'ongoing',
    hours: String(asked.hoursPerWeek),
  };
  take(scene, 'onboarding.begin', byId, (engagement) => beginOnboarding(engagement, dayZeroOn, asked, at), {
    facts,
  });
  keepCard(scene, newCard(demoTemplate(scene.world), dayZeroOn, earlierCards(scene, isso)), byId);
  setMilestone(scene, byId, { name: 'onboarding-began', personId: isso, on: dayZeroOn });
  noteFeasibility(scene, dayZeroOn);
  const slots = timesFor(scene, 'initial', INITIAL_MINUTES, addDays(dayZeroOn, INITIAL_FROM_DAY));
  offerMeeting(scene, 'initial', { id: initialId(scene), slots, reason: 'onboarding-began' });
}

export const bookInitial = (scene: Scene): void => bookMeeting(scene, initialId(scene));

export function initial(scene: Scene): void {
  holdMeeting(scene, initialId(scene), minutesFor(scene.world.data.sessions, scene.index + 1, scene.on));
  follow(scene);
}

// ------------------------------------------------------------------------------------------ readiness

/** The Business Owner says how far their side is: `all` of it, or only the first lines. */
export const prepare =
  (how: 'some' | 'all') =>
  (scene: Scene): void => {
    const { ownerId } = scene.story.system;
    const lines = questionsOf(PREPARATION).filter(({ kind }) => kind === 'choice');
    const ready = how === 'all' ? lines : lines.slice(0, 3);
    const answers: Answers = Object.fromEntries(ready.map(({ key }) => [key, 'yes']));
    const { version } = writePaper(scene, {
      kind: 'preparation',
      subject: idOf(scene.story),
      formVersion: PREPARATION.version,
      answers,
      byId: ownerId,
    });
    const changed = Object.keys(answers).join(',');
    noteHere(scene, 'preparation.write', ownerId, { version: String(version), changed });
    follow(scene);
  };

const SIGNS = { isso: 'letter.sign', businessOwner: 'letter.sign-owner', ciso: 'letter.note-ciso' } as const;

export const sign =
  (signature: Signature) =>
  (scene: Scene): void => {
    const byId = signature === 'isso' ? issoOf(scene) : scene.story.system.ownerId;
    take(scene, SIGNS[signature], byId, (engagement) => signLetter(engagement, signature, scene.on), {
      facts: { signature },
    });
    follow(scene);
  };

/** The Service ISSO says what they took of the curriculum. */
export function courses(scene: Scene): void {
  if (sayOfCourses(scene, given(scene, 'courses'))) follow(scene);
}

/** Role-based training was done: it counts in all engagements of the person, and is due again in a year. */
export function train(scene: Scene): void {
  const { world, on } = scene;
  const personId = issoOf(scene);
  const byId = actor(scene, 'contractor_lead');
  const card = cardOf(scene, personId);
  const item = card && itemOf(card, 'rbt');
  const change = { to: 'done', on, reference: certificateOf(scene) } as const;
  if (card && item && !isSettled(item))
    keepCard(scene, changed(scene, card, item.key, change, { verb: 'card.change', byId }), byId);
  else renewTraining(scene, byId);
  for (const key of trainedIn(scene)) {
    const story = world.data.stories.find((each) => each.key === key);
    if (story) setMilestone({ ...scene, story }, byId, { name: 'training-done', personId, on });
  }
  follow(scene);
}

/** T13: the gate holds. */
export function activateStep(scene: Scene): void {
  const isso = issoOf(scene);
  const card = cardOf(scene, isso);
  if (!card) throw new Error(`${scene.story.key}: there is no card`);
  const gate = gateOf({
    template: demoTemplate(scene.world),
    card,
    letter: engagementOf(scene).course.letter,
    trainingDueOn: trainingOf(scene.world, engagementOf(scene), isso).dueOn,
    today: scene.on,
  });
  const byId = actor(scene, 'gtl');
  const facts = { failing: failingOf(gate), exceptionReason: null };
  take(scene, 'engagement.activate', byId, (engagement, by) => activate(engagement, facts, scene.on, by));
  follow(scene);
  setMilestone(scene, byId, { name: 'work-began', personId: isso, on: scene.on });
}

export const tellCiso = (scene: Scene): void =>
  void take(
    scene,
    'ciso.note',
    scene.story.system.ownerId,
    (engagement) => noteCisoTold(engagement, scene.on),
    {
      facts: { on: scene.on },
    },
  );
