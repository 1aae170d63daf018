/** The digests of the programme, each with its own cadence: who gets it, and when (features reference 2.4, domain reference 6.1; times assumed). */
import type { HolidayRule } from '../domain/cadence.ts';
import type { Role } from '../domain/person.ts';

/** In the order in which they are written, and their cadences locked: the weekly one takes the daily one's place. */
export const DIGEST_NAMES = ['weekly', 'daily', 'programme', 'portfolio', 'onboarding'] as const;
export type DigestName = (typeof DIGEST_NAMES)[number];

interface ProgrammeDigest {
  /** Its cadence, and the beginning of the names of its messages. */
  readonly key: string;
  readonly title: string;
  /**
   * Five fields of cron; or days of the week, at the time that the settings name for the ISPG channel. A digest to
   * people is part of their message of the day, so it is composed when its day begins.
   */
  readonly time: { readonly cron: string } | { readonly days: string };
  readonly holidayRule: HolidayRule;
  readonly to:
    | { readonly kind: 'channel'; readonly channel: 'ispg' | 'issoaas' }
    | { readonly kind: 'people'; readonly roles: readonly Role[] };
}

export const PROGRAMME_DIGESTS: Readonly<Record<DigestName, ProgrammeDigest>> = {
  daily: {
    key: 'digest:ispg',
    title: 'Daily digest of the ISPG channel',
    time: { days: '1-5' },
    holidayRule: 'skip',
    to: { kind: 'channel', channel: 'ispg' },
  },
  // It takes the daily one's place on its day.
  weekly: {
    key: 'digest:ispg-weekly',
    title: 'Weekly digest of the ISPG channel',
    time: { days: '1' },
    holidayRule: 'next-business-day',
    to: { kind: 'channel', channel: 'ispg' },
  },
  programme: {
    key: 'digest:issoaas-weekly',
    title: 'Weekly digest of the programme channel',
    time: { cron: '0 9 * * 1' },
    holidayRule: 'next-business-day',
    to: { kind: 'channel', channel: 'issoaas' },
  },
  portfolio: {
    key: 'digest:portfolio',
    title: 'Weekly digest of each Cyber Risk Advisor',
    time: { cron: '0 9 * * 1' },
    holidayRule: 'next-business-day',
    to: { kind: 'people', roles: ['cra'] },
  },
  onboarding: {
    key: 'digest:onboarding',
    title: 'Onboarding digest',
    time: { cron: '30 8 * * 1,4' },
    holidayRule: 'next-business-day',
    to: { kind: 'people', roles: ['contractor_lead', 'gtl'] },
  },
};
