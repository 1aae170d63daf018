/** Keeping what somebody reported of an off-boarding record, and telling those whom it concerns. */
import type { Engagement } from '../domain/engagement.ts';
import { lineOf, type OffBoardingRecord, openLines } from '../domain/off-boarding.ts';
import { lineReported } from '../messages/copy/off-boarding.ts';
import { allSettled, reportedByIsso } from '../messages/copy/off-boarding-news.ts';
import type { Message } from '../messages/message.ts';
import { record as writeDown } from './change-engagement.ts';
import type { OpenedRecord } from './off-boarding-line.ts';
import { tellLossReported, tellLost } from './off-boarding-lost.ts';
import { type KeptRecord, keepRecord, recordsOf } from './off-boarding-record.ts';
import { namesAround, tellRecordCards, viewFor } from './off-boarding-view.ts';
import { tellPeople } from './tell.ts';
import { peopleOfSide } from './tell-step.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** The next version, with its record and all that is told; `keys` are the lines that changed. */
export async function keepReport(
  work: Work,
  { engagement, kept: before }: OpenedRecord,
  record: OffBoardingRecord,
  keys: readonly string[],
): Promise<Answer> {
  const kept = await keepRecord(work, engagement, before.personId, record);
  const isOwn = work.person.id === kept.personId;
  await writeDown(work, engagement, {
    verb: isOwn ? 'off-boarding.write-own' : 'off-boarding.write',
    from: engagement.state,
    to: engagement.state,
    facts: {
      person: kept.personId,
      version: String(kept.version),
      lines: keys.map((key) => `${key}=${lineOf(record, key)?.state ?? ''}`).join(','),
    },
  });
  const losses = await tellLosses(work, engagement, before, kept, keys);
  if (isOwn) await tellContractor(work, engagement, kept, keys);
  if (openLines(record).length === 0 && openLines(before.record).length > 0)
    await tellSettled(work, engagement, kept);
  await tellRecordCards(work, engagement, kept);
  return answerPrivately(...losses, ...(await answerFor(work, engagement, kept, keys)));
}

/** What was lost with this report, and what was reported as lost by now. */
async function tellLosses(
  work: Work,
  engagement: Engagement,
  before: KeptRecord,
  kept: KeptRecord,
  keys: readonly string[],
): Promise<readonly Message[]> {
  const said: Message[] = [];
  for (const key of keys) {
    const [was, is] = [lineOf(before.record, key), lineOf(kept.record, key)];
    if (is?.state !== 'reported_lost') continue;
    if (was?.state !== 'reported_lost') said.push(await tellLost(work, engagement, kept, key));
    else if (is.incident?.confirmed && !was.incident?.confirmed)
      said.push(await tellLossReported(work, engagement, kept, key));
  }
  return said;
}

async function tellContractor(
  work: Work,
  engagement: Engagement,
  { personId, record, version }: KeptRecord,
  keys: readonly string[],
): Promise<void> {
  const whats = keys.flatMap((key) => lineOf(record, key)?.what ?? []);
  await tellPeople(work, await peopleOfSide(work, engagement, 'contractor'), {
    key: `off-boarding-by-isso:${engagement.id}:${personId}:${version}`,
    kind: 'notice',
    urgency: 'routine',
    message: reportedByIsso(engagement, whats),
  });
}

async function tellSettled(
  work: Work,
  engagement: Engagement,
  { personId, version }: KeptRecord,
): Promise<void> {
  const isEnding = engagement.state === 'OFFBOARDING' && engagement.course.serviceIssoId === personId;
  await tellPeople(work, await peopleOfSide(work, engagement, 'contractor'), {
    key: `off-boarding-settled:${engagement.id}:${personId}:${version}`,
    kind: 'notice',
    message: allSettled(engagement, isEnding),
  });
}

async function answerFor(
  work: Work,
  engagement: Engagement,
  kept: KeptRecord,
  keys: readonly string[],
): Promise<readonly Message[]> {
  const people = await namesAround(work, engagement);
  const isOneOfSeveral = (await recordsOf(work, engagement)).length > 1;
  const view = viewFor(work, engagement, kept, work.person, { people, isOneOfSeveral });
  return view ? [lineReported(view, keys)] : [];
}
