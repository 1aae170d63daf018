/** The app's manifest, made from `surface.ts`: what an administrator pastes to create the app, and nothing by hand. */
import type { SlackCloud } from './cloud.ts';
import { COMMAND, EVENTS, type EventName, PATHS, SCOPES, SHORTCUTS, USER_SCOPES } from './surface.ts';

export interface ManifestWishes {
  /** Where Slack and people's browsers reach the bot, such as `https://bot.example.gov`; https, without query. */
  readonly publicUrl: string;
  readonly cloud: SlackCloud;
  /** The bot calls Slack and keeps the line open; Slack needs no address of the bot. */
  readonly socketMode: boolean;
  /** The app can be installed into a whole Enterprise Grid organisation. */
  readonly orgWide: boolean;
  /** Workspaces install it over the web, and there is a start link; both need a public address, also with Socket Mode. */
  readonly oauth: boolean;
}

/** The parts of Slack's manifest that this app has (docs.slack.dev/reference/app-manifest). */
export interface SlackManifest {
  readonly display_information: {
    readonly name: string;
    readonly description: string;
    readonly long_description: string;
    readonly background_color: string;
  };
  readonly features: {
    readonly app_home: {
      readonly home_tab_enabled: boolean;
      readonly messages_tab_enabled: boolean;
      readonly messages_tab_read_only_enabled: boolean;
    };
    readonly bot_user: { readonly display_name: string; readonly always_online: boolean };
    readonly shortcuts: readonly Shortcut[];
    readonly slash_commands: readonly SlashCommand[];
  };
  readonly oauth_config: {
    readonly redirect_urls?: readonly string[];
    readonly scopes: { readonly bot: readonly string[]; readonly user?: readonly string[] };
  };
  readonly settings: {
    readonly event_subscriptions: { readonly request_url?: string; readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean; readonly request_url?: string };
    readonly org_deploy_enabled: boolean;
    readonly socket_mode_enabled: boolean;
    readonly token_rotation_enabled: boolean;
  };
}

interface Shortcut {
  readonly name: string;
  readonly type: 'global' | 'message';
  readonly callback_id: string;
  readonly description: string;
}

interface SlashCommand {
  readonly command: string;
  readonly url?: string;
  readonly description: string;
  readonly usage_hint: string;
  readonly should_escape: boolean;
}

const NAME = 'ISSO As A Service';

/**
 * The manifest for these wishes. With Socket Mode no address is in it that Slack would call.
 *
 * GovSlack (its guide is api.slack-gov.com/gov-slack/about). Known: an app of its own must be created there, the hosts end
 * in slack-gov.com, and it lacks steps from apps and previews of pasted links, which this app does not have. Its manifests
 * may have a part `compliance`, by which apps in its public list state their level; it is left out, because the level is
 * that of the place where the bot runs. Not known: whether Socket Mode is open to every organisation there. So the two
 * manifests differ in their words only.
 */
export function slackManifest(wishes: ManifestWishes): SlackManifest {
  const base = wishes.publicUrl.replace(/(?<!\/)\/+$/u, '');
  const calls = wishes.socketMode ? null : `${base}${PATHS.events}`;
  return {
    display_information: {
      name: NAME,
      description:
        'Ask for a Service ISSO, follow your request, and keep up with the meetings of the programme.',
      long_description: longDescription(wishes.cloud),
      background_color: '#112e51',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: NAME, always_online: true },
      shortcuts: shortcuts(),
      slash_commands: [slashCommand(calls)],
    },
    oauth_config: wishes.oauth
      ? {
          redirect_urls: [`${base}${PATHS.installed}`, `${base}${PATHS.started}`],
          scopes: { bot: scopeNames(), user: [...USER_SCOPES] },
        }
      : { scopes: { bot: scopeNames() } },
    settings: {
      event_subscriptions: { ...requestUrl(calls), bot_events: eventNames() },
      interactivity: { is_enabled: true, ...requestUrl(calls) },
      org_deploy_enabled: wishes.orgWide,
      socket_mode_enabled: wishes.socketMode,
      // A rotated token has to be renewed by one process for all; the bot may run as many.
      token_rotation_enabled: false,
    },
  };
}

const scopeNames = (): string[] => Object.keys(SCOPES);
const eventNames = (): EventName[] => Object.keys(EVENTS) as EventName[];
const requestUrl = (calls: string | null): { request_url?: string } =>
  calls === null ? {} : { request_url: calls };

/** Names have at most 24 characters (the manifest's schema), so the second says the rest in its description. */
function shortcuts(): Shortcut[] {
  return [
    {
      name: 'Request a Service ISSO',
      type: 'global',
      callback_id: SHORTCUTS.request,
      description: 'Start a request, or go on with the one that you have open.',
    },
    {
      name: 'Start a request',
      type: 'message',
      callback_id: SHORTCUTS.fromMessage,
      description: 'Start a request from this message. You see its words before anything is sent.',
    },
  ];
}

function slashCommand(calls: string | null): SlashCommand {
  return {
    command: COMMAND,
    ...(calls === null ? {} : { url: calls }),
    description: 'Ask for a Service ISSO, or see where your request is',
    usage_hint: 'request | status | meetings | checkin | ask … | help',
    // People's words come as they typed them; who is named in them is nobody's business here.
    should_escape: false,
  };
}

function longDescription(cloud: SlackCloud): string {
  const common = [
    'This bot runs the programme ISSO As A Service, which lends trained Information System Security Officers to the',
    'owners of CMS systems. Ask it for an ISSO in a direct message: it puts a few questions, shows you your answers before',
    'they go out, and tells you each step that your request takes. It arranges the kickoff and the meetings that follow,',
    'reminds you once and at a decent hour, and answers questions about the programme. In channels it hears only what is',
    'said to it. Please leave out personal, health and tax data: what looks like such a number is taken out and not kept.',
  ].join(' ');
  switch (cloud) {
    case 'commercial':
      return common;
    case 'gov':
      return `${common} This is the app for GovSlack. It shares nothing with an app in commercial Slack.`;
    default:
      return cloud satisfies never;
  }
}
