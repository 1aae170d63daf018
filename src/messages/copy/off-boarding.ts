/** The off-boarding record of a Service ISSO as it is shown, and what is said to whoever reports a line of it. */
import type { Engagement } from '../../domain/engagement.ts';
import type { FieldErrors } from '../../domain/field.ts';
import {
  allowedAfter,
  isResolved,
  LINE_KINDS,
  type LineKind,
  type OffBoardingLine,
  type OffBoardingRecord,
  openLines,
} from '../../domain/off-boarding.ts';
import type { OffBoardingSight } from '../../domain/off-boarding-sight.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Inline, type Line, line, strong, theirs, time } from '../inline.ts';
import {
  type Block,
  bullets,
  card,
  type Fact,
  fact,
  facts,
  type Message,
  note,
  paragraph,
  say,
} from '../message.ts';
import { stateWords, typedKey, typedLine } from './off-boarding-words.ts';
import { title } from './request.ts';

/** A record as its reader sees it. */
export interface OffBoardingView {
  readonly engagement: Pick<Engagement, 'number' | 'systemName'>;
  readonly personId: string;
  readonly personName: Inline;
  readonly record: OffBoardingRecord;
  readonly version: number;
  readonly savedAt: Date;
  readonly sight: OffBoardingSight;
  /** The name to type where the engagement has records of several people; null where it is clear. */
  readonly whose: string | null;
  /** As it was at the end of that day; null: as it is now. */
  readonly asOf: LocalDate | null;
  readonly now: Date;
}

const SECTIONS: Readonly<Record<LineKind, string>> = {
  access: 'Access',
  property: 'Property',
  notice: 'Who is told',
  keep: 'What is settled and kept',
};

/** The whole record: each line with its state, and the button that reports it. */
export function offBoardingCard(view: OffBoardingView): Message {
  const { engagement, record, personName, asOf } = view;
  const open = openLines(record).length;
  return card(
    `Off-boarding: ${engagement.number}`,
    [
      paragraph(line`${personName}, ${title(engagement)}. Last day: ${sayLocalDate(record.endOn)}.`),
      note(
        line`${asOf === null ? '' : `As of ${sayLocalDate(asOf)}. `}Version ${view.version}, ${time(view.savedAt)}.`,
      ),
      ...LINE_KINDS.flatMap((kind) => sectionBlocks(view, kind)),
      paragraph(
        open === 0
          ? 'Every line is settled.'
          : line`${strong(`${open} of ${record.lines.length}`)} lines are open.`,
      ),
      ...howToReport(view),
    ],
    [],
  );
}

function sectionBlocks(view: OffBoardingView, kind: LineKind): readonly Block[] {
  const rows = view.record.lines.filter((each) => each.kind === kind).map((each) => rowOf(view, each));
  return rows.length === 0 ? [] : [paragraph(line`${strong(SECTIONS[kind])}`), facts(rows)];
}

function rowOf(view: OffBoardingView, each: OffBoardingLine): Fact {
  const report = mayReport(view, each) ? reportButton(view, each) : null;
  return report ? fact(each.what, standing(view, each), report) : fact(each.what, standing(view, each));
}

/** What is settled is opened again by typed words only. */
const mayReport = ({ sight, asOf }: OffBoardingView, each: OffBoardingLine): boolean =>
  asOf === null &&
  !isResolved(each) &&
  (sight.writes === 'all' ||
    (sight.writes === 'property' && each.kind === 'property' && each.state !== 'reported_lost'));

function reportButton(
  { engagement: { number }, personId, whose }: OffBoardingView,
  each: OffBoardingLine,
): Button {
  const isLost = each.state === 'reported_lost';
  return button(
    `line-${each.key}`,
    isLost ? 'Incident number' : 'Report',
    { verb: 'off-boarding.line', subject: number, choice: `${personId}/${each.key}/${each.state}` },
    typedLine(number, each, whose),
    { opensDialog: true },
  );
}

/** "to be returned by June 30, 2028", "returned to Leila on June 30, 2028, reference T-77". */
function standing({ sight, now }: OffBoardingView, each: OffBoardingLine): Line {
  const words = stateWords(each.state, each.kind);
  if (!isResolved(each)) return openWords(each, now);
  const { evidence, handing, incident } = each;
  const seen = sight.reads === 'all' ? handing : null;
  return line`${words}${seen?.returnedTo ? line` to ${theirs(seen.returnedTo)}` : ''}${
    evidence ? line` on ${sayLocalDate(evidence.on)}, reference ${theirs(evidence.reference)}` : ''
  }${seen?.tagEnd ? line`, tag ending in ${theirs(seen.tagEnd)}` : ''}${
    seen?.condition ? `, ${seen.condition}` : ''
  }${seen?.tracking ? line`, tracking ${theirs(seen.tracking)}` : ''}${
    incident?.number ? line`, incident ${theirs(incident.number)}` : ''
  }`;
}

