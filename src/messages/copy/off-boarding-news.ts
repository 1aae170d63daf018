/** What people are told while an engagement ends: that it ends, what is lost, what is overdue, that it is closed. */
import type { Engagement } from '../../domain/engagement.ts';
import type { OffBoardingLine } from '../../domain/off-boarding.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Inline, type Line, line, strong, theirs, time } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { endReasonWords } from './off-boarding-reasons.ts';
import { paperButton, paperWords } from './paper.ts';
import { title } from './request.ts';

export const offBoardingButton = (number: string): Button =>
  button(
    'off-boarding',
    'Off-boarding',
    { verb: 'off-boarding.show', subject: number },
    `off-boarding ${number}`,
  );

const handOverButton = (number: string): Button => paperButton(number, paperWords('hand-over'));
const outcomeButton = (number: string): Button => ({
  ...paperButton(number, paperWords('outcome-review')),
  look: 'primary',
});

const because = (reason: string): Line => {
  const words = endReasonWords(reason);
  return words === null ? line`` : line` The reason: ${words}.`;
};

/** The end of an engagement. */
export interface Ending {
  readonly engagement: Engagement;
  readonly endOn: LocalDate;
  readonly reason: string;
  readonly handOverName: Inline;
}

/** To whoever ended it. */
export const endBegun = ({ engagement, endOn, handOverName }: Ending): Message =>
  say(
    line`${title(engagement)} ends on ${sayLocalDate(endOn)}. ${handOverName} takes the work over. Everybody who takes part is told, and the contractor lead sees to off-boarding.`,
    line`It can be closed once every line of off-boarding is settled and the hand-over is written. Type \`off-boarding ${engagement.number}\` to see how far it is.`,
  );

/** To the Business Owner. */
export const endToOwner = ({ engagement, endOn, reason, handOverName }: Ending): Message => ({
  blocks: [
    paragraph(
      line`ISSO As A Service for ${title(engagement)} ends on ${sayLocalDate(endOn)}.${because(reason)} ${handOverName} takes the work over.`,
    ),
    paragraph('What happens now:'),
    bullets([
      'Your Service ISSO writes down what is open and hands it over.',
      'Their access to your system is removed on that day, and they return what they were given.',
      'Meetings after that day are called off.',
      'You tell the CMS CISO within 30 days that the ISSO has changed.',
      'When all of it is done, I ask you how it went and what the work has brought about.',
    ]),
  ],
  buttons: [handOverButton(engagement.number)],
});

/** To the Service ISSO who leaves; what they give back is on the card that follows. */
export const endToIsso = (engagement: Engagement, endOn: LocalDate): Message => ({
  blocks: [
    paragraph(
      line`Your work for ${title(engagement)} ends on ${sayLocalDate(endOn)}. Thank you for it. Please do this by then:`,
    ),
    bullets([
      'Write the hand-over: open POA&Ms, due dates, CFACTS tasks, where documents are, whom to ask.',
      'Have the exit talk with your lead. It includes the duties of non-disclosure that go on afterwards.',
      'Return what you were given, and report each thing here. If something is lost, say so at once.',
    ]),
  ],
  buttons: [offBoardingButton(engagement.number), handOverButton(engagement.number)],
});

/** To whoever takes the work over. */
export const endToSuccessor = ({ engagement, endOn }: Ending): Message => ({
  blocks: [
    paragraph(
      line`You take over the work for ${title(engagement)} when it ends on ${sayLocalDate(endOn)}. The hand-over says what is open, what is due and where things are: \`hand-over ${engagement.number}\`. If it is not open to you, ask ISPG to let you in.`,
    ),
  ],
  buttons: [],
});

/** To the contractor lead, with their own card, and to the COR. */
export const endToContract = ({ engagement, endOn, reason }: Ending): Message => ({
  blocks: [
    paragraph(
      line`${title(engagement)} ends on ${sayLocalDate(endOn)}.${because(reason)} Access ends on that day; property, notices and the hand-over follow within 10 business days.`,
    ),
  ],
  buttons: [offBoardingButton(engagement.number)],
});

/** A thing is lost. */
export interface Loss {
  readonly engagement: Engagement;
  readonly what: string;
  readonly personName: Inline;
  /** Where it is reported. */
  readonly contact: string;
  /** Within an hour of its being told. */
  readonly reportBy: Date;
}

