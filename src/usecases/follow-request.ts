/** What the requesting side does after filing: confirm, answer ISPG, join, look. */

import { may, mayEver } from '../domain/access.ts';
import { atBusinessDays } from '../domain/calendar.ts';
import {
  answerAskBack,
  confirmDraft,
  type Engagement,
  joinRequest as join,
  partiesOf,
} from '../domain/engagement.ts';
import { OPEN_STATES } from '../domain/engagement-states.ts';
import type { RequestNumber } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import { candidateButtons } from '../messages/copy/candidate.ts';
import { mendInChat } from '../messages/copy/mends.ts';
import { nameOf } from '../messages/copy/people.ts';
import { engagementRefusal, noAccess } from '../messages/copy/refusals.ts';
import {
  advisorNotice,
  answerDialog,
  answered,
  confirmed,
  confirmedNotice,
  joined,
  joinedNotice,
  requestDetail,
  requestList,
} from '../messages/copy/request.ts';
import { answeredNotice, triageButtons, triageOverdue } from '../messages/copy/triage.ts';
import type { Message } from '../messages/message.ts';
import { type EngagementRef, openEngagement, record, saveEngagement } from './change-engagement.ts';
import { notConfirmable } from './copy-request.ts';
import { readWords } from './guard.ts';
import { withKickoffs } from './kickoffs-of.ts';
import { inviteToKickoff } from './offer-kickoff-times.ts';
import { outcomeBlocks } from './show-outcomes.ts';
import { candidateBlocks } from './show-shortlist.ts';
import { loadPeople, peopleAround, tellChannel, tellPerson, tellRole } from './tell.ts';
import {
  type Answer,
  answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  type Work,
} from './work.ts';

const LONGEST_ANSWER = 1_500;

/** T2: the Business Owner confirms what was filed for them; from here on ISPG's clock runs. */
export async function confirmRequest(work: Work, ref: EngagementRef): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.confirm');
  if (!opened.ok) return opened.answer;
  const open = opened.value.state === 'DRAFT' ? notConfirmable(work, opened.value) : null;
  if (open) return answer(open);
  const change = confirmDraft(opened.value, work.now);
  if (!change.ok) return answer(engagementRefusal(ref.number, change.refusal));
  const { engagement } = change.value;
  await saveEngagement(work, change.value, 'request.confirm', {
    meeting: null,
    facts: { preparedBy: engagement.requesterId },
  });
  await startTriage(work, engagement);
  const people = await peopleAround(work, engagement, null);
  await tellPerson(work, engagement.requesterId, {
    key: `confirmed:${engagement.id}`,
    kind: 'notice',
    message: confirmedNotice(engagement, people),
  });
  return answer(confirmed(engagement));
}

/** What starts when a request reaches ISPG: the advisor is told, and the GTL after too long without triage. */
export async function startTriage(work: Work, engagement: Engagement): Promise<void> {
  const { calendar, businessHours, triageBusinessDays } = work.programme;
  if (engagement.craId && engagement.craId !== work.person.id) {
    await tellPerson(work, engagement.craId, {
      key: `advisor:${engagement.id}`,
      kind: 'notice',
      message: advisorNotice(engagement, await peopleAround(work, engagement, null)),
    });
  }
  await tellRole(work, 'gtl', {
    key: `triage-overdue:${engagement.id}`,
    kind: 'escalation',
    urgency: 'routine',
    message: triageOverdue(engagement),
    dueAt: atBusinessDays(work.now, triageBusinessDays, businessHours.zone, calendar, businessHours),
    stillTrue: { kind: 'engagement-in', engagementId: engagement.id, states: ['REQUESTED'] },
    about: `triage:${engagement.id}`,
  });
}

/** Opens the dialog in which ISPG's question is answered. */
export async function askForAnswer(work: Work, ref: EngagementRef): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.answer');
  if (!opened.ok) return opened.answer;
  const { askedBack, state } = opened.value;
  if (state !== 'REQUESTED' || !askedBack || askedBack.answer !== null) {
    return answer(engagementRefusal(ref.number, { code: 'nothing-asked' }));
  }
  return answerWithDialog(answerDialog(opened.value));
}

