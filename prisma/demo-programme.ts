/** The demo programme: two dozen engagements in every state, with all that they have left behind. All of it is invented. */
import type { DemoProgramme } from '../src/usecases/demo/story.ts';
import { DEMO_PROFILES } from './demo-profiles.ts';
import { ON_THE_WAY } from './demo-stories.ts';
import { WITH_AN_ISSO } from './demo-stories-work.ts';
import { KICKOFFS, RECURRING, SESSIONS } from './demo-words.ts';

export const DEMO_PROGRAMME: DemoProgramme = {
  stories: [...ON_THE_WAY, ...WITH_AN_ISSO],
  profiles: DEMO_PROFILES,
  kickoffs: KICKOFFS,
  sessions: SESSIONS,
  recurring: RECURRING,
};
