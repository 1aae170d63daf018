import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../adapters/teams/surface.ts';
import { say } from '../../src/messages/message.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { deliveriesOn, MINUTE, plus, toBo } from '../support/delivering.ts';
import { standingClock, TUESDAY } from '../support/fakes.ts';
import { FIRST_PAGE } from '../support/first-page.ts';
import { saidIn as saidInSlack, seatOf as slackSeatOf } from '../support/slack/seat.ts';
import { addUser as addSlackUser } from '../support/slack/world.ts';
import { type OnBoth, startOnBoth } from '../support/slack-and-teams.ts';
import {
  addressOf,
  atRequest,
  type BareTeams,
  bareTeams,
  refuseAll,
  settingsFor,
} from '../support/teams/bare-teams.ts';
import { type Asked, type FakeCloud, startFakeCloud, TAKEN } from '../support/teams/fake-cloud.ts';
import { teamsUserOf } from '../support/teams/residents.ts';
import { channelIn, type Seat, seatOf, wordsOf } from '../support/teams/seat.ts';
import { addUser, ISPG_CHANNEL, objectIdOf, saidIn, type TeamsUser } from '../support/teams/world.ts';

/** The Cyber Risk Advisor, who is told of each request of their component. */
const CRA = teamsUserOf('cra');
let stage: OnBoth;
let owner: Seat;
let filed = 0;
beforeAll(async () => {
  stage = await startOnBoth('2026-12-01T10:00:00-05:00', (slack) => void slack.world.users.delete('U0CRA'));
  // The console is nobody's address here: whom the platforms don't reach is not reached.
  await stage.query("UPDATE platform_user SET unlinked_at = now() WHERE platform = 'console'");
  owner = seatOf(stage.teams, teamsUserOf('bo'));
});
afterAll(() => stage.stop());

const cra = (): TeamsUser => {
  const found = stage.teams.cloud.world.users.get(CRA);
  if (!found) throw new Error('there is no Cyber Risk Advisor');
  return found;
};
/** A new request, by which the Cyber Risk Advisor is to be told; answers the name of its system. */
async function files(): Promise<string> {
  filed += 1;
  const system_name = `System ${'ABCDEFGHIJ'[filed]}`;
  await owner.extension(ACTIONS.request);
  await owner.submits({ ...FIRST_PAGE, system_name });
  const effort = { urgency: 'routine', level_of_effort: 'half', engagement_kind: 'continuous' };
  await owner.submits({ ...effort, start_wanted: '2027-03-01' });
  for (const words of ['submit', 'I confirm']) await owner.types(words);
  await owner.rest();
  return system_name;
}
const inTeams = (): string =>
  seatOf(stage.teams, CRA)
    .said()
    .map((each) => wordsOf(each, CRA))
    .join('\n');
const inSlack = (): string =>
  slackSeatOf(stage.slack, 'U0CRA')
    .said()
    .map(({ text }) => text)
    .join('\n');
/** Requests about the Cyber Risk Advisor that the connector was asked since. */
const askedOfCra = (since: number): Asked[] => {
  const room = stage.teams.cloud.world.personal(CRA).id;
  return stage.teams.cloud.asked.filter(
    ({ place, conversation, body }) =>
      place > since && (conversation === room || JSON.stringify(body.members ?? '').includes(cra().id)),
  );
};
const lastPlace = (): number => stage.teams.cloud.asked.at(-1)?.place ?? 0;
/** Everything that somebody of the roster was told, on both platforms. */
const toldOn = (who: string): string => {
  const user = teamsUserOf(who);
  return [
    ...seatOf(stage.teams, user)
      .said()
      .map((each) => wordsOf(each, user)),
    ...slackSeatOf(stage.slack, `U0${who.toUpperCase()}`)
      .said()
      .map(({ text }) => text),
  ].join('\n');
};
const times = (text: string, words: string): number => text.split(words).length - 1;

