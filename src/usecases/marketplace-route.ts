/** Typed words and buttons about the Marketplace Implementation Plan: `marketplace plan`. */
import type { RawValues } from '../domain/field.ts';
import type { ButtonPress } from '../messages/button.ts';
import { sendPlan } from './marketplace-file.ts';
import { showPlanHistory } from './marketplace-history.ts';
import {
  fillPlanPart,
  openPlanPage,
  savePlanPage,
  setInPlan,
  showPlan,
  showPlanAsOf,
  showPlanPart,
} from './marketplace-plan.ts';
import {
  approveThePlan,
  askWhyReturned,
  returnFromDialog,
  returnThePlan,
  submitThePlan,
} from './marketplace-steps.ts';
import type { Answer, Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

const versionOf = ({ version }: ButtonPress): number | null => version ?? null;

/** What pressing does. */
export const MARKETPLACE_PRESSED: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['plan.show', (work) => showPlan(work)],
  ['plan.part', (work, { choice = '' }) => showPlanPart(work, choice)],
  ['plan.page', (work, { choice = '' }) => openPlanPage(work, choice)],
  ['plan.history', (work) => showPlanHistory(work)],
  ['plan.file', (work, { choice }) => sendPlan(work, choice === 'docx' ? 'docx' : 'pdf')],
  ['plan.submit', (work, press) => submitThePlan(work, versionOf(press))],
  ['plan.approve', (work, press) => approveThePlan(work, versionOf(press))],
  ['plan.return', (work, press) => askWhyReturned(work, versionOf(press))],
]);

/** What sending a dialog does. */
export const MARKETPLACE_SUBMITTED: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['plan.page', (work, { choice = '' }, values) => savePlanPage(work, choice, values)],
  [
    'plan.return',
    (work, press, values) => returnFromDialog(work, versionOf(press), String(values.because ?? '')),
  ],
]);

const SHOWN = /^(?:the |show )?marketplace (?:implementation )?plan[.?]?$/iu;
const DONE =
  /^(?:marketplace )?plan (part|fill|set|history|as of|submit|approve|return|docx|word|pdf)(?![\w-])(.*)$/isu;

/**
 * `marketplace plan`; `plan part …`, `plan fill …`, `plan set name: answer; why: …`, `plan history`, `plan as of 3/1/2027`,
 * `plan submit`, `plan approve`, `plan return because …`, `plan docx`, `plan pdf`. Null for anything else.
 */
export async function routeMarketplace(work: Work, typed: string): Promise<Answer | null> {
  if (SHOWN.test(typed)) return showPlan(work);
  const [, verb = '', behind = ''] = DONE.exec(typed) ?? [];
  const rest = behind.trim();
  switch (verb.toLowerCase()) {
    case 'part':
      return showPlanPart(work, rest);
    case 'fill':
      return fillPlanPart(work, rest);
    case 'set':
      return setInPlan(work, rest);
    case 'as of':
      return showPlanAsOf(work, rest);
    case 'return':
      return returnThePlan(work, rest.replace(/^(?:because\b|:)\s*/iu, ''));
    default:
      return rest === '' ? bare(work, verb.toLowerCase()) : null;
  }
}

/** What is said by its word alone. */
async function bare(work: Work, verb: string): Promise<Answer | null> {
  switch (verb) {
    case 'history':
      return showPlanHistory(work);
    case 'submit':
      return submitThePlan(work, null);
    case 'approve':
      return approveThePlan(work, null);
    case 'docx':
    case 'word':
      return sendPlan(work, 'docx');
    case 'pdf':
      return sendPlan(work, 'pdf');
    default:
      return null;
  }
}
