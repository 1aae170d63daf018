/** An embedded database for looking only, whether its bot runs or not. */
import type { Store } from '../ports.ts';
import { lookInto } from './index.ts';
import { placeToRead } from './place.ts';

/**
 * The database in the data directory, its tables as they are: by its address where a bot has it open, else opened here, so that
 * no bot can start meanwhile. Null when there is none yet. Fails when another process has it and serves no address.
 */
export async function lookIntoFolder(dataDir: string): Promise<Store | null> {
  const place = await placeToRead({ kind: 'embedded', dataDir });
  if (!place) return null;
  const store = lookInto(place.url);
  const close = async (): Promise<void> => {
    await store.close();
    await place.close();
  };
  return { ...store, close };
}
