/** Somebody reports lines of an off-boarding record: in the dialog of a line, or in words for one or several. */
import type { Engagement } from '../domain/engagement.ts';
import type { RawValues } from '../domain/field.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { matchName } from '../domain/name-match.ts';
import {
  allowedAfter,
  confirmIncident,
  lineOf,
  type LineRefusal,
  type OffBoardingLine,
  type OffBoardingRecord,
  openLines,
  reportLine,
} from '../domain/off-boarding.ts';
import { offBoardingSight } from '../domain/off-boarding-sight.ts';
import type { Result } from '../domain/result.ts';
import { localDate } from '../domain/time.ts';
import type { Form } from '../forms/form.ts';
import { fieldsOf, pages, readPage } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import { moveDialogIntro } from '../messages/copy/move-words.ts';
import {
  lineChanged,
  lineMends,
  lineReported,
  linesRefused,
  noRecord,
  whichLine,
  whichState,
  whoseRecord,
} from '../messages/copy/off-boarding.ts';
import { lineRefusal } from '../messages/copy/off-boarding-words.ts';
import { noAccess, notYourStep, sensitiveText } from '../messages/copy/refusals.ts';
import type { ButtonPress } from '../messages/button.ts';
import type { DialogPage } from '../messages/message.ts';
import { CARD_TEMPLATE } from '../offerings/card-template.ts';
import { lineNames } from '../offerings/off-boarding-lines.ts';
import { incidentForm, lineForm, reportIn } from '../offerings/off-boarding-report.ts';
import { markOf } from './engagement-move.ts';
import { sensitiveKinds } from './guard.ts';
import { formContext } from './intake-context.ts';
import { keepReport } from './off-boarding-keep.ts';
import { type KeptRecord, recordNow, recordsOf } from './off-boarding-record.ts';
import { drawn, seenBy } from './off-boarding-show.ts';
import { type TypedLines, readTypedLines } from './off-boarding-words.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, answerWithDialog, answerWithErrors, type Work } from './work.ts';

/** One record, opened for a change by somebody who may write something of it; the engagement is locked. */
interface Opened {
  readonly engagement: Engagement;
  readonly kept: KeptRecord;
}

const isAnswer = (opened: Opened | Answer): opened is Answer => 'say' in opened;

/** `personId/key/state`: a line, and how it stood when its button was drawn. */
const placeOf = ({ choice = '' }: ButtonPress) => {
  const [personId = '', key = '', state = ''] = choice.split('/');
  return { personId, key, state };
};

async function open(work: Work, number: RequestNumber, personId: string): Promise<Opened | Answer> {
  const engagement = await work.tx.engagements.forChange(number);
  const sight = engagement && offBoardingSight(work.person, personId, engagement);
  if (!engagement || !sight) return answerPrivately(noAccess(number));
  if (sight.writes === 'none') return answerPrivately(notYourStep(number));
  const kept = await recordNow(work, engagement, personId);
  return kept ? { engagement, kept } : answerPrivately(noRecord(number, null));
}

/** Whether this person may say something of that line: all, or what one has to give back oneself. */
function mayWrite(work: Work, { engagement, kept }: Opened, line: OffBoardingLine): boolean {
  const writes = offBoardingSight(work.person, kept.personId, engagement)?.writes ?? 'none';
  return writes === 'all' || (writes === 'property' && line.kind === 'property');
}

/** The contractor confirms what was reported, and nobody their own loss. */
const mayConfirm = (work: Work, { engagement, kept }: Opened): boolean =>
  offBoardingSight(work.person, kept.personId, engagement)?.writes === 'all';

/** The button of a line: its dialog, or the record as it is where the line has changed since. */
export async function askForLine(work: Work, press: ButtonPress): Promise<Answer> {
  const found = await openLine(work, press);
  if ('say' in found) return found;
  const { opened, line, form } = found;
  return answerWithDialog(dialogOf(opened, line, form, press));
}

