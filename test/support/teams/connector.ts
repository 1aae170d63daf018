/** The REST of the connector that Teams runs: conversations, activities, members, with its refusals. */
import { activityProblems } from './card-rules.ts';
import { CARD_TYPE, type Card, type Json } from './cards.ts';
import type { Route } from './routes.ts';
import {
  aMessage,
  BOT_ID,
  placeOf,
  type TeamsConversation,
  type TeamsMessage,
  type TeamsUser,
  userCalled,
  type World,
} from './world.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Call {
  readonly world: World;
  readonly route: Route;
  readonly query: URLSearchParams;
  readonly body: Json;
  /** Notes what no bot may do. */
  fault(text: string): void;
}

/** A refusal as the connector words it. */
export const no = (status: number, code: string, message = code): Answer => ({
  status,
  body: { error: { code, message } },
});
const isAnswer = (found: object): found is Answer => 'status' in found;

const BLOCKED = no(403, 'MessageWritesBlocked', 'The bot is not allowed to write to this conversation.');
const NOT_IN_ROSTER = no(
  403,
  'BotNotInConversationRoster',
  'The bot is not part of the conversation roster.',
);
const NOT_INSTALLED = no(
  403,
  'ForbiddenOperationException',
  'Bot is not installed in user’s personal scope.',
);
const NO_CONVERSATION = no(404, 'ConversationNotFound', 'Conversation not found.');
const NO_ACTIVITY = no(404, 'ActivityNotFoundInConversation', 'The message could not be found.');
const LARGEST = 100_000;

/** What the connector answers; its effect has landed by then. */
export function connectorAnswer(call: Call): Answer {
  switch (call.route.what) {
    case 'create':
      return create(call);
    case 'post':
      return post(call, call.route.conversation ?? '', call.route.target);
    case 'update':
      return update(call);
    case 'delete':
      return remove(call);
    case 'member':
      return member(call);
    case 'members':
      return members(call);
    default:
      return no(404, 'NotFound');
  }
}

function conversationIn({ world }: Call, id: string): TeamsConversation | Answer {
  const found = world.conversations.get(placeOf(id).conversation);
  if (!found) return NO_CONVERSATION;
  if (found.kind !== 'personal') return found.hasBot ? found : NOT_IN_ROSTER;
  const person = personOf(world, found);
  if (!person) return NO_CONVERSATION;
  return person.installed && found.hasBot ? found : NOT_IN_ROSTER;
}

function personOf(world: World, { members }: TeamsConversation): TeamsUser | null {
  const [objectId = ''] = members;
  return world.users.get(objectId) ?? null;
}

/** Where the bot may write. */
function openTo(call: Call, id: string): TeamsConversation | Answer {
  const found = conversationIn(call, id);
  if (isAnswer(found)) return found;
  const isBlocked = found.kind === 'personal' && personOf(call.world, found)?.hasBlocked === true;
  return isBlocked ? BLOCKED : found;
}

/** Why the activity would not be taken; null when it would. */
function refusalOf(call: Call, activity: Json, conversation: string): Answer | null {
  const problems = activityProblems(activity, conversation);
  for (const problem of problems) call.fault(problem);
  if (Buffer.byteLength(JSON.stringify(activity)) > LARGEST)
    return no(413, 'MessageSizeTooBig', 'Message size too large.');
  return problems.length > 0 ? no(400, 'BadSyntax', problems.join('; ')) : null;
}

const cardIn = (activity: Json): Card | null => {
  const attachments = (activity.attachments as readonly Json[] | undefined) ?? [];
  return (
    (attachments.find(({ contentType }) => contentType === CARD_TYPE)?.content as Card | undefined) ?? null
  );
};
const written = (activity: Json) => ({
  text: String(activity.text ?? ''),
  summary: activity.summary === undefined ? null : String(activity.summary),
  card: cardIn(activity),
  activity,
});

function post(call: Call, id: string, replyTo: string | null, activity: Json = call.body): Answer {
  const found = openTo(call, id);
  if (isAnswer(found)) return found;
  const refusal = refusalOf(call, activity, id);
  if (refusal) return refusal;
  const { world } = call;
  if (activity.type === 'typing') return { status: 201, body: { id: world.nextId('1:') } };
  const at = world.nextStamp();
  const stamp = found.kind === 'personal' ? world.nextId('1:1') : String(at);
  const thread = found.kind === 'channel' ? threadOf(found, id, replyTo) : null;
  if (thread !== null && !found.messages.some((each) => each.id === thread)) return NO_ACTIVITY;
  const root = found.kind === 'channel' ? (thread ?? stamp) : null;
  found.messages.push(aMessage({ id: stamp, from: null, at, root, replyTo, ...written(activity) }));
  return { status: 201, body: { id: stamp } };
}

/** The head of the thread that is written into; null for a thread of its own. */
function threadOf({ messages }: TeamsConversation, id: string, replyTo: string | null): string | null {
  const named = placeOf(id).root;
  if (named !== null || replyTo === null) return named;
  return messages.find((each) => each.id === replyTo)?.root ?? replyTo;
}

