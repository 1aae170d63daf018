/** The open form of one person: loading it, saving it, and what its questions need to know. */
import type { ConversationId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { localDate } from '../domain/time.ts';
import { begin } from '../forms/conversation.ts';
import { type ConversationState, parseState } from '../forms/conversation-state.ts';
import type { Form } from '../forms/form.ts';
import type { Answers, FormContext } from '../forms/question.ts';
import { offeringOf } from '../offerings/catalogue.ts';
import type { WorkflowOffering } from '../offerings/offering.ts';
import type { ConversationRecord } from '../ports.ts';
import { sensitiveKinds } from './guard.ts';
import type { Work } from './work.ts';

/** A question of ours that must be answered before the form goes on. */
export type Hold =
  | { readonly kind: 'duplicate'; readonly number: string; readonly systemName: string }
  | { readonly kind: 'cancel' };

/**
 * Whether chat has said where the form stands: `changed` when something was kept of a dialog since, `never-asked` for a form that
 * was opened as a dialog.
 */
export type Untold = 'no' | 'changed' | 'never-asked';

/** What it is after a dialog was at work. */
export const untoldAfter = ({ untold }: Pick<Intake, 'untold'>): Untold =>
  untold === 'never-asked' ? untold : 'changed';

/** What the conversation row keeps. */
interface Kept {
  readonly form: ConversationState;
  readonly hold: Hold | null;
  /** The request's number once sent. */
  readonly sentAs: string | null;
  /** How often each page of the form was taken: what is half filled in an older dialog is out of date. */
  readonly pagesSent: Readonly<Record<string, number>>;
  readonly untold: Untold;
  /** The record's version in which the answers changed last. */
  readonly answersVersion: number;
}

/** One person's form with all it needs. */
export interface Intake {
  readonly record: ConversationRecord;
  readonly offering: WorkflowOffering;
  readonly form: Form;
  readonly state: ConversationState;
  readonly hold: Hold | null;
  readonly sentAs: string | null;
  readonly pagesSent: Kept['pagesSent'];
  readonly untold: Untold;
  readonly answersVersion: number;
  readonly context: Omit<FormContext, 'people'> & { readonly people: readonly Person[] };
  /** The stored state was of an older form: say so once. */
  readonly afresh: boolean;
}

type Looking = Pick<Work, 'tx' | 'now' | 'person' | 'programme'>;

/** What questions need: today in the person's zone, the people that can be named, the privacy guard. */
export async function formContext(work: Pick<Work, 'tx' | 'now' | 'person'>): Promise<Intake['context']> {
  return {
    today: localDate(work.now, work.person.timeZone),
    timeZone: work.person.timeZone,
    people: await work.tx.people.list(),
    sensitive: sensitiveKinds,
  };
}

/** The person's open or paused form; null when there is none. */
export async function currentIntake(work: Looking): Promise<Intake | null> {
  const record = await work.tx.conversations.current(work.person.id);
  return record ? intakeOf(work, record) : null;
}

/** The form of that id if it is this person's, whatever its status. */
export async function intakeById(work: Work, id: ConversationId): Promise<Intake | null> {
  const current = await currentIntake(work);
  if (current?.record.id === id) return current;
  const record = await work.tx.conversations.get(id);
  return record && record.personId === work.person.id ? intakeOf(work, record) : null;
}

async function intakeOf(work: Looking, record: ConversationRecord): Promise<Intake> {
  const offering = offeringOf(work.programme.catalogue, record);
  const { form } = offering;
  const context = await formContext(work);
  const stored = (record.state ?? {}) as Partial<Kept>;
  const parsed = parseState(form, stored.form);
  const state = parsed?.state ?? begin(form, {}, context).state;
  return {
    record,
    offering,
    form,
    state,
    hold: stored.hold ?? null,
    sentAs: stored.sentAs ?? null,
    pagesSent: stored.pagesSent ?? {},
    untold: stored.untold ?? 'no',
    answersVersion: stored.answersVersion ?? record.version,
    context,
    afresh: parsed === null || parsed.dropped.length > 0,
  };
}

/** Opens a new form for the person, with what is known filled in. */
export async function openIntake(
  work: Work,
  offering: WorkflowOffering,
  prefilled: Answers,
  amends: string | null,
  untold: Untold = 'no',
): Promise<Intake> {
  const context = await formContext(work);
  const { state } = begin(offering.form, prefilled, context);
  const news = { hold: null, sentAs: null, pagesSent: {}, untold, answersVersion: 1 };
  const kept: Kept = { form: state, ...news };
  const record: ConversationRecord = {
    id: work.newId(),
    personId: work.person.id,
    offering: offering.key,
    formVersion: offering.form.version,
    status: 'open',
    version: 1,
    state: kept,
    amends,
    startedAt: work.now,
    updatedAt: work.now,
  };
  await work.tx.conversations.insert(record);
  return { record, offering, form: offering.form, state, ...news, context, afresh: false };
}

/**
 * Saves what changed; the caller holds the person's lock, so a clash is a bug. What is said in chat afterwards tells where the
 * form stands, so `untold` ends with every save that does not name it.
 */
export async function saveIntake(
  work: Work,
  intake: Intake,
  change: Partial<Pick<Intake, 'state' | 'hold' | 'sentAs' | 'pagesSent' | 'untold'>> & {
    readonly status?: ConversationRecord['status'];
  },
): Promise<Intake> {
  const version = intake.record.version + 1;
  const isSame =
    change.state === undefined ||
    JSON.stringify(change.state.answers) === JSON.stringify(intake.state.answers);
  const answersVersion = isSame ? intake.answersVersion : version;
  const next: Intake = { ...intake, untold: 'no', ...change, answersVersion };
  const { state: form, hold, sentAs, pagesSent, untold } = next;
  const kept: Kept = { form, hold, sentAs, pagesSent, untold, answersVersion };
  const record: ConversationRecord = {
    ...intake.record,
    status: change.status ?? intake.record.status,
    formVersion: intake.form.version,
    version,
    state: kept,
    updatedAt: work.now,
  };
  if (!(await work.tx.conversations.update(record)))
    throw new Error(`conversation ${record.id} changed while it was locked`);
  return { ...next, record, afresh: false };
}
