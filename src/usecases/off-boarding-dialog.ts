/** The button of a line of an off-boarding record, and its dialog. */
import type { RawValues } from '../domain/field.ts';
import { allowedAfter, type LineRefusal, lineOf, type OffBoardingLine } from '../domain/off-boarding.ts';
import { fieldsOf } from '../forms/pages.ts';
import type { ButtonPress } from '../messages/button.ts';
import { moveDialogIntro } from '../messages/copy/move-words.ts';
import { lineChanged, noRecord } from '../messages/copy/off-boarding.ts';
import { lineRefusal } from '../messages/copy/off-boarding-words.ts';
import { notYourStep } from '../messages/copy/refusals.ts';
import { incidentForm, lineForm } from '../offerings/off-boarding-report.ts';
import { keepReport } from './off-boarding-keep.ts';
import {
  afterIncident,
  afterReport,
  isAnswer,
  mayConfirm,
  mayReport,
  type OpenedRecord,
  openForReport,
  pageOf,
  readValues,
} from './off-boarding-line.ts';
import { recordsOf } from './off-boarding-record.ts';
import { drawn } from './off-boarding-show.ts';
import { type Answer, answerPrivately, answerWithDialog, answerWithErrors, type Work } from './work.ts';

interface FoundLine {
  readonly opened: OpenedRecord;
  readonly line: OffBoardingLine;
  /** It is lost, and asked for is the number of the incident. */
  readonly isLost: boolean;
}

/** `personId/key/state`: a line, and how it stood when its button was drawn. */
async function findLine(work: Work, { subject, choice = '' }: ButtonPress): Promise<FoundLine | Answer> {
  const [personId = '', key = '', state = ''] = choice.split('/');
  const opened = await openForReport(work, subject, personId);
  if (isAnswer(opened)) return opened;
  const line = lineOf(opened.kept.record, key);
  if (!line) return answerPrivately(noRecord(subject, null));
  const isLost = line.state === 'reported_lost';
  if (!(isLost ? mayConfirm(work, opened) : mayReport(work, opened, line)))
    return answerPrivately(notYourStep(subject));
  return line.state === state ? { opened, line, isLost } : changedSince(work, opened, line);
}

/** Somebody was faster: the record as it is now. */
async function changedSince(
  work: Work,
  { engagement, kept }: OpenedRecord,
  line: OffBoardingLine,
): Promise<Answer> {
  const isOneOfSeveral = (await recordsOf(work, engagement)).length > 1;
  return answerPrivately(
    lineChanged(engagement.number, line.what),
    ...(await drawn(work, engagement, [kept], isOneOfSeveral)),
  );
}

const formFor = ({ line, isLost }: FoundLine) =>
  isLost ? incidentForm(line.what) : lineForm(line.kind, line.what, allowedAfter(line));

/** Opens the dialog of the line, or shows the record where the line has changed since. */
export async function askForLine(work: Work, press: ButtonPress): Promise<Answer> {
  const found = await findLine(work, press);
  if (isAnswer(found)) return found;
  return answerWithDialog({
    title: found.line.what,
    intro: moveDialogIntro(found.opened.engagement),
    fields: fieldsOf(pageOf(formFor(found)), {}),
    sendLabel: 'Save',
    press,
    opener: press,
  });
}

/** The dialog was sent; every mend is said beside its field. */
export async function reportFromDialog(work: Work, press: ButtonPress, values: RawValues): Promise<Answer> {
  const found = await findLine(work, press);
  if (isAnswer(found)) return found;
  const { opened, line, isLost } = found;
  const read = await readValues(work, formFor(found), values);
  if (!read.ok) return answerWithErrors(read.refusal);
  const { record } = opened.kept;
  const made = isLost
    ? afterIncident(work, record, line, read.value)
    : afterReport(work, record, line, read.value);
  if (!made.ok) return answerWithErrors({ [fieldFor(made.refusal)]: plain(line, made.refusal) });
  return keepReport(work, opened, made.value, [line.key]);
}

/** Beside which field a refusal stands. */
function fieldFor(refusal: LineRefusal): string {
  switch (refusal.code) {
    case 'evidence-needed':
      return refusal.missing[0] ?? 'reference';
    case 'still-to-come':
      return 'on';
    case 'whole-tag':
      return 'tag';
    case 'not-lost':
    case 'already-done':
      return 'incident';
    case 'may-not-follow':
    case 'no-such-line':
      return 'state';
    default:
      return refusal satisfies never;
  }
}

const plain = (line: OffBoardingLine, refusal: LineRefusal): string =>
  lineRefusal(line.what, line.kind, refusal)
    .map((part) => ('text' in part ? part.text : ''))
    .join('');
