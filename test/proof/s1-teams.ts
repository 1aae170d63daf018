import { setTimeout as pause } from 'node:timers/promises';
import { readActivity } from '../../adapters/teams/bodies.ts';
import { hostsIn, type ServiceTrust, trustedServiceUrl } from '../../adapters/teams/cloud.ts';
import type { TeamsSettings } from '../../adapters/teams/config.ts';
import { isOfTenant, seenIn, turnOf } from '../../adapters/teams/inbound.ts';
import { record } from '../support/teams/records.ts';
import { authorizationFor, send, type Wire } from '../support/teams/wire.ts';
import { addUser, ISPG_CHANNEL, objectIdOf, PROGRAM_CHANNEL } from '../support/teams/world.ts';
import { type BadPayload, sendBad } from './bad-payloads.ts';
import { query } from './databases.ts';
import { newTeams, startInTeams, wireTo } from './on-teams.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { type Json, spoiled } from './spoiling.ts';
import { activitiesIn, CANARY } from './teams-payloads.ts';

/** Bytes; more than Teams ever sends. */
const tooLarge = 300_000;
/** How long, and how often, the database is looked at for what is kept after an answer. */
const patienceMs = 10_000;
const eachMs = 20;
/** Bytes that no text in UTF-8 has. */
const NO_TEXT = Buffer.from([0xff, 0xfe]);
/** Where people and conversations are reached: kept of whatever Teams tells. */
const REFERENCES = ['platform_installation'];
/** Somebody with another zone or language than before is looked at anew. */
const MOVED = [...REFERENCES, 'inbox_event'];

export const s1Teams: Row = {
  id: 'S1-TEAMS',
  title: 'Spoiled activities of Teams, nearly all of them rightly signed',
  goal: 'up, only 2xx/4xx, no state change, ≤ 100 ms each, no body in the log',
  async run({ quick, seed, log }) {
    const cloud = await newTeams();
    const { app, database } = await startInTeams(cloud, { LOG_LEVEL: 'debug' });
    const wire = wireTo(cloud, app.url);
    const user = addUser(cloud.world, {
      objectId: objectIdOf('bo'),
      name: 'Bo',
      email: 'bo@demo.cms.example',
    });
    const activities = activitiesIn(wire, user);
    await seeEverybody(wire, database, activities);
    const chance = random(seed);
    const bad = Array.from({ length: quick ? 600 : 10_000 }, () => badOne(chance, wire, activities));
    const outcome = await sendBad({ app, path: '/api/messages', database, bad, log });
    await app.stop();
    const said = app.output().split('\n');
    const leaks = said.filter((line) => line.includes(CANARY) || line.includes('Bearer '));
    for (const line of leaks.slice(0, 5)) log(`in the log: ${line.slice(0, 300)}`);
    return {
      figure: `${outcome.figure}, ${leaks.length} of ${said.length} lines of the log hold a body`,
      ok: outcome.ok && leaks.length === 0 && said.length > bad.length / 4,
    };
  },
};

/** Where they are and in which zone is known of all of them from here on: what they say is not for the bot. */
async function seeEverybody(wire: Wire, database: string, activities: readonly Json[]): Promise<void> {
  const { serviceUrl } = wire.cloud;
  const people = new Map(activities.map(({ from }) => [JSON.stringify(from), from]));
  const users = new Set<string>();
  for (const from of people.values()) {
    const talk = record('message-channel-talk', { serviceUrl, from });
    await send(wire, talk);
    const read = readActivity(talk);
    const user = read?.kind === 'activity' ? seenIn(read.activity, serviceUrl).user : null;
    if (user !== null) users.add(`person/${user}`);
  }
  const kept = 'SELECT 1 FROM platform_installation WHERE id = ANY($1)';
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += eachMs) {
    if ((await query(database, kept, [[...users]])).length === users.size) return;
    await pause(eachMs);
  }
  throw new Error('not everybody was kept');
}

const NOTHING = { mayChange: [] };

function badOne(chance: Random, wire: Wire, activities: readonly Json[]): BadPayload {
  const activity = spoiled(chance.pick(activities), chance);
  const text = JSON.stringify(activity);
  const isSigned = chance.below(8) > 0;
  const authorization = authorizationFor(wire, Object(activity), isSigned ? {} : { key: 'other' }) ?? '';
  const headers = { 'content-type': 'application/json; charset=utf-8', authorization };
  const body = Buffer.from(text);
  switch (chance.below(40)) {
    case 0:
      return { body, headers: { ...headers, 'content-type': 'text/xml' }, ...NOTHING };
    case 1:
      return { body: body.subarray(0, body.length >> 1), headers, ...NOTHING };
    case 2: {
      const place = chance.below(body.length);
      const broken = Buffer.concat([body.subarray(0, place), NO_TEXT, body.subarray(place)]);
      return { body: broken, headers, ...NOTHING };
    }
    case 3:
      return { body: Buffer.from(text.padEnd(tooLarge)), headers, ...NOTHING };
    case 4:
      return { body, headers: { ...headers, 'content-encoding': 'gzip' }, ...NOTHING };
    default:
      return { body, headers, mayChange: isSigned ? effectOf(JSON.parse(text), wire) : [] };
  }
}

/** What it may leave, read as the bot reads it: nothing when it is refused, more than who was seen where when it is somebody's turn. */
function effectOf(body: unknown, { cloud }: Wire): readonly string[] | null {
  const read = readActivity(body);
  if (read?.kind !== 'activity') return [];
  const { url: standIn, app } = cloud;
  const trust: ServiceTrust = { hosts: hostsIn('public', standIn), standIn, isLocal: false };
  const serviceUrl = trustedServiceUrl(read.activity.serviceUrl, trust);
  if (serviceUrl === null || !isOfTenant(read.activity, app.tenantId)) return [];
  const settings: TeamsSettings = {
    cloud: 'public',
    app: null,
    channels: { ispg: ISPG_CHANNEL, issoaas: PROGRAM_CHANNEL },
    standIn,
  };
  const told = turnOf(settings, read.activity, serviceUrl);
  const isLook = told !== null && (told.kind === 'search' || told.kind === 'refresh');
  if (told !== null && !isLook) return null;
  const { timeZone, locale } = seenIn(read.activity, serviceUrl);
  return timeZone === 'America/New_York' && locale === 'en-US' ? REFERENCES : MOVED;
}