describe('somebody who has blocked the bot', () => {
  it('and is nowhere else is not reached: the delivery is over, and one who can help is told, and the administrator', async () => {
    cra().hasBlocked = true;
    const system = await files();
    expect(inTeams()).not.toContain(system);
    const over = await stage.query(
      "SELECT DISTINCT state FROM delivery WHERE recipient_id = 'cra' AND key NOT LIKE 'welcome:%'",
    );
    expect(over).toEqual([{ state: 'blocked' }]);
    await stage.teams.driver.advance({ to: '2026-12-02T10:00:00-05:00' });
    expect(times(toldOn('gtl'), 'My messages do not reach Carla Reyes')).toBe(1);
    expect(times(toldOn('admin'), 'somebody who has blocked the bot in Teams')).toBe(1);
    expect(toldOn('admin')).not.toContain(system);
  });

  it('is told on their other platform, once they are known there', async () => {
    addSlackUser(stage.slack.slack.world, {
      id: 'U0CRA',
      name: 'Carla Reyes',
      email: 'carla.reyes@demo.cms.example',
    });
    await stage.teams.driver.advance({ advance: 'PT11M' });
    const system = await files();
    expect(inSlack()).toContain(system);
    expect(inTeams()).not.toContain(system);
  });

  it('and takes it back is told in Teams again', async () => {
    cra().hasBlocked = false;
    const system = await files();
    expect(inTeams()).toContain(system);
    expect(inSlack()).not.toContain(system);
  });
});

describe('somebody who takes the app away', () => {
  it('is told on their other platform, and Teams is not even asked', async () => {
    await seatOf(stage.teams, CRA).uninstalls();
    const since = lastPlace();
    const system = await files();
    expect(inSlack()).toContain(system);
    expect(askedOfCra(since)).toEqual([]);
    await stage.teams.driver.advance({ to: '2026-12-03T10:00:00-05:00' });
    expect(times(toldOn('admin'), 'somebody who took it away')).toBe(1);
  });

  it('and adds it again is told in Teams again', async () => {
    await seatOf(stage.teams, CRA).installs();
    const system = await files();
    expect(inTeams()).toContain(system);
    expect(inSlack()).not.toContain(system);
  });
});

describe('a service that moves', () => {
  it('is followed: whoever was heard of from another region is written to there, and cards are redrawn there', async () => {
    const region = await stage.teams.cloud.addRegion('emea');
    const moved = { ...stage.teams, wire: { ...stage.teams.wire, serviceUrl: () => region.serviceUrl } };
    await seatOf(moved, CRA).types('help');
    const since = lastPlace();
    const system = await files();
    expect(inTeams()).toContain(system);
    expect(new Set(askedOfCra(since).map(({ region: name }) => name))).toEqual(new Set(['emea']));
    const number = `ISSO-2026-000${filed}`;
    await seatOf(stage.teams, teamsUserOf('ispg')).types(`accept ${number}`);
    await owner.rest();
    const redrawn = askedOfCra(since).filter(({ what }) => what === 'update');
    expect(redrawn.map(({ region: name }) => name)).toEqual(['emea']);
    expect(inTeams()).toContain('Kickoff being scheduled');
  });
});

describe('a channel', () => {
  const inChannel = (): string =>
    saidIn(channelIn(stage.teams, ISPG_CHANNEL))
      .map((each) => wordsOf(each, ''))
      .join('\n');
  const slackChannel = () => {
    const found = stage.slack.slack.world.conversations.get('C0ISPG');
    if (!found) throw new Error('there is no channel');
    return found;
  };
  const event = (eventType: string) =>
    owner.tells(
      {
        type: 'conversationUpdate',
        channelData: { eventType, channel: { id: ISPG_CHANNEL } },
      },
      { in: ISPG_CHANNEL },
    );

  it('that is archived on one platform is written to on the other', async () => {
    const first = await files();
    expect(
      saidInSlack(slackChannel())
        .map(({ text }) => text)
        .join('\n'),
    ).toContain(first);
    expect(inChannel()).not.toContain(first);
    slackChannel().isArchived = true;
    const system = await files();
    expect(inChannel()).toContain(system);
  });

  it('that was deleted on the other as well is not written to, and the administrator is told', async () => {
    await event('channelDeleted');
    const since = lastPlace();
    const system = await files();
    expect(inChannel()).not.toContain(system);
    expect(
      stage.teams.cloud.asked.filter(({ place, body }) => place > since && body.isGroup === true),
    ).toEqual([]);
    await stage.teams.driver.advance({ to: '2026-12-04T10:00:00-05:00' });
    expect(times(toldOn('admin'), 'the app in the channel of TEAMS_ISPG_CHANNEL')).toBe(1);
  });

  it('that is back is written to again', async () => {
    await event('channelRestored');
    expect(inChannel()).not.toContain(`System ${'ABCDEFGHIJ'[filed + 1]}`);
    const system = await files();
    expect(inChannel()).toContain(system);
  });
});