interface FoundLine {
  readonly opened: Opened;
  readonly line: OffBoardingLine;
  readonly form: Form;
}

async function openLine(work: Work, press: ButtonPress): Promise<FoundLine | Answer> {
  const { personId, key, state } = placeOf(press);
  const opened = await open(work, press.subject, personId);
  if (isAnswer(opened)) return opened;
  const line = lineOf(opened.kept.record, key);
  if (!line) return answerPrivately(noRecord(press.subject, null));
  const isLost = line.state === 'reported_lost';
  if (!(isLost ? mayConfirm(work, opened) : mayWrite(work, opened, line)))
    return answerPrivately(notYourStep(press.subject));
  if (line.state !== state) return changedSince(work, opened, line);
  const form = isLost ? incidentForm(line.what) : lineForm(line.kind, line.what, allowedAfter(line));
  return { opened, line, form };
}

async function changedSince(work: Work, { engagement, kept }: Opened, line: OffBoardingLine): Promise<Answer> {
  const isOneOfSeveral = (await recordsOf(work, engagement)).length > 1;
  return answerPrivately(
    lineChanged(engagement.number, line.what),
    ...(await drawn(work, engagement, [kept], isOneOfSeveral)),
  );
}

function dialogOf({ engagement }: Opened, line: OffBoardingLine, form: Form, press: ButtonPress): DialogPage {
  const [page] = pages(form, {});
  if (!page) throw new Error(`${form.key} asks nothing`);
  return {
    title: line.what,
    intro: moveDialogIntro(engagement),
    fields: fieldsOf(page, {}),
    sendLabel: 'Save',
    press,
    opener: press,
  };
}

/** The dialog was sent; every mend is said beside its field. */
export async function reportFromDialog(work: Work, press: ButtonPress, values: RawValues): Promise<Answer> {
  const found = await openLine(work, press);
  if ('say' in found) return found;
  const { opened, line, form } = found;
  const read = await readValues(work, form, values);
  if (!read.ok) return answerWithErrors(read.refusal);
  const made = changeOf(work, opened.kept.record, line, read.value);
  if (!made.ok) return answerWithErrors({ [fieldFor(made.refusal)]: plain(line, made.refusal) });
  return keepReport(work, opened.engagement, opened.kept, made.value, [line.key]);
}

/** Beside which field a refusal stands. */
function fieldFor(refusal: LineRefusal): string {
  if (refusal.code === 'evidence-needed') return refusal.missing[0] ?? 'reference';
  if (refusal.code === 'still-to-come') return 'on';
  if (refusal.code === 'whole-tag') return 'tag';
  return refusal.code === 'not-lost' || refusal.code === 'already-done' ? 'incident' : 'state';
}

const plain = (line: OffBoardingLine, refusal: LineRefusal): string =>
  lineRefusal(line.what, line.kind, refusal)
    .map((part) => ('text' in part ? part.text : ''))
    .join('');

async function readValues(work: Work, form: Form, values: RawValues) {
  const [page] = pages(form, {});
  if (!page) throw new Error(`${form.key} asks nothing`);
  const read = readPage(page, values, {}, await formContext(work));
  return read.ok ? read : { ok: false as const, refusal: read.refusal.errors };
}

function changeOf(
  work: Work,
  record: OffBoardingRecord,
  line: OffBoardingLine,
  answers: Answers,
): Result<OffBoardingRecord, LineRefusal> {
  const by = markOf(work);
  if (line.state === 'reported_lost' && 'incident' in answers)
    return confirmIncident(record, line.key, String(answers.incident), by);
  const today = localDate(work.now, work.programme.timeZone);
  return reportLine(record, line.key, reportIn(answers, allowedAfter(line)), { today, by });
}

