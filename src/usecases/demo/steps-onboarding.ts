/** From day 0 to the start of work: card, preparation, initial meeting, letter, training, gate (T12, T13; domain reference 2.4). */
import { type Card, changeItem, type ItemChange, isSettled, itemOf, newCard } from '../../domain/card.ts';
import { type CardFacts, followFacts } from '../../domain/card-progress.ts';
import { itemIn } from '../../domain/card-template.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { beginOnboarding, type Signature, signLetter } from '../../domain/engagement-matching.ts';
import { activate, noteCisoTold } from '../../domain/engagement-work.ts';
import { failingOf, gateOf } from '../../domain/gate.ts';
import type { PersonId } from '../../domain/ids.ts';
import { type Paper, subjectOf } from '../../domain/paper.ts';
import { addDays, type LocalDate, localDate } from '../../domain/time.ts';
import { assignmentsOf, renewalOf, trainingDueOn } from '../../domain/training.ts';
import { parseAnswers, questionsOf } from '../../forms/form.ts';
import type { Answers } from '../../forms/question.ts';
import { CARD_TEMPLATE } from '../../offerings/card-template.ts';
import { termAsAsked } from '../../offerings/move-forms-onboarding.ts';
import { isPrepared, PREPARATION } from '../../offerings/preparation.ts';
import { bookMeeting, holdMeeting, minutesFor, offerMeeting, timesFor } from './meetings.ts';
import { answersOf } from './steps-scoping.ts';
import type { DemoChange } from './story.ts';
import {
  actor,
  engagementOf,
  given,
  idOf,
  issoOf,
  latestPaper,
  noteHere,
  type Scene,
  setMilestone,
  take,
  writePaper,
} from './world.ts';

const CARD = 'information-card';
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
  keepCard(scene, newCard(CARD_TEMPLATE, dayZeroOn, earlierCard(scene, isso)), byId);
  setMilestone(scene, byId, { name: 'onboarding-began', personId: isso, on: dayZeroOn });
  const slots = timesFor(scene, 'initial', INITIAL_MINUTES, addDays(dayZeroOn, INITIAL_FROM_DAY));
  offerMeeting(scene, 'initial', { id: initialId(scene), slots, reason: 'onboarding-began' });
}

const initialId = (scene: Scene): string => `initial-${idOf(scene.story)}-${issoOf(scene)}`;

export const bookInitial = (scene: Scene): void => bookMeeting(scene, initialId(scene));

export function initial(scene: Scene): void {
  holdMeeting(scene, initialId(scene), minutesFor(scene.world.data.sessions, scene.index + 1, scene.on));
  follow(scene);
}

// ------------------------------------------------------------------------------------------ the card

/** The card of the present Service ISSO as it is kept; null before onboarding. */
export function cardOf({ world, story }: Pick<Scene, 'world' | 'story'>, isso: PersonId): Card | null {
  const paper = latestPaper(world, CARD, subjectOf(idOf(story), isso));
  return paper && cardIn(paper);
}

/** Told in memory, the answers of a card are the card itself. */
const cardIn = ({ answers }: Paper): Card => answers as unknown as Card;

function keepCard(scene: Scene, card: Card, byId: PersonId | null): void {
  const subject = subjectOf(idOf(scene.story), issoOf(scene));
  writePaper(scene, { kind: CARD, subject, formVersion: card.templateVersion, answers: { ...card }, byId });
}

/** The person's newest card of another engagement that goes on. */
function earlierCard({ world, story }: Scene, isso: PersonId): Card | null {
  const others = [...world.engagements.values()].filter(
    ({ id, course, state }) =>
      id !== idOf(story) && course.serviceIssoId === isso && state !== 'OFFBOARDING' && state !== 'CLOSED',
  );
  const subjects = new Set(others.map(({ id }) => subjectOf(id, isso)));
  const paper = world.papers.findLast(({ kind, subject }) => kind === CARD && subjects.has(subject));
  return paper ? cardIn(paper) : null;
}

