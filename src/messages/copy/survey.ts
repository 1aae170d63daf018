/** What the bot says about satisfaction: the survey of the Business Owner, its answers, and averages of many. */
import type { Engagement } from '../../domain/engagement.ts';
import type { Field } from '../../domain/field.ts';
import { ANSWERS_OF_COMPONENT, type SatisfactionFigures } from '../../domain/satisfaction.ts';
import {
  CHANGEABLE_DAYS,
  isLow,
  RENEWALS,
  type Renewal,
  SURVEY_LINES,
  type Survey,
  type SurveyAnswers,
  type SurveyLine,
} from '../../domain/survey.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import {
  type Block,
  bullets,
  card,
  type DialogPage,
  fact,
  facts,
  type Message,
  note,
  paragraph,
  say,
} from '../message.ts';
import { afterLowScore, type SessionForScore } from './low-score.ts';
import { noSensitiveData } from './mends.ts';

/** The five lines by name (domain reference 6.2). */
export const LINE_LABELS: Readonly<Record<SurveyLine, string>> = {
  expertise: 'Expertise',
  responsiveness: 'Responsiveness',
  communication: 'Communication',
  fit: 'Fit with the team',
  overall: 'Overall',
};

/** What each score means. */
export const SCORE_LABELS = [
  '1, very dissatisfied',
  '2, dissatisfied',
  '3, neither',
  '4, satisfied',
  '5, very satisfied',
] as const;

export const RENEWAL_LABELS: Readonly<Record<Renewal, string>> = {
  yes: 'Yes',
  no: 'No',
  undecided: 'Undecided',
};

/** Said before anybody answers (domain reference 1.3). */
const WHO_SEES = (smallest: number): string =>
  `ISPG, the COR and the auditor can read your answers. Everybody else sees averages only, never of fewer than ${smallest} Business Owners, and never your words; no channel is shown more than that. When a score is 2 or less, ISPG is told to get in touch with you.`;
const CHANGEABLE = `You can change your answers for ${CHANGEABLE_DAYS} days, or until I ask you again.`;

const example = (number: string): string => `survey ${number}: 4 5 3 4 5; renew yes; Your words`;
const about = ({ number, systemName }: Engagement): Line => line`${strong(number)} (${theirs(systemName)})`;
const orderOfLines = SURVEY_LINES.map((each) => LINE_LABELS[each].toLowerCase()).join(', ');

/** Opens the dialog. */
export const surveyButton = (engagement: Engagement, surveyId: string, label: string): Button =>
  button('survey', label, { verb: 'survey.open', subject: surveyId }, example(engagement.number), {
    opensDialog: true,
    look: 'primary',
  });

/** Asks the Business Owner; `reminder` counts the reminders, 0 for the first asking. */
export function surveyRequest(
  engagement: Engagement,
  surveyId: string,
  smallest: number,
  reminder: 0 | 1 | 2,
): Message {
  const heading = `How satisfied are you with ISSO As A Service for ${engagement.number}?`;
  const last = reminder === 2 ? [note('This is the last reminder.')] : [];
  return card(
    reminder === 0 ? heading : `Reminder: ${heading}`,
    [
      paragraph(
        line`Please give your Service ISSO for ${about(engagement)} five scores from 1 (very dissatisfied) to 5 (very satisfied), say whether you want to renew, and add what you like. It takes about two minutes.`,
      ),
      paragraph(WHO_SEES(smallest)),
      note(`In chat, give the scores in this order: ${orderOfLines}. ${CHANGEABLE}`),
      ...last,
    ],
    [surveyButton(engagement, surveyId, 'Answer the survey')],
  );
}

/** The dialog, with the fields as the questions give them. */
export const surveyDialog = (
  engagement: Engagement,
  surveyId: string,
  smallest: number,
  fields: readonly Field[],
): DialogPage => ({
  title: `Satisfaction, ${engagement.number}`,
  intro: [line`${WHO_SEES(smallest)}`, noSensitiveData()],
  fields,
  sendLabel: 'Send',
  press: { verb: 'survey.answer', subject: surveyId },
});

/** Thanks; when a line is low, what happens next: `session` as `afterLowScore` has it. */
export function surveyKept(
  engagement: Engagement,
  survey: Survey,
  changed: boolean,
  session: SessionForScore | null,
): Message {
  const next = isLow(survey.answers) ? [paragraph(afterLowScore(engagement, session))] : [];
  return {
    ...card(
      changed
        ? `Your answers on ${engagement.number} are changed`
        : `Thank you for your answers on ${engagement.number}`,
      [...(survey.answers ? [facts(answerRows(survey.answers))] : []), ...next, note(CHANGEABLE)],
    ),
    buttons: [{ ...surveyButton(engagement, survey.id, 'Change my answers'), look: 'plain' }],
  };
}

