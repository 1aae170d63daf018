/** "Help me choose" and the check beforehand. What was answered travels with the words and buttons, so nothing is kept of it. */
import type { EligibilityQuestion } from '../domain/offering-record.ts';
import { fold } from '../forms/text.ts';
import { closedToRequests, type OfferingShown, offeringCard } from '../messages/copy/catalogue.ts';
import {
  answersIn,
  CHECK_ANSWERS,
  type CheckAnswer,
  checkLike,
  checkOutcome,
  checkQuestion,
  nothingFits,
  nothingToCheck,
  whatDoYouNeed,
} from '../messages/copy/catalogue-guide.ts';
import { notInCatalogue } from '../messages/copy/mends.ts';
import type { Offering } from '../offerings/offering.ts';
import { allShown, shownOf } from './offering-shown.ts';
import { type Answer, answer, type Work } from './work.ts';

type Looking = Pick<Work, 'now' | 'programme'>;

/** Other services named where one does not fit. */
const MOST_OTHERS = 2;

/** `help me choose`: what is needed, of what can be asked for today. */
export const askWhatIsNeeded = (work: Looking): Answer =>
  answer(whatDoYouNeed(allShown(work).filter(({ availability }) => availability === 'open')));

/** What was chosen leads to its check; nothing of it, to whom to ask. */
export function choose(work: Looking, key: string): Answer {
  if (key === 'none') return answer(nothingFits());
  const offering = work.programme.catalogue.byKey(key);
  return offering ? check(work, offering, []) : askWhatIsNeeded(work);
}

/** `check surge yes no`: the next question, or what the answers come to. Words that are no answers get an example. */
export function checkByWords(work: Looking, offering: Offering, typed: string): Answer {
  const words = fold(typed)
    .replaceAll('not sure', 'not-sure')
    .split(/[\s,;]+/u);
  const given = words
    .filter((word) => word !== '' && word !== 'and')
    .map((word) => CHECK_ANSWERS.find((each) => each === word.replace('-', ' ')));
  return given.every((each) => each !== undefined)
    ? check(work, offering, given)
    : answer(checkLike(shownOf(work, offering)));
}

/** As `checkByWords`, from a button. */
export function checkByButton(work: Looking, key: string, letters: string): Answer {
  const offering = work.programme.catalogue.byKey(key);
  if (!offering) return answer(notInCatalogue());
  return check(work, offering, answersIn(letters) ?? []);
}

function check(work: Looking, offering: Offering, given: readonly CheckAnswer[]): Answer {
  const shown = shownOf(work, offering);
  if (shown.availability !== 'open') return answer(closedToRequests(shown));
  if (shown.eligibility.length === 0) return answer(nothingToCheck(shown), offeringCard(shown));
  const next = shown.eligibility[given.length];
  if (next) return answer(checkQuestion(shown, next, given));
  const missing = missingOf(shown.eligibility, given);
  return answer(checkOutcome(shown, missing, betterThan(work, missing)));
}

/** What does not hold by the answers, and what nobody could say. Answers beyond the last question count for nothing. */
const missingOf = (asked: readonly EligibilityQuestion[], given: readonly CheckAnswer[]) =>
  asked.flatMap((question, index) =>
    given[index] === question.fits ? [] : [{ question, isUnsure: given[index] === 'not sure' }],
  );

/** What fits better by what is missing, and can be asked for now. */
function betterThan(work: Looking, missing: ReturnType<typeof missingOf>): readonly OfferingShown[] {
  const keys = new Set(missing.flatMap(({ question }) => question.better ?? []));
  return allShown(work)
    .filter(({ key, availability }) => keys.has(key) && availability === 'open')
    .slice(0, MOST_OTHERS);
}
