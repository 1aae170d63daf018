import { meetingName, whenOf } from '../messages/copy/meeting.ts';
import { meetingList } from '../messages/copy/welcome.ts';
import { type Line, line, strong, theirs } from '../messages/inline.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import { feedAddress } from './kickoff-cards.ts';
import { typedName } from './meeting-facts.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

type Looking = Pick<Work, 'tx' | 'now' | 'person' | 'programme'>;

/** A meeting to come: its name, when it is, and what to type for it. */
export interface MeetingRow {
  readonly name: Line;
  readonly when: Line;
  readonly typed: string;
}

/** The person's meetings to come, of requests and of the programme, each with what to type for it, and their feed. */
export async function showMeetings(work: Work): Promise<Answer> {
  return answerPrivately(meetingList(await loadMeetings(work), feedAddress(work.programme, work.person)));
}

/** The person's booked meetings that are not over, the next first. */
export async function loadMeetings(work: Looking): Promise<readonly MeetingRow[]> {
  const meetings = await work.tx.meetings.ofPerson(work.person.id, work.now);
  const rows: MeetingRow[] = [];
  for (const meeting of meetings) {
    if (meeting.state !== 'booked' || !meeting.bookedFor) continue;
    const engagement = meeting.engagementId ? await work.tx.engagements.get(meeting.engagementId) : null;
    const { title } = PROGRAMME_MEETINGS[meeting.kind];
    const name =
      meeting.kind === 'kickoff' && engagement
        ? line`Kickoff for ${strong(engagement.number)} (${theirs(engagement.systemName)})`
        : meetingName({ title, meeting, engagement });
    const typed =
      meeting.kind === 'kickoff' && engagement
        ? `status ${engagement.number}`
        : typedName(meeting, engagement, work.person.timeZone);
    rows.push({ name, when: whenOf(meeting), typed });
  }
  return rows;
}
