import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { FakeSlack } from '../support/slack/fake-slack.ts';
import { type HttpAnswer, type SlackPerson, slackPerson } from '../support/slack/person.ts';
import { addUser, aMessage, BOT_USER } from '../support/slack/world.ts';
import { atTheEnd, placesToMeasure } from './databases.ts';
import { median, ms, quantile } from './figures.ts';
import { type MeasuredProgramme, owners, startMeasured } from './measured-programme.ts';
import { newSlack, slackEnv, wireTo } from './on-slack.ts';
import type { Row } from './row.ts';

const bareFile = fileURLToPath(new URL('./bare-bolt-child.ts', import.meta.url));
const goals = {
  embedded: { ratio: 0.2, p99: 12 },
  server: { ratio: 0.35, p99: 6 },
} as const;
const OPEN_LOOP = { perSecond: 200, longestMs: 500 };
/** Of whom eight act at once in the closed loop, and all in the open one. */
const PEOPLE = 64;
const AT_ONCE = 8;

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
  async run({ quick, log }) {
    const figures: string[] = [];
    let ok = true;
    for (const { place, fresh } of await placesToMeasure(log)) {
      const stage = await startBoth(await fresh());
      const rounds = { count: quick ? 3 : 7, lastsMs: quick ? 1_500 : 4_000 };
      for (const name of ['presses', 'messages'] as const) {
        const bare = await stage.startBare(name, await fresh());
        const closed = await closedLoop(stage, bare.people, name, rounds);
        const open = await openLoop(stage, bare.people, name, quick ? 5_000 : 60_000);
        await bare.stop();
        const goal = goals[place];
        ok &&= closed.ratio >= goal.ratio && isSteady(open, goal.p99);
        figures.push(`${place} ${name} ${closed.ratio.toFixed(2)} × bare, ${Math.round(closed.rate)}/s`);
        log(`${place}, ${name}: ${closed.words}`);
        log(`${place}, ${name} at ${OPEN_LOOP.perSecond}/s: ${openWords(open)}`);
      }
      await stage.stop();
    }
    return { figure: `ratio ${figures.join('; ')}`, ok };
  },
};

