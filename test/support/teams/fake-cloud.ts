/** A made-up Microsoft cloud on a free port of this machine: sign-in, the channel's keys, the connector of Teams. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { hostsIn, type TeamsCloud } from '../../../adapters/teams/cloud.ts';
import { bodyOf, closed, type Lie, lie, listenTo, say } from './answering.ts';
import type { Json } from './cards.ts';
import { type Answer, connectorAnswer, no } from './connector.ts';
import { type Claims, keyNamed, newKey, type SigningKey, tokenOf } from './keys.ts';
import { type GivenToken, keysAnswer, openIdAnswer, type Registration, tokenAnswer } from './login.ts';
import { type Route, routeOf } from './routes.ts';
import { APP_ID, createWorld, TENANT, type TeamsUser, type World } from './world.ts';

/** One request as it arrived. */
export interface Asked extends Route {
  readonly place: number;
  readonly at: number;
  readonly method: string;
  /** Path and query as they came. */
  readonly path: string;
  /** Of its `Authorization` header; empty for none. */
  readonly token: string;
  /** JSON, or the fields of a form. */
  readonly body: Json;
  /** The status of the true answer; null until it lands. */
  status: number | null;
}

/** What becomes of a request: whether and when its effect lands, and what the sender hears. */
export interface Fate {
  /** Milliseconds until it lands; null for never. */
  readonly lands: number | null;
  readonly answers: 'truth' | Lie;
}
export const TAKEN: Fate = { lands: 0, answers: 'truth' };

export interface Region {
  /** As activities name it, with the slash at its end. */
  readonly serviceUrl: string;
  stop(): Promise<void>;
}

export interface FakeCloud {
  /** Base address: the setting TEAMS_STAND_IN. */
  readonly url: string;
  /** As activities name it, with the slash at its end. */
  readonly serviceUrl: string;
  readonly app: Registration;
  readonly world: World;
  /** Every request, in order of arrival. */
  readonly asked: readonly Asked[];
  /** What no bot may do: requests that there are not, content that Teams does not take, tokens that nobody gave out. Empty when all is well. */
  readonly faults: readonly string[];
  fault(text: string): void;
  fate: (asked: Asked) => Fate;
  /** Seconds for which the bot's next tokens will hold. */
  lifetime: number;
  /** Tokens of the bot that were given out. */
  readonly tokens: ReadonlyMap<string, GivenToken>;
  /** Takes back all tokens of the bot. */
  revoke(): void;
  /** The key that the channel signs with. */
  channelKey(): SigningKey;
  /** The channel signs with a new key from now on, and publishes it beside the old one. */
  turnKeys(): void;
  /** A token of somebody who signed in to a page of the bot; `claims` in the place of its own. */
  signedIn(user: TeamsUser, claims?: Claims): string;
  /** Another region of the connector, with the same conversations: on the same port, or `elsewhere` on one of its own. */
  addRegion(name: string, elsewhere?: boolean): Promise<Region>;
  /** Forgets the requests so far, for whoever asks very often. */
  forget(): void;
  /** Settles when something changes. */
  changed(): Promise<void>;
  /** Settles when nothing is left that has yet to land. */
  landed(): Promise<void>;
  stop(): Promise<void>;
}

export interface CloudOptions {
  readonly cloud?: TeamsCloud;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** PEM of the certificate by which the bot shows itself. */
  readonly certificate?: string;
}

export const APP_PASSWORD = 'a-client-secret-of-a-test';
const LIFETIME = 3_599;

export async function startFakeCloud(options: CloudOptions = {}): Promise<FakeCloud> {
  const made = new MadeUpCloud(options);
  await made.start();
  return made;
}

class MadeUpCloud implements FakeCloud {
  url = '';
  readonly app: Registration;
  readonly world: World;
  readonly asked: Asked[] = [];
  readonly faults: string[] = [];
  readonly tokens = new Map<string, GivenToken>();
  fate: FakeCloud['fate'] = () => TAKEN;
  lifetime = LIFETIME;
  readonly #now: () => number;
  readonly #login: string;
  readonly #servers: Server[] = [];
  readonly #regions = new Set(['teams']);
  readonly #keys = [keyNamed('channel')];
  readonly #landing = new Set<Promise<void>>();
  #listeners: (() => void)[] = [];
  #arrived = 0;

