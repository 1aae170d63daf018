/** Activities as Teams sends them, recorded and scrubbed: one of each kind, in `test/fixtures/teams`. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Json } from './cards.ts';

const folder = new URL('../../fixtures/teams/', import.meta.url);

/** Their names, in order. */
export const RECORDS: readonly string[] = readdirSync(folder)
  .map((name) => name.replace('.json', ''))
  .sort();

/** A new copy of the record of that name, with other members where `facts` has them. */
export const record = (name: string, facts: Json = {}): Json => ({
  ...(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Json),
  ...facts,
});
