/** Where the bot is installed, and with which token it speaks there. */
import { z } from 'zod';
import type { ApiTrouble, WebApi } from './web-api.ts';

/** A workspace, or an organisation that has the bot in all of its workspaces. */
export interface Workspace {
  /** `T…`, or `E…` for an organisation. */
  readonly id: string;
  /** Never to be logged. */
  readonly token: string;
  readonly botUserId: string;
  /** Scopes that Slack said the token has; null where it did not say. */
  readonly scopes: readonly string[] | null;
  readonly appId: string | null;
}

export type FoundWorkspace =
  | { readonly ok: true; readonly workspace: Workspace }
  | { readonly ok: false; readonly trouble: ApiTrouble };

export interface Workspaces {
  /** The workspace of that id; refused with `no_installation` where the bot is not installed. */
  find(id: string): Promise<FoundWorkspace>;
  /** All there are now; those that can't be asked are left out. */
  all(): Promise<readonly Workspace[]>;
  /** The one workspace of a bot that serves no other; null where it serves several, or can't be asked now. */
  only(): Promise<FoundWorkspace | null>;
  /** Slack says that the bot is no longer there. */
  remove(id: string): Promise<void>;
}

const NOT_INSTALLED: FoundWorkspace = {
  ok: false,
  trouble: { kind: 'refused', code: 'no_installation', needed: null },
};

const testSchema = z.looseObject({
  team_id: z.string().optional(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().optional(),
  user_id: z.string(),
  response_metadata: z.looseObject({ scopes: z.array(z.string()).optional() }).optional(),
});

/** Asks Slack whose token that is. */
export async function introduce(api: WebApi, token: string): Promise<FoundWorkspace> {
  const answered = await api.call(token, 'auth.test', {});
  if (!answered.ok) return answered;
  const read = testSchema.safeParse(answered.body);
  if (!read.success) return { ok: false, trouble: { kind: 'unknown' } };
  const { team_id: team, enterprise_id: enterprise, is_enterprise_install: isOrganisation } = read.data;
  const id = isOrganisation && enterprise ? enterprise : team;
  if (!id) return { ok: false, trouble: { kind: 'unknown' } };
  const scopes = read.data.response_metadata?.scopes ?? null;
  return { ok: true, workspace: { id, token, botUserId: read.data.user_id, scopes, appId: null } };
}

/** The workspace of one bot token. Asked when it is first needed, and again until Slack has answered. */
export function tokenWorkspace(api: WebApi, token: string): Workspaces {
  let known: Promise<FoundWorkspace> | null = null;
  const ask = (): Promise<FoundWorkspace> => {
    known ??= introduce(api, token).then((found) => {
      if (!found.ok) known = null;
      return found;
    });
    return known;
  };
  return {
    async find(id) {
      const found = await ask();
      return found.ok && found.workspace.id !== id ? NOT_INSTALLED : found;
    },
    async all() {
      const found = await ask();
      return found.ok ? [found.workspace] : [];
    },
    only: ask,
    async remove() {
      known = null;
    },
  };
}

/** Installations as they are kept, opened. */
export interface KeptInstallations {
  get(id: string): Promise<Workspace | null>;
  list(): Promise<readonly Workspace[]>;
  remove(id: string): Promise<void>;
}

/** The workspaces into which the app was installed. Another process may install it meanwhile, so nothing is remembered for long. */
export function installedWorkspaces(
  kept: KeptInstallations,
  tick: () => number,
  keepMs = 30_000,
): Workspaces {
  const known = new Map<string, { readonly workspace: Workspace; readonly at: number }>();
  return {
    async find(id) {
      const recent = known.get(id);
      if (recent && tick() - recent.at < keepMs) return { ok: true, workspace: recent.workspace };
      try {
        const workspace = await kept.get(id);
        if (!workspace) {
          known.delete(id);
          return NOT_INSTALLED;
        }
        known.set(id, { workspace, at: tick() });
        return { ok: true, workspace };
      } catch {
        // While the database is away, what was known before goes on.
        return recent
          ? { ok: true, workspace: recent.workspace }
          : { ok: false, trouble: { kind: 'unreached' } };
      }
    },
    all: () => kept.list(),
    only: async () => null,
    async remove(id) {
      known.delete(id);
      await kept.remove(id);
    },
  };
}
