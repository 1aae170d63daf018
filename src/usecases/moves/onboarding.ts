/** From the identified Service ISSO to the start of work: day 0, the appointment letter, the gate (T12, T13; domain reference 2.4). */
import type { Engagement } from '../../domain/engagement.ts';
import { beginOnboarding, type Signature, signLetter } from '../../domain/engagement-matching.ts';
import { activate } from '../../domain/engagement-work.ts';
import { failingOf, type Gate } from '../../domain/gate.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { Answers } from '../../forms/question.ts';
import { failingWords, failsWords } from '../../messages/copy/gate-words.ts';
import {
  activated,
  gateRefused,
  letterSigned,
  onboardingBegun,
  workBegan,
} from '../../messages/copy/onboarding.ts';
import { nameOf } from '../../messages/copy/people.ts';
import { wordsIn } from '../../offerings/answered.ts';
import {
  activateForm,
  BEGIN_ONBOARDING,
  beginPrefilled,
  CISO_SIGNED,
  termAnswered,
  termAsAsked,
} from '../../offerings/move-forms-onboarding.ts';
import { gateNow } from '../check-gate.ts';
import { type Move, markOf, type Taken, taken } from '../engagement-move.ts';
import { readWords } from '../guard.ts';
import { followCard } from '../information-card.ts';
import { afterCardChange } from '../nudge-refresh.ts';
import { planOfferingCadences } from '../offering-cadences.ts';
import { paperNow } from '../paper.ts';
import { setMilestone } from '../set-milestone.ts';
import { aboutLetter, guardiansOf, startOnboarding } from '../start-onboarding.ts';
import { loadPeople, tellPeople } from '../tell.ts';
import { tellCisoNotices } from '../tell-ciso-notice.ts';
import { peopleOfSide } from '../tell-step.ts';
import { programmeToday, type Work } from '../work.ts';

const LONGEST_REASON = 500;

const requestForm = async (work: Work, engagement: Engagement): Promise<Answers> =>
  (await paperNow(work, engagement, 'request-form')).answers;

/** T12. */
const begin: Move = {
  verb: 'onboarding.begin',
  form: () => BEGIN_ONBOARDING,
  async prefill(work, engagement) {
    const today = programmeToday(work);
    const earliestOn = engagement.course.candidate?.startOn ?? today;
    const startOn = [today, earliestOn].toSorted().at(-1) ?? today;
    return beginPrefilled(termAsAsked(await requestForm(work, engagement), startOn));
  },
  async take(work, engagement, answers) {
    const term = termAnswered(answers, await requestForm(work, engagement));
    if (!term)
      return { ok: false, errors: { ongoing: 'You gave an end as well. Please give one of the two.' } };
    const made = beginOnboarding(engagement, term.startOn, term, work.now);
    if (!made.ok) return { ok: false, refusal: made.refusal };
    const { engagement: next } = made.value;
    const people = await loadPeople(work, [next.course.serviceIssoId]);
    return {
      ok: true,
      change: made.value,
      say: [onboardingBegun(next, nameOf(people, next.course.serviceIssoId))],
      facts: {
        isso: next.course.serviceIssoId ?? '',
        dayZero: term.startOn,
        end: term.endOn ?? 'ongoing',
        hours: String(term.hoursPerWeek),
      },
      after: (saved) => startOnboarding(work, saved),
    };
  },
};

/** The signatures in their real order; the card follows. */
const signing =
  (signature: Signature, on: (work: Work, answers: Answers) => LocalDate): Move['take'] =>
  async (work, engagement, answers) =>
    taken(signLetter(engagement, signature, on(work, answers)), (next) => ({
      say: [letterSigned(next)],
      facts: { signature },
      after: async (saved) => {
        await work.tx.deliveries.suppress(aboutLetter(saved), 'the letter is signed');
        await followCard(work, saved);
        await afterCardChange(work, saved);
      },
    }));

const sign: Move = { verb: 'letter.sign', take: signing('isso', programmeToday) };
const signOwner: Move = { verb: 'letter.sign-owner', take: signing('businessOwner', programmeToday) };
/** The CISO signs outside chat. */
const noteCiso: Move = {
  verb: 'letter.note-ciso',
  form: () => CISO_SIGNED,
  take: signing('ciso', (_work, answers) => wordsIn(answers, 'on') ?? ''),
};

/** T13. */
const confirmStart: Move = {
  verb: 'engagement.activate',
  async form(engagement, work) {
    const found = await gateNow(work, engagement);
    return activateForm(failingWords(found?.gate.lines ?? []));
  },
  async take(work, engagement, answers) {
    const found = await gateNow(work, engagement);
    if (!found) throw new Error(`${engagement.number} has no card in onboarding`);
    const reason = readReason(answers);
    if (typeof reason === 'object' && reason !== null)
      return { ok: false, errors: { exception: reason.mend } };
    return start(work, engagement, found.gate, reason, programmeToday(work));
  },
};

/** The reason for an exception; null for none, or what to mend in it. */
function readReason(answers: Answers): string | null | { readonly mend: string } {
  const typed = wordsIn(answers, 'exception');
  if (typed === null) return null;
  const words = readWords(typed, LONGEST_REASON);
  return words.ok ? words.value : { mend: words.refusal };
}

async function start(
  work: Work,
  engagement: Engagement,
  gate: Gate,
  exceptionReason: string | null,
  today: LocalDate,
): Promise<Taken> {
  const failing = failingOf(gate);
  const made = activate(engagement, { failing, exceptionReason }, today, markOf(work));
  if (!made.ok && made.refusal.code === 'incomplete') {
    const open = gate.lines.filter(({ holds }) => !holds).map(failsWords);
    return { ok: false, say: gateRefused(engagement, open, !failing.includes('appointment_letter')) };
  }
  return taken(made, (next) => ({
    say: [
      activated(
        next,
        gate.lines.filter(({ holds }) => !holds).map((line) => failsWords({ ...line, holder: null })),
        gate.isTrainingAhead,
      ),
    ],
    ...(failing.length > 0 ? { reason: 'gate-exception', facts: { passed: failing.join(' ') } } : {}),
    after: (saved) => begun(work, saved, today),
  }));
}

async function begun(work: Work, engagement: Engagement, today: LocalDate): Promise<void> {
  const { serviceIssoId: personId } = engagement.course;
  await followCard(work, engagement);
  await afterCardChange(work, engagement);
  if (personId === null) return;
  await setMilestone(work, engagement, { name: 'work-began', personId, on: today });
  const readers = [
    ...(await guardiansOf(work, engagement)),
    ...(await peopleOfSide(work, engagement, 'contractor')),
  ];
  await tellPeople(work, readers, {
    key: `work-began:${engagement.id}:${engagement.version}`,
    kind: 'notice',
    message: workBegan(engagement, nameOf(await loadPeople(work, [personId]), personId)),
  });
  await tellCisoNotices(work, engagement, today);
  await planOfferingCadences(work, engagement);
}

export const ONBOARDING_MOVES: readonly Move[] = [begin, sign, signOwner, noteCiso, confirmStart];
