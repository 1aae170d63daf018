/** One person's own page, as far as it concerns them and nobody else. */
import { may, mayEver } from '../domain/access.ts';
import { type Engagement, partiesOf } from '../domain/engagement.ts';
import { kickoffNow } from '../domain/kickoff-stands.ts';
import { progress, rows } from '../forms/conversation-state.ts';
import {
  type FollowUpShown,
  type HomeFacts,
  homePage,
  type RequestShown,
  type Shown,
} from '../messages/copy/home.ts';
import { meetingName } from '../messages/copy/meeting.ts';
import type { OnboardingShown } from '../messages/copy/my-day.ts';
import { stepButton } from '../messages/copy/request.ts';
import { firstOf } from '../messages/limits.ts';
import type { Message } from '../messages/message.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import { awaitedCheckIn } from './answer-check-in.ts';
import { currentIntake } from './intake-context.ts';
import { feedAddress } from './kickoff-cards.ts';
import { withKickoffs } from './kickoffs-of.ts';
import { typedName } from './meeting-facts.ts';
import { onboardingShown, ownOnboardings } from './my-onboarding.ts';
import { loadWishes } from './set-wishes.ts';
import { loadCards } from './show-card.ts';
import { loadMeetings } from './show-meetings.ts';
import { nextFacts } from './show-next.ts';
import { openSurveyOf } from './show-surveys.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

const MOST_REQUESTS = 10;
const MOST_MEETINGS = 5;
const MOST_CARDS = 5;
const MOST_STEPS = 5;
const MOST_FOLLOW_UPS = 5;
/** Follow-ups of meetings longer ago are in their minutes. */
const FOLLOW_UPS_BACK_MS = 90 * 86_400_000;
/** Requests waiting for triage that are counted. */
const MOST_COUNTED = 100;

type Looking = Pick<Work, 'tx' | 'now' | 'person' | 'programme'>;

/** `home`: the page said in chat. */
export const showHome = async (work: Work): Promise<Answer> => answerPrivately(await composeHome(work));

/** The page of `person` as it is at `now`: at most 10 requests and 5 meetings, with how many there are beyond. */
export async function composeHome(work: Looking): Promise<Message> {
  return homePage(await homeFacts(work));
}

async function homeFacts(work: Looking): Promise<HomeFacts> {
  const { person, programme } = work;
  const own = await ownRequests(work);
  const requests = firstOf(own, MOST_REQUESTS);
  const { cards, left } = await loadCards(work, MOST_CARDS);
  const checkIn = await awaitedCheckIn(work);
  const survey = await openSurveyOf(work);
  const isOpen = survey !== null && survey.survey.answers === null;
  return {
    person,
    now: work.now,
    people: await loadPeople(
      work,
      requests.shown.flatMap(({ engagement, meeting }) => [
        ...partiesOf(engagement),
        engagement.triagedById,
        meeting?.organizerId ?? null,
      ]),
    ),
    form: await formShown(work),
    steps: firstOf(
      own.filter((each) => isTheirStep(work, each)),
      MOST_STEPS,
    ),
    triage: await forTriage(work),
    checkIn: checkIn?.named ?? null,
    survey: isOpen ? { engagement: survey.engagement, surveyId: survey.survey.id } : null,
    followUps: await ownFollowUps(work),
    day: await ownDay(work),
    requests,
    meetings: firstOf(await loadMeetings(work), MOST_MEETINGS),
    feed: feedAddress(programme, person),
    cards: { shown: cards, left },
    recordsDates: mayEver(person, 'milestone.record-some'),
    wishes: await loadWishes(work),
  };
}

async function ownDay(work: Looking): Promise<HomeFacts['day']> {
  const own = await ownOnboardings(work);
  if (own.length === 0) return null;
  const onboardings: OnboardingShown[] = [];
  for (const each of own) onboardings.push(await onboardingShown(work, each));
  return { onboardings, next: await nextFacts(work, own) };
}

/** Those that are open first, each with its kickoff. */
async function ownRequests({ tx, person }: Looking): Promise<readonly RequestShown[]> {
  const readable = (await tx.engagements.ofPerson(person.id)).filter((each) =>
    may(person, 'request.read', each),
  );
  const isOpen = ({ ending }: Engagement): boolean => ending === null;
  const inOrder = [...readable.filter(isOpen), ...readable.filter((each) => !isOpen(each))];
  return withKickoffs({ tx }, inOrder);
}

/** To confirm, to answer ISPG, or to choose one of the times on offer. */
function isTheirStep({ person, now }: Looking, each: RequestShown): boolean {
  if (stepButton(each.engagement, person)) return true;
  return kickoffNow(each, now)?.stands === 'offered' && may(person, 'kickoff.choose', each.engagement);
}

async function forTriage({ tx, person }: Looking): Promise<Shown<Engagement>> {
  if (!mayEver(person, 'programme.read')) return { shown: [], left: 0 };
  const waiting = await tx.engagements.inStates(['REQUESTED'], MOST_COUNTED);
  return firstOf(
    waiting.filter((each) => may(person, 'request.triage', each)),
    MOST_STEPS,
  );
}

async function formShown(work: Looking): Promise<HomeFacts['form']> {
  const intake = await currentIntake(work);
  if (!intake) return null;
  const { record, form, state, context, sentAs } = intake;
  const { of } = progress(form, state);
  const answered = rows(form, state.answers, context).filter(({ shown }) => shown !== null).length;
  return {
    conversation: record.id,
    isPaused: record.status === 'paused',
    answered: Math.min(answered, of),
    of,
    amends: sentAs,
  };
}

/** What the person agreed to do at the meetings of the last months that they were invited to. */
async function ownFollowUps({ tx, now, person }: Looking): Promise<Shown<FollowUpShown>> {
  const since = new Date(now.getTime() - FOLLOW_UPS_BACK_MS);
  const found: FollowUpShown[] = [];
  for (const meeting of await tx.meetings.ofPerson(person.id, since)) {
    const own = (meeting.minutes?.followUps ?? []).flatMap((followUp, index) =>
      followUp.ownerId === person.id && followUp.doneAt === null ? [{ followUp, index }] : [],
    );
    if (own.length === 0) continue;
    const engagement = meeting.engagementId ? await tx.engagements.get(meeting.engagementId) : null;
    const { title } = PROGRAMME_MEETINGS[meeting.kind];
    const name = meetingName({ title, meeting, engagement });
    const typed = typedName(meeting, engagement, person.timeZone);
    found.push(...own.map((each) => ({ ...each, meeting, name, typed })));
  }
  return firstOf(found, MOST_FOLLOW_UPS);
}
