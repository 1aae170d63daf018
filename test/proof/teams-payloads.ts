/** Activities of Teams: those that were recorded, and others of people who are there. */
import { activityOf, typedMessage } from '../support/teams/activities.ts';
import type { FakeCloud } from '../support/teams/fake-cloud.ts';
import { RECORDS, record } from '../support/teams/records.ts';
import type { Wire } from '../support/teams/wire.ts';
import { ISPG_CHANNEL, type TeamsConversation, type TeamsUser } from '../support/teams/world.ts';
import type { Json } from './spoiling.ts';

/** Words that stand in every activity, and may stand nowhere in a log. */
export const CANARY = 'canary-of-a-proof-5150';

/** A press as the bot's own cards carry it. */
const carried = (verb: string, subject: string) => ({
  isso: { action: 'a-button', press: { verb, subject }, token: 'T0ken_0f-a-proof' },
});

const pressed = (name: string, value: unknown): Json => ({
  type: 'invoke',
  name,
  replyToId: '1700000000000',
  value,
});

/** What people do that reaches far into the bot. */
const DEEDS: readonly (readonly [facts: Json, conversation?: string])[] = [
  [typedMessage(`help ${CANARY}`, false)],
  [typedMessage('I need an ISSO', false)],
  [typedMessage(`queue ${CANARY}`, true), ISPG_CHANNEL],
  [{ type: 'message', value: { ...carried('help.show', 'all'), note: CANARY } }],
  [
    pressed('adaptiveCard/action', {
      action: { type: 'Action.Execute', verb: 'press', data: carried('help.show', 'all') },
      trigger: 'manual',
    }),
  ],
  [pressed('task/fetch', { data: carried('intake.start', 'issoaas') })],
  [pressed('task/submit', { data: { ...carried('request.decline', 'ISSO-2026-0001'), note: CANARY } })],
  [{ type: 'installationUpdate', action: 'add' }],
];

/** Every activity there is a record of, and each deed of `user`; all of them name the made-up cloud, and hold the canary. */
export function activitiesIn(wire: Wire, user: TeamsUser): readonly Json[] {
  const { cloud } = wire;
  const recorded = RECORDS.map((name) => withCanary(record(name, { serviceUrl: cloud.serviceUrl })));
  const made = DEEDS.map(([facts, id]) =>
    activityOf(wire, user, conversationOf(cloud, user, id), { ...facts, summary: CANARY }),
  );
  return [...recorded, ...made];
}

function conversationOf({ world }: FakeCloud, user: TeamsUser, id?: string): TeamsConversation {
  const found = id === undefined ? world.personal(user.objectId) : world.conversations.get(id);
  if (!found) throw new Error(`there is no conversation ${id}`);
  return found;
}

const withCanary = (activity: Json): Json => ({
  ...activity,
  summary: CANARY,
  ...(typeof activity.text === 'string' ? { text: `${activity.text} ${CANARY}` } : {}),
});
