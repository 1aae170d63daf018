/** What a person is told when something can't be done: why, and what to do next. */
import type { EngagementRefusal, WaitingSide } from '../../domain/engagement.ts';
import type { EngagementState } from '../../domain/engagement-states.ts';
import type { MeetingRefusal } from '../../domain/meeting.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { line, strong, theirs, time } from '../inline.ts';
import { type Message, say } from '../message.ts';

/** The same words for a record that does not exist and one that is not this person's to see. */
export const noAccess = (number: string): Message =>
  say(
    line`I can't show or change ${strong(number)} for you: it does not exist, or you do not have access. Check the number with \`status\`, or ask ISSO@cms.hhs.gov.`,
  );

/** The person sees the request, but the step belongs to somebody else. */
export const notYourStep = (number: string): Message =>
  say(
    line`That step for ${strong(number)} is not open to you, so nothing was changed. \`status ${number}\` says who has the next move.`,
  );

/** An action nobody gave this person; said without telling what exists. */
export const notYours = (): Message =>
  say('That action is not open to you. Type `help` to see what you can do here.');

export const outOfDate = (number: string): Message =>
  say(line`That card was out of date, so nothing was changed. This is how ${strong(number)} stands now:`);

const STATE_SAYS: Readonly<Record<EngagementState, string>> = {
  DRAFT: 'still waits for its Business Owner to confirm it',
  REQUESTED: 'waits for ISPG to accept it',
  KICKOFF_PENDING: 'was accepted and its kickoff is being arranged',
  KICKOFF_HELD: 'has had its kickoff and waits for the Request Form',
  FORM_COMPLETE: 'has its Request Form and waits for the context assessment',
  CONTEXT_ASSESSED: 'waits for its skill profile',
  SKILLS_CATEGORIZED: 'has its skill profile',
  MATCHING: 'is looking for a Service ISSO',
  CANDIDATE_PROPOSED: 'has a candidate who waits for an answer',
  ISSO_IDENTIFIED: 'has its Service ISSO, and onboarding has not begun',
  ONBOARDING: 'is in onboarding',
  ACTIVE: 'is at work',
  PAUSED: 'is paused',
  EXTENSION_REVIEW: 'waits for a decision about its extension',
  REASSIGNING: 'is getting another Service ISSO',
  OFFBOARDING: 'is ending',
  CLOSED: 'is closed',
  WITHDRAWN: 'was withdrawn',
  DECLINED: 'was declined',
};

/** Why an engagement did not move, and that nothing changed. */
export function engagementRefusal(number: string, refusal: EngagementRefusal): Message {
  switch (refusal.code) {
    case 'wrong-state':
      return say(
        line`Nothing was changed: ${strong(number)} ${STATE_SAYS[refusal.state]}. Type \`status ${number}\` to see it.`,
      );
    case 'not-represented': {
      const names = { business_owner: 'the Business Owner', ispg: 'ISPG', contractor: 'the contractor' };
      return say(
        line`Nothing was recorded: a kickoff counts as held when the Business Owner, ISPG and the contractor were all there, and ${refusal.missing.map((party) => names[party]).join(' and ')} was missing. Find another time with \`reschedule ${number}\`.`,
      );
    }
    case 'nothing-asked':
      return say(
        line`ISPG has no open question about ${strong(number)}. To change the request itself, type \`amend ${number}\`.`,
      );
    case 'already-member':
      return say(line`You are already part of ${strong(number)}. Type \`status ${number}\` to see it.`);
    case 'incomplete':
      return say(
        line`Nothing was changed: something is still missing for ${strong(number)}: ${theirs(refusal.missing.map(keyWords).join(', '))}.`,
      );
    case 'already-done':
      return say(line`That was done before for ${strong(number)}. Type \`show ${number}\` to see it.`);
    case 'waits-for':
      return say(
        line`Nothing was changed: for ${strong(number)}, ${SIDES[refusal.side]} has to act first. Type \`show ${number}\` to see it.`,
      );
    case 'same-person':
      return say(
        line`Nothing was changed: this step of ${strong(number)} needs two different people, and you are the first of them.`,
      );
    case 'bad-day':
      return say(
        line`Nothing was changed: ${DAY_SAYS[refusal.because]} ${sayLocalDate(refusal.limitOn)}. Give another day for ${strong(number)}.`,
      );
    case 'exception-needed':
      return say(
        line`Nothing was changed: this person fails a hard requirement or scores below the line, so proposing them for ${strong(number)} needs a written exception that the Government Task Lead allows.`,
      );
    case 'is-candidate-of-another':
      return say(
        line`Nothing was changed: this person is proposed for another engagement. Wait for that answer, or propose somebody else for ${strong(number)}.`,
      );
    default:
      return refusal satisfies never;
  }
}

const SIDES: Readonly<Record<WaitingSide, string>> = {
  ispg: 'ISPG',
  contractor: 'the contractor',
  business_owner: 'the Business Owner',
  gtl: 'the Government Task Lead',
  cor: "the Contracting Officer's Representative",
  service_isso: 'the Service ISSO',
  ciso: 'the CISO',
};

const DAY_SAYS = {
  past: 'that day is past; the earliest is',
  'before-start': 'the day must come after',
  'too-far': 'that day is too far ahead; the latest is',
} as const;

/** A key as people read it: `appointment_letter` is "appointment letter". */
const keyWords = (key: string): string => key.replaceAll('_', ' ');

/** Why a meeting did not change. */
export function meetingRefusal(number: string, refusal: MeetingRefusal): Message {
  switch (refusal.code) {
    case 'wrong-state': {
      const words = {
        offered: 'has no booked time yet',
        booked: 'is booked already',
        held: 'was held already',
        cancelled: 'is cancelled',
      };
      return say(
        line`Nothing was changed: the kickoff for ${strong(number)} ${words[refusal.state]}. Type \`status ${number}\` to see it.`,
      );
    }
    case 'no-such-slot':
      return refusal.slots === 0
        ? say(
            line`There are no times to pick from for ${strong(number)} right now. Type \`status ${number}\` to see who has the next move.`,
          )
        : say(line`Please pick a number from 1 to ${refusal.slots} for ${strong(number)}.`);
    case 'slot-passed':
      return say('That time has passed, so it was not booked.');
    case 'not-yet':
      return say(
        line`The kickoff for ${strong(number)} begins on ${time(refusal.startsAt)}; it can be recorded from then on.`,
      );
    default:
      return refusal satisfies never;
  }
}

/** Text that looks like personal data was typed; it was not kept. `kinds` such as "a Social Security number". */
export const sensitiveText = (kinds: readonly string[]): Message =>
  say(
    `That looked like it contained ${kinds.join(' and ')}, so I did not keep it. Please say it again without personal, health or tax data.`,
    'If such data was sent by mistake, report it to the CMS IT Service Desk within one hour.',
  );

/** Our own mistake; `reference` finds it in the log. */
export const apology = (reference: string): Message =>
  say(
    `Something went wrong on our side and your last message had no effect. Nothing you entered before is lost. Please try again; if it happens again, write to ISSO@cms.hhs.gov with reference ${reference}.`,
  );
