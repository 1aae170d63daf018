/**
 * What is looked after when a Service ISSO leaves (domain reference 4.6): property, the times of the policy, and what becomes of the
 * lines of their Information Card. The list of property is assumed but for computer and badge; the times are those of ARS 5.01.
 */
import type { CardTemplate, Mirror } from '../domain/card-template.ts';
import type { Leaving, LineKind } from '../domain/off-boarding.ts';
import { type PolicyTime, type SystemLevel, timeFor, type Within } from '../domain/off-boarding-clocks.ts';
import type { NewLine } from '../domain/off-boarding-open.ts';

/** Off-boarding is done so many business days after the last day (domain reference 2.3). */
const OFF_BOARDING_DAYS: Within = { businessDays: 10 };
/** Access is removed on the last day (domain reference 2.3; ARS PS-4 Std.1). */
const LAST_DAY: Within = { days: 0 };
/** The CISO is told of a change of the ISSO within so many days (ARS CA-2 Std.3). */
const CISO: Within = { days: 30 };

interface Property {
  readonly key: string;
  readonly what: string;
  readonly alsoCalled: readonly string[];
  /** The line of the card with which it is handed out. */
  readonly with?: string;
  /** The line of the card whose mirror it is. */
  readonly mirrors?: string;
  /** What the Request Form calls it among the equipment. */
  readonly askedForAs?: string;
}

export const PROPERTY: readonly Property[] = [
  {
    key: 'laptop',
    what: 'Laptop',
    alsoCalled: ['computer', 'gfe', 'gfe laptop'],
    with: 'gfe_laptop',
    mirrors: 'gfe_laptop',
  },
  { key: 'charger', what: 'Charger and dock', alsoCalled: ['dock', 'charger'], with: 'gfe_laptop' },
  { key: 'piv_card', what: 'PIV card', alsoCalled: ['piv', 'badge'], with: 'piv_card', mirrors: 'piv_card' },
  { key: 'phone', what: 'Phone', alsoCalled: ['cell phone', 'mobile'], askedForAs: 'phone' },
  { key: 'hardware_token', what: 'Hardware token', alsoCalled: ['token'], askedForAs: 'token' },
  { key: 'keys', what: 'Building keys or parking pass', alsoCalled: ['building keys', 'parking pass'] },
  { key: 'removable_media', what: 'Removable media', alsoCalled: ['media', 'usb', 'usb stick'] },
  { key: 'documents', what: 'Documents', alsoCalled: ['papers'] },
];

interface PolicyLine {
  readonly key: string;
  readonly kind: LineKind;
  readonly what: string;
  readonly alsoCalled: readonly string[];
  readonly when: readonly Leaving[];
  readonly time: PolicyTime;
  /** The line of the card that says the same. */
  readonly mirrors?: string;
}

/** The policy's own lines, each with its time. */
export const POLICY_LINES: readonly PolicyLine[] = [
  // ARS PS-4 Std.1: before or during the termination action.
  {
    key: 'access_disabled',
    kind: 'access',
    what: 'All access to the system disabled',
    alsoCalled: ['access', 'all access', 'accounts'],
    when: ['leaves', 'moves'],
    time: { usual: LAST_DAY },
  },
  // ARS PS-4: within 1 calendar day of termination.
  {
    key: 'named_personnel',
    kind: 'notice',
    what: 'Named personnel told that the person has left',
    alsoCalled: ['personnel', 'named people'],
    when: ['leaves'],
    time: { usual: { days: 1 } },
  },
  // ARS PS-7: 72 hours for a High system, 7 days for a Moderate one, 30 days for a Low one.
  {
    key: 'cor_told',
    kind: 'notice',
    what: 'Contracting Officer and COR told of the end date',
    alsoCalled: ['cor', 'co and cor', 'contracting officer'],
    when: ['leaves', 'moves'],
    time: { usual: { days: 30 }, byLevel: { high: { hours: 72 }, moderate: { days: 7 } } },
    mirrors: 'cor_approval',
  },
  // ARS AC-2: within 30 days; within 12 hours for privileged accounts on a High Value Asset.
  {
    key: 'account_managers',
    kind: 'notice',
    what: 'Account managers told',
    alsoCalled: ['account manager'],
    when: ['leaves', 'moves'],
    time: { usual: { days: 30 }, onHva: { hours: 12 } },
  },
  // ARS PS-5: actions begin as soon as possible, at most 30 days; notice within 7 days.
  {
    key: 'transfer_begun',
    kind: 'keep',
    what: 'Access and property reviewed for the new post',
    alsoCalled: ['transfer', 'transfer review'],
    when: ['moves'],
    time: { usual: { days: 30 } },
  },
  {
    key: 'transfer_told',
    kind: 'notice',
    what: 'Named personnel told of the new post',
    alsoCalled: ['transfer notice', 'new post'],
    when: ['moves'],
    time: { usual: { days: 7 } },
  },
];

