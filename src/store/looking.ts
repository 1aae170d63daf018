/** An embedded database for looking only, whether its bot runs or not. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Store } from '../ports.ts';
import { DataDirectoryInUse, lockDataDirectory } from './data-directory-lock.ts';
import { addressFileName, openEmbedded } from './embedded.ts';
import { lookInto } from './index.ts';

/**
 * The database in the data directory, its tables as they are: by its address where a bot has it open, else opened here, so that
 * no bot can start meanwhile. Null when there is none yet. Fails when another process has it and serves no address.
 */
export async function lookIntoFolder(dataDir: string): Promise<Store | null> {
  const folder = resolve(dataDir);
  if (!existsSync(join(folder, 'postgres', 'PG_VERSION'))) return null;
  try {
    const lock = await lockDataDirectory(folder);
    const embedded = await openEmbedded({
      dataDir: folder,
      lock,
      onLost: (error) => {
        throw error;
      },
    });
    const store = lookInto(embedded.url);
    const close = async (): Promise<void> => {
      await store.close();
      await embedded.close();
    };
    return { ...store, close };
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    return lookInto((await readFile(join(folder, addressFileName), 'utf8')).trim());
  }
}
