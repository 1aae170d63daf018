/** Dates of an engagement that meetings and prompts count from, recorded by ISPG or the contractor lead. */

import { mayEver } from '../domain/access.ts';
import { type Engagement, partiesOf } from '../domain/engagement.ts';
import { isAssigned, isPastKickoff } from '../domain/engagement-states.ts';
import type { RawValues } from '../domain/field.ts';
import { type EngagementId, findRequestNumber, type PersonId, type RequestNumber } from '../domain/ids.ts';
import { checkMilestone, MILESTONES, type Milestone, type MilestoneName } from '../domain/milestone.ts';
import { matchName } from '../domain/name-match.ts';
import type { Person } from '../domain/person.ts';
import { TRAINING_PROMPT_DAYS } from '../domain/session-prompts.ts';
import { daysBetween, localDate, readLocalDate } from '../domain/time.ts';
import { notBeforeKickoff } from '../messages/copy/meeting-verbs.ts';
import { nobodyCalled, severalCalled } from '../messages/copy/mends.ts';
import {
  GIVE_DAY,
  isByMove,
  milestoneByMove,
  milestoneByText,
  milestoneDialog,
  milestoneList,
  milestoneNotice,
  milestoneRecorded,
  milestoneRefused,
  milestoneWithoutNumber,
  NO_SERVICE_ISSO,
} from '../messages/copy/milestone.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { say } from '../messages/message.ts';
import { type EngagementRef, openEngagement } from './change-engagement.ts';
import { sensitiveKinds } from './guard.ts';
import { currentIntake } from './intake-context.ts';
import { offerSession } from './meeting-offer.ts';
import { readDayNear } from './meeting-words.ts';
import { lockCards } from './mirror-card.ts';
import { followTraining } from './note-training.ts';
import { offerInitial, setMilestone } from './set-milestone.ts';
import { loadPeople, tellPeople } from './tell.ts';
import { trainingNow } from './training-now.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

const VERB =
  /^(begin onboarding|onboarding began|work began|begin work|training done|training due|work ended|end work|milestones?)\b[\s:]*([^\n]{0,240})$/iu;
const NUMBERED = /^(?:for\s+)?([A-Za-z]{2,8}-20\d{2}-\d{1,6})\b[\s:;,]*(.*)$/isu;
/** Longer words without a number are about something else. */
const LONGEST_WITHOUT_NUMBER = 60;

/**
 * `begin onboarding ISSO-2026-0001 Ines Sorensen on Dec 15`; `training due …`; `milestones ISSO-2026-0001`. Without a number
 * it is said what is missing. Null for anything else.
 */
export async function routeMilestone(work: Work, typed: string): Promise<Answer | null> {
  const [whole, verb = '', behind = ''] = VERB.exec(typed) ?? [];
  if (whole === undefined) return null;
  const name = NAMES[verb.toLowerCase()] ?? null;
  const [, number = '', rest = ''] = NUMBERED.exec(behind) ?? [];
  const request = findRequestNumber(number);
  if (!request) return sayWhatIsMissing(work, name, behind);
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  return name ? recordFromText(work, request, name, rest) : showMilestones(work, request);
}

/** To those who record dates, where nothing else can be meant: a form that is open, and a channel, have words of their own. */
async function sayWhatIsMissing(
  work: Work,
  name: MilestoneName | null,
  behind: string,
): Promise<Answer | null> {
  if (!mayEver(work.person, 'milestone.record-some')) return null;
  if (behind.length > LONGEST_WITHOUT_NUMBER || behind.includes('?')) return null;
  const mayMeanElse =
    work.from.channel === null ? (await currentIntake(work))?.record.status === 'open' : behind !== '';
  return mayMeanElse ? null : answer(milestoneWithoutNumber(name));
}

const NAMES: Readonly<Record<string, MilestoneName>> = {
  'begin onboarding': 'onboarding-began',
  'onboarding began': 'onboarding-began',
  'begin work': 'work-began',
  'work began': 'work-began',
  'training done': 'training-done',
  'training due': 'training-due',
  'work ended': 'work-ended',
  'end work': 'work-ended',
};

/** The dates recorded so far, with the button that records one. */
export async function showMilestones(work: Work, number: RequestNumber): Promise<Answer> {
  const opened = await openForMilestone(work, { number, version: null });
  if ('say' in opened) return opened;
  const milestones = await work.tx.milestones.ofEngagement(opened.id);
  const people = await loadPeople(
    work,
    milestones.map(({ personId }) => personId),
  );
  return answer(milestoneList(opened, milestones, people));
}

/** Opens the dialog in which a date is recorded. */
export async function askForMilestone(work: Work, number: RequestNumber): Promise<Answer> {
  const opened = await openForMilestone(work, { number, version: null });
  if ('say' in opened) return opened;
  const people = await work.tx.people.withRole('service_isso');
  if (people.length === 0) return answer(say(NO_SERVICE_ISSO));
  return answerWithDialog(milestoneDialog(opened, people, today(work)));
}

