import { Router } from 'express';
import type { ConsoleLedger } from '../../src/ports.ts';
import { channelConversation, channelNamed } from './address.ts';
import type { Directory } from './directory.ts';
import { unknown } from './failures.ts';
import { readAs, readConversation, readMark, readMessages } from './inbound.ts';
import type { createStreams, Live } from './live.ts';
import { messageJson, postJson } from './render-message.ts';

interface ReadingParts {
  readonly directory: Directory;
  readonly ledger: ConsoleLedger;
  readonly live: Live;
  readonly streams: ReturnType<typeof createStreams>;
}

/** `GET /people`, `/channels` and `/messages` of the script interface. */
export function listRoutes({ directory, ledger }: Pick<ReadingParts, 'directory' | 'ledger'>): Router {
  const router = Router();
  router.get('/people', async (_request, response) => {
    const { people } = await directory.fresh();
    response.json(people.map(({ id, name, roles, timeZone }) => ({ id, name, roles, timeZone })));
  });
  router.get('/channels', async (_request, response) => {
    const { channels } = await directory.fresh();
    response.json(channels.map(({ id, name }) => ({ id, name })));
  });
  router.get('/messages', async (request, response) => {
    const given = readMessages(request.query);
    const { id } = await directory.conversation(given.for, 'for');
    const posts = await ledger.list(id, given.since ?? 0);
    response.json({ messages: posts.filter((post) => post.from === 'bot').map(messageJson) });
  });
  return router;
}

/** What only the page needs: whole conversations, how far they are read, and what happens as it happens. */
export function pageApiRoutes({ directory, ledger, live, streams }: ReadingParts): Router {
  const router = Router();
  const visible = async (personId: string, name: string): Promise<string> => {
    const conversation = await directory.conversation(name, 'for');
    if (conversation.kind === 'direct' && conversation.personId !== personId) {
      throw unknown('for', 'That conversation belongs to somebody else.');
    }
    return conversation.id;
  };
  const conversationsOf = async (personId: string): Promise<string[]> => {
    const { channels } = await directory.fresh();
    const ids = channels.flatMap(({ id }) => channelNamed(id) ?? []).map(channelConversation);
    return [personId, ...ids];
  };

  router.get('/conversation', async (request, response) => {
    const given = readConversation(request.query);
    const person = await directory.person(given.as, 'as');
    const posts = await ledger.list(await visible(person.id, given.for), given.since ?? 0);
    response.json({ messages: posts.map(postJson) });
  });

  router.get('/unread', async (request, response) => {
    const person = await directory.person(readAs(request.query).as, 'as');
    const marks = await ledger.readMarks(person.id);
    const ids = await conversationsOf(person.id);
    const conversations = await Promise.all(
      ids.map(async (id) => {
        const posts = await ledger.list(id, marks.get(id) ?? 0);
        return { id, unread: posts.filter((post) => post.from !== person.id).length };
      }),
    );
    response.json({ conversations });
  });

  router.post('/read', async (request, response) => {
    const given = readMark(request.body);
    const person = await directory.person(given.as, 'as');
    const conversation = await visible(person.id, given.for);
    await ledger.markRead(person.id, conversation, given.seq);
    live.tell({ kind: 'read', personId: person.id, conversation, sequence: given.seq });
    response.json({ status: 'ok' });
  });

  router.get('/events', async (request, response) => {
    const person = await directory.person(readAs(request.query).as, 'as');
    const lastSeen = Number(request.headers['last-event-id'] ?? Number.NaN);
    const missed = Number.isSafeInteger(lastSeen)
      ? await Promise.all(
          (await conversationsOf(person.id)).map((id) => ledger.list(id, Math.max(0, lastSeen))),
        )
      : [];
    streams.open(
      response,
      person.id,
      missed.flat().sort((one, other) => one.sequence - other.sequence),
    );
  });
  return router;
}
