/** Which use case a button or dialog means. A verb not listed here does nothing but say so. */
import type { RawValues } from '../domain/field.ts';
import type { ButtonPress } from '../messages/button.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { help } from '../messages/copy/welcome.ts';
import { amendRequest } from './amend-request.ts';
import { answerCheckInFromDialog, askForCheckIn } from './answer-check-in.ts';
import { answerSurveyFromDialog, askForSurvey } from './answer-survey.ts';
import { ASK_PRESSED, ASK_SUBMITTED } from './ask-route.ts';
import { BLOCKER_PRESSED, BLOCKER_SUBMITTED } from './blocker-route.ts';
import { CARD_PRESSED, CARD_SUBMITTED } from './card-route.ts';
import { CATALOGUE_PRESSED, CATALOGUE_SUBMITTED } from './catalogue-route.ts';
import { engagementRef, type KickoffRef } from './change-engagement.ts';
import { COURSE_PRESSED, COURSE_SUBMITTED } from './course-route.ts';
import { DIGEST_PRESSED, DIGEST_SUBMITTED } from './digest-route.ts';
import { askForKickoffRecord, cancelKickoff, recordKickoffFromDialog } from './end-kickoff.ts';
import { askForDecline, askForWithdrawal, declineRequest, endingOf, withdrawRequest } from './end-request.ts';
import { ENGAGEMENT_PRESSED, ENGAGEMENT_SUBMITTED } from './engagement-route.ts';
import { EXPORT_PRESSED, EXPORT_SUBMITTED } from './export-route.ts';
import { FIGURES_PRESSED, FIGURES_SUBMITTED } from './figures-route.ts';
import { answerQuestion, askForAnswer, confirmRequest, showRequest, showRequests } from './follow-request.ts';
import { resumeIntake, startIntake } from './intake.ts';
import {
  answerFromCard,
  answerWithDraft,
  closeFromCard,
  confirmFromCard,
  moveFromCard,
  settleHoldFromCard,
  skipFromCard,
  submitFromCard,
} from './intake-from-card.ts';
import { openForm, savePage } from './intake-pages.ts';
import { listMore } from './list-engagements.ts';
import { MAIL_PRESSED, MAIL_SUBMITTED } from './mail-route.ts';
import { MARKETPLACE_PRESSED, MARKETPLACE_SUBMITTED } from './marketplace-route.ts';
import { MATCHING_PRESSED, MATCHING_SUBMITTED } from './matching-route.ts';
import { MEETING_PRESSED, MEETING_SUBMITTED } from './meeting-route.ts';
import { MY_DAY_PRESSED } from './my-day-route.ts';
import { NUDGE_PRESSED, NUDGE_SUBMITTED } from './nudge-route.ts';
import { OFF_BOARDING_PRESSED, OFF_BOARDING_SUBMITTED } from './off-boarding-route.ts';
import { offerOtherTimes, rescheduleKickoff } from './offer-kickoff-times.ts';
import { PEOPLE_PRESSED, PEOPLE_SUBMITTED } from './people-route.ts';
import { dropLeave } from './set-wishes.ts';
import {
  askForOtherTimes,
  chooseKickoffTime,
  proposeKickoffTimes,
  takeProposedTime,
} from './settle-kickoff-time.ts';
import { showHistory } from './show-history.ts';
import { snoozeMessage } from './snooze-message.ts';
import { startAsForm, startFromMessage } from './start-as-form.ts';
import { REPORT_PRESSED, REPORT_SUBMITTED } from './status-report-route.ts';
import { acceptRequest, askForQuestion, askRequester } from './triage-request.ts';
import {
  askForHours,
  askForLeave,
  pressWish,
  saveHoursFromDialog,
  saveLeaveFromDialog,
} from './wishes-from-card.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

const kickoff = (press: ButtonPress): KickoffRef => ({
  by: 'card',
  meetingId: press.subject,
  version: press.version ?? null,
});
const index = (press: ButtonPress): number => Number(press.choice ?? Number.NaN);
const words = (values: RawValues, field: string): string => String(values[field] ?? '');

