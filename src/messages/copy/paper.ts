/** The papers of an engagement, in words: which there are, who fills them in when, and how they are shown. */
import { type EngagementVerb, may } from '../../domain/access.ts';
import type { Engagement } from '../../domain/engagement.ts';
import {
  AFTER_KICKOFF_STATES,
  ASSIGNED_STATES,
  type EngagementState,
} from '../../domain/engagement-states.ts';
import type { FieldErrors } from '../../domain/field.ts';
import type { Paper, PaperKind } from '../../domain/paper.ts';
import type { Person } from '../../domain/person.ts';
import { type Button, type ButtonPress, button } from '../button.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph } from '../message.ts';

export interface PaperWords {
  readonly kind: PaperKind;
  /** Typed before the number: `form ISSO-2026-0042`. */
  readonly typed: string;
  readonly title: string;
  readonly read: EngagementVerb;
  readonly write: EngagementVerb;
  /** States in which it is filled in. */
  readonly states: readonly EngagementState[];
}

/** The papers that belong to an engagement as a whole. */
export const PAPERS: readonly PaperWords[] = [
  {
    kind: 'request-form',
    typed: 'form',
    title: 'ISSOaaS Request Form',
    read: 'form.read',
    write: 'form.write',
    states: ['KICKOFF_HELD'],
  },
  {
    kind: 'context-assessment',
    typed: 'context',
    title: 'Context assessment',
    read: 'context.read',
    write: 'context.write',
    states: ['FORM_COMPLETE'],
  },
  {
    kind: 'skill-profile',
    typed: 'skills',
    title: 'Skill profile',
    read: 'skills.read',
    write: 'skills.write',
    states: ['CONTEXT_ASSESSED'],
  },
  {
    kind: 'preparation',
    typed: 'preparation',
    title: 'Preparing for the Service ISSO',
    read: 'preparation.read',
    write: 'preparation.write',
    states: ['ISSO_IDENTIFIED', 'ONBOARDING', 'ACTIVE'],
  },
  {
    kind: 'hand-over',
    typed: 'hand-over',
    title: 'Hand-over',
    read: 'hand-over.read',
    write: 'hand-over.write',
    states: ['REASSIGNING', 'OFFBOARDING', 'ACTIVE'],
  },
  {
    kind: 'outcome-review',
    typed: 'outcomes',
    title: 'What the engagement brought about',
    read: 'outcome.read',
    write: 'outcome.write',
    states: [...ASSIGNED_STATES, 'CLOSED'],
  },
];

/** The paper of that kind. Throws (a bug) for one that belongs to no engagement as a whole. */
export function paperWords(kind: PaperKind): PaperWords {
  const found = PAPERS.find((each) => each.kind === kind);
  if (!found) throw new Error(`no words for ${kind}`);
  return found;
}

/** A button for each paper that the reader may fill in now, or that is read most in this state. */
export const paperButtons = (engagement: Engagement, reader: Person): readonly Button[] =>
  PAPERS.filter(
    ({ states, write, kind }) =>
      states.includes(engagement.state) &&
      may(reader, write, engagement) &&
      (kind !== 'outcome-review' || engagement.state === 'OFFBOARDING') &&
      (kind !== 'hand-over' || engagement.state !== 'ACTIVE'),
  ).map((words) => paperButton(engagement.number, words));

export const paperButton = (number: string, { kind, typed, title }: PaperWords): Button =>
  button(`paper-${kind}`, title, { verb: 'paper.show', subject: number, choice: kind }, `${typed} ${number}`);

/** True where the paper exists: from the kickoff on. */
export const hasPapers = ({ state }: Pick<Engagement, 'state'>): boolean =>
  (AFTER_KICKOFF_STATES as readonly EngagementState[]).includes(state);

/** A section of a paper as its card lists it. */
export interface PaperSection {
  /** Key of the dialog page. */
  readonly page: string;
  readonly title: string;
  readonly answered: number;
  readonly of: number;
  /** The reader may fill in some of it. */
  readonly isFillable: boolean;
  /** Labels of required questions without an answer. */
  readonly missing: readonly string[];
  /** Each answer: label and value as people read it. */
  readonly rows: readonly { readonly label: string; readonly shown: string }[];
}

export interface PaperView {
  readonly number: string;
  readonly systemName: string;
  readonly title: string;
  readonly kind: PaperKind;
  /** Typed before the number. */
  readonly typed: string;
  readonly sections: readonly PaperSection[];
  /** Null while nothing was saved. */
  readonly latest: Pick<Paper, 'version' | 'at'> | null;
  readonly byName: string | null;
  readonly mayWrite: boolean;
  /** Settled: it changes only by a correction with a reason. */
  readonly isSettled: boolean;
  /** What it adds up to, such as the score. */
  readonly result: readonly Block[];
  /** The next steps with it, such as to lock it. */
  readonly buttons: readonly Button[];
}

