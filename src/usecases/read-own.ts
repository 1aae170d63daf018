/** What somebody sees of their own outside of a conversation. Nothing is written, and nothing is said of anybody else's. */
import { may } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Person } from '../domain/person.ts';
import { stateWords } from '../messages/copy/request.ts';
import type { Clock, FoundRequest, OwnView, Platform, Store, Tx } from '../ports.ts';
import { drawRequest } from './follow-request.ts';
import { withKickoffs } from './kickoffs-of.ts';
import { composeHome } from './show-home.ts';
import type { Programme, Work } from './work.ts';

export interface OwnViewDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly programme: Programme;
}

/** Of what somebody looks for, so many characters are read. */
const MOST_CHARACTERS = 200;

/** The view of whoever a platform's account speaks for: linked, verified and not unlinked, else nobody. */
export function createOwnView({ store, clock, programme }: OwnViewDeps): OwnView {
  return {
    home: (platform, userId) =>
      store.transaction(async (tx) => {
        const person = await speaksFor(tx, platform, userId);
        if (!person) return null;
        const message = await composeHome({ tx, now: clock.now(), person, programme });
        return { message, timeZone: person.timeZone };
      }),
    requests: (platform, userId, words, most) =>
      store.transaction(async (tx) => {
        const person = await speaksFor(tx, platform, userId);
        return person ? findOwn({ tx, person, now: clock.now() }, wordsOf(words), most) : [];
      }),
    card: (platform, userId, messageId) =>
      store.transaction(async (tx) => {
        const person = await speaksFor(tx, platform, userId);
        const newest = person ? await tx.deliveries.cardIn(platform, messageId, person.id) : null;
        return person && newest ? { message: newest.message, timeZone: person.timeZone } : null;
      }),
  };
}

async function speaksFor(tx: Tx, platform: Platform, userId: string): Promise<Person | null> {
  const link = await tx.people.link(platform, userId);
  return link && link.verifiedAt !== null && link.unlinkedAt === null ? link.person : null;
}

const wordsOf = (typed: string): readonly string[] =>
  typed
    .slice(0, MOST_CHARACTERS)
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');

/** The newest first, until there are enough. */
async function findOwn(
  looking: Pick<Work, 'tx' | 'person' | 'now'>,
  words: readonly string[],
  most: number,
): Promise<readonly FoundRequest[]> {
  const { tx, person } = looking;
  const found: FoundRequest[] = [];
  const own = await tx.engagements.ofPerson(person.id);
  const readable = own.filter((engagement) => may(person, 'request.read', engagement));
  for (const { engagement, meeting } of await withKickoffs(looking, readable)) {
    if (found.length >= most) break;
    if (!fits(engagement, meeting, words)) continue;
    found.push({
      title: `${engagement.number} ${engagement.systemName}`,
      state: stateWords(engagement, meeting),
      message: await drawRequest(looking, engagement, meeting),
      timeZone: person.timeZone,
    });
  }
  return found;
}

/** Every word stands somewhere in its number, its system's name or its state. */
function fits(engagement: Engagement, meeting: Meeting | null, words: readonly string[]): boolean {
  const { number, systemName } = engagement;
  const about = `${number} ${systemName} ${stateWords(engagement, meeting)}`.toLowerCase();
  return words.every((word) => about.includes(word));
}