/** `line ISSO-2026-0042 laptop returned to Leila; tag 1234; ref T-77; 6/30/2028`. All lines that are named change, or none. */
export async function reportByWords(work: Work, number: RequestNumber, rest: string): Promise<Answer> {
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answerPrivately(sensitiveText(kinds));
  const [, whose = null, words = rest] = /^of\s+([^:;\n]{2,60}):\s*(.*)$/isu.exec(rest) ?? [];
  const found = await whoseLines(work, number, whose);
  if (isAnswer(found)) return found;
  const { record } = found.kept;
  const namesOf = (key: string): readonly string[] => lineNames(CARD_TEMPLATE, key);
  const typed = readTypedLines(words, record, namesOf, localDate(work.now, work.person.timeZone));
  switch (typed.kind) {
    case 'no-line':
      return answerPrivately(whichLine(number, record));
    case 'no-state':
      return answerPrivately(whichState(number, typed.line));
    case 'incident':
      return confirmByWords(work, found, typed);
    case 'report':
      return reportAll(work, found, typed);
    default:
      return typed satisfies never;
  }
}

/** The one record that is meant: by its name, one's own, or the only one. */
async function whoseLines(work: Work, number: RequestNumber, whose: string | null): Promise<Opened | Answer> {
  const engagement = await work.tx.engagements.forChange(number);
  const seen = engagement ? seenBy(work, engagement) : [];
  if (!engagement || seen.length === 0) return answerPrivately(noAccess(number));
  const records = (await recordsOf(work, engagement)).filter(({ personId }) => seen.includes(personId));
  const people = await loadPeople(work, records.map(({ personId }) => personId));
  const named = whose === null ? null : matchName([...people.values()], whose);
  const chosen = named
    ? records.filter(({ personId }) => named.ok && personId === named.value.id)
    : (records.filter(({ personId }) => personId === work.person.id).length > 0
        ? records.filter(({ personId }) => personId === work.person.id)
        : records);
  const [only, ...others] = chosen;
  if (only && others.length === 0) return open(work, number, only.personId);
  return answerPrivately(
    records.length === 0 ? noRecord(number, null) : whoseRecord(number, [...people.values()].map(({ name }) => name)),
  );
}

async function reportAll(work: Work, opened: Opened, typed: Extract<TypedLines, { kind: 'report' }>): Promise<Answer> {
  const { number } = opened.engagement;
  const foreign = typed.lines.find((line) => !mayWrite(work, opened, line));
  if (foreign) return answerPrivately(notYourStep(number));
  let { record } = opened.kept;
  for (const line of typed.lines) {
    const form = lineForm(line.kind, line.what, allowedAfter(line));
    const values = typed.valuesFor(line);
    const allowed: readonly string[] = allowedAfter(line);
    if (!allowed.includes(String(values.state)))
      return answerPrivately(
        linesRefused(number, [
          lineRefusal(line.what, line.kind, { code: 'may-not-follow', from: line.state, allowed: allowedAfter(line) }),
        ]),
      );
    const read = await readValues(work, form, values);
    if (!read.ok) return answerPrivately(lineMends(number, read.refusal));
    const made = changeOf(work, record, line, read.value);
    if (!made.ok) return answerPrivately(linesRefused(number, [lineRefusal(line.what, line.kind, made.refusal)]));
    record = made.value;
  }
  return keepReport(work, opened.engagement, opened.kept, record, typed.lines.map(({ key }) => key));
}

async function confirmByWords(
  work: Work,
  opened: Opened,
  { line, number }: Extract<TypedLines, { kind: 'incident' }>,
): Promise<Answer> {
  if (!mayConfirm(work, opened)) return answerPrivately(notYourStep(opened.engagement.number));
  const read = await readValues(work, incidentForm(line.what), { incident: number });
  if (!read.ok) return answerPrivately(lineMends(opened.engagement.number, read.refusal));
  const made = confirmIncident(opened.kept.record, line.key, String(read.value.incident), markOf(work));
  if (!made.ok)
    return answerPrivately(linesRefused(opened.engagement.number, [lineRefusal(line.what, line.kind, made.refusal)]));
  return keepReport(work, opened.engagement, opened.kept, made.value, [line.key]);
}
