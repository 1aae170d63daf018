/** Somebody who uses Teams: what they do becomes Teams' own activities, signed, over a real socket. */
import { SEARCH, SEARCH_WORDS } from '../../../adapters/teams/surface.ts';
import { activityOf, messagePayload, typedMessage } from './activities.ts';
import { type Button, buttonsOf, type Card, type Json, sentOf, type Values } from './cards.ts';
import { checkResults, obeyDialog, obeyPress } from './obeying.ts';
import { type HttpAnswer, type Spoilt, send, type Wire } from './wire.ts';
import {
  aMessage,
  BOT_ID,
  cardFor,
  type TeamsConversation,
  type TeamsDialog,
  type TeamsMessage,
  type TeamsUser,
  userCalled,
} from './world.ts';

export interface Where {
  /** Id of the conversation; left out, the personal one. */
  readonly in?: string;
  /** Head of the thread in a channel; left out, a thread of its own. */
  readonly thread?: string;
  /** Id of an activity that is sent once more. */
  readonly again?: string;
  /** False for words in a channel that do not call the bot. */
  readonly mention?: boolean;
}

export interface Pressing {
  /** An older client knows no `Action.Execute`: it sends the fallback as a message. */
  readonly asOldClient?: boolean;
  /** Id of the activity, for one that is sent once more; left out, a new one as Teams gives it. */
  readonly id?: string;
}

const CONTEXT = { theme: 'default' } as const;

/** The person with that object id, or id for this bot. */
export function teamsPerson(wire: Wire, called: string) {
  const { cloud } = wire;
  const { world } = cloud;
  const known = userCalled(world, called);
  if (!known) throw new Error(`there is no user ${called}`);
  const user: TeamsUser = known;
  const conversationOf = (id?: string): TeamsConversation => {
    const found = id === undefined ? world.personal(user.objectId) : world.conversations.get(id);
    if (!found) throw new Error(`there is no conversation ${id}`);
    return found;
  };
  const tell = (conversation: TeamsConversation, facts: Json, spoilt?: Spoilt): Promise<HttpAnswer> =>
    send(wire, activityOf(wire, user, conversation, facts), spoilt);
  const invoke = (conversation: TeamsConversation, name: string, value: Json, facts: Json = {}) =>
    tell(conversation, { type: 'invoke', name, value, ...facts });
  const ways = { wire, user, conversationOf, tell, invoke };
  return {
    user,
    ...words(ways),
    ...presses(ways),
    ...dialogs(ways),
    ...comings(ways),
    /** An activity of their own making; `spoilt` is what a test spoils in its token. */
    tells: (facts: Json, where: Where = {}, spoilt?: Spoilt) => tell(conversationOf(where.in), facts, spoilt),
    /** Any activity, word for word. */
    tellsRaw: (activity: Json, spoilt?: Spoilt) => send(wire, activity, spoilt),
    /** The dialog that is open for them; null when none is. */
    openDialog: (): TeamsDialog | null => world.dialogs.get(user.objectId) ?? null,
    /** What they were last told beside their conversations. */
    lastWords: (): string => world.lastWords.get(user.objectId) ?? '',
  };
}

interface Ways {
  readonly wire: Wire;
  readonly user: TeamsUser;
  conversationOf(id?: string): TeamsConversation;
  tell(conversation: TeamsConversation, facts: Json, spoilt?: Spoilt): Promise<HttpAnswer>;
  invoke(conversation: TeamsConversation, name: string, value: Json, facts?: Json): Promise<HttpAnswer>;
}

