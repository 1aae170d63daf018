/** Invitations by mail, which calendars take in by themselves: a booking, a move, a cancellation. */
import type { PersonId } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import { mailMessage } from '../messages/copy/invitation.ts';
import { calendarFileName, calendarMethod, invitation } from '../messages/icalendar.ts';
import type { Attachment } from '../ports.ts';
import { meetingFacts } from './meeting-facts.ts';
import { readEntry } from './read-calendar.ts';
import { tellMailbox } from './tell.ts';
import type { Work } from './work.ts';

/** Older mails that may still wait when a newer one is written; each change writes one. */
const OLDER_SEQUENCES = 3;

/**
 * Mails the meeting as it stands to these people, where mail is set up and calendars ever heard of a time. Once for each
 * person and SEQUENCE, so that an answer of somebody's mails nobody anew; a mail that is out of date is taken back.
 */
export async function mailInvitations(
  work: Pick<Work, 'tx' | 'now' | 'programme'> & Partial<Pick<Work, 'person'>>,
  meeting: Meeting,
  ids: readonly PersonId[],
): Promise<void> {
  const method = calendarMethod(meeting);
  if (!work.programme.mailIsOn || !method || meeting.state === 'held') return;
  const about = (sequence: number): string => `mail:${meeting.id}:${sequence}`;
  for (let older = 1; older <= OLDER_SEQUENCES; older += 1)
    await work.tx.deliveries.suppress(about(meeting.sequence - older), 'a newer invitation was written');
  const entry = await readEntry(work.tx, meeting);
  const of = await meetingFacts(work, meeting);
  const attachment: Attachment = {
    name: calendarFileName(entry),
    type: `text/calendar; charset=utf-8; method=${method}`,
    content: invitation({ ...entry, url: of.invitation, method, now: work.now }),
  };
  for (const id of ids)
    await tellMailbox(work, id, {
      key: `mail:${meeting.id}:${meeting.sequence}:${method.toLowerCase()}`,
      kind: 'invitation',
      message: mailMessage(of, method),
      attachment,
      about: about(meeting.sequence),
      ...(method === 'REQUEST' && meeting.bookedFor ? { expiresAt: meeting.bookedFor.endsAt } : {}),
    });
}
