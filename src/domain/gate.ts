/** What has to hold before a Service ISSO works, and while they do (domain reference 2.4, guard of T15). Pure. */
import { type Card, type CardItem, itemOf } from './card.ts';
import { holderOf } from './card-progress.ts';
import {
  type CardParty,
  type CardTemplate,
  GATE_KEYS,
  type GateKey,
  type ItemTemplate,
} from './card-template.ts';
import type { Letter } from './course.ts';
import { isLetterProcessed, SIGNATURES, type Signature } from './engagement-matching.ts';
import { addDays, type LocalDate } from './time.ts';

/** The first role-based training is due so many days after the appointment (ARS AT-3). */
export const TRAINING_WINDOW_DAYS = 60;

export interface GateFacts {
  readonly template: CardTemplate;
  readonly card: Card;
  readonly letter: Letter;
  /** When role-based training is due, as far as it is known. */
  readonly trainingDueOn: LocalDate | null;
  readonly today: LocalDate;
}

export interface GateLine {
  readonly key: GateKey;
  readonly holds: boolean;
  /** Who has it in hand; null once it holds. */
  readonly holder: CardParty | null;
  /** Keys of the card's lines that are open; empty once it holds. */
  readonly open: readonly string[];
}

export interface Gate {
  readonly lines: readonly GateLine[];
  /** Role-based training is dated and not done: policy wants it before access or duties (ARS AT-3). */
  readonly isTrainingAhead: boolean;
}

/** Every line of the gate; an appointment letter counts by its signatures, whatever the card says. */
export function gateOf(facts: GateFacts): Gate {
  return {
    lines: GATE_KEYS.map((key) => lineOf(key, facts)),
    isTrainingAhead: openItems('role_based_training', facts).length > 0 && isTrainingDated(facts),
  };
}

/** Keys of the lines that don't hold. */
export const failingOf = ({ lines }: Gate): readonly GateKey[] =>
  lines.filter(({ holds }) => !holds).map(({ key }) => key);

function lineOf(key: GateKey, facts: GateFacts): GateLine {
  if (key === 'appointment_letter') return letterLine(facts);
  const open = openItems(key, facts);
  const [first] = open;
  if (!first || (key === 'role_based_training' && isTrainingDated(facts)))
    return { key, holds: true, holder: null, open: [] };
  return { key, holds: false, holder: holderOf(first.of, first.item), open: open.map(({ of }) => of.key) };
}

interface OpenItem {
  readonly of: ItemTemplate;
  readonly item: Pick<CardItem, 'state'>;
}

/** A line that was dropped does not hold the gate: whatever it stands for is missing. */
const openItems = (key: GateKey, { template, card }: GateFacts): readonly OpenItem[] =>
  template.items
    .filter(({ gates }) => gates.includes(key))
    .map((of): OpenItem => ({ of, item: itemOf(card, of.key) ?? { state: { is: 'not_started' } } }))
    .filter(({ item }) => item.state.is !== 'done');

const SIGNS: Readonly<Record<Signature, CardParty>> = {
  isso: 'service_isso',
  businessOwner: 'business_owner',
  ciso: 'ciso',
};

function letterLine({ letter, template }: GateFacts): GateLine {
  const key = 'appointment_letter';
  const next = SIGNATURES.find((signature) => letter[signature] === null);
  if (isLetterProcessed(letter) || !next) return { key, holds: true, holder: null, open: [] };
  const open = template.items.filter(({ gates }) => gates.includes(key)).map((item) => item.key);
  return { key, holds: false, holder: SIGNS[next], open };
}

/** It has a day that is not over and lies within the window since the appointment. */
function isTrainingDated({ letter, trainingDueOn, today }: GateFacts): boolean {
  const windowEndsOn = addDays(letter.ciso ?? today, TRAINING_WINDOW_DAYS);
  return trainingDueOn !== null && today <= trainingDueOn && trainingDueOn <= windowEndsOn;
}

/** Why somebody can't go on with the work: training that is overdue, access and screening that are open again. */
export function lapsedOf(
  facts: Omit<GateFacts, 'card'> & { readonly card: Card | null },
): readonly GateKey[] {
  const { card, trainingDueOn, today } = facts;
  const isTrainingLate = trainingDueOn !== null && trainingDueOn < today;
  const kept = (['screening', 'awareness_training', 'access'] as const).filter(
    (key) => card !== null && openItems(key, { ...facts, card }).length > 0,
  );
  return [...(isTrainingLate ? (['role_based_training'] as const) : []), ...kept];
}
