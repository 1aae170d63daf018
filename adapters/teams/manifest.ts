/** The Teams app's manifest, made from `surface.ts`: what its package tells Teams, and nothing by hand. */
import type { TeamsCloud } from './cloud.ts';
import {
  ACTIONS,
  MENU,
  type MenuCommand,
  PATHS,
  SCOPES,
  type Scope,
  SEARCH,
  SEARCH_WORDS,
  TAB,
} from './surface.ts';

export interface ManifestWishes {
  readonly cloud: TeamsCloud;
  /** The application (client) id of the Azure Bot. It names the app, its bot and its sign-in alike. */
  readonly appId: string;
  /** The host under which the bot is reached, such as `bot.example.gov`; a port belongs to it. */
  readonly domain: string;
  /** What stands between the host and the bot's own paths, such as `/isso`, without a slash at its end. */
  readonly path?: string;
  /** Three numbers. Teams takes an update only when it is higher than before. */
  readonly version: string;
}

/** The version of Microsoft's schema: GCC High and DoD take 1.10 at most (features reference 5.2). */
const SCHEMA_VERSIONS = {
  public: '1.25',
  gcc: '1.25',
  gcch: '1.10',
  dod: '1.10',
} as const satisfies Readonly<Record<TeamsCloud, string>>;
type SchemaVersion = (typeof SCHEMA_VERSIONS)[TeamsCloud];

/** The parts of the manifest that this app has (learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema). */
export interface TeamsManifest {
  readonly $schema: string;
  readonly manifestVersion: SchemaVersion;
  readonly version: string;
  readonly id: string;
  readonly developer: {
    readonly name: string;
    readonly websiteUrl: string;
    readonly privacyUrl: string;
    readonly termsOfUseUrl: string;
  };
  readonly name: { readonly short: string; readonly full: string };
  readonly description: { readonly short: string; readonly full: string };
  readonly icons: { readonly color: string; readonly outline: string };
  readonly accentColor: string;
  readonly bots: readonly Bot[];
  readonly composeExtensions: readonly ComposeExtension[];
  readonly staticTabs: readonly StaticTab[];
  readonly permissions: readonly string[];
  readonly validDomains: readonly string[];
  readonly webApplicationInfo: { readonly id: string; readonly resource: string };
  readonly supportsChannelFeatures?: 'tier1';
}

/** 1.10 gets group chats in small letters, the spelling of its time; later schemas take capitals only. */
type ScopeName = Scope | 'groupchat';

interface Bot {
  readonly botId: string;
  readonly scopes: readonly ScopeName[];
  readonly isNotificationOnly: boolean;
  readonly supportsFiles: boolean;
  readonly commandLists: readonly {
    readonly scopes: readonly ScopeName[];
    readonly commands: readonly MenuCommand[];
  }[];
}

interface ComposeExtension {
  readonly botId: string;
  readonly commands: readonly ComposeCommand[];
}

interface ComposeCommand {
  readonly id: string;
  readonly type: 'action' | 'query';
  readonly context: readonly ('compose' | 'commandBox' | 'message')[];
  readonly title: string;
  readonly description: string;
  readonly fetchTask?: boolean;
  readonly initialRun?: boolean;
  readonly parameters?: readonly {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly inputType: 'text';
  }[];
}

interface StaticTab {
  readonly entityId: string;
  readonly name: string;
  readonly contentUrl: string;
  readonly websiteUrl: string;
  readonly scopes: readonly 'personal'[];
}

const NAME = 'ISSO As A Service';
/** Names of the icons' files, which lie beside the manifest. */
export const ICONS = { color: 'color.png', outline: 'outline.png' } as const;

/** The bot has no pages of its own for these: they lead to the programme's page, CMS's privacy policy and the rules of behavior. */
const DEVELOPER = {
  name: NAME,
  websiteUrl: 'https://security.cms.gov/learn/isso-service',
  privacyUrl: 'https://www.cms.gov/privacy',
  termsOfUseUrl:
    'https://security.cms.gov/policy-guidance/hhs-policy-rules-behavior-use-information-it-resources',
} as const;

/**
 * The manifest for these wishes. It asks for no resource-specific permission, because the bot hears in channels and group
 * chats only what mentions it, which needs none.
 */
