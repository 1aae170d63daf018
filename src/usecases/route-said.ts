/** What somebody means by what they typed, in a direct message or a channel. */
import { mayEver } from '../domain/access.ts';
import { isStartWish, readAsked, readCommand, readView } from '../forms/command.ts';
import { readWish } from '../forms/read-wish.ts';
import * as intakeCopy from '../messages/copy/intake.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { alreadyReceived } from '../messages/copy/request.ts';
import { askMeDirectly, help, notUnderstood, welcome, welcomeBack } from '../messages/copy/welcome.ts';
import type { Message } from '../messages/message.ts';
import { checkInByWords } from './answer-check-in.ts';
import {
  answerProgrammeQuestion,
  looksLikeProgrammeQuestion,
  programmeQuestionFallback,
} from './answer-programme-question.ts';
import { askedUnreadably, routeAsk } from './ask-route.ts';
import { routeBlocker } from './blocker-route.ts';
import { routeCard } from './card-route.ts';
import { routeCatalogue } from './catalogue-route.ts';
import { changeCadence, showCadences } from './change-cadence.ts';
import { routeCourse } from './course-route.ts';
import { routeDigest } from './digest-route.ts';
import { routeEngagement } from './engagement-route.ts';
import { composeIspgDigest } from './enqueue-digests.ts';
import { routeExport } from './export-route.ts';
import { routeFigures } from './figures-route.ts';
import { showRequests } from './follow-request.ts';
import { sensitiveKinds } from './guard.ts';
import { importForum } from './import-forum.ts';
import { continueIntake, openCurrentForm, resumeIntake, startMain } from './intake.ts';
import { currentIntake } from './intake-context.ts';
import { listByWords } from './list-engagements.ts';
import { routeMail } from './mail-route.ts';
import { routeMarketplace } from './marketplace-route.ts';
import { routeMatching } from './matching-route.ts';
import { routeMeeting } from './meeting-route.ts';
import { routeMyDay } from './my-day-route.ts';
import { routeNudge } from './nudge-route.ts';
import { routeOffBoarding } from './off-boarding-route.ts';
import { routePeople } from './people-route.ts';
import { presentHere } from './present-intake.ts';
import { kickoffOf, routeVerb } from './route-verb.ts';
import { settleWish, todayOf } from './set-wishes.ts';
import { chooseKickoffTime } from './settle-kickoff-time.ts';
import { showMeetings } from './show-meetings.ts';
import { showOwnSurvey, showSatisfaction } from './show-surveys.ts';
import { showView } from './show-view.ts';
import { snoozeFromText } from './snooze-message.ts';
import { routeStatusReport } from './status-report-route.ts';
import { accountByWords } from './unlink-account.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/** A greeting or a wish is never longer. */
const LONGEST_WISH = 200;

/** Carries out what was said, in a direct message or a channel; `isCalled`: to nobody but the bot. */
export async function routeSaid(work: Work, said: string, isCalled: boolean): Promise<Answer> {
  const typed = said.trim();
  const { channel } = work.from;
  const done = (await accountByWords(work, typed)) ?? (await routeDeed(work, typed));
  // Only the ISPG channel may hear about single requests; elsewhere the answer is for the one who asked.
  if (done) return channel === 'issoaas' || channel === 'other' ? { ...done, personal: true } : done;
  if (channel === 'other') return elsewhere(work, typed);
  if (channel !== null) return inChannel(work, typed, isCalled);
  const intake = await currentIntake(work);
  if (intake?.record.status === 'open') return continueIntake(work, intake, said);
  const kinds = sensitiveKinds(typed);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  return atRest(work, typed, intake !== null);
}

/** What names its record, or means the same everywhere. */
const routeDeed = async (work: Work, typed: string): Promise<Answer | null> =>
  (await routeMeeting(work, typed)) ??
  (await routeNudge(work, typed)) ??
  (await routeBlocker(work, typed)) ??
  (await routeStatusReport(work, typed)) ??
  (await routeEngagement(work, typed)) ??
  (await routeCard(work, typed)) ??
  (await routeCourse(work, typed)) ??
  (await routeMyDay(work, typed)) ??
  (await routeOffBoarding(work, typed)) ??
  (await routeMatching(work, typed)) ??
  (await routeVerb(work, typed)) ??
  (await routeCadence(work, typed)) ??
  (await routePeople(work, typed)) ??
  (await routeMail(work, typed)) ??
  (await routeDigest(work, typed)) ??
  (await routeFigures(work, typed)) ??
  (await routeExport(work, typed)) ??
  (await routeCatalogue(work, typed)) ??
  (await routeMarketplace(work, typed)) ??
  (await routeAsk(work, typed)) ??
  (await snoozeFromText(work, typed)) ??
  (await checkInByWords(work, typed, 'with-words'));

