/**
 * What each answer of the context assessment counts (domain reference 3.5). All of it is assumed, so it is changed here.
 * Where the reference says nothing, an answer that nobody knows counts like its "Don't know" (2), and an answer left out 0.
 */
import type { ContextWeights } from '../domain/context-factors.ts';

export const CONTEXT_WEIGHTS: ContextWeights = {
  // System complexity: the most that any of the three brings.
  hosting: {
    cms_aws: 0,
    cms_azure: 0,
    cms_platform: 0,
    cms_data_center: 0,
    vendor_cloud: 0,
    contractor_data_center: 0,
    saas: 0,
    not_decided: 1,
    hybrid: 3,
  },
  delivery: { not_live: 0, yearly: 0, quarterly: 1, monthly: 2, weekly: 3 },
  connections: { none: 0, few: 1, several: 2, many: 3 },
  complexity: { low: { from: 0, to: 1 }, medium: { from: 2, to: 2 }, high: { from: 3, to: 3 } },
  dataKinds: { none: 0, pii: 2, other_cui: 2, dont_know: 2, phi: 3, fti: 3 },
  piiLoginOnly: 1,
  records: { under_1k: 0, to_100k: 0, to_1m: 0, unknown: 0, over_1m: 3 },
  missionEssential: { no: 0, dont_know: 2, yes: 3 },
  highValueAsset: { no: 0, dont_know: 2, yes: 3 },
  authorization: {
    ongoing: 0,
    noneBefore: 0,
    temporary: 2,
    pilot: 2,
    unknown: 2,
    expired: 3,
    noneWhileOperating: 3,
    daysLeft: [
      { atMost: 90, points: 2 },
      { atMost: 180, points: 1 },
    ],
    later: 0,
  },
  operatingPhases: ['operate'],
  poams: {
    open: [
      { over: 50, points: 3 },
      { over: 20, points: 2 },
      { over: 5, points: 1 },
    ],
    fewer: 0,
    overdue: { moderate_or_low: 0, high: 2, dont_know: 2, critical: 3 },
  },
  tiers: [
    { from: 12, tier: 'complex' },
    { from: 6, tier: 'standard' },
    { from: 0, tier: 'basic' },
  ],
  floor: 'complex',
};
