/** The meetings of the stories: offered, booked and held by the rules of meetings, with their records. */
import { addBusinessDays, nextBusinessDay, previousBusinessDay } from '../../domain/calendar.ts';
import { partiesOf } from '../../domain/engagement.ts';
import type { MeetingId, PersonId } from '../../domain/ids.ts';
import {
  book,
  type Meeting,
  type Minutes,
  offer,
  planMeeting,
  recordMeeting,
  type Slot,
} from '../../domain/meeting.ts';
import type { MeetingKind } from '../../domain/meeting-kinds.ts';
import { addDays, type LocalDate, MINUTE_MS } from '../../domain/time.ts';
import { PROGRAMME_MEETINGS } from '../../offerings/programme-meetings.ts';
import type { DemoDeed } from './story.ts';
import { dayAgo, meetingAt } from './timeline.ts';
import { engagementOf, holders, note, personOf, type Scene, type World } from './world.ts';

/** The middle one of three times is booked. */
export const BOOKED = 1;
/** Business days ahead at which times still to come are offered. */
const AHEAD = [2, 3, 5] as const;

/** A time on that day that goes with the story. */
export function slotOn(
  { world, index }: Pick<Scene, 'world' | 'index'>,
  on: LocalDate,
  minutes: number,
): Slot {
  const startsAt = meetingAt(index, on, world.when);
  return { startsAt, endsAt: new Date(startsAt.getTime() + minutes * MINUTE_MS) };
}

/** Three times around the day on which the story has the meeting; ahead of today, behind `notBefore`, where it has none yet. */
export function timesFor(
  scene: Scene,
  held: DemoDeed,
  minutes: number,
  notBefore?: LocalDate,
): readonly Slot[] {
  const { world, story } = scene;
  const { calendar, today } = world.when;
  const step = story.steps.find(({ does, ago }) => does === held && ago <= scene.step.ago);
  const from = notBefore !== undefined && notBefore > today ? addDays(notBefore, -1) : today;
  const day = step && dayAgo(world.when, step.ago);
  const days = day
    ? [previousBusinessDay(day, calendar), day, nextBusinessDay(day, calendar)]
    : AHEAD.map((ahead) => addBusinessDays(from, ahead, calendar));
  return days.map((on) => slotOn(scene, on, minutes));
}

/** Who is invited to a meeting of the story's engagement, by role and by part (as for a real one). */
function invitedTo(scene: Scene, kind: MeetingKind): readonly PersonId[] {
  const { world } = scene;
  const engagement = engagementOf(scene);
  const { roles, asParties } = PROGRAMME_MEETINGS[kind];
  const issos = world.milestones.filter(({ engagementId }) => engagementId === engagement.id);
  const concerned = roles
    .flatMap((role) => holders(world, role))
    .filter((id) => {
      const { components } = personOf(world, id);
      return components.length === 0 || components.includes(engagement.component);
    });
  return [
    ...new Set([
      ...(asParties.includes('requesting-side') ? partiesOf(engagement) : []),
      ...(asParties.includes('service-isso') ? issos.map(({ personId }) => personId) : []),
      ...concerned,
    ]),
  ];
}

/** Offers times for a session of the engagement; the bot does it by itself unless somebody is named. */
export function offerMeeting(
  scene: Scene,
  kind: MeetingKind,
  wanted: { readonly id: MeetingId; readonly slots: readonly Slot[]; readonly reason: string },
): void {
  const [organizerId = ''] = holders(scene.world, 'ispg_team');
  const meeting = planMeeting({
    id: wanted.id,
    engagementId: engagementOf(scene).id,
    kind,
    uid: `meeting-${wanted.id}@isso-as-a-service`,
    token: scene.world.newToken(),
    organizerId,
    attendeeIds: invitedTo(scene, kind),
  });
  const made = offer(meeting, wanted.slots, scene.at);
  if (!made.ok) throw new Error(`${wanted.id}: nothing can be offered`);
  keepMeeting(scene, made.value, { verb: 'meeting.offer', byId: null, from: null, reason: wanted.reason });
}

/** The Business Owner books the middle time. */
export function bookMeeting(scene: Scene, id: MeetingId): void {
  const meeting = meetingOf(scene.world, id);
  const made = book(meeting, 'offered', BOOKED, scene.at);
  if (!made.ok) throw new Error(`${id} can't be booked: ${JSON.stringify(made.refusal)}`);
  const byId = engagementOf(scene).businessOwnerId;
  keepMeeting(scene, made.value, { verb: 'meeting.book', byId, from: meeting.state });
}

/** It was held; everybody who was invited came. */
export function holdMeeting(scene: Scene, id: MeetingId, minutes: Minutes): void {
  const meeting = meetingOf(scene.world, id);
  const presentIds = meeting.attendeeIds;
  const made = recordMeeting(meeting, { heldOn: scene.on, presentIds, minutes }, scene.at);
  if (!made.ok) throw new Error(`${id} can't be recorded: ${JSON.stringify(made.refusal)}`);
  const facts = { heldOn: scene.on, present: presentIds.join(','), noShows: '' };
  const byId = meeting.organizerId;
  keepMeeting(scene, made.value, { verb: 'meeting.record', byId, from: meeting.state, facts });
}

export function meetingOf({ meetings }: Pick<World, 'meetings'>, id: MeetingId): Meeting {
  const found = meetings.get(id);
  if (!found) throw new Error(`there is no meeting ${id}`);
  return found;
}

interface MeetingEntry {
  readonly verb: string;
  readonly byId: PersonId | null;
  readonly from: string | null;
  readonly reason?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** Keeps a meeting other than a kickoff, with its record, which speaks of the meeting's states. */
function keepMeeting(scene: Scene, meeting: Meeting, { facts, ...entry }: MeetingEntry): void {
  scene.world.meetings.set(meeting.id, meeting);
  note(scene, {
    ...entry,
    to: meeting.state,
    facts: { meeting: meeting.id, kind: meeting.kind, ...facts },
  });
}

/** Minutes of the table in turn, with what is to be done given to whoever is named or, left open, to the organizer. */
export function minutesFor(texts: readonly Minutes[], turn: number, on: LocalDate): Minutes {
  const found = texts[turn % texts.length];
  if (!found) throw new Error('the demo programme has no minutes');
  return {
    ...found,
    followUps: found.followUps.map((each, index) => ({ ...each, dueOn: addDays(on, 7 * (index + 1)) })),
  };
}
