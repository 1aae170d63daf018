/** Where a system's authorization to operate (ATO) stands, worked out from what the Request Form says (domain reference 3.2 D). */
import type { LocalDate } from './time.ts';
import { daysBetween } from './time.ts';

/** What a system may hold (domain reference 3.2 D, from the CMS page on types of authorization). */
export const AUTHORIZATION_TYPES = [
  'none',
  'ato',
  'temporary_ato',
  'ongoing',
  'pilot',
  'expired',
  'dont_know',
] as const;
export type AuthorizationType = (typeof AUTHORIZATION_TYPES)[number];

/** Types whose last day must be given. */
export const DATED_TYPES: readonly AuthorizationType[] = ['ato', 'temporary_ato'];

export interface Authorization {
  readonly type: AuthorizationType;
  /** The last day it holds; null where there is none or nobody gave it. */
  readonly expiresOn: LocalDate | null;
}

export type AtoStatus = 'active' | 'due_soon' | 'expired' | 'no_ato';

/** CMS flags an ATO as due soon from here on, in days before its last day (CMSgov/easi-app). */
export const DUE_SOON_DAYS = 90;
/** A contingency plan is tested at least this often (ARS CP-4). */
const PLAN_TEST_DAYS = 365;
/** A Privacy Impact Assessment is renewed at least this often (domain reference 3.2 D). */
const PRIVACY_YEARS = 3;

/** Days until an ATO or Temporary ATO ends, negative once it has; null for a type without a last day, or without its date. */
export function daysLeft({ type, expiresOn }: Authorization, today: LocalDate): number | null {
  return DATED_TYPES.includes(type) && expiresOn !== null ? daysBetween(today, expiresOn) : null;
}

/**
 * The status as CMS names it. On its last day an ATO still holds. An Authority to Pilot is no ATO.
 * Null when it can't be told: nobody knows the type, or a type with a last day has no date.
 */
export function atoStatus(authorization: Authorization, today: LocalDate): AtoStatus | null {
  switch (authorization.type) {
    case 'none':
    case 'pilot':
      return 'no_ato';
    case 'expired':
      return 'expired';
    case 'ongoing':
      return 'active';
    case 'dont_know':
      return null;
    case 'ato':
    case 'temporary_ato': {
      const left = daysLeft(authorization, today);
      if (left === null) return null;
      if (left < 0) return 'expired';
      return left <= DUE_SOON_DAYS ? 'due_soon' : 'active';
    }
    default:
      return authorization.type satisfies never;
  }
}

/** Is the last test of the contingency plan, on `testedOn`, more than 365 days ago? */
export const isPlanTestOverdue = (testedOn: LocalDate, today: LocalDate): boolean =>
  daysBetween(testedOn, today) > PLAN_TEST_DAYS;

/** Is the Privacy Impact Assessment of `assessedOn` more than three calendar years old? */
export function isPrivacyAssessmentOld(assessedOn: LocalDate, today: LocalDate): boolean {
  const anniversary = `${String(Number(assessedOn.slice(0, 4)) + PRIVACY_YEARS)}${assessedOn.slice(4)}`;
  return today > anniversary;
}
