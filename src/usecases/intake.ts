/** The intake conversation: start, answer, digress, pause, resume, cancel, fill in by page, send. */
import { may } from '../domain/access.ts';
import { partiesOf, systemKey } from '../domain/engagement.ts';
import type { FieldErrors, RawValue, RawValues } from '../domain/field.ts';
import type { ConversationId } from '../domain/ids.ts';
import { type FormCommand, readCommand } from '../forms/command.ts';
import { fill, here, step } from '../forms/conversation.ts';
import { openQuestion, progress, rows } from '../forms/conversation-state.ts';
import { fieldOf } from '../forms/field-of.ts';
import type { FormEvent, Move, Step } from '../forms/form-event.ts';
import { fieldsOf, pageAfter, pages, readPage } from '../forms/pages.ts';
import type { Question } from '../forms/question.ts';
import * as copy from '../messages/copy/intake.ts';
import { alreadyReceived } from '../messages/copy/request.ts';
import { type Line, line, theirs } from '../messages/inline.ts';
import { type DialogPage, type Message, say } from '../messages/message.ts';
import { offeringBy } from '../offerings/index.ts';
import { answerProgrammeQuestion } from './answer-programme-question.ts';
import { showRequests } from './follow-request.ts';
import { currentIntake, type Hold, type Intake, intakeById, openIntake, saveIntake } from './intake-context.ts';
import { settleHold } from './intake-hold.ts';
import { sendIntake } from './send-intake.ts';
import { type Answer, answer, answerPrivately, answerWithDialog, answerWithErrors, type Work } from './work.ts';

/** Starts a request for the offering; one already open or paused is offered instead. */
export async function startIntake(work: Work, offeringKey: string): Promise<Answer> {
  const offering = offeringBy(offeringKey);
  if (!offering) return answer(say('That service is not in the catalogue. Type `help` to see what I can do.'));
  const current = await currentIntake(work);
  if (current) return answerPrivately(copy.alreadyOpen(current.record.id, current.record.status === 'paused'));
  const people = await work.tx.people.list();
  const intake = await openIntake(work, offering, offering.prefill(work.person, people), null);
  const { of } = progress(intake.form, intake.state);
  return answerPrivately(copy.introduction(intake.record.id, of), presentHere(intake));
}

/** What somebody with an open form typed: a command, a question about the programme, or an answer. */
export async function continueIntake(work: Work, intake: Intake, typed: string): Promise<Answer> {
  if (intake.hold) return settleHold(work, intake, intake.hold, typed);
  const command = readCommand(typed);
  if (command) return obey(work, intake, command);
  const programme = asksAboutProgramme(intake, typed) ? answerProgrammeQuestion(typed) : null;
  if (programme) return answer(programme, presentHere(intake));
  return move(work, intake, { kind: 'answer', raw: typed });
}

/** While something is being answered, only what ends in a question mark can be a question of the person's own. */
function asksAboutProgramme(intake: Intake, typed: string): boolean {
  const open = intake.form.sections.flatMap((section) => section.questions).find(({ key }) => key === intake.state.at);
  return typed.trim().endsWith('?') && typed.length <= 200 && open?.kind !== 'long-text';
}

async function obey(work: Work, intake: Intake, command: FormCommand): Promise<Answer> {
  switch (command.kind) {
    case 'help':
      return answer(copy.formHelp(), presentHere(intake));
    case 'status': {
      const { of } = progress(intake.form, intake.state);
      const answered = rows(intake.form, intake.state.answers, intake.context).filter((row) => row.shown !== null).length;
      const own = await showRequests(work);
      return answer(copy.progressLine(Math.min(answered, of), of), ...own.say, presentHere(intake));
    }
    case 'pause':
      return pauseIntake(work, intake);
    case 'resume':
      return answer(presentHere(intake));
    case 'cancel':
      return askBeforeCancelling(work, intake);
    case 'person':
      return answer(copy.personContact(advisorOf(intake)), presentHere(intake));
    case 'form':
      return openPage(intake);
    default:
      return move(work, intake, command);
  }
}

function advisorOf(intake: Intake) {
  const component = String(intake.state.answers.component ?? '');
  return intake.context.people.find((person) => person.roles.includes('cra') && person.components.includes(component)) ?? null;
}

/** One move of the form's engine: saved, then said. A duplicate system is caught as soon as it is named. */
export async function move(work: Work, intake: Intake, made: Move): Promise<Answer> {
  return take(work, intake, step(intake.form, intake.state, made, intake.context));
}

async function take(work: Work, intake: Intake, made: Step): Promise<Answer> {
  if (made.event.kind === 'submit') return sendIntake(work, await saveIntake(work, intake, { state: made.state }));
  const hold = await duplicateHold(work, intake, made);
  const next = await saveIntake(work, intake, { state: made.state, hold });
  if (hold) return answer(await duplicateMessage(work, next, hold));
  return answer(present(next, made.event, asideLines(intake, next, made)));
}