/** What pressing does. */
const PRESSED: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['intake.start', (work, press) => startIntake(work, press.subject)],
  ['intake.start-form', (work, press) => startAsForm(work, press.subject)],
  [
    'intake.start-from',
    (work, press, values) => startFromMessage(work, press.subject, words(values, 'words')),
  ],
  ['intake.use-draft', (work, press) => answerWithDraft(work, press.subject, press.choice ?? '')],
  ['intake.answer', (work, press, values) => answerFromCard(work, press.subject, press.choice ?? '', values)],
  ['intake.skip', (work, press) => skipFromCard(work, press.subject, press.choice ?? '')],
  ['intake.change', (work, press) => moveFromCard(work, press.subject, changeOf(press))],
  ['intake.submit', (work, press) => submitFromCard(work, press.subject, press.version ?? null)],
  ['intake.confirm', (work, press, values) => confirmFromCard(work, press.subject, values)],
  ['intake.form', (work, press) => openForm(work, press.subject)],
  ['intake.resume', (work) => resumeIntake(work)],
  ['intake.pause', (work, press) => closeFromCard(work, press.subject, 'pause')],
  ['intake.cancel', (work, press) => closeFromCard(work, press.subject, 'cancel')],
  ['intake.discard', (work, press) => closeFromCard(work, press.subject, 'discard')],
  ['intake.join', (work, press) => settleHoldFromCard(work, press.subject, 'join')],
  ['intake.amend', (work, press) => settleHoldFromCard(work, press.subject, 'amend')],
  ['intake.rename', (work, press) => settleHoldFromCard(work, press.subject, 'rename')],
  ['requests.list', (work) => showRequests(work)],
  ['engagements.list', (work, press) => listMore(work, press.subject, press.choice ?? '')],
  ['history.show', (work, press) => showHistory(work, press.subject, index(press))],
  ['request.show', (work, press) => showRequest(work, press.subject)],
  ['request.confirm', (work, press) => confirmRequest(work, engagementRef(press))],
  ['request.amend', (work, press) => amendRequest(work, engagementRef(press))],
  ['request.withdraw', (work, press) => askForWithdrawal(work, engagementRef(press))],
  ['request.answer', (work, press) => askForAnswer(work, engagementRef(press))],
  ['triage.accept', (work, press) => acceptRequest(work, engagementRef(press))],
  ['triage.ask', (work, press) => askForQuestion(work, engagementRef(press))],
  ['triage.decline', (work, press) => askForDecline(work, engagementRef(press))],
  ['kickoff.choose', (work, press) => chooseKickoffTime(work, kickoff(press), index(press))],
  ['kickoff.propose', (work, press) => askForOtherTimes(work, kickoff(press))],
  ['kickoff.take', (work, press) => takeProposedTime(work, kickoff(press), index(press))],
  ['kickoff.offer', (work, press) => offerOtherTimes(work, kickoff(press))],
  ['kickoff.reschedule', (work, press) => rescheduleKickoff(work, kickoff(press))],
  ['kickoff.cancel', (work, press) => cancelKickoff(work, kickoff(press))],
  ['kickoff.record', (work, press) => askForKickoffRecord(work, kickoff(press))],
  ['wishes.show', pressWish],
  ['wishes.topics', pressWish],
  ['wishes.leaves', pressWish],
  ['wishes.mute', pressWish],
  ['wishes.unmute', pressWish],
  ['wishes.default', pressWish],
  ['wishes.rhythm', pressWish],
  ['wishes.inauguration', pressWish],
  ['wishes.cancel-leave', (work, press) => dropLeave(work, press.subject)],
  ['wishes.ask-hours', (work) => askForHours(work)],
  ['wishes.ask-leave', () => askForLeave()],
  ['check-in.open', (work, press) => askForCheckIn(work, press.subject)],
  ['survey.open', (work, press) => askForSurvey(work, press.subject)],
  ['message.snooze', (work, press) => snoozeMessage(work, press.subject, Number(press.choice))],
  ...MEETING_PRESSED,
  ...MAIL_PRESSED,
  ...OFF_BOARDING_PRESSED,
  ...PEOPLE_PRESSED,
  ...ENGAGEMENT_PRESSED,
  ...CARD_PRESSED,
  ...COURSE_PRESSED,
  ...NUDGE_PRESSED,
  ...MY_DAY_PRESSED,
  ...MATCHING_PRESSED,
  ...BLOCKER_PRESSED,
  ...REPORT_PRESSED,
  ...DIGEST_PRESSED,
  ...FIGURES_PRESSED,
  ...EXPORT_PRESSED,
  ...CATALOGUE_PRESSED,
  ...MARKETPLACE_PRESSED,
  ...ASK_PRESSED,
  ['help.show', async (work) => answerPrivately(...help(work.person))],
]);

