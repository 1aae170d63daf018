/** What the programme has set about roles, memberships and access reviews. All of it is assumed: change it here. */
import type { ReviewRules } from '../domain/access-review.ts';
import type { MemberRole } from '../domain/course.ts';
import type { Role } from '../domain/person.ts';
import type { RoleRules } from '../domain/role-grants.ts';

export const ROLE_RULES: RoleRules = {
  // A Records Officer can delete for good what was kept long enough.
  privileged: ['gtl', 'cor', 'ispg_team', 'records_officer', 'platform_admin'],
  // Administration of access is kept apart from deciding and from audit (domain reference 1.1, 9.8 AC-5).
  approving: [
    'business_owner',
    'bo_delegate',
    'cra',
    'ispg_team',
    'gtl',
    'cor',
    'contractor_lead',
    'service_isso_lead',
    'system_owner',
    'ciso',
    'auditor',
    'records_officer',
  ],
};

/** Domain reference 1.3 and 9.8 AC-2: all at least every 365 days, privileged ones each quarter; idle after 60 days, or 30. */
export const REVIEW_RULES: ReviewRules = {
  privileged: ROLE_RULES.privileged,
  reviewDays: 365,
  quarterDays: 92,
  idleDays: 60,
  idleDaysHigh: 30,
  answerBusinessDays: 10,
};

/** Whoever has one of these is waited for when they are away. */
export const AWAITED_ROLES: readonly Role[] = [
  'business_owner',
  'cra',
  'ispg_team',
  'gtl',
  'cor',
  'contractor_lead',
  'service_isso_lead',
  'platform_admin',
];

/** What somebody must be on the roster to have a part in an engagement. Left out: only comes about in another way. */
interface Fit {
  /** The role of the roster that it needs; null: none. */
  readonly needs: Role | null;
  /** Their components must have the engagement's among them. */
  readonly inComponent: boolean;
  readonly isFederal: boolean;
}

/** Parts that somebody is let in with. A Service ISSO comes by being proposed and accepted. */
export const MEMBER_FITS: Readonly<Partial<Record<MemberRole, Fit>>> = {
  data_guardian: { needs: 'data_guardian', inComponent: true, isFederal: true },
  developer_maintainer: { needs: null, inComponent: false, isFederal: true },
  system_owner: { needs: null, inComponent: false, isFederal: true },
  existing_isso: { needs: null, inComponent: false, isFederal: false },
  bo_delegate: { needs: null, inComponent: false, isFederal: true },
  service_isso_lead: { needs: 'service_isso_lead', inComponent: false, isFederal: false },
  cor: { needs: 'cor', inComponent: false, isFederal: true },
};
