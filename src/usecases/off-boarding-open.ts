/** A Service ISSO leaves: their off-boarding record is opened, what came after their last day is called off, and those concerned are told. */
import { roleUsed } from '../domain/access.ts';
import { overallFips } from '../domain/context.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { MeetingId, PersonId } from '../domain/ids.ts';
import { cancel } from '../domain/meeting.ts';
import { MEETING_KINDS } from '../domain/meeting-kinds.ts';
import { checkMilestone } from '../domain/milestone.ts';
import type { Leaving } from '../domain/off-boarding.ts';
import { openRecord } from '../domain/off-boarding-open.ts';
import { addDays, DAY_MS, instantOf, type LocalDate, localDate } from '../domain/time.ts';
import {
  type Ending,
  endToContract,
  endToIsso,
  endToOwner,
  endToSuccessor,
} from '../messages/copy/off-boarding-news.ts';
import { nameOf } from '../messages/copy/people.ts';
import { listIn } from '../offerings/answered.ts';
import { contextFacts } from '../offerings/context-assessment.ts';
import { leavingLines } from '../offerings/off-boarding-lines.ts';
import { cardNow, newestOf } from './information-card.ts';
import { saveStep } from './meeting-change.ts';
import { openSession } from './meeting-offer.ts';
import { type KeptRecord, keepRecord } from './off-boarding-record.ts';
import { tellRecordCards } from './off-boarding-view.ts';
import { paperNow } from './paper.ts';
import type { MeetingTeller } from './remind-of-meeting.ts';
import { loadPeople, routineByItself, tellPerson, tellRole } from './tell.ts';

/** Meetings are booked no further ahead. */
const BOOKED_AHEAD_DAYS = 800;

/** Somebody at work, or a job. */
type Opening = MeetingTeller;

export interface Leave {
  readonly personId: PersonId;
  readonly endOn: LocalDate;
  readonly leaving: Leaving;
  /** The Service ISSO is changed and the engagement goes on. */
  readonly isPersonal: boolean;
}

/** Opens the record of whoever leaves; one of an earlier time stays as its versions. */
export async function openOffBoarding(
  work: Opening,
  engagement: Engagement,
  leave: Leave,
): Promise<KeptRecord> {
  const { personId, endOn, leaving, isPersonal } = leave;
  const card = await cardNow(work, engagement, personId);
  const isKnown = card !== null && card.version > 0;
  const begun = isKnown
    ? card.card.items.filter(({ state }) => state.is !== 'not_started' && state.is !== 'not_needed')
    : null;
  const assessment = (await paperNow(work, engagement, 'context-assessment')).answers;
  const form = (await paperNow(work, engagement, 'request-form')).answers;
  const equipment = listIn(form, 'equipment');
  const lines = leavingLines({
    leaving,
    isPersonal,
    template: card?.template ?? newestOf(work, engagement),
    begun: begun && new Set(begun.map(({ key }) => key)),
    equipment: equipment.length === 0 ? null : equipment,
    fips: overallFips(contextFacts(assessment, form).fips),
    isHva: engagement.course.context?.isHva ?? null,
  });
  const record = openRecord({ leaving, endOn, lines }, work.programme);
  const kept = await keepRecord(work, engagement, personId, record);
  await note(work, engagement, 'off-boarding.open', {
    person: personId,
    on: endOn,
    lines: String(lines.length),
  });
  await noteWorkEnded(work, engagement, personId, endOn);
  await tellRecordCards(work, engagement, kept);
  return kept;
}

/** The last day, where the person had begun to work. */
export async function noteWorkEnded(
  work: Opening,
  engagement: Engagement,
  personId: PersonId,
  on: LocalDate,
): Promise<void> {
  const all = await work.tx.milestones.ofEngagement(engagement.id);
  const own = all.filter((each) => each.personId === personId);
  const today = localDate(work.now, work.programme.timeZone);
  if (!checkMilestone(own, { name: 'work-ended', on }, today).ok) return;
  await work.tx.milestones.set({ engagementId: engagement.id, name: 'work-ended', personId, on });
  await note(work, engagement, 'milestone.record', { milestone: 'work-ended', person: personId, on });
}

