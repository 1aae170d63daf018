/** The Marketplace Implementation Plan: shown, filled in page by page or by typed words, and read as it was. Each save is a version. */
import { mayEver } from '../domain/access.ts';
import type { RawValues } from '../domain/field.ts';
import { writePlan } from '../domain/marketplace-plan.ts';
import { addDays, instantOf, type LocalDate, sayLocalDate } from '../domain/time.ts';
import { questionBy } from '../forms/form.ts';
import type { Page } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import { type PlanView, pagePress, planCard, planPartCard } from '../messages/copy/marketplace.ts';
import {
  giveAsOf,
  noPlanThen,
  noSuchPart,
  nothingChanged,
  planMends,
  planSaved,
  reviewEnded,
  WHY_NEEDED,
  whyField,
  whyNeededInChat,
} from '../messages/copy/marketplace-news.ts';
import { notYours } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { readWords } from './guard.ts';
import { type KeptPlan, keepPlan, lockPlan, offeringsNow, planAsOf, planNow } from './marketplace-kept.ts';
import {
  changedAnswers,
  changedKeys,
  type PlanSheet,
  partNamed,
  planParts,
  planSheet,
} from './marketplace-sheet.ts';
import { readDayNear } from './meeting-words.ts';
import { noteDeed } from './note-deed.ts';
import { pageDialog, pageKeyed, pageTitled, readWritten, takePage } from './paper-sheet.ts';
import { loadPeople } from './tell.ts';
import {
  type Answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  programmeToday,
  type Work,
} from './work.ts';

const LONGEST_WHY = 300;

/** The plan as this reader sees it. */
export async function planView(work: Work, kept: KeptPlan, asOf: LocalDate | null = null): Promise<PlanView> {
  const { plan, paper } = kept;
  return {
    plan,
    version: paper?.version ?? 0,
    at: paper?.at ?? null,
    byId: paper?.byId ?? null,
    parts: planParts(await planSheet(work, kept)),
    people: await loadPeople(work, [
      paper?.byId ?? null,
      plan.submitted?.byId ?? null,
      plan.approved?.byId ?? null,
      plan.returned?.byId ?? null,
    ]),
    reader: work.person,
    mayWrite: mayEver(work.person, 'marketplace-plan.write'),
    asOf,
  };
}

/** True for whoever may read the plan. */
export const mayRead = ({ person }: Work): boolean => mayEver(person, 'marketplace-plan.read');

/** The whole plan; the look is written down. Refused for whoever may not read it. */
export async function showPlan(work: Work): Promise<Answer> {
  if (!mayRead(work)) return answerPrivately(notYours());
  const kept = await planNow(work);
  await noteLook(work, kept, {});
  return answerPrivately(planCard(await planView(work, kept)));
}

/** One line of the record for a look at it. */
export const noteLook = (
  work: Work,
  { paper }: KeptPlan,
  facts: Readonly<Record<string, string>>,
): Promise<void> =>
  noteDeed(work, 'marketplace-plan.read', { version: String(paper?.version ?? 0), ...facts });

/** `plan as of 3/1/2027`: as it was at the end of that day. */
export async function showPlanAsOf(work: Work, words: string): Promise<Answer> {
  if (!mayRead(work)) return answerPrivately(notYours());
  const day = readDayNear(words.trim(), programmeToday(work));
  if (!day) return answerPrivately(giveAsOf());
  const end = new Date(instantOf(addDays(day, 1), '00:00', work.programme.timeZone).getTime() - 1);
  const kept = await planAsOf(work, end);
  if (!kept) return answerPrivately(noPlanThen(sayLocalDate(day)));
  await noteLook(work, kept, { asOf: day });
  return answerPrivately(planCard(await planView(work, kept, day)));
}

/** `plan part governance`: its answers, and what is still to be said. */
export async function showPlanPart(work: Work, words: string): Promise<Answer> {
  if (!mayRead(work)) return answerPrivately(notYours());
  const kept = await planNow(work);
  const { form } = await planSheet(work, kept);
  const part = partNamed(form, words);
  if (!part) return answerPrivately(noSuchPart(form.sections.map(({ title }) => title)));
  await noteLook(work, kept, { part: part.key });
  return answerPrivately(await drawPart(work, kept, part.key));
}

async function drawPart(work: Work, kept: KeptPlan, key: string): Promise<Message> {
  const view = await planView(work, kept);
  const part = view.parts.find((each) => each.key === key);
  const services = key === 'offerings' ? (kept.plan.offerings ?? offeringsNow(work)) : [];
  return part
    ? planPartCard(
        view,
        part,
        services.map(({ name, provider }) => `${name} (${provider})`),
      )
    : planCard(view);
}

// ------------------------------------------------------------------------------------------ writing

/** The plan locked for a change by somebody who may write it; null for anybody else. */
async function openToWrite(work: Work): Promise<PlanSheet | null> {
  if (!mayEver(work.person, 'marketplace-plan.write')) return null;
  await lockPlan(work);
  return planSheet(work, await planNow(work));
}

