/** A new draft from an ended request (domain reference 2.2, T25), and what has to be done with it before it is sent. */
import type { Engagement } from '../domain/engagement.ts';
import { copyRequest } from '../domain/engagement-ending.ts';
import { requestNumber } from '../domain/ids.ts';
import { localDate } from '../domain/time.ts';
import { missing, parseAnswers } from '../forms/form.ts';
import { closedToRequests } from '../messages/copy/catalogue.ts';
import {
  copyWaits,
  openAlready,
  requestCopied,
  statementsFirst,
} from '../messages/copy/off-boarding-change.ts';
import type { Message } from '../messages/message.ts';
import { offeringOf, workflowBy } from '../offerings/catalogue.ts';
import { amendEngagement } from './amend-request.ts';
import { record } from './change-engagement.ts';
import type { Taken } from './engagement-move.ts';
import { currentIntake } from './intake-context.ts';
import { isOpen, shownOf } from './offering-shown.ts';
import { refreshCards } from './tell.ts';
import type { Work } from './work.ts';

/** Makes the draft and opens it for its Business Owner to go through. The ended request stays as it is. */
export async function copyEndedRequest(work: Work, ended: Engagement): Promise<Taken> {
  const open = await work.tx.engagements.openForSystem(ended.offering, ended.systemKey);
  if (open) return { ok: false, say: openAlready(ended, open) };
  const offering = offeringOf(work.programme.catalogue, ended);
  if (!isOpen(work, offering)) return { ok: false, say: closedToRequests(shownOf(work, offering)) };
  const year = Number(localDate(work.now, work.programme.timeZone).slice(0, 4));
  const sequence = await work.tx.engagements.nextNumber(offering.numberPrefix, year);
  const number = requestNumber(offering.numberPrefix, year, sequence);
  const made = copyRequest(ended, { id: work.newId(), number, byId: work.person.id }, work.now);
  if (!made.ok) return { ok: false, refusal: made.refusal };
  const { engagement } = made.value;
  await work.tx.engagements.insert(engagement);
  await record(work, engagement, {
    verb: 'request.copy',
    from: null,
    to: engagement.state,
    facts: { from: ended.number },
  });
  await refreshCards(work, engagement, null);
  return {
    ok: true,
    change: null,
    say: [requestCopied(ended, engagement), ...(await opened(work, engagement))],
  };
}

/** The form with the answers; where another form is open, how to come back to this one. */
async function opened(work: Work, engagement: Engagement): Promise<readonly Message[]> {
  if (await currentIntake(work)) return [copyWaits(engagement)];
  return (await amendEngagement(work, engagement)).say;
}

/** Why a copy can't be confirmed yet: its statements were not agreed to, or a needed answer is not there; null when it can. */
export function notConfirmable(
  { programme }: Pick<Work, 'programme'>,
  engagement: Engagement,
): Message | null {
  const offering = workflowBy(programme.catalogue, engagement.offering);
  if (engagement.course.copyOf === null || !offering) return null;
  const stored = Object.fromEntries(engagement.answers.map(({ key, value }) => [key, value]));
  const open = missing(offering.form, parseAnswers(offering.form, stored).answers);
  return open.length === 0 ? null : statementsFirst(engagement);
}
