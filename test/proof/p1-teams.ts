import { randomBytes } from 'node:crypto';
import type { FakeCloud } from '../support/teams/fake-cloud.ts';
import { teamsPerson } from '../support/teams/person.ts';
import type { HttpAnswer } from '../support/teams/wire.ts';
import { addUser, objectIdOf } from '../support/teams/world.ts';
import { owners, startMeasured } from './measured-programme.ts';
import { newTeams, startBareBot, teamsEnv, wireTo } from './on-teams.ts';
import type { Row } from './row.ts';
import { type BesideBare, compareWithBare, type Side } from './side-by-side.ts';

const goals = {
  embedded: { ratio: 0.5, p99: 12 },
  server: { ratio: 0.5, p99: 6 },
} as const;
const PEOPLE = 64;

type Person = ReturnType<typeof teamsPerson>;
/** Something people do, again and again. */
type Deed = (person: Person) => Promise<HttpAnswer>;
const DEEDS: Readonly<Record<'presses' | 'messages', Deed>> = {
  presses: (person) => person.tells(help(randomBytes(9).toString('base64url'))),
  messages: (person) => person.types('help'),
};

/** "What else can I do?" on a card that was drawn just now: the same press of the same drawing would count once. */
const help = (token: string) => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  replyToId: '1700000000000',
  value: {
    action: {
      type: 'Action.Execute',
      verb: 'press',
      data: { isso: { action: 'help', press: { verb: 'help.show', subject: 'all' }, token } },
    },
    trigger: 'manual',
  },
});

export const p1Teams: Row = {
  id: 'P1-TEAMS',
  title:
    'Presses and messages in Teams answered per second, beside a bare bot on Bot Framework that does as many statements, posts an answer and acknowledges; acknowledgements at a steady rate',
  goal: '≥ 0.5 × bare; at 200/s p99 ≤ 12 × (6 ×) bare, max < 500 ms, all 2xx',
  run: (options) => compareWithBare({ deeds: ['presses', 'messages'], goals, start }, options),
};

async function start(ours: string): Promise<BesideBare<keyof typeof DEEDS>> {
  const cloud = await newTeams();
  const users = owners(PEOPLE).map((name) => {
    const email = `${name}@demo.cms.example`;
    return addUser(cloud.world, { objectId: objectIdOf(name), name, email }).objectId;
  });
  const where = ours.startsWith('postgresql:') ? { DATABASE_URL: ours } : { DATA_DIR: ours };
  const programme = await startMeasured({ ...teamsEnv(cloud), ...where }, PEOPLE);
  const peopleAt = (url: string): Person[] => users.map((id) => teamsPerson(wireTo(cloud, url), id));
  const people = peopleAt(programme.url);
  // What everybody does first makes their account and greets them.
  for (const person of people) await answered(cloud, person, DEEDS.presses);
  return {
    async startBare(name, place) {
      await programme.tell();
      for (const person of people) await answered(cloud, person, DEEDS[name]);
      const statements = Math.round((await programme.tell()).statements.length / people.length);
      const bare = await startBareBot(cloud, { place, statements });
      return {
        ours: sideOf(cloud, people, DEEDS[name]),
        theirs: sideOf(cloud, peopleAt(bare.url), DEEDS[name]),
        stop: bare.stop,
      };
    },
    stop: () => programme.stop(),
  };
}

function sideOf(cloud: FakeCloud, people: readonly Person[], deed: Deed): Side {
  const personAt = (place: number): Person => {
    const person = people[place];
    if (!person) throw new RangeError(`there is no person ${place}`);
    return person;
  };
  return {
    people: people.length,
    answered: (place) => answered(cloud, personAt(place), deed),
    acknowledged(place) {
      const person = personAt(place);
      forget(cloud, person);
      return deed(person);
    },
  };
}

/** Does it, and waits for the answer in the conversation. */
async function answered(
  cloud: FakeCloud,
  person: Person,
  deed: Deed,
): Promise<{ readonly ackMs: number; readonly wholeMs: number }> {
  const { messages } = cloud.world.personal(person.user.objectId);
  const startedAt = performance.now();
  const { status, tookMs } = await deed(person);
  if (status !== 200) throw new Error(`somebody was answered ${status}`);
  while (!messages.some(({ from }) => from === null)) await cloud.changed();
  const wholeMs = performance.now() - startedAt;
  forget(cloud, person);
  return { ackMs: tookMs, wholeMs };
}

/** What stands is not to slow the next ones down. */
function forget(cloud: FakeCloud, { user }: Person): void {
  cloud.world.personal(user.objectId).messages.length = 0;
  cloud.forget();
}
