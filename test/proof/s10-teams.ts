import { randomUUID } from 'node:crypto';
import { activityOf, typedMessage } from '../support/teams/activities.ts';
import { type FakeCloud, type Fate, TAKEN } from '../support/teams/fake-cloud.ts';
import { authorizationFor, resend, type Sent, type Spoilt, type Wire } from '../support/teams/wire.ts';
import { addUser, objectIdOf } from '../support/teams/world.ts';
import { badHeaders } from './bad-tokens.ts';
import { changedSince, fingerprints, query } from './databases.ts';
import { newTeams, startBareBot, startInTeams, wireTo } from './on-teams.ts';
import type { Row } from './row.ts';
import { settled } from './settled.ts';
import type { Json } from './spoiling.ts';

/** Longer than the headers that Node reads: it answers by itself. */
const GIGANTIC = 40_000;
const BO = objectIdOf('bo');
const REFUSED: readonly number[] = [401, 403, 431];
/** What becomes of who asks for the keys. Half an answer is waited for, some seconds each time. */
const AWAY: readonly Fate[] = [
  { lands: null, answers: 'reset' },
  { lands: null, answers: { status: 500 } },
  { lands: 0, answers: 'truncated' },
];

export const s10Teams: Row = {
  id: 'S10-TEAMS',
  title: 'Tokens that do not show that an activity comes from Teams, beside a bare bot on Bot Framework',
  goal: '401 or 403, nothing changed, keys asked for once; 503 only while there are no keys; a replay without effect',
  async run({ quick, log }) {
    const cloud = await newTeams();
    const [{ app, database }, bare] = await Promise.all([startInTeams(cloud), startBareBot(cloud)]);
    const ours = wireTo(cloud, app.url);
    const activity = activities(ours);
    const single = bad(ours, activity);
    const before = await fingerprints(database);
    const away = quick ? AWAY.slice(0, 2) : AWAY;
    const keyless = await withoutKeys(cloud, ours, single.slice(0, quick ? 10 : 40), away);
    const found = await refusals(ours, [...single, ...flood(ours, activity(), quick ? 100 : 2_000)]);
    const changed = await changedSince(database, before);
    const effects = await replays(ours, database, activity());
    const theirs = await statusesOf(wireTo(cloud, bare.url), single);
    for (const words of found.wrong.slice(0, 10)) log(words);
    log(
      `of ${single.length} the bare bot answered ${counted(theirs)}; ours answered ${counted(found.statuses)} in all, and ${counted(keyless)} while there were no keys`,
    );
    const isUp = app.isRunning();
    await app.stop();
    await bare.stop();
    const isKeyless = keyless.every((status) => status === 503 || REFUSED.includes(status));
    return {
      figure:
        `${found.statuses.length} bad tokens: ${found.wrong.length} not refused, ${changed.length} tables changed, keys asked for ${found.keys} times, ${found.about} requests about their speaker; ` +
        `bare of ${single.length} ${theirs.filter((status) => status >= 500).length} × 5xx, ${theirs.filter((status) => status < 300).length} let in; ${effects} effects of 5 replays`,
      ok:
        isUp &&
        isKeyless &&
        found.wrong.length + changed.length + found.about + effects === 0 &&
        found.keys <= 1,
    };
  },
};

/** Makes something that a user of the tenant says, with other members where `facts` has them. */
function activities(wire: Wire): (facts?: Json) => Json {
  const { world } = wire.cloud;
  const user = addUser(world, { objectId: BO, name: 'Bo', email: 'bo@demo.cms.example' });
  return (facts = {}) =>
    activityOf(wire, user, world.personal(BO), { ...typedMessage('help', false), ...facts });
}

/** How many requests have to do with the one who speaks: others may fall due at any time. */
function aboutSpeaker({ world }: FakeCloud, asked: FakeCloud['asked']): number {
  const user = world.users.get(BO);
  const names = [BO, user?.id ?? BO, world.personal(BO).id];
  return asked.filter(({ conversation, target, body }) => {
    const words = JSON.stringify([conversation, target, body]);
    return names.some((name) => words.includes(name));
  }).length;
}