/** What the Service ISSO who is changed leaves behind; at the end of the engagement the hand-over paper itself is asked for. */
export const PERSONAL_LINES: readonly Pick<PolicyLine, 'key' | 'kind' | 'what' | 'alsoCalled'>[] = [
  {
    key: 'hand_over',
    kind: 'keep',
    what: 'Work handed over',
    alsoCalled: ['hand-over', 'handover'],
  },
  {
    key: 'exit_talk',
    kind: 'keep',
    what: 'Exit talk held, with the duties of non-disclosure',
    alsoCalled: ['exit talk', 'talk'],
  },
];

/** Cards of which nothing is known have not been begun by anybody: what they stand for is asked about. */
export interface LeavingFacts extends SystemLevel {
  readonly leaving: Leaving;
  /** The Service ISSO is changed, and the engagement goes on. */
  readonly isPersonal: boolean;
  readonly template: CardTemplate;
  /** Keys of the card's lines that are done or begun; null when there is no card. */
  readonly begun: ReadonlySet<string> | null;
  /** The equipment that the Request Form asks for; null when nobody said. */
  readonly equipment: readonly string[] | null;
}

/** Lines of the card that have their counterpart in a line above. */
const MIRRORED: ReadonlySet<string> = new Set(
  [...PROPERTY, ...POLICY_LINES].flatMap(({ mirrors }) => (mirrors === undefined ? [] : [mirrors])),
);
const KIND_OF: Readonly<Record<Mirror['kind'], LineKind>> = {
  return: 'property',
  revoke: 'access',
  tell: 'notice',
  keep: 'keep',
};
/** Lines of the card with a time of their own. */
const TIMES: Readonly<Record<string, Within>> = { appointment_letter: CISO };

/** All lines of the record that is opened: of the card what was begun, the policy's, and property. */
export function leavingLines(facts: LeavingFacts): readonly NewLine[] {
  return [...policyLines(facts), ...mirrorLines(facts), ...propertyLines(facts), ...personalLines(facts)];
}

const policyLines = (facts: LeavingFacts): readonly NewLine[] =>
  POLICY_LINES.filter(({ when }) => when.includes(facts.leaving)).map(({ key, kind, what, time }) => ({
    key,
    kind,
    what,
    within: timeFor(time, facts),
    isIssued: true,
  }));

const mirrorLines = ({ template, begun }: LeavingFacts): readonly NewLine[] =>
  template.items.flatMap(({ key, mirror }) => {
    if (!mirror || MIRRORED.has(key) || (begun !== null && !begun.has(key))) return [];
    const kind = KIND_OF[mirror.kind];
    const within = TIMES[key] ?? (kind === 'access' ? LAST_DAY : OFF_BOARDING_DAYS);
    return [{ key, kind, what: mirror.what, within, isIssued: true }];
  });

const propertyLines = (facts: LeavingFacts): readonly NewLine[] =>
  PROPERTY.map((property) => ({
    key: property.key,
    kind: 'property',
    what: property.what,
    within: OFF_BOARDING_DAYS,
    isIssued: isIssued(property, facts),
  }));

/** What nobody knows of is asked for: it is easier to say that a thing was never handed out than to miss it. */
function isIssued(property: Property, { begun, equipment }: LeavingFacts): boolean {
  if (property.with !== undefined) return begun === null || begun.has(property.with);
  if (property.askedForAs !== undefined) return equipment === null || equipment.includes(property.askedForAs);
  return true;
}

const personalLines = ({ isPersonal }: LeavingFacts): readonly NewLine[] =>
  isPersonal
    ? PERSONAL_LINES.map(({ key, kind, what }) => ({
        key,
        kind,
        what,
        within: OFF_BOARDING_DAYS,
        isIssued: true,
      }))
    : [];

/** Other words for a line, by its key. */
export function lineNames(template: CardTemplate, key: string): readonly string[] {
  const own = [...PROPERTY, ...POLICY_LINES, ...PERSONAL_LINES].find((each) => each.key === key);
  const item = template.items.find((each) => each.key === key);
  return own ? own.alsoCalled : (item?.alsoCalled ?? []);
}

/** Whoever is changed for one of these reasons goes; for the others, they go on to another post. */
const LEAVES_FOR: readonly string[] = ['isso_departed', 'performance', 'term_ended'];
export const leavingFor = (reason: string): Leaving => (LEAVES_FOR.includes(reason) ? 'leaves' : 'moves');
