/** Installing the app into workspaces and organisations: asked of Slack by its own library, kept sealed. */
import type { IncomingMessage } from 'node:http';
import { type CallbackOptions, type Installation, InstallProvider } from '@slack/oauth';
import { Router } from 'express';
import { INSTALLED, NOT_INSTALLED, SLACK_AWAY } from '../../src/messages/copy/slack-pages.ts';
import type { Log } from '../../src/ports.ts';
import { hostsIn } from './cloud.ts';
import type { SlackSettings } from './config.ts';
import type { Kept } from './installations.ts';
import { showPage } from './page.ts';
import { PATHS, SCOPES } from './surface.ts';
import { clientOptions, SILENT } from './web-api.ts';
import type { Workspace } from './workspaces.ts';

export interface OauthParts {
  readonly settings: SlackSettings;
  readonly access: Extract<SlackSettings['access'], { kind: 'oauth' }>;
  readonly publicUrl: string;
  readonly kept: Kept;
  readonly log: Log;
}

/** Library errors that say that Slack could not be asked, rather than that the request is wrong. */
const AWAY = /request_error|http_error|rate_limited/u;

/**
 * `GET /install` sends to Slack, `GET /oauth/callback` comes back from it (mounted at `/slack`). The state is signed, ten
 * minutes old at most and bound to the browser by a cookie; a replay of it would need that browser and another code of
 * Slack's, and a code of Slack's counts once.
 */
export function oauthRoutes(parts: OauthParts): Router {
  const { log } = parts;
  const provider = createProvider(parts);
  const options = { scopes: Object.keys(SCOPES), redirectUri: `${parts.publicUrl}${PATHS.installed}` };
  const callback: CallbackOptions = {
    afterInstallation: async (installation, _options, _request, response) => {
      if (workspaceOf(installation)) return true;
      showPage(response, 400, NOT_INSTALLED);
      return false;
    },
    success: (_installation, _options, _request, response) => showPage(response, 200, INSTALLED),
    failure: (error, _options, _request, response) => {
      const isAway = AWAY.test(String(error.code));
      log.warn({ code: String(error.code) }, 'the app was not installed');
      showPage(response, isAway ? 503 : 400, isAway ? SLACK_AWAY : NOT_INSTALLED);
    },
  };
  const router = Router();
  router.get('/install', async (request, response) => {
    await provider.handleInstallPath(request, response, {}, options);
  });
  router.get('/oauth/callback', async (request, response) => {
    if (!isComplete(request)) return showPage(response, 400, NOT_INSTALLED);
    await provider.handleCallback(request, response, callback, options);
  });
  return router;
}

/** One code and one state, or nothing is asked of Slack. */
function isComplete({ url = '' }: IncomingMessage): boolean {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  return ['code', 'state'].every((name) => {
    const [value = '', other] = query.getAll(name);
    return other === undefined && /^[\w.~-]{1,2000}$/u.test(value);
  });
}

function createProvider({ settings, access, kept }: OauthParts): InstallProvider {
  return new InstallProvider({
    clientId: access.clientId,
    clientSecret: access.clientSecret,
    stateSecret: access.stateSecret,
    directInstall: true,
    authorizationUrl: hostsIn(settings.cloud).authorize,
    clientOptions: clientOptions(settings.apiUrl),
    logger: SILENT,
    installationStore: {
      storeInstallation: async (installation) => {
        const workspace = workspaceOf(installation as Installation);
        if (workspace) await kept.put(workspace);
      },
      // The bot looks installations up by itself (`workspaces.ts`).
      fetchInstallation: async () => {
        throw new Error('Installations are not asked for here.');
      },
    },
  });
}

/** What is kept of an installation; null when it gives no bot into any workspace. */
function workspaceOf({ bot, team, enterprise, isEnterpriseInstall, appId }: Installation): Workspace | null {
  const id = isEnterpriseInstall ? enterprise?.id : team?.id;
  if (!bot || !id) return null;
  return { id, token: bot.token, botUserId: bot.userId, scopes: bot.scopes, appId: appId ?? null };
}
