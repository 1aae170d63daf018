/** The Information Card of a story: its lines move on, are moved to another day or waived, and follow what is known elsewhere (domain reference 4.3). */
import { type Card, changeItem, type ItemChange, isSettled, itemOf } from '../../domain/card.ts';
import { moveItem } from '../../domain/card-move.ts';
import { type CardFacts, followFacts } from '../../domain/card-progress.ts';
import { itemIn } from '../../domain/card-template.ts';
import type { Engagement } from '../../domain/engagement.ts';
import type { MeetingId, PersonId } from '../../domain/ids.ts';
import { type Paper, subjectOf } from '../../domain/paper.ts';
import { localDate } from '../../domain/time.ts';
import { assignmentsOf } from '../../domain/training.ts';
import { curriculumDoneOn } from '../../domain/training-record.ts';
import { type TrainingDates, trainingCounted, trainingDoneIn } from '../../domain/training-reminders.ts';
import { parseAnswers } from '../../forms/form.ts';
import { CURRICULUM } from '../../offerings/curriculum.ts';
import { isPrepared, PREPARATION } from '../../offerings/preparation.ts';
import type { DemoChange } from './story.ts';
import { businessDayIn } from './timeline.ts';
import { followLine, recordNow } from './training.ts';
import {
  actor,
  demoTemplate,
  engagementOf,
  given,
  idOf,
  issoOf,
  latestPaper,
  noteHere,
  type Scene,
  type World,
  writePaper,
} from './world.ts';

const CARD = 'information-card';

export const initialId = (scene: Scene): MeetingId => `initial-${idOf(scene.story)}-${issoOf(scene)}`;

/** The card of that Service ISSO as it is kept; null before onboarding. */
export function cardOf({ world, story }: Pick<Scene, 'world' | 'story'>, isso: PersonId): Card | null {
  const paper = latestPaper(world, CARD, subjectOf(idOf(story), isso));
  return paper && cardIn(paper);
}

/** Every version of it, oldest first. */
export const cardVersions = (
  { papers }: Pick<World, 'papers'>,
  engagement: Engagement,
  isso: PersonId,
): readonly { readonly at: Date; readonly card: Card }[] =>
  papers
    .filter(({ kind, subject }) => kind === CARD && subject === subjectOf(engagement.id, isso))
    .map((paper) => ({ at: paper.at, card: cardIn(paper) }));

/** Told in memory, the answers of a card are the card itself. */
const cardIn = ({ answers }: Paper): Card => answers as unknown as Card;

/** The next version of it; `reason` for a day that was set by hand. */
export function keepCard(
  scene: Scene,
  card: Card,
  byId: PersonId | null,
  reason: string | null = null,
): void {
  const subject = subjectOf(idOf(scene.story), issoOf(scene));
  const paper = {
    kind: CARD,
    subject,
    formVersion: card.templateVersion,
    answers: { ...card },
    byId,
  } as const;
  writePaper(scene, paper, reason);
}

/** The person's cards of other engagements that go on, newest first. */
export function earlierCards({ world, story }: Scene, isso: PersonId): readonly Card[] {
  const others = [...world.engagements.values()].filter(
    ({ id, course, state }) =>
      id !== idOf(story) && course.serviceIssoId === isso && state !== 'OFFBOARDING' && state !== 'CLOSED',
  );
  return others
    .flatMap(({ id }) => latestPaper(world, CARD, subjectOf(id, isso)) ?? [])
    .toSorted((one, other) => other.at.getTime() - one.at.getTime())
    .map(cardIn);
}

/** Lines move on, as one version; what is settled already, such as by an earlier engagement, is left. */
export function changeLines(scene: Scene): void {
  const before = cardNow(scene);
  const byId = actor(scene, 'contractor_coord');
  let card = before;
  for (const [key, wanted] of Object.entries(given(scene, 'lines'))) {
    const item = itemOf(card, key);
    if (!item) throw new Error(`${scene.story.key}: the card has no line ${key}`);
    if (isSettled(item)) continue;
    card = changed(scene, card, key, changeOf(scene, wanted, key), { verb: 'card.change', byId });
  }
  if (card !== before) keepCard(scene, card, byId);
}

/** The Government Task Lead says that a line is not needed. */
export function waiveLine(scene: Scene): void {
  const byId = actor(scene, 'gtl');
  const change = { to: 'not_needed', why: given(scene, 'words') } as const;
  const card = changed(scene, cardNow(scene), given(scene, 'line'), change, { verb: 'card.waive', byId });
  keepCard(scene, card, byId);
}

/** The contractor lead sets the day by which a line is to be finished. */
export function moveLine(scene: Scene): void {
  const { story, on } = scene;
  const key = given(scene, 'line');
  const before = cardNow(scene);
  const to = businessDayIn(scene.world.when, given(scene, 'inDays'));
  const made = moveItem(demoTemplate(scene.world), before, key, to, on);
  if (!made.ok) throw new Error(`${story.key}: ${key} can't be moved: ${JSON.stringify(made.refusal)}`);
  const byId = actor(scene, 'contractor_lead');
  keepCard(scene, made.value, byId, given(scene, 'words'));
  const moved = { before: itemOf(before, key)?.movedTo ?? 'plan', after: to };
  noteHere(scene, 'card.move-item', byId, { person: issoOf(scene), item: key, ...moved });
}

function cardNow(scene: Scene): Card {
  const card = cardOf(scene, issoOf(scene));
  if (!card) throw new Error(`${scene.story.key}: there is no card`);
  return card;
}

/** One line changes by the rule, with its record, and the course that is the same line. */
export function changed(
  scene: Scene,
  card: Card,
  key: string,
  change: ItemChange,
  { verb, byId }: { readonly verb: string; readonly byId: PersonId },
): Card {
  const isso = issoOf(scene);
  const before = itemOf(card, key)?.state.is ?? '';
  const made = changeItem(demoTemplate(scene.world), card, key, change, {
    today: scene.on,
    by: { byId, at: scene.at },
  });
  if (!made.ok) throw new Error(`${scene.story.key}: ${key} ${change.to}: ${JSON.stringify(made.refusal)}`);
  noteHere(scene, verb, byId, { person: isso, item: key, before, after: change.to });
  const after = itemOf(made.value, key);
  if (after) followLine(scene, isso, after, byId);
  return made.value;
}

/** With the day, and with a reference where the line needs one. */
function changeOf(scene: Scene, change: DemoChange, key: string): ItemChange {
  const { on, index } = scene;
  switch (change.to) {
    case 'requested':
      return { to: 'requested', on };
    case 'done': {
      const needsOne = itemIn(demoTemplate(scene.world), key)?.needsReference ?? false;
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
export function follow(scene: Scene): void {
  const isso = issoOf(scene);
  const card = cardOf(scene, isso);
  if (!card) return;
  const next = followFacts(
    demoTemplate(scene.world),
    card,
    factsOf(scene, engagementOf(scene), isso),
    scene.at,
  );
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
    trainingDoneOn: trainingOf(world, engagement, isso).doneOn,
    curriculumDoneOn: curriculumDoneOn(CURRICULUM, recordNow(world, isso)),
    workSinceOn: activeSinceOn,
  };
}

/** The person's role-based training as that engagement counts it. */
export function trainingOf(
  { milestones }: Pick<World, 'milestones'>,
  { id }: Engagement,
  isso: PersonId,
): TrainingDates {
  const all = assignmentsOf(milestones).filter(({ personId }) => personId === isso);
  const own = all.find(({ engagementId }) => engagementId === id);
  return trainingCounted(own ?? { engagementId: id, personId: isso, days: {} }, trainingDoneIn(all));
}
