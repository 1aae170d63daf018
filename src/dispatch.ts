/**
 * The one way in: guard, keep durably, then work. An event is acknowledged as accepted only once its row is committed;
 * whatever happens after that, its effect happens exactly once.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { PersonId } from './domain/ids.ts';
import { openByButton, rejectedLater } from './messages/copy/dialogs.ts';
import { apology } from './messages/copy/refusals.ts';
import { saidPrivately } from './messages/copy/welcome.ts';
import type { Message } from './messages/message.ts';
import type {
  AcceptedEvent,
  Clock,
  FoundProfile,
  Inbound,
  Log,
  Papermaker,
  Pictures,
  Receipt,
  Receive,
  Reply,
  Speaker,
  Store,
  Tx,
} from './ports.ts';
import { asSpeaker } from './usecases/acting.ts';
import type { FinishDeps } from './usecases/finish-accepted.ts';
import { withoutSensitiveText } from './usecases/guard.ts';
import { heedEdit } from './usecases/heed-edit.ts';
import { keepDraft } from './usecases/keep-draft.ts';
import { knowSpeaker } from './usecases/know-speaker.ts';
import { routePress, routeSubmission } from './usecases/route-press.ts';
import { greet, routeSaid } from './usecases/route-said.ts';
import { tellPerson } from './usecases/tell.ts';
import { answerUnlinked } from './usecases/unlink-account.ts';
import { type Answer, answer, type Programme, type Work } from './usecases/work.ts';

export interface DispatchDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly programme: Programme;
  readonly log: Log;
  /** Left out: nothing is drawn. */
  readonly pictures?: Pictures;
  /** Left out: no files are made. */
  readonly papermaker?: Papermaker;
  /** Called when work may have written deliveries that are due. */
  readonly wake: () => Promise<void>;
  /** Who the platform says that its user is. Never rejects. */
  readonly whoIs: (speaker: Speaker) => Promise<FoundProfile>;
  /** Called once work for this person is committed: what their own page shows may have changed. */
  readonly changed: (personId: PersonId) => void;
  /** Called when this person looks at their own page. */
  readonly opened: (personId: PersonId) => void;
}

/** For whoever has no platform to ask, and no pages to show. */
export const WITHOUT_PLATFORM: Pick<DispatchDeps, 'whoIs' | 'changed' | 'opened'> = {
  whoIs: async () => ({ kind: 'unavailable' }),
  changed: () => undefined,
  opened: () => undefined,
};

export interface Dispatch {
  readonly receive: Receive;
  /** Processes an event that was accepted before (a crash came between); whatever was to be shown goes to `say`. */
  readonly finish: FinishDeps['finish'];
  /** True for an event that is being worked on now. */
  readonly isInHand: (key: string) => boolean;
  /** Settles when nothing is in hand. */
  readonly idle: () => Promise<void>;
}

/** Makes the way in for all adapters. */
export function createDispatch(deps: DispatchDeps): Dispatch {
  const inHand = new Map<string, Promise<void>>();
  const turns = createTurns();
  return {
    receive: async (event, reply): Promise<Receipt> => {
      const turn = turns.take(`${event.from.platform}:${event.from.userId}`);
      const heard = withoutSensitiveText(event);
      const accepted: AcceptedEvent = { key: keyOf(event), event: heard, receivedAt: deps.clock.now() };
      const kept = await deps.store.inbox.accept(accepted).catch((error: unknown) => {
        turn.end();
        throw error;
      });
      if (kept !== 'accepted') {
        turn.end();
        return { kind: kept };
      }
      const done = turn.begins
        .then(() => process(deps, accepted, (worked) => speak(worked, reply)))
        .finally(turn.end)
        .then(() => deps.wake())
        .catch((error: unknown) => {
          deps.log.error({ error }, 'an accepted event could not be finished; it is tried again');
        })
        .finally(() => inHand.delete(accepted.key));
      inHand.set(accepted.key, done);
      return { kind: 'accepted', heard, done };
    },
    finish: async (accepted, say) => {
      await process(deps, accepted, async ({ made }) => {
        for (const message of [...(made.update ? [made.update] : []), ...sayable(made)]) await say(message);
      });
      await deps.wake();
    },
    idle: async () => {
      while (inHand.size > 0) await Promise.all(inHand.values());
    },
    isInHand: (key) => inHand.has(key),
  };
}

