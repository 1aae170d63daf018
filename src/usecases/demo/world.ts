/** What the stories have come to so far, and how a step of one is written down. It is told in memory and saved afterwards. */
import { ENGAGEMENT_VERBS, type EngagementVerb, may, roleUsed } from '../../domain/access.ts';
import type { Blocker } from '../../domain/blocker.ts';
import type { CardTemplate } from '../../domain/card-template.ts';
import type { CheckIn } from '../../domain/check-in.ts';
import type { Mark } from '../../domain/course.ts';
import type { Change, Changed, Engagement } from '../../domain/engagement.ts';
import type { EngagementId, MeetingId, PersonId, RequestNumber } from '../../domain/ids.ts';
import type { Meeting } from '../../domain/meeting.ts';
import type { Milestone } from '../../domain/milestone.ts';
import { nextVersion, type Paper, type PaperKind, type PaperSubject } from '../../domain/paper.ts';
import type { Person, Role } from '../../domain/person.ts';
import type { Survey } from '../../domain/survey.ts';
import type { LocalDate } from '../../domain/time.ts';
import { mainOffering } from '../../offerings/catalogue.ts';
import { newestTemplate, type WorkflowOffering } from '../../offerings/offering.ts';
import type { AuditEntry } from '../../ports.ts';
import type { Programme } from '../work.ts';
import type { DemoProgramme, DemoStep, DemoStory } from './story.ts';
import type { When } from './timeline.ts';

/** What a telling needs from outside. */
export interface Telling {
  readonly now: Date;
  readonly programme: Pick<
    Programme,
    'timeZone' | 'calendar' | 'kickoffMinutes' | 'smallestGroup' | 'catalogue'
  >;
  readonly people: readonly Person[];
  /** Numbers of the requests in the order in which they were filed; as many as there are stories. */
  readonly numbers: readonly RequestNumber[];
  newToken(): string;
}

export interface World extends Telling {
  readonly data: DemoProgramme;
  readonly when: When;
  readonly byId: ReadonlyMap<PersonId, Person>;
  /** By the key of their story. */
  readonly engagements: Map<string, Engagement>;
  /** Every version, in the order of writing. */
  readonly papers: Paper[];
  readonly meetings: Map<MeetingId, Meeting>;
  readonly milestones: Milestone[];
  readonly blockers: Omit<Blocker, 'number'>[];
  readonly surveys: Survey[];
  readonly checkIns: CheckIn[];
  readonly audit: AuditEntry[];
}

/** One step under way. */
export interface Scene {
  readonly world: World;
  readonly story: DemoStory;
  readonly index: number;
  readonly step: DemoStep;
  readonly at: Date;
  readonly on: LocalDate;
}

/** What all stories are about: the catalogue's main offering. Throws (a bug) where there is none. */
export function demoOffering({ programme }: Pick<Telling, 'programme'>): WorkflowOffering {
  const offering = mainOffering(programme.catalogue);
  if (!offering) throw new Error('the demo programme needs an offering');
  return offering;
}

/** What their cards are made of. */
export const demoTemplate = (world: Pick<Telling, 'programme'>): CardTemplate =>
  newestTemplate(demoOffering(world));

/** An engagement's id: the same whenever the story is told. */
export const idOf = ({ key }: Pick<DemoStory, 'key'>): EngagementId => `demo-${key}`;

export function engagementOf({ world, story }: Pick<Scene, 'world' | 'story'>): Engagement {
  const found = world.engagements.get(story.key);
  if (!found) throw new Error(`${story.key}: nothing was filed yet`);
  return found;
}

export function personOf({ byId }: Pick<World, 'byId'>, id: PersonId): Person {
  const found = byId.get(id);
  if (!found) throw new Error(`the demo programme knows nobody called ${id}`);
  return found;
}

/** Everybody with the role, in the order of the roster. */
export const holders = ({ people }: Pick<World, 'people'>, role: Role): readonly PersonId[] =>
  people.filter(({ roles }) => roles.includes(role)).map(({ id }) => id);

/** Whoever does the step, or the first holder of the role that it belongs to. */
export function actor({ world, step }: Scene, role: Role): PersonId {
  const id = step.by ?? holders(world, role)[0];
  if (id === undefined) throw new Error(`the demo programme has no ${role}`);
  return id;
}

export function issoOf(scene: Scene): PersonId {
  const { course } = engagementOf(scene);
  if (course.serviceIssoId === null) throw new Error(`${scene.story.key}: there is no Service ISSO`);
  return course.serviceIssoId;
}

/** What a step needs from its row of the table. */
export function given<Key extends keyof DemoStep>(
  { story, step }: Pick<Scene, 'story' | 'step'>,
  key: Key,
): NonNullable<DemoStep[Key]> {
  const value = step[key];
  if (value === undefined || value === null) throw new Error(`${story.key}: ${step.does} needs ${key}`);
  return value;
}

// ------------------------------------------------------------------------------------------ the record

