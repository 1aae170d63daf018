/** Where the bot was installed, platform by platform. What stands in `sealed` is the adapter's alone. */
import { z } from 'zod';
import type { Installation, InstallationStore } from '../ports.ts';
import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import { singly } from './statements.ts';

const rowsSchema = z.array(
  z.object({ platform: z.enum(['console', 'slack', 'teams']), id: z.string(), sealed: z.string() }),
);

export function installations(database: Database): InstallationStore {
  const { rows, changed } = singly(database);
  const read = async (condition: Prisma.Sql): Promise<Installation[]> =>
    rowsSchema.parse(
      await rows(
        Prisma.sql`SELECT platform, id, sealed FROM platform_installation WHERE ${condition} ORDER BY id`,
      ),
    );
  return {
    put: async ({ platform, id, sealed }, at) => {
      await changed(Prisma.sql`
        INSERT INTO platform_installation (platform, id, sealed, installed_at)
        VALUES (${platform}, ${id}, ${sealed}, ${at.toISOString()}::timestamptz)
        ON CONFLICT (platform, id) DO UPDATE SET sealed = excluded.sealed, installed_at = excluded.installed_at`);
    },
    get: async (platform, id) => (await read(Prisma.sql`platform = ${platform} AND id = ${id}`))[0] ?? null,
    list: (platform) => read(Prisma.sql`platform = ${platform}`),
    remove: async (platform, id) => {
      await changed(
        Prisma.sql`DELETE FROM platform_installation WHERE platform = ${platform} AND id = ${id}`,
      );
    },
  };
}