/** What the end of an engagement brings with it, once it is ending and saved: the record, meetings that are called off, everybody told. */
export async function startEnding(work: Opening, engagement: Engagement): Promise<void> {
  const { offBoarding, serviceIssoId } = engagement.course;
  if (!offBoarding || serviceIssoId === null) throw new Error(`${engagement.id} does not end`);
  const { endOn } = offBoarding;
  await callOffAfter(work, engagement, endOn);
  await callOffInitial(work, engagement, 'engagement-ends');
  const ending = await endingOf(work, engagement);
  const telling = {
    key: `ending:${engagement.id}:${engagement.version}`,
    kind: 'notice',
    ...routineByItself(work),
  } as const;
  const told = [
    [engagement.businessOwnerId, endToOwner(ending)],
    [serviceIssoId, endToIsso(engagement, endOn)],
    ...(offBoarding.handOverId === engagement.businessOwnerId
      ? []
      : [[offBoarding.handOverId, endToSuccessor(ending)] as const]),
  ] as const;
  for (const [id, message] of told) await tellPerson(work, id, { ...telling, message });
  for (const role of ['contractor_lead', 'cor'] as const)
    await tellRole(work, role, { ...telling, message: endToContract(ending) });
  await openOffBoarding(work, engagement, {
    personId: serviceIssoId,
    endOn,
    leaving: 'leaves',
    isPersonal: false,
  });
}

/** The end as it is told. Throws (a bug) for an engagement that does not end. */
export async function endingOf(work: Pick<Opening, 'tx'>, engagement: Engagement): Promise<Ending> {
  const { offBoarding } = engagement.course;
  if (!offBoarding) throw new Error(`${engagement.id} does not end`);
  const people = await loadPeople(work, [offBoarding.handOverId]);
  return {
    engagement,
    endOn: offBoarding.endOn,
    reason: offBoarding.reason,
    handOverName: nameOf(people, offBoarding.handOverId),
  };
}

/** The initial meeting with somebody who leaves takes place no more, on offer or booked. */
export async function callOffInitial(work: Opening, engagement: Engagement, reason: string): Promise<void> {
  const open = await openSession(work, 'initial', engagement);
  if (open) await callOff(work, engagement, open.id, reason);
}

async function callOff(work: Opening, engagement: Engagement, id: MeetingId, reason: string): Promise<void> {
  const meeting = await work.tx.meetings.forChange(id);
  const made = meeting && cancel(meeting);
  if (made?.ok)
    await saveStep(work, made.value, engagement, { verb: 'meeting.cancel', before: meeting, reason });
}

/** Calls off the engagement's meetings that are booked for later than its last day. */
async function callOffAfter(work: Opening, engagement: Engagement, endOn: LocalDate): Promise<void> {
  const after = instantOf(addDays(endOn, 1), '00:00', work.programme.timeZone);
  const from = new Date(Math.max(after.getTime(), work.now.getTime()));
  const until = new Date(from.getTime() + BOOKED_AHEAD_DAYS * DAY_MS);
  for (const kind of MEETING_KINDS) {
    if (kind === 'kickoff') continue;
    for (const { id, engagementId } of await work.tx.meetings.bookedOf(kind, from, until)) {
      if (engagementId === engagement.id) await callOff(work, engagement, id, 'engagement-ends');
    }
  }
}

/** One line of the append-only record; the bot is named where nobody is at work. */
async function note(
  work: Opening,
  engagement: Engagement,
  verb: string,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  await work.tx.audit.append({
    at: work.now,
    actorId: work.person?.id ?? null,
    forId: null,
    role: work.person ? roleUsed(work.person, engagement) : 'bot',
    verb,
    engagementId: engagement.id,
    from: engagement.state,
    to: engagement.state,
    reason: null,
    platform: work.from?.platform ?? 'bot',
    facts,
  });
}