function ownMessage(call: Call): TeamsMessage | Answer {
  const { conversation, target } = call.route;
  const found = openTo(call, conversation ?? '');
  if (isAnswer(found)) return found;
  const message = found.messages.findLast(({ id }) => id === target);
  if (!message) return NO_ACTIVITY;
  if (message.from === null) return message;
  call.fault('the bot changes what it has not written');
  return no(403, 'NotEnoughPermissions', 'The message is not the bot’s.');
}

function update(call: Call): Answer {
  const message = ownMessage(call);
  if (isAnswer(message)) return message;
  const refusal = refusalOf(call, call.body, call.route.conversation ?? '');
  if (refusal) return refusal;
  const named = call.body.id;
  if (named !== undefined && named !== message.id) call.fault('an activity is changed under another id');
  Object.assign(message, written(call.body));
  message.edits += 1;
  message.seenBy.clear();
  return { status: 200, body: { id: message.id } };
}

function remove(call: Call): Answer {
  const message = ownMessage(call);
  if (isAnswer(message)) return message;
  const found = call.world.conversations.get(placeOf(call.route.conversation ?? '').conversation);
  found?.messages.splice(found.messages.indexOf(message), 1);
  return { status: 200, body: null };
}

const PERSONAL = ['bot', 'members', 'tenantId', 'channelData', 'isGroup'];
const IN_CHANNEL = ['bot', 'isGroup', 'channelData', 'activity', 'tenantId'];

function create(call: Call): Answer {
  const { body, world } = call;
  const isGroup = body.isGroup === true;
  for (const name of Object.keys(body))
    if (!(isGroup ? IN_CHANNEL : PERSONAL).includes(name)) call.fault(`a new conversation has no ${name}`);
  if ((body.bot as Json | undefined)?.id !== BOT_ID) call.fault('a new conversation does not name the bot');
  const data = (body.channelData as Json | undefined) ?? {};
  const tenant = (data.tenant as Json | undefined)?.id ?? body.tenantId;
  if (tenant !== world.tenant) return no(403, 'Forbidden', 'The tenant is another one.');
  return isGroup ? postToChannel(call, data) : openPersonal(call);
}

function postToChannel(call: Call, data: Json): Answer {
  const channel = String((data.channel as Json | undefined)?.id ?? '');
  const activity = call.body.activity as Json | undefined;
  if (!activity) {
    call.fault('a new thread begins with nothing');
    return no(400, 'BadSyntax', 'Activity is missing.');
  }
  const answer = post(call, channel, null, activity);
  if (answer.status !== 201) return answer;
  const { id } = answer.body as { readonly id: string };
  return { status: 201, body: { id: `${channel};messageid=${id}`, activityId: id } };
}

function openPersonal(call: Call): Answer {
  const { body, world } = call;
  const members = (body.members as readonly Json[] | undefined) ?? [];
  if (members.length !== 1) call.fault(`a personal conversation is with ${members.length} people`);
  const user = userCalled(world, String(members[0]?.id ?? ''));
  if (!user) return no(404, 'NotFound', 'The user does not exist in the tenant.');
  if (!user.installed) return NOT_INSTALLED;
  if (user.hasBlocked) return BLOCKED;
  return { status: 201, body: { id: world.personal(user.objectId).id } };
}

/** Somebody as the roster of a conversation names them. */
const memberJson = (user: TeamsUser): Json => ({
  id: user.id,
  name: user.name,
  ...(user.role === 'anonymous' ? {} : { objectId: user.objectId, aadObjectId: user.objectId }),
  givenName: user.name.split(' ')[0] ?? '',
  surname: user.name.split(' ').at(-1) ?? '',
  ...(user.email === null ? {} : { email: user.email }),
  ...(user.role === 'anonymous' ? {} : { userPrincipalName: user.userPrincipalName }),
  tenantId: user.tenantId,
  userRole: user.role,
});

function member(call: Call): Answer {
  const found = conversationIn(call, call.route.conversation ?? '');
  if (isAnswer(found)) return found;
  const user = userCalled(call.world, call.route.target ?? '');
  const isThere = user !== null && found.members.has(user.objectId);
  return isThere ? { status: 200, body: memberJson(user) } : no(404, 'MemberNotFoundInConversation');
}

const LARGEST_PAGE = 500;

function members(call: Call): Answer {
  const { query, world } = call;
  const found = conversationIn(call, call.route.conversation ?? '');
  if (isAnswer(found)) return found;
  for (const name of query.keys())
    if (name !== 'pageSize' && name !== 'continuationToken')
      call.fault(`members are not asked for by ${name}`);
  const size = Math.min(Number(query.get('pageSize') ?? 200), LARGEST_PAGE);
  const token = query.get('continuationToken');
  const from = token ? Number(Buffer.from(token, 'base64url').toString()) : 0;
  const all = [...found.members].flatMap((objectId) => world.users.get(objectId) ?? []);
  const next = from + size;
  const body = { members: all.slice(from, next).map(memberJson) };
  const more =
    next < all.length ? { continuationToken: Buffer.from(String(next)).toString('base64url') } : {};
  return { status: 200, body: { ...body, ...more } };
}
