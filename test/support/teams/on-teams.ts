/** The whole program on a made-up Teams, with the people of the demo roster in it. */
import type { JourneyDriver } from '../../../scripts/simulate/journey.ts';
import { movableClock, systemClock } from '../../../src/clock.ts';
import { type RunningApp, startProgramme } from '../running-app.ts';
import { teamsDriver } from '../teams-driver.ts';
import { type FakeCloud, startFakeCloud } from './fake-cloud.ts';
import { settle } from './residents.ts';
import type { Wire } from './wire.ts';
import { ISPG_CHANNEL, PROGRAM_CHANNEL } from './world.ts';

export interface OnTeams {
  readonly cloud: FakeCloud;
  readonly app: RunningApp;
  readonly wire: Wire;
  readonly driver: JourneyDriver;
  /** Moves the machine's clock on by milliseconds. */
  later(ms: number): void;
  stop(): Promise<void>;
}

/** Settings of a bot in the made-up Teams. */
export const teamsSettingsFor = ({ url, app }: FakeCloud): Readonly<Record<string, string>> => ({
  TEAMS_APP_ID: app.appId,
  TEAMS_APP_PASSWORD: app.password,
  TEAMS_TENANT_ID: app.tenantId,
  TEAMS_CLOUD: 'public',
  TEAMS_ISPG_CHANNEL: ISPG_CHANNEL,
  TEAMS_PROGRAM_CHANNEL: PROGRAM_CHANNEL,
  TEAMS_STAND_IN: url,
  CONSOLE: 'on',
});

/** `startAt`: where the console's clock begins; left out, real time. `settings` are environment variables beside Teams'. */
export async function startOnTeams(
  startAt?: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<OnTeams> {
  const machine = movableClock(0, systemClock);
  // What happens in Teams has the machine's time; only what is signed with keeps the real one, which the SDK reads by itself.
  const cloud = await startFakeCloud({ now: () => machine.now().getTime() });
  settle(cloud);
  const app = await startProgramme(
    {
      ...teamsSettingsFor(cloud),
      ...(startAt ? { CONSOLE_START_AT: startAt } : {}),
      ...settings,
    },
    machine,
  );
  const later = (ms: number): void => machine.moveTo(new Date(machine.now().getTime() + ms));
  const wire: Wire = {
    cloud,
    botUrl: () => app.url,
    now: () => performance.timeOrigin + performance.now(),
    happens: () => machine.now().getTime(),
  };
  return {
    cloud,
    app,
    wire,
    later,
    driver: teamsDriver(app, wire, later),
    async stop() {
      await app.stop();
      await cloud.stop();
    },
  };
}
