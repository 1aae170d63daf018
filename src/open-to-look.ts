/** The database of the settings, opened by a command that only looks; and why it can't, in our own words. */
import { resolve } from 'node:path';
import type { Config } from './config.ts';
import type { Store } from './ports.ts';
import { lookInto } from './store/index.ts';
import { lookIntoFolder } from './store/looking.ts';

/** Why nothing can be said or made, in our own words. */
export class NotRead extends Error {
  override readonly name = 'NotRead';
}

/** The code of the system or of PostgreSQL that an error has. */
export const codeOf = (error: unknown): string =>
  String((error as { code?: unknown } | null)?.code ?? 'no code');

/** No such table, no such column: the tables are of an older version. */
export const isOlder = (error: unknown): boolean => ['42P01', '42703'].includes(codeOf(error));

/** The store over it, its tables as they are. Throws `NotRead` where there is no database, or it can't be opened. */
export async function openToLook({ database }: Pick<Config, 'database'>): Promise<Store> {
  if (database.kind === 'server') return lookInto(database.url);
  try {
    const store = await lookIntoFolder(database.dataDir);
    if (store) return store;
  } catch (error) {
    throw new NotRead(`The database in ${resolve(database.dataDir)} can't be opened (${codeOf(error)}).`);
  }
  throw new NotRead(`There is no database in ${resolve(database.dataDir)} yet: npm start makes one.`);
}
