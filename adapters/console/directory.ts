import { type Conversation, channelConversation, channelNamed, conversationOf } from './address.ts';
import { Refused, unknown } from './failures.ts';
import { LIMITS } from './limits.ts';

/** Somebody who may be chosen as the one who speaks. */
export interface DirectoryPerson {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly timeZone: string;
}

/** The people and channels of the console. */
export interface DirectoryListing {
  readonly people: readonly DirectoryPerson[];
  readonly channels: readonly { readonly id: string; readonly name: string }[];
}

/**
 * The listing, read anew after a while, once it is doubted, and when somebody asks for a name that isn't in it. `tick` is a
 * monotonic clock.
 */
export function createDirectory(load: () => Promise<DirectoryListing>, tick: () => number) {
  let held: { readonly listing: DirectoryListing; readonly at: number } | null = null;
  let doubts = 0;
  const fresh = async (): Promise<DirectoryListing> => {
    const before = doubts;
    const listing = await load().catch(() => {
      // Without the database nobody can be looked up, and nothing can be kept.
      throw new Refused({ kind: 'not-saved' });
    });
    // What changed while it was read may not be in it.
    held = { listing, at: doubts === before ? tick() : Number.NEGATIVE_INFINITY };
    return listing;
  };
  const find = async (id: string): Promise<DirectoryPerson | null> => {
    const recent = held && tick() - held.at < LIMITS.directoryMs ? held.listing : null;
    const known = recent?.people.find((person) => person.id === id);
    if (known) return known;
    const before = held?.listing.people.find((person) => person.id === id);
    // While the database is away, who was known before goes on.
    const listing = await fresh().catch((error: unknown) => {
      if (before) return null;
      throw error;
    });
    return listing ? (listing.people.find((person) => person.id === id) ?? null) : (before ?? null);
  };
  return {
    /** The listing as it is now. */
    fresh,
    find,
    /** Somebody may be other than the listing says; who was in it is still known while the database is away. */
    doubt(): void {
      doubts += 1;
      if (held) held = { ...held, at: Number.NEGATIVE_INFINITY };
    },
    /** The person named by `field`; refused as unknown when there is none. */
    async person(id: string, field: string): Promise<DirectoryPerson> {
      const found = await find(id);
      if (!found)
        throw unknown(field, `Nobody here has that id. GET /console/api/people lists those who do.`);
      return found;
    },
    /** The conversation called `name` in `field`: a person's or, with its `#`, a channel. */
    async conversation(name: string, field: string): Promise<Conversation> {
      const found = conversationOf(name);
      if (found?.kind === 'channel') return found;
      if (found && (await find(found.personId))) return found;
      throw unknown(field, 'No conversation has that id. Use a person\'s id, or "#" and a channel\'s.');
    },
    /** The channel called `name` in `field`. */
    channel(name: string, field: string): Conversation {
      const channel = channelNamed(name);
      if (!channel)
        throw unknown(field, 'No channel has that id. GET /console/api/channels lists those there are.');
      return { kind: 'channel', id: channelConversation(channel), channel };
    },
  };
}
export type Directory = ReturnType<typeof createDirectory>;
