/** The real program with many business owners in its roster, and eyes inside it. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newFolder } from './databases.ts';
import type { Measured } from './measure-child.ts';
import { type Programme, startProgramme } from './programme.ts';

const measureFile = fileURLToPath(new URL('./measure-child.ts', import.meta.url));

export interface MeasuredProgramme extends Programme {
  /** What was measured since the last time this was asked. */
  tell(): Promise<Measured>;
}

/** Ids of the people in the roster: business owners who are asked for their system first. */
export const owners = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `owner${index}`);

/** A roster of `count` business owners, as a file. */
export async function rosterOf(count: number): Promise<string> {
  const file = join(await newFolder(), 'roster.csv');
  const lines = owners(count).map(
    (id) => `${id},Person ${id},${id}@demo.cms.example,business_owner,OIT,America/New_York`,
  );
  await writeFile(file, ['id,name,email,roles,component,time_zone', ...lines, ''].join('\n'));
  return file;
}

/** Starts it with `env` and `count` business owners. */
export async function startMeasured(
  env: Readonly<Record<string, string>>,
  count: number,
): Promise<MeasuredProgramme> {
  const programme = await startProgramme({
    env: { ROSTER_FILE: await rosterOf(count), LOG_LEVEL: 'warn', ...env },
    nodeArgs: ['--import', 'tsx', '--import', measureFile],
    withMessages: true,
  });
  return {
    ...programme,
    async tell() {
      const told = once(programme.child, 'message');
      programme.child.send('tell');
      const [measured] = await told;
      return measured as Measured;
    },
  };
}