function openWords({ state, kind, dueAt, incident }: OffBoardingLine, now: Date): Line {
  if (state === 'reported_lost' && incident)
    return line`reported lost on ${time(incident.told.at)}; the contractor still has to give the incident number`;
  // The end of a day is the first instant of the next one.
  const last = time(new Date(dueAt.getTime() - 1), 'date');
  const words = stateWords(state, kind);
  return dueAt <= now ? line`${words}, ${strong('overdue')} since ${last}` : line`${words} by ${last}`;
}

function howToReport({ sight, asOf, record, engagement, whose }: OffBoardingView): readonly Block[] {
  const [first] = openLines(record).filter(({ kind }) => sight.writes === 'all' || kind === 'property');
  if (sight.writes === 'none' || asOf !== null || !first) return [];
  const { number } = engagement;
  return [
    note(
      line`You can also type it: \`${typedLine(number, first, null)}\`. Several at once: \`line ${number} phone, documents never handed out\`. Something is lost: \`line ${number} piv card lost\`.`,
    ),
    ...(whose === null
      ? []
      : [
          note(
            line`Say whose line it is, with "of", the name and a colon before the line: "of ${theirs(whose)}: laptop".`,
          ),
        ]),
  ];
}

/** The line as it stands after a report. */
export const lineReported = (view: OffBoardingView, keys: readonly string[]): Message => {
  const { engagement, record } = view;
  const rows = record.lines.filter(({ key }) => keys.includes(key));
  const open = openLines(record).length;
  return {
    blocks: [
      paragraph(line`Noted for ${title(engagement)}:`),
      facts(rows.map((each) => fact(each.what, standing(view, each)))),
      note(
        open === 0
          ? line`Every line is settled now.`
          : line`${open} of ${record.lines.length} lines are open. Type \`off-boarding ${engagement.number}\` to see them.`,
      ),
    ],
    buttons: [],
  };
};

/** Nothing was changed, and why. */
export const linesRefused = (number: string, why: readonly Line[]): Message => ({
  blocks: [
    paragraph(line`Nothing was changed in the off-boarding of ${strong(number)}:`),
    bullets(why),
    note(line`Type \`off-boarding ${number}\` to see its lines.`),
  ],
  buttons: [],
});

/** What did not fit, by field. */
export const lineMends = (number: string, errors: FieldErrors): Message =>
  linesRefused(
    number,
    Object.values(errors).map((mend) => line`${theirs(mend)}`),
  );

/** Somebody changed the line since the dialog was opened. */
export const lineChanged = (number: string, what: string): Message =>
  say(
    line`${theirs(what)} was changed meanwhile, so nothing was done. This is how the off-boarding of ${strong(number)} stands now:`,
  );

/** Which line is meant was not understood. */
export const whichLine = (number: string, record: OffBoardingRecord): Message =>
  linesRefused(number, [
    line`I could not tell which line is meant. Begin with its name: ${record.lines.map(({ key }) => typedKey(key)).join(', ')}.`,
    line`For example: \`line ${number} laptop returned to Leila Haddad; tag 1234; ref T-77; today\``,
  ]);

/** Which state is meant was not understood. */
export const whichState = (number: string, each: OffBoardingLine): Message =>
  linesRefused(number, [
    line`Say what became of ${theirs(each.what)}: ${allowedAfter(each)
      .map((state) => stateWords(state, each.kind))
      .join(', ')}.`,
    line`For example: \`${typedLine(number, each, null)}\``,
  ]);

/** Records of several people: whose is meant? */
export const whoseRecord = (number: string, names: readonly string[]): Message =>
  say(
    line`${strong(number)} has off-boarding records of several people: ${theirs(names.join(', '))}. Say whose you mean, for example \`line ${number} of Ines Sorensen: laptop lost\`.`,
  );

/** There is nothing to show. */
export const noRecord = (number: string, asOf: LocalDate | null): Message =>
  asOf === null
    ? say(
        line`No off-boarding has begun for ${strong(number)}. It begins when the engagement ends or its Service ISSO is changed.`,
      )
    : say(
        line`No off-boarding had begun for ${strong(number)} on ${sayLocalDate(asOf)}. Type \`off-boarding ${number}\` for the present.`,
      );

export const asOfWhichDay = (number: string): Message =>
  say(
    line`I could not read the day. Type it with its year, for example \`off-boarding ${number} as of 12/1/2027\`.`,
  );
