/** What the bot says about a meeting whose day was closed after it was booked. */
import type { Closure } from '../../domain/calendar.ts';
import type { Engagement } from '../../domain/engagement.ts';
import type { Meeting } from '../../domain/meeting.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { button } from '../button.ts';
import { line, strong, theirs } from '../inline.ts';
import { card, type Message, paragraph } from '../message.ts';
import { type MeetingFacts, meetingName, whenOf } from './meeting.ts';

const HEADING = 'That day is closed now';

/** To the organizer, or the ISPG channel: what stands on a day that was closed, with what can be done. */
export function dayClosed(of: MeetingFacts, { on, name }: Closure): Message {
  const { meeting, typed } = of;
  const subject = meeting.id;
  const words =
    meeting.kind === 'forum'
      ? line`${sayLocalDate(on)} is closed now (${theirs(name)}), and the ${meetingName(of)} stands on ${whenOf(meeting)}. CMS sets its date: when it moves, import it anew, or call it off here.`
      : line`${sayLocalDate(on)} is closed now (${theirs(name)}), and the ${meetingName(of)} is booked for ${whenOf(meeting)}. Please move or cancel it; until then it stands.`;
  return card(
    HEADING,
    [paragraph(words)],
    [
      ...(meeting.kind === 'forum'
        ? []
        : [
            button(
              'reschedule',
              'Reschedule',
              { verb: 'meeting.reschedule', subject },
              `reschedule ${typed}`,
              {
                look: 'primary',
                opensDialog: true,
              },
            ),
          ]),
      button('cancel', 'Cancel', { verb: 'meeting.cancel', subject }, `cancel ${typed}`, { look: 'danger' }),
    ],
  );
}

/** The same for a kickoff, which has steps of its own. */
export function kickoffDayClosed(engagement: Engagement, meeting: Meeting, { on, name }: Closure): Message {
  const { number, systemName } = engagement;
  const subject = meeting.id;
  return card(
    HEADING,
    [
      paragraph(
        line`${sayLocalDate(on)} is closed now (${theirs(name)}), and the kickoff for ${strong(number)} (${theirs(systemName)}) is booked for ${whenOf(meeting)}. Please move or cancel the kickoff; until then it stands.`,
      ),
    ],
    [
      button(
        'reschedule',
        'Find another time',
        { verb: 'kickoff.reschedule', subject },
        `reschedule ${number}`,
        { look: 'primary' },
      ),
      button(
        'cancel',
        'Cancel the kickoff',
        { verb: 'kickoff.cancel', subject },
        `cancel kickoff ${number}`,
        { look: 'danger' },
      ),
    ],
  );
}

/** What becomes of it once it is answered, or the day is open after all. */
export const dayClosedSettled = (of: MeetingFacts): Message =>
  card(HEADING, [
    paragraph(
      of.meeting.state === 'booked'
        ? line`Settled: the ${meetingName(of)} is on ${whenOf(of.meeting)}, and that day is open.`
        : of.meeting.state === 'held'
          ? line`Settled: the ${meetingName(of)} was held.`
          : line`Settled: the ${meetingName(of)} is not booked for that day any more.`,
    ),
  ]);
