/** What the open form says: its question, its review, its asides. */
import { may } from '../domain/access.ts';
import { isAmendable, partiesOf } from '../domain/engagement.ts';
import type { RawValue } from '../domain/field.ts';
import { here } from '../forms/conversation.ts';
import { progress } from '../forms/conversation-state.ts';
import { fieldOf } from '../forms/field-of.ts';
import type { FormEvent, Step } from '../forms/form-event.ts';
import type { Question } from '../forms/question.ts';
import { readAnswer } from '../forms/read-answer.ts';
import * as copy from '../messages/copy/intake.ts';
import { draftIsGood, draftLine, useDraftButton } from '../messages/copy/intake-dialog.ts';
import { type Line, theirs } from '../messages/inline.ts';
import type { Message } from '../messages/message.ts';
import type { Hold, Intake } from './intake-context.ts';
import type { Work } from './work.ts';

/** Says that the system has an open request, and what this person can do about it. */
export async function duplicateMessage(
  work: Work,
  intake: Intake,
  hold: Extract<Hold, { kind: 'duplicate' }>,
): Promise<Message> {
  const open = await work.tx.engagements.byNumber(hold.number);
  return copy.duplicateCard(intake.record.id, {
    number: hold.number,
    systemName: hold.systemName,
    mayAmend: open !== null && isAmendable(open) && may(work.person, 'request.amend', open),
    mayJoin: may(work.person, 'request.join', open) && !(open && partiesOf(open).includes(work.person.id)),
  });
}

/** What one step took away, warns of, or must be known about the answers. */
export function asideLines(before: Intake, after: Intake, made: Step): Line[] {
  const said: Line[] = before.afresh ? [copy.startedAfresh()] : [];
  if (made.dropped.length > 0) said.push(copy.droppedLine(made.dropped.map(({ label }) => label)));
  for (const warning of made.warnings) said.push([theirs(warning)]);
  const known = new Set(after.offering.notices(before.state.answers).map(({ key }) => key));
  for (const notice of after.offering.notices(after.state.answers)) {
    if (!known.has(notice.key) && !made.warnings.includes(notice.text)) said.push([theirs(notice.text)]);
  }
  return said;
}

/** The place where the person is, said afresh. */
export function presentHere(intake: Intake, before: readonly Line[] = []): Message {
  const said = intake.afresh ? [copy.startedAfresh(), ...before] : before;
  return present(intake, here(intake.form, intake.state, intake.context), said);
}

/** What came of a move, said. `before` stands in front of it. */
export function present(intake: Intake, event: FormEvent, before: readonly Line[]): Message {
  const conversation = intake.record.id;
  switch (event.kind) {
    case 'asked':
      return ask(intake, event.question, event.current, before);
    case 'refused': {
      const said = [
        ...before,
        copy.refusedLine(event.text),
        ...(event.offerPerson ? [copy.offerPersonLine()] : []),
      ];
      return event.question ? ask(intake, event.question, null, said) : again(intake, said);
    }
    case 'explained':
      return ask(intake, event.question, null, [...before, copy.whyLine(event.why)]);
    case 'not-optional':
      return ask(intake, event.question, null, [...before, copy.notOptionalLine()]);
    case 'at-start':
      return event.question
        ? ask(intake, event.question, null, [...before, copy.atStartLine()])
        : again(intake, before);
    case 'review':
      return copy.reviewCard({
        conversation,
        version: intake.answersVersion,
        rows: event.rows,
        before,
        amends: amendedNumber(intake),
        open: event.open?.ask ?? null,
      });
    case 'no-such-row':
      return again(intake, [...before, copy.noSuchRowLine(event.rows, event.several)]);
    case 'incomplete':
      return ask(intake, event.question, null, [
        ...before,
        copy.incompleteLine(event.missing.map(({ label }) => label)),
      ]);
    case 'confirm': {
      const fields = event.statements.map((statement) => fieldOf(statement, null, null));
      return copy.confirmMessage(conversation, fields, before);
    }
    case 'submit':
      return again(intake, before);
    default:
      return event satisfies never;
  }
}

const again = (intake: Intake, before: readonly Line[]): Message =>
  present(intake, here(intake.form, intake.state, intake.context), before);

const amendedNumber = (intake: Intake): string | null => intake.sentAs;

function ask(intake: Intake, question: Question, current: string | null, before: readonly Line[]): Message {
  const { number, of } = progress(intake.form, intake.state);
  const draft = draftOf(intake, question);
  const asked = copy.askMessage({
    conversation: intake.record.id,
    question: question.ask,
    number,
    of,
    optional: !question.required,
    changing: intake.state.changing === question.key,
    current,
    field: fieldOf(question, draft ?? intake.state.answers[question.key] ?? null, null),
    before: [...before, ...draftLines(intake, question, draft)],
  });
  if (draft === null || isPicked(question) || !isGood(intake, question, draft)) return asked;
  return { ...asked, buttons: [useDraftButton(intake.record.id, question.key), ...asked.buttons] };
}

/** What stands at the question and is no answer yet; null for nothing. */
const draftOf = ({ state }: Intake, { key }: Question): RawValue =>
  Object.hasOwn(state.drafts, key) ? (state.drafts[key] ?? null) : null;

/** Where something is picked, the draft stands in the input itself. */
function draftLines(intake: Intake, question: Question, draft: RawValue): readonly Line[] {
  if (draft === null || isPicked(question)) return [];
  return [draftLine(String(draft)), ...(isGood(intake, question, draft) ? [draftIsGood()] : [])];
}

const isGood = (intake: Intake, question: Question, draft: RawValue): boolean =>
  readAnswer(question, draft, intake.context).ok;

function isPicked({ kind }: Question): boolean {
  switch (kind) {
    case 'choice':
    case 'choices':
    case 'yes-no':
    case 'date':
    case 'attestation':
      return true;
    case 'text':
    case 'long-text':
    case 'number':
    case 'person':
      return false;
    default:
      return kind satisfies never;
  }
}
