/** One digest written to all who get it, with the mark of how far it tells. */
import { digestCard } from '../domain/digest-mark.ts';
import type { DeliveryKey, PersonId } from '../domain/ids.ts';
import type { Person, Role } from '../domain/person.ts';
import { type LocalDate, localDate, MINUTE_MS } from '../domain/time.ts';
import { type DigestName, PROGRAMME_DIGESTS } from '../offerings/programme-digests.ts';
import { type Composed, compose, openOnce } from './compose-digest.ts';
import { newCover } from './digest-cover.ts';
import type { Reading } from './digest-facts.ts';
import { digestPicture } from './show-picture.ts';
import { tellChannel, tellPerson } from './tell.ts';
import type { Work } from './work.ts';

/** A digest that comes so long after its time says that it is late. */
const LATE_MS = 15 * MINUTE_MS;

/** `pictures` left out: nothing is drawn. */
export type Writing = Reading & Pick<Work, 'pictures'>;

/** The name of the marks: one for a channel, one for each person. */
export const digestKey = (name: DigestName, reader: Pick<Person, 'id'> | null): string =>
  reader ? `${PROGRAMME_DIGESTS[name].key}:${reader.id}` : PROGRAMME_DIGESTS[name].key;

/** The instant to say that it was due at, when `at` is well past. */
export const lateFor = (at: Date, now: Date): Date | null =>
  now.getTime() - at.getTime() >= LATE_MS ? at : null;

/** One that is written ahead of its time stands for that time: before it, it is still another day in some zones. */
export const standsAt = (at: Date, writtenAt: Date): Date => (at > writtenAt ? at : writtenAt);

interface Due {
  readonly name: DigestName;
  /** When it is to come. */
  readonly at: Date;
  /** When the one before was to come. */
  readonly before: Date | null;
}

interface Telling extends Due {
  readonly reader: Person | null;
  readonly day: LocalDate;
  readonly openNow: ReturnType<typeof openOnce>;
}

/**
 * Writes the digest to its channel, or to each of its people for whom it has something; nobody gets a second one for a day. What was
 * still to go out of an earlier one is taken back: this one tells it. Answers how many were written.
 */
export async function writeDigest(work: Writing, due: Due): Promise<number> {
  const { to } = PROGRAMME_DIGESTS[due.name];
  const day = localDate(due.at, work.programme.timeZone);
  const telling = { ...due, day, openNow: openOnce(work) };
  if (to.kind === 'channel') return (await writeTo(work, { ...telling, reader: null })) ? 1 : 0;
  let written = 0;
  for (const reader of await readersOf(work, to.roles))
    if (await writeTo(work, { ...telling, reader })) written += 1;
  return written;
}

/** Everybody who holds one of the roles, once. */
async function readersOf({ tx }: Writing, roles: readonly Role[]): Promise<readonly Person[]> {
  const found = new Map<PersonId, Person>();
  for (const role of roles) for (const person of await tx.people.withRole(role)) found.set(person.id, person);
  return [...found.values()];
}

async function writeTo(work: Writing, telling: Telling): Promise<boolean> {
  const { tx, now } = work;
  const { name, reader, day, before } = telling;
  const digest = digestKey(name, reader);
  if (await tx.digestMarks.get(digest, day)) return false;
  // The weekly digest of the ISPG channel is that day's daily one, too: it names for both what came to nobody.
  const names = name === 'weekly' ? PROGRAMME_DIGESTS.daily.key : digest;
  for (const older of new Set([digest, names]))
    await tx.deliveries.suppress(older, 'a newer digest tells it', ['digest', 'card']);
  const cover = await newCover(tx, { digest, names, day, before, now });
  const { openNow, at } = telling;
  const composed = await compose(
    name,
    { ...work, cover, at: standsAt(at, now), lateFor: lateFor(at, now), openNow },
    reader,
  );
  if (composed.isForNobody) return false;
  const deliveryKey = await say(work, telling, composed);
  if (deliveryKey === null) return false;
  for (const marked of new Set([digest, names]))
    await tx.digestMarks.set({
      digest: marked,
      day,
      deliveryKey,
      position: cover.until,
      at: now,
      named: composed.named,
    });
  return true;
}

/** Null when it was said before. */
async function say(
  work: Writing,
  { name, reader, day, at }: Telling,
  { message }: Composed,
): Promise<DeliveryKey | null> {
  const { key, to } = PROGRAMME_DIGESTS[name];
  const telling = {
    key: `${key}:${day}`,
    kind: 'digest',
    message,
    about: digestKey(name, reader),
    dueAt: at > work.now ? at : work.now,
  } as const;
  if (to.kind === 'channel') {
    const said = `${telling.key}:#${to.channel}`;
    const attachment = name === 'weekly' ? await digestPicture(work) : null;
    const along = attachment ? { attachment } : {};
    return (await tellChannel(work, to.channel, { ...telling, ...along, card: digestCard(said) }))
      ? said
      : null;
  }
  if (!reader) return null;
  const isSaid = await tellPerson(work, reader.id, { ...telling, urgency: 'routine' });
  return isSaid ? `${telling.key}:${reader.id}` : null;
}
