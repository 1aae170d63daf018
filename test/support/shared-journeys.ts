/**
 * Journeys through the later life of an engagement take a minute each. What differs between the platforms is played on both by all
 * others; of these, each platform plays its half, so that a build stays short. `JOURNEYS=all` plays all on both.
 */
const SHARED: Readonly<Record<'slack' | 'teams', readonly string[]>> = {
  slack: [
    'candidate-declined-twice',
    'ended-early',
    'illegal-moves-and-forbidden-readers',
    'pause-and-go-on',
    'two-people-for-a-high-value-asset',
    'declined-and-copied',
  ],
  teams: [
    'found-in-lists',
    'lost-laptop',
    'reassigned-to-a-named-replacement',
    'sent-back',
    'whole-life',
    'withdrawn-with-a-candidate',
  ],
};

/** Whether the platform plays the journey of that name when all journeys are played. */
export function isPlayedOn(platform: 'slack' | 'teams', name: string): boolean {
  const other = platform === 'slack' ? 'teams' : 'slack';
  return process.env.JOURNEYS === 'all' || !SHARED[other].includes(name);
}