/** The hold for a system that has an open request already, when this step named the system. */
async function duplicateHold(work: Work, intake: Intake, made: Step): Promise<Extract<Hold, { kind: 'duplicate' }> | null> {
  const named = made.state.answers.system_name;
  if (typeof named !== 'string' || named === intake.state.answers.system_name) return null;
  const open = await work.tx.engagements.openForSystem(intake.offering.key, systemKey(named));
  if (!open || open.id === intake.record.amends) return null;
  return { kind: 'duplicate', number: open.number, systemName: open.systemName };
}

/** Says that the system has an open request, and what this person can do about it. */
export async function duplicateMessage(work: Work, intake: Intake, hold: Extract<Hold, { kind: 'duplicate' }>): Promise<Message> {
  const open = await work.tx.engagements.byNumber(hold.number);
  return copy.duplicateCard(intake.record.id, {
    number: hold.number,
    systemName: hold.systemName,
    mayAmend: may(work.person, 'request.amend', open) && open?.state !== 'KICKOFF_HELD',
    isParty: open ? partiesOf(open).includes(work.person.id) : false,
  });
}

function asideLines(before: Intake, after: Intake, made: Step): Line[] {
  const said: Line[] = before.afresh ? [copy.startedAfresh()] : [];
  if (made.dropped.length > 0) said.push(copy.droppedLine(made.dropped.map(({ label }) => label)));
  for (const warning of made.warnings) said.push([theirs(warning)]);
  const known = new Set(after.offering.notices(before.state.answers).map(({ key }) => key));
  for (const notice of after.offering.notices(after.state.answers)) {
    if (!known.has(notice.key)) said.push([theirs(notice.text)]);
  }
  return said;
}

/** The place where the person is, said afresh. */
export function presentHere(intake: Intake, before: readonly Line[] = []): Message {
  const said = intake.afresh ? [copy.startedAfresh(), ...before] : before;
  return present(intake, here(intake.form, intake.state, intake.context), said);
}

