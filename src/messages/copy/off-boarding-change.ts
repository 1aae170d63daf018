/** What people are told while the Service ISSO is changed, and of a new request made from an ended one. */
import type { Engagement } from '../../domain/engagement.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { button } from '../button.ts';
import { type Inline, line, strong, theirs } from '../inline.ts';
import { bullets, card, type Message, paragraph, say } from '../message.ts';
import { candidateReason } from './candidate.ts';
import { offBoardingButton } from './off-boarding-news.ts';
import { endReasonWords } from './off-boarding-reasons.ts';
import { paperButton, paperWords } from './paper.ts';
import { title } from './request.ts';

/** The Service ISSO is changed. */
export interface Changing {
  readonly engagement: Engagement;
  readonly endOn: LocalDate;
  readonly reason: string;
  /** Null: a new search. */
  readonly replacementName: Inline | null;
}

/** To whoever began it. */
export const changeBegun = ({ engagement, endOn, replacementName }: Changing): Message =>
  say(
    line`The Service ISSO of ${title(engagement)} is being changed; the last day of the present one is ${sayLocalDate(endOn)}. The engagement stays open, and an off-boarding record was opened for them.`,
    replacementName === null
      ? line`Next: the contractor lead begins the search or names somebody. Type \`replace ${engagement.number}\`.`
      : line`Next: ISPG, then the Business Owner, are asked whether they accept ${replacementName}.`,
  );

/** To the Business Owner. Nobody is named to them before ISPG has accepted. */
export const changeToOwner = ({ engagement, endOn, reason, replacementName }: Changing): Message => ({
  blocks: [
    paragraph(
      line`The Service ISSO of ${title(engagement)} is being changed${endReasonWords(reason) === null ? '' : `, because ${endReasonWords(reason)}`}. The last day of the present one is ${sayLocalDate(endOn)}.`,
    ),
    bullets([
      replacementName === null
        ? 'The contractor looks for somebody else, and you are asked before anybody begins.'
        : 'The contractor has somebody in mind. ISPG looks at it first, and then you are asked.',
      'Open work is handed over, and the access of the present one is removed.',
      'You tell the CMS CISO within 30 days that the ISSO has changed.',
    ]),
  ],
  buttons: [],
});

/** To the Service ISSO who leaves. */
export const changeToIsso = ({ engagement, endOn }: Changing): Message => ({
  blocks: [
    paragraph(
      line`Your work for ${title(engagement)} is handed over to somebody else; your last day there is ${sayLocalDate(endOn)}. Thank you for it. Please do this by then:`,
    ),
    bullets([
      'Write the hand-over, and have the exit talk with your lead.',
      'Report what you return, and what you keep for your next post. If something is lost, say so at once.',
    ]),
  ],
  buttons: [offBoardingButton(engagement.number), paperButton(engagement.number, paperWords('hand-over'))],
});

/** To those who are asked about the replacement, before their own card. */
export const replacementNamed = (engagement: Engagement, name: Inline, freeHours: number): Message =>
  say(
    line`${name} is named to become the Service ISSO of ${title(engagement)}, with ${freeHours} free hours a week. Say \`accept replacement ${engagement.number}\`, or decline with a reason: \`decline replacement ${engagement.number} availability\``,
  );

export const replacementAccepted = (engagement: Engagement, side: 'ispg' | 'business_owner'): Message =>
  say(
    side === 'ispg'
      ? line`Your acceptance for ${title(engagement)} is noted. The Business Owner is asked next.`
      : line`Your acceptance for ${title(engagement)} is noted. The contractor lead goes on with the change.`,
  );

/** To the contractor lead, before their own card. */
export const bothAccepted = (engagement: Engagement, name: Inline): Message =>
  say(
    line`ISPG and the Business Owner accept ${name} for ${title(engagement)}. Begin the onboarding: \`replace ${engagement.number}\``,
  );