describe('the bot’s own queue on Teams', () => {
  const clock = standingClock(TUESDAY);
  let cloud: FakeCloud;
  let bot: BareTeams;
  beforeAll(async () => {
    cloud = await startFakeCloud();
    addUser(cloud.world, { objectId: objectIdOf('bo'), name: 'Bo Owner' });
  });
  afterAll(() => cloud.stop());
  afterEach(() => bot.adapter.stop());

  /** Bo is on Teams alone. */
  async function queue() {
    clock.set(TUESDAY);
    cloud.fate = () => TAKEN;
    const to = addressOf(objectIdOf('bo'));
    const room = cloud.world.personal(objectIdOf('bo'));
    room.messages.length = 0;
    const on = await deliveriesOn(toBo('k1', { via: 'teams', message: say('It waits.') }));
    await on.store.transaction(async (tx) => {
      await tx.people.linkPlatformUser('teams', to.id, 'bo');
      await tx.people.changeLink('console', 'bo', { unlinkedAt: TUESDAY });
    });
    bot = bareTeams({ settings: settingsFor(cloud.url), clock });
    const deps = { ...on.deps, adapters: [bot.adapter] };
    const run = (at: Date) => {
      clock.set(at);
      return deliverPending(deps, at);
    };
    return { run, room, find: () => on.store.deliveries.find('k1') };
  }

  it('does not come back before the time that Teams asks for', async () => {
    const { run, room, find } = await queue();
    refuseAll(cloud, 'post', { status: 429, retryAfter: '120' });
    await run(TUESDAY);
    cloud.fate = () => TAKEN;
    await run(plus(2 * MINUTE - 1_000));
    expect(room.messages).toEqual([]);
    await run(plus(2 * MINUTE + 1_000));
    expect(await find()).toMatchObject({ state: 'sent', mayRepeat: false });
    expect(room.messages).toHaveLength(1);
  });

  it('sends again what nobody answered, because Teams can’t be asked, and notes that it may stand twice', async () => {
    const { run, find } = await queue();
    atRequest(cloud, 'post', 1, { lands: 0, answers: 'reset' });
    await run(TUESDAY);
    expect(await find()).toMatchObject({ state: 'pending' });
    await run(plus(5 * MINUTE));
    expect(await find()).toMatchObject({ state: 'sent', mayRepeat: true });
  });

  it('sends once what certainly did not come: no conversation could be opened', async () => {
    const { run, room, find } = await queue();
    atRequest(cloud, 'create', 1, { lands: null, answers: 'reset' });
    await run(TUESDAY);
    await run(plus(5 * MINUTE));
    expect(await find()).toMatchObject({ state: 'sent', mayRepeat: false });
    expect(room.messages).toHaveLength(1);
  });

  it('keeps every message while the secret is not taken, and sends them once it is mended', async () => {
    const { run, find } = await queue();
    refuseAll(cloud, 'token', { status: 401, code: 'invalid_client' });
    await run(TUESDAY);
    await run(plus(10 * MINUTE));
    expect(await find()).toMatchObject({ state: 'pending' });
    expect(bot.troubles).toHaveLength(1);
    cloud.fate = () => TAKEN;
    await run(plus(30 * MINUTE));
    expect(await find()).toMatchObject({ state: 'sent' });
  });
});

it('Teams took everything that was drawn', () => {
  expect(stage.teams.cloud.faults).toEqual([]);
});
