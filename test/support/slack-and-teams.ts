/** The whole program on a made-up Slack and a made-up Teams at once, with the people of the demo roster in both. */
import pg from 'pg';
import { movableClock, systemClock } from '../../src/clock.ts';
import { startProgramme } from './running-app.ts';
import { type FakeSlack, startFakeSlack } from './slack/fake-slack.ts';
import { type OnSlack, SIGNING_SECRET, slackSettings } from './slack/on-slack.ts';
import { settle as settleInSlack } from './slack/residents.ts';
import { slackDriver } from './slack-driver.ts';
import { type FakeCloud, startFakeCloud } from './teams/fake-cloud.ts';
import { type OnTeams, teamsSettingsFor } from './teams/on-teams.ts';
import { settle as settleInTeams } from './teams/residents.ts';
import { teamsDriver } from './teams-driver.ts';

export interface OnBoth {
  readonly slack: OnSlack;
  readonly teams: OnTeams;
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** `startAt`: where the console's clock begins. `prepare` changes who is where before the program starts. */
export async function startOnBoth(
  startAt: string,
  prepare: (slack: FakeSlack, cloud: FakeCloud) => void = () => undefined,
): Promise<OnBoth> {
  const slack = await startFakeSlack();
  const cloud = await startFakeCloud();
  settleInSlack(slack);
  settleInTeams(cloud);
  prepare(slack, cloud);
  const machine = movableClock(0, systemClock);
  const settings = { ...slackSettings(slack), ...teamsSettingsFor(cloud), CONSOLE_START_AT: startAt };
  const app = await startProgramme(settings, machine);
  const reached = { botUrl: () => app.url, now: () => performance.timeOrigin + performance.now() };
  const slackWire = { ...reached, slack, signingSecret: SIGNING_SECRET };
  const teamsWire = { ...reached, cloud };
  const later = (ms: number): void => machine.moveTo(new Date(machine.now().getTime() + ms));
  const stop = async (): Promise<void> => {
    await app.stop();
    await slack.stop();
    await cloud.stop();
  };
  return {
    slack: { slack, app, wire: slackWire, driver: slackDriver(app, slackWire), stop },
    teams: { cloud, app, wire: teamsWire, driver: teamsDriver(app, teamsWire, later), later, stop },
    async query(sql, values = []) {
      const database = new pg.Client({ connectionString: await app.databaseUrl() });
      await database.connect();
      try {
        return (await database.query(sql, [...values])).rows;
      } finally {
        await database.end();
      }
    },
    stop,
  };
}
