/** Whether the Service ISSO of an engagement may start, or go on, with the work: what the rules need, loaded. */
import type { GateKey } from '../domain/card-template.ts';
import type { Engagement } from '../domain/engagement.ts';
import { type Gate, gateOf, lapsedOf } from '../domain/gate.ts';
import { localDate } from '../domain/time.ts';
import { cardNow, type KeptCard, newestOf } from './information-card.ts';
import { trainingOf } from './training-now.ts';
import type { Work } from './work.ts';

type Looking = Pick<Work, 'tx' | 'now' | 'programme'>;

/** The gate as it stands, with the card it was read from; null before onboarding began. */
export async function gateNow(
  work: Looking,
  engagement: Engagement,
): Promise<{ readonly gate: Gate; readonly of: KeptCard } | null> {
  const of = await cardNow(work, engagement);
  if (!of) return null;
  const { dueOn: trainingDueOn } = await trainingOf(work, engagement, of.personId);
  const gate = gateOf({ ...common(work, engagement), template: of.template, card: of.card, trainingDueOn });
  return { gate, of };
}

/** What lapsed during a pause. */
export async function lapsedNow(work: Looking, engagement: Engagement): Promise<readonly GateKey[]> {
  const of = await cardNow(work, engagement);
  const personId = engagement.course.serviceIssoId;
  const dueOn = personId === null ? null : (await trainingOf(work, engagement, personId)).dueOn;
  return lapsedOf({
    ...common(work, engagement),
    template: of?.template ?? newestOf(work, engagement),
    // A card that nobody kept says nothing.
    card: of && of.version > 0 ? of.card : null,
    trainingDueOn: dueOn,
  });
}

const common = ({ now, programme }: Looking, { course: { letter } }: Engagement) => ({
  letter,
  today: localDate(now, programme.timeZone),
});
