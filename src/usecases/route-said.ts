/** What somebody means by what they typed. Typed verbs with a request number always work, also while a form is open. */
import { mayEver } from '../domain/access.ts';
import { findRequestNumber, type RequestNumber } from '../domain/ids.ts';
import { readCommand } from '../forms/command.ts';
import { readWish } from '../forms/read-wish.ts';
import * as intakeCopy from '../messages/copy/intake.ts';
import { DECLINE_REASONS, readReason, WITHDRAW_REASONS } from '../messages/copy/reasons.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { alreadyReceived } from '../messages/copy/request.ts';
import { askMeDirectly, help, notUnderstood, welcome, welcomeBack } from '../messages/copy/welcome.ts';
import { amendRequest } from './amend-request.ts';
import { checkInByWords } from './answer-check-in.ts';
import {
  answerProgrammeQuestion,
  looksLikeProgrammeQuestion,
  programmeQuestionFallback,
} from './answer-programme-question.ts';
import { changeCadence, showCadences } from './change-cadence.ts';
import type { EngagementRef, KickoffRef } from './change-engagement.ts';
import { cancelKickoff, recordKickoffFromText } from './end-kickoff.ts';
import { declineRequest, withdrawRequest } from './end-request.ts';
import { composeIspgDigest } from './enqueue-digests.ts';
import { answerQuestion, confirmRequest, showRequest, showRequests } from './follow-request.ts';
import { sensitiveKinds } from './guard.ts';
import { importForum } from './import-forum.ts';
import { continueIntake, resumeIntake, startIntake } from './intake.ts';
import { currentIntake } from './intake-context.ts';
import { routeMeeting } from './meeting-route.ts';
import { offerKickoffTimes, rescheduleKickoff } from './offer-kickoff-times.ts';
import { presentHere } from './present-intake.ts';
import { settleWish, todayOf } from './set-wishes.ts';
import { chooseKickoffTime, proposeKickoffTimes, takeProposedTime } from './settle-kickoff-time.ts';
import { showMeetings } from './show-meetings.ts';
import { showOwnSurvey, showSatisfaction, surveyByNumber } from './show-surveys.ts';
import { snoozeFromText } from './snooze-message.ts';
import { acceptRequest, askRequester } from './triage-request.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/** The offering that "I need an ISSO" means. */
const FIRST_OFFERING = 'issoaas';
/** A greeting or a wish is never longer. */
const LONGEST_WISH = 200;

/** Carries out what was said, in a direct message or a channel. */
export async function routeSaid(work: Work, said: string): Promise<Answer> {
  const typed = said.trim();
  const verb =
    (await routeMeeting(work, typed)) ??
    (await routeVerb(work, typed)) ??
    (await routeCadence(work, typed)) ??
    (await snoozeFromText(work, typed));
  // Only the ISPG channel may hear about single requests; elsewhere the answer is for the one who asked.
  if (verb) return work.from.channel === 'issoaas' ? { ...verb, personal: true } : verb;
  const checkIn = await checkInByWords(work, typed, 'with-words');
  if (checkIn) return checkIn;
  if (work.from.channel !== null) return inChannel(work, typed);
  const intake = await currentIntake(work);
  if (intake?.record.status === 'open') return continueIntake(work, intake, said);
  const kinds = sensitiveKinds(typed);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  return atRest(work, typed, intake !== null);
}

type VerbRoute = (work: Work, number: RequestNumber, rest: string, before: string) => Promise<Answer>;
const byNumber = (number: RequestNumber): EngagementRef => ({ number, version: null });
const kickoffOf = (number: RequestNumber): KickoffRef => ({ by: 'number', number });

/** `verb … NUMBER rest`: the words between verb and number are `before`. */
const VERBS: ReadonlyMap<string, VerbRoute> = new Map<string, VerbRoute>([
  ['status', (work, number) => showRequest(work, number)],
  ['show', (work, number) => showRequest(work, number)],
  ['accept', (work, number) => acceptRequest(work, byNumber(number))],
  ['ask', (work, number, rest) => askRequester(work, byNumber(number), rest, 'chat')],
  [
    'decline',
    (work, number, rest) =>
      withReason(rest, DECLINE_REASONS, (reason, note) =>
        declineRequest(work, byNumber(number), { reason, note }, 'chat'),
      ),
  ],
  [
    'withdraw',
    (work, number, rest) =>
      withReason(rest, WITHDRAW_REASONS, (reason, note) =>
        withdrawRequest(work, byNumber(number), { reason, note }, 'chat'),
      ),
  ],
  ['answer', (work, number, rest) => answerQuestion(work, byNumber(number), rest, 'chat')],
  ['confirm', (work, number) => confirmRequest(work, byNumber(number))],
  ['amend', (work, number) => amendRequest(work, byNumber(number))],
  [
    'choose',
    (work, number, rest, before) => chooseKickoffTime(work, kickoffOf(number), firstNumber(before, rest) - 1),
  ],
  [
    'take',
    (work, number, rest, before) => takeProposedTime(work, kickoffOf(number), firstNumber(before, rest) - 1),
  ],
  [
    'propose',
    (work, number, rest) => proposeKickoffTimes(work, kickoffOf(number), severalTimes(rest), 'chat'),
  ],
  ['offer', (work, number) => offerKickoffTimes(work, byNumber(number))],
  ['reschedule', (work, number) => rescheduleKickoff(work, kickoffOf(number))],
  ['cancel', (work, number) => cancelKickoff(work, kickoffOf(number))],
  ['held', (work, number, rest) => recordKickoffFromText(work, kickoffOf(number), rest)],
  ['survey', (work, number, rest) => surveyByNumber(work, number, rest)],
]);