  constructor({ cloud = 'public', now, certificate }: CloudOptions) {
    const { scope, issuer, login } = hostsIn(cloud, null);
    this.#now = now ?? (() => performance.timeOrigin + performance.now());
    this.#login = login;
    this.world = createWorld(this.#now);
    const shown = { password: APP_PASSWORD, certificate: certificate ?? null };
    this.app = { appId: APP_ID, tenantId: TENANT, scope, issuer, ...shown };
  }

  async start(): Promise<void> {
    this.url = await this.#listen();
  }
  get serviceUrl(): string {
    return `${this.url}/teams/`;
  }
  fault(text: string): void {
    this.faults.push(text);
  }
  revoke(): void {
    for (const token of this.tokens.values()) token.isRevoked = true;
  }
  channelKey(): SigningKey {
    return this.#keys.at(-1) ?? keyNamed('channel');
  }
  turnKeys(): void {
    this.#keys.push(newKey());
  }
  signedIn(user: TeamsUser, claims: Claims = {}): string {
    const seconds = Math.floor(this.#now() / 1_000);
    const own = {
      aud: this.app.appId,
      iss: `${this.#login}/${user.tenantId}/v2.0`,
      iat: seconds,
      nbf: seconds,
      exp: seconds + LIFETIME,
      ver: '2.0',
      scp: 'access_as_user',
      tid: user.tenantId,
      oid: user.objectId,
      sub: `sub-${user.objectId}`,
      name: user.name,
      preferred_username: user.userPrincipalName,
    };
    return tokenOf({ ...own, ...claims }, { key: keyNamed('people') });
  }
  async addRegion(name: string, elsewhere = false): Promise<Region> {
    this.#regions.add(name);
    const url = elsewhere ? await this.#listen() : this.url;
    const server = this.#servers.at(-1);
    const stop = async (): Promise<void> => {
      this.#regions.delete(name);
      if (elsewhere && server) await closed(server);
    };
    return { serviceUrl: `${url}/${name}/`, stop };
  }
  forget(): void {
    this.asked.length = 0;
  }
  changed(): Promise<void> {
    return new Promise((resolve) => void this.#listeners.push(resolve));
  }
  async landed(): Promise<void> {
    while (this.#landing.size > 0) await Promise.all(this.#landing);
  }
  async stop(): Promise<void> {
    await Promise.all(this.#landing);
    await Promise.all(this.#servers.map(closed));
  }

  async #listen(): Promise<string> {
    const { url, server } = await listenTo((request, response) => this.#take(request, response));
    this.#servers.push(server);
    return url;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const { method = 'GET', url: path = '/' } = request;
    this.#arrived += 1;
    const one: Asked = {
      ...routeOf(method, new URL(path, 'http://cloud').pathname, this.#regions),
      place: this.#arrived,
      at: this.#now(),
      method,
      path,
      token: (request.headers.authorization ?? '').replace(/^Bearer /u, ''),
      body,
      status: null,
    };
    this.asked.push(one);
    const { lands, answers } = this.fate(one);
    if (answers !== 'truth') lie(response, answers, one.region === '');
    if (lands === null) return;
    const landed = this.#land(one, lands, answers === 'truth' ? response : null);
    this.#landing.add(landed);
    await landed;
    this.#landing.delete(landed);
  }

  async #land(one: Asked, lands: number, response: ServerResponse | null): Promise<void> {
    if (lands > 0) await new Promise((resolve) => setTimeout(resolve, lands));
    const answered = this.#answerTo(one);
    one.status = answered.status;
    const hearing = this.#listeners;
    this.#listeners = [];
    for (const hear of hearing) hear();
    if (response) say(response, answered);
  }

  #answerTo(one: Asked): Answer {
    const { app, tokens, lifetime } = this;
    switch (one.what) {
      case 'token':
        return tokenAnswer(app, { form: one.body, tenant: one.tenant, now: this.#now(), lifetime, tokens });
      case 'openid':
        return openIdAnswer(app, this.url);
      case 'keys':
        return keysAnswer(this.#keys);
      case 'sign-in-keys':
        return keysAnswer([keyNamed('people')]);
      case 'unknown':
        this.fault(`there is no ${one.method} ${one.path}`);
        return no(404, 'NotFound');
      default:
        return this.#connector(one);
    }
  }

  #connector(one: Asked): Answer {
    const token = this.tokens.get(one.token);
    if (!token) this.fault(`${one.what} came with a token that nobody gave out`);
    if (!token || token.isRevoked || token.expiresAt <= this.#now())
      return no(401, 'Unauthorized', 'Authorization has been denied for this request.');
    return connectorAnswer({
      world: this.world,
      route: one,
      query: new URL(one.path, 'http://cloud').searchParams,
      body: one.body,
      fault: (text) => this.fault(`${one.what}: ${text}`),
    });
  }
}
