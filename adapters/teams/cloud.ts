/** Microsoft's clouds, each a world of its own (domain reference 9.7). Nothing here reaches into another cloud. */

export const TEAMS_CLOUDS = ['public', 'gcc', 'gcch', 'dod'] as const;
export type TeamsCloud = (typeof TEAMS_CLOUDS)[number];

/** Where one cloud's services are, and what their tokens say. Addresses have no slash at their end. */
export interface CloudHosts {
  /** Where tokens for the bot come from, and people's sign-in. */
  readonly login: string;
  /** What a token for the connector is asked for. */
  readonly scope: string;
  /** Who signs the tokens of incoming activities, and where their keys are named. */
  readonly issuer: string;
  readonly openIdMetadata: string;
  /** Bot Framework's name of the cloud; empty for the public one. */
  readonly channelService: string;
  /** Where a conversation is opened before a real service URL was seen. */
  readonly firstServiceUrl: string;
  /** Hosts that activities may name as their service URL. Anybody may own a neighbour of these names: none other is believed. */
  readonly serviceHosts: readonly string[];
  /** The Teams client in a browser. */
  readonly client: string;
  /** Pages that may show ours in a frame: the Teams clients of the cloud. */
  readonly frames: readonly string[];
  /** Whether cards may show pictures by their address (features reference 5.2). */
  readonly showsImageUrls: boolean;
}

const COMMERCIAL = {
  login: 'https://login.microsoftonline.com',
  scope: 'https://api.botframework.com/.default',
  issuer: 'https://api.botframework.com',
  openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  channelService: '',
  client: 'https://teams.microsoft.com',
  frames: [
    'https://teams.microsoft.com',
    'https://*.teams.microsoft.com',
    'https://teams.cloud.microsoft',
    'https://*.cloud.microsoft',
    'https://*.office.com',
  ],
  showsImageUrls: true,
} as const;

const GOVERNMENT = {
  login: 'https://login.microsoftonline.us',
  scope: 'https://api.botframework.us/.default',
  issuer: 'https://api.botframework.us',
  openIdMetadata: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  channelService: 'https://botframework.azure.us',
  showsImageUrls: false,
} as const;

const HOSTS: Readonly<Record<TeamsCloud, CloudHosts>> = {
  public: {
    ...COMMERCIAL,
    firstServiceUrl: 'https://smba.trafficmanager.net/teams',
    serviceHosts: ['smba.trafficmanager.net'],
  },
  gcc: {
    ...COMMERCIAL,
    firstServiceUrl: 'https://smba.infra.gcc.teams.microsoft.com/teams',
    // GCC tenants are in the public directory, and may still be served by its connector.
    serviceHosts: ['smba.infra.gcc.teams.microsoft.com', 'smba.trafficmanager.net'],
  },
  gcch: {
    ...GOVERNMENT,
    firstServiceUrl: 'https://smba.infra.gov.teams.microsoft.us/teams',
    serviceHosts: ['smba.infra.gov.teams.microsoft.us'],
    client: 'https://gov.teams.microsoft.us',
    frames: ['https://gov.teams.microsoft.us', 'https://*.gov.teams.microsoft.us'],
  },
  dod: {
    ...GOVERNMENT,
    firstServiceUrl: 'https://smba.infra.dod.teams.microsoft.us/teams',
    serviceHosts: ['smba.infra.dod.teams.microsoft.us'],
    client: 'https://dod.teams.microsoft.us',
    frames: ['https://dod.teams.microsoft.us', 'https://*.dod.teams.microsoft.us'],
  },
};

/** The cloud's hosts; with `standIn`, all that is called is on that address of this machine in their place. */
export function hostsIn(cloud: TeamsCloud, standIn: string | null): CloudHosts {
  const hosts = HOSTS[cloud];
  if (standIn === null) return hosts;
  return {
    ...hosts,
    openIdMetadata: `${standIn}/v1/.well-known/openidconfiguration`,
    firstServiceUrl: `${standIn}/teams`,
    serviceHosts: [new URL(standIn).host],
  };
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/** True for an address of this machine, in clear: where test clients and stand-ins listen. */
export function isLoopbackUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(address);
  return protocol === 'http:' && LOOPBACK.test(hostname) && username + password + search + hash === '';
}

/** Who may be written to at the service URL that an activity names. */
export interface ServiceTrust {
  readonly hosts: CloudHosts;
  readonly standIn: string | null;
  /** Without credentials, local test clients are believed, and nobody else. */
  readonly isLocal: boolean;
}

/** The service URL without a slash at its end; null for one that is not the cloud's own: no request ever goes there. */
export function trustedServiceUrl(address: string, { hosts, standIn, isLocal }: ServiceTrust): string | null {
  if (address.length > 500 || !URL.canParse(address)) return null;
  const url = new URL(address);
  const isOwn = isLocal
    ? isLoopbackUrl(address)
    : standIn === null
      ? isPlainHttps(url) && hosts.serviceHosts.includes(url.hostname)
      : isLoopbackUrl(address) && hosts.serviceHosts.includes(url.host);
  return isOwn ? `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/u, '') : null;
}

const isPlainHttps = ({ protocol, port, username, password, search, hash }: URL): boolean =>
  protocol === 'https:' && port + username + password + search + hash === '';
