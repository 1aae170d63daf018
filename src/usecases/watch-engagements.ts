/** Once a day, what falls due in engagements by the calendar: alerts, the extension, the end, notices to the CISO (domain reference 2.3, 4.6). */
import { isBlocked, percentDone } from '../domain/card-progress.ts';
import type { Engagement } from '../domain/engagement.ts';
import { endWithTerm, TERM_ENDED } from '../domain/engagement-ending.ts';
import { AFTER_KICKOFF_STATES } from '../domain/engagement-states.ts';
import { type StepDue, stepsDue } from '../domain/engagement-watch.ts';
import { reviewExtension } from '../domain/engagement-work.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { writtenOn } from '../domain/morning.ts';
import { addDays, type LocalDate, localDate } from '../domain/time.ts';
import {
  endsInPause,
  extensionUndecided,
  onboardingAlert,
  pauseEnds,
  termOver,
} from '../messages/copy/at-work.ts';
import { failingWords } from '../messages/copy/gate-words.ts';
import type { Message } from '../messages/message.ts';
import { WATCH_DAYS } from '../offerings/programme-timers.ts';
import type { Store, Tx } from '../ports.ts';
import { planNow } from './card-plan-now.ts';
import { gateNow } from './check-gate.ts';
import { followCard } from './information-card.ts';
import { moveByBot, type Unattended } from './move-by-bot.ts';
import { startEnding } from './off-boarding-open.ts';
import { pagesOfEngagements } from './pages-of-engagements.ts';
import { tellPeople } from './tell.ts';
import { tellCisoNotice } from './tell-ciso-notice.ts';
import { tellStanding } from './tell-standing.ts';
import { peopleOfSide } from './tell-step.ts';
import type { Programme } from './work.ts';

interface Deps {
  readonly store: Pick<Store, 'transaction'>;
  readonly programme: Programme;
}

/** The day on which this process last looked at everything. */
export interface Watched {
  seenOn: LocalDate | null;
}

/**
 * Does what is due on the day of `now` in the programme's zone, once for each day and process; safe to repeat. An engagement that
 * fails holds up none of the others; the first failure is thrown at the end and the day is looked at again. Answers how many things
 * were done.
 */
