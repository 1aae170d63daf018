/** Where a database is, to be looked at or filled: an address, until it is given back. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { StoreAddress } from './client.ts';
import { DataDirectoryInUse } from './data-directory-lock.ts';
import { addressFileName, openEmbedded } from './embedded.ts';

export interface Place {
  readonly url: string;
  /** Nobody else can have it open. */
  readonly isOurs: boolean;
  close(): Promise<void>;
}

const onServer = (url: string): Place => ({ url, isOurs: false, close: async () => {} });

/** The database to read: a running bot's by the address it serves. Null when the folder holds none yet. */
export async function placeToRead(address: StoreAddress): Promise<Place | null> {
  if (address.kind === 'server') return onServer(address.url);
  const folder = resolve(address.dataDir ?? '.');
  if (!existsSync(join(folder, 'postgres', 'PG_VERSION'))) return null;
  try {
    return await opened(folder);
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    return onServer((await readFile(join(folder, addressFileName), 'utf8')).trim());
  }
}

/** The database to fill, made where the folder holds none yet. Throws `DataDirectoryInUse` while another process has it. */
export const placeToFill = async (address: StoreAddress): Promise<Place> =>
  address.kind === 'server' ? onServer(address.url) : opened(resolve(address.dataDir ?? '.'));

async function opened(dataDir: string): Promise<Place> {
  const onLost = (error: Error): never => {
    throw error;
  };
  const { url, close } = await openEmbedded({ dataDir, onLost });
  return { url, isOurs: true, close };
}
