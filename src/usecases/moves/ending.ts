/** The end of an engagement: off-boarding begins, is reported as done, and the close is countersigned (T18, T21, T22); T25. */
import type { Engagement } from '../../domain/engagement.ts';
import { beginOffBoarding, closeEngagement, reportOffBoarded } from '../../domain/engagement-ending.ts';
import { END_BEFORE_BEGIN, HANDS_TO_ONESELF } from '../../messages/copy/off-boarding-change.ts';
import { endBegun, notYetDone, offBoardingReported } from '../../messages/copy/off-boarding-news.ts';
import { wordsIn } from '../../offerings/answered.ts';
import { END_ENGAGEMENT } from '../../offerings/move-forms-ending.ts';
import { copyEndedRequest } from '../copy-request.ts';
import { type Move, markOf, taken } from '../engagement-move.ts';
import { closingWords, endWithClose, openForClose } from '../off-boarding-close.ts';
import { endingOf, startEnding } from '../off-boarding-open.ts';
import type { Work } from '../work.ts';

/** T21, and T18 from the review of an extension. */
const end: Move = {
  verb: 'engagement.end',
  form: () => END_ENGAGEMENT,
  async take(work, engagement, answers) {
    const reason = wordsIn(answers, 'reason') ?? '';
    const endOn = wordsIn(answers, 'last_day') ?? '';
    const handOverId = wordsIn(answers, 'hand_over_to') ?? '';
    if (handOverId === engagement.course.serviceIssoId)
      return { ok: false, errors: { hand_over_to: HANDS_TO_ONESELF } };
    if (await isBeforeWork(work, engagement, endOn))
      return { ok: false, errors: { last_day: END_BEFORE_BEGIN } };
    const made = beginOffBoarding(engagement, { reason, endOn, handOverId, by: markOf(work) });
    if (!made.ok) return { ok: false, refusal: made.refusal };
    return {
      ok: true,
      change: made.value,
      say: [endBegun(await endingOf(work, made.value.engagement))],
      reason,
      facts: { lastDay: endOn, handOver: handOverId },
      after: (saved) => startEnding(work, saved),
    };
  },
};

/** Whether the day lies before the one on which the Service ISSO began to work. */
async function isBeforeWork(work: Work, { id, course }: Engagement, endOn: string): Promise<boolean> {
  const began = (await work.tx.milestones.ofEngagement(id)).find(
    ({ name, personId }) => name === 'work-began' && personId === course.serviceIssoId,
  );
  return began !== undefined && endOn < began.on;
}

/** The contractor lead says that all of it is done. */
const report: Move = {
  verb: 'off-boarding.report',
  async take(work, engagement) {
    const open = await openForClose(work, engagement);
    const made = reportOffBoarded(engagement, open.keys, markOf(work));
    if (!made.ok && made.refusal.code === 'incomplete')
      return { ok: false, say: notYetDone(engagement, open) };
    return taken(made, (next) => ({ say: [offBoardingReported(next)] }));
  },
};

/** T22: the GTL countersigns. What was opened again since the report keeps it open. */
const close: Move = {
  verb: 'engagement.close',
  async take(work, engagement) {
    const open = await openForClose(work, engagement);
    const made = closeEngagement(engagement, open.keys, markOf(work));
    if (!made.ok && made.refusal.code === 'incomplete')
      return { ok: false, say: notYetDone(engagement, open) };
    if (!made.ok) return { ok: false, refusal: made.refusal };
    return {
      ok: true,
      change: made.value,
      say: [await closingWords(work, made.value.engagement)],
      reason: engagement.course.offBoarding?.reason ?? '',
      after: (saved) => endWithClose(work, saved),
    };
  },
};

/** T25. */
const copy: Move = {
  verb: 'request.copy',
  take: (work, engagement) => copyEndedRequest(work, engagement),
};

export const ENDING_MOVES: readonly Move[] = [end, report, close, copy];
