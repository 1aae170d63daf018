/** What the commands for backups say alike. */
import { readConfig } from './config.ts';
import { codeOf, NotRead } from './open-to-look.ts';
import type { BackupManifest } from './store/backup-format.ts';
import type { StoreAddress } from './store/client.ts';
import { lookInto } from './store/index.ts';

/** The database of the settings. Throws `NotRead` when they can't be used. */
export function databaseOfSettings(): StoreAddress {
  const settings = readConfig();
  if (settings.ok) return settings.config.database;
  throw new NotRead(settings.problems.map(({ name, mend }) => `${name} ${mend}.`).join(' '));
}

/** Why a database could not be read or written, in our own words: the driver's may hold what it stores. */
export async function troubleAt(url: string, error: unknown): Promise<string> {
  const store = lookInto(url);
  try {
    return (await store.troubles())[0] ?? `It failed (${codeOf(error)}).`;
  } finally {
    await store.close();
  }
}

/** What is in it: "120 rows in 45 tables, taken 2026-12-01T15:00:00.000Z". */
export const contentWords = ({ rows, tables, takenAt }: BackupManifest): string =>
  `${rows} rows in ${tables.length} tables, taken ${takenAt}`;
