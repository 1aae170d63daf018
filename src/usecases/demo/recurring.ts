/** What is no engagement's own: the profiles of the Service ISSOs, and the programme's meetings that were held. */

import type { PersonId } from '../../domain/ids.ts';
import { type Meeting, recordMeeting } from '../../domain/meeting.ts';
import { makeOccurrence, type Occurrence, occurrencesBetween } from '../../domain/occurrences.ts';
import { addDays, instantOf, localDate, MINUTE_MS } from '../../domain/time.ts';
import { ISSO_PROFILE_FORM } from '../../offerings/isso-profile.ts';
import { PROGRAMME_MEETINGS } from '../../offerings/programme-meetings.ts';
import { confirmationOf, PROFILE_KIND } from '../isso-profiles.ts';
import { minutesFor } from './meetings.ts';
import type { DemoProgramme, DemoRecurring } from './story.ts';
import { dayAgo } from './timeline.ts';
import { holders, latestPaper, noteApart, type World, writePaper } from './world.ts';

/** Business days ago, for a meeting that is held as needed. */
const HELD_AGO = 12;
const RECORDED_AFTER_MS = 10 * MINUTE_MS;
const MOST = 20;
const CHECK_IN = {
  wentWell: 'Two engagements reached their first authorization review on time.',
  inTheWay: 'One clearance has been waiting for weeks.',
  helpWanted: 'A word with the security office would help.',
} as const;

/** Each profile as its owner saved it, with the lead's confirmation. */
export function tellProfiles(world: World, { profiles }: Pick<DemoProgramme, 'profiles'>): void {
  const [leadId = ''] = holders(world, 'service_isso_lead');
  for (const { personId, answers, ago } of profiles) {
    save(world, personId, answers, ago);
    const confirmedAt = instantOf(dayAgo(world.when, ago - 1), '14:10', world.when.timeZone);
    const paper = latestPaper(world, PROFILE_KIND, personId);
    if (paper) world.papers.push(confirmationOf(paper, leadId, confirmedAt));
    const facts = { person: personId, version: String(paper?.version ?? '') };
    noteApart(world, { verb: 'profile.confirm', byId: leadId, at: confirmedAt, to: null, facts });
  }
}

/** What was saved anew lately and waits for the lead. */
export function tellRenewed(world: World, { profiles }: Pick<DemoProgramme, 'profiles'>): void {
  for (const { personId, answers, renewedAgo } of profiles)
    if (renewedAgo !== undefined) save(world, personId, answers, renewedAgo);
}

function save(
  world: World,
  personId: PersonId,
  answers: DemoProgramme['profiles'][number]['answers'],
  ago: number,
): void {
  const at = instantOf(dayAgo(world.when, ago), '10:40', world.when.timeZone);
  const { version } = writePaper(
    { world, at },
    {
      kind: PROFILE_KIND,
      subject: personId,
      formVersion: ISSO_PROFILE_FORM.version,
      answers,
      byId: personId,
    },
  );
  const changed = Object.keys(answers).join(',');
  const facts = { person: personId, version: String(version), changed };
  noteApart(world, { verb: 'profile.write', byId: personId, at, to: null, facts });
}

/** The meetings of one kind that were held in the last days, before today. */
export function tellRecurring(world: World, recurring: DemoRecurring): void {
  const { kind, minutes } = recurring;
  const { cadence, roles } = PROGRAMME_MEETINGS[kind];
  const [organizerId = ''] = holders(world, 'ispg_team');
  const attendeeIds = [...new Set(roles.flatMap((role) => holders(world, role)))];
  occurrencesOf(world, recurring).forEach((occurrence, turn) => {
    const on = localDate(occurrence.slot.startsAt, world.when.timeZone);
    const id = `demo-${kind}-${turn + 1}`;
    const meeting = makeOccurrence(
      {
        id,
        kind,
        engagementId: null,
        cadenceKey: cadence ? `meeting:${kind}` : null,
        uid: `meeting-${id}@isso-as-a-service`,
        token: world.newToken(),
        organizerId,
        attendeeIds,
      },
      occurrence,
    );
    const at = new Date(occurrence.slot.endsAt.getTime() + RECORDED_AFTER_MS);
    hold(world, meeting, at, { heldOn: on, presentIds: attendeeIds, minutes: minutesFor(minutes, turn, on) });
  });
}

function occurrencesOf({ when }: World, { kind, days }: DemoRecurring): readonly Occurrence[] {
  const { cadence, minutes } = PROGRAMME_MEETINGS[kind];
  const { today, timeZone, calendar } = when;
  if (cadence) {
    const rule = { ...cadence, zone: timeZone, calendar };
    const after = instantOf(addDays(today, -days), '00:00', timeZone);
    return occurrencesBetween(rule, minutes, {
      after,
      until: instantOf(today, '00:00', timeZone),
      most: MOST,
    });
  }
  const on = dayAgo(when, HELD_AGO);
  const startsAt = instantOf(on, '14:00', timeZone);
  const slot = { startsAt, endsAt: new Date(startsAt.getTime() + minutes * MINUTE_MS) };
  return [{ plannedFor: `${on}T14:00`, slot, movedFrom: null }];
}

function hold(world: World, planned: Meeting, at: Date, record: Parameters<typeof recordMeeting>[1]): void {
  const { kind, cadenceKey } = planned;
  const meeting = cadenceKey === null ? { ...planned, plannedFor: null } : planned;
  const made = recordMeeting(meeting, record, at);
  if (!made.ok) throw new Error(`${meeting.id} can't be recorded`);
  world.meetings.set(meeting.id, made.value);
  const present = record.presentIds.join(',');
  const facts = { meeting: meeting.id, kind, heldOn: record.heldOn, present, noShows: '' };
  noteApart(world, { verb: 'meeting.record', byId: meeting.organizerId, at, to: made.value.state, facts });
  if (PROGRAMME_MEETINGS[kind].checkIn === null || !meeting.bookedFor) return;
  const answeredAt = new Date(meeting.bookedFor.startsAt.getTime() - 60 * MINUTE_MS);
  const askedAt = new Date(answeredAt.getTime() - 24 * 60 * MINUTE_MS);
  for (const personId of holders(world, 'service_isso_lead').filter((id) => record.presentIds.includes(id)))
    world.checkIns.push({ meetingId: meeting.id, personId, askedAt, answers: CHECK_IN, answeredAt });
}
