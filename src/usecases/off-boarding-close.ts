/** What keeps an engagement from its close, and what the close brings with it (domain reference 2.2, T22; 4.6). */
import type { Engagement } from '../domain/engagement.ts';
import { assignedIdsOf, partiesOf } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { workPeriod } from '../domain/survey-occasions.ts';
import { localDate } from '../domain/time.ts';
import { questionBy } from '../forms/form.ts';
import { type Closed, closingSummary, outcomesAsked } from '../messages/copy/off-boarding-news.ts';
import type { Message } from '../messages/message.ts';
import { isExitTalkDone } from '../offerings/exit-talk.ts';
import { HAND_OVER } from '../offerings/hand-over.ts';
import { askFinalSurvey } from './ask-surveys.ts';
import { endingOf, noteWorkEnded } from './off-boarding-open.ts';
import { issosOf, openIn, recordsOf } from './off-boarding-record.ts';
import { paperNow } from './paper.ts';
import { tellPeople, tellPerson } from './tell.ts';
import type { Work } from './work.ts';

/** What is open: keys for the rule, and words for people. */
export interface OpenForClose {
  readonly keys: readonly string[];
  readonly lines: readonly string[];
  /** Labels of the hand-over that have no answer yet. */
  readonly handOver: readonly string[];
  readonly isTalkOpen: boolean;
}

/** Everything that has to be done first: all lines of all who left, the hand-over, the exit talk. */
export async function openForClose(work: Work, engagement: Engagement): Promise<OpenForClose> {
  const lines = openIn(await recordsOf(work, engagement));
  const { answers, missing } = await paperNow(work, engagement, 'hand-over');
  const isTalkOpen = !isExitTalkDone(answers);
  return {
    keys: [...lines.map(({ key }) => key), ...missing, ...(isTalkOpen ? ['exit_talk'] : [])],
    lines: lines.map(({ what }) => what),
    handOver: missing.map((key) => questionBy(HAND_OVER, key)?.label ?? key),
    isTalkOpen,
  };
}

/** After the close: dates, the last survey, the outcome review, the summary to everybody. */
export async function endWithClose(work: Work, engagement: Engagement): Promise<void> {
  const { offBoarding, serviceIssoId } = engagement.course;
  if (offBoarding && serviceIssoId !== null)
    await noteWorkEnded(work, engagement, serviceIssoId, offBoarding.endOn);
  const closed = await closedOf(work, engagement);
  // Nobody can say how work was that did not begin.
  if (closed.workedFrom !== null) await askAboutWork(work, engagement);
  const others = (await everybodyIn(work, engagement)).filter((id) => id !== work.person.id);
  await tellPeople(work, others, {
    key: `closed:${engagement.id}`,
    kind: 'notice',
    message: closingSummary(closed),
  });
}

async function askAboutWork(work: Work, engagement: Engagement): Promise<void> {
  await askFinalSurvey(work.tx, work.programme, engagement, work.now);
  await tellPerson(work, engagement.businessOwnerId, {
    key: `outcomes:${engagement.id}`,
    kind: 'notice',
    message: outcomesAsked(engagement),
  });
}

/** What everybody who took part reads at the close. */
export const closingWords = async (work: Work, engagement: Engagement): Promise<Message> =>
  closingSummary(await closedOf(work, engagement));

async function closedOf(work: Work, engagement: Engagement): Promise<Closed> {
  const { endOn, handOverName } = await endingOf(work, engagement);
  const milestones = await work.tx.milestones.ofEngagement(engagement.id);
  const today = localDate(work.now, work.programme.timeZone);
  const beganOn = workPeriod(milestones)?.beganOn ?? engagement.course.activeSinceOn;
  return {
    engagement,
    workedFrom: beganOn !== null && beganOn <= today ? beganOn : null,
    endOn,
    handOverName,
  };
}

/** All who took part: both sides, those who worked, whoever takes over, and who oversees it. */
async function everybodyIn(work: Work, engagement: Engagement): Promise<readonly PersonId[]> {
  const ids = new Set<PersonId>([
    ...partiesOf(engagement),
    ...assignedIdsOf(engagement),
    ...issosOf(engagement),
    ...(engagement.course.offBoarding ? [engagement.course.offBoarding.handOverId] : []),
    ...(engagement.triagedById ? [engagement.triagedById] : []),
  ]);
  for (const role of ['contractor_lead', 'gtl', 'cor'] as const)
    for (const { id } of await work.tx.people.withRole(role)) ids.add(id);
  return [...ids];
}