/** Records from the dialog's values. */
export async function recordMilestoneFromDialog(
  work: Work,
  number: RequestNumber,
  values: RawValues,
): Promise<Answer> {
  const opened = await openForMilestone(work, { number, version: null });
  if ('say' in opened) return opened;
  const name = MILESTONES.find((each) => each === values.milestone);
  const people = await work.tx.people.withRole('service_isso');
  const person = people.find(({ id }) => id === values.person);
  const on = readLocalDate(String(values.on ?? '').trim());
  if (!name || !person || !on)
    return answerWithErrors({
      ...(name ? {} : { milestone: 'Please pick what happened.' }),
      ...(person ? {} : { person: 'Please pick a Service ISSO.' }),
      ...(on ? {} : { on: GIVE_DAY }),
    });
  const refusal = await whyNot(work, opened, { name, personId: person.id, on });
  return refusal ? answerWithErrors({ on: refusal }) : save(work, opened, name, person, on);
}

async function recordFromText(
  work: Work,
  number: RequestNumber,
  name: MilestoneName,
  rest: string,
): Promise<Answer> {
  const opened = await openForMilestone(work, { number, version: null });
  if ('say' in opened) return opened;
  const [, who = '', day = ''] = /^(.*?)(?:(?<!\s)\s+on\s+(.+?))?(?<![.\s])[.\s]*$/isu.exec(rest) ?? [];
  if (who.trim() === '') return answer(milestoneByText(number, name));
  const match = matchName(await work.tx.people.withRole('service_isso'), who);
  if (!match.ok) {
    const mend = match.refusal.code === 'several' ? severalCalled(match.refusal) : nobodyCalled(who);
    return answer(say(mend, NO_SERVICE_ISSO));
  }
  const isToday = day === '' && name !== 'training-due';
  const on = isToday ? today(work) : readDayNear(day, today(work));
  if (!on) return answer(say(GIVE_DAY));
  const refusal = await whyNot(work, opened, { name, personId: match.value.id, on });
  return refusal ? answer(say(refusal)) : save(work, opened, name, match.value, on);
}

const today = (work: Work): string => localDate(work.now, work.programme.timeZone);

/** The request, locked, if the person may and its kickoff was held; else the answer. */
async function openForMilestone(work: Work, ref: EngagementRef): Promise<Engagement | Answer> {
  // Training that is done is so in all engagements of its person.
  await lockCards(work, ref.number);
  const opened = await openEngagement(work, ref, 'milestone.record');
  if (!opened.ok) return opened.answer;
  return isPastKickoff(opened.value.state) ? opened.value : answer(notBeforeKickoff(ref.number));
}

/** Why the date does not fit the others of the same Service ISSO; null when it does. */
async function whyNot(
  work: Work,
  { id, number, state }: Engagement,
  wanted: Pick<Milestone, 'name' | 'personId' | 'on'>,
): Promise<string | null> {
  if (isAssigned(state) && isByMove(wanted.name)) return milestoneByMove(number, wanted.name);
  const all = await work.tx.milestones.ofEngagement(id);
  const own = all.filter(({ personId }) => personId === wanted.personId);
  const known = wanted.name === 'training-done' ? await withNewest(work, id, own, wanted.personId) : own;
  const checked = checkMilestone(known, wanted, today(work));
  return checked.ok ? null : milestoneRefused(number, wanted.name, checked.refusal);
}

/** Training is of the person: a newer day counts, wherever it is noted. */
async function withNewest(
  work: Work,
  engagementId: EngagementId,
  own: readonly Milestone[],
  personId: PersonId,
): Promise<readonly Milestone[]> {
  const { doneOn } = (await trainingNow(work, personId)).rbt;
  const here = own.find(({ name }) => name === 'training-done')?.on ?? '';
  if (doneOn === null || doneOn <= here) return own;
  const newest: Milestone = { engagementId, personId, name: 'training-done', on: doneOn };
  return [...own.filter(({ name }) => name !== 'training-done'), newest];
}

async function save(
  work: Work,
  engagement: Engagement,
  name: MilestoneName,
  person: Person,
  on: string,
): Promise<Answer> {
  const dueOn = await setMilestone(work, engagement, { name, personId: person.id, on });
  if (name === 'training-done') await followTraining(work, engagement, person.id, on);
  const told = [
    // When somebody's training is due concerns those who see to it.
    ...(name === 'training-due' ? [] : partiesOf(engagement)),
    person.id,
    ...(engagement.triagedById ? [engagement.triagedById] : []),
  ];
  await tellPeople(
    work,
    told.filter((id) => id !== work.person.id),
    {
      key: `milestone:${engagement.id}:${name}:${person.id}:${on}`,
      kind: 'notice',
      message: milestoneNotice(engagement, name, person, on),
    },
  );
  const isOffered =
    name === 'onboarding-began'
      ? await offerInitial(work, engagement, person.id)
      : name === 'training-due' && (await offerReview(work, on));
  return answer(milestoneRecorded(engagement, name, person, on, { isOffered, dueOn }));
}

/** Somebody who is due soon can't wait for the next prompt. */
async function offerReview(work: Work, dueOn: string): Promise<boolean> {
  if (daysBetween(today(work), dueOn) > TRAINING_PROMPT_DAYS) return false;
  return (await offerSession(work, 'rbt_review', null, { reason: 'training-due' })) !== null;
}
