/**
 * Journeys in which weeks pass take up to a minute each. What differs between the platforms is played on both by all others; of
 * these, each platform plays its half, so that a build stays short. `JOURNEYS=all` plays all on both.
 */
const SHARED: Readonly<Record<'slack' | 'teams', readonly string[]>> = {
  slack: [
    'candidate-declined-twice',
    'ended-early',
    'illegal-moves-and-forbidden-readers',
    'pause-and-go-on',
    'two-people-for-a-high-value-asset',
    'declined-and-copied',
    'blocked-at-fingerprinting',
    'leave-in-the-middle',
    'onboarded-on-day-52',
    'two-engagements-one-message',
    'kickoff-rescheduled',
    'kickoff-unanswered',
    'satisfaction-asked-for',
    'triage-overdue-tells-the-government-task-lead',
    'unanswered-offers',
    'weekly-meeting',
    'withdraw',
  ],
  teams: [
    'found-in-lists',
    'lost-laptop',
    'reassigned-to-a-named-replacement',
    'sent-back',
    'whole-life',
    'withdrawn-with-a-candidate',
    'an-item-waived',
    'day-zero-moved',
    'training-missed',
    'a-holiday-moves-the-monthly-meeting',
    'initial-meeting',
    'kickoff-cancelled',
    'training-review',
    'weekly-meeting-lived',
  ],
};

/** Whether the platform plays the journey of that name when all journeys are played. */
export function isPlayedOn(platform: 'slack' | 'teams', name: string): boolean {
  const other = platform === 'slack' ? 'teams' : 'slack';
  return process.env.JOURNEYS === 'all' || !SHARED[other].includes(name);
}