/** What they write, change and mark. */
function words({ wire, user, conversationOf, tell }: Ways) {
  const { world } = wire.cloud;
  const rootOf = (conversation: TeamsConversation, id: string): string | null =>
    conversation.kind === 'channel'
      ? (conversation.messages.find((each) => each.id === id)?.root ?? id)
      : null;
  const isMentioned = (conversation: TeamsConversation, { mention = true }: Where): boolean =>
    mention && conversation.kind !== 'personal';
  return {
    /** Words in the personal conversation, or to the bot elsewhere. */
    types(text: string, where: Where = {}, spoilt?: Spoilt): Promise<HttpAnswer> {
      const conversation = conversationOf(where.in);
      const at = world.nextStamp();
      const id = where.again ?? String(at);
      const thread = conversation.kind === 'channel' ? (where.thread ?? id) : null;
      const typed = typedMessage(text, isMentioned(conversation, where));
      if (where.again === undefined)
        conversation.messages.push(
          aMessage({ id, from: user.objectId, at, root: thread, text: String(typed.text) }),
        );
      const replyToId = where.thread ? { replyToId: where.thread } : {};
      return tell(conversation, { ...typed, id, thread, ...replyToId }, spoilt);
    },
    /** Changes what they have written. */
    edits(id: string, text: string, where: Where = {}): Promise<HttpAnswer> {
      const conversation = conversationOf(where.in);
      const typed = typedMessage(text, isMentioned(conversation, where));
      const message = conversation.messages.find((each) => each.id === id);
      if (message) message.text = String(typed.text);
      return tell(conversation, {
        ...typed,
        type: 'messageUpdate',
        id,
        thread: rootOf(conversation, id),
        channelData: { eventType: 'editMessage' },
      });
    },
    deletes(id: string, where: Where = {}): Promise<HttpAnswer> {
      const conversation = conversationOf(where.in);
      return tell(conversation, {
        type: 'messageDelete',
        id,
        thread: rootOf(conversation, id),
        channelData: { eventType: 'softDeleteMessage' },
      });
    },
    reacts(id: string, type = 'like', where: Where = {}): Promise<HttpAnswer> {
      const conversation = conversationOf(where.in);
      return tell(conversation, {
        type: 'messageReaction',
        reactionsAdded: [{ type }],
        replyToId: id,
        thread: rootOf(conversation, id),
      });
    },
  };
}

/** What they do with cards that stand in a conversation. */
function presses({ wire, user, tell, invoke }: Ways) {
  const { cloud } = wire;
  const source = (message: TeamsMessage) => ({
    replyToId: message.id,
    thread: message.root,
    channelData: { source: { name: 'message' }, legacy: { replyToId: message.id } },
  });
  const execute = async (
    conversation: TeamsConversation,
    message: TeamsMessage,
    value: Json,
    id?: string,
  ) => {
    const answer = await invoke(conversation, 'adaptiveCard/action', value, {
      ...source(message),
      ...(id ? { id } : {}),
    });
    obeyPress(cloud, user.objectId, message, answer);
    return answer;
  };
  return {
    /** The card as they have it before them. */
    cardOf: (message: TeamsMessage): Card | null => cardFor(message, user.objectId),
    /** A button of a message; `values` fill its inputs. What the bot answers happens before their eyes. */
    async presses(
      conversation: TeamsConversation,
      message: TeamsMessage,
      button: Button,
      values: Values = {},
      { asOldClient = false, id }: Pressing = {},
    ): Promise<HttpAnswer> {
      const sent = button.asksInputs ? sentOf(cardFor(message, user.objectId), values, asOldClient) : {};
      const named = id ? { id } : {};
      if (button.kind === 'fetch') {
        const data = { ...button.data, ...sent };
        const facts = { ...source(message), ...named };
        const answer = await invoke(conversation, 'task/fetch', { data, context: CONTEXT }, facts);
        const origin = { kind: 'card', conversation: conversation.id, message: message.id } as const;
        obeyDialog(cloud, user.objectId, { origin }, answer);
        return answer;
      }
      const { fallback, verb, id: actionId } = button.action;
      const plain =
        button.kind === 'submit' ? button.action : asOldClient ? (fallback as Json | undefined) : null;
      if (plain === undefined) throw new Error(`an older client does not show ${button.label}`);
      if (plain) {
        const value = { ...((plain.data as Json | undefined) ?? {}), ...sent };
        return tell(conversation, { type: 'message', value, ...source(message), ...named });
      }
      if (button.kind !== 'execute') throw new Error(`${button.label} tells the bot nothing`);
      const action = { type: 'Action.Execute', verb, data: { ...button.data, ...sent } };
      const whole = actionId ? { ...action, id: actionId } : action;
      return execute(conversation, message, { action: whole, trigger: 'manual' }, id);
    },
    /** Looks at a message whose card draws itself anew. */
    refreshes(conversation: TeamsConversation, message: TeamsMessage): Promise<HttpAnswer> {
      const refresh = cardFor(message, user.objectId)?.refresh as Json | undefined;
      if (!refresh?.action) throw new Error('the card does not draw itself anew');
      return execute(conversation, message, { action: refresh.action, trigger: 'automatic' });
    },
  };
}

