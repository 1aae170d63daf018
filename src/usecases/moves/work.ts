/** The engagement at work: pause, extension, hours and end, the notice to the CISO (T14-T17; domain reference 4.6). */
import type { Engagement } from '../../domain/engagement.ts';
import {
  approveExtension,
  changeTerm,
  noteCisoTold,
  pauseEngagement,
  resumeEngagement,
  reviewExtension,
  wishForExtension,
} from '../../domain/engagement-work.ts';
import {
  accessReview,
  extensionApproved,
  extensionAsked,
  laterEnd,
  NOTHING_TO_CHANGE,
  noEnd,
  notResumed,
  paused,
  replaceNext,
  resumed,
  termChanged,
  wished,
} from '../../messages/copy/at-work.ts';
import { cisoNoted } from '../../messages/copy/ciso-notice.ts';
import { numberIn, oneIn, wordsIn } from '../../offerings/answered.ts';
import { CHANGE_TERM, PAUSE, REVIEW_EXTENSION, TOLD_CISO, WISH } from '../../offerings/move-forms-work.ts';
import { LONGEST_PAUSE_DAYS } from '../../offerings/programme-timers.ts';
import { aboutSurvey } from '../ask-surveys.ts';
import { lapsedNow } from '../check-gate.ts';
import { type Move, markOf, taken } from '../engagement-move.ts';
import { readWords } from '../guard.ts';
import { openSession } from '../meeting-offer.ts';
import { tellPeople } from '../tell.ts';
import { aboutCisoNotice } from '../tell-ciso-notice.ts';
import { peopleOfSide } from '../tell-step.ts';
import { programmeToday, type Work } from '../work.ts';

const LONGEST_REASON = 500;
const IS_PAUSED = 'the engagement is paused';

/** T14. */
const pause: Move = {
  verb: 'engagement.pause',
  form: () => PAUSE,
  async take(work, engagement, answers) {
    const words = readWords(wordsIn(answers, 'why') ?? '', LONGEST_REASON);
    if (!words.ok) return { ok: false, errors: { why: words.refusal } };
    const resumeOn = wordsIn(answers, 'until') ?? '';
    const wanted = { reason: words.value, fromOn: programmeToday(work), resumeOn, by: markOf(work) };
    return taken(pauseEngagement(engagement, wanted, LONGEST_PAUSE_DAYS), (next) => ({
      say: [paused(next)],
      facts: { resumeOn },
      after: (saved) => suspend(work, saved),
    }));
  },
};

/** What was asked and waits for the Business Owner is silent, and the contractor looks at the access. */
async function suspend(work: Work, engagement: Engagement): Promise<void> {
  for (const { id, answers } of await work.tx.surveys.ofEngagement(engagement.id))
    if (answers === null) await work.tx.deliveries.suppress(aboutSurvey(id), IS_PAUSED);
  const session = await openSession(work, 'satisfaction', engagement);
  if (session?.state === 'offered')
    await work.tx.deliveries.suppress(`meeting:${session.id}`, IS_PAUSED, ['reminder', 'escalation']);
  await tellPeople(work, await peopleOfSide(work, engagement, 'contractor'), {
    key: `access-review:${engagement.id}:${engagement.version}`,
    kind: 'notice',
    message: accessReview(engagement),
  });
}

/** T15. */
const resume: Move = {
  verb: 'engagement.resume',
  async take(work, engagement) {
    const lapsed = await lapsedNow(work, engagement);
    const made = resumeEngagement(engagement, lapsed, work.now);
    if (!made.ok && made.refusal.code === 'incomplete')
      return { ok: false, say: notResumed(engagement, lapsed) };
    return taken(made, (next) => ({ say: [resumed(next)] }));
  },
};

/** T16, asked for by somebody. */
const review: Move = {
  verb: 'engagement.review-extension',
  form: () => REVIEW_EXTENSION,
  async take(work, engagement, answers) {
    if (engagement.course.term?.endOn == null) return { ok: false, say: noEnd(engagement) };
    const because = work.person.id === engagement.businessOwnerId ? 'owner-asks' : 'gtl-asks';
    const ask = { asked: markOf(work), because, endOn: wordsIn(answers, 'until') };
    return taken(reviewExtension(engagement, ask, work.now), (next) => ({
      say: [extensionAsked(next)],
      told: extensionAsked(next),
      reason: because,
      facts: { newEnd: ask.endOn ?? '' },
    }));
  },
};

