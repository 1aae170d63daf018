/** By when one line of an Information Card is to be finished is set by hand; what follows from it moves along (domain reference 4.3). */
import { itemOf } from '../domain/card.ts';
import { moveItem } from '../domain/card-move.ts';
import type { CardPlan } from '../domain/card-plan.ts';
import type { LocalDate } from '../domain/time.ts';
import { nameOf } from '../messages/copy/card-items.ts';
import { itemMoved, itemMovedNews, type MovedLine } from '../messages/copy/card-moves.ts';
import { itemRefused } from '../messages/copy/item-refused.ts';
import type { Message } from '../messages/message.ts';
import { type PlanNow, planNow } from './card-plan-now.ts';
import { record } from './change-engagement.ts';
import { type KeptCard, keepCard } from './information-card.ts';
import { refusedReader } from './item-rights.ts';
import type { SaidOfItem } from './item-words.ts';
import { afterCardChange } from './nudge-refresh.ts';
import { tellPeople } from './tell.ts';
import { peopleOfSide } from './tell-step.ts';
import { programmeToday, type Work } from './work.ts';

/** Keeps the day with its reason, and says what else it moves. The reader may, and the words were looked at. */
export async function moveLine(
  work: Work,
  opened: KeptCard,
  { key, to, why }: Extract<SaidOfItem, { kind: 'move' }>,
): Promise<{ readonly say: Message }> {
  const { engagement, template, card } = opened;
  const today = programmeToday(work);
  const made = moveItem(template, card, key, to, today);
  if (!made.ok)
    return { say: itemRefused(engagement.number, key, made.refusal, opened, refusedReader(work, opened)) };
  const before = await planNow(work, opened);
  const after = await planNow(work, { ...opened, card: made.value });
  await keepCard(work, opened, made.value, why);
  await record(work, engagement, {
    verb: 'card.move-item',
    from: engagement.state,
    to: engagement.state,
    facts: {
      person: opened.personId,
      item: key,
      before: itemOf(card, key)?.movedTo ?? 'plan',
      after: to ?? 'plan',
    },
  });
  await afterCardChange(work, engagement);
  const outcome = {
    key,
    wantedOn: to,
    dueOn: after.plan.items.get(key)?.dueOn ?? to ?? today,
    moved: movedLines(before.plan, after.plan),
    readyOn: after.forecast.readyOn,
    goalOn: after.plan.goalOn,
  };
  await tellGtl(work, opened, { before, after, key, why, dueOn: outcome.dueOn });
  return { say: itemMoved(engagement.number, outcome, { template, today }) };
}

interface Moved {
  readonly before: PlanNow;
  readonly after: PlanNow;
  readonly key: string;
  readonly why: string | null;
  readonly dueOn: LocalDate;
}

/** The Government Task Lead hears of a day that was set for an overdue line, or that puts the forecast off past the goal. */
async function tellGtl(
  work: Work,
  opened: KeptCard,
  { before, after, key, why, dueOn }: Moved,
): Promise<void> {
  const { engagement, personId, template, version } = opened;
  const today = programmeToday(work);
  const { readyOn } = after.forecast;
  const { goalOn } = after.plan;
  const wasDueOn = before.plan.items.get(key)?.dueOn ?? dueOn;
  const missesGoal = readyOn > goalOn && readyOn > before.forecast.readyOn;
  if (wasDueOn >= today && !missesGoal) return;
  const readers = await peopleOfSide(work, engagement, 'gtl');
  const name = nameOf(template, key, today);
  await tellPeople(
    work,
    readers.filter((id) => id !== work.person.id),
    {
      key: `card-moved:${engagement.id}:${personId}:${key}:${version + 1}`,
      kind: 'notice',
      urgency: 'routine',
      message: itemMovedNews(engagement, { name, wasDueOn, dueOn, why, readyOn, goalOn }),
    },
  );
}

/** Lines that are to be finished on another day than before, in the order of the plan. */
const movedLines = (before: CardPlan, after: CardPlan): readonly MovedLine[] =>
  [...after.items.values()].flatMap(({ key, dueOn }) => {
    const was = before.items.get(key)?.dueOn ?? dueOn;
    return was === dueOn ? [] : [{ key, from: was, to: dueOn }];
  });
