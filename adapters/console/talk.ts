import { type Response, Router } from 'express';
import type { ConsoleAction, ConsoleLedger, ConsolePost, Speaker } from '../../src/ports.ts';
import type { Conversation } from './address.ts';
import type { Directory, DirectoryPerson } from './directory.ts';
import { carryOut, type ExchangeParts, eventKeyOf, type Outcome, type Turn } from './exchange.ts';
import { unknown } from './failures.ts';
import { pressed, readPress, readSay, readSubmit, said, submitted } from './inbound.ts';
import { dialogOrigin } from './render-form.ts';

export interface TalkParts {
  readonly directory: Directory;
  readonly ledger: Pick<ConsoleLedger, 'get'>;
  readonly channelTimeZone: string;
  exchange(): ExchangeParts;
}

/** `POST /say`, `/press` and `/submit`: what people do in a conversation. */
export function talkRoutes(parts: TalkParts): Router {
  const router = Router();

  router.post('/say', async (request, response) => {
    const given = readSay(request.body);
    const person = await parts.directory.person(given.as, 'as');
    const conversation =
      given.in === undefined ? directWith(person) : parts.directory.channel(given.in, 'in');
    const event = said(speaker(person, conversation), eventKeyOf(person.id, given.eventKey), given.text);
    const turn = turnOf(parts, person, conversation);
    const echo: Turn['echo'] = (heard) => (heard.kind === 'said' ? heard.text : null);
    answer(response, await carryOut(parts.exchange(), { ...turn, event, on: null, echo }));
  });

  router.post('/press', async (request, response) => {
    const given = readPress(request.body);
    const person = await parts.directory.person(given.as, 'as');
    const { post, conversation } = await messageFor(parts, person, given.message, 'message');
    const action = post.actions.find((one) => one.id === given.action);
    if (!action) throw unknown('action', 'The message has no such action. Its "actions" lists those it has.');
    const from = speaker(person, conversation);
    const event = pressed(
      from,
      eventKeyOf(person.id, given.eventKey),
      action.press,
      given.values ?? {},
      post.id,
    );
    const turn = turnOf(parts, person, conversation);
    answer(
      response,
      await carryOut(parts.exchange(), { ...turn, event, on: post.id, echo: () => echoOf(action) }),
    );
  });

  router.post('/submit', async (request, response) => {
    const given = readSubmit(request.body);
    const person = await parts.directory.person(given.as, 'as');
    const origin = dialogOrigin(given.dialog);
    if (!origin) throw unknown('dialog', 'There is no such dialog. Open it again by pressing its button.');
    const conversation =
      origin.on === null
        ? directWith(person)
        : (await messageFor(parts, person, origin.on, 'dialog')).conversation;
    const from = speaker(person, conversation);
    const event = submitted(from, eventKeyOf(person.id, given.eventKey), origin.press, given.values);
    const turn = turnOf(parts, person, conversation);
    answer(response, await carryOut(parts.exchange(), { ...turn, event, on: origin.on, echo: () => null }));
  });
  return router;
}

/** A pressed button is shown as its label, as chat platforms do; one that opens a dialog has said nothing yet. */
const echoOf = (action: ConsoleAction): string | null => (action.opensDialog ? null : action.label);

const directWith = (person: DirectoryPerson): Conversation => ({
  kind: 'direct',
  id: person.id,
  personId: person.id,
});

function speaker(person: DirectoryPerson, conversation: Conversation): Speaker {
  const channel = conversation.kind === 'channel' ? conversation.channel : null;
  return { platform: 'console', userId: person.id, channel };
}

/** Times are said in the speaker's zone, in a channel in the channel's. */
function turnOf(
  parts: TalkParts,
  person: DirectoryPerson,
  conversation: Conversation,
): Pick<Turn, 'conversation' | 'reader'> {
  const timeZone = conversation.kind === 'direct' ? person.timeZone : parts.channelTimeZone;
  return { conversation, reader: { timeZone } };
}

/** The bot's message called `id`, if `person` can see it. */
async function messageFor(
  parts: TalkParts,
  person: DirectoryPerson,
  id: string,
  field: string,
): Promise<{ readonly post: ConsolePost; readonly conversation: Conversation }> {
  const post = await parts.ledger.get(id);
  const isHidden =
    post === null || post.from !== 'bot' || (!post.to.startsWith('#') && post.to !== person.id);
  if (isHidden)
    throw unknown(
      field,
      'There is no such message for this person. GET /console/api/messages lists those there are.',
    );
  return { post, conversation: await parts.directory.conversation(post.to, field) };
}

function answer(response: Response, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'messages':
      response.json({ messages: outcome.messages });
      return;
    case 'dialog':
      response.json({ dialog: outcome.dialog });
      return;
    case 'errors':
      response.status(422).json({ errors: outcome.errors });
      return;
    default:
      outcome satisfies never;
  }
}
