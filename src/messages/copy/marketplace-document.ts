/** The Marketplace Implementation Plan as a document: every part with its questions and answers, and the services it is about. */
import type { PlanOffering } from '../../domain/marketplace-plan.ts';
import { sayDate } from '../../domain/time.ts';
import { type DocumentPart, type DocumentSection, type TextDocument, table, words } from '../document.ts';
import { PLAN_TITLE, type PlanPart, type PlanView, progressOf } from './marketplace.ts';

const STATUS: Readonly<Record<PlanOffering['status'], string>> = {
  pilot: 'Pilot',
  live: 'Live',
  paused: 'Paused',
  retired: 'Retired',
};
const OPEN = 'Not answered yet.';

/** The same version gives the same document. `at`: when that version was saved. */
export function planDocument(
  view: Pick<PlanView, 'plan' | 'version' | 'parts' | 'people'>,
  offerings: readonly PlanOffering[],
  at: Date,
  zone: string,
): TextDocument {
  const { plan, version, parts } = view;
  return {
    title: titleOf(view),
    at,
    intro: [
      ...standing(view, zone),
      `Version ${version} of ${sayDate(at, zone)}. ${progressWords(parts)}`,
      plan.offerings === null
        ? 'The table of services shows the catalogue as it is now.'
        : 'The table of services shows the catalogue as it was when the plan was submitted.',
    ],
    sections: parts.map((part) => sectionOf(part, part.key === 'offerings' ? offerings : [])),
  };
}

function titleOf({ plan }: Pick<PlanView, 'plan'>): string {
  if (plan.state === 'approved') return `${PLAN_TITLE}, edition ${plan.edition}`;
  return `${PLAN_TITLE}, ${plan.state === 'draft' ? 'draft' : 'in review'}`;
}

function standing({ plan, people }: Pick<PlanView, 'plan' | 'people'>, zone: string): readonly string[] {
  const { approved, submitted, edition } = plan;
  const name = (id: string): string => people.get(id)?.name ?? 'somebody';
  return [
    ...(submitted ? [`Submitted ${sayDate(submitted.at, zone)} by ${name(submitted.byId)}.`] : []),
    ...(approved
      ? [`Edition ${edition} was approved ${sayDate(approved.at, zone)} by ${name(approved.byId)}.`]
      : ['No edition is approved yet.']),
  ];
}

function progressWords(parts: readonly PlanPart[]): string {
  const { answered, of, needed } = progressOf(parts);
  const missing =
    needed.length === 0 ? 'Nothing that is needed is missing.' : `Still needed: ${needed.join(', ')}.`;
  return `${answered} of ${of} questions are answered. ${missing}`;
}

function sectionOf({ title, questions }: PlanPart, offerings: readonly PlanOffering[]): DocumentSection {
  const rows = questions.map(({ label, ask, shown }) => [label, ask, shown ?? OPEN]);
  return {
    heading: title,
    parts: [
      ...(offerings.length > 0 ? services(offerings) : []),
      rows.length === 0
        ? words('None.')
        : table(`${title}: questions and answers`, ['Question', 'Asked', 'Answer'], rows),
    ],
  };
}

const services = (offerings: readonly PlanOffering[]): readonly DocumentPart[] => [
  table(
    'Services of the catalogue',
    ['Service', 'Purpose', 'Provider', 'Status', 'Version', 'Contact'],
    offerings.map(({ name, purpose, provider, status, version, contact }) => [
      name,
      purpose,
      provider,
      STATUS[status],
      String(version),
      contact,
    ]),
  ),
  table(
    'How each service is bought and paid',
    ['Service', 'Contract or agreement', 'Price basis', 'Funding', 'Lead time'],
    offerings.map(({ name, contract, price, funding, leadTime }) => [
      name,
      contract,
      price,
      funding,
      leadTime,
    ]),
  ),
];
