/** The rows of each export: what columns it has, and the rows page by page. */
import { mayEver } from '../domain/access.ts';
import { itemOf } from '../domain/card.ts';
import { holderOf } from '../domain/card-progress.ts';
import { type ItemTemplate, nameOn } from '../domain/card-template.ts';
import type { Person } from '../domain/person.ts';
import { forbiddenInReport } from '../domain/report-guard.ts';
import type { Satisfaction } from '../domain/satisfaction.ts';
import { SURVEY_LINES } from '../domain/survey.ts';
import { STATUS_NAMES } from '../messages/copy/card-items.ts';
import { STATE_LABELS } from '../messages/copy/engagement-words.ts';
import { EXPORT_COLUMNS, LEFT_OUT, SATISFACTION_OF } from '../messages/copy/exports.ts';
import { PARTY_NAMES } from '../messages/copy/gate-words.ts';
import { workflowBy } from '../offerings/catalogue.ts';
import { templateOf } from '../offerings/offering.ts';
import type { ExportedCard, ExportedDelivery, ExportedEngagement, ExportedEntry } from '../ports.ts';
import type { ExportDeps, ExportKey } from './exports.ts';
import { cardIn } from './information-card.ts';
import { satisfactionNow } from './measures.ts';
import { programmeToday } from './work.ts';

export type Cell = string | number | null;
export type Row = readonly Cell[];

/** Columns in order, by key and as they are called; `each` hands over the rows in pages. */
export interface ExportRows {
  readonly columns: readonly (readonly [key: string, head: string])[];
  each(onRows: (rows: readonly Row[]) => Promise<void>): Promise<void>;
}

/** What that export holds for the person: of the record, what they may read of it (domain reference 1.3). */
export function rowsOf(deps: ExportDeps, person: Person, key: ExportKey): ExportRows {
  const { exports } = deps.tx;
  const columns = EXPORT_COLUMNS[key];
  switch (key) {
    case 'engagements':
      return {
        columns,
        each: async (onRows) => void (await exports.engagements((page) => onRows(page.map(engagementRow)))),
      };
    case 'cards':
      return {
        columns,
        each: async (onRows) =>
          void (await exports.cards((page) => onRows(page.flatMap((card) => cardRows(deps, card))))),
      };
    case 'deliveries':
      return {
        columns,
        each: async (onRows) => void (await exports.deliveries((page) => onRows(page.map(deliveryRow)))),
      };
    case 'audit': {
      const onlyOf = mayEver(person, 'audit.read') ? null : person.id;
      const hidden = onlyOf === null ? new Set<string>() : investigationLines(deps);
      return {
        columns,
        each: async (onRows) =>
          void (await exports.audit(onlyOf, (page) => onRows(page.map((entry) => entryRow(entry, hidden))))),
      };
    }
    case 'satisfaction':
      return { columns, each: async (onRows) => onRows(await satisfactionRows(deps)) };
    default:
      return key satisfies never;
  }
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

const engagementRow = (of: ExportedEngagement): Row => [
  of.number,
  of.offering,
  of.systemName,
  of.component,
  of.state,
  STATE_LABELS[of.state],
  instant(of.createdAt),
  instant(of.submittedAt),
  instant(of.stateSinceAt),
  of.businessOwner,
  of.advisor,
  of.triagedBy,
  of.serviceIsso,
  of.kickoffOn,
  of.dayZeroOn,
  of.activeSinceOn,
  of.endOn,
  of.reason,
];

/** Status and dates of each line: no reference, no words of anybody, and of an investigation not so much as that. */
function cardRows(deps: ExportDeps, of: ExportedCard): readonly Row[] {
  const offering = workflowBy(deps.programme.catalogue, of.offering);
  if (!offering) return [];
  const card = cardIn(of);
  const template = templateOf(offering, card.templateVersion);
  const today = programmeToday(deps);
  const head = [
    of.number,
    guarded(of.systemName),
    of.component,
    STATE_LABELS[of.state],
    of.serviceIsso,
  ] as const;
  return template.items
    .filter((line) => !isInvestigation(line))
    .map((line): Row => {
      const item = itemOf(card, line.key);
      return [
        ...head,
        card.dayZeroOn,
        nameOn(line, today),
        item ? STATUS_NAMES[item.state.is] : null,
        item ? PARTY_NAMES[holderOf(line, item)] : null,
        item?.requestedOn ?? null,
        item?.doneOn ?? null,
        item?.movedTo ?? null,
      ];
    });
}

/** What personnel security does is not told in files, not even by its status (domain reference 6.3, 9.5). */
const isInvestigation = ({ parties }: Pick<ItemTemplate, 'parties'>): boolean =>
  parties.includes('security_office');

/** Keys of such lines, in every version of every card. */
const investigationLines = ({ programme }: Pick<ExportDeps, 'programme'>): ReadonlySet<string> =>
  new Set(
    programme.catalogue.offerings
      .flatMap((each) => (each.kind === 'workflow' ? each.cardTemplates : []))
      .flatMap(({ items }) => items.filter(isInvestigation).map(({ key }) => key)),
  );

/** Of an entry about a line that is hidden, only the line and the person: what became of it is an auditor's to read. */
const factsShown = (facts: ExportedEntry['facts'], hidden: ReadonlySet<string>): ExportedEntry['facts'] =>
  hidden.has(facts.item ?? '')
    ? Object.fromEntries(
        Object.entries(facts).map(([key, value]) => [key, SHOWN_OF_ALL.has(key) ? value : LEFT_OUT]),
      )
    : facts;
const SHOWN_OF_ALL: ReadonlySet<string> = new Set(['item', 'person']);

/** What people typed may hold what must not leave: then it is left out, and that is said. */
const guarded = (text: string): string => (forbiddenInReport(text).length === 0 ? text : LEFT_OUT);

const deliveryRow = (of: ExportedDelivery): Row => [
  of.sequence,
  of.kind,
  of.urgency,
  of.topic,
  of.recipientKind,
  of.recipient,
  of.number,
  instant(of.dueAt),
  of.state,
  of.reason,
  of.attempts,
  of.mayRepeat ? 'yes' : 'no',
  of.platform,
  instant(of.sentAt),
];

const entryRow = (of: ExportedEntry, hidden: ReadonlySet<string>): Row => [
  of.position,
  instant(of.at),
  of.actor,
  of.actedFor,
  of.role,
  of.verb,
  of.number,
  of.from,
  of.to,
  hidden.has(of.facts.item ?? '') && of.reason !== null ? LEFT_OUT : of.reason,
  of.platform,
  JSON.stringify(factsShown(of.facts, hidden)),
  of.hash,
];

async function satisfactionRows(deps: ExportDeps): Promise<readonly Row[]> {
  const { overall, components, trend } = await satisfactionNow(deps);
  const averages = (of: string, name: string | null, found: Satisfaction): Row => [
    of,
    name,
    found.answers,
    ...SURVEY_LINES.map((line) => found.averages[line]),
  ];
  return [
    ...(overall ? [averages(SATISFACTION_OF.all, null, overall)] : []),
    ...components.map(({ component, satisfaction }) =>
      averages(SATISFACTION_OF.component, component, satisfaction),
    ),
    // A quarter without enough answers says nothing, not even how many there were.
    ...trend.quarters
      .filter(({ average }) => average !== null)
      .map(
        ({ quarter, answers, average }): Row => [
          SATISFACTION_OF.quarter,
          quarter,
          answers,
          ...SURVEY_LINES.map((line) => (line === 'overall' ? average : null)),
        ],
      ),
  ];
}