export async function watchEngagements(
  { store, programme }: Deps,
  now: Date,
  watched: Watched = { seenOn: null },
): Promise<number> {
  const today = localDate(now, programme.timeZone);
  if (watched.seenOn === today) return 0;
  let done = 0;
  let failure: unknown = null;
  for (const number of await dueNumbers(store, today)) {
    try {
      done += await store.transaction((tx) => watchOne({ tx, programme, now }, number, today));
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== null) throw failure;
  watched.seenOn = today;
  return done;
}

/** The beginning of the day after `after`: what is due on a day is part of its message of the day. */
export const nextWatchAt = ({ timeZone }: Pick<Programme, 'timeZone'>, after: Date): Date =>
  writtenOn(addDays(localDate(after, timeZone), 1), timeZone);

/** Those in which something is due; a card in onboarding is followed each day. */
async function dueNumbers(store: Deps['store'], today: LocalDate): Promise<readonly RequestNumber[]> {
  const found: RequestNumber[] = [];
  const find: Tx['engagements']['find'] = (wanted) => store.transaction((tx) => tx.engagements.find(wanted));
  for await (const engagements of pagesOfEngagements(find, AFTER_KICKOFF_STATES))
    found.push(
      ...engagements
        .filter((each) => each.state === 'ONBOARDING' || stepsDue(each, today, WATCH_DAYS).length > 0)
        .map(({ number }) => number),
    );
  return found;
}

async function watchOne(work: Unattended, number: RequestNumber, today: LocalDate): Promise<number> {
  const engagement = await work.tx.engagements.forChange(number);
  if (!engagement) return 0;
  let done = 0;
  if (engagement.state === 'ONBOARDING') {
    if (await followCard(work, engagement)) done += 1;
    if (await tellStanding(work, engagement)) done += 1;
  }
  for (const due of stepsDue(engagement, today, WATCH_DAYS)) done += await act(work, engagement, due, today);
  return done;
}

async function act(
  work: Unattended,
  engagement: Engagement,
  due: StepDue,
  today: LocalDate,
): Promise<number> {
  switch (due.what) {
    case 'ask-extension':
      return askExtension(work, engagement);
    case 'term-over':
      return endTerm(work, engagement, today);
    case 'onboarding-alert':
      return tellSides(work, engagement, ['gtl'], {
        // Once for each onboarding, whether its day 0 is moved or not.
        key: `onboarding-alert:${engagement.id}:${engagement.stateSinceAt.getTime()}:${due.day}`,
        message: await alertMessage(work, engagement, due.day),
      });
    case 'extension-undecided':
      return tellSides(work, engagement, ['gtl', 'cor'], {
        key: `extension-undecided:${engagement.id}:${due.endOn}`,
        message: extensionUndecided(engagement, due.endOn),
      });
    case 'pause-ends':
      return tellSides(work, engagement, ['gtl'], {
        key: `pause-ends:${engagement.id}:${due.resumeOn}:${due.daysBefore}`,
        message: pauseEnds(engagement, due.resumeOn, due.daysBefore),
      });
    case 'ends-in-pause':
      return tellSides(work, engagement, ['gtl', 'cor'], {
        key: `ends-in-pause:${engagement.id}:${due.endOn}`,
        message: endsInPause(engagement, due.endOn),
      });
    case 'ciso-reminder':
    case 'ciso-overdue':
      return tellCisoNotice(work, engagement, due);
    default:
      return due satisfies never;
  }
}

interface Said {
  readonly key: string;
  readonly message: Message;
}

/** Tells these sides once, while the engagement stays in its state. */
async function tellSides(
  work: Unattended,
  engagement: Engagement,
  sides: readonly ('gtl' | 'cor')[],
  { key, message }: Said,
): Promise<number> {
  for (const side of sides)
    await tellPeople(work, await peopleOfSide(work, engagement, side), {
      key,
      kind: 'escalation',
      urgency: 'routine',
      message,
      stillTrue: { kind: 'engagement-in', engagementId: engagement.id, states: [engagement.state] },
    });
  return 0;
}

async function alertMessage(work: Unattended, engagement: Engagement, day: number): Promise<Message> {
  const found = await gateNow(work, engagement);
  if (!found) throw new Error(`${engagement.number} is in onboarding without a card`);
  const { card } = found.of;
  const of = {
    day,
    percent: percentDone(card),
    readyOn: (await planNow(work, found.of)).forecast.readyOn,
    isBlocked: isBlocked(card),
  };
  return onboardingAlert(engagement, of, failingWords(found.gate.lines));
}

/** T16 by the bot: the Business Owner is asked by the step itself. */
async function askExtension(work: Unattended, engagement: Engagement): Promise<number> {
  const made = reviewExtension(engagement, { asked: null, because: 'term-ends', endOn: null }, work.now);
  if (!made.ok) return 0;
  await moveByBot(work, engagement, made.value, 'engagement.review-extension', {
    reason: 'term-ends',
    facts: { end: engagement.course.term?.endOn ?? '' },
  });
  return 1;
}

/** T18 by the bot, with all that an end brings with it. */
async function endTerm(work: Unattended, engagement: Engagement, today: LocalDate): Promise<number> {
  const made = endWithTerm(engagement, today, work.now);
  if (!made.ok) return 0;
  const saved = await moveByBot(work, engagement, made.value, 'engagement.end', { reason: TERM_ENDED });
  await startEnding(work, saved);
  await tellPeople(work, await peopleOfSide(work, saved, 'gtl'), {
    key: `term-over:${saved.id}:${saved.version}`,
    kind: 'notice',
    urgency: 'routine',
    message: termOver(saved),
  });
  return 1;
}
