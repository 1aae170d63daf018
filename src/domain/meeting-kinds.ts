/** The meetings of the programme (domain reference 6.1). */
export const MEETING_KINDS = [
  'kickoff',
  'initial',
  'satisfaction',
  'lead_weekly',
  'isso_monthly',
  'rbt_review',
  'forum',
] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];
