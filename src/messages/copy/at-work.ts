/** What is said while an engagement is at work: pause, extension, hours and end (domain reference 2.2: T14-T18). */
import type { GateKey } from '../../domain/card-template.ts';
import type { Extension } from '../../domain/course.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { line, theirs } from '../inline.ts';
import { bullets, card, type Fact, fact, type Message, note, paragraph, say } from '../message.ts';
import { LAPSED } from './gate-words.ts';
import { cardButton } from './onboarding.ts';
import { showButton, title } from './request.ts';

const endOf = ({ course }: Engagement): string => {
  const on = course.term?.endOn ?? null;
  return on === null ? 'without an end' : `until ${sayLocalDate(on)}`;
};

export const paused = (engagement: Engagement): Message =>
  say(
    line`${title(engagement)} is paused until ${sayLocalDate(engagement.course.pause?.resumeOn ?? '')}. Satisfaction sessions and surveys are silent until then, and the contractor is asked to review the access. You are reminded before the pause ends; \`resume ${engagement.number}\` ends it.`,
  );

/** To the contractor lead: access that nobody uses is disabled after a while (domain reference 4.6). */
export const accessReview = (engagement: Engagement): Message =>
  card(
    `Please review the access: ${engagement.number}`,
    [
      paragraph(
        line`${title(engagement)} is paused until ${sayLocalDate(engagement.course.pause?.resumeOn ?? '')}. Please look at each access of the Service ISSO: does it stay, or is it taken away until then? Accounts that nobody uses are disabled after 60 days, on High systems after 30.`,
      ),
      note(
        line`What is taken away is open again on the card: \`item ${engagement.number} cfacts reopen taken away during the pause\`. Work goes on only when it is back.`,
      ),
    ],
    [cardButton(engagement.number), showButton(engagement)],
  );

export const resumed = (engagement: Engagement): Message =>
  say(line`Work on ${title(engagement)} goes on. Training and access are current.`);

/** To the GTL: what has to be mended first. */
export const notResumed = ({ number, systemName }: Engagement, lapsed: readonly GateKey[]): Message => ({
  blocks: [
    paragraph(
      line`Nothing was changed: work on ${theirs(systemName)} can't go on yet, because something lapsed:`,
    ),
    bullets(lapsed.map((key) => LAPSED[key])),
    paragraph(
      line`The contractor mends it: \`training done ${number} Ines Sorensen on Dec 15\`, or \`item ${number} cfacts done ref TICKET-1\`. Then type \`resume ${number}\` again.`,
    ),
  ],
  buttons: [cardButton(number)],
});

export const extensionAsked = (engagement: Engagement): Message =>
  say(
    line`Noted: the extension of ${title(engagement)} is under review. ${askedEnd(engagement.course.extension)} It stands ${endOf(engagement)} until it is settled.`,
  );

const askedEnd = (extension: Extension | null): string =>
  extension?.endOn
    ? `The new end would be ${sayLocalDate(extension.endOn)}; the Government Task Lead and the COR both approve it.`
    : 'The Business Owner says first whether to extend, to end, or to go on with somebody else.';

/** Work on a continuous basis. */
export const noEnd = (engagement: Engagement): Message =>
  say(
    line`Nothing was changed: ${title(engagement)} goes on without an end, so there is nothing to extend. The Government Task Lead sets an end with \`change term ${engagement.number} end: 6/30/2028\`.`,
  );

const WISHES: Readonly<Record<NonNullable<Extension['wish']>, string>> = {
  extend: 'to extend',
  end: 'to end',
  replace: 'to go on with somebody else',
};

/** To the Business Owner, and to those who decide. */
export function wished(engagement: Engagement): Message {
  const { extension } = engagement.course;
  const on = extension?.endOn ?? null;
  const next =
    extension?.wish === 'end'
      ? `The Government Task Lead ends it with \`end ${engagement.number}\`.`
      : 'The Government Task Lead and the COR both approve the day.';
  return say(
    line`The Business Owner of ${title(engagement)} wishes ${WISHES[extension?.wish ?? 'extend']}${on === null ? '' : `, until ${sayLocalDate(on)}`}. ${next}`,
  );
}

