import type { HolidayRule } from '../domain/cadence.ts';
import type { CardTemplate } from '../domain/card-template.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import type { NamedLink, OfferingRecord, Stated } from '../domain/offering-record.ts';
import type { Person } from '../domain/person.ts';
import type { Form } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';

/** Something worth saying about a set of answers: to the requester at once, to ISPG at triage. It refuses nothing. */
export interface Notice {
  readonly key: string;
  readonly text: string;
}

/** What an engagement keeps beside the answers, read from them. */
interface RequestFacts {
  readonly component: string;
  readonly systemName: string;
  readonly businessOwnerId: string;
  readonly craId: string | null;
}

/** A meeting about each engagement of the offering that recurs from its first day of work on, until ISPG sets something else. */
export interface OfferingCadence {
  readonly meeting: MeetingKind;
  readonly cron: string;
  readonly holidayRule: HolidayRule;
  readonly minutes: number;
}

/** A service that is asked for and lived through here, from the request to the last day. One file is one offering. */
export interface WorkflowOffering extends OfferingRecord {
  readonly kind: 'workflow';
  /** Starts request numbers: `ISSO-2026-0042`. */
  readonly numberPrefix: string;
  /** The initial request. */
  readonly form: Form;
  /** Key of the long-text question for the need: what somebody starts a request from is proposed there. */
  readonly needQuestion: string;
  /** Lines of its Information Cards: all versions there have been, oldest first. */
  readonly cardTemplates: readonly [CardTemplate, ...CardTemplate[]];
  readonly cadences: readonly OfferingCadence[];
  /** What we know already about somebody who starts a request. */
  prefill(speaker: Person, people: readonly Person[]): Answers;
  notices(answers: Answers): readonly Notice[];
  /** Null while one of them is missing. An advisor not named is looked up by component among `people`. */
  facts(answers: Answers, people: readonly Person[]): RequestFacts | null;
}

/** A service that others run or take requests for: the catalogue says what it is and where to go. */
export interface ReferralOffering extends OfferingRecord {
  readonly kind: 'referral';
  readonly goTo: NamedLink;
  readonly howToAsk: readonly Stated[];
}

/** A service of the catalogue. `index.ts` lists them. */
export type Offering = WorkflowOffering | ReferralOffering;

/** What a new card of the offering is made of. */
export const newestTemplate = ({ cardTemplates }: Pick<WorkflowOffering, 'cardTemplates'>): CardTemplate =>
  cardTemplates.at(-1) ?? cardTemplates[0];

/** The template of a card that was made with that version. Throws (a bug) for one there has never been. */
export function templateOf(
  { key, cardTemplates }: Pick<WorkflowOffering, 'key' | 'cardTemplates'>,
  version: number,
): CardTemplate {
  const found = cardTemplates.find((each) => each.version === version);
  if (!found) throw new Error(`${key} has no card template of version ${version}`);
  return found;
}