/** The requester answers ISPG's question. */
export async function answerQuestion(
  work: Work,
  ref: EngagementRef,
  typed: string,
  by: 'dialog' | 'chat',
): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'request.answer');
  if (!opened.ok) return opened.answer;
  const words = readWords(typed, LONGEST_ANSWER);
  if (!words.ok) {
    return by === 'dialog'
      ? answerWithErrors({ answer: words.refusal })
      : answer(mendInChat(words.refusal, `answer ${ref.number} It is for the spring release.`));
  }
  const change = answerAskBack(opened.value, words.value);
  if (!change.ok) return answer(engagementRefusal(ref.number, change.refusal));
  const { engagement } = change.value;
  await saveEngagement(work, change.value, 'request.answer', { meeting: null });
  await tellChannel(work, 'ispg', {
    key: `answered:${engagement.id}:${engagement.version}`,
    kind: 'notice',
    message: answeredNotice(engagement, await peopleAround(work, engagement, null)),
  });
  return answer(answered(engagement));
}

/** Somebody with the same need becomes a member of the open request. */
export async function joinRequest(work: Work, engagement: Engagement): Promise<Message> {
  const change = join(engagement, work.person.id);
  if (!change.ok) return engagementRefusal(engagement.number, change.refusal);
  await saveEngagement(work, change.value, 'request.join', { facts: { member: work.person.id } });
  await inviteToKickoff(work, change.value.engagement);
  const people = await loadPeople(work, [work.person.id]);
  for (const id of partiesOf(engagement)) {
    await tellPerson(work, id, {
      key: `joined:${engagement.id}:${work.person.id}`,
      kind: 'notice',
      message: joinedNotice(engagement, nameOf(people, work.person.id)),
    });
  }
  return joined(change.value.engagement);
}

/** One request in full, for somebody who may read it; the look is written down. */
export async function showRequest(work: Work, number: RequestNumber): Promise<Answer> {
  const engagement = await work.tx.engagements.byNumber(number);
  if (!engagement || !may(work.person, 'request.read', engagement)) return answer(noAccess(number));
  const meeting = await work.tx.meetings.ofEngagement(engagement.id, 'kickoff');
  await record(work, engagement, { verb: 'request.read', from: null, to: null });
  return answerPrivately(await drawRequest(work, engagement, meeting));
}

/** The card of a request with its kickoff, for `person`, who may read it, with what they may do; nothing is written down. */
export async function drawRequest(
  work: Pick<Work, 'tx' | 'person' | 'now'>,
  engagement: Engagement,
  meeting: Meeting | null,
): Promise<Message> {
  const people = await peopleAround(work, engagement, meeting);
  const detail = requestDetail(engagement, meeting, people, work.person, work.now);
  const isForTriage = engagement.state === 'REQUESTED' && may(work.person, 'request.triage', engagement);
  const triage = isForTriage ? triageButtons(engagement) : [];
  const [system, status, ...rest] = detail.blocks;
  return {
    ...detail,
    blocks: [
      ...(system ? [system] : []),
      ...(status ? [status] : []),
      ...(await candidateBlocks(work, engagement, work.person)),
      ...(await outcomeBlocks(work, engagement)),
      ...rest,
    ],
    buttons: [...triage, ...candidateButtons(engagement, work.person), ...detail.buttons],
  };
}

/** The requests a person is part of; for the programme's readers, all that are open. */
export async function showRequests(work: Work): Promise<Answer> {
  const own = await work.tx.engagements.ofPerson(work.person.id);
  const all = mayEver(work.person, 'programme.read')
    ? await work.tx.engagements.inStates(
        OPEN_STATES.filter((state) => state !== 'DRAFT'),
        50,
      )
    : [];
  const seen = new Map([...own, ...all].map((engagement) => [engagement.id, engagement]));
  const requests = await withKickoffs(work, [...seen.values()]);
  const ids = requests.flatMap(({ engagement }) => [...partiesOf(engagement), engagement.triagedById]);
  return answerPrivately(requestList(requests, await loadPeople(work, ids), work.now));
}
