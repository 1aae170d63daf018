import { may } from '../domain/access.ts';
import { amendRequest, type Engagement, fileRequest, partiesOf, systemKey } from '../domain/engagement.ts';
import { requestNumber } from '../domain/ids.ts';
import { localDate } from '../domain/time.ts';
import { storedAnswers } from '../forms/form.ts';
import { closedKept } from '../messages/copy/catalogue.ts';
import * as copy from '../messages/copy/intake.ts';
import { nameOf } from '../messages/copy/people.ts';
import { engagementRefusal, noAccess } from '../messages/copy/refusals.ts';
import { amended, amendedNotice, confirmCard, ownerStays, receipt } from '../messages/copy/request.ts';
import { record, saveEngagement } from './change-engagement.ts';
import { startTriage } from './follow-request.ts';
import { type Intake, saveIntake } from './intake-context.ts';
import { isOpen, shownOf } from './offering-shown.ts';
import { duplicateMessage } from './present-intake.ts';
import { loadPeople, peopleAround, refreshCards, tellPeople, tellPerson } from './tell.ts';
import { type Answer, answer, answerWithUpdate, type Work } from './work.ts';

/** Everything is answered and confirmed: files the request, or saves the changes to the one being amended. */
export async function sendIntake(work: Work, intake: Intake): Promise<Answer> {
  return intake.record.amends ? sendAmendment(work, intake, intake.record.amends) : sendNew(work, intake);
}

async function sendNew(work: Work, intake: Intake): Promise<Answer> {
  // Begun while it took requests: what was answered is kept.
  if (!isOpen(work, intake.offering)) return answer(closedKept(shownOf(work, intake.offering)));
  const facts = intake.offering.facts(intake.state.answers, intake.context.people);
  if (!facts) throw new Error('a complete form has the facts of a request');
  const open = await work.tx.engagements.openForSystem(intake.offering.key, systemKey(facts.systemName));
  if (open) return holdForDuplicate(work, intake, open);
  const year = Number(localDate(work.now, work.programme.timeZone).slice(0, 4));
  const sequence = await work.tx.engagements.nextNumber(intake.offering.numberPrefix, year);
  const { engagement } = fileRequest(
    {
      id: work.newId(),
      number: requestNumber(intake.offering.numberPrefix, year, sequence),
      offering: intake.offering.key,
      formVersion: intake.form.version,
      ...facts,
      answers: storedAnswers(intake.form, intake.state.answers, intake.context),
      requesterId: work.person.id,
    },
    work.now,
  );
  await work.tx.engagements.insert(engagement);
  await saveIntake(work, intake, { status: 'finished', sentAs: engagement.number, hold: null });
  await record(work, engagement, {
    verb: 'request.file',
    from: null,
    to: engagement.state,
    facts: { conversation: intake.record.id },
  });
  await refreshCards(work, engagement, null);
  const people = await peopleAround(work, engagement, null);
  if (engagement.state === 'DRAFT') {
    await tellPerson(work, engagement.businessOwnerId, {
      key: `confirm:${engagement.id}`,
      kind: 'notice',
      message: confirmCard(engagement, people),
      card: `confirm:${engagement.id}`,
    });
  } else {
    await startTriage(work, engagement);
  }
  return answerWithUpdate(copy.reviewSent(engagement.number), receipt(engagement, people));
}

/** Somebody else's request for the same system came first: offered to join or amend. */
async function holdForDuplicate(work: Work, intake: Intake, open: Engagement): Promise<Answer> {
  const hold = { kind: 'duplicate', number: open.number, systemName: open.systemName } as const;
  return answer(await duplicateMessage(work, await saveIntake(work, intake, { hold }), hold));
}

async function sendAmendment(work: Work, intake: Intake, engagementId: string): Promise<Answer> {
  const known = await work.tx.engagements.get(engagementId);
  const engagement = known ? await work.tx.engagements.forChange(known.number) : null;
  if (!engagement || !may(work.person, 'request.amend', engagement))
    return answer(noAccess(intake.sentAs ?? 'that request'));
  const facts = intake.offering.facts(intake.state.answers, intake.context.people);
  if (!facts) throw new Error('a complete form has the facts of a request');
  if (facts.businessOwnerId !== engagement.businessOwnerId) return answer(ownerStays(engagement.number));
  const open = await work.tx.engagements.openForSystem(engagement.offering, systemKey(facts.systemName));
  if (open && open.id !== engagement.id) return holdForDuplicate(work, intake, open);
  const change = amendRequest(engagement, {
    component: facts.component,
    systemName: facts.systemName,
    craId: facts.craId,
    formVersion: intake.form.version,
    answers: storedAnswers(intake.form, intake.state.answers, intake.context),
  });
  await saveIntake(work, intake, { status: 'finished', hold: null });
  if (!change.ok) return answer(engagementRefusal(engagement.number, change.refusal));
  await saveEngagement(work, change.value, 'request.amend');
  const byName = nameOf(await loadPeople(work, [work.person.id]), work.person.id);
  const others = [...partiesOf(engagement), ...(engagement.triagedById ? [engagement.triagedById] : [])];
  await tellPeople(
    work,
    others.filter((id) => id !== work.person.id),
    {
      key: `amended:${engagement.id}:${change.value.engagement.version}`,
      kind: 'notice',
      message: amendedNotice(change.value.engagement, byName),
    },
  );
  return answerWithUpdate(copy.reviewSent(engagement.number), amended(change.value.engagement));
}
