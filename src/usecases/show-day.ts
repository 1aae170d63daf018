/** `day`, `waiting for`, `links`: how the onboarding of a Service ISSO stands today, and with whom its lines lie. */
import type { RequestNumber } from '../domain/ids.ts';
import {
  dayMessage,
  dayOfMessage,
  noDay,
  type OnboardingShown,
  type WaitingShown,
  waitingForMessage,
} from '../messages/copy/my-day.ts';
import { linksMessage } from '../messages/copy/my-next.ts';
import { COURSE_CHANNELS, CURRICULUM } from '../offerings/curriculum.ts';
import { clocksNow, daysInHandNow } from './card-plan-now.ts';
import {
  type OnboardingNow,
  onboardingSeen,
  onboardingShown,
  ownOnboardings,
  stepsNow,
} from './my-onboarding.ts';
import { nudgeDayOf } from './nudge-people.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** One's own onboardings. */
export async function showDay(work: Work): Promise<Answer> {
  const own = await ownOnboardings(work);
  if (own.length === 0) return answerPrivately(noDay());
  const shown: OnboardingShown[] = [];
  for (const each of own) shown.push(await onboardingShown(work, each));
  const { rhythm } = await nudgeDayOf(work, work.person);
  return answerPrivately(dayMessage(shown, rhythm));
}

/** `day ISSO-2026-0042`, of its Service ISSO, for whoever sees the lines of the card. */
export async function showDayOf(work: Work, number: RequestNumber): Promise<Answer> {
  const seen = await onboardingSeen(work, number);
  return 'say' in seen ? seen : answerPrivately(dayOfMessage(await onboardingShown(work, seen)));
}

/** With whom the lines of one's own onboardings lie. */
export async function showWaitingFor(work: Work): Promise<Answer> {
  const own = await ownOnboardings(work);
  if (own.length === 0) return answerPrivately(noDay());
  const shown: WaitingShown[] = [];
  for (const each of own) shown.push(await waitingShown(work, each));
  return answerPrivately(waitingForMessage(shown));
}

/** `waiting for ISSO-2026-0042` */
export async function showWaitingForOf(work: Work, number: RequestNumber): Promise<Answer> {
  const seen = await onboardingSeen(work, number);
  return 'say' in seen ? seen : answerPrivately(waitingForMessage([await waitingShown(work, seen)]));
}

async function waitingShown(work: Work, onboarding: OnboardingNow): Promise<WaitingShown> {
  const { held } = await stepsNow(work, onboarding);
  const clocks = await clocksNow(work, onboarding.kept);
  const daysInHand = await daysInHandNow(work, onboarding.kept);
  return { ...(await onboardingShown(work, onboarding)), held, clocks, daysInHand };
}

/** Where the curriculum is, and whom to write to. */
export const showLinks = async (): Promise<Answer> =>
  answerPrivately(linksMessage({ courses: CURRICULUM, channels: COURSE_CHANNELS }));
