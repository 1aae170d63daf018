/** "Help me choose", and whether a service fits, question by question. */
import type { EligibilityQuestion } from '../../domain/offering-record.ts';
import { button } from '../button.ts';
import { line, strong } from '../inline.ts';
import { bullets, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import {
  allServicesButton,
  chooseButton,
  type OfferingShown,
  referButton,
  requestButton,
  wordFor,
} from './catalogue.ts';

export const CHECK_ANSWERS = ['yes', 'no', 'not sure'] as const;
export type CheckAnswer = (typeof CHECK_ANSWERS)[number];

/** How a button carries the answers given so far: one letter for each. */
const LETTERS: Readonly<Record<CheckAnswer, string>> = { yes: 'y', no: 'n', 'not sure': 'u' };

/** The answers that a button carries; null for letters that are none. */
export function answersIn(letters: string): readonly CheckAnswer[] | null {
  const found = [...letters].map((letter) => CHECK_ANSWERS.find((each) => LETTERS[each] === letter));
  return found.every((each) => each !== undefined) ? found : null;
}

/** What is needed, as the choices of the first question. */
export function whatDoYouNeed(offerings: readonly OfferingShown[]): Message {
  return card(
    'Help me choose',
    [
      paragraph(line`${strong('What do you need?')}`),
      facts([
        ...offerings.map((each) =>
          fact(
            each.need,
            each.name,
            button(
              `choose-${each.key}`,
              'This',
              { verb: 'offering.choose', subject: each.key },
              `choose ${wordFor(each)}`,
            ),
          ),
        ),
        fact(
          'Something else',
          'None of these',
          button(
            'choose-none',
            'This',
            { verb: 'offering.choose', subject: 'none' },
            'choose something else',
          ),
        ),
      ]),
      note('After this I ask a few questions, and then say what fits. Nothing is sent to anybody.'),
    ],
    [],
  );
}

/** One question of the check. `given`: the answers before it, as they are typed. */
export function checkQuestion(
  shown: OfferingShown,
  asked: EligibilityQuestion,
  given: readonly CheckAnswer[],
): Message {
  const typed = (answer: CheckAnswer): string =>
    ['check', wordFor(shown), ...[...given, answer].map((each) => each.replace(' ', '-'))].join(' ');
  return card(
    `Does ${shown.name} fit?`,
    [
      note(`Question ${given.length + 1} of ${shown.eligibility.length}`),
      paragraph(line`${strong(asked.ask)}`),
      paragraph(asked.why),
    ],
    CHECK_ANSWERS.map((answer) =>
      button(
        answer.replace(' ', '-'),
        `${answer.charAt(0).toUpperCase()}${answer.slice(1)}`,
        {
          verb: 'offering.check',
          subject: shown.key,
          choice: [...given, answer].map((each) => LETTERS[each]).join(''),
        },
        typed(answer),
      ),
    ),
  );
}

/** All of it holds, some of it does, or none. Whether somebody asks is theirs; whether it is granted, ISPG's. */
export function checkOutcome(
  shown: OfferingShown,
  missing: readonly { readonly question: EligibilityQuestion; readonly isUnsure: boolean }[],
  others: readonly OfferingShown[],
): Message {
  const ways = [requestButton(shown), referButton(shown)].filter((each) => each !== null);
  if (missing.length === 0)
    return card(
      `${shown.name} fits`,
      [paragraph(`By your answers, ${shown.name} is what you need. ${shown.purpose}`)],
      [...ways, allServicesButton],
    );
  // Whoever was not sure of something has not said that it does not fit.
  const isNone = missing.length === shown.eligibility.length && missing.every(({ isUnsure }) => !isUnsure);
  return card(
    isNone ? `${shown.name} does not seem to fit` : `${shown.name}: what is still open`,
    [
      paragraph(
        isNone
          ? 'By your answers, this service is not what you need. This is why:'
          : 'By your answers, these points are open:',
      ),
      bullets(
        missing.map(({ question, isUnsure }) =>
          isUnsure ? `You were not sure: ${question.ask} ${question.missing}` : question.missing,
        ),
      ),
      ...(others.length > 0
        ? [
            paragraph(
              others.length === 1 ? 'Perhaps this fits better:' : 'Perhaps one of these fits better:',
            ),
            bullets(others.map((each) => `${each.name}: ${each.purpose} Type \`check ${wordFor(each)}\`.`)),
          ]
        : []),
      paragraph(
        'This is advice: people decide. You can ask all the same, or talk to your Cyber Risk Advisor or ISSO@cms.hhs.gov first.',
      ),
    ],
    [...ways.map((each) => ({ ...each, look: 'plain' as const })), chooseButton, allServicesButton],
  );
}

/** Nothing in the catalogue is for that. */
export const nothingFits = (): Message => ({
  ...say(
    'None of the services in the catalogue fits that.',
    'Your Cyber Risk Advisor knows what else there is at CMS: type `talk to a person`. You can also write to ISSO@cms.hhs.gov and say what you need.',
  ),
  buttons: [allServicesButton],
});

/** Nobody has to answer anything for it. */
export const nothingToCheck = (shown: OfferingShown): Message => ({
  ...say(line`There is nothing to check beforehand for ${strong(shown.name)}.`),
  buttons: [requestButton(shown), referButton(shown)].filter((each) => each !== null),
});

/** Words behind `check` that are no answers. */
export const checkLike = (shown: OfferingShown): Message =>
  say(
    `Please answer with \`yes\`, \`no\` or \`not-sure\`, in the order of the questions: \`check ${wordFor(shown)} yes no\`. \`check ${wordFor(shown)}\` asks them one by one.`,
  );