/** To everybody who has to act, by direct message only. */
export const lossToReport = ({ engagement, what, personName, contact, reportBy }: Loss): Message =>
  card(`Lost: ${what}`, [
    paragraph(
      line`${strong('Report this now')} to ${theirs(contact)}: a suspected incident is reported within 1 hour, which is by ${time(reportBy)}. One report is enough; ${personName} makes it unless the contractor lead has done so.`,
    ),
    paragraph(line`It belongs to the off-boarding of ${personName} from ${title(engagement)}.`),
    note(
      line`Then the contractor gives the number that the report got: \`line ${engagement.number} ${what.toLowerCase()} incident INC-12345\`. Until then the line stays open.`,
    ),
  ]);

/** The loss was reported, with its number. */
export const lossReported = (engagement: Engagement, what: string, number: string): Message =>
  say(
    line`${theirs(what)} (off-boarding of ${title(engagement)}) is reported as lost, with incident ${theirs(number)}.`,
  );

/** To the contractor lead: the Service ISSO says that something was returned. */
export const reportedByIsso = (engagement: Engagement, whats: readonly string[]): Message => ({
  blocks: [
    paragraph(
      line`Your Service ISSO has reported for ${title(engagement)}: ${theirs(whats.join(', '))}. Please check it.`,
    ),
  ],
  buttons: [offBoardingButton(engagement.number)],
});

/** To the contractor lead, once. */
export const allSettled = (engagement: Engagement, isEnding: boolean): Message => ({
  blocks: [
    paragraph(
      isEnding
        ? line`Every off-boarding line of ${title(engagement)} is settled. When the hand-over is written and the exit talk held, say so: \`report off-boarding ${engagement.number}\``
        : line`Every off-boarding line of the former Service ISSO of ${title(engagement)} is settled.`,
    ),
  ],
  buttons: [],
});

/** To the GTL, once for each time: what should have been done by now. */
export const linesOverdue = (
  engagement: Engagement,
  personName: Inline,
  lines: readonly Pick<OffBoardingLine, 'what'>[],
  dueAt: Date,
): Message => ({
  blocks: [
    paragraph(
      line`Overdue in the off-boarding of ${personName} from ${title(engagement)}, due by ${time(new Date(dueAt.getTime() - 1), 'date')}:`,
    ),
    bullets(lines.map(({ what }) => line`${theirs(what)}`)),
    note(line`The contractor lead sees to it. Type \`off-boarding ${engagement.number}\` for the whole.`),
  ],
  buttons: [offBoardingButton(engagement.number)],
});

/** The contractor lead's report was taken. */
export const offBoardingReported = (engagement: Engagement): Message =>
  say(
    line`Off-boarding of ${title(engagement)} is reported as done. The Government Task Lead is asked to countersign and close it.`,
  );

/** What still keeps it open; `lines` by what they are called. */
export const notYetDone = (
  engagement: Engagement,
  open: {
    readonly lines: readonly string[];
    readonly handOver: readonly string[];
    readonly isTalkOpen: boolean;
  },
): Message => ({
  blocks: [
    paragraph(line`Nothing was changed: ${title(engagement)} can't be closed yet. This is open:`),
    bullets([
      ...open.lines.map((what) => line`${theirs(what)}`),
      ...(open.handOver.length > 0 ? [line`In the hand-over: ${open.handOver.join(', ')}`] : []),
      ...(open.isTalkOpen ? [line`The exit talk, with the duties of non-disclosure`] : []),
    ]),
    note(
      line`Lines: \`off-boarding ${engagement.number}\`. Hand-over and exit talk: \`hand-over ${engagement.number}\`.`,
    ),
  ],
  buttons: [offBoardingButton(engagement.number), handOverButton(engagement.number)],
});

/** How it was, at the close. */
export interface Closed {
  readonly engagement: Engagement;
  /** Null when nobody began to work. */
  readonly workedFrom: LocalDate | null;
  readonly endOn: LocalDate;
  readonly handOverName: Inline;
}

/** To everybody who took part. */
export const closingSummary = ({ engagement, workedFrom, endOn, handOverName }: Closed): Message =>
  say(
    line`${title(engagement)} is closed. ${workedFrom === null ? line`It ended on ${sayLocalDate(endOn)}.` : line`The work went from ${sayLocalDate(workedFrom)} to ${sayLocalDate(endOn)}.`} ${handOverName} has taken it over. All access is removed and all property is accounted for.`,
    line`The record is kept, and changes no more. Thank you to everybody who took part.`,
  );

/** To the Business Owner: the seven outcomes of the programme page. */
export const outcomesAsked = (engagement: Engagement): Message =>
  card(
    `What ${engagement.number} has brought about`,
    [
      paragraph(
        line`${title(engagement)} is closed. Please say of the seven outcomes that the programme promises whether they were reached: yes, partly or no. It takes two minutes. ISPG, the COR and the auditor read it.`,
      ),
    ],
    [outcomeButton(engagement.number)],
  );
