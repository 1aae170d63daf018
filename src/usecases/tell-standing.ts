/** Whoever answers for an onboarding hears on the day on which it becomes at risk or late, and when it is on track again. */
import { STANDING_KINDS, type StandingKind } from '../domain/card-forecast.ts';
import type { Engagement } from '../domain/engagement.ts';
import { nameOf as nameOfLine } from '../messages/copy/card-items.ts';
import { nameOf } from '../messages/copy/people.ts';
import { standingChanged } from '../messages/copy/standing.ts';
import { planNow } from './card-plan-now.ts';
import { cardNow } from './information-card.ts';
import type { Unattended } from './move-by-bot.ts';
import { loadPeople, tellPeople } from './tell.ts';
import { peopleOfSide } from './tell-step.ts';
import { programmeToday } from './work.ts';

const VERB = 'card.standing';

/** As an onboarding begins. */
const AT_FIRST: StandingKind = 'on-track';

/**
 * Tells the Government Task Lead and the contractor lead when the standing is another one than was said last, and records it. The
 * engagement is locked. Answers whether it is.
 */
export async function tellStanding(work: Unattended, engagement: Engagement): Promise<boolean> {
  const kept = engagement.state === 'ONBOARDING' ? await cardNow(work, engagement) : null;
  if (!kept) return false;
  const { plan, forecast, standing } = await planNow(work, kept);
  const before = await saidLast(work, engagement, kept.personId);
  if (standing.is === before) return false;
  const today = programmeToday(work);
  const about = `standing:${engagement.id}`;
  await work.tx.deliveries.suppress(about, 'the standing has changed since');
  const people = await loadPeople(work, [kept.personId]);
  const message = standingChanged(
    engagement,
    {
      issoName: nameOf(people, kept.personId),
      before,
      standing,
      readyOn: forecast.readyOn,
      goalOn: plan.goalOn,
    },
    (key) => nameOfLine(kept.template, key, today),
  );
  for (const side of ['gtl', 'contractor'] as const)
    await tellPeople(work, await peopleOfSide(work, engagement, side), {
      key: `${about}:${kept.personId}:${standing.is}:${today}`,
      kind: 'escalation',
      urgency: 'routine',
      message,
      about,
      stillTrue: { kind: 'engagement-in', engagementId: engagement.id, states: ['ONBOARDING'] },
    });
  await work.tx.audit.append({
    at: work.now,
    actorId: null,
    forId: null,
    role: 'bot',
    verb: VERB,
    engagementId: engagement.id,
    from: engagement.state,
    to: engagement.state,
    reason: null,
    platform: 'bot',
    facts: { person: kept.personId, from: before, to: standing.is },
  });
  return true;
}

async function saidLast({ tx }: Unattended, { id }: Engagement, personId: string): Promise<StandingKind> {
  const said = (await tx.audit.ofEngagement(id)).findLast(
    ({ verb, facts }) => verb === VERB && facts.person === personId,
  );
  return STANDING_KINDS.find((kind) => kind === said?.facts.to) ?? AT_FIRST;
}
