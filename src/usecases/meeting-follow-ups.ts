/** What was agreed to be done: its owner is told, reminded, and says when it is done. */
import { mayArrange, mayMeeting } from '../domain/access.ts';
import { addBusinessDays, isBusinessDay, previousBusinessDay } from '../domain/calendar.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { FollowUp, Meeting } from '../domain/meeting.ts';
import { closeFollowUp, followUpAt, giveFollowUp } from '../domain/meeting-record.ts';
import { morningOf } from '../domain/morning.ts';
import type { MeetingFacts } from '../messages/copy/meeting.ts';
import {
  followUpCard,
  followUpClosed,
  followUpDone,
  followUpDoneNotice,
  followUpGiven,
  followUpMoved,
  followUpReminder,
  giveByText,
  noMinutes,
  noSuchFollowUp,
  notYourFollowUp,
} from '../messages/copy/meeting-record.ts';
import { notYourMeetingStep } from '../messages/copy/meeting-verbs.ts';
import { nobodyCalled, severalCalled } from '../messages/copy/mends.ts';
import { type Message, say } from '../messages/message.ts';
import { type Opened, openById, recordStep, scopeOf } from './meeting-change.ts';
import { meetingFacts } from './meeting-facts.ts';
import { openHeld } from './meeting-held.ts';
import { findOwner } from './read-minutes.ts';
import type { MeetingTeller } from './remind-of-meeting.ts';
import { everybody, tellPerson } from './tell.ts';
import { tellMeeting } from './tell-meeting.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/** The second and last reminder comes so many business days after the due day. */
const SECOND_REMINDER_BUSINESS_DAYS = 3;

/** Tells each owner at once, and writes the reminders for the morning of the due day and three business days later. */
export async function tellFollowUps(work: MeetingTeller, meeting: Meeting, of: MeetingFacts): Promise<void> {
  for (const [index, followUp] of (meeting.minutes?.followUps ?? []).entries())
    await tellFollowUp(work, of, index, followUp);
}

/** `again` tells it apart from what was said when somebody else, or the same one, had it before. */
async function tellFollowUp(
  work: MeetingTeller,
  of: MeetingFacts,
  index: number,
  followUp: FollowUp,
  again = '',
): Promise<void> {
  const { meeting } = of;
  if (!followUp.ownerId || followUp.doneAt) return;
  await tellOwner(work, meeting, index, followUp.ownerId, {
    rung: `agreed${again}`,
    message: followUpCard(of, index, followUp),
  });
  for (const { rung, dueAt } of await rungsFor(work, followUp)) {
    if (dueAt <= work.now) continue;
    await tellPerson(work, followUp.ownerId, {
      key: `follow-up-${rung}${again}:${meeting.id}:${index}`,
      kind: 'reminder',
      urgency: 'routine',
      topic: 'follow-ups',
      message: followUpReminder(of, index, followUp, rung),
      dueAt,
      about: aboutFollowUp(meeting, index),
    });
  }
}

const aboutFollowUp = (meeting: Meeting, index: number): string => `follow-up:${meeting.id}:${index}`;

async function rungsFor(work: MeetingTeller, { dueOn, ownerId }: FollowUp) {
  if (dueOn === null || ownerId === null) return [];
  const { calendar, timeZone } = work.programme;
  const zone = (await work.tx.people.get(ownerId))?.timeZone ?? timeZone;
  const day = isBusinessDay(dueOn, calendar) ? dueOn : previousBusinessDay(dueOn, calendar);
  const later = addBusinessDays(dueOn, SECOND_REMINDER_BUSINESS_DAYS, calendar);
  return [
    { rung: 'due', dueAt: morningOf(day, zone) },
    { rung: 'late', dueAt: morningOf(later, zone) },
  ] as const;
}

function tellOwner(
  work: MeetingTeller,
  meeting: Meeting,
  index: number,
  ownerId: string,
  { rung, message }: { readonly rung: string; readonly message: Message },
): Promise<boolean> {
  return tellPerson(work, ownerId, {
    key: `follow-up-${rung}:${meeting.id}:${index}`,
    kind: 'card',
    message,
    card: `follow-up:${meeting.id}:${index}:${ownerId}`,
  });
}

/** From the button: its owner, the organizer or ISPG closes a follow-up. Pressed twice, it says that it is done already. */
export async function closeFollowUpFromCard(work: Work, meetingId: string, index: number): Promise<Answer> {
  return close(work, await openById(work, meetingId, 'meeting.read'), index);
}