function present(intake: Intake, event: FormEvent, before: readonly Line[]): Message {
  const conversation = intake.record.id;
  switch (event.kind) {
    case 'asked':
      return ask(intake, event.question, event.current, before);
    case 'refused': {
      const said = [...before, copy.refusedLine(event.text), ...(event.offerPerson ? [copy.offerPersonLine()] : [])];
      return event.question ? ask(intake, event.question, null, said) : again(intake, said);
    }
    case 'explained':
      return ask(intake, event.question, null, [...before, copy.whyLine(event.why)]);
    case 'not-optional':
      return ask(intake, event.question, null, [...before, copy.notOptionalLine()]);
    case 'at-start':
      return event.question ? ask(intake, event.question, null, [...before, copy.atStartLine()]) : again(intake, before);
    case 'review':
      return copy.reviewCard({ conversation, rows: event.rows, before, amends: amendedNumber(intake), open: event.open?.ask ?? null });
    case 'no-such-row':
      return again(intake, [...before, copy.noSuchRowLine(event.rows, event.several)]);
    case 'incomplete':
      return ask(intake, event.question, null, [...before, copy.incompleteLine(event.missing.map(({ label }) => label))]);
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
  return copy.askMessage({
    conversation: intake.record.id,
    question: question.ask,
    number,
    of,
    optional: !question.required,
    current,
    field: fieldOf(question, intake.state.answers[question.key] ?? null, null),
    before,
  });
}

/** A button of a form: only while that form is open, and only by the person whose form it is. */
async function pressed(work: Work, id: ConversationId): Promise<Intake | Answer> {
  const intake = await intakeById(work, id);
  if (!intake) return answer(copy.formClosed());
  if (intake.record.status === 'finished' && intake.sentAs) return answer(alreadyReceived(intake.sentAs));
  if (intake.record.status === 'finished' || intake.record.status === 'cancelled') return answer(copy.formClosed());
  return intake;
}

const isAnswer = (value: Intake | Answer): value is Answer => 'say' in value;

/** A card's input was sent; when its question is no longer the open one, the open one is asked again. */
export async function answerFromCard(work: Work, id: ConversationId, key: string, values: RawValues): Promise<Answer> {
  const intake = await pressed(work, id);
  if (isAnswer(intake)) return intake;
  if (intake.hold) return settleHold(work, intake, intake.hold, '');
  if (intake.state.at !== key) return answer(presentHere(intake, [line`That question is answered already. This one is open:`]));
  const raw: RawValue = values[key] ?? null;
  return move(work, await opened(work, intake), { kind: 'answer', raw });
}

/** A button that stands for a typed word. */
export async function moveFromCard(work: Work, id: ConversationId, made: Move): Promise<Answer> {
  const intake = await pressed(work, id);
  if (isAnswer(intake)) return intake;
  if (intake.hold) return settleHold(work, intake, intake.hold, '');
  return move(work, await opened(work, intake), made);
}

/** The confirmation's checkboxes: every statement must be ticked. */
export async function confirmFromCard(work: Work, id: ConversationId, values: RawValues): Promise<Answer> {
  const intake = await pressed(work, id);
  if (isAnswer(intake)) return intake;
  const event = here(intake.form, intake.state, intake.context);
  if (event.kind !== 'confirm') return answer(presentHere(intake));
  const open = event.statements.filter(({ key }) => values[key] !== true && values[key] !== 'true');
  if (open.length > 0) {
    return answer(present(intake, event, [line`Please tick every statement, or type \`back\` to change your answers.`]));
  }
  return move(work, await opened(work, intake), { kind: 'confirm' });
}

/** A change, a skip, an answer also wakes a paused form. */
async function opened(work: Work, intake: Intake): Promise<Intake> {
  return intake.record.status === 'paused' ? saveIntake(work, intake, { status: 'open' }) : intake;
}

export async function pauseIntake(work: Work, intake: Intake): Promise<Answer> {
  await saveIntake(work, intake, { status: 'paused', hold: intake.hold?.kind === 'cancel' ? null : intake.hold });
  return answer(copy.paused());
}

/** Goes on with the open or paused form, at the same place. */
export async function resumeIntake(work: Work): Promise<Answer> {
  const intake = await currentIntake(work);
  if (!intake) return answer(copy.nothingPaused());
  const hold = intake.hold?.kind === 'cancel' ? null : intake.hold;
  const next = await saveIntake(work, intake, { status: 'open', hold });
  if (hold) return answerPrivately(await duplicateMessage(work, next, hold));
  return answerPrivately(presentHere({ ...next, afresh: intake.afresh }, [copy.resumed()]));
}

/** Asks before anything is thrown away. */
export async function askBeforeCancelling(work: Work, intake: Intake): Promise<Answer> {
  await saveIntake(work, intake, { hold: { kind: 'cancel' } });
  return answer(copy.cancelQuestion(intake.record.id));
}

/** Pause, cancel or discard by button. */
export async function closeFromCard(work: Work, id: ConversationId, how: 'pause' | 'cancel' | 'discard'): Promise<Answer> {
  const intake = await pressed(work, id);
  if (isAnswer(intake)) return intake;
  if (how === 'pause') return pauseIntake(work, intake);
  if (how === 'cancel') return askBeforeCancelling(work, intake);
  await saveIntake(work, intake, { status: 'cancelled', hold: null });
  return answer(copy.discarded());
}

/** Opens the page of the form on which the first open question stands. */
function openPage(intake: Intake): Answer {
  const open = openQuestion(intake.form, intake.state.answers);
  const all = pages(intake.form, intake.state.answers);
  const page = all.find((each) => each.questions.some(({ key }) => key === open?.key)) ?? all[0];
  if (!page) return answer(presentHere(intake));
  return answerWithDialog(dialogOf(intake, page.key));
}

/** The dialog of one page, filled with the answers so far. */
function dialogOf(intake: Intake, pageKey: string, values: RawValues = {}, errors: FieldErrors = {}): DialogPage {
  const page = pages(intake.form, intake.state.answers).find(({ key }) => key === pageKey);
  if (!page) throw new Error(`no page ${pageKey}`);
  return {
    title: `${page.title} (${page.number} of ${page.of})`,
    intro: [line`Please do not type personal, health or tax data.`],
    fields: fieldsOf(page, intake.state.answers, values, errors),
    sendLabel: page.number < page.of ? 'Save and go on' : 'Save',
    press: { verb: 'intake.page', subject: intake.record.id, choice: page.key },
  };
}

/** "Fill it in as a form". */
export async function openForm(work: Work, id: ConversationId): Promise<Answer> {
  const intake = await pressed(work, id);
  return isAnswer(intake) ? intake : openPage(await opened(work, intake));
}

/** A page was sent: good answers are kept even when others need mending. */
export async function savePage(work: Work, id: ConversationId, pageKey: string, values: RawValues): Promise<Answer> {
  const found = await pressed(work, id);
  if (isAnswer(found)) return found;
  const intake = await opened(work, found);
  const page = pages(intake.form, intake.state.answers).find(({ key }) => key === pageKey);
  if (!page) return answer(presentHere(intake));
  const read = readPage(page, values, intake.state.answers, intake.context);
  if (!read.ok) {
    await saveIntake(work, intake, { state: fill(intake.form, intake.state, read.refusal.kept, intake.context).state });
    return answerWithErrors(read.refusal.errors);
  }
  const made = fill(intake.form, intake.state, read.value, intake.context);
  const hold = await duplicateHold(work, intake, made);
  const next = await saveIntake(work, intake, { state: made.state, hold });
  if (hold) return answer(await duplicateMessage(work, next, hold));
  const following = pageAfter(next.form, next.state.answers, pageKey);
  const before = asideLines(intake, next, made);
  if (following && openQuestion(next.form, next.state.answers)) {
    const asides = before.length > 0 ? [say(...before)] : [];
    return answer(...asides, copy.pageSaved(page.number, page.of, intake.record.id));
  }
  return answer(presentHere(next, before));
}