interface Stage {
  readonly slack: FakeSlack;
  readonly people: readonly SlackPerson[];
  readonly programme: MeasuredProgramme;
  startBare(
    name: keyof typeof DEEDS,
    place: string,
  ): Promise<{ readonly people: readonly SlackPerson[]; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

async function startBoth(ours: string): Promise<Stage> {
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
    slack,
    people,
    programme,
    async startBare(name, place) {
      await programme.tell();
      for (const person of people) await answered(slack, person, DEEDS[name]);
      const statements = Math.round((await programme.tell()).statements.length / people.length);
      const bare = await spawnBare(slack, place, statements);
      return { people: peopleAt(bare.url), stop: bare.stop };
    },
    stop: () => programme.stop(),
  };
}

async function spawnBare(slack: FakeSlack, place: string, statements: number) {
  const { signingSecret } = wireTo(slack, '');
  const args = ['--import', 'tsx', bareFile, place, String(statements), signingSecret, slack.apiUrl];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  atTheEnd(async () => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const [told] = await Promise.race([once(child, 'message'), ended.then(() => [{ url: '' }])]);
  return {
    url: (told as { readonly url: string }).url,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** How long the acknowledgement took, and the whole answer. */
interface Took {
  readonly ackMs: number;
  readonly wholeMs: number;
}

/** Does it, and waits for the answer in the conversation. */
async function answered(slack: FakeSlack, person: SlackPerson, deed: Deed): Promise<Took> {
  const conversation = slack.world.direct(person.user);
  const startedAt = performance.now();
  const { status, tookMs } = await deed(person, conversation.id);
  if (status !== 200) throw new Error(`somebody was answered ${status}`);
  while (!conversation.messages.some(({ user }) => user === BOT_USER)) await slack.changed();
  const wholeMs = performance.now() - startedAt;
  forget(slack, person);
  return { ackMs: tookMs, wholeMs };
}

async function acknowledged(slack: FakeSlack, person: SlackPerson, deed: Deed): Promise<Took> {
  const { status, tookMs } = await deed(person, slack.world.direct(person.user).id);
  if (status !== 200) throw new Error(`the bare app answered ${status}`);
  forget(slack, person);
  return { ackMs: tookMs, wholeMs: tookMs };
}

/** What stands is not to slow the next ones down. */
function forget(slack: FakeSlack, person: SlackPerson): void {
  slack.world.direct(person.user).messages.length = 0;
  slack.forget();
}

interface Load {
  readonly rate: number;
  readonly took: readonly Took[];
}

/** Both in turn, each person without pause: ours until the answer stands, theirs until the acknowledgement. */
async function closedLoop(
  { slack, people }: Stage,
  bare: readonly SlackPerson[],
  name: keyof typeof DEEDS,
  { count, lastsMs }: { readonly count: number; readonly lastsMs: number },
) {
  const deed = DEEDS[name];
  const pairs: { readonly ours: Load; readonly theirs: Load }[] = [];
  // The first round warms both up and does not count.
  for (let round = 0; round <= count; round += 1) {
    const pair = {
      ours: await load(people, lastsMs, (person) => answered(slack, person, deed)),
      theirs: await load(bare, lastsMs, (person) => acknowledged(slack, person, deed)),
    };
    if (round > 0) pairs.push(pair);
  }
  const words = (side: 'ours' | 'theirs', what: keyof Took): string => {
    const times = pairs.flatMap((pair) => pair[side].took.map((each) => each[what]));
    return `p50 ${ms(quantile(times, 0.5))} p99 ${ms(quantile(times, 0.99))}`;
  };
  const rateOf = (side: 'ours' | 'theirs'): number => median(pairs.map((pair) => pair[side].rate));
  return {
    ratio: median(pairs.map((pair) => pair.ours.rate / pair.theirs.rate)),
    rate: rateOf('ours'),
    words:
      `${Math.round(rateOf('ours'))}/s, acknowledged ${words('ours', 'ackMs')}, answered ${words('ours', 'wholeMs')}; ` +
      `bare ${Math.round(rateOf('theirs'))}/s, acknowledged ${words('theirs', 'ackMs')}; ${AT_ONCE} people at once`,
  };
}

async function load(
  people: readonly SlackPerson[],
  lastsMs: number,
  act: (person: SlackPerson) => Promise<Took>,
): Promise<Load> {
  const took: Took[] = [];
  const startedAt = performance.now();
  const acting = people.slice(0, AT_ONCE).map(async (person) => {
    while (performance.now() - startedAt < lastsMs) took.push(await act(person));
  });
  await Promise.all(acting);
  return { rate: (took.length / (performance.now() - startedAt)) * 1_000, took };
}

interface Open {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly refused: number;
}

/** Both at a steady rate, whether or not they keep up with it. */
async function openLoop(
  { slack, people }: Stage,
  bare: readonly SlackPerson[],
  name: keyof typeof DEEDS,
  lastsMs: number,
): Promise<{ readonly ours: Open; readonly theirs: Open }> {
  return {
    theirs: await steadily(slack, bare, DEEDS[name], lastsMs),
    ours: await steadily(slack, people, DEEDS[name], lastsMs),
  };
}

async function steadily(
  slack: FakeSlack,
  people: readonly SlackPerson[],
  deed: Deed,
  lastsMs: number,
): Promise<Open> {
  const begun: Promise<HttpAnswer>[] = [];
  const startedAt = performance.now();
  for (const due of steps(lastsMs)) {
    const waits = startedAt + due - performance.now();
    if (waits > 0) await pause(waits);
    const person = people[begun.length % people.length];
    if (!person) break;
    forget(slack, person);
    begun.push(deed(person, slack.world.direct(person.user).id));
  }
  const answers = await Promise.all(begun);
  const times = answers.map(({ tookMs }) => tookMs);
  return {
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    max: Math.max(...times),
    refused: answers.filter(({ status }) => status >= 300).length,
  };
}

/** When each falls due, in milliseconds from the beginning. */
const steps = (lastsMs: number): readonly number[] =>
  Array.from(
    { length: Math.round((lastsMs / 1_000) * OPEN_LOOP.perSecond) },
    (_, index) => (index * 1_000) / OPEN_LOOP.perSecond,
  );

const isSteady = ({ ours, theirs }: { readonly ours: Open; readonly theirs: Open }, times: number): boolean =>
  ours.p99 <= times * theirs.p99 && ours.max < OPEN_LOOP.longestMs && ours.refused === 0;

function openWords({ ours, theirs }: { readonly ours: Open; readonly theirs: Open }): string {
  const words = ({ p50, p99, max, refused }: Open): string =>
    `p50 ${ms(p50)} p99 ${ms(p99)} max ${ms(max)}, ${refused} not 2xx`;
  return `acknowledged ${words(ours)}; bare ${words(theirs)}`;
}
