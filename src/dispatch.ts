/**
 * The one way in: guard, keep durably, then work. An event is acknowledged as accepted only once its row is committed;
 * whatever happens after that, its effect happens exactly once.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { PersonId } from './domain/ids.ts';
import type { Person } from './domain/person.ts';
import { apology } from './messages/copy/refusals.ts';
import { saidPrivately } from './messages/copy/welcome.ts';
import type { Message } from './messages/message.ts';
import type {
  AcceptedEvent,
  Clock,
  Inbound,
  Log,
  Receipt,
  Receive,
  Reply,
  Speaker,
  Store,
  Tx,
} from './ports.ts';
import { withoutSensitiveText } from './usecases/guard.ts';
import { routePress, routeSubmission } from './usecases/route-press.ts';
import { greet, routeSaid } from './usecases/route-said.ts';
import { tellPerson } from './usecases/tell.ts';
import { type Answer, answer, type Programme, type Work } from './usecases/work.ts';

export interface DispatchDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly programme: Programme;
  readonly log: Log;
  /** Called when work may have written deliveries that are due. */
  readonly wake: () => Promise<void>;
}

export interface Dispatch {
  readonly receive: Receive;
  /** Processes an event that was accepted before (a crash came between); its answers go to `reply`. */
  readonly finish: (accepted: AcceptedEvent, reply: Reply) => Promise<void>;
  /** Settles when nothing is in hand. */
  readonly idle: () => Promise<void>;
}

/** Makes the way in for all adapters. */
export function createDispatch(deps: DispatchDeps): Dispatch {
  const inHand = new Set<Promise<void>>();
  const finish = async (accepted: AcceptedEvent, reply: Reply): Promise<void> => {
    await process(deps, accepted, reply);
    await deps.wake();
  };
  return {
    receive: async (event, reply): Promise<Receipt> => {
      const heard = withoutSensitiveText(event);
      const accepted: AcceptedEvent = { key: keyOf(event), event: heard, receivedAt: deps.clock.now() };
      const kept = await deps.store.inbox.accept(accepted);
      if (kept === 'duplicate') return { kind: 'duplicate' };
      if (kept === 'not-saved') return { kind: 'not-saved' };
      const done = finish(accepted, reply).catch((error: unknown) => {
        deps.log.error({ error }, 'an accepted event could not be finished; it is tried again');
      });
      inHand.add(done);
      void done.finally(() => inHand.delete(done));
      return { kind: 'accepted', heard, done };
    },
    finish,
    idle: async () => {
      while (inHand.size > 0) await Promise.all(inHand);
    },
  };
}

const keyOf = (event: Inbound): string => `${event.from.platform}:${event.eventKey}`;

/** Works on an accepted event in one transaction, then answers. A bug ends the event with an apology, never silently. */
async function process(deps: DispatchDeps, accepted: AcceptedEvent, reply: Reply): Promise<void> {
  const { event } = accepted;
  let made: Answer | null;
  try {
    made = await work(deps, accepted);
  } catch (error) {
    const reference = randomBytes(4).toString('hex').toUpperCase();
    deps.log.error(
      { error, reference, kind: event.kind, platform: event.from.platform },
      'bug while handling an event',
    );
    const sorry = answer(apology(reference));
    made = await deps.store.transaction(async (tx) =>
      (await tx.inbox.finish(accepted.key, sorry.say, deps.clock.now())) ? sorry : null,
    );
  }
  if (made === null) return;
  await speak(made, reply);
  await deps.store.inbox.markSaid(accepted.key);
}

/** Null when another replica has done it already. */
async function work(deps: DispatchDeps, { key, event }: AcceptedEvent): Promise<Answer | null> {
  return deps.store.transaction(async (tx) => {
    const now = deps.clock.now();
    const person = await personOf(tx, event.from, deps.programme);
    await tx.lock(`person:${person.id}`);
    const task: Work = {
      tx,
      now,
      person,
      from: event.from,
      programme: deps.programme,
      newId: randomUUID,
      newToken: () => randomBytes(24).toString('base64url'),
    };
    const made = await keepPrivate(task, await route(task, event), key);
    return (await tx.inbox.finish(key, made.say, now)) ? made : null;
  });
}

function route(task: Work, event: Inbound): Promise<Answer> {
  switch (event.kind) {
    case 'said':
      return routeSaid(task, event.text);
    case 'pressed':
      return routePress(task, event.button, event.values);
    case 'submitted':
      return routeSubmission(task, event.press, event.values);
    case 'joined':
      return greet(task);
    default:
      return event satisfies never;
  }
}

/** What is for one person alone is said in their direct message, when they spoke in a channel. */
async function keepPrivate(task: Work, made: Answer, key: string): Promise<Answer> {
  if (!made.personal || task.from.channel === null) return made;
  for (const [place, message] of made.say.entries()) {
    await tellPerson(task, task.person.id, { key: `private:${key}:${place}`, kind: 'answer', message });
  }
  return { ...made, say: [saidPrivately()], personal: false };
}

/**
 * Who is speaking. Somebody the roster does not know becomes a person without roles: they may ask questions and
 * file a request as a Business Owner, nothing more.
 */
async function personOf(tx: Tx, from: Speaker, programme: Programme): Promise<Person> {
  const known = await tx.people.byPlatformUser(from.platform, from.userId);
  if (known) return known;
  await tx.lock(`speaker:${from.platform}:${from.userId}`);
  const meanwhile = await tx.people.byPlatformUser(from.platform, from.userId);
  if (meanwhile) return meanwhile;
  const id: PersonId = randomUUID();
  const person: Person = {
    id,
    name: 'Guest',
    email: null,
    roles: [],
    components: [],
    timeZone: programme.timeZone,
    calendarToken: randomBytes(24).toString('base64url'),
  };
  await tx.people.save([person]);
  await tx.people.linkPlatformUser(from.platform, from.userId, id);
  return person;
}

async function speak(made: Answer, reply: Reply): Promise<void> {
  if (made.errors) await reply.rejectDialog(made.errors);
  if (made.dialog) await reply.openDialog(made.dialog);
  if (made.update) await reply.update(made.update);
  for (const message of made.say) await reply.say(message);
}

/** A reply for events finished after a restart: what was to be said goes to `say`; dialogs have passed. */
export function lateReply(say: (message: Message) => Promise<void>): Reply {
  return {
    say,
    update: say,
    openDialog: async () => undefined,
    rejectDialog: async () => undefined,
  };
}
