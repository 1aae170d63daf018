/** `next`: what a Service ISSO can do now, with how and where, and what comes after it. */
import type { LaterStep } from '../domain/card-next.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { type ItemLine, isItemLine, type NudgeLine } from '../domain/nudge.ts';
import { byUrgency } from '../domain/nudge-day.ts';
import { localDate } from '../domain/time.ts';
import { type NextFacts, type NextShown, nextMessage } from '../messages/copy/my-next.ts';
import { courseKeyed } from '../offerings/curriculum.ts';
import { howTo } from '../offerings/item-how.ts';
import { type Looking, type OnboardingNow, ownOnboardings, stepsNow } from './my-onboarding.ts';
import { withCourses } from './nudge-lines.ts';
import { showWaitingForOf } from './show-day.ts';
import { showNudges } from './show-nudges.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** Their next steps over all their onboardings; to anybody else what they have in hand. */
export async function showNext(work: Work): Promise<Answer> {
  const own = await ownOnboardings(work);
  return own.length === 0 ? showNudges(work) : answerPrivately(nextMessage(await nextFacts(work, own)));
}

/** `next ISSO-2026-0042`: one's own next steps in it; to others who sees to which of its lines now. */
export async function showNextOf(work: Work, number: RequestNumber): Promise<Answer> {
  const own = (await ownOnboardings(work)).filter(({ kept }) => kept.engagement.number === number);
  return own.length === 0
    ? showWaitingForOf(work, number)
    : answerPrivately(nextMessage(await nextFacts(work, own)));
}

/** What `own`, the onboardings of the person themselves, have for them. What was put off is among it: they asked. */
export async function nextFacts(work: Looking, own: readonly OnboardingNow[]): Promise<NextFacts> {
  const now: ItemLine[] = [];
  const later: LaterStep[] = [];
  let elsewhere = 0;
  for (const each of own) {
    const steps = await stepsNow(work, each);
    now.push(...steps.now);
    later.push(...steps.later);
    elsewhere += steps.held.filter(({ holder }) => holder !== 'service_isso').length;
  }
  const today = localDate(work.now, work.person.timeZone);
  const lines = await withCourses(work, work.person.id, now, today);
  return {
    now: byUrgency(lines.filter(({ saidFrom }) => saidFrom <= today)).map(nextShown),
    later: later.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : 0)),
    elsewhere,
    today: programmeToday(work),
    hasSeveral: own.length > 1,
  };
}

function nextShown(line: NudgeLine): NextShown {
  if (isItemLine(line)) {
    const known = howTo(line.about.key);
    return { line, how: known?.how ?? null, link: known?.link ?? null };
  }
  const course = courseKeyed(line.about.key);
  const how = course?.contact ? `Ask ${course.contact}.` : null;
  return { line, how, link: course?.links[0] ?? null };
}