interface Turn {
  /** Settles when all earlier turns of the same speaker have ended. */
  readonly begins: Promise<void>;
  readonly end: () => void;
}

/** One thing at a time for each speaker, in the order in which they spoke. */
function createTurns(): { take(speaker: string): Turn } {
  const tails = new Map<string, Promise<void>>();
  return {
    take(speaker) {
      const begins = tails.get(speaker) ?? Promise.resolve();
      let finish = (): void => undefined;
      const ended = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const tail = begins.then(() => ended);
      tails.set(speaker, tail);
      const end = (): void => {
        finish();
        if (tails.get(speaker) === tail) tails.delete(speaker);
      };
      return { begins, end };
    },
  };
}

const keyOf = (event: Inbound): string => `${event.from.platform}:${event.eventKey}`;

/** Works on an accepted event in one transaction, then answers. A bug ends the event with an apology, never silently. */
async function process(
  deps: DispatchDeps,
  accepted: AcceptedEvent,
  answerWith: (worked: Worked) => Promise<void>,
): Promise<void> {
  const { event } = accepted;
  let worked: Worked | null;
  try {
    worked = await work(deps, accepted);
  } catch (error) {
    // A database that is away is no bug: the event stays as it is and is worked on when the database is back.
    if ((await deps.store.troubles()).length > 0) throw error;
    const reference = randomBytes(4).toString('hex').toUpperCase();
    deps.log.error(
      { error, reference, kind: event.kind, platform: event.from.platform },
      'bug while handling an event',
    );
    const sorry = { made: answer(apology(reference)), personId: null, timeZone: deps.programme.timeZone };
    worked = await deps.store.transaction(async (tx) =>
      (await tx.inbox.finish(accepted.key, sorry.made.say, deps.clock.now())) ? sorry : null,
    );
  }
  if (worked === null) return;
  const { made } = worked;
  await answerWith(event.kind === 'pressed' ? worked : { ...worked, made: { ...made, update: null } });
  await deps.store.inbox.markSaid(accepted.key);
}

/** Thrown to roll back when another process has finished the event meanwhile. */
class AlreadyDone extends Error {
  override readonly name = 'AlreadyDone';
}

/** Thrown to roll back when the platform must say first who is speaking: nobody waits for a platform in a transaction. */
class WhoIsThis extends Error {
  override readonly name = 'WhoIsThis';
}

/** What came of an event: the answer, whose it was, and the zone in which they read times. */
interface Worked {
  readonly made: Answer;
  /** Null for somebody who is no person here. */
  readonly personId: PersonId | null;
  readonly timeZone: string;
}

/** The event's whole effect, or none of it when another process has done it already (null). */
async function work(deps: DispatchDeps, accepted: AcceptedEvent): Promise<Worked | null> {
  try {
    try {
      return await attempt(deps, accepted, null);
    } catch (error) {
      if (!(error instanceof WhoIsThis)) throw error;
    }
    return await attempt(deps, accepted, await deps.whoIs(accepted.event.from));
  } catch (error) {
    if (error instanceof AlreadyDone) return null;
    throw error;
  }
}

async function attempt(
  deps: DispatchDeps,
  accepted: AcceptedEvent,
  found: FoundProfile | null,
): Promise<Worked> {
  const worked = await deps.store.transaction((tx) => workIn(tx, deps, accepted, found));
  const heed = accepted.event.kind === 'opened-home' ? deps.opened : deps.changed;
  if (worked.personId !== null) heed(worked.personId);
  return worked;
}

