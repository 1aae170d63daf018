/** The hosts of each Slack cloud (domain reference 9.6): GovSlack is a world of its own. */

export const CLOUDS = ['commercial', 'gov'] as const;
export type SlackCloud = (typeof CLOUDS)[number];

interface Hosts {
  /** Base address of the Web API. */
  readonly api: string;
  /** Where somebody is asked to install the app, and to sign in. */
  readonly authorize: string;
  readonly signIn: string;
  /** Where the app is opened. */
  readonly redirect: string;
  /** Where files go: hosts that end so. */
  readonly domain: string;
}

const HOSTS: Readonly<Record<SlackCloud, Hosts>> = {
  commercial: hostsOf('slack.com'),
  gov: hostsOf('slack-gov.com'),
};

function hostsOf(domain: string): Hosts {
  return {
    api: `https://${domain}/api/`,
    authorize: `https://${domain}/oauth/v2/authorize`,
    signIn: `https://${domain}/openid/connect/authorize`,
    redirect: `https://${domain}/app_redirect`,
    domain,
  };
}

export const hostsIn = (cloud: SlackCloud): Hosts => HOSTS[cloud];

/**
 * Whether an address that the Web API named may be called: of the cloud's own domain by https, or of the very origin that
 * is set in place of the cloud's API (a private gateway, a test).
 */
export function isOwnAddress(address: string, cloud: SlackCloud, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, origin, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (apiUrl !== HOSTS[cloud].api) return origin === new URL(apiUrl).origin;
  const { domain } = HOSTS[cloud];
  return protocol === 'https:' && (hostname === domain || hostname.endsWith(`.${domain}`));
}
