/** `line ISSO-2026-0042 laptop returned to Leila; tag 1234; ref T-77; 6/30/2028`: lines reported in words. */
import type { RequestNumber } from '../domain/ids.ts';
import { matchName } from '../domain/name-match.ts';
import { allowedAfter, type LineRefusal, type OffBoardingLine } from '../domain/off-boarding.ts';
import { localDate } from '../domain/time.ts';
import {
  lineMends,
  linesRefused,
  noRecord,
  whichLine,
  whichState,
  whoseRecord,
} from '../messages/copy/off-boarding.ts';
import { lineRefusal } from '../messages/copy/off-boarding-words.ts';
import { noAccess, notYourStep, sensitiveText } from '../messages/copy/refusals.ts';
import { lineNames } from '../offerings/off-boarding-lines.ts';
import { incidentForm, lineForm } from '../offerings/off-boarding-report.ts';
import { sensitiveKinds } from './guard.ts';
import { newestOf } from './information-card.ts';
import { keepReport } from './off-boarding-keep.ts';
import {
  afterIncident,
  afterReport,
  isAnswer,
  mayConfirm,
  mayReport,
  type OpenedRecord,
  openForReport,
  readValues,
} from './off-boarding-line.ts';
import { recordsOf } from './off-boarding-record.ts';
import { seenBy } from './off-boarding-show.ts';
import { readTypedLines, type TypedLines } from './off-boarding-words.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** All lines that are named change, or none of them. */
export async function reportByWords(work: Work, number: RequestNumber, rest: string): Promise<Answer> {
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answerPrivately(sensitiveText(kinds));
  const [, whose = null, words = rest] = /^of\s+(?!\s)([^:;\n]{2,60}):\s*(.*)$/isu.exec(rest) ?? [];
  const opened = await openOne(work, number, whose);
  if (isAnswer(opened)) return opened;
  const { record } = opened.kept;
  const template = newestOf(work, opened.engagement);
  const namesOf = (key: string): readonly string[] => lineNames(template, key);
  const typed = readTypedLines(words, record, namesOf, localDate(work.now, work.person.timeZone));
  switch (typed.kind) {
    case 'no-line':
      return answerPrivately(whichLine(number, record));
    case 'no-state':
      return answerPrivately(whichState(number, typed.line));
    case 'incident':
      return confirm(work, opened, typed);
    case 'report':
      return reportAll(work, opened, typed);
    default:
      return typed satisfies never;
  }
}

/** The record that is meant: the one that is named, one's own, or the only one. */
async function openOne(
  work: Work,
  number: RequestNumber,
  whose: string | null,
): Promise<OpenedRecord | Answer> {
  const engagement = await work.tx.engagements.forChange(number);
  const seen = engagement ? seenBy(work, engagement) : [];
  if (!engagement || seen.length === 0) return answerPrivately(noAccess(number));
  const ids = (await recordsOf(work, engagement))
    .map(({ personId }) => personId)
    .filter((id) => seen.includes(id));
  if (ids.length === 0) return answerPrivately(noRecord(number, null));
  const people = [...(await loadPeople(work, ids)).values()];
  const named = whose === null ? null : matchName(people, whose);
  const own = ids.find((id) => id === work.person.id);
  const only = named?.ok
    ? named.value.id
    : whose === null
      ? (own ?? (ids.length === 1 ? ids[0] : null))
      : null;
  return only
    ? openForReport(work, number, only)
    : answerPrivately(
        whoseRecord(
          number,
          people.map(({ name }) => name),
        ),
      );
}

async function reportAll(
  work: Work,
  opened: OpenedRecord,
  typed: Extract<TypedLines, { kind: 'report' }>,
): Promise<Answer> {
  const { number } = opened.engagement;
  if (typed.lines.some((line) => !mayReport(work, opened, line))) return answerPrivately(notYourStep(number));
  let { record } = opened.kept;
  for (const line of typed.lines) {
    const allowed = allowedAfter(line);
    const values = typed.valuesFor(line);
    if (!allowed.some((state) => state === values.state))
      return refused(number, line, { code: 'may-not-follow', from: line.state, allowed });
    const read = await readValues(work, lineForm(line.kind, line.what, allowed), values);
    if (!read.ok) return answerPrivately(lineMends(number, read.refusal));
    const made = afterReport(work, record, line, read.value);
    if (!made.ok) return refused(number, line, made.refusal);
    record = made.value;
  }
  return keepReport(
    work,
    opened,
    record,
    typed.lines.map(({ key }) => key),
  );
}

async function confirm(
  work: Work,
  opened: OpenedRecord,
  { line, number: incident }: Extract<TypedLines, { kind: 'incident' }>,
): Promise<Answer> {
  const { number } = opened.engagement;
  if (!mayConfirm(work, opened)) return answerPrivately(notYourStep(number));
  const read = await readValues(work, incidentForm(line.what), { incident });
  if (!read.ok) return answerPrivately(lineMends(number, read.refusal));
  const made = afterIncident(work, opened.kept.record, line, read.value);
  return made.ok ? keepReport(work, opened, made.value, [line.key]) : refused(number, line, made.refusal);
}

const refused = (number: RequestNumber, line: OffBoardingLine, refusal: LineRefusal): Answer =>
  answerPrivately(linesRefused(number, [lineRefusal(line.what, line.kind, refusal)]));
