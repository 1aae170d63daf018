/** Asking for a meeting that is held as needed, and for new times. */

import { may, mayEver } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import { isPastKickoff } from '../domain/engagement-states.ts';
import type { RequestNumber } from '../domain/ids.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import { hasLapsed } from '../domain/slots.ts';
import {
  alreadyArranged,
  bookedStays,
  noRoomForMeeting,
  notBeforeKickoff,
  notBeforeOnboarding,
  notByAsking,
  timesOffered,
} from '../messages/copy/meeting-verbs.ts';
import { noAccess, notYourStep, notYours } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { type MeetingRef, openMeeting } from './meeting-change.ts';
import { meetingFacts } from './meeting-facts.ts';
import {
  choosers,
  isSessionKind,
  lockSessions,
  newSession,
  offerTimesFor,
  openSession,
  renewSession,
} from './meeting-offer.ts';
import { presentCard } from './meeting-present.ts';
import { type Answer, answer, type Work } from './work.ts';

/** Somebody entitled asks for a meeting. One that is on offer or booked already is shown instead; times that have passed are renewed. */
export async function askForMeeting(
  work: Work,
  kind: MeetingKind,
  number: RequestNumber | null,
): Promise<Answer> {
  if (!isSessionKind(kind)) return answer(notByAsking(kind));
  const asked = kind === 'rbt_review' ? askTraining(work) : await askFor(work, kind, number);
  if ('refusal' in asked) return answer(asked.refusal);
  const { engagement } = asked;
  await lockSessions(work, kind, engagement);
  const open = await openSession(work, kind, engagement);
  if (open && !hasLapsed(open, work.now)) {
    const of = await meetingFacts(work, open);
    return answer(alreadyArranged(of), presentCard(work, of));
  }
  if (kind === 'initial' && engagement && !(await hasOnboardingBegun(work, engagement)))
    return answer(notBeforeOnboarding(engagement.number));
  const made = open ? await renewSession(work, open, engagement) : await newSession(work, kind, engagement);
  return answer(
    made
      ? timesOffered(await meetingFacts(work, made), await choosers(work, made, engagement))
      : noRoomForMeeting(),
  );
}

type Asked = { readonly engagement: Engagement | null } | { readonly refusal: Message };

const askTraining = ({ person }: Work): Asked =>
  mayEver(person, 'training-review.ask') ? { engagement: null } : { refusal: notYours() };

async function askFor(
  work: Work,
  kind: 'initial' | 'satisfaction',
  number: RequestNumber | null,
): Promise<Asked> {
  const named = number ?? 'that request';
  const engagement = number ? await work.tx.engagements.byNumber(number) : null;
  if (!engagement || !may(work.person, 'request.read', engagement)) return { refusal: noAccess(named) };
  const verb = kind === 'initial' ? 'initial.ask' : 'satisfaction.ask';
  if (!may(work.person, verb, engagement)) return { refusal: notYourStep(named) };
  if (!isPastKickoff(engagement.state)) return { refusal: notBeforeKickoff(named) };
  return { engagement };
}

const hasOnboardingBegun = async (work: Work, { id }: Engagement): Promise<boolean> =>
  (await work.tx.milestones.ofEngagement(id)).some(({ name }) => name === 'onboarding-began');

/** ISPG offers new times for a meeting that is on offer or was called off. What is booked is never given up on the way. */
export async function offerMeetingAnew(work: Work, ref: MeetingRef): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.offer');
  if (!opened.ok) return opened.answer;
  const { meeting, engagement, of } = opened.value;
  if (!isSessionKind(meeting.kind)) return answer(notByAsking(meeting.kind));
  if (meeting.state === 'booked') return answer(bookedStays(of, work.now));
  const made = await offerTimesFor(work, meeting, engagement);
  return answer(
    made
      ? timesOffered(await meetingFacts(work, made), await choosers(work, made, engagement))
      : noRoomForMeeting(),
  );
}
