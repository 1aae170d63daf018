/** From the request to the kickoff: T1 to T4, and how a request ends before that. */
import {
  acceptRequest,
  amendRequest,
  answerAskBack,
  askBack,
  confirmDraft,
  declineRequest,
  type Ending,
  fileRequest,
  holdKickoff,
  partiesOf,
  withdrawRequest,
} from '../../domain/engagement.ts';
import { copyRequest } from '../../domain/engagement-ending.ts';
import type { PersonId, RequestNumber } from '../../domain/ids.ts';
import { book, cancel, type Meeting, offer, planKickoff, recordHeld } from '../../domain/meeting.ts';
import { addDays } from '../../domain/time.ts';
import { storedAnswers } from '../../forms/form.ts';
import type { Answers } from '../../forms/question.ts';
import { BOOKED, meetingOf, minutesFor, timesFor } from './meetings.ts';
import { meetingAt } from './timeline.ts';
import {
  actor,
  demoOffering,
  engagementOf,
  given,
  holders,
  idOf,
  keep,
  noteHere,
  type Scene,
  take,
} from './world.ts';

/** The wanted start, in days from the request; people need up to 60 to be ready. */
const START_IN_DAYS = 85;

const kickoffId = ({ story }: Scene): string => `demo-kickoff-${story.key}`;

/** What the Business Owner, or somebody for them, answered. */
export function initialAnswers({ story: { system }, on }: Pick<Scene, 'story' | 'on'>): Answers {
  return {
    business_owner: system.ownerId,
    component: system.component,
    cra: system.craId,
    system_name: system.name,
    system_acronym: system.acronym,
    system_count: 1,
    reason: ['no_trained_isso'],
    current_isso_state: 'none',
    tasks: system.tasks,
    need_summary: system.need,
    urgency: system.urgency,
    level_of_effort: system.effort,
    engagement_kind: system.months === null ? 'continuous' : 'defined',
    start_wanted: addDays(on, START_IN_DAYS),
    ...(system.months === null ? {} : { duration_months: system.months }),
    attest_no_sensitive: true,
    attest_authority: true,
  };
}

/** The next number; they were drawn in the order in which requests were filed. */
function nextNumber({ world }: Scene): RequestNumber {
  const number = world.numbers[world.engagements.size];
  if (number === undefined) throw new Error('there are more requests than numbers');
  return number;
}

/** The facts of the request, and its answers as they were asked. */
function requestOf(scene: Scene) {
  const { world, story, on } = scene;
  const { form } = demoOffering(world);
  const { name: systemName, component, craId } = story.system;
  const { timeZone } = world.when;
  const context = { today: on, timeZone, people: world.people, sensitive: () => [] };
  const answers = storedAnswers(form, initialAnswers(scene), context);
  return { component, systemName, craId, formVersion: form.version, answers };
}

export function file(scene: Scene): void {
  const { story, step, at } = scene;
  const { ownerId } = story.system;
  const requesterId = step.by ?? ownerId;
  const change = fileRequest(
    {
      id: idOf(story),
      number: nextNumber(scene),
      offering: demoOffering(scene.world).key,
      ...requestOf(scene),
      requesterId,
      businessOwnerId: ownerId,
    },
    at,
  );
  keep(scene, change, { verb: 'request.file', byId: requesterId });
}

/** T25. */
export function copy(scene: Scene): void {
  const { world, story, at } = scene;
  const ended = world.engagements.get(story.copies ?? '');
  if (!ended) throw new Error(`${story.key}: there is nothing to copy`);
  const byId = story.system.ownerId;
  const made = copyRequest(ended, { id: idOf(story), number: nextNumber(scene), byId }, at);
  if (!made.ok) throw new Error(`${story.key}: ${ended.number} can't be copied`);
  keep(scene, made.value, { verb: 'request.copy', byId, facts: { from: ended.number } });
}

/** The answers are gone through once more, with the statements that a copy leaves out. */
export const amend = (scene: Scene): void =>
  void take(scene, 'request.amend', ownerOf(scene), (engagement) =>
    amendRequest(engagement, requestOf(scene)),
  );

export const confirm = (scene: Scene): void => {
  const { requesterId } = engagementOf(scene);
  take(scene, 'request.confirm', ownerOf(scene), (engagement, { at }) => confirmDraft(engagement, at), {
    facts: { preparedBy: requesterId },
  });
};