export function teamsManifest(wishes: ManifestWishes): TeamsManifest {
  const { cloud, appId, domain, version } = wishes;
  const schemaVersion = SCHEMA_VERSIONS[cloud];
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${schemaVersion}/MicrosoftTeams.schema.json`,
    manifestVersion: schemaVersion,
    version,
    id: appId,
    developer: DEVELOPER,
    name: { short: NAME, full: `${NAME}, the bot of the CMS programme` },
    description: {
      short: 'Ask for a Service ISSO, follow your request, and keep up with the meetings.',
      full: fullDescription(),
    },
    icons: ICONS,
    accentColor: '#112e51',
    bots: [bot(appId, schemaVersion)],
    composeExtensions: [{ botId: appId, commands: composeCommands() }],
    staticTabs: [homeTab(`https://${domain}${wishes.path ?? ''}${PATHS.tab}`)],
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [domain],
    webApplicationInfo: { id: appId, resource: `api://${domain}/${appId}` },
    ...channelFeatures(schemaVersion),
  };
}

/**
 * From 1.25 on, an app for teams must say that it works in every kind of channel, or its upload is refused. It does: the bot
 * answers where it is spoken to, whatever the channel, and lets nobody in from another tenant. 1.10 lacks the property.
 */
const channelFeatures = (schemaVersion: SchemaVersion): { supportsChannelFeatures?: 'tier1' } =>
  schemaVersion === '1.25' ? { supportsChannelFeatures: 'tier1' } : {};

function bot(botId: string, schemaVersion: SchemaVersion): Bot {
  const named = (scope: Scope): ScopeName =>
    scope === 'groupChat' && schemaVersion === '1.10' ? 'groupchat' : scope;
  return {
    botId,
    scopes: SCOPES.map(named),
    isNotificationOnly: false,
    supportsFiles: false,
    commandLists: SCOPES.map((scope) => ({ scopes: [named(scope)], commands: MENU[scope] })),
  };
}

/** Titles have at most 32 characters (the manifest's schema). In a message's own menu the title stands alone. */
function composeCommands(): ComposeCommand[] {
  return [
    {
      id: ACTIONS.fromMessage,
      type: 'action',
      context: ['message'],
      title: 'Make a request from this message',
      description: 'Start a request from this message. You see its words before anything is sent.',
      fetchTask: true,
    },
    {
      id: ACTIONS.request,
      type: 'action',
      context: ['compose', 'commandBox'],
      title: 'Request a Service ISSO',
      description: 'Start a request, or go on with the one that you have open.',
      fetchTask: true,
    },
    {
      id: SEARCH,
      type: 'query',
      context: ['compose', 'commandBox'],
      title: 'My requests',
      description: 'Find one of your requests, and put where it stands into your message.',
      initialRun: true,
      parameters: [
        {
          name: SEARCH_WORDS,
          title: 'Words or number',
          description: 'A request number, or words of the name of the system',
          inputType: 'text',
        },
      ],
    },
  ];
}

const homeTab = (address: string): StaticTab => ({
  entityId: TAB.entityId,
  name: TAB.name,
  contentUrl: address,
  websiteUrl: address,
  scopes: ['personal'],
});

function fullDescription(): string {
  return [
    [
      'This bot runs the programme ISSO As A Service, which lends trained Information System Security Officers to the',
      'owners of CMS systems. Ask it for an ISSO in a direct message: it puts a few questions, shows you your answers',
      'before they go out, and tells you each step that your request takes. It arranges the kickoff and the meetings',
      'that follow, reminds you once and at a decent hour, and answers questions about the programme.',
    ],
    [
      `The tab ${TAB.name} shows what waits for you, your requests and your meetings. From the menu of a message you can`,
      'start a request with its words. In channels and group chats the bot hears only what mentions it, and it answers',
      'personal things in a direct message.',
    ],
    [
      'You decide what you hear of. In the direct message type "settings" for your hours, your leave and your choices,',
      '"mute" for the list of what can be muted, or at once "mute meeting reminders". Invitations, changes of your',
      'meetings and decisions about your requests always come. Type "unlink", and the bot writes to this account no more;',
      '"link" undoes that.',
    ],
    [
      'The bot is a program, not a person; type "talk to a person" for somebody who can help. Please leave out personal,',
      'health and tax data: what looks like such a number is taken out and not kept.',
    ],
  ]
    .map((lines) => lines.join(' '))
    .join('\n\n');
}