export function extensionApproved(engagement: Engagement): Message {
  if (engagement.state === 'ACTIVE')
    return say(
      line`Approved by both: ${title(engagement)} goes on ${endOf(engagement)}. The record keeps the end before.`,
    );
  return say(
    line`Your approval for ${title(engagement)} is noted. It counts for this day; ${engagement.course.extension?.gtl ? 'the COR' : 'the Government Task Lead'} has to approve as well.`,
  );
}

/** To the contractor lead and the GTL once the extension with somebody else is approved. */
export const replaceNext = (engagement: Engagement): Message =>
  say(
    line`The extension of ${title(engagement)} is approved, and the Business Owner wishes to go on with somebody else. Type \`reassign ${engagement.number} skill mismatch\` to change the Service ISSO.`,
  );

export const termChanged = (engagement: Engagement): Message =>
  say(
    line`The term of ${title(engagement)} is now ${String(engagement.course.term?.hoursPerWeek ?? 0)} hours a week, ${endOf(engagement)}.`,
  );

export const NOTHING_TO_CHANGE = 'Please give the hours or an end.';
/** The GTL does not put an end off alone. */
export const laterEnd = (number: string): string =>
  `A later end is an extension, which the Government Task Lead and the COR both approve. Type \`review extension ${number}\` with the day.`;

/** How many of the seven outcomes were reached, as the review says it so far. */
export const outcomesRow = (
  { number }: Engagement,
  { yes, partly, no }: Readonly<Record<'yes' | 'partly' | 'no', number>>,
): Fact =>
  fact('Outcomes', `${yes} reached, ${partly} partly, ${no} not; type \`outcomes ${number}\` to read them`);

/** To GTL and COR 30 days before the end. */
export const extensionUndecided = (engagement: Engagement, endOn: LocalDate): Message =>
  say(
    line`The extension of ${title(engagement)} is not settled, and the engagement ends on ${sayLocalDate(endOn)}. Without an approval by both of you off-boarding begins that day by itself. Type \`approve extension ${engagement.number}\`.`,
  );

/** To the GTL. */
export const pauseEnds = (engagement: Engagement, resumeOn: LocalDate, daysBefore: number): Message =>
  say(
    line`${daysBefore === 0 ? 'The pause has reached its end:' : 'The pause ends soon:'} ${title(engagement)} was to go on on ${sayLocalDate(resumeOn)}. Type \`resume ${engagement.number}\`, or \`end ${engagement.number}\` with a reason.`,
  );
export const endsInPause = (engagement: Engagement, endOn: LocalDate): Message =>
  say(
    line`${title(engagement)} is paused and ends on ${sayLocalDate(endOn)}. An extension can be asked for once work goes on: \`resume ${engagement.number}\`. Otherwise end it: \`end ${engagement.number}\` with a reason.`,
  );

/** To the GTL when the end came without an approval. */
export const termOver = (engagement: Engagement): Message =>
  say(
    line`The end of ${title(engagement)} is reached and no extension was approved, so off-boarding has begun. The Business Owner takes the work over.`,
  );

/** To the GTL on day 30, 45 and 55 of an onboarding. */
export function onboardingAlert(
  engagement: Engagement,
  of: {
    readonly day: number;
    readonly percent: number;
    readonly readyOn: LocalDate;
    readonly isBlocked: boolean;
  },
  open: string,
): Message {
  return card(
    `Onboarding, day ${of.day}: ${engagement.number}`,
    [
      paragraph(
        line`${title(engagement)}: ${String(of.percent)}% complete, expected to be ready by ${sayLocalDate(of.readyOn)}. ${of.isBlocked ? 'Something is blocked.' : 'Nothing is blocked.'}`,
      ),
      ...(open === '' ? [] : [paragraph(`Still open before work can start: ${open}`)]),
    ],
    [cardButton(engagement.number), showButton(engagement)],
  );
}