export const askBackStep = (scene: Scene): void =>
  void take(
    scene,
    'request.ask-back',
    actor(scene, 'ispg_team'),
    (engagement, { byId, at }) => askBack(engagement, given(scene, 'words'), byId, at),
    { right: 'request.triage' },
  );

export const answerStep = (scene: Scene): void =>
  void take(scene, 'request.answer', ownerOf(scene), (engagement) =>
    answerAskBack(engagement, given(scene, 'words')),
  );

/** T3, with the offer of kickoff times. */
export function accept(scene: Scene): void {
  const { world, at } = scene;
  const byId = actor(scene, 'ispg_team');
  const engagement = take(scene, 'request.accept', byId, (before) => acceptRequest(before, byId, at), {
    right: 'request.triage',
  });
  const id = kickoffId(scene);
  const meeting = planKickoff({
    id,
    engagementId: engagement.id,
    uid: `kickoff-${id}@isso-as-a-service`,
    token: world.newToken(),
    organizerId: byId,
    attendeeIds: [
      ...new Set([
        ...partiesOf(engagement),
        byId,
        ...holders(world, 'contractor_lead'),
        ...holders(world, 'cor'),
      ]),
    ],
  });
  const made = offer(meeting, timesFor(scene, 'kickoff', world.programme.kickoffMinutes), at);
  if (made.ok) keepKickoff(scene, made.value, 'kickoff.offer', byId);
}

export function bookKickoff(scene: Scene): void {
  const made = book(meetingOf(scene.world, kickoffId(scene)), 'offered', BOOKED, scene.at);
  if (!made.ok) throw new Error(`${scene.story.key}: no kickoff can be booked`);
  keepKickoff(scene, made.value, 'kickoff.book', ownerOf(scene));
}

/** T4: everybody came. */
export function kickoff(scene: Scene): void {
  const { world, at, on, index } = scene;
  const { kickoffs, sessions } = world.data;
  const meeting = meetingOf(world, kickoffId(scene));
  const notes = kickoffs[index % kickoffs.length];
  if (!notes || meetingAt(index, on, world.when) > at)
    throw new Error('a kickoff has notes, and a time before them');
  const { decisions, followUps } = minutesFor(sessions, index, on);
  const presentIds = meeting.attendeeIds;
  const minutes = { notes: '', decisions, followUps };
  const held = recordHeld(meeting, { heldOn: on, presentIds, notes, minutes }, at);
  if (!held.ok) throw new Error(`${scene.story.key}: the kickoff can't be recorded`);
  world.meetings.set(meeting.id, held.value);
  const everybody = { business_owner: true, ispg: true, contractor: true };
  take(scene, 'kickoff.record', meeting.organizerId, (engagement) => holdKickoff(engagement, everybody, at), {
    facts: { meeting: meeting.id, heldOn: on, present: presentIds.join(',') },
  });
}

/** T24. */
export const decline = (scene: Scene): void =>
  endRequest(
    scene,
    'request.decline',
    actor(scene, scene.step.side === 'gtl' ? 'gtl' : 'ispg_team'),
    declineRequest,
  );
/** T23. */
export const withdraw = (scene: Scene): void =>
  endRequest(scene, 'request.withdraw', ownerOf(scene), withdrawRequest);

function endRequest(
  scene: Scene,
  verb: 'request.decline' | 'request.withdraw',
  byId: PersonId,
  end: typeof declineRequest,
): void {
  const { world, step, at } = scene;
  const meeting = world.meetings.get(kickoffId(scene));
  const cancelled = meeting ? cancel(meeting) : null;
  if (cancelled?.ok) world.meetings.set(cancelled.value.id, cancelled.value);
  const ending: Ending = { reason: given(scene, 'reason'), note: step.words ?? null, byId, at };
  take(scene, verb, byId, (engagement) => end(engagement, ending), { reason: ending.reason });
}

const ownerOf = ({ story, step }: Scene): PersonId => step.by ?? story.system.ownerId;

function keepKickoff(scene: Scene, meeting: Meeting, verb: string, byId: PersonId): void {
  scene.world.meetings.set(meeting.id, meeting);
  noteHere(scene, verb, byId, { meeting: meeting.id, meetingState: meeting.state });
}
