/** One off-boarding record opened for a change, and what somebody says of one of its lines, read and decided. */
import type { Engagement } from '../domain/engagement.ts';
import type { FieldErrors, RawValues } from '../domain/field.ts';
import type { PersonId, RequestNumber } from '../domain/ids.ts';
import {
  allowedAfter,
  confirmIncident,
  type LineRefusal,
  type OffBoardingLine,
  type OffBoardingRecord,
  reportLine,
} from '../domain/off-boarding.ts';
import { offBoardingSight } from '../domain/off-boarding-sight.ts';
import { type Result, refused } from '../domain/result.ts';
import { localDate } from '../domain/time.ts';
import type { Form } from '../forms/form.ts';
import { type Page, pages, readPage } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import { noRecord } from '../messages/copy/off-boarding.ts';
import { noAccess, notYourStep } from '../messages/copy/refusals.ts';
import { reportIn } from '../offerings/off-boarding-report.ts';
import { markOf } from './engagement-move.ts';
import { formContext } from './intake-context.ts';
import { type KeptRecord, recordNow } from './off-boarding-record.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** A record that this person may change something of; its engagement is locked. */
export interface OpenedRecord {
  readonly engagement: Engagement;
  readonly kept: KeptRecord;
}

export const isAnswer = (opened: object): opened is Answer => 'say' in opened;

/** Opens the record of that person. Somebody who sees nothing of it is answered as if there were none. */
export async function openForReport(
  work: Work,
  number: RequestNumber,
  personId: PersonId,
): Promise<OpenedRecord | Answer> {
  const engagement = await work.tx.engagements.forChange(number);
  const sight = engagement && offBoardingSight(work.person, personId, engagement);
  if (!engagement || !sight) return answerPrivately(noAccess(number));
  if (sight.writes === 'none') return answerPrivately(notYourStep(number));
  const kept = await recordNow(work, engagement, personId);
  return kept ? { engagement, kept } : answerPrivately(noRecord(number, null));
}

const writesOf = (work: Work, { engagement, kept }: OpenedRecord) =>
  offBoardingSight(work.person, kept.personId, engagement)?.writes ?? 'none';

/** Whether this person may say what became of the line: of all, or of what one has to give back oneself. */
export function mayReport(work: Work, opened: OpenedRecord, line: Pick<OffBoardingLine, 'kind'>): boolean {
  const writes = writesOf(work, opened);
  return writes === 'all' || (writes === 'property' && line.kind === 'property');
}

/** The contractor confirms that a loss was reported; nobody confirms their own. */
export const mayConfirm = (work: Work, opened: OpenedRecord): boolean => writesOf(work, opened) === 'all';

/** The one page of a form. */
export function pageOf(form: Form): Page {
  const [page] = pages(form, {});
  if (!page) throw new Error(`${form.key} asks nothing`);
  return page;
}

/** The answers of a form's one page, or what is wrong by field. */
export async function readValues(
  work: Work,
  form: Form,
  values: RawValues,
): Promise<Result<Answers, FieldErrors>> {
  const read = readPage(pageOf(form), values, {}, await formContext(work));
  return read.ok ? read : refused(read.refusal.errors);
}

/** The record after a report that was read with the line's form. */
export function afterReport(
  work: Work,
  record: OffBoardingRecord,
  line: OffBoardingLine,
  answers: Answers,
): Result<OffBoardingRecord, LineRefusal> {
  const by = markOf(work);
  const today = localDate(work.now, work.programme.timeZone);
  return reportLine(record, line.key, reportIn(answers, allowedAfter(line)), { today, by });
}

/** The record after its incident number was given, read with the incident's form. */
export const afterIncident = (
  work: Work,
  record: OffBoardingRecord,
  { key }: OffBoardingLine,
  answers: Answers,
): Result<OffBoardingRecord, LineRefusal> =>
  confirmIncident(record, key, String(answers.incident), markOf(work));