/** `cadences`, `cadence weekly …`, `import forum …`: name no record of one person, so they work everywhere. */
async function routeCadence(work: Work, typed: string): Promise<Answer | null> {
  if (/^cadences$/iu.test(typed)) return showCadences(work);
  const [, verb, rest = ''] = /^(cadence|import forum)\b[\s:]*([^\n]{0,500})$/iu.exec(typed) ?? [];
  if (!verb) return null;
  return verb.toLowerCase() === 'cadence' ? changeCadence(work, rest) : importForum(work, rest);
}

/** In a channel of the programme: what concerns the channel, and questions about the programme; personal things go to a direct message. */
async function inChannel(work: Work, typed: string, isCalled: boolean): Promise<Answer> {
  const own = await forWhoAsked(work, typed);
  if (own) return own;
  const known = publicAnswer(typed);
  if (known) return answer(known);
  // People talk to each other in a channel: the bot answers only when it is spoken to.
  const isSpokenTo = isCalled || /\b(bot|isso bot)\b/iu.test(typed) || isGreeting(typed);
  const unread = isCalled ? askedUnreadably(work, typed) : null;
  return unread ?? (isSpokenTo ? answer(askMeDirectly()) : answer());
}

/**
 * In a channel that is none of the programme's: whoever speaks there has called the bot, and others read along who may know
 * nothing of requests. Said to all are only answers about the programme and the way to a direct message.
 */
async function elsewhere(work: Work, typed: string): Promise<Answer> {
  const own = await forWhoAsked(work, typed);
  if (own) return { ...own, personal: true };
  return answer(publicAnswer(typed) ?? askMeDirectly());
}

/** What somebody asks for in a channel, for the channel or for themselves; null for anything else. */
async function forWhoAsked(work: Work, typed: string): Promise<Answer | null> {
  const kinds = sensitiveKinds(typed);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  if (/^digest\b/iu.test(typed) && work.from.channel === 'ispg' && mayEver(work.person, 'programme.read')) {
    return answer(await composeIspgDigest(work.tx, work.programme, work.now));
  }
  if (/^satisfaction$/iu.test(typed)) return showSatisfaction(work);
  const view = readView(typed);
  if (view) return { ...(await showView(work, view)), personal: true };
  const checkIn = await checkInByWords(work, typed, 'all');
  if (checkIn) return checkIn;
  const command = readCommand(typed)?.kind;
  if (command === 'help') return answerPrivately(...help(work.person));
  if (command === 'status' || isListWish(typed)) return showRequests(work);
  const list = await listByWords(work, typed);
  if (list) return list;
  return wantsRequest(typed) ? startMain(work) : null;
}

/** The answer to a question about the programme, asked behind `ask` or by itself; null for anything else. */
const publicAnswer = (typed: string): Message | null => answerProgrammeQuestion(readAsked(typed) ?? typed);

/** In a direct message with no form open. */
async function atRest(work: Work, typed: string, hasPaused: boolean): Promise<Answer> {
  const wish = readWish(typed, todayOf(work));
  if (wish) return settleWish(work, wish);
  const command = readCommand(typed)?.kind;
  if (command === 'help' || typed === '') return answer(...help(work.person));
  if (command === 'status' || isListWish(typed)) return showRequests(work);
  const list = await listByWords(work, typed);
  if (list) return list;
  if (command === 'resume') return resumeIntake(work);
  if (command === 'form') return openCurrentForm(work);
  if (command === 'person') return answer(await personAnswer(work));
  if (command === 'cancel' && hasPaused) return resumeIntake(work);
  if (command === 'submit' || command === 'confirm') return answer(await alreadySent(work));
  const view = readView(typed);
  if (view) return showView(work, view);
  if (/^digest$/iu.test(typed) && mayEver(work.person, 'programme.read')) {
    return answer(await composeIspgDigest(work.tx, work.programme, work.now));
  }
  if (/^surveys?$/iu.test(typed)) return showOwnSurvey(work);
  if (/^satisfaction$/iu.test(typed)) return showSatisfaction(work);
  const checkIn = await checkInByWords(work, typed, 'all');
  if (checkIn) return checkIn;
  const choice = readChoice(typed);
  if (choice !== null) return chooseOnlyOffer(work, choice);
  if (/^when\b.{0,20}\b(kickoff|meeting)s?\b/iu.test(typed)) return showMeetings(work);
  if (isGreeting(typed)) return greet(work);
  if (wantsRequest(typed)) return startMain(work);
  return answerAsked(typed);
}