/** `done follow-up 1 weekly`: of the last one held, or of that day. `index` from 0. */
export async function closeFollowUpByWords(work: Work, words: string, index: number): Promise<Answer> {
  // Whoever may read it is told which follow-ups there are, and whose.
  const opened = await openHeld(work, words);
  return opened === null ? answer(noMinutes()) : close(work, opened, index);
}

/** Asked of this one follow-up, whoever has the others. */
const mayClose = (
  work: Work,
  meeting: Meeting,
  { ownerId }: FollowUp,
  engagement: Engagement | null,
): boolean =>
  mayMeeting(
    work.person,
    'meeting.close-follow-up',
    { ...scopeOf(meeting), followUpOwnerIds: ownerId === null ? [] : [ownerId] },
    engagement,
  );

async function close(work: Work, opened: Opened, index: number): Promise<Answer> {
  if (!opened.ok) return opened.answer;
  const { meeting, engagement, of } = opened.value;
  const made = closeFollowUp(meeting, index, work.now);
  const followUp = followUpAt(meeting, index);
  if (followUp && !mayClose(work, meeting, followUp, engagement))
    return answerPrivately(notYourFollowUp(of, followUp));
  if (!made.ok || !followUp) return answer(made.ok ? noMinutes() : noSuchFollowUp(of, made.refusal));
  if (!(await work.tx.meetings.update(made.value)))
    throw new Error(`meeting ${meeting.id} changed while it was locked`);
  await recordStep(work, made.value, engagement, {
    verb: 'meeting.close-follow-up',
    before: meeting,
    facts: { followUp: String(index + 1) },
  });
  await work.tx.deliveries.suppress(aboutFollowUp(meeting, index), 'the follow-up is done');
  const now = await meetingFacts(work, made.value);
  if (followUp.ownerId)
    await tellOwner(work, meeting, index, followUp.ownerId, {
      rung: 'done',
      message: followUpDone(now, followUp),
    });
  if (meeting.organizerId !== work.person.id)
    await tellPerson(work, meeting.organizerId, {
      key: `follow-up-told-done:${meeting.id}:${index}`,
      kind: 'notice',
      topic: 'follow-ups',
      message: followUpDoneNotice(now, followUp, work.person),
    });
  // The cards and the next meeting's reminders say what is still to be done.
  if (meeting.kind !== 'kickoff') await tellMeeting(work, made.value);
  return answer(followUpClosed(followUp));
}

/** `give follow-up 1 weekly to Leila`: the organizer or ISPG gives one to somebody of the roster. `index` from 0. */
export async function giveFollowUpByWords(
  work: Work,
  words: string,
  index: number,
  named: string,
): Promise<Answer> {
  const opened = await openHeld(work, words);
  if (opened === null) return answer(noMinutes());
  if (!opened.ok) return opened.answer;
  const { meeting, engagement, of } = opened.value;
  if (!mayArrange(work.person, meeting)) return answer(notYourMeetingStep(of));
  if (named.trim() === '') return answer(giveByText(of, index));
  const invited = meeting.attendeeIds.flatMap((id) => of.people.get(id) ?? []);
  const owner = findOwner({ people: invited, roster: await everybody(work) }, named);
  if (!owner.ok)
    return answer(say(owner.refusal.code === 'several' ? severalCalled(owner.refusal) : nobodyCalled(named)));
  const made = giveFollowUp(meeting, index, owner.value.id);
  const before = followUpAt(meeting, index);
  if (!made.ok || !before) return answer(made.ok ? noMinutes() : noSuchFollowUp(of, made.refusal));
  if (made.value !== meeting)
    await saveGiven(work, { before: meeting, after: made.value, engagement }, index);
  return answer(followUpGiven(index, owner.value));
}

async function saveGiven(
  work: Work,
  { before, after, engagement }: Readonly<{ before: Meeting; after: Meeting; engagement: Engagement | null }>,
  index: number,
): Promise<void> {
  if (!(await work.tx.meetings.update(after)))
    throw new Error(`meeting ${before.id} changed while it was locked`);
  const [had, has] = [followUpAt(before, index), followUpAt(after, index)];
  await recordStep(work, after, engagement, {
    verb: 'meeting.give-follow-up',
    before,
    facts: { followUp: String(index + 1), person: has?.ownerId ?? '' },
  });
  await work.tx.deliveries.suppress(aboutFollowUp(before, index), 'somebody else has the follow-up');
  const of = await meetingFacts(work, after);
  if (had?.ownerId)
    await tellOwner(work, after, index, had.ownerId, {
      rung: `moved-${after.version}`,
      message: followUpMoved(of, had),
    });
  if (has) await tellFollowUp(work, of, index, has, `-${after.version}`);
  if (after.kind !== 'kickoff') await tellMeeting(work, after);
}
