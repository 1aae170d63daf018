/** A meeting with what its check-ins need to know: who writes, who reads, what stands there. */
import { mayCheckIn, mayReadCheckIns } from '../domain/access.ts';
import type { CheckIn } from '../domain/check-in.ts';
import { declinedBy, type Meeting, type Slot } from '../domain/meeting.ts';
import type { People, Person } from '../domain/person.ts';
import type { CheckInMeeting } from '../messages/copy/check-in.ts';
import { CHECK_IN_KINDS } from '../offerings/check-in-questions.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import type { Tx } from '../ports.ts';
import { loadPeople } from './tell.ts';

export interface CheckInFacts {
  readonly meeting: Meeting;
  readonly slot: Slot;
  readonly businessDaysBefore: number;
  readonly people: People;
  /** Who is asked to write, in the order of the invitation: not those who said that they do not come. */
  readonly writers: readonly Person[];
  /** Who reads what everybody wrote. */
  readonly readers: readonly Person[];
  readonly checkIns: readonly CheckIn[];
  /** The meeting as the messages speak of it. */
  readonly named: CheckInMeeting;
}

/** The facts of a booked meeting whose kind has a check-in; null for any other. */
export async function checkInFacts(tx: Tx, meeting: Meeting | null): Promise<CheckInFacts | null> {
  const [facts] = meeting ? await checkInFactsOf(tx, [meeting]) : [];
  return facts ?? null;
}

/** As `checkInFacts`, of several meetings at once and in their order; those without a check-in are left out. */
export async function checkInFactsOf(tx: Tx, meetings: readonly Meeting[]): Promise<CheckInFacts[]> {
  const asked = meetings.filter(hasCheckIn);
  if (asked.length === 0) return [];
  const written = await tx.checkIns.ofMeetings(asked.map(({ id }) => id));
  const people = await loadPeople({ tx }, [
    ...asked.flatMap(({ attendeeIds, organizerId }) => [...attendeeIds, organizerId]),
    ...written.map(({ personId }) => personId),
  ]);
  return asked.flatMap((meeting) => {
    const checkIns = written.filter(({ meetingId }) => meetingId === meeting.id);
    return factsFrom(meeting, checkIns, people) ?? [];
  });
}

const kindOf = ({ kind }: Meeting) => CHECK_IN_KINDS.find((each) => each.kind === kind);
const hasCheckIn = (meeting: Meeting): boolean =>
  meeting.state === 'booked' && meeting.bookedFor !== null && kindOf(meeting) !== undefined;

function factsFrom(meeting: Meeting, checkIns: readonly CheckIn[], people: People): CheckInFacts | null {
  const kind = kindOf(meeting);
  const slot = meeting.bookedFor;
  const { title, checkIn } = PROGRAMME_MEETINGS[meeting.kind];
  if (!kind || !slot || !checkIn) return null;
  const invited = [...meeting.attendeeIds, meeting.organizerId];
  const declined = declinedBy(meeting);
  const present = [...new Set(invited)].flatMap((id) => people.get(id) ?? []);
  return {
    meeting,
    slot,
    businessDaysBefore: checkIn.businessDaysBefore,
    people,
    writers: present.filter(
      (person) => mayCheckIn(person, meeting, checkIn.roles) && !declined.has(person.id),
    ),
    readers: present.filter((person) => mayReadCheckIns(person, meeting)),
    checkIns,
    named: {
      id: meeting.id,
      title: meeting.title ?? title,
      word: kind.word,
      startsAt: slot.startsAt,
      readers: meeting.kind === 'lead_weekly' ? 'ispg-and-leads' : 'ispg',
    },
  };
}