async function workIn(
  tx: Tx,
  deps: DispatchDeps,
  { key, event }: AcceptedEvent,
  found: FoundProfile | null,
): Promise<Worked> {
  const now = deps.clock.now();
  const { programme } = deps;
  const news = { newId: randomUUID, newToken: () => randomBytes(24).toString('base64url') };
  const known = await knowSpeaker({ tx, now, timeZone: programme.timeZone, ...news }, event, found);
  if (known.kind === 'ask') throw new WhoIsThis();
  if (known.kind === 'nobody') {
    if (!(await tx.inbox.finish(key, [], now))) throw new AlreadyDone();
    return { made: answer(), personId: null, timeZone: programme.timeZone };
  }
  const { isUnlinked } = known;
  await tx.lock(`person:${known.person.id}`);
  const person = await asSpeaker({ tx, now, programme }, known.person, event.kind);
  const drawing = deps.pictures ? { pictures: deps.pictures } : {};
  const filing = deps.papermaker ? { papermaker: deps.papermaker } : {};
  const task: Work = { tx, now, person, from: event.from, programme, ...drawing, ...filing, ...news };
  const made = await keepPrivate(
    task,
    isUnlinked ? await answerFromUnlinked(task, event) : await route(task, event),
    key,
  );
  if (!(await tx.inbox.finish(key, sayable(made), now))) throw new AlreadyDone();
  return { made, personId: person.id, timeZone: person.timeZone };
}

/** From an account that somebody has unlinked, only words are answered: how to link it again. */
const answerFromUnlinked = async (task: Work, event: Inbound): Promise<Answer> =>
  event.kind === 'said' || event.kind === 'pressed' || event.kind === 'submitted'
    ? answerUnlinked(task, event.kind === 'said' ? event.text : '')
    : answer();

function route(task: Work, event: Inbound): Promise<Answer> {
  switch (event.kind) {
    case 'said':
      return routeSaid(task, event.text, event.calledByName ?? false);
    case 'pressed':
      return routePress(task, event.button, event.values);
    case 'submitted':
      return routeSubmission(task, event.press, event.values);
    case 'drafted':
      return keepDraft(task, event.press, event.values, event.isClosed);
    case 'edited':
      return heedEdit(task, event.text);
    case 'joined':
      return greet(task);
    case 'opened-home':
      return noteHomeOpened(task);
    case 'profile-changed':
      return Promise.resolve(answer());
    default:
      return event satisfies never;
  }
}

/** Their page is kept up to date from now on. */
async function noteHomeOpened({ tx, now, from }: Work): Promise<Answer> {
  const link = await tx.people.link(from.platform, from.userId);
  if (link?.homeOpenedAt === null)
    await tx.people.changeLink(from.platform, from.userId, { homeOpenedAt: now });
  return answer();
}

/** What is for one person alone is said in their direct message, when they spoke in a channel. */
async function keepPrivate(task: Work, made: Answer, key: string): Promise<Answer> {
  if (!made.personal || task.from.channel === null) return made;
  for (const [place, message] of made.say.entries()) {
    await tellPerson(task, task.person.id, {
      key: `private:${key}:${place}`,
      kind: 'answer',
      message,
      via: task.from.platform,
    });
  }
  return { ...made, say: [saidPrivately()], personal: false };
}

/** A platform that takes longer to take an answer is given up; the answer is said later. */
const SPEAK_WITHIN_MS = 30_000;

async function speak(worked: Worked, reply: Reply): Promise<void> {
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    patience = setTimeout(() => reject(new Error('the platform did not take the answer')), SPEAK_WITHIN_MS);
  });
  try {
    await Promise.race([speakAll(worked, reply), late]);
  } finally {
    clearTimeout(patience);
  }
}

async function speakAll({ made, timeZone }: Worked, reply: Reply): Promise<void> {
  if (made.errors) await reply.rejectDialog(made.errors);
  if (made.dialog) await reply.openDialog(made.dialog, timeZone);
  if (made.update) await reply.update(made.update, timeZone);
  for (const message of made.say) await reply.say(message, timeZone);
}

/** What is said of an answer after a crash: a dialog has passed by then, so the way to it, or what was wrong with it. */
const sayable = ({ say, dialog, errors }: Answer): readonly Message[] => [
  ...(errors ? [rejectedLater(errors)] : []),
  ...(dialog ? [openByButton(dialog)] : []),
  ...say,
];
