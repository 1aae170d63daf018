/** An Information Card with all its lines, as one reader sees it. */
import { seesCardReferences } from '../domain/access.ts';
import { itemsOpenNow } from '../domain/card-progress.ts';
import { addDays, instantOf, type LocalDate } from '../domain/time.ts';
import { trainingClocks } from '../domain/training-clocks.ts';
import { failingWords } from '../messages/copy/gate-words.ts';
import type { CardShown } from '../messages/copy/information-card.ts';
import { wholeCard } from '../messages/copy/whole-card.ts';
import type { Message } from '../messages/message.ts';
import { clocksNow, daysInHandNow, planNow } from './card-plan-now.ts';
import { record } from './change-engagement.ts';
import { gateNow } from './check-gate.ts';
import { type KeptCard, newestOf } from './information-card.ts';
import { mayChangeItem, maySomething } from './item-rights.ts';
import { trainingOf } from './training-now.ts';
import { programmeToday, type Work } from './work.ts';

/** The last instant of the programme's day. */
export const endOf = ({ programme }: Pick<Work, 'programme'>, day: LocalDate): Date =>
  new Date(instantOf(addDays(day, 1), '00:00', programme.timeZone).getTime() - 1);

/** For somebody who sees its lines; the look is written down. `asOf`: the end of that day, null for now. */
export async function drawWhole(
  work: Work,
  kept: KeptCard,
  shown: CardShown,
  asOf: LocalDate | null,
): Promise<Message> {
  const { engagement, personId, card, template } = kept;
  await record(work, engagement, { verb: 'card.read', from: null, to: null, facts: { person: personId } });
  const isNow = asOf === null && personId === engagement.course.serviceIssoId;
  const found = isNow && engagement.state === 'ONBOARDING' ? await gateNow(work, engagement) : null;
  const at = { ...work, now: asOf === null ? work.now : endOf(work, asOf) };
  const today = programmeToday(at);
  const { plan, forecast, standing } = await planNow(at, kept);
  const canStart = new Set(itemsOpenNow(template, card, plan, today).map(({ key }) => key));
  const { doneOn, dueOn } = await trainingOf(work, engagement, personId);
  return wholeCard({
    shown,
    kept: { card, template, standing, readyOn: forecast.readyOn },
    plan,
    forecast,
    clocks: await clocksNow(at, kept),
    daysInHand: await daysInHandNow(at, kept),
    training: trainingClocks({
      dayZeroOn: card.dayZeroOn,
      appointedOn: engagement.course.letter.ciso,
      doneOn,
    }),
    trainingDueOn: dueOn,
    today,
    asOf,
    seesReferences: seesCardReferences(work.person, personId, engagement),
    canStart,
    changeable: isNow ? changeableOf(work, kept, canStart) : new Map(),
    gate: found ? failingWords(found.gate.lines) : '',
    hasNewerLines: isNow && card.templateVersion < newestOf(work, engagement).version,
    reader: work.person,
  });
}

/** Lines that can be worked on and of which the reader says something by hand; with whether that is how they stand. */
const changeableOf = (
  work: Work,
  kept: KeptCard,
  canStart: ReadonlySet<string>,
): ReadonlyMap<string, boolean> =>
  new Map(
    kept.template.items
      .filter(({ key, follows }) => canStart.has(key) && !follows?.alone && maySomething(work, kept, key))
      .map(({ key }) => [key, mayChangeItem(work, kept, key)] as const),
  );
