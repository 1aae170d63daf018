/** Installations as the database keeps them: sealed, so that a copy of the database opens no workspace. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Installation, InstallationStore, Log } from '../../src/ports.ts';
import type { KeptInstallations, Workspace } from './workspaces.ts';

const CIPHER = 'aes-256-gcm';
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PURPOSE = 'isso-as-a-service slack installations';

const workspaceSchema = z.object({
  id: z.string(),
  token: z.string(),
  botUserId: z.string(),
  scopes: z.array(z.string()).nullable(),
  appId: z.string().nullable(),
});

export type Kept = KeptInstallations & { put(workspace: Workspace): Promise<void> };

/**
 * Installations in the store, sealed with a key made of `stateSecret`. One that does not open, because it was sealed with
 * another secret or was changed, counts as not there; the log says so, without what is in it.
 */
export function createKept(store: InstallationStore, stateSecret: string, now: () => Date, log: Log): Kept {
  const key = Buffer.from(hkdfSync('sha256', stateSecret, '', PURPOSE, 32));
  const open = ({ id, sealed }: Installation): Workspace | null => {
    const opened = unseal(key, id, sealed);
    if (!opened)
      log.warn({ workspace: id }, 'an installation of Slack does not open; was SLACK_STATE_SECRET changed?');
    return opened;
  };
  return {
    async get(id) {
      const kept = await store.get('slack', id);
      return kept ? open(kept) : null;
    },
    list: async () =>
      (await store.list('slack')).flatMap((kept) => {
        const opened = open(kept);
        return opened ? [opened] : [];
      }),
    put: (workspace) =>
      store.put({ platform: 'slack', id: workspace.id, sealed: seal(key, workspace) }, now()),
    remove: (id) => store.remove('slack', id),
  };
}

/** What a sealed text belongs to: it opens under no other id. */
const belonging = (id: string): Buffer => Buffer.from(`${VERSION}:slack:${id}`);

function seal(key: Buffer, workspace: Workspace): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(belonging(workspace.id));
  const hidden = Buffer.concat([cipher.update(JSON.stringify(workspace), 'utf8'), cipher.final()]);
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url')}`;
}

function unseal(key: Buffer, id: string, sealed: string): Workspace | null {
  const [version, text = '', more] = sealed.split('.');
  const bytes = Buffer.from(text, 'base64url');
  // What base64 would pass over counts as a change, too.
  if (version !== VERSION || more !== undefined || bytes.toString('base64url') !== text) return null;
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(belonging(id))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const shown = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    const read = workspaceSchema.safeParse(JSON.parse(shown.toString('utf8')));
    return read.success && read.data.id === id ? read.data : null;
  } catch {
    return null;
  }
}
