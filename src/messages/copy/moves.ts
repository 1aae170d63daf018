/** The steps that somebody can take in an engagement, in words: button, typed words, and when they are there to take. */
import { type EngagementVerb, may } from '../../domain/access.ts';
import type { Engagement } from '../../domain/engagement.ts';
import {
  AFTER_KICKOFF_STATES,
  ASSIGNED_STATES,
  type EngagementState,
  isFinal,
  REWORK_STATES,
} from '../../domain/engagement-states.ts';
import { isStepOpen } from '../../domain/open-steps.ts';
import type { Person } from '../../domain/person.ts';
import { type Button, button } from '../button.ts';

export interface MoveWords {
  readonly verb: EngagementVerb;
  /** Typed before the number: `pause ISSO-2026-0042`. */
  readonly typed: string;
  /** Typed behind the number, as an example; empty when nothing is asked. */
  readonly example: string;
  readonly label: string;
  readonly look: Button['look'];
  readonly states: readonly EngagementState[];
  /** Opens a dialog in which it is asked what else is needed. */
  readonly asks: boolean;
  /** Not drawn as a button, only typed: rare. */
  readonly isRare?: boolean;
}

const step = (
  verb: EngagementVerb,
  typed: string,
  label: string,
  states: readonly EngagementState[],
  more: Partial<Pick<MoveWords, 'example' | 'look' | 'asks' | 'isRare'>> = {},
): MoveWords => ({ verb, typed, label, states, example: '', look: 'plain', asks: false, ...more });

const FIRST = { look: 'primary' } as const;
const NOT_FINAL: readonly EngagementState[] = AFTER_KICKOFF_STATES.filter((state) => !isFinal(state));

