/** A small disk that can be filled up or made read-only, where this machine lets us have one. */
import { spawnSync } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atTheEnd } from './databases.ts';

export interface SmallDisk {
  readonly folder: string;
  /** Takes all room there is. */
  fill(): Promise<void>;
  /** Gives the room back. */
  empty(): Promise<void>;
  setReadOnly(isReadOnly: boolean): void;
}

const block = Buffer.alloc(4096, 1);

/** Mounts one of `megabytes` on `folder`; null when mounting is not permitted. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (mounted.status !== 0) return null;
  atTheEnd(async () => {
    spawnSync('umount', ['-l', folder]);
  });
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'a');
      try {
        for (;;) await file.write(block);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      } finally {
        await file.close();
      }
    },
    empty: () => writeFile(ballast, ''),
    setReadOnly(isReadOnly) {
      spawnSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder]);
    },
  };
}
