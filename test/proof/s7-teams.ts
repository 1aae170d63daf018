import { hostsIn, TEAMS_CLOUDS, type TeamsCloud } from '../../adapters/teams/cloud.ts';
import { parseConfig } from '../../src/config.ts';
import { say } from '../../src/messages/message.ts';
import { activityOf, typedMessage } from '../support/teams/activities.ts';
import { addressOf, settingsFor } from '../support/teams/bare-teams.ts';
import { type Door, openDoor } from '../support/teams/door.ts';
import { type FakeCloud, startFakeCloud } from '../support/teams/fake-cloud.ts';
import { send } from '../support/teams/wire.ts';
import {
  APP_ID,
  addUser,
  ISPG_CHANNEL,
  objectIdOf,
  PROGRAM_CHANNEL,
  TENANT,
} from '../support/teams/world.ts';
import { foreign, onThisMachine, type Stranger, strangerHere } from './claimed-urls.ts';
import { atTheEnd } from './databases.ts';
import { startBareBot, wireTo } from './on-teams.ts';
import type { Row } from './row.ts';
import { type Wall, wallIn } from './walled-in.ts';

const BO = objectIdOf('bo');
/** The service hosts of all clouds. */
const ALL_HOSTS = [...new Set(TEAMS_CLOUDS.flatMap((name) => hostsIn(name, null).serviceHosts))];

export const s7Teams: Row = {
  id: 'S7-TEAMS',
  title:
    'Service URLs that activities merely claim, in each cloud, with and without credentials, beside a bare bot',
  goal: 'no request to an address that is not the cloud’s own; no redirect followed; no start without credentials but for test clients here',
  async run({ log }) {
    const wall = await wallIn();
    const stranger = await strangerHere();
    const faults: string[] = [];
    let claims = 0;
    for (const cloud of TEAMS_CLOUDS) {
      const found = await inCloud(cloud, wall, stranger);
      claims += found.claims;
      faults.push(...found.faults.map((words) => `${cloud}: ${words}`));
    }
    const local = await withoutCredentials(wall, stranger);
    claims += local.claims;
    faults.push(...local.faults.map((words) => `without credentials: ${words}`), ...startsWithout());
    const theirs = await bareBots(stranger);
    for (const words of faults.slice(0, 20)) log(words);
    return {
      figure: `${claims} claims: ${faults.length} not as they should be; bare bot without app id ${theirs.without} of ${theirs.claims} written to, with one ${theirs.withOne}`,
      ok: claims > 0 && faults.length === 0,
    };
  },
};

interface Found {
  readonly claims: number;
  readonly faults: readonly string[];
}

/** A user of the tenant says something, and the activity claims that they are answered at `serviceUrl`. */
async function claim(door: Door, serviceUrl: string): Promise<number> {
  const { world } = door.wire.cloud;
  const user = world.users.get(BO);
  if (!user) throw new Error('there is no user');
  const facts = { ...typedMessage('help', false), id: String(world.nextStamp()), serviceUrl };
  const { status } = await send(door.wire, activityOf(door.wire, user, world.personal(BO), facts));
  await door.idle();
  return status;
}

/** The bot of one cloud behind its endpoint, with the cloud's own addresses, all of which the made-up one answers for. */
async function opened(name: TeamsCloud, cloud: FakeCloud, hasCredentials: boolean): Promise<Door> {
  const settings = {
    ...settingsFor('', { cloud: name, standIn: null }),
    ...(hasCredentials ? {} : { app: null }),
  };
  const door = await openDoor({
    cloud,
    settings,
    answer: (_event, reply) => reply.say(say('Heard.'), 'America/New_York'),
  });
  atTheEnd(() => door.close());
  return door;
}

async function madeUp(name: TeamsCloud, wall: Wall): Promise<FakeCloud> {
  const cloud = await startFakeCloud({ cloud: name });
  atTheEnd(() => cloud.stop());
  addUser(cloud.world, { objectId: BO, name: 'Bo' });
  await cloud.addRegion('amer');
  wall.answersFor = cloud.url;
  return cloud;
}

/** What is looked at after each claim: who was called, and how it was answered. */
function watch(wall: Wall, stranger: Stranger, known: readonly string[]) {
  const ours = new Set(known);
  const faults: string[] = [];
  let claims = 0;
  return {
    /** `own`: the one host that may be called; null when nobody may. `isStranger`: it is the stranger's, which may be. */
    look(
      claimed: string,
      status: number,
      own: string | null,
      isTaken = own !== null,
      isStranger = false,
    ): void {
      claims += 1;
      const called = wall.called().filter((each) => !ours.has(each) && each !== own);
      if (called.length > 0) faults.push(`"${claimed}" had ${called.join(', ')} called`);
      const wasWritten = stranger.taken() > 0;
      if (wasWritten !== isStranger)
        faults.push(`"${claimed}" had a stranger ${wasWritten ? '' : 'not '}called`);
      if ((status === 200) !== isTaken) faults.push(`"${claimed}" was answered ${status}`);
      wall.forget();
    },
    found: (): Found => ({ claims, faults }),
  };
}

const hostOf = (address: string): string => new URL(address).host;

