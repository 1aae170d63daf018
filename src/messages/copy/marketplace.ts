/** The Marketplace Implementation Plan in chat: as a whole, part by part, its history. */
import { type MarketplacePlan, mayReview } from '../../domain/marketplace-plan.ts';
import type { People, Person } from '../../domain/person.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Button, type ButtonPress, button } from '../button.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph } from '../message.ts';

export const PLAN_TITLE = 'Marketplace Implementation Plan';
/** Every step of the plan is about the one there is. */
const PLAN = 'plan';

/** A question of the plan with its answer in words; null while there is none. */
export interface PlanQuestion {
  readonly key: string;
  readonly label: string;
  readonly ask: string;
  readonly why: string;
  readonly example: string | null;
  /** It has to be answered before the plan is submitted, and is not. */
  readonly isNeeded: boolean;
  readonly shown: string | null;
}

export interface PlanPart {
  readonly key: string;
  readonly title: string;
  /** Keys of its dialog pages. */
  readonly pages: readonly string[];
  readonly questions: readonly PlanQuestion[];
}

export interface PlanView {
  readonly plan: MarketplacePlan;
  /** 0 while nothing was saved. */
  readonly version: number;
  /** When that version was saved, and by whom. */
  readonly at: Date | null;
  readonly byId: string | null;
  readonly parts: readonly PlanPart[];
  readonly people: People;
  readonly reader: Person;
  readonly mayWrite: boolean;
  /** As it was at the end of that day, with nothing to do; null: as it is. */
  readonly asOf: LocalDate | null;
}

const nameIn = (people: People, id: string | null): Line =>
  line`${theirs((id === null ? undefined : people.get(id)?.name) ?? 'somebody')}`;

/** How far something is: answers there are, of how many, and how many are needed and missing. */
export function progressOf(parts: readonly PlanPart[]): {
  readonly answered: number;
  readonly of: number;
  readonly needed: readonly string[];
} {
  const all = parts.flatMap(({ questions }) => questions);
  return {
    answered: all.filter(({ shown }) => shown !== null).length,
    of: all.length,
    needed: all.filter(({ isNeeded }) => isNeeded).map(({ label }) => label),
  };
}

const progressWords = (parts: readonly PlanPart[]): string => {
  const { answered, of, needed } = progressOf(parts);
  const rest = needed.length === 0 ? 'complete' : `${needed.length} still needed`;
  return `${answered} of ${of} answered, ${rest}`;
};

/** Where the plan stands: a draft, in review, approved, returned. */
export function standingLines({ plan, people }: Pick<PlanView, 'plan' | 'people'>): readonly Line[] {
  const { state, edition, submitted, approved, returned } = plan;
  const last = approved
    ? [line`Edition ${edition} was approved ${time(approved.at)} by ${nameIn(people, approved.byId)}.`]
    : [line`No edition is approved yet.`];
  switch (state) {
    case 'approved':
      return [...last, line`Whatever is changed now begins a new draft; this edition stays as it is.`];
    case 'submitted':
      return [
        line`Edition ${edition + 1} waits for review: submitted ${time(submitted?.at ?? new Date(0))} by ${nameIn(people, submitted?.byId ?? null)}. Somebody who has not written it approves or returns it.`,
        ...last,
      ];
    case 'draft':
      return [
        line`This is the draft of edition ${edition + 1}.`,
        ...(returned
          ? [
              line`It came back ${time(returned.at)} from ${nameIn(people, returned.byId)}: ${theirs(returned.because)}`,
            ]
          : []),
        ...last,
      ];
    default:
      return state satisfies never;
  }
}

/** The plan as a whole: where it stands and how far each part is. */
export function planCard(view: PlanView): Message {
  const { parts, version, at, byId, people, asOf } = view;
  const heading = asOf === null ? PLAN_TITLE : `${PLAN_TITLE} as of ${sayLocalDate(asOf)}`;
  return card(
    heading,
    [
      ...standingLines(view).map(paragraph),
      ...(at
        ? [note(line`Version ${version}, ${time(at)}, by ${nameIn(people, byId)}.`)]
        : [note('Nothing was filled in yet. The services come from the catalogue.')]),
      facts([
        ...parts.map((part) =>
          asOf === null
            ? fact(part.title, progressWords([part]), openButton(part))
            : fact(part.title, progressWords([part])),
        ),
        fact('In all', progressWords(parts)),
      ]),
      ...neededBlocks(parts),
      note(
        `Type \`plan part governance\` to see one part, ${view.mayWrite ? '`plan set price basis: by the hour` to answer, ' : ''}\`plan history\` for its versions, \`plan docx\` or \`plan pdf\` for a file.`,
      ),
    ],
    asOf === null ? [...stepButtons(view), ...readButtons()] : [],
  );
}

const openButton = ({ key, title }: PlanPart): Button =>
  button(`part-${key}`, 'Open', { verb: 'plan.part', subject: PLAN, choice: key }, `plan part ${title}`);

/** Names of needed answers that are listed at once. */
const MOST_NEEDED = 12;

function neededBlocks(parts: readonly PlanPart[]): readonly Block[] {
  const { needed } = progressOf(parts);
  if (needed.length === 0) return [];
  const more = needed.length > MOST_NEEDED ? `, and ${needed.length - MOST_NEEDED} more` : '';
  return [paragraph(`Still needed: ${needed.slice(0, MOST_NEEDED).join(', ')}${more}.`)];
}

