/** The people of the demo roster in a made-up Teams. */
import { readFileSync } from 'node:fs';
import { readRoster } from '../../../src/usecases/read-roster.ts';
import type { FakeCloud } from './fake-cloud.ts';
import { addUser, objectIdOf } from './world.ts';

/** The object id of somebody of the roster. */
export const teamsUserOf = (who: string): string => objectIdOf(who);

/** Makes each of them a user of the tenant who has the app, with their mailbox and zone, and puts them into the programme's team. */
export function settle({ world }: FakeCloud): void {
  const roster = readFileSync(new URL('../../../prisma/demo-roster.csv', import.meta.url), 'utf8');
  for (const { id, name, email, timeZone } of readRoster(roster).people) {
    const { objectId } = addUser(world, { objectId: teamsUserOf(id), name, email, timeZone });
    for (const { team, members } of world.conversations.values()) if (team) members.add(objectId);
  }
}
