/** `burn-down`: how many lines are open beside plan and forecast, in words at once and as a picture after it. */
import { cardSight, mayEver } from '../domain/access.ts';
import { type BurnDown, burnDownOf, burnDownOfAll } from '../domain/burn-down.ts';
import type { RequestNumber } from '../domain/ids.ts';
import type { People } from '../domain/person.ts';
import { type BurnDownOf, burnDownAltText } from '../messages/copy/burn-down.ts';
import {
  type BurnDownShown,
  burnDownMessage,
  burnDownPicture,
  noBurnDown,
  programmeBurnDown,
} from '../messages/copy/burn-down-message.ts';
import { noDay } from '../messages/copy/my-day.ts';
import { type OnboardingNow, onboardingIn, onboardingSeen, ownOnboardings } from './my-onboarding.ts';
import { loadPeople, tellPerson } from './tell.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** Onboardings that are drawn as one. */
const MOST_TOGETHER = 100;

/** One's own; of all together for whoever may see those and has none of their own. */
export async function showBurnDown(work: Work): Promise<Answer> {
  const own = await ownOnboardings(work);
  if (own.length > 0) return answerPrivately(...(await sayEach(work, own)));
  return mayEver(work.person, 'burn-down.read-all') ? showBurnDownOfAll(work) : answerPrivately(noDay());
}

/** `burn-down ISSO-2026-0042`, for whoever sees the lines of the card. */
export async function showBurnDownOf(work: Work, number: RequestNumber): Promise<Answer> {
  const seen = await onboardingSeen(work, number);
  return 'say' in seen ? seen : answerPrivately(...(await sayEach(work, [seen])));
}

/** `burn-down all`: of everybody in onboarding whose card this person sees. */
export async function showBurnDownOfAll(work: Work): Promise<Answer> {
  if (!mayEver(work.person, 'burn-down.read-all')) return answerPrivately(noBurnDown());
  const seen: OnboardingNow[] = [];
  for (const engagement of await work.tx.engagements.inStates(['ONBOARDING'], MOST_TOGETHER)) {
    const whom = engagement.course.serviceIssoId;
    if (whom === null || cardSight(work.person, whom, engagement) !== 'dates') continue;
    const found = await onboardingIn(work, engagement);
    if (found) seen.push(found);
  }
  if (seen.length === 0) return answerPrivately(noBurnDown());
  const each = await shownOf(
    work,
    seen.toSorted((a, b) => (a.kept.engagement.number < b.kept.engagement.number ? -1 : 1)),
  );
  const together = burnDownOfAll(each.map(({ burnDown }) => burnDown));
  const of: BurnDownOf = { kind: 'all', people: each.length };
  await sendPicture(work, of, together);
  return answerPrivately(programmeBurnDown(each, together, work.pictures !== undefined));
}

async function sayEach(work: Work, onboardings: readonly OnboardingNow[]) {
  const each = await shownOf(work, onboardings);
  for (const { of, burnDown } of each) await sendPicture(work, of, burnDown);
  return each.map((shown) => burnDownMessage(shown, work.pictures !== undefined));
}

async function shownOf(work: Work, onboardings: readonly OnboardingNow[]): Promise<readonly BurnDownShown[]> {
  const people = await loadPeople(
    work,
    onboardings.map(({ kept }) => kept.personId),
  );
  return onboardings.map((each) => shownIn(work, each, people));
}

function shownIn(work: Work, { kept, planned }: OnboardingNow, people: People): BurnDownShown {
  const { engagement, personId, card, template } = kept;
  const name = people.get(personId)?.name ?? 'not named';
  return {
    of: { kind: 'one', number: engagement.number, name },
    number: engagement.number,
    isOwn: personId === work.person.id,
    burnDown: burnDownOf(template, card, planned, programmeToday(work)),
    standing: planned.standing.is,
    readyOn: planned.forecast.readyOn,
    goalOn: planned.plan.goalOn,
  };
}

/** The picture comes by itself, since an answer carries no file; its alternative text says the same numbers. */
async function sendPicture(work: Work, of: BurnDownOf, burnDown: BurnDown): Promise<void> {
  if (!work.pictures) return;
  await tellPerson(work, work.person.id, {
    key: `burn-down:${work.newId()}`,
    kind: 'answer',
    message: burnDownPicture(of),
    attachment: {
      name: of.kind === 'one' ? `burn-down-${of.number}.png` : 'burn-down-programme.png',
      type: 'image/png',
      content: await work.pictures.burnDown(of, burnDown),
      encoding: 'base64',
      altText: burnDownAltText(of, burnDown),
    },
    via: work.from.platform,
  });
}