const WISHES = ['extend', 'end', 'replace'] as const;

const wish: Move = {
  verb: 'engagement.wish',
  form: () => WISH,
  async take(_work, engagement, answers) {
    const wanted = oneIn(answers, 'wish', WISHES) ?? 'extend';
    const made = wishForExtension(engagement, wanted, wordsIn(answers, 'until'));
    if (!made.ok && made.refusal.code === 'incomplete')
      return { ok: false, errors: { until: 'Please give the day until which it should go on.' } };
    return taken(made, (next) => ({
      say: [wished(next)],
      told: wished(next),
      reason: wanted,
      facts: { newEnd: next.course.extension?.endOn ?? '' },
    }));
  },
};

/** T17: two people, one for the programme and one for the contract. */
const approve = (side: 'gtl' | 'cor'): Move => ({
  verb: side === 'gtl' ? 'engagement.approve-extension' : 'engagement.approve-extension-cor',
  async take(work, engagement) {
    const { term, extension } = engagement.course;
    return taken(approveExtension(engagement, side, markOf(work)), (next) => ({
      say: [extensionApproved(next)],
      facts: { side, newEnd: extension?.endOn ?? '', endBefore: term?.endOn ?? '' },
      after: async (saved) => {
        if (saved.state === 'ACTIVE' && extension?.wish === 'replace') await tellReplacement(work, saved);
      },
    }));
  },
});

async function tellReplacement(work: Work, engagement: Engagement): Promise<void> {
  const readers = [
    ...(await peopleOfSide(work, engagement, 'contractor')),
    ...(await peopleOfSide(work, engagement, 'gtl')),
  ];
  await tellPeople(work, readers, {
    key: `replace-next:${engagement.id}:${engagement.version}`,
    kind: 'notice',
    message: replaceNext(engagement),
  });
}

const change: Move = {
  verb: 'engagement.change-term',
  form: () => CHANGE_TERM,
  async take(work, engagement, answers) {
    const hours = numberIn(answers, 'hours_per_week');
    const end = wordsIn(answers, 'end');
    if (hours === null && end === null) return { ok: false, errors: { hours_per_week: NOTHING_TO_CHANGE } };
    const { term } = engagement.course;
    const wanted = {
      ...(hours === null ? {} : { hoursPerWeek: hours }),
      ...(end === null ? {} : { endOn: end }),
    };
    const made = changeTerm(engagement, wanted);
    if (!made.ok && made.refusal.code === 'waits-for')
      return { ok: false, errors: { end: laterEnd(engagement.number) } };
    return taken(made, (next) => ({
      say: [termChanged(next)],
      facts: {
        hours: String(next.course.term?.hoursPerWeek ?? ''),
        end: next.course.term?.endOn ?? 'ongoing',
        hoursBefore: String(term?.hoursPerWeek ?? ''),
        endBefore: term?.endOn ?? 'ongoing',
      },
      after: (saved) => tellTerm(work, saved),
    }));
  },
};

async function tellTerm(work: Work, engagement: Engagement): Promise<void> {
  const readers = [
    ...(await peopleOfSide(work, engagement, 'business_owner')),
    ...(await peopleOfSide(work, engagement, 'service_isso')),
    ...(await peopleOfSide(work, engagement, 'contractor')),
    ...(await peopleOfSide(work, engagement, 'cor')),
  ];
  await tellPeople(
    work,
    readers.filter((id) => id !== work.person.id),
    {
      key: `term:${engagement.id}:${engagement.version}`,
      kind: 'notice',
      message: termChanged(engagement),
    },
  );
}

/** The oldest change that the CISO was not told of. */
const toldCiso: Move = {
  verb: 'ciso.note',
  form: () => TOLD_CISO,
  async take(work, engagement, answers) {
    const open = engagement.course.cisoNotices.filter(({ doneOn }) => doneOn === null);
    const on = wordsIn(answers, 'on') ?? '';
    return taken(noteCisoTold(engagement, on), (next) => ({
      say: [cisoNoted(next, open.length - 1)],
      facts: { on, because: open[0]?.because ?? '' },
      after: async (saved) => {
        if (open[0]) await work.tx.deliveries.suppress(aboutCisoNotice(saved, open[0]), 'the CISO is told');
      },
    }));
  },
};

export const WORK_MOVES: readonly Move[] = [
  pause,
  resume,
  review,
  wish,
  approve('gtl'),
  approve('cor'),
  change,
  toldCiso,
];
