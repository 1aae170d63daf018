/** Which request means what in a made-up Microsoft cloud. */

export type What =
  | 'token'
  | 'openid'
  | 'keys'
  | 'sign-in-keys'
  | 'create'
  | 'post'
  | 'update'
  | 'delete'
  | 'member'
  | 'members'
  | 'unknown';

export interface Route {
  readonly what: What;
  /** Name of the region of the connector, such as `teams`; empty for what is no connector's. */
  readonly region: string;
  readonly conversation: string | null;
  /** The activity that is answered, changed or taken away; or the member asked for. */
  readonly target: string | null;
  readonly tenant: string | null;
}

type Shape = readonly [what: What, method: string, shape: RegExp];

const LOGIN: readonly Shape[] = [
  ['token', 'POST', /^\/(?<tenant>[^/]+)\/oauth2\/v2\.0\/token$/u],
  ['sign-in-keys', 'GET', /^\/(?<tenant>[^/]+)\/discovery\/v2\.0\/keys$/u],
  ['openid', 'GET', /^\/v1\/\.well-known\/openidconfiguration$/u],
  ['keys', 'GET', /^\/v1\/\.well-known\/keys$/u],
];
const CONNECTOR: readonly Shape[] = [
  ['create', 'POST', /^\/v3\/conversations$/u],
  ['post', 'POST', /^\/v3\/conversations\/(?<conversation>[^/]+)\/activities$/u],
  ['post', 'POST', /^\/v3\/conversations\/(?<conversation>[^/]+)\/activities\/(?<target>[^/]+)$/u],
  ['update', 'PUT', /^\/v3\/conversations\/(?<conversation>[^/]+)\/activities\/(?<target>[^/]+)$/u],
  ['delete', 'DELETE', /^\/v3\/conversations\/(?<conversation>[^/]+)\/activities\/(?<target>[^/]+)$/u],
  ['member', 'GET', /^\/v3\/conversations\/(?<conversation>[^/]+)\/members\/(?<target>[^/]+)$/u],
  ['members', 'GET', /^\/v3\/conversations\/(?<conversation>[^/]+)\/pagedmembers$/u],
];

const UNKNOWN: Route = { what: 'unknown', region: '', conversation: null, target: null, tenant: null };

/** What a request asks for, given the regions that there are. */
export function routeOf(method: string, path: string, regions: ReadonlySet<string>): Route {
  const [, region = '', rest = ''] = /^\/([^/]+)(\/.*)$/u.exec(path) ?? [];
  const isConnector = regions.has(region);
  const wanted = isConnector ? rest : path;
  for (const [what, verb, shape] of isConnector ? CONNECTOR : LOGIN) {
    const found = verb === method ? shape.exec(wanted) : null;
    if (!found) continue;
    const { conversation, target, tenant } = found.groups ?? {};
    return {
      what,
      region: isConnector ? region : '',
      conversation: decoded(conversation),
      target: decoded(target),
      tenant: decoded(tenant),
    };
  }
  return UNKNOWN;
}

const decoded = (part: string | undefined): string | null =>
  part === undefined ? null : decodeURIComponent(part);