/** What is written down of a step. */
export interface Entry {
  readonly verb: string;
  /** Null: the bot itself. */
  readonly byId: PersonId | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** One line of the record about the story's engagement, as it is now. */
export function note(scene: Scene, entry: Entry): void {
  const { world, at } = scene;
  const { verb, byId, from, to, reason, facts } = entry;
  const engagement = engagementOf(scene);
  const { requesterId, businessOwnerId } = engagement;
  world.audit.push({
    at,
    actorId: byId,
    forId: byId === requesterId && requesterId !== businessOwnerId ? businessOwnerId : null,
    role: byId === null ? 'bot' : roleUsed(personOf(world, byId), engagement, verb),
    verb,
    engagementId: engagement.id,
    from,
    to,
    reason: reason ?? null,
    platform: byId === null ? 'bot' : 'console',
    facts: facts ?? {},
  });
}

type About = Pick<Entry, 'reason' | 'facts'> & {
  /** The right that it takes, where the record calls it something else. */
  readonly right?: EngagementVerb;
};

/** Takes a step by its rule: whoever takes it may, and it is accepted, or the table is wrong. Answers what it came to. */
export function take(
  scene: Scene,
  verb: string,
  byId: PersonId,
  decide: (engagement: Engagement, by: Mark) => Changed,
  about: About = {},
): Engagement {
  const { world, story, at } = scene;
  const engagement = engagementOf(scene);
  mustBeAllowed(scene, about.right ?? verb, byId);
  const made = decide(engagement, { byId, at });
  if (!made.ok) throw new Error(`${story.key}: ${verb} is refused: ${JSON.stringify(made.refusal)}`);
  keep(scene, made.value, { verb, byId, ...about });
  return world.engagements.get(story.key) ?? engagement;
}

/** Keeps what a rule made, with its record. */
export function keep(
  scene: Scene,
  { engagement, from }: Change,
  { verb, byId, reason, facts }: Pick<Entry, 'verb' | 'byId' | 'reason' | 'facts'>,
): void {
  scene.world.engagements.set(scene.story.key, engagement);
  note(scene, {
    verb,
    byId,
    from,
    to: engagement.state,
    ...(reason === undefined ? {} : { reason }),
    ...(facts === undefined ? {} : { facts }),
  });
}

/** One that stays as it is. */
export const noteHere = (
  scene: Scene,
  verb: string,
  byId: PersonId | null,
  facts: Readonly<Record<string, string>>,
): void => {
  const { state } = engagementOf(scene);
  note(scene, { verb, byId, from: state, to: state, facts });
};

export function mustBeAllowed(scene: Scene, verb: string, byId: PersonId): void {
  const right = ENGAGEMENT_VERBS.find((each) => each === verb);
  if (right && !may(personOf(scene.world, byId), right, engagementOf(scene)))
    throw new Error(`${scene.story.key}: ${byId} may not ${verb}`);
}

/** One line of the record about no engagement. `byId` null: the bot itself. */
export function noteApart(
  world: World,
  {
    byId,
    at,
    ...entry
  }: Pick<AuditEntry, 'verb' | 'at' | 'to' | 'facts'> & { readonly byId: PersonId | null },
): void {
  world.audit.push({
    ...entry,
    at,
    actorId: byId,
    forId: null,
    role: byId === null ? 'bot' : (personOf(world, byId).roles[0] ?? null),
    engagementId: null,
    from: null,
    reason: null,
    platform: byId === null ? 'bot' : 'console',
  });
}

// ------------------------------------------------------------------------------------------ papers

export const latestPaper = (
  { papers }: Pick<World, 'papers'>,
  kind: PaperKind,
  subject: PaperSubject,
): Paper | null => papers.findLast((paper) => paper.kind === kind && paper.subject === subject) ?? null;

/** Writes the next version of a paper. */
export function writePaper(
  { world, at }: Pick<Scene, 'world' | 'at'>,
  paper: Pick<Paper, 'kind' | 'subject' | 'formVersion' | 'answers' | 'byId'>,
  reason: string | null = null,
): Paper {
  const before = latestPaper(world, paper.kind, paper.subject);
  const next = nextVersion(before, { ...paper, at, reason });
  world.papers.push(next);
  return next;
}

// ------------------------------------------------------------------------------------------ dates

/** Sets a date, with its record. */
export function setMilestone(
  scene: Scene,
  byId: PersonId,
  { name, personId, on }: Pick<Milestone, 'name' | 'personId' | 'on'>,
): void {
  const { id: engagementId } = engagementOf(scene);
  const { milestones } = scene.world;
  const at = milestones.findIndex(
    (each) => each.engagementId === engagementId && each.name === name && each.personId === personId,
  );
  milestones.splice(at < 0 ? milestones.length : at, at < 0 ? 0 : 1, { engagementId, name, personId, on });
  noteHere(scene, 'milestone.record', byId, { milestone: name, person: personId, on });
}