const VERB_SHAPE = /^([A-Za-z]{3,10})\b([^\n]{0,40}?)\b([A-Za-z]{2,8}-20\d{2}-\d{1,6})\b/u;

async function routeVerb(work: Work, typed: string): Promise<Answer | null> {
  const shape = VERB_SHAPE.exec(typed.slice(0, 120));
  if (!shape) return null;
  const [whole, verb = '', before = '', typedNumber = ''] = shape;
  const route = VERBS.get(verb.toLowerCase());
  const number = findRequestNumber(typedNumber);
  if (!route || !number) return null;
  const rest = typed.slice(whole.length).replace(/^[\s:;,.]+/u, '');
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  return route(work, number, rest, before);
}

/** `cadences`, `cadence weekly …`, `import forum …`: name no record of one person, so they work everywhere. */
async function routeCadence(work: Work, typed: string): Promise<Answer | null> {
  if (/^cadences$/iu.test(typed)) return showCadences(work);
  const [, verb, rest = ''] = /^(cadence|import forum)\b[\s:]*([^\n]{0,500})$/iu.exec(typed) ?? [];
  if (!verb) return null;
  return verb.toLowerCase() === 'cadence' ? changeCadence(work, rest) : importForum(work, rest);
}

function firstNumber(...texts: readonly string[]): number {
  const found = texts.map((text) => /\d+/u.exec(text)?.[0]).find((digits) => digits !== undefined);
  return Number(found ?? Number.NaN);
}

function severalTimes(rest: string): Record<string, string> {
  const parts = rest
    .split(/;|\bor\b/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .slice(0, 3);
  return Object.fromEntries(
    (parts.length > 0 ? parts : ['']).map((part, place) => [`time${place + 1}`, part]),
  );
}

/** `code note` or `label: note`: the longest beginning that is a reason is the reason, the rest the note. */
function withReason(
  rest: string,
  reasons: readonly { readonly id: string; readonly label: string }[],
  go: (reason: string, note: string) => Promise<Answer>,
): Promise<Answer> {
  const words = rest.slice(0, 700).split(/\s+/u);
  for (let count = Math.min(12, words.length); count > 0; count -= 1) {
    const reason = readReason(
      words
        .slice(0, count)
        .join(' ')
        .replace(/(?<![:;,.])[:;,.]+$/u, ''),
      reasons,
    );
    if (reason) return go(reason, words.slice(count).join(' '));
  }
  return go('', '');
}

/** In a channel: what concerns the channel, and questions about the programme; personal things go to a direct message. */
async function inChannel(work: Work, typed: string): Promise<Answer> {
  const kinds = sensitiveKinds(typed);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  if (/^digest\b/iu.test(typed) && work.from.channel === 'ispg' && mayEver(work.person, 'programme.read')) {
    return answer(await composeIspgDigest(work.tx, work.programme, work.now));
  }
  if (/^satisfaction$/iu.test(typed)) return showSatisfaction(work);
  const checkIn = await checkInByWords(work, typed, 'all');
  if (checkIn) return checkIn;
  const command = readCommand(typed)?.kind;
  if (command === 'help') return answerPrivately(help(work.person));
  if (command === 'status' || isListWish(typed)) return showRequests(work);
  if (wantsRequest(typed)) return startIntake(work, FIRST_OFFERING);
  const known = answerProgrammeQuestion(typed);
  if (known) return answer(known);
  // People talk to each other in a channel: the bot answers only when it is spoken to.
  return /\b(bot|isso bot)\b/iu.test(typed) || isGreeting(typed) ? answer(askMeDirectly()) : answer();
}

/** In a direct message with no form open. */
async function atRest(work: Work, typed: string, hasPaused: boolean): Promise<Answer> {
  const wish = readWish(typed, todayOf(work));
  if (wish) return settleWish(work, wish);
  const command = readCommand(typed)?.kind;
  if (command === 'help') return answer(help(work.person));
  if (command === 'status' || isListWish(typed)) return showRequests(work);
  if (command === 'resume' || command === 'form') return resumeIntake(work);
  if (command === 'person') return answer(await personAnswer(work));
  if (command === 'cancel' && hasPaused) return resumeIntake(work);
  if (command === 'submit' || command === 'confirm') return answer(await alreadySent(work));
  if (/^(my )?(meetings|calendar)$/iu.test(typed)) return showMeetings(work);
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
  if (wantsRequest(typed)) return startIntake(work, FIRST_OFFERING);
  const found = answerProgrammeQuestion(typed);
  if (found) return answer(found);
  return answer(looksLikeProgrammeQuestion(typed) ? programmeQuestionFallback() : notUnderstood());
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

const isListWish = (typed: string): boolean => /^(my )?(requests?|my status|list)$/iu.test(typed);

/** "I need an ISSO", "request a security officer", "we want a Service ISSO": not a question about how to. */
function wantsRequest(typed: string): boolean {
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