/** In the order in which they are offered. */
export const MOVES: readonly MoveWords[] = [
  step('form.lock', 'lock form', 'Lock the form', ['KICKOFF_HELD'], FIRST),
  step('context.confirm-ispg', 'confirm context', 'Confirm for ISPG', ['FORM_COMPLETE'], FIRST),
  step(
    'context.confirm-contractor',
    'confirm context',
    'Confirm for the contractor',
    ['FORM_COMPLETE'],
    FIRST,
  ),
  step('skills.settle', 'settle skills', 'Settle the skill profile', ['CONTEXT_ASSESSED'], FIRST),
  step('candidate.propose', 'propose candidate', 'Propose a candidate', ['MATCHING'], {
    ...FIRST,
    asks: true,
    example: 'Ines Sorensen; start: 1/11/2027',
  }),
  step('candidate.allow', 'allow candidate', 'Allow the exception', ['CANDIDATE_PROPOSED'], FIRST),
  step('candidate.accept-ispg', 'accept candidate', 'Accept for ISPG', ['CANDIDATE_PROPOSED'], FIRST),
  step('candidate.accept', 'accept candidate', 'Accept the candidate', ['CANDIDATE_PROPOSED'], FIRST),
  step('candidate.decline', 'decline candidate', 'Decline the candidate', ['CANDIDATE_PROPOSED'], {
    asks: true,
    look: 'danger',
    example: 'availability',
  }),
  step(
    'funding.confirm',
    'confirm funding',
    'Confirm the funding',
    [...REWORK_STATES, 'CANDIDATE_PROPOSED'],
    {},
  ),
  step('onboarding.begin', 'start onboarding', 'Start onboarding', ['ISSO_IDENTIFIED'], {
    ...FIRST,
    asks: true,
    example: 'start: 1/11/2027; hours per week: 20',
  }),
  step('letter.sign', 'sign letter', 'I signed the letter', ['ONBOARDING'], FIRST),
  step('letter.sign-owner', 'sign letter', 'I signed the letter', ['ONBOARDING'], FIRST),
  step('letter.note-ciso', 'ciso signed letter', 'The CISO signed', ['ONBOARDING'], {
    asks: true,
    example: '2/3/2027',
  }),
  step('engagement.activate', 'activate', 'Confirm the start of work', ['ONBOARDING'], {
    ...FIRST,
    asks: true,
  }),
  step('engagement.wish', 'wish', 'Say what you wish', ['EXTENSION_REVIEW'], {
    ...FIRST,
    asks: true,
    example: 'extend; 6/30/2028',
  }),
  step(
    'engagement.approve-extension',
    'approve extension',
    'Approve for the programme',
    ['EXTENSION_REVIEW'],
    FIRST,
  ),
  step(
    'engagement.approve-extension-cor',
    'approve extension',
    'Approve for the contract',
    ['EXTENSION_REVIEW'],
    FIRST,
  ),
  step('replacement.accept-ispg', 'accept replacement', 'Accept for ISPG', ['REASSIGNING'], FIRST),
  step('replacement.accept', 'accept replacement', 'Accept the replacement', ['REASSIGNING'], FIRST),
  step('replacement.decline', 'decline replacement', 'Decline the replacement', ['REASSIGNING'], {
    asks: true,
    look: 'danger',
    example: 'availability',
  }),
  step('engagement.replace', 'replace', 'Go on with the change', ['REASSIGNING'], {
    ...FIRST,
    asks: true,
    example: 'day 0: 1/11/2027',
  }),
  step('off-boarding.report', 'report off-boarding', 'Off-boarding is done', ['OFFBOARDING'], FIRST),
  step('engagement.close', 'close', 'Countersign and close', ['OFFBOARDING'], FIRST),
  step('engagement.resume', 'resume', 'Go on with the work', ['PAUSED'], FIRST),
  step('engagement.review-extension', 'review extension', 'Ask for an extension', ['ACTIVE'], {
    asks: true,
    example: '6/30/2028',
  }),
  step('engagement.ask-change', 'ask change', 'Ask for a change', ASSIGNED_STATES, {
    asks: true,
    example: 'We need 30 hours a week from May.',
  }),
  step('engagement.pause', 'pause', 'Pause', ['ACTIVE'], {
    asks: true,
    example: 'The system moves to the cloud; 3/1/2028',
  }),
  step('engagement.reassign', 'reassign', 'Change the Service ISSO', ['ACTIVE', 'ONBOARDING'], {
    asks: true,
    example: 'isso departed; replacement: Ivan Soto',
  }),
  step(
    'engagement.end',
    'end',
    'End the engagement',
    ['ACTIVE', 'PAUSED', 'ONBOARDING', 'EXTENSION_REVIEW'],
    {
      asks: true,
      look: 'danger',
      example: 'funding changed; last day: 6/30/2028; hand over to: Beatriz Okafor',
    },
  ),
  step('engagement.send-back', 'send back', 'Send back', ['FORM_COMPLETE', 'CONTEXT_ASSESSED', 'MATCHING'], {
    asks: true,
    example: 'to: Request Form; The hours have changed.',
  }),
  // Drawn on the Information Card, beside what moves there.
  step('card.move-day-zero', 'move day 0', 'Move day 0', ['ONBOARDING'], {
    asks: true,
    example: 'to 12/14/2026 because the contract starts a week later',
    isRare: true,
  }),
  step('ciso.note', 'told ciso', 'I told the CISO', [...NOT_FINAL, 'CLOSED'], {
    asks: true,
    example: '2/10/2027',
    isRare: true,
  }),
  step('engagement.change-term', 'change term', 'Change hours or end', ASSIGNED_STATES, {
    asks: true,
    example: 'hours per week: 30',
    isRare: true,
  }),
  step('engagement.correct', 'correct people', 'Correct who is who', NOT_FINAL, {
    asks: true,
    example: 'advisor: Carla Reyes; reason: New advisor since October.',
    isRare: true,
  }),
  step('member.grant', 'let in', 'Let somebody in', NOT_FINAL, {
    asks: true,
    example: 'Dana Guthrie; data guardian',
    isRare: true,
  }),
  step('member.approve', 'approve member', 'Approve a member', NOT_FINAL, {
    asks: true,
    example: 'Dana Guthrie; data guardian',
    isRare: true,
  }),
  step('member.end', 'remove member', 'Remove a member', NOT_FINAL, {
    asks: true,
    example: 'Dana Guthrie; data guardian',
    isRare: true,
  }),
  step('request.copy', 'copy', 'Make a new request from it', ['WITHDRAWN', 'DECLINED'], {}),
];

/** The words of that verb. Throws (a bug) for a verb that is no move. */
export function moveWords(verb: EngagementVerb): MoveWords {
  const found = MOVES.find((move) => move.verb === verb);
  if (!found) throw new Error(`no move ${verb}`);
  return found;
}

/** What `reader` may do next with the engagement, in the order of MOVES. Whether it would succeed is for the move to say. */
export const openMoves = (engagement: Engagement, reader: Person): readonly MoveWords[] =>
  MOVES.filter(
    ({ verb, states }) =>
      states.includes(engagement.state) &&
      isStepOpen(verb, engagement.course) &&
      may(reader, verb, engagement),
  );

/** More buttons on one card are hard to read, and Teams draws no more. */
const MOST_BUTTONS = 5;

/** The buttons for what `reader` may do next; the rest is typed. */
export const moveButtons = (engagement: Engagement, reader: Person): readonly Button[] =>
  openMoves(engagement, reader)
    .filter(({ isRare = false }) => !isRare)
    .slice(0, MOST_BUTTONS)
    .map((move) => moveButton(engagement, move));

export const moveButton = (
  { number, version }: Pick<Engagement, 'number' | 'version'>,
  { verb, label, typed, example, asks, look }: MoveWords,
): Button =>
  button(
    verb.replaceAll('.', '-'),
    label,
    { verb, subject: number, version },
    `${typed} ${number}${example === '' ? '' : ` ${example}`}`,
    { look, opensDialog: asks },
  );
