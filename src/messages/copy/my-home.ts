/** The onboarding of a Service ISSO on their own page: the day, how far it is, and the next step. */
import { type Line, line, strong, theirs } from '../inline.ts';
import { type Block, fact, facts } from '../message.ts';
import { dayWords, expectedWords, type OnboardingShown, progressWords } from './my-day.ts';
import { dayButton, nextButton } from './my-day-buttons.ts';
import { dueWords, type NextFacts } from './my-next.ts';
import { STANDING_NAMES } from './standing.ts';

/** One's own onboardings, one or more, with what is next in all of them. */
export interface HomeDay {
  readonly onboardings: readonly OnboardingShown[];
  readonly next: NextFacts;
}

export function homeDayBlocks({ onboardings, next }: HomeDay): readonly Block[] {
  return [
    facts([
      ...onboardings.flatMap((each) => [
        fact(each.number, line`${theirs(each.systemName)}: ${strong(dayWords(each))}`),
        fact('Progress', progressWords(each.card)),
        fact('Expected ready', `${expectedWords(each)}. ${STANDING_NAMES[each.standing.is]}.`),
      ]),
      fact('Next', nextWords(next), nextButton),
      fact('All about the day', 'standing, forecast and training', dayButton),
    ]),
  ];
}

function nextWords({ now, today }: NextFacts): Line {
  const [first] = now;
  if (!first) return line`nothing is yours to do right now`;
  const more = now.length > 1 ? `, and ${now.length - 1} more` : '';
  return line`${first.line.name}, ${dueWords(first.line.dueOn, today)}${more}`;
}
