import type { FakeSlack } from '../support/slack/fake-slack.ts';
import { type HttpAnswer, type SlackPerson, slackPerson } from '../support/slack/person.ts';
import { addUser, aMessage, BOT_USER } from '../support/slack/world.ts';
import { startBare } from './bare-app.ts';
import { owners, startMeasured } from './measured-programme.ts';
import { newSlack, slackEnv, wireTo } from './on-slack.ts';
import type { Row } from './row.ts';
import { type BesideBare, compareWithBare, type Side } from './side-by-side.ts';

const goals = {
  embedded: { ratio: 0.2, p99: 12 },
  server: { ratio: 0.35, p99: 6 },
} as const;
const PEOPLE = 64;

/** Something people do, again and again. */
type Deed = (person: SlackPerson, conversation: string) => Promise<HttpAnswer>;
const CARD = aMessage({ ts: '1700000000.000100', user: BOT_USER, text: 'x' });
const HELP = {
  actionId: 'press:help',
  blockId: 'actions:1',
  label: 'What else can I do?',
  value: JSON.stringify({ verb: 'help.show', subject: 'all' }),
};
const DEEDS: Readonly<Record<'presses' | 'messages', Deed>> = {
  presses: (person, conversation) => person.presses(conversation, CARD, HELP),
  messages: (person) => person.types('help'),
};

export const p1Slack: Row = {
  id: 'P1-SLACK',
  title:
    'Presses and messages in Slack answered per second, beside a bare Bolt app that does as many statements and acknowledges; acknowledgements at a steady rate',
  goal: '≥ 0.20 × bare embedded, ≥ 0.35 × bare on a server; at 200/s p99 ≤ 12 × (6 ×) bare, max < 500 ms, all 2xx',
  run: (options) => compareWithBare({ deeds: ['presses', 'messages'], goals, start }, options),
};

async function start(ours: string): Promise<BesideBare<keyof typeof DEEDS>> {
  const slack = await newSlack();
  const users = owners(PEOPLE).map((id) => ({ id: `U0${id.toUpperCase()}`, name: id }));
  for (const { id, name } of users) addUser(slack.world, { id, name, email: `${name}@demo.cms.example` });
  const where = ours.startsWith('postgresql:') ? { DATABASE_URL: ours } : { DATA_DIR: ours };
  const programme = await startMeasured({ ...slackEnv(slack), ...where }, PEOPLE);
  const peopleAt = (url: string): SlackPerson[] => users.map(({ id }) => slackPerson(wireTo(slack, url), id));
  const people = peopleAt(programme.url);
  // What everybody does first makes their account and greets them.
  for (const person of people) await answered(slack, person, DEEDS.presses);
  return {
    async startBare(name, place) {
      await programme.tell();
      for (const person of people) await answered(slack, person, DEEDS[name]);
      const statements = Math.round((await programme.tell()).statements.length / people.length);
      const { signingSecret } = wireTo(slack, '');
      const bare = await startBare('bare-bolt-child', [
        place,
        String(statements),
        signingSecret,
        slack.apiUrl,
      ]);
      return {
        ours: sideOf(slack, people, DEEDS[name], answered),
        theirs: sideOf(slack, peopleAt(bare.url), DEEDS[name], acknowledged),
        stop: bare.stop,
      };
    },
    stop: () => programme.stop(),
  };
}

type Doing = (slack: FakeSlack, person: SlackPerson, deed: Deed) => ReturnType<Side['answered']>;

function sideOf(slack: FakeSlack, people: readonly SlackPerson[], deed: Deed, doing: Doing): Side {
  const personAt = (place: number): SlackPerson => {
    const person = people[place];
    if (!person) throw new RangeError(`there is no person ${place}`);
    return person;
  };
  return {
    people: people.length,
    answered: (place) => doing(slack, personAt(place), deed),
    acknowledged(place) {
      const person = personAt(place);
      forget(slack, person);
      return deed(person, slack.world.direct(person.user).id);
    },
  };
}

/** Does it, and waits for the answer in the conversation. */
const answered: Doing = async (slack, person, deed) => {
  const conversation = slack.world.direct(person.user);
  const startedAt = performance.now();
  const { status, tookMs } = await deed(person, conversation.id);
  if (status !== 200) throw new Error(`somebody was answered ${status}`);
  while (!conversation.messages.some(({ user }) => user === BOT_USER)) await slack.changed();
  const wholeMs = performance.now() - startedAt;
  forget(slack, person);
  return { ackMs: tookMs, wholeMs };
};

const acknowledged: Doing = async (slack, person, deed) => {
  const { status, tookMs } = await deed(person, slack.world.direct(person.user).id);
  if (status !== 200) throw new Error(`the bare app answered ${status}`);
  forget(slack, person);
  return { ackMs: tookMs, wholeMs: tookMs };
};

/** What stands is not to slow the next ones down. */
function forget(slack: FakeSlack, person: SlackPerson): void {
  slack.world.direct(person.user).messages.length = 0;
  slack.forget();
}
