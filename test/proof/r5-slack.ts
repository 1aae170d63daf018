import { slackPerson } from '../support/slack/person.ts';
import { addUser, BOT_USER } from '../support/slack/world.ts';
import { killBetween, MIDST, type Way } from './kill-between.ts';
import { owners } from './measured-programme.ts';
import { newSlack, slackEnv, wireTo } from './on-slack.ts';
import { random } from './random.ts';
import type { Row } from './row.ts';

export const r5Slack: Row = {
  id: 'R5-SLACK',
  title: 'The process killed at every step between a signed message of Slack and its answer there',
  goal: 'no ack before the commit, each kept event worked on once',
  run: async (options) => killBetween(await bySlack(), options, random(options.seed), MIDST),
};

/** Slack sends what was not acknowledged again: the same message, under another event id. */
async function bySlack(): Promise<Way> {
  const slack = await newSlack();
  const users = new Map(owners(6).map((id) => [id, `U0${id.toUpperCase()}`]));
  for (const [name, id] of users) addUser(slack.world, { id, name, email: `${name}@demo.cms.example` });
  const stamps = new Map<string, string>();
  const keys = new Map<string, string>();
  const stampOf = (eventKey: string): string => {
    const stamp = stamps.get(eventKey) ?? slack.world.nextTs();
    stamps.set(eventKey, stamp);
    keys.set(stamp, eventKey);
    return stamp;
  };
  const userOf = (who: string): string => users.get(who) ?? who;
  return {
    // Alone on its database, so that what was left is finished at the start and not after a minute.
    env: { ...slackEnv(slack), CONSOLE: 'on' },
    say: (url, who, text, eventKey) =>
      slackPerson(wireTo(slack, url), userOf(who))
        .types(text, { again: stampOf(eventKey) })
        .catch(() => ({ status: 0 })),
    answers: async (_databaseUrl, who) =>
      slack.world.direct(userOf(who)).messages.filter(({ user }) => user === BOT_USER).length,
    eventKeyIn: (rowKey) => keys.get(rowKey.split(':').at(-1) ?? ''),
  };
}
