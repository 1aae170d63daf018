import { type Asked, type Fate, TAKEN } from '../support/teams/fake-cloud.ts';
import { type Crowd, inWords, isSound, MORNING, togetherUnread, type Verdict } from './crowd.ts';
import { type Lies, lying } from './lies.ts';
import { type OpenStore, openOneStore, openStores, steppedClock } from './open-stores.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { sendAllToTeams } from './send-to-teams.ts';
import { judgeTeams, moveToChannel, teamsWith, writeTeamsCrowd } from './teams-crowd.ts';
import { areSound, type Drawings, judgeDrawings, writeDrawings } from './teams-drawings.ts';

/** What becomes of a message that is redrawn, other than the truth. */
const redraws: readonly Fate[] = [
  { lands: 0, answers: 'reset' },
  { lands: 80, answers: 'reset' },
  { lands: 0, answers: { status: 500 } },
  { lands: 0, answers: { status: 502 } },
  { lands: 80, answers: { status: 504 } },
  { lands: 0, answers: 'hang' },
  { lands: 0, answers: 'truncated' },
  { lands: null, answers: 'reset' },
  { lands: null, answers: { status: 502 } },
  { lands: null, answers: { status: 412 } },
  { lands: null, answers: { status: 429, retryAfter: '2' } },
];
/** What becomes of one that is posted: besides, a yes that names no message. */
const posts: readonly Fate[] = [
  ...redraws,
  { lands: 0, answers: { status: 201, body: {} } },
  { lands: 0, answers: { status: 200, body: { id: '' } } },
  { lands: null, answers: { status: 201, body: {} } },
];
/** Conversations that are opened, tokens: what is asked for before a message can go out. */
const others: readonly Fate[] = [
  { lands: null, answers: 'reset' },
  { lands: null, answers: { status: 503 } },
  { lands: 0, answers: { status: 500 } },
  { lands: 0, answers: 'truncated' },
];
const LIES: Lies<Asked, Fate> = {
  taken: TAKEN,
  // In a channel a message begins its thread together with it.
  isMain: ({ what, body }) => what === 'post' || what === 'update' || body.activity !== undefined,
  main: ({ what }) => (what === 'update' ? redraws : posts),
  others,
};
const patienceMs = 150;

export const r2Teams: Row = {
  id: 'R2-TEAMS',
  title:
    'Answers of Teams that lie, to the Teams adapter: taken and reset, taken and 502, taken and silent, a yes without a name',
  goal: '0 lost, each possible repeat listed, drawings of a card in order',
  async run({ quick, seed, log }) {
    const crowd: Crowd = quick ? { people: 40, messages: 120 } : { people: 500, messages: 5_000 };
    const cards = quick ? 8 : 150;
    const verdicts: Verdict[] = [];
    const drawings: Drawings[] = [];
    let told = 0;
    for (const opened of quick ? [await openOneStore(log)] : await openStores(log)) {
      const found = await tried(opened, crowd, cards, random(seed));
      log(`${opened.place}: ${crowd.messages} messages, ${found.lies} lies: ${inWords(found.verdict)}`);
      log(`${opened.place}: ${drawnWords(found.drawings)}`);
      verdicts.push(found.verdict);
      drawings.push(found.drawings);
      told += found.lies;
      await opened.close();
    }
    const bad = drawings.reduce((sum, { back, stale, unlisted }) => sum + back + stale + unlisted, 0);
    return {
      figure: `${crowd.messages * verdicts.length} sends, ${told} lies: ${togetherUnread(verdicts)}; ${cards * drawings.length} cards, ${bad} not as they should be`,
      ok: verdicts.length > 0 && told > 0 && verdicts.every(isSound) && drawings.every(areSound),
    };
  },
};

const drawnWords = ({ cards, back, stale, repeated, unlisted }: Drawings): string =>
  `${cards} cards drawn again and again: ${back} drawings after a later one, ${stale} without their last; ${repeated} came twice, ${unlisted} of them unlisted`;

async function tried({ store, url }: OpenStore, crowd: Crowd, cards: number, chance: Random) {
  await writeTeamsCrowd(url, crowd);
  await moveToChannel(url);
  await writeDrawings(url, cards);
  const clock = steppedClock(MORNING);
  const cloud = await teamsWith(crowd);
  const told = lying(cloud, LIES, chance);
  await sendAllToTeams(store, cloud, clock, chance, patienceMs);
  return {
    lies: told(),
    verdict: await judgeTeams(url, crowd, cloud),
    drawings: await judgeDrawings(url, cloud),
  };
}
