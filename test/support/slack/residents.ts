/** The people of the demo roster in a made-up Slack. */
import { readFileSync } from 'node:fs';
import { readRoster } from '../../../src/usecases/read-roster.ts';
import type { FakeSlack } from './fake-slack.ts';
import { addUser } from './world.ts';

/** The Slack user of somebody of the roster. */
export const slackUserOf = (who: string): string => `U0${who.toUpperCase()}`;

/** Makes each of them a user of the workspace, with their mailbox and zone. */
export function settle(slack: FakeSlack): void {
  const roster = readFileSync(new URL('../../../prisma/demo-roster.csv', import.meta.url), 'utf8');
  for (const { id, name, email, timeZone } of readRoster(roster).people)
    addUser(slack.world, { id: slackUserOf(id), name, email, timeZone });
}