/** A question about the programme; whatever is asked behind `ask` is one. */
function answerAsked(typed: string): Answer {
  const found = publicAnswer(typed);
  if (found) return answer(found);
  const isQuestion = readAsked(typed) !== null || looksLikeProgrammeQuestion(typed);
  return answer(isQuestion ? programmeQuestionFallback() : notUnderstood());
}

const isGreeting = (typed: string): boolean =>
  /^(hi|hello|hey|hallo|good (morning|afternoon|evening)|start|begin|get started|greetings|howdy)\b[\s!.,]*(there|bot|team|all)?[\s!.]*$/iu.test(
    typed.slice(0, 60),
  );

const ORDINALS = ['first', 'second', 'third'];

/** Which of the offered times is meant, from 0; null when none is. */
function readChoice(typed: string): number | null {
  const digit = /^(?:choose |option |slot )?(\d)\.?$/iu.exec(typed)?.[1];
  if (digit) return Number(digit) - 1;
  const word = /^(?:the )?(first|second|third)(?: one| time)?\.?$/iu.exec(typed)?.[1]?.toLowerCase();
  return word ? ORDINALS.indexOf(word) : null;
}

const isListWish = (typed: string): boolean => /^(?:my requests?|requests|my status|list)$/iu.test(typed);

/** "I need an ISSO", "request a security officer", "we want a Service ISSO": not a question about how to. */
function wantsRequest(typed: string): boolean {
  if (isStartWish(typed)) return true;
  if (
    typed.length > LONGEST_WISH ||
    (typed.endsWith('?') && /^(how|what|when|who|why|where|which)\b/iu.test(typed))
  )
    return false;
  const wish = /\b(need|want|request|ask for|get|looking for|would like|order|new request|file)\b/iu.test(
    typed,
  );
  const thing = /\b(isso|issos|service isso|security officer|request|issoaas|isso as a service)\b/iu.test(
    typed,
  );
  return wish && thing;
}

async function personAnswer(work: Work) {
  const advisors = await work.tx.people.withRole('cra');
  const own = advisors.find((advisor) =>
    advisor.components.some((component) => work.person.components.includes(component)),
  );
  return intakeCopy.personContact(own ?? null);
}

/** "submit" with no form open: a second send of what was sent, or nothing to send. */
async function alreadySent(work: Work) {
  const [latest] = await work.tx.engagements.ofPerson(work.person.id);
  return latest && latest.requesterId === work.person.id
    ? alreadyReceived(latest.number)
    : intakeCopy.nothingToSend();
}

/** A bare number picks a kickoff time when exactly one offer waits for this person. */
async function chooseOnlyOffer(work: Work, index: number): Promise<Answer> {
  const own = await work.tx.engagements.ofPerson(work.person.id);
  const waiting = [];
  for (const engagement of own) {
    if (engagement.state !== 'KICKOFF_PENDING') continue;
    const meeting = await work.tx.meetings.ofEngagement(engagement.id, 'kickoff');
    if (meeting?.state === 'offered') waiting.push(engagement.number);
  }
  const [only] = waiting;
  if (only === undefined) return answer(notUnderstood());
  if (waiting.length > 1) return showRequests(work);
  return chooseKickoffTime(work, kickoffOf(only), index);
}

/** A greeting: who the bot is; to somebody with open requests, where these stand. */
export async function greet(work: Work): Promise<Answer> {
  const intake = await currentIntake(work);
  if (intake?.record.status === 'open') return answer(welcome(work.person), presentHere(intake));
  const own = await work.tx.engagements.ofPerson(work.person.id);
  if (!own.some((engagement) => engagement.ending === null)) return answer(welcome(work.person));
  const requests = await showRequests(work);
  return answer(welcomeBack(work.person), ...requests.say);
}
