/**
 * What the bot says about the context score: line by line with what explains each, and the tier (domain reference 3.5).
 * In a shared channel nothing says that a system is a High Value Asset: that line, the sum, the floors and the words of
 * people are left out. The lines that stay with a Complex tier fit a system whose overall level is High as well.
 */
import { DUE_SOON_DAYS } from '../../domain/authorization.ts';
import type { ContextScore, SettledTier, TierFloor } from '../../domain/context.ts';
import {
  type ContextFactor,
  type ContextReason,
  MOST_POINTS,
  type ScoreLine,
} from '../../domain/context-factors.ts';
import type { HvaCategory } from '../../domain/context-facts.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { type Block, bullets, note, paragraph } from '../message.ts';
import {
  AUTHORIZATION_LABELS,
  COMPLEXITY_LABELS,
  CONNECTION_LABELS,
  DATA_KIND_LABELS,
  DELIVERY_LABELS,
  FIPS_LABELS,
  HOSTING_LABELS,
  HVA_CATEGORY_LABELS,
  KNOWN_LABELS,
  OVERDUE_LABELS,
  RECORD_LABELS,
  TIER_LABELS,
} from './context-labels.ts';

export const FACTOR_LABELS: Readonly<Record<ContextFactor, string>> = {
  complexity: 'System complexity',
  data_sensitivity: 'Data sensitivity',
  mission_essential: 'Mission Essential Function',
  high_value_asset: 'High Value Asset',
  authorization_pressure: 'Authorization pressure',
  poam_load: 'POA&M load',
};

/** Short names of data in a line; the long ones stand on the form. */
const DATA_WORDS: Readonly<Record<Extract<ContextReason, { about: 'data' }>['value'], string>> = {
  ...DATA_KIND_LABELS,
  pii: 'PII',
  pii_login_only: 'PII for login only',
  phi: 'PHI',
  fti: 'FTI',
  other_cui: 'other CUI',
  dont_know: 'not known',
};

const FLOOR_WORDS: Readonly<Record<TierFloor, string>> = {
  high_value_asset: 'it is a High Value Asset',
  fips_high: 'its overall FIPS 199 level is High',
};

/** Factors whose line never goes to a shared channel. */
const NOT_IN_CHANNELS: readonly ContextFactor[] = ['high_value_asset'];

/**
 * The whole score, for direct messages to those who may read the assessment. `categories` are the kinds of High Value
 * Asset, empty for none.
 */
export function contextScoreBlocks(
  score: ContextScore,
  settled: SettledTier,
  categories: readonly HvaCategory[],
): readonly Block[] {
  const most = score.lines.length * MOST_POINTS;
  return [
    bullets(score.lines.map((each) => scoreLine(each, categories))),
    paragraph(
      line`Sum: ${strong(`${score.sum} of ${most}`)}, which gives ${strong(TIER_LABELS[score.tierBySum])}. Overall FIPS 199 level: ${strong(FIPS_LABELS[score.overallFips])}.`,
    ),
    ...(score.tier === score.tierBySum ? [] : [paragraph(raised(score))]),
    paragraph(line`Tier: ${strong(TIER_LABELS[settled.tier])}.`),
    ...(settled.override
      ? [
          paragraph(
            line`The score gives ${TIER_LABELS[score.tier]}; ${TIER_LABELS[settled.tier]} was set by hand. Reason: ${theirs(settled.override.reason)}`,
          ),
        ]
      : []),
    ...(score.lines.some(({ factor, points }) => NOT_IN_CHANNELS.includes(factor) && points > 0)
      ? [note('Please keep what this says about High Value Assets out of shared channels.')]
      : []),
  ];
}

/** The score as a shared channel may see it, the same words whether the system is a High Value Asset or not. */
export function contextScoreForChannel(score: ContextScore, settled: SettledTier): readonly Block[] {
  const shown = score.lines.filter(({ factor }) => !NOT_IN_CHANNELS.includes(factor));
  return [
    bullets(shown.map((each) => scoreLine(each, []))),
    paragraph(line`Tier: ${strong(TIER_LABELS[settled.tier])}.`),
    note('The whole score is shown in direct messages only, to those who may read the assessment.'),
  ];
}

/** "Data sensitivity 3 of 3: PHI" */
function scoreLine({ factor, points, because }: ScoreLine, categories: readonly HvaCategory[]): Line {
  const kinds =
    factor === 'high_value_asset' && categories.length > 0
      ? ` (${categories.map((each) => HVA_CATEGORY_LABELS[each]).join(', ')})`
      : '';
  const why = because.length === 0 ? 'nothing adds to it' : because.map(reasonWords).join(', ');
  return line`${strong(`${FACTOR_LABELS[factor]} ${points} of ${MOST_POINTS}`)}: ${why}${kinds}`;
}

const raised = ({ floors, tier }: ContextScore): Line =>
  line`The tier is never below ${TIER_LABELS[tier]} here, because ${floors.map((each) => FLOOR_WORDS[each]).join(' and ')}.`;

function reasonWords(reason: ContextReason): string {
  switch (reason.about) {
    case 'hosting':
      return `hosting: ${lower(HOSTING_LABELS[reason.value])}`;
    case 'delivery':
      return `releases: ${lower(DELIVERY_LABELS[reason.value])}`;
    case 'connections':
      return `connections: ${lower(CONNECTION_LABELS[reason.value])}`;
    case 'confirmed':
      return `${COMPLEXITY_LABELS[reason.value]}, as confirmed (the answers suggest ${COMPLEXITY_LABELS[reason.suggested]})`;
    case 'data':
      return DATA_WORDS[reason.value];
    case 'records':
      return `records of people: ${lower(RECORD_LABELS[reason.value])}`;
    case 'known':
      return reason.value === 'dont_know' ? 'not known' : KNOWN_LABELS[reason.value];
    case 'authorization':
      return authorizationWords(reason);
    case 'open-poams':
      return reason.value === null ? 'not counted yet' : `${reason.value} open`;
    case 'overdue-poams':
      return reason.value === 'dont_know'
        ? 'overdue, level not known'
        : `overdue, highest level ${OVERDUE_LABELS[reason.value]}`;
    default:
      return reason satisfies never;
  }
}

function authorizationWords({
  value,
  daysLeft,
  isOperating,
}: Extract<ContextReason, { about: 'authorization' }>): string {
  if (value === 'none') return isOperating ? 'none while operating' : 'none yet; it does not operate';
  if (value === 'dont_know') return 'not known';
  const name = value === 'ato' ? 'ATO' : AUTHORIZATION_LABELS[value];
  if (daysLeft === null) return name;
  if (daysLeft < 0) return `${name}, expired`;
  const due = daysLeft <= DUE_SOON_DAYS ? 'Due Soon, ' : '';
  return `${name}, ${due}${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left`;
}

/** A label inside a sentence; names such as "CMS" keep their capitals. */
const lower = (label: string): string =>
  /^[A-Z][a-z]/u.test(label) ? `${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