/** To the Business Owner who asks for their survey: what stands there, and whether it can still be answered. */
export function ownSurvey(
  engagement: Engagement,
  survey: Survey,
  takesAnswers: boolean,
  smallest: number,
): Message {
  if (!survey.answers) {
    return takesAnswers ? surveyRequest(engagement, survey.id, smallest, 0) : surveyClosed(engagement.number);
  }
  const blocks: Block[] = [facts(answerRows(survey.answers)), note(WHO_SEES(smallest))];
  if (!takesAnswers)
    return card(`Your answers on ${engagement.number}`, [...blocks, note('They can no longer be changed.')]);
  return card(
    `Your answers on ${engagement.number}`,
    [...blocks, note(CHANGEABLE)],
    [surveyButton(engagement, survey.id, 'Change my answers')],
  );
}

const answerRows = ({ scores, comment, renew }: SurveyAnswers) => [
  ...SURVEY_LINES.map((each) =>
    fact(LINE_LABELS[each], SCORE_LABELS[scores[each] - 1] ?? String(scores[each])),
  ),
  fact('Renew', RENEWAL_LABELS[renew]),
  fact('In your own words', comment === '' ? 'Left out' : [theirs(comment)]),
];

/** To ISPG, the COR and the auditor: the answers of an engagement, newest first, with when they were last changed, if ever. */
export function surveyAnswersOf(
  engagement: Engagement,
  surveys: readonly Survey[],
  changedAt: ReadonlyMap<Survey['id'], Date>,
): Message {
  const answered = surveys.flatMap(({ id, answers, answeredAt }) =>
    answers && answeredAt ? [{ answers, answeredAt, changed: changedAt.get(id) }] : [],
  );
  if (answered.length === 0) {
    return surveys.length === 0
      ? notAsked(engagement.number)
      : say(line`The Business Owner of ${about(engagement)} was asked and has not answered yet.`);
  }
  return card(`Satisfaction with ${engagement.number}`, [
    paragraph(
      line`What the Business Owner of ${about(engagement)} answered. For you alone: please keep it out of channels.`,
    ),
    ...answered.flatMap(({ answers, answeredAt, changed }) => [
      paragraph(
        changed
          ? line`Answered ${time(answeredAt, 'date')}, last changed ${time(changed, 'date')}`
          : line`Answered ${time(answeredAt, 'date')}`,
      ),
      facts(answerRows(answers)),
    ]),
  ]);
}

/** The engagement has had no survey. */
export const notAsked = (number: string): Message =>
  say(
    line`No survey was asked for ${strong(number)} yet. The first comes 30 days after the Service ISSO begins to work.`,
  );

/** Too late for this survey. */
export const surveyClosed = (number: string): Message =>
  say(
    line`Nothing was changed: this survey for ${strong(number)} is closed. I will ask again at the next one.`,
  );

/** Nothing waits for this person. */
export const noSurvey = (): Message =>
  say(
    'There is no satisfaction survey open for you now. I ask each Business Owner after 30 and 90 days of work, then every three months.',
  );

/** What was typed can't be taken yet. */
export const surveyMends = (number: string, mends: readonly string[]): Message =>
  say(
    ...mends,
    `Nothing was changed. Give five scores from 1 to 5 (${orderOfLines}), whether you want to renew (${RENEWALS.join(', ')}), and your words if you like. For example: \`${example(number)}\``,
  );
export const FIVE_SCORES = 'I need five scores.';
export const SAY_RENEW = 'Please say whether you want to renew.';

/** Averages of many, or why there are none; by component where one has enough answers of its own, and how it went by quarter. */
export function satisfactionCard(
  { overall, components, trend }: SatisfactionFigures,
  smallest: number,
): Message {
  const rule = note(
    `Averages are shown for ${smallest} Business Owners or more, and change only when answers of ${smallest} more have come, so that nobody's answers can be made out. A component is shown by itself when ${ANSWERS_OF_COMPONENT} of its answers came in together.`,
  );
  if (!overall) return { blocks: [paragraph(NOT_ENOUGH), rule], buttons: [] };
  const { averages, answers, people } = overall;
  const quarters = trend.quarters.filter(({ average }) => average !== null).slice(-QUARTERS_SHOWN);
  return card('How satisfied the Business Owners are', [
    paragraph(`Averages from 1 to 5, over ${answers} answers of ${people} Business Owners.`),
    facts(SURVEY_LINES.map((each) => fact(LINE_LABELS[each], averages[each].toFixed(1)))),
    ...(components.length === 0
      ? []
      : [paragraph('By component, overall:'), bullets(components.map(ofComponent))]),
    ...(quarters.length < 2 ? [] : [paragraph('By quarter, overall:'), bullets(quarters.map(ofQuarter))]),
    rule,
  ]);
}

const NOT_ENOUGH = 'Not enough answers yet to say how satisfied the Business Owners are.';
const QUARTERS_SHOWN = 8;

const ofComponent = ({ component, satisfaction }: SatisfactionFigures['components'][number]): string =>
  `${component === 'OTHER' ? 'Other components' : component}: ${satisfaction.averages.overall.toFixed(1)}, over ${satisfaction.answers} answers`;
const ofQuarter = ({ quarter, average, answers }: SatisfactionFigures['trend']['quarters'][number]): string =>
  `${quarter}: ${average?.toFixed(1)}, over ${answers} answers`;