/** What sending a dialog does. */
const SUBMITTED: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['intake.page', (work, press, values) => savePage(work, press.subject, press.choice ?? '', values)],
  [
    'request.withdraw',
    (work, press, values) => withdrawRequest(work, engagementRef(press), endingOf(values), 'dialog'),
  ],
  [
    'request.answer',
    (work, press, values) => answerQuestion(work, engagementRef(press), words(values, 'answer'), 'dialog'),
  ],
  [
    'triage.ask',
    (work, press, values) => askRequester(work, engagementRef(press), words(values, 'question'), 'dialog'),
  ],
  [
    'triage.decline',
    (work, press, values) => declineRequest(work, engagementRef(press), endingOf(values), 'dialog'),
  ],
  [
    'kickoff.propose',
    (work, press, values) => proposeKickoffTimes(work, kickoff(press), times(values), 'dialog'),
  ],
  ['kickoff.record', (work, press, values) => recordKickoffFromDialog(work, kickoff(press), values)],
  ['wishes.save-hours', (work, _press, values) => saveHoursFromDialog(work, values)],
  ['wishes.save-leave', (work, _press, values) => saveLeaveFromDialog(work, values)],
  ['check-in.answer', (work, press, values) => answerCheckInFromDialog(work, press.subject, values)],
  ['survey.answer', (work, press, values) => answerSurveyFromDialog(work, press.subject, values)],
  ...MEETING_SUBMITTED,
  ...MAIL_SUBMITTED,
  ...OFF_BOARDING_SUBMITTED,
  ...PEOPLE_SUBMITTED,
  ...ENGAGEMENT_SUBMITTED,
  ...CARD_SUBMITTED,
  ...COURSE_SUBMITTED,
  ...NUDGE_SUBMITTED,
  ...MATCHING_SUBMITTED,
  ...BLOCKER_SUBMITTED,
  ...REPORT_SUBMITTED,
  ...DIGEST_SUBMITTED,
  ...FIGURES_SUBMITTED,
  ...EXPORT_SUBMITTED,
  ...CATALOGUE_SUBMITTED,
  ...MARKETPLACE_SUBMITTED,
  ...ASK_SUBMITTED,
]);

const changeOf = ({ choice = '' }: ButtonPress) =>
  ({ kind: 'change', words: choice.replaceAll('_', ' '), typed: '' }) as const;

/** The times that were filled in; an empty later choice is left out. */
function times(values: RawValues): Record<string, string> {
  const filled = ['time1', 'time2', 'time3'].filter(
    (field) => field === 'time1' || words(values, field).trim() !== '',
  );
  return Object.fromEntries(filled.map((field) => [field, words(values, field)]));
}

/** Carries out a pressed button. */
export async function routePress(work: Work, press: ButtonPress, values: RawValues): Promise<Answer> {
  const route = PRESSED.get(press.verb);
  return ownElsewhere(work, route ? await route(work, press, values) : answer(notYours()));
}

/** In a channel that is none of the programme's, what a button or dialog leads to is for whoever pressed it. */
const ownElsewhere = ({ from }: Work, made: Answer): Answer =>
  from.channel === 'other' ? { ...made, personal: true } : made;

/** Carries out a submitted dialog. */
export async function routeSubmission(work: Work, press: ButtonPress, values: RawValues): Promise<Answer> {
  const route = SUBMITTED.get(press.verb);
  return ownElsewhere(work, route ? await route(work, press, values) : answer(notYours()));
}