/** How each of them was answered, what was answered otherwise than by a refusal, and what was asked of the cloud meanwhile. */
async function refusals(wire: Wire, matrix: readonly Bad[]) {
  const { asked } = wire.cloud;
  const from = asked.length;
  const statuses = await statusesOf(wire, matrix);
  const wrong = matrix.flatMap(({ name }, place) => {
    const status = statuses[place] ?? 0;
    return REFUSED.includes(status) ? [] : [`${name}: ${status}`];
  });
  const during = asked.slice(from);
  return {
    statuses,
    wrong,
    keys: during.filter(({ what }) => what === 'keys').length,
    about: aboutSpeaker(wire.cloud, during),
  };
}

interface Bad {
  readonly name: string;
  readonly sent: Sent;
}

const sentAs = (activity: Json, authorization: string | null): Sent => ({
  authorization,
  text: JSON.stringify(activity),
});

/** Each wrong header, and what is right for another activity alone. */
function bad(wire: Wire, activity: (facts?: Json) => Json): readonly Bad[] {
  const one = activity();
  const headers = [...badHeaders(wire, one)].map(([name, header]) => ({ name, sent: sentAs(one, header) }));
  const right = authorizationFor(wire, one);
  const tenant = randomUUID();
  const others: readonly (readonly [string, Json])[] = [
    ...['emulator', 'directline', 'webchat', 'skype', 'MSTEAMS', ''].map(
      (channelId) => [`of the channel "${channelId}"`, activity({ channelId })] as const,
    ),
    ['a token of another service', activity({ serviceUrl: `${wire.cloud.url}/elsewhere/` })],
    ['of another tenant', activity({ conversation: { ...Object(one.conversation), tenantId: tenant } })],
    ['with another tenant beside ours', activity({ channelData: { tenant: { id: tenant } } })],
  ];
  return [
    ...headers,
    ...others.map(([name, of]) => ({ name, sent: sentAs(of, right) })),
    { name: 'gigantic', sent: sentAs(one, `${right}${'A'.repeat(GIGANTIC)}`) },
  ];
}

/** So many tenants that nobody knows, and as many tokens by a key that nobody has published. */
const flood = (wire: Wire, activity: Json, count: number): readonly Bad[] =>
  Array.from({ length: count }, (_, place) => {
    const spoilt: Spoilt =
      place % 2 === 0 ? { claims: { tid: randomUUID() } } : { claims: { jti: randomUUID() }, key: 'unknown' };
    return { name: `flood ${place}`, sent: sentAs(activity, authorizationFor(wire, activity, spoilt)) };
  });

async function statusesOf(wire: Wire, some: readonly Bad[]): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const { sent } of some) statuses.push((await resend(wire, sent)).status);
  return statuses;
}

/** What is answered while nobody can look at any token, whatever it is worth. */
async function withoutKeys(
  cloud: FakeCloud,
  wire: Wire,
  some: readonly Bad[],
  away: readonly Fate[],
): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (const fate of away) {
    cloud.fate = ({ what }) => (what === 'openid' || what === 'keys' ? fate : TAKEN);
    statuses.push(...(await statusesOf(wire, some)));
  }
  cloud.fate = () => TAKEN;
  return statuses;
}

/** How many of five further times a true request had an effect of their own. */
async function replays(wire: Wire, database: string, activity: Json): Promise<number> {
  const sent = { authorization: authorizationFor(wire, activity), text: JSON.stringify(activity) };
  const count = async (): Promise<number> => {
    await settled(database);
    return Number((await query(database, 'SELECT count(*) AS n FROM inbox_event'))[0]?.n);
  };
  const empty = await count();
  const first = await resend(wire, sent);
  const once = await count();
  if (first.status !== 200 || once !== empty + 1)
    throw new Error(`a true activity was answered ${first.status}`);
  const said = aboutSpeaker(wire.cloud, wire.cloud.asked);
  for (let again = 0; again < 5; again += 1) await resend(wire, sent);
  const events = (await count()) - once;
  return events + aboutSpeaker(wire.cloud, wire.cloud.asked) - said;
}

/** How often each status came. */
function counted(statuses: readonly number[]): string {
  const times = new Map<number, number>();
  for (const status of statuses) times.set(status, (times.get(status) ?? 0) + 1);
  return [...times]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status} × ${count}`)
    .join(', ');
}
