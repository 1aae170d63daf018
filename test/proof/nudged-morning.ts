/** The real program on a working morning, in a made-up Slack and a made-up Teams at once, when everybody has their nudge. */
import { addUser as addSlackUser } from '../support/slack/world.ts';
import { addUser as addTeamsUser, objectIdOf } from '../support/teams/world.ts';
import type { Place } from './databases.ts';
import { fillNudged, NUDGE_MORNING, type Nudged, rosterWith, type Where } from './nudged-crowd.ts';
import { newSlack, slackEnv } from './on-slack.ts';
import { newTeams, teamsEnv } from './on-teams.ts';
import { startProgramme } from './programme.ts';
import {
  type Stand,
  slackAccount,
  slackStand,
  slackUser,
  teamsAccount,
  teamsStand,
  until,
} from './redraw-seats.ts';

export interface NudgedMorning {
  readonly stands: readonly (readonly [Nudged['platform'], Stand])[];
  stop(): Promise<void>;
}

/** With so many people on each platform. */
export async function nudgedMorning({ place, fresh }: Place, people: number): Promise<NudgedMorning> {
  const [slack, teams] = [await newSlack(), await newTeams()];
  const on = (platform: Nudged['platform'], accountOf: (id: string) => string): readonly Nudged[] =>
    Array.from({ length: people }, (_, index) => {
      const id = `${platform}-${index}`;
      return {
        id,
        name: `Person ${id}`,
        email: `${id}@demo.cms.example`,
        platform,
        account: accountOf(id),
      };
    });
  const onSlack = on('slack', (id) => slackAccount(slack, id));
  const onTeams = on('teams', teamsAccount);
  for (const { id, name, email } of onSlack) addSlackUser(slack.world, { id: slackUser(id), name, email });
  for (const { id, name, email } of onTeams)
    addTeamsUser(teams.world, { objectId: objectIdOf(id), name, email });
  const crowd = [...onSlack, ...onTeams];
  const address = await fresh();
  const where: Where = place === 'server' ? { DATABASE_URL: address } : { DATA_DIR: address };
  await fillNudged(where, crowd);
  const { url, stop } = await startProgramme({
    env: {
      ...slackEnv(slack),
      ...teamsEnv(teams),
      // For its clock: it begins in the morning on which all of them are nudged.
      CONSOLE: 'on',
      CONSOLE_START_AT: NUDGE_MORNING,
      ROSTER_FILE: await rosterWith(crowd),
      ...where,
    },
  });
  const stands = [
    ['slack', slackStand(slack, url, onSlack)],
    ['teams', teamsStand(teams, url, onTeams)],
  ] as const;
  for (const [platform, { seats, changed }] of stands)
    await until(
      () => seats.every((seat) => seat.days().length === 1),
      changed,
      () => `everybody has their nudge in ${platform}`,
    );
  return { stands, stop };
}
