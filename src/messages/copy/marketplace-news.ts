/** What is said around the Marketplace Implementation Plan: what was done, why something was not, who hears of it. */
import type { FieldErrors } from '../../domain/field.ts';
import type { MarketplacePlan, PlanRefusal } from '../../domain/marketplace-plan.ts';
import { button } from '../button.ts';
import { type Line, line, theirs } from '../inline.ts';
import { bullets, card, type DialogPage, type Message, note, paragraph, say } from '../message.ts';
import { PLAN_TITLE } from './marketplace.ts';
import { noSensitiveData } from './mends.ts';

const STATES: Readonly<Record<MarketplacePlan['state'], string>> = {
  draft: 'is a draft: it was not submitted, or it was changed since',
  submitted: 'waits for its review already',
  approved: 'is approved, and nothing was changed since',
};

/** Why a step was not done, and what to do next. */
export function planRefused(refusal: PlanRefusal): Message {
  switch (refusal.code) {
    case 'wrong-state':
      return say(
        line`Nothing was changed: the plan ${STATES[refusal.state]}. Type \`marketplace plan\` to see it.`,
      );
    case 'incomplete':
      return {
        blocks: [
          paragraph('The plan was not submitted, because these answers are missing:'),
          bullets(refusal.missing),
          note('Type `marketplace plan` and open the parts, or `plan set name: answer`.'),
        ],
        buttons: [],
      };
    case 'same-person':
      return say(
        'The plan was not approved: whoever wrote or submitted it can’t approve it. Ask somebody else of ISPG or the Government Task Lead; they were told that it waits.',
      );
    default:
      return refusal satisfies never;
  }
}

/** What was done, for whoever did it. */
export const planDone = (what: 'submitted' | 'approved' | 'returned', edition: number): Message => {
  switch (what) {
    case 'submitted':
      return say('The plan is submitted. Those who may approve it were told.');
    case 'approved':
      return say(`Edition ${edition} of the plan is approved. Its writers were told.`);
    case 'returned':
      return say('The plan is a draft again. Its writers were told why.');
    default:
      return what satisfies never;
  }
};

/** To those who may approve it. */
export const planWaits = (edition: number, byName: string): Message =>
  card(
    `${PLAN_TITLE}: edition ${edition} waits for you`,
    [
      paragraph(
        line`${theirs(byName)} submitted it. You have not written it, so you can approve or return it.`,
      ),
      note(
        'Type `plan approve`, or `plan return because` with the reason. `plan pdf` sends it to you to read.',
      ),
    ],
    [showButton()],
  );

/** To its writers. */
export const planSettled = (
  what: 'approved' | 'returned',
  edition: number,
  byName: string,
  because: string | null,
): Message =>
  card(
    what === 'approved' ? `${PLAN_TITLE}: edition ${edition} is approved` : `${PLAN_TITLE} came back`,
    [
      paragraph(
        because === null
          ? line`${theirs(byName)} approved it. Whatever is changed now begins a new draft.`
          : line`${theirs(byName)} returned it: ${theirs(because)}`,
      ),
      ...(because === null ? [] : [note('Change what is to be changed, then type `plan submit`.')]),
    ],
    [showButton()],
  );

const showButton = () =>
  button('plan-show', 'Show the plan', { verb: 'plan.show', subject: 'plan' }, 'marketplace plan');

/** What could not be taken; the rest was not taken either. */
export const planMends = (errors: FieldErrors): Message => ({
  blocks: [
    paragraph('Nothing was saved in the plan:'),
    bullets(Object.values(errors).map((mend): Line => line`${theirs(mend)}`)),
    note('For example: `plan set price basis: Hours at the rate of the contract; why: asked by the CFO`'),
  ],
  buttons: [],
});

/** `wasSubmitted`: it waited for its review, which the change has ended. */
export const planSaved = (labels: readonly string[], wasSubmitted: boolean): Message =>
  say(`Saved: ${labels.join(', ')}.`, ...(wasSubmitted ? [REVIEW_ENDED] : []));
const REVIEW_ENDED =
  'The plan no longer waits for review: it is a draft again. Type `plan submit` when it is ready, and its reviewers are told anew.';
/** The same after a page that was sent. */
export const reviewEnded = (): Message => say(REVIEW_ENDED);
export const giveAsOf = (): Message =>
  say('Please give the day behind "as of", such as `plan as of 3/1/2027`.');
export const nothingChanged = (): Message => say('Nothing was changed: the plan says that already.');
export const noSuchPart = (titles: readonly string[]): Message =>
  say(
    `I don't know that part of the plan. The parts are: ${titles.join(', ')}. For example: \`plan part governance\``,
  );
export const noPlanThen = (day: string): Message =>
  say(line`There was no plan at the end of ${day}. Type \`plan history\` for its versions.`);

/** Beside the field, when an approved plan is changed. */
export const WHY_NEEDED = 'The plan is approved. Please say why you change it; the history keeps it.';
/** Said in chat instead. */
export const whyNeededInChat = (): Message =>
  say(
    line`Nothing was saved: ${WHY_NEEDED} For example: \`plan set price basis: by the hour; why: the contract has changed\``,
  );

/** The field for why something is changed; `isNeeded` once the plan is approved. */
export const whyField = (isNeeded: boolean) =>
  ({
    id: 'why',
    label: 'Why you change it',
    hint: isNeeded
      ? 'The plan is approved, so its history needs a reason.'
      : 'For the history. You can leave it out.',
    kind: 'text',
    required: isNeeded,
    maxLength: 300,
  }) as const;

/** Asks why it goes back. */
export const returnPlanDialog = (version: number): DialogPage => ({
  title: 'Return the plan',
  intro: [noSensitiveData()],
  fields: [
    { id: 'because', label: 'What is to be changed?', kind: 'long-text', required: true, maxLength: 1000 },
  ],
  sendLabel: 'Return',
  press: { verb: 'plan.return', subject: 'plan', version },
  opener: { verb: 'plan.return', subject: 'plan', version },
});

export const planFileComes = (kind: 'docx' | 'pdf'): Message =>
  say(`I send you the plan as ${fileWords(kind)} now.`);
export const planFileMessage = (kind: 'docx' | 'pdf'): Message =>
  card(PLAN_TITLE, [paragraph(`As ${fileWords(kind)}.`)]);
const fileWords = (kind: 'docx' | 'pdf'): string => (kind === 'docx' ? 'a Word file' : 'a PDF');

/** Files can't be shown where the reader is, and no mail goes out. */
export const noPlanFileHere = (): Message =>
  say(
    "I can't send files here: in Teams they go by mail, and mail is not set up. `marketplace plan` shows the plan.",
  );