const isApproved = ({ kept }: PlanSheet): boolean => kept.plan.state === 'approved';

/** `plan fill governance`, or the button of a page: opens its dialog. */
export async function openPlanPage(work: Work, key: string): Promise<Answer> {
  const sheet = await openToWrite(work);
  if (!sheet) return answerPrivately(notYours());
  const page = pageKeyed(sheet, key);
  if (!page) return answerPrivately(planCard(await planView(work, sheet.kept)));
  const dialog = pageDialog(sheet, page, pagePress(page.key));
  return answerWithDialog({ ...dialog, fields: [...dialog.fields, whyField(isApproved(sheet))] });
}

/** `plan fill Service offerings (2)`: the page of that title, or the first of the part. */
export async function fillPlanPart(work: Work, words: string): Promise<Answer> {
  const sheet = await openToWrite(work);
  if (!sheet) return answerPrivately(notYours());
  const key = pageTitled(sheet, words)?.key ?? `${partNamed(sheet.form, words)?.key ?? ''}-1`;
  return pageKeyed(sheet, key)
    ? openPlanPage(work, key)
    : answerPrivately(noSuchPart(sheet.form.sections.map(({ title }) => title)));
}

/** Saves a page that was sent, and opens the next one of the plan; after the last the plan is shown. */
export async function savePlanPage(work: Work, key: string, values: RawValues): Promise<Answer> {
  const sheet = await openToWrite(work);
  if (!sheet) return answerPrivately(notYours());
  const page = pageKeyed(sheet, key);
  if (!page) return answerPrivately(planCard(await planView(work, sheet.kept)));
  const typed = String(values.why ?? '').trim();
  const why = typed === '' ? null : readWords(typed, LONGEST_WHY);
  if (why && !why.ok) return answerWithErrors({ why: why.refusal });
  if (why === null && isApproved(sheet)) return answerWithErrors({ why: WHY_NEEDED });
  return takePage(sheet, page, values, {
    save: (change) => save(work, sheet, change, why?.value ?? null),
    pressOf: ({ key: next }: Page) => pagePress(next),
    done: async (saved) =>
      answerPrivately(
        ...(hasEndedReview(sheet, saved) ? [reviewEnded()] : []),
        planCard(await planView(work, saved.kept)),
      ),
  });
}

/** `plan set price basis: …; scope: …; why: …`: saves these answers. */
export async function setInPlan(work: Work, rest: string): Promise<Answer> {
  const sheet = await openToWrite(work);
  if (!sheet) return answerPrivately(notYours());
  const { words, why: typed } = splitWhy(rest);
  const why = typed === null ? null : readWords(typed, LONGEST_WHY);
  if (why && !why.ok) return answerPrivately(planMends({ why: why.refusal }));
  const read = readWritten(sheet, words);
  if (!read.ok) return answerPrivately(planMends(read.refusal));
  if (Object.keys(read.value).length === 0) return answerPrivately(planMends({ '?': NAME_ONE }));
  if (why === null && isApproved(sheet)) return answerPrivately(whyNeededInChat());
  const saved = await save(work, sheet, read.value, why?.value ?? null);
  if (saved === sheet) return answerPrivately(nothingChanged());
  const keys = Object.keys(read.value);
  const part = sheet.form.sections.find(({ questions }) => questions.some(({ key }) => keys.includes(key)));
  const labels = keys.map((key) => questionBy(sheet.form, key)?.label ?? key);
  const wasSubmitted = sheet.kept.plan.state === 'submitted';
  return answerPrivately(planSaved(labels, wasSubmitted), await drawPart(work, saved.kept, part?.key ?? ''));
}

const hasEndedReview = (before: PlanSheet, after: PlanSheet): boolean =>
  before.kept.plan.state === 'submitted' && after.kept.plan.state === 'draft';

const NAME_ONE = 'Name the question, a colon behind the name, and your answer.';

/** What stands behind the last `why:` that begins a piece of the text. */
function splitWhy(rest: string): { readonly words: string; readonly why: string | null } {
  const at = Math.max(...['; why:', ';why:', '\nwhy:'].map((mark) => rest.toLowerCase().lastIndexOf(mark)));
  if (at < 0) return { words: rest, why: null };
  return { words: rest.slice(0, at), why: rest.slice(rest.indexOf(':', at) + 1) };
}

/** Writes the next version with its record, unless nothing has changed: then the sheet is as it was. */
async function save(
  work: Work,
  sheet: PlanSheet,
  change: Answers,
  reason: string | null,
): Promise<PlanSheet> {
  const answers = changedAnswers(sheet, change);
  const changed = changedKeys(sheet.kept.plan, { answers });
  if (changed.length === 0) return sheet;
  const kept = await keepPlan(work, sheet.kept, writePlan(sheet.kept.plan, answers, work.person.id), reason);
  await noteDeed(work, 'marketplace-plan.write', {
    version: String(kept.paper?.version ?? 0),
    changed: changed.join(','),
  });
  return planSheet(work, kept);
}