/** Lines move on, as one version; what is settled already, such as by an earlier engagement, is left. */
export function changeLines(scene: Scene): void {
  const isso = issoOf(scene);
  const before = cardOf(scene, isso);
  if (!before) throw new Error(`${scene.story.key}: there is no card`);
  const byId = actor(scene, 'contractor_coord');
  let card = before;
  for (const [key, wanted] of Object.entries(given(scene, 'lines'))) {
    const item = itemOf(card, key);
    if (!item) throw new Error(`${scene.story.key}: the card has no line ${key}`);
    if (isSettled(item)) continue;
    const change = changeOf(scene, wanted, key);
    const when = { today: scene.on, by: { byId, at: scene.at } };
    const made = changeItem(CARD_TEMPLATE, card, key, change, when);
    if (!made.ok) throw new Error(`${scene.story.key}: ${key} ${change.to}: ${JSON.stringify(made.refusal)}`);
    card = made.value;
    const facts = { person: isso, item: key, before: item.state.is, after: change.to };
    noteHere(scene, 'card.change', byId, facts);
  }
  if (card !== before) keepCard(scene, card, byId);
}

/** With the day, and with a reference where the line needs one. */
function changeOf({ on, index }: Scene, change: DemoChange, key: string): ItemChange {
  switch (change.to) {
    case 'requested':
      return { to: 'requested', on };
    case 'done': {
      const needsOne = itemIn(CARD_TEMPLATE, key)?.needsReference ?? false;
      return { to: 'done', on, reference: needsOne ? `REF-${on.replaceAll('-', '')}-${index + 1}` : null };
    }
    case 'in_progress':
    case 'submitted':
    case 'waiting_on':
    case 'blocked':
      return change;
    default:
      return change satisfies never;
  }
}

/** What is settled by something else than by hand. */
function follow(scene: Scene): void {
  const isso = issoOf(scene);
  const card = cardOf(scene, isso);
  if (!card) return;
  const next = followFacts(CARD_TEMPLATE, card, factsOf(scene, engagementOf(scene), isso), scene.at);
  if (next !== card) keepCard(scene, next, null);
}

function factsOf(scene: Scene, engagement: Engagement, isso: PersonId): CardFacts {
  const { world } = scene;
  const { letter, activeSinceOn } = engagement.course;
  const prepared = latestPaper(world, 'preparation', engagement.id);
  const isReady = prepared && isPrepared(parseAnswers(PREPARATION, prepared.answers).answers);
  return {
    letter,
    preparedOn: isReady ? localDate(prepared.at, world.when.timeZone) : null,
    initialMeetingOn: world.meetings.get(initialId(scene))?.heldOn ?? null,
    trainingDoneOn: trainingOf(scene, isso).doneOn,
    workSinceOn: activeSinceOn,
  };
}

function trainingOf(
  { world, story }: Scene,
  isso: PersonId,
): { readonly doneOn: LocalDate | null; readonly dueOn: LocalDate | null } {
  const own = assignmentsOf(world.milestones).find(
    ({ engagementId, personId }) => engagementId === idOf(story) && personId === isso,
  );
  return { doneOn: own?.days['training-done'] ?? null, dueOn: own ? trainingDueOn(own) : null };
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

/** Role-based training was done; it is due again in a year. */
export function train(scene: Scene): void {
  const personId = issoOf(scene);
  const byId = actor(scene, 'contractor_lead');
  setMilestone(scene, byId, { name: 'training-done', personId, on: scene.on });
  const { id: engagementId } = engagementOf(scene);
  scene.world.milestones.push({ engagementId, name: 'training-due', personId, on: renewalOf(scene.on) });
  follow(scene);
}

/** T13: the gate holds. */
export function activateStep(scene: Scene): void {
  const isso = issoOf(scene);
  const card = cardOf(scene, isso);
  if (!card) throw new Error(`${scene.story.key}: there is no card`);
  const gate = gateOf({
    template: CARD_TEMPLATE,
    card,
    letter: engagementOf(scene).course.letter,
    trainingDueOn: trainingOf(scene, isso).dueOn,
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
