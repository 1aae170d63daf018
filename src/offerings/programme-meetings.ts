/**
 * The meetings of the programme as data (domain reference 6.1 and 6.2). What the programme page says is marked seed; times,
 * lengths and further attendees are assumed, and an ISPG member changes a cadence in chat.
 */
import type { HolidayRule } from '../domain/cadence.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import type { Role } from '../domain/person.ts';

export interface ProgrammeMeeting {
  readonly title: string;
  readonly minutes: number;
  readonly agenda: readonly string[];
  /** One for each engagement, or one for the programme as a whole. */
  readonly scope: 'engagement' | 'programme';
  /** Roles whose holders are invited, beside the parties of the engagement for `asParties`. */
  readonly roles: readonly Role[];
  /** Who of the engagement is invited: the requesting side, the Service ISSOs of its milestones. */
  readonly asParties: readonly ('requesting-side' | 'service-isso')[];
  /** When it recurs unless ISPG sets something else; null for a meeting agreed by slots or imported. */
  readonly cadence: { readonly cron: string; readonly holidayRule: HolidayRule } | null;
  /** The asynchronous check-in before it, asked so many business days ahead; null for none. */
  readonly checkIn: { readonly businessDaysBefore: number; readonly roles: readonly Role[] } | null;
}

export const PROGRAMME_MEETINGS: Readonly<Record<MeetingKind, ProgrammeMeeting>> = {
  kickoff: {
    title: 'Kickoff discussion',
    minutes: 60,
    agenda: [
      'Cybersecurity requirements',
      'Level of effort',
      'Cost and funding',
      'Onboarding',
      'System overview, dates that matter, next steps',
    ],
    scope: 'engagement',
    roles: ['contractor_lead', 'cor'],
    asParties: ['requesting-side'],
    cadence: null,
    checkIn: null,
  },
  initial: {
    title: 'Initial meeting with the Service ISSO',
    minutes: 60,
    agenda: [
      'Meet the Business Owner and key stakeholders, contract developers and security staff',
      'Understand the business and its cybersecurity environment',
      'Learn the business model and logic',
      'Access needs and the first 30 days',
    ],
    scope: 'engagement',
    roles: ['ispg_team', 'data_guardian', 'developer_maintainer', 'contractor_lead'],
    asParties: ['requesting-side', 'service-isso'],
    cadence: null,
    checkIn: null,
  },
  satisfaction: {
    title: 'Satisfaction session',
    minutes: 30,
    agenda: ['How satisfied you are', 'What to improve', 'Whether to renew'],
    scope: 'engagement',
    roles: ['ispg_team'],
    asParties: ['requesting-side'],
    cadence: null,
    checkIn: null,
  },
  lead_weekly: {
    title: 'Service ISSO Lead check-in',
    minutes: 30,
    agenda: ['Check-in and support', 'Red items', 'People onboarding', 'Leave and hand-overs'],
    scope: 'programme',
    roles: ['ispg_team', 'service_isso_lead'],
    asParties: [],
    cadence: { cron: '0 10 * * 2', holidayRule: 'next-business-day' },
    checkIn: { businessDaysBefore: 2, roles: ['service_isso_lead'] },
  },
  isso_monthly: {
    title: 'Service ISSO check-in',
    minutes: 45,
    agenda: ['Check-in and support', 'Policy news', 'Lessons', 'Training', 'Take-aways of the forum'],
    scope: 'programme',
    roles: ['ispg_team', 'service_isso', 'service_isso_lead', 'contractor_lead'],
    asParties: [],
    cadence: { cron: '0 13 * * 3#2', holidayRule: 'next-business-day' },
    checkIn: { businessDaysBefore: 2, roles: ['service_isso', 'service_isso_lead'] },
  },
  rbt_review: {
    title: 'Contract leads: role-based training',
    minutes: 30,
    agenda: ['Whether the requirements of role-based training are satisfied', 'What is due', 'Evidence'],
    scope: 'programme',
    roles: ['ispg_team', 'contractor_lead'],
    asParties: [],
    cadence: null,
    checkIn: null,
  },
  forum: {
    title: 'CMS Cybersecurity Community Forum',
    minutes: 60,
    agenda: ['As announced by CMS'],
    scope: 'programme',
    roles: ['ispg_team', 'service_isso', 'service_isso_lead', 'contractor_lead', 'cra', 'data_guardian'],
    asParties: [],
    cadence: null,
    checkIn: null,
  },
};
