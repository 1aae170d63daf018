/**
 * What stands below a message: replies in the thread of a channel's post, messages that follow in a chat. Bots can't read Teams'
 * conversations back, so what was posted below which message is kept, and brought in line with what is drawn later.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { InstallationStore, Log } from '../../src/ports.ts';
import { type ActivityDeps, type Posted, post, redraw, takeAway } from './activities.ts';
import { messageId } from './address.ts';
import type { ConnectorTrouble } from './connector.ts';
import { failureOf } from './failures.ts';
import type { DrawnActivity } from './render-message.ts';

/**
 * `whole`: all stands. `not-yet`: some of it may be missing, and a later attempt can mend that. `refused`: Teams will not take some
 * of it, now or later; the message stands without it.
 */
type Completion = 'whole' | 'not-yet' | 'refused';

export interface Below {
  /**
   * Brings what stands below a message in line with `parts`: posts what is missing, redraws what has changed, takes away what says
   * nothing any more. `key` is the delivery it came with; null for an answer.
   */
  complete(
    head: Posted,
    key: string | null,
    parts: readonly DrawnActivity[],
    isNew: boolean,
  ): Promise<Completion>;
  /** The message that came with that delivery and has not all of its parts; null when there is none. */
  begun(key: string): Promise<string | null>;
}

export interface BelowDeps extends ActivityDeps {
  readonly store: InstallationStore;
  readonly now: () => Date;
  readonly log: Log;
}

const keptSchema = z.array(z.strictObject({ activity: z.string(), is: z.string() }));
type Kept = z.infer<typeof keptSchema>[number];

const hashed = (words: string): string => createHash('sha256').update(words).digest('hex').slice(0, 32);
const partsOf = (head: Posted): string => `below/${hashed(messageId(head))}`;
const begunBy = (key: string): string => `begun/${hashed(key)}`;

export function createBelow(deps: BelowDeps): Below {
  const { store, now, log } = deps;
  const keep = async (id: string, sealed: string): Promise<void> => {
    await store
      .put({ platform: 'teams', id, sealed }, now())
      .catch((error: unknown) => log.warn({ error }, 'what stands below a message could not be kept'));
  };
  return {
    async complete(head, key, parts, isNew) {
      const known = isNew ? [] : await standing(store, head);
      if (known === null) return 'not-yet';
      if (parts.length === 0 && known.length === 0) return 'whole';
      if (key !== null) await keep(begunBy(key), messageId(head));
      const completion = await draw(deps, head, parts, known, (kept) =>
        keep(partsOf(head), JSON.stringify(kept)),
      );
      // What is whole is not looked for any more; neither is what will never be.
      if (key !== null && completion !== 'not-yet')
        await store.remove('teams', begunBy(key)).catch(() => undefined);
      return completion;
    },
    begun: async (key) => (await store.get('teams', begunBy(key)).catch(() => null))?.sealed ?? null,
  };
}

/** What is known to stand below; null when that can't be read now. */
async function standing(store: InstallationStore, head: Posted): Promise<readonly Kept[] | null> {
  try {
    const row = await store.get('teams', partsOf(head));
    return row ? (keptSchema.safeParse(JSON.parse(row.sealed)).data ?? []) : [];
  } catch {
    return null;
  }
}

async function draw(
  deps: BelowDeps,
  head: Posted,
  parts: readonly DrawnActivity[],
  known: readonly Kept[],
  keep: (kept: readonly Kept[]) => Promise<void>,
): Promise<Completion> {
  const kept = [...known];
  for (const [index, part] of parts.entries()) {
    const is = hashed(JSON.stringify(part));
    const before = kept[index];
    if (before?.is === is) continue;
    const made = await drawPart(deps, head, part, before ?? null);
    if (!made.ok) return without(made.trouble, deps.now());
    kept[index] = { activity: made.value.activity, is };
    await keep(kept);
  }
  while (kept.length > parts.length) {
    const { activity } = kept.at(-1) as Kept;
    const taken = await takeAway(deps, { ...head, activity });
    // A tenant may keep what was once posted, and somebody may have taken it away before.
    if (!taken.ok && taken.trouble.kind !== 'refused') return 'not-yet';
    kept.pop();
    await keep(kept);
  }
  return 'whole';
}

/** Redrawn where it stands; one that was taken away by hand is posted again. */
async function drawPart(deps: BelowDeps, head: Posted, part: DrawnActivity, before: Kept | null) {
  if (before) {
    const redrawn = await redraw(deps, { ...head, activity: before.activity }, part);
    if (redrawn.ok || failureOf(redrawn.trouble, deps.now()).kind !== 'gone') return redrawn;
  }
  return post(deps, head, part);
}

function without(trouble: ConnectorTrouble, now: Date): Completion {
  const { kind } = failureOf(trouble, now);
  return kind === 'gone' || kind === 'forbidden' ? 'refused' : 'not-yet';
}