/** Rightly signed by the cloud's issuer for just that claim: a token says nothing of whose address it is. */
async function inCloud(name: TeamsCloud, wall: Wall, stranger: Stranger): Promise<Found> {
  const cloud = await madeUp(name, wall);
  const door = await opened(name, cloud, true);
  const { login, openIdMetadata, serviceHosts } = hostsIn(name, null);
  const signIn = [login, openIdMetadata].map((address) => `${hostOf(address)}:443`);
  const { look, found } = watch(wall, stranger, [...signIn, hostOf(cloud.url), hostOf(door.url)]);
  for (const host of serviceHosts) {
    const own = [`https://${host}/teams/`, `https://${host}/amer`, `HTTPS://${host.toUpperCase()}:443/teams`];
    const before = cloud.asked.length;
    for (const claimed of own) look(claimed, await claim(door, claimed), `${host}:443`);
    const answers = cloud.asked.slice(before).filter(({ what }) => what === 'post').length;
    if (answers !== own.length)
      throw new Error(`${own.length} were to be answered at ${host}, not ${answers}`);
  }
  const others = ALL_HOSTS.filter((host) => !serviceHosts.includes(host)).map(
    (host) => `https://${host}/teams/`,
  );
  const [host = ''] = serviceHosts;
  for (const claimed of [...foreign(host, stranger), ...onThisMachine(stranger), ...others]) {
    look(claimed, await claim(door, claimed), null);
    // As if it had been kept by an earlier version, or for another cloud; nothing at all is kept of nobody.
    if (claimed !== '') look(`kept: ${claimed}`, await delivered(door, claimed), null);
  }
  // The cloud's own host sends on to somewhere else.
  wall.redirectsTo = `http://127.0.0.1:${stranger.port}/`;
  look('a redirect', await delivered(door, `https://${host}/teams`), `${host}:443`, false);
  wall.redirectsTo = null;
  return found();
}

/** Whether a message came to somebody who was last seen at `serviceUrl`: 200 when it did. */
async function delivered({ bot, wire }: Door, serviceUrl: string): Promise<number> {
  const to = addressOf(BO);
  const kept = {
    serviceUrl,
    conversation: wire.cloud.world.personal(BO).id,
    member: null,
    roster: null,
    timeZone: null,
    locale: null,
    isRemoved: false,
  };
  await bot.installations.put(
    { platform: 'teams', id: `person/${to.id}`, sealed: JSON.stringify(kept) },
    new Date(),
  );
  const { kind } = await bot.adapter.deliver(to, say('Hello'), 'a-key', null);
  return kind === 'delivered' ? 200 : 0;
}

/** Test clients of this machine are answered on this machine, and nobody anywhere else. */
async function withoutCredentials(wall: Wall, stranger: Stranger): Promise<Found> {
  const cloud = await madeUp('public', wall);
  const door = await opened('public', cloud, false);
  const here = ['localhost', '127.0.0.1'].map((host) => `${host}:${stranger.port}`);
  const test = watch(wall, stranger, [hostOf(door.url), ...here]);
  for (const claimed of onThisMachine(stranger))
    test.look(claimed, await claim(door, claimed), null, true, true);
  const nobody = watch(wall, stranger, [hostOf(door.url)]);
  const others = ALL_HOSTS.map((host) => `https://${host}/teams/`);
  for (const claimed of [...foreign(ALL_HOSTS[0] ?? '', stranger), ...others])
    nobody.look(claimed, await claim(door, claimed), null);
  const [mine, theirs] = [test.found(), nobody.found()];
  return { claims: mine.claims + theirs.claims, faults: [...mine.faults, ...theirs.faults] };
}

/** Settings with which a bot must not start: no credentials where others than this machine may come. */
function startsWithout(): readonly string[] {
  const app = { TEAMS_APP_ID: APP_ID, TEAMS_TENANT_ID: TENANT };
  const channels = { TEAMS_ISPG_CHANNEL: ISPG_CHANNEL, TEAMS_PROGRAM_CHANNEL: PROGRAM_CHANNEL };
  const secret = { TEAMS_APP_PASSWORD: 'a-client-secret-of-a-proof' };
  const refused: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'no app id': { ...channels, ...secret, TEAMS_TENANT_ID: TENANT },
    'no tenant': { ...channels, ...secret, TEAMS_APP_ID: APP_ID },
    'no secret': { ...channels, ...app },
    'channels alone': channels,
    'for test clients, open to others': { TEAMS_LOCAL: 'on', HOST: '0.0.0.0' },
    'for test clients, with an app id': { TEAMS_LOCAL: 'on', ...app, ...secret },
    'a stand-in elsewhere': { ...channels, ...app, ...secret, TEAMS_STAND_IN: 'http://10.0.0.1:4000' },
    'a stand-in, open to others': {
      ...channels,
      ...app,
      ...secret,
      TEAMS_STAND_IN: 'http://127.0.0.1:4000',
      HOST: '0.0.0.0',
    },
  };
  return Object.entries(refused).flatMap(([name, env]) =>
    parseConfig(env).ok ? [`it starts with ${name}`] : [],
  );
}

/** To how many of the addresses of this machine a bare bot writes, without an app id and with one. */
async function bareBots(stranger: Stranger) {
  const cloud = await startFakeCloud();
  atTheEnd(() => cloud.stop());
  const user = addUser(cloud.world, { objectId: BO, name: 'Bo' });
  const claims = onThisMachine(stranger);
  const writtenTo = async (hasAppId: boolean): Promise<number> => {
    const bare = await startBareBot(cloud, { hasAppId });
    const wire = wireTo(cloud, bare.url);
    let count = 0;
    for (const serviceUrl of claims) {
      const facts = { ...typedMessage('help', false), serviceUrl };
      await send(
        wire,
        activityOf(wire, user, cloud.world.personal(BO), facts),
        hasAppId ? {} : { header: null },
      );
      if (stranger.taken() > 0) count += 1;
    }
    await bare.stop();
    return count;
  };
  return { claims: claims.length, without: await writtenTo(false), withOne: await writtenTo(true) };
}