/** The paper with its answers, section by section; each section has the button that fills it in. */
export function paperCard(view: PaperView): Message {
  const { number, sections, latest } = view;
  return card(
    `${view.title}: ${number}`,
    [
      paragraph(line`${theirs(view.systemName)}`),
      ...(latest
        ? [
            note(
              line`Version ${latest.version}, ${time(latest.at)}${view.byName === null ? '' : `, by ${view.byName}`}${view.isSettled ? '; settled' : ''}.`,
            ),
          ]
        : [note('Nothing was filled in yet; what we know already stands in it.')]),
      ...sections.flatMap((section) => sectionBlocks(section, fillOf(view, section))),
      ...stillNeeded(sections),
      ...view.result,
      ...(view.mayWrite && !view.isSettled
        ? [
            note(
              line`You can also type, for example: \`${view.typed} ${number} name: answer; other name: answer\``,
            ),
          ]
        : []),
    ],
    view.buttons,
  );
}

const fillOf = ({ number, kind, typed, mayWrite, isSettled }: PaperView, section: PaperSection) =>
  mayWrite && !isSettled && section.isFillable
    ? fillButton(
        section,
        { verb: 'paper.page', subject: number, choice: `${kind}/${section.page}` },
        `${typed} ${number}`,
      )
    : null;

/** Opens the section's page; `typed` is what is typed before its title. */
export const fillButton = (section: PaperSection, press: ButtonPress, typed: string): Button =>
  button(
    `fill-${section.page}`,
    section.answered === 0 ? 'Fill in' : 'Change',
    press,
    `${typed} ${section.title}`,
    { opensDialog: true },
  );

/** One section: how far it is, what was answered, and the button that fills it in for whoever may. */
export function sectionBlocks(section: PaperSection, fill: Button | null): readonly Block[] {
  const state = `${section.answered} of ${section.of}${section.missing.length > 0 ? ', some still needed' : ''}`;
  return [
    facts([
      fill ? fact(section.title, state, fill) : fact(section.title, state),
      ...section.rows.map(({ label, shown }) => fact(label, [theirs(shown)])),
    ]),
  ];
}

/** Names of required questions that are listed at once. */
const MOST_NEEDED = 12;

/** What is still needed in all sections together; nothing when it is complete. */
export function stillNeeded(sections: readonly PaperSection[]): readonly Block[] {
  const missing = sections.flatMap((section) => section.missing);
  const names = missing.slice(0, MOST_NEEDED).join(', ');
  const more = missing.length > MOST_NEEDED ? ', and more' : '';
  return missing.length === 0 ? [] : [paragraph(line`Still needed: ${names}${more}.`)];
}

/** What could not be taken, and that the rest was. */
export const paperMends = (
  words: Pick<PaperWords, 'typed' | 'title'>,
  number: string,
  errors: FieldErrors,
): Message => ({
  blocks: [
    paragraph(line`Not saved in the ${words.title} of ${strong(number)}:`),
    bullets(Object.values(errors).map((mend): Line => line`${theirs(mend)}`)),
    note(line`For example: \`${words.typed} ${number} name: answer\``),
  ],
  buttons: [],
});

/** It can't be filled in now. */
export const paperNotOpen = (
  words: Pick<PaperWords, 'title' | 'typed'>,
  number: string,
  isSettled: boolean,
): Message => ({
  blocks: [
    paragraph(
      isSettled
        ? line`Nothing was changed: the ${words.title} of ${strong(number)} is settled. To correct one answer and say why, type \`correct ${words.typed} ${number} name: answer; reason: why\`. To work on it again, send the engagement back.`
        : line`Nothing was changed: the ${words.title} of ${strong(number)} is not filled in at this step. Type \`show ${number}\` to see who has the next move.`,
    ),
  ],
  buttons: [],
});

/** Not a correction without its reason. */
export const correctionNeedsReason = (words: Pick<PaperWords, 'typed'>, number: string): Message => ({
  blocks: [
    paragraph(
      line`Nothing was changed: a correction of something settled needs its reason. Type, for example: \`correct ${words.typed} ${number} poam open: 12; reason: miscounted\``,
    ),
  ],
  buttons: [],
});

/** A correction may take nothing away that is needed. */
export const correctionLeavesGap = (labels: readonly string[]): string =>
  `With this, ${labels.join(', ')} would be missing. Give it in the same correction.`;

/** Somebody answers what no answer before it asks for. */
export const notAskedNow = (label: string): string =>
  `${label}: this is asked only when another answer calls for it. Give that answer first, or with it.`;
