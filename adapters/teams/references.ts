/** Where people and channels are written to: kept with every activity, so that the bot can write first, whatever restarts. */
import { z } from 'zod';
import { remember } from '../../src/domain/remember.ts';
import type { InstallationStore, Log } from '../../src/ports.ts';

/** How somebody is reached. */
const personSchema = z.strictObject({
  /** The service they were last seen at. */
  serviceUrl: z.string(),
  /** Their direct conversation; null while none is known. */
  conversation: z.string().nullable(),
  /** What Teams calls them towards this bot (`29:…`); null where only their object id is known. */
  member: z.string().nullable(),
  /** A conversation whose roster has them. */
  roster: z.string().nullable(),
  timeZone: z.string().nullable(),
  locale: z.string().nullable(),
  /** They took the app away: nothing is sent there until they are seen again. */
  isRemoved: z.boolean(),
});
export type PersonReference = z.infer<typeof personSchema>;

/** How a channel or group is reached. */
const placeSchema = z.strictObject({
  serviceUrl: z.string(),
  /** The team whose roster its members are in; null for a group chat. */
  team: z.string().nullable(),
  isRemoved: z.boolean(),
});
export type PlaceReference = z.infer<typeof placeSchema>;

export interface References {
  person(userId: string): Promise<PersonReference | null>;
  place(conversation: string): Promise<PlaceReference | null>;
  /**
   * Takes over what was seen; answers what was known before, once it is kept. Never rejects. `isNews`: it is written even if this
   * process knows nothing else, because another may.
   */
  seePerson(
    userId: string,
    seen: Partial<PersonReference>,
    isNews?: boolean,
  ): Promise<PersonReference | null>;
  seePlace(conversation: string, seen: Partial<PlaceReference>, isNews?: boolean): Promise<void>;
  /** The service that was seen last, whoever was: better than the cloud's first one. Null while none was. */
  service(): Promise<string | null>;
  seeService(serviceUrl: string): Promise<void>;
  /** Settles when all that was seen is kept, or could not be. */
  idle(): Promise<void>;
}

/** The place of the service that was seen last. */
const ANY_PLACE = 'any';
/** References in memory; the others are read when they are needed. */
const REMEMBERED = 20_000;

const UNKNOWN_PERSON: PersonReference = {
  serviceUrl: '',
  conversation: null,
  member: null,
  roster: null,
  timeZone: null,
  locale: null,
  isRemoved: false,
};
const UNKNOWN_PLACE: PlaceReference = { serviceUrl: '', team: null, isRemoved: false };

export function createReferences(store: InstallationStore, now: () => Date, log: Log): References {
  const people = kept(store, now, log, 'person', personSchema, UNKNOWN_PERSON);
  const places = kept(store, now, log, 'place', placeSchema, UNKNOWN_PLACE);
  return {
    person: people.find,
    place: places.find,
    seePerson: people.see,
    seePlace: async (id, seen, isNews) => void (await places.see(id, seen, isNews)),
    service: async () => (await places.find(ANY_PLACE))?.serviceUrl ?? null,
    seeService: async (serviceUrl) => void (await places.see(ANY_PLACE, { serviceUrl })),
    idle: async () => {
      await people.idle();
      await places.idle();
    },
  };
}

/** Rows of one kind. What is remembered only tells what is news; other processes may have seen something newer. */
function kept<Reference extends object>(
  store: InstallationStore,
  now: () => Date,
  log: Log,
  kind: string,
  schema: z.ZodType<Reference>,
  unknown: Reference,
) {
  const known = new Map<string, Reference>();
  /** What is being seen and written, in order for each id. */
  const inHand = new Map<string, Promise<unknown>>();
  const read = async (id: string): Promise<Reference | null> => {
    const row = await store.get('teams', `${kind}/${id}`);
    return row ? parsed(schema, row.sealed) : null;
  };
  const see = async (id: string, seen: Partial<Reference>, isNews: boolean): Promise<Reference | null> => {
    const before = known.get(id) ?? (await read(id).catch(() => null));
    const next: Reference = { ...(before ?? unknown), ...seen };
    remember(known, id, next, REMEMBERED);
    if (!isNews && before !== null && JSON.stringify(next) === JSON.stringify(before)) return before;
    try {
      await store.put({ platform: 'teams', id: `${kind}/${id}`, sealed: JSON.stringify(next) }, now());
    } catch (error) {
      // It counts as news again with the next activity.
      known.delete(id);
      log.warn({ error }, 'a conversation of Teams could not be kept');
    }
    return before;
  };
  return {
    /** Waits for what is being seen, so that nobody works with less than the bot was told. */
    async find(id: string): Promise<Reference | null> {
      await inHand.get(id);
      return read(id).catch(() => known.get(id) ?? null);
    },
    /** `isNews`: it is written even if this process has seen nothing else before. */
    see(id: string, seen: Partial<Reference>, isNews = false): Promise<Reference | null> {
      const before = inHand.get(id) ?? Promise.resolve();
      const mine = before
        .then(() => see(id, seen, isNews))
        .finally(() => {
          if (inHand.get(id) === mine) inHand.delete(id);
        });
      inHand.set(id, mine);
      return mine;
    },
    idle: async (): Promise<void> => {
      while (inHand.size > 0) await Promise.all(inHand.values());
    },
  };
}

function parsed<Reference>(schema: z.ZodType<Reference>, sealed: string): Reference | null {
  try {
    const read = schema.safeParse(JSON.parse(sealed));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