export const replacementDeclined = (engagement: Engagement): Message =>
  say(line`Declined for ${title(engagement)}. The contractor lead names somebody else or begins a search.`);

/** To the contractor lead, before their own card. */
export const declinedBy = (
  engagement: Engagement,
  side: 'ispg' | 'business_owner',
  reason: string,
): Message =>
  say(
    line`${side === 'ispg' ? 'ISPG' : 'The Business Owner'} declines the replacement for ${title(engagement)}: ${candidateReason(reason)}. Name somebody else with \`replace ${engagement.number} Ivan Soto\`, or begin a search with \`replace ${engagement.number}\`.`,
  );

/** The search begins again. */
export const searchingAgain = (engagement: Engagement): Message =>
  say(
    line`The search for another Service ISSO for ${title(engagement)} has begun. Type \`shortlist ${engagement.number}\` to see who fits.`,
  );

/** Onboarding of the replacement begins. */
export const onboardingAnew = (engagement: Engagement, name: Inline, dayZeroOn: LocalDate): Message =>
  say(
    line`Onboarding of ${name} for ${title(engagement)} begins on ${sayLocalDate(dayZeroOn)}. Their Information Card is made, and everybody is told.`,
  );

/** To the one who left. */
export const accessOver = (engagement: Engagement): Message => ({
  blocks: [
    paragraph(
      line`You no longer take part in ${title(engagement)}. What you still have to return stays open to you.`,
    ),
  ],
  buttons: [offBoardingButton(engagement.number)],
});

/** Somebody can't be the replacement, in words for the field. */
export const NOT_A_SERVICE_ISSO =
  'Replacement: this person is no Service ISSO on the roster. Name somebody who is, or leave it out for a search.';
export const IS_OUTGOING = 'Replacement: this is the Service ISSO who is to be changed. Name somebody else.';
export const WAS_DECLINED =
  'Replacement: this person was declined for this engagement. Name somebody else, or leave it out for a search.';
export const NO_PROFILE =
  'Replacement: nobody knows their free hours, because their profile is not filled in and confirmed yet. Ask for it first, or name somebody else.';
export const tooFewHours = (free: number, needed: number): string =>
  `Replacement: this person has ${free} free hours a week, and ${needed} are needed. Name somebody else, or leave it out for a search.`;

export const END_BEFORE_BEGIN = 'Last day: that day lies before the work began. Please check it.';
export const HANDS_TO_ONESELF =
  'Hand over to: this is the Service ISSO who leaves. Name somebody who stays, such as the Business Owner.';

/** The Business Owner has a new draft from an ended request. */
export const requestCopied = (ended: Engagement, copy: Engagement): Message =>
  say(
    line`${strong(copy.number)} is a new draft, made from ${title(ended)}, which stays as it is. Please go through the answers, mend what has changed, and agree to the statements again. Nothing is sent before you confirm it.`,
  );

/** Another form is open, so this one waits. */
export const copyWaits = (copy: Pick<Engagement, 'number'>): Message =>
  say(
    line`You have another form open. When you are done with it, type \`amend ${copy.number}\` to go through the new draft.`,
  );

/** A copy waits for its statements. */
export const statementsFirst = (engagement: Engagement): Message =>
  card(
    `Not sent yet: ${engagement.number}`,
    [
      paragraph(
        line`${title(engagement)} was made from an ended request. Go through its answers and agree to the statements first; then confirm it.`,
      ),
    ],
    [
      button(
        'amend',
        'Go through it',
        { verb: 'request.amend', subject: engagement.number, version: engagement.version },
        `amend ${engagement.number}`,
        { look: 'primary' },
      ),
    ],
  );

/** Another request for the system is open. */
export const openAlready = (ended: Engagement, open: Pick<Engagement, 'number'>): Message =>
  say(
    line`Nothing was made: there is an open request for ${theirs(ended.systemName)}, ${strong(open.number)}. Type \`show ${open.number}\` to see it.`,
  );