/** What they do with dialogs and the message extension. */
function dialogs({ wire, user, conversationOf, invoke }: Ways) {
  const { cloud } = wire;
  const { world } = cloud;
  return {
    /** Sends a dialog; `values` stand over what its inputs hold already. */
    async submits(dialog: TeamsDialog, values: Values, label?: string): Promise<HttpAnswer> {
      const { origin, card } = dialog;
      const buttons = buttonsOf(card).filter(({ kind }) => kind === 'submit');
      const button = label === undefined ? buttons[0] : buttons.find((each) => each.label === label);
      if (!button) throw new Error(`the dialog has no button ${label ?? ''}`);
      const data = { ...button.data, ...(button.asksInputs ? sentOf(card, values) : {}) };
      const answer =
        origin.kind === 'card'
          ? await invoke(conversationOf(origin.conversation), 'task/submit', { data, context: CONTEXT })
          : await invoke(conversationOf(), 'composeExtension/submitAction', { ...origin.context, data });
      obeyDialog(cloud, user.objectId, dialog, answer);
      return answer;
    },
    /** Closes the dialog without sending it, of which the bot hears nothing. */
    closes: (): void => void world.dialogs.delete(user.objectId),
    /** Calls a command of the message extension, from a message or from where messages are written. */
    async extension(
      commandId: string,
      about?: { readonly in?: string; readonly text: string },
    ): Promise<HttpAnswer> {
      const conversation = conversationOf(about?.in);
      const id = String(world.nextStamp());
      const at = new Date(wire.now());
      const context = {
        commandId,
        commandContext: about ? 'message' : 'compose',
        context: CONTEXT,
        requestId: world.nextId(''),
        ...(about ? { messagePayload: messagePayload(user, conversation.id, id, about.text, at) } : {}),
      };
      const answer = await invoke(conversation, 'composeExtension/fetchTask', context);
      obeyDialog(cloud, user.objectId, { origin: { kind: 'extension', commandId, context } }, answer);
      return answer;
    },
    /** Searches from the message extension. */
    async searches(
      typed: string,
      { commandId = SEARCH, parameter = SEARCH_WORDS, skip = 0 } = {},
    ): Promise<HttpAnswer> {
      const asked = typed === '' ? { name: 'initialRun', value: 'true' } : { name: parameter, value: typed };
      const value = { commandId, parameters: [asked], queryOptions: { skip, count: 25 }, context: CONTEXT };
      const answer = await invoke(conversationOf(), 'composeExtension/query', value);
      checkResults(cloud, answer);
      return answer;
    },
  };
}

/** Who comes and goes. */
function comings({ wire, user, conversationOf, tell }: Ways) {
  const { world } = wire.cloud;
  const bot = [{ id: BOT_ID }];
  const ofTeam = (conversation: TeamsConversation, eventType: string) => ({
    channelData: { eventType, team: { ...conversation.team, aadGroupId: conversation.team?.groupId } },
  });
  return {
    /** Puts the app into their personal scope. */
    async installs(): Promise<HttpAnswer> {
      user.installed = true;
      const conversation = world.personal(user.objectId);
      await tell(conversation, { type: 'conversationUpdate', membersAdded: bot });
      return tell(conversation, { type: 'installationUpdate', action: 'add' });
    },
    async uninstalls(): Promise<HttpAnswer> {
      user.installed = false;
      return tell(world.personal(user.objectId), { type: 'installationUpdate', action: 'remove' });
    },
    /** Adds the bot to a team or chat. */
    async joinsTeam(id: string): Promise<HttpAnswer> {
      const conversation = conversationOf(id);
      conversation.hasBot = true;
      const facts = conversation.team ? ofTeam(conversation, 'teamMemberAdded') : {};
      await tell(conversation, { type: 'conversationUpdate', membersAdded: bot, ...facts });
      return tell(conversation, { type: 'installationUpdate', action: 'add', ...facts });
    },
    /** Takes the bot out of a team or chat. */
    async leavesTeam(id: string): Promise<HttpAnswer> {
      const conversation = conversationOf(id);
      conversation.hasBot = false;
      const facts = conversation.team ? ofTeam(conversation, 'teamMemberRemoved') : {};
      await tell(conversation, { type: 'conversationUpdate', membersRemoved: bot, ...facts });
      return tell(conversation, { type: 'installationUpdate', action: 'remove', ...facts });
    },
    /** Comes into a team or chat that the bot is in. */
    comesTo(id: string): Promise<HttpAnswer> {
      const conversation = conversationOf(id);
      conversation.members.add(user.objectId);
      const facts = conversation.team ? ofTeam(conversation, 'teamMemberAdded') : {};
      const membersAdded = [
        { id: user.id, ...(user.role === 'anonymous' ? {} : { aadObjectId: user.objectId }) },
      ];
      return tell(conversation, { type: 'conversationUpdate', membersAdded, ...facts });
    },
  };
}
