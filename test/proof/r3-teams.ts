import type { Json } from '../support/teams/cards.ts';
import { type Asked, type FakeCloud, TAKEN } from '../support/teams/fake-cloud.ts';
import { userCalled } from '../support/teams/world.ts';
import { type Crowd, MORNING, togetherUnread } from './crowd.ts';
import { type OpenStore, openOneStore, openStores, steppedClock } from './open-stores.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { sendAllToTeams } from './send-to-teams.ts';
import { crisscross, heaps, stormOf30 } from './storm.ts';
import { judgeTeams, teamsWith, writeTeamsCrowd } from './teams-crowd.ts';
import { type Weathered, weathered } from './weathered.ts';

const patienceMs = 1_000;

export const r3Teams: Row = {
  id: 'R3-TEAMS',
  title: '30 % of 429, 412, 502 and 504 from Teams for half an hour, with odd or missing Retry-After',
  goal: '0 lost, in order per conversation, none earlier than a named Retry-After, each possible repeat listed',
  async run({ quick, seed, log }) {
    const crowd: Crowd = quick ? { people: 30, messages: 150 } : { people: 300, messages: 6_000 };
    return weathered(
      quick ? [await openOneStore(log)] : await openStores(log),
      crowd,
      log,
      togetherUnread,
      (opened) => tried(opened, crowd, random(seed)),
    );
  },
};

async function tried({ store, url }: OpenStore, crowd: Crowd, chance: Random): Promise<Weathered> {
  await writeTeamsCrowd(url, crowd, heaps);
  const clock = steppedClock(MORNING);
  const cloud = await teamsWith(crowd);
  const storm = stormOf30(clock, chance, false);
  cloud.fate = (asked) => {
    const to = conversationOf(cloud, asked);
    if (to === null) return TAKEN;
    storm.asked(to, asked.what);
    return storm.refuses(to) ?? TAKEN;
  };
  await sendAllToTeams(store, cloud, clock, chance, patienceMs);
  return {
    early: storm.early,
    refused: storm.count(),
    verdict: await judgeTeams(url, crowd, cloud, { isOrdered: (person) => person >= crisscross }),
  };
}

/** Whose conversation is written into, or opened; null for what is neither. */
function conversationOf({ world }: FakeCloud, { what, conversation, body }: Asked): string | null {
  if (what === 'post') return conversation;
  if (what !== 'create') return null;
  const [member] = (body.members as readonly Json[] | undefined) ?? [];
  const user = userCalled(world, String(member?.id ?? ''));
  return user ? world.personal(user.objectId).id : null;
}
