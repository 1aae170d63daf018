/** Day 0 of an onboarding is moved: the card, the dates that count from it, and those who plan by it (domain reference 4.3, 4.4). */
import type { Card } from '../../domain/card.ts';
import { moveDayZero } from '../../domain/day-zero.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { ONBOARDING_GOAL_DAYS } from '../../domain/onboarding.ts';
import { addDays, type LocalDate } from '../../domain/time.ts';
import {
  type DayZeroMoved,
  dayZeroMoved,
  dayZeroNews,
  dayZeroOutOfReach,
  sameDayZero,
} from '../../messages/copy/card-moves.ts';
import { nameOf } from '../../messages/copy/people.ts';
import { wordsIn } from '../../offerings/answered.ts';
import { MOVE_DAY_ZERO } from '../../offerings/move-forms-onboarding.ts';
import { planNow } from '../card-plan-now.ts';
import { type Move, taken } from '../engagement-move.ts';
import { readReason } from '../evidence-words.ts';
import { cardNow, keepCard } from '../information-card.ts';
import { afterCardChange } from '../nudge-refresh.ts';
import { setMilestone } from '../set-milestone.ts';
import { aboutLetter, tellWhenToSign } from '../start-onboarding.ts';
import { loadPeople, tellPeople } from '../tell.ts';
import { peopleOfSide } from '../tell-step.ts';
import { tellFeasibility } from '../training-feasible.ts';
import { programmeToday, type Work } from '../work.ts';

export const DAY_ZERO: Move = {
  verb: 'card.move-day-zero',
  form: () => MOVE_DAY_ZERO,
  async take(work, engagement, answers) {
    const kept = await cardNow(work, engagement);
    if (!kept) throw new Error(`${engagement.number} is in onboarding without a card`);
    const to = wordsIn(answers, 'to') ?? '';
    const { dayZeroOn: from } = kept.card;
    if (to === from) return { ok: false, say: sameDayZero(engagement.number, from) };
    const reason = readReason(wordsIn(answers, 'reason') ?? '');
    if (!reason.ok) return { ok: false, errors: { reason: reason.refusal } };
    const made = moveDayZero(engagement, kept.card, to, programmeToday(work));
    if (!made.ok)
      return made.refusal.code === 'bad-day'
        ? { ok: false, say: dayZeroOutOfReach(engagement.number, made.refusal) }
        : { ok: false, refusal: made.refusal };
    const { change, card } = made.value;
    const { forecast } = await planNow(work, { ...kept, engagement: change.engagement, card });
    const people = await loadPeople(work, [kept.personId]);
    const news: DayZeroMoved = {
      issoName: nameOf(people, kept.personId),
      from,
      to,
      readyOn: forecast.readyOn,
      reason: reason.value,
    };
    return taken({ ok: true, value: change }, (next) => ({
      say: [dayZeroMoved(next, news)],
      facts: { person: kept.personId, ...plansOf(from, to) },
      after: (saved) => follow(work, saved, card, news),
    }));
  },
};

/** Both plans, for the record. */
const plansOf = (from: LocalDate, to: LocalDate): Readonly<Record<string, string>> => ({
  dayZeroBefore: from,
  dayZero: to,
  goalBefore: addDays(from, ONBOARDING_GOAL_DAYS),
  goal: addDays(to, ONBOARDING_GOAL_DAYS),
});

async function follow(work: Work, engagement: Engagement, card: Card, news: DayZeroMoved): Promise<void> {
  const { serviceIssoId: personId } = engagement.course;
  if (personId === null) throw new Error(`${engagement.number} has no Service ISSO`);
  await keepCard(work, { engagement, personId }, card, news.reason);
  await setMilestone(work, engagement, { name: 'onboarding-began', personId, on: news.to });
  // What was said of it stays said; what is still to be said comes on its new day.
  if ((await work.tx.deliveries.suppress(aboutLetter(engagement), 'day 0 was moved')) > 0)
    await tellWhenToSign(work, engagement, personId);
  const inside = [
    personId,
    ...(await peopleOfSide(work, engagement, 'contractor')),
    ...(await peopleOfSide(work, engagement, 'gtl')),
  ].filter((id) => id !== work.person.id);
  const telling = { key: `day-zero:${engagement.id}:${engagement.version}`, kind: 'notice' } as const;
  await tellPeople(work, inside, { ...telling, message: dayZeroNews(engagement, news) });
  const owners = await peopleOfSide(work, engagement, 'business_owner');
  await tellPeople(
    work,
    owners.filter((id) => !inside.includes(id)),
    // Why is for those who see the card.
    { ...telling, message: dayZeroNews(engagement, { ...news, reason: null }) },
  );
  await tellFeasibility(work, engagement);
  await afterCardChange(work, engagement);
}