/** What the reader may do with it as it stands. */
function stepButtons({ plan, parts, version, reader, mayWrite }: PlanView): readonly Button[] {
  if (!mayWrite) return [];
  if (plan.state === 'draft')
    return progressOf(parts).needed.length === 0
      ? [stepButton('submit', 'Submit for review', version, 'primary')]
      : [];
  if (plan.state === 'approved') return [];
  return [
    ...(mayReview(plan, reader.id) ? [stepButton('approve', 'Approve', version, 'primary')] : []),
    button(
      'plan-return',
      'Return',
      { verb: 'plan.return', subject: PLAN, version },
      'plan return because the targets are missing',
      { opensDialog: true },
    ),
  ];
}

const stepButton = (
  step: 'submit' | 'approve',
  label: string,
  version: number,
  look: Button['look'],
): Button =>
  button(`plan-${step}`, label, { verb: `plan.${step}`, subject: PLAN, version }, `plan ${step}`, { look });

const readButtons = (): readonly Button[] => [
  button('plan-history', 'History', { verb: 'plan.history', subject: PLAN }, 'plan history'),
  button('plan-docx', 'As a Word file', { verb: 'plan.file', subject: PLAN, choice: 'docx' }, 'plan docx'),
  button('plan-pdf', 'As a PDF', { verb: 'plan.file', subject: PLAN, choice: 'pdf' }, 'plan pdf'),
];

/** One part with its answers and what is still to be said, each question with why it is asked. */
export function planPartCard(view: PlanView, part: PlanPart, services: readonly string[]): Message {
  const answered = part.questions.filter(({ shown }) => shown !== null);
  const open = part.questions.filter(({ shown }) => shown === null);
  return card(
    `${PLAN_TITLE}: ${part.title}`,
    [
      paragraph(line`${strong(progressWords([part]))}.`),
      ...(services.length > 0 ? [paragraph(`In the catalogue: ${services.join('; ')}.`)] : []),
      ...(answered.length > 0
        ? [facts(answered.map(({ label, shown }) => fact(label, [theirs(shown ?? '')])))]
        : []),
      ...(open.length > 0 ? [paragraph('Not answered yet:'), bullets(open.map(openLine))] : []),
      ...(view.mayWrite ? [note(line`You can also type: \`plan set ${typedExample(part)}\``)] : []),
    ],
    [
      ...(view.mayWrite ? part.pages.map((page, place) => pageButton(part, page, place)) : []),
      button('plan-show', 'The whole plan', { verb: 'plan.show', subject: PLAN }, 'marketplace plan'),
    ],
  );
}

const openLine = ({ label, ask, why, example, isNeeded }: PlanQuestion): Line =>
  line`${strong(label)}${isNeeded ? '' : ' (optional)'}: ${ask} ${why}${example === null ? '' : ` For example: “${example}”`}`;

function typedExample({ questions }: PlanPart): string {
  const question = questions.find(({ example }) => example !== null) ?? questions[0];
  return `${(question?.label ?? 'scope').toLowerCase()}: ${question?.example ?? 'your answer'}`;
}

/** What opens a page, and what sending it says. */
export const pagePress = (page: string): ButtonPress => ({ verb: 'plan.page', subject: PLAN, choice: page });

const pageButton = (part: PlanPart, page: string, place: number): Button => {
  const label = part.pages.length === 1 ? 'Fill in' : `Fill in, page ${place + 1}`;
  const typed = place === 0 ? `plan fill ${part.title}` : `plan fill ${part.title} (${place + 1})`;
  return button(`fill-${page}`, label, pagePress(page), typed, { opensDialog: true });
};

/** A version of the plan, as its history lists it. */
export interface PlanVersion {
  readonly version: number;
  readonly at: Date;
  readonly byId: string | null;
  /** Titles of the parts that were changed. */
  readonly changed: readonly string[];
  /** What became of it: submitted, approved, returned; null for a save. */
  readonly step: string | null;
  readonly reason: string | null;
}

/** Versions that are listed at once. */
export const VERSIONS_SHOWN = 20;

/** Every version, newest first: when, who, what and why. */
export function planHistory(versions: readonly PlanVersion[], people: People): Message {
  if (versions.length === 0)
    return card(`${PLAN_TITLE}: history`, [
      paragraph('Nothing was saved yet. `marketplace plan` shows the parts.'),
    ]);
  const shown = versions.slice(0, VERSIONS_SHOWN);
  const left = versions.length - shown.length;
  return card(`${PLAN_TITLE}: history`, [
    bullets(shown.map((version) => versionLine(version, people))),
    ...(left > 0 ? [paragraph(`${left} older versions are not listed.`)] : []),
    note('Type `plan as of 3/1/2027` to see the plan as it was at the end of a day.'),
  ]);
}

function versionLine({ version, at, byId, changed, step, reason }: PlanVersion, people: People): Line {
  const what = step ?? (changed.length > 0 ? `changed ${changed.join(', ')}` : 'saved');
  const why = reason === null ? '' : line`: ${theirs(reason)}`;
  return line`${strong(`Version ${version}`)}, ${time(at)}, ${nameIn(people, byId)}: ${what}${why}`;
}
