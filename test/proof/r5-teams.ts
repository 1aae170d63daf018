import { teamsPerson } from '../support/teams/person.ts';
import { addUser, objectIdOf, saidIn } from '../support/teams/world.ts';
import { killBetween, MIDST, type Way } from './kill-between.ts';
import { owners } from './measured-programme.ts';
import { newTeams, teamsEnv, wireTo } from './on-teams.ts';
import { random } from './random.ts';
import type { Row } from './row.ts';

export const r5Teams: Row = {
  id: 'R5-TEAMS',
  title: 'The process killed at every step between a signed message of Teams and its answer there',
  goal: 'no ack before the commit, each kept event worked on once',
  run: async (options) => killBetween(await byTeams(), options, random(options.seed), MIDST),
};

/** What was not acknowledged is sent again: the same message, as the same activity. */
async function byTeams(): Promise<Way> {
  const cloud = await newTeams();
  for (const name of owners(6))
    addUser(cloud.world, { objectId: objectIdOf(name), name, email: `${name}@demo.cms.example` });
  const ids = new Map<string, string>();
  const keys = new Map<string, string>();
  const idOf = (eventKey: string): string => {
    const id = ids.get(eventKey) ?? String(cloud.world.nextStamp());
    ids.set(eventKey, id);
    keys.set(id, eventKey);
    return id;
  };
  return {
    // Alone on its database, so that what was left is finished at the start and not after a minute.
    env: { ...teamsEnv(cloud), CONSOLE: 'on' },
    say: (url, who, text, eventKey) =>
      teamsPerson(wireTo(cloud, url), objectIdOf(who))
        .types(text, { again: idOf(eventKey) })
        .catch(() => ({ status: 0 })),
    answers: async (_databaseUrl, who) => saidIn(cloud.world.personal(objectIdOf(who))).length,
    eventKeyIn: (rowKey) => keys.get(rowKey.split(':').at(-1) ?? ''),
  };
}
