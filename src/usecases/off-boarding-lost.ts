/** Something is lost: who is told at once, and the confirmation that it was reported (domain reference 4.6, ARS IR-6). */
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { lineOf } from '../domain/off-boarding.ts';
import { type Loss, lossReported, lossToReport } from '../messages/copy/off-boarding-news.ts';
import { nameOf } from '../messages/copy/people.ts';
import type { Message } from '../messages/message.ts';
import { INCIDENT_CONTACT, INCIDENT_HOURS } from '../offerings/incident.ts';
import type { KeptRecord } from './off-boarding-record.ts';
import { loadPeople, tellPeople } from './tell.ts';
import type { Work } from './work.ts';

const HOUR_MS = 3_600_000;

/**
 * Tells the person, the contractor leads, the GTL and ISPG to report it within the hour, each by direct message at whatever hour it
 * is. Answers the same for whoever just said so.
 */
export async function tellLost(
  work: Work,
  engagement: Engagement,
  { personId, record, version }: KeptRecord,
  key: string,
): Promise<Message> {
  const people = await loadPeople(work, [personId]);
  const loss: Loss = {
    engagement,
    what: lineOf(record, key)?.what ?? key,
    personName: nameOf(people, personId),
    contact: work.programme.incidentContact ?? INCIDENT_CONTACT,
    reportBy: new Date(work.now.getTime() + INCIDENT_HOURS * HOUR_MS),
  };
  const message = lossToReport(loss);
  await tellPeople(work, await whoActs(work, personId), {
    key: `lost:${engagement.id}:${personId}:${key}:${version}`,
    kind: 'escalation',
    urgency: 'security',
    message,
  });
  return message;
}

/** The loss is reported, and the number known: those who were told hear of it. */
export async function tellLossReported(
  work: Work,
  engagement: Engagement,
  { personId, record, version }: KeptRecord,
  key: string,
): Promise<Message> {
  const line = lineOf(record, key);
  const message = lossReported(engagement, line?.what ?? key, line?.incident?.number ?? '');
  await tellPeople(work, await whoActs(work, personId), {
    key: `lost-reported:${engagement.id}:${personId}:${key}:${version}`,
    kind: 'notice',
    message,
  });
  return message;
}

/** Never a channel: it names a person. Whoever speaks hears it as their answer. */
async function whoActs(work: Work, personId: PersonId): Promise<readonly PersonId[]> {
  const ids = new Set<PersonId>([personId]);
  for (const role of ['contractor_lead', 'gtl', 'ispg_team'] as const)
    for (const { id } of await work.tx.people.withRole(role)) ids.add(id);
  return [...ids].filter((id) => id !== work.person.id);
}
