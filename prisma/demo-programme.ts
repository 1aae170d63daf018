/** The demo programme: two dozen engagements in every state, with all that they have left behind. All of it is invented. */
import type { DemoProgramme } from '../src/usecases/demo/story.ts';
import { DEMO_PROFILES } from './demo-profiles.ts';
import { DEMO_REPORTS } from './demo-reports.ts';
import { ON_THE_WAY } from './demo-stories.ts';
import { IN_ONBOARDING } from './demo-stories-onboarding.ts';
import { AT_WORK } from './demo-stories-work.ts';
import { KICKOFFS, RECURRING, SESSIONS } from './demo-words.ts';

export const DEMO_PROGRAMME: DemoProgramme = {
  stories: [...ON_THE_WAY, ...IN_ONBOARDING, ...AT_WORK],
  profiles: DEMO_PROFILES,
  kickoffs: KICKOFFS,
  sessions: SESSIONS,
  recurring: RECURRING,
  // Each quarter.
  bootcampsInDays: [-71, 20, 111],
  reports: DEMO_REPORTS,
};
