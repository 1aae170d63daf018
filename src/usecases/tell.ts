/** Writing deliveries: everything said to anybody but the person who just spoke. */
import type { Topic } from '../domain/contact.ts';
import { assignedIdsOf, type Engagement, partiesOf } from '../domain/engagement.ts';
import type { CardKey, DeliveryKey, PersonId } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { People, Person, Role } from '../domain/person.ts';
import { parseAnswers } from '../forms/form.ts';
import { statusCard } from '../messages/copy/request.ts';
import { triageCard } from '../messages/copy/triage.ts';
import type { Message } from '../messages/message.ts';
import { workflowBy } from '../offerings/catalogue.ts';
import type { Attachment, Channel, DeliveryKind, Platform, Recipient, StillTrue, Urgency } from '../ports.ts';
import type { Work } from './work.ts';

interface Telling {
  readonly key: DeliveryKey;
  readonly kind: DeliveryKind;
  /** Left out: `asked` for whoever is at work here, `told` for everybody else. */
  readonly urgency?: Urgency;
  readonly topic?: Topic;
  readonly message: Message;
  readonly attachment?: Attachment;
  readonly via?: Platform;
  readonly dueAt?: Date;
  readonly expiresAt?: Date;
  readonly stillTrue?: StillTrue;
  readonly card?: CardKey;
  readonly about?: string;
}

/** A transaction and an instant; with a person when somebody is at work, without one in a job. */
type Teller = Pick<Work, 'tx' | 'now'> & Partial<Pick<Work, 'person' | 'told'>>;

/** For what the calendar brings while nobody is at work: nobody asked for it, so it is part of the message of the day. */
export const routineByItself = ({ person }: Teller): { readonly urgency?: 'routine' } =>
  person ? {} : { urgency: 'routine' };

/** Tells one person. The key gets the person's id behind it, so that one telling to several has one name. */
export function tellPerson(work: Teller, personId: PersonId, telling: Telling): Promise<boolean> {
  return enqueue(work, { kind: 'person', personId }, { ...telling, key: `${telling.key}:${personId}` });
}

/** Tells a channel. */
export function tellChannel(work: Teller, channel: Channel, telling: Telling): Promise<boolean> {
  return enqueue(work, { kind: 'channel', channel }, { ...telling, key: `${telling.key}:#${channel}` });
}

/** Mails to a person's mailbox, whether they chat or not. */
export function tellMailbox(work: Teller, personId: PersonId, telling: Telling): Promise<boolean> {
  return enqueue(work, { kind: 'mailbox', personId }, { ...telling, key: `${telling.key}:${personId}` });
}

/** Tells several people the same. */
export async function tellPeople(work: Teller, ids: Iterable<PersonId>, telling: Telling): Promise<void> {
  for (const id of new Set(ids)) await tellPerson(work, id, telling);
}

/** Tells everybody who holds a role, such as the Government Task Lead. */
export async function tellRole(work: Teller, role: Role, telling: Telling): Promise<void> {
  const holders = await work.tx.people.withRole(role);
  await tellPeople(
    work,
    holders.map((person) => person.id),
    telling,
  );
}

async function enqueue(work: Teller, to: Recipient, telling: Telling): Promise<boolean> {
  if (to.kind === 'person' && telling.kind === 'notice') work.told?.add(to.personId);
  return work.tx.deliveries.enqueue({
    key: telling.key,
    to,
    kind: telling.kind,
    urgency: telling.urgency ?? (to.kind === 'person' && to.personId === work.person?.id ? 'asked' : 'told'),
    topic: telling.topic ?? null,
    message: telling.message,
    attachment: telling.attachment ?? null,
    via: telling.via ?? null,
    dueAt: telling.dueAt ?? work.now,
    expiresAt: telling.expiresAt ?? null,
    stillTrue: telling.stillTrue ?? null,
    card: telling.card ?? null,
    about: telling.about ?? null,
  });
}

/** The people of these ids; ids nobody has are left out. */
export async function loadPeople(work: Pick<Work, 'tx'>, ids: Iterable<PersonId | null>): Promise<People> {
  const wanted = [...new Set(ids)].filter((id) => id !== null);
  return new Map((await work.tx.people.some(wanted)).map((person) => [person.id, person]));
}

/** Everybody whom the roster names now. */
export const everybody = async (work: Pick<Work, 'tx'>): Promise<Person[]> =>
  (await work.tx.people.list()).filter(({ roles }) => roles.length > 0);

/** Everybody a message about the engagement and its kickoff may name. */
export function peopleAround(
  work: Pick<Work, 'tx'>,
  engagement: Engagement,
  meeting: Meeting | null,
): Promise<People> {
  return loadPeople(work, [
    ...partiesOf(engagement),
    engagement.triagedById,
    engagement.ending?.byId ?? null,
    ...assignedIdsOf(engagement),
    engagement.course.candidate?.personId ?? null,
    ...(meeting?.attendeeIds ?? []),
  ]);
}

/** What the offering says about the answers, such as that an assessor must be independent. */
function noticesOf({ programme }: Pick<Work, 'programme'>, engagement: Engagement): string[] {
  const offering = workflowBy(programme.catalogue, engagement.offering);
  if (!offering) return [];
  const stored = Object.fromEntries(engagement.answers.map(({ key, value }) => [key, value]));
  return offering.notices(parseAnswers(offering.form, stored).answers).map(({ text }) => text);
}

/** Redraws the cards that follow the request: one for each party, one in the ISPG channel. */
export async function refreshCards(
  work: Teller & Pick<Work, 'programme'>,
  engagement: Engagement,
  meeting: Meeting | null,
): Promise<void> {
  const people = await peopleAround(work, engagement, meeting);
  const version = `${engagement.version}.${meeting?.version ?? 0}`;
  for (const id of partiesOf(engagement)) {
    const reader = people.get(id);
    if (!reader) continue;
    await tellPerson(work, id, {
      key: `status:${engagement.id}:${version}`,
      kind: 'card',
      message: statusCard(engagement, meeting, people, reader, work.now),
      card: `status:${engagement.id}:${id}`,
    });
  }
  if (engagement.submittedAt === null) return;
  await tellChannel(work, 'ispg', {
    key: `triage:${engagement.id}:${version}`,
    kind: 'card',
    message: triageCard(engagement, meeting, people, noticesOf(work, engagement), work.now),
    card: `triage:${engagement.id}`,
  });
}
