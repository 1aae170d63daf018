/** Somebody with a browser without scripts: keeps cookies as browsers do, and follows where it is sent. */

export interface Got {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly text: string;
  /** Addresses on the way, the first one first. */
  readonly way: readonly string[];
}

export interface WebReader {
  /** Cookies by host and name, to look at and to change. */
  readonly jar: Map<string, Map<string, string>>;
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Got>;
  /** Follows nothing. */
  peek(url: string): Promise<Got>;
  post(
    url: string,
    form: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Got>;
  /** The same browser a moment ago: a copy of what it keeps. */
  copy(): WebReader;
}

const MOST_STEPS = 12;

export function openReader(kept: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map()): WebReader {
  const jar = new Map([...kept].map(([host, cookies]) => [host, new Map(cookies)]));
  const once = async (url: string, init: RequestInit, way: readonly string[]): Promise<Got> => {
    const { host } = new URL(url);
    const cookies = jar.get(host) ?? new Map<string, string>();
    jar.set(host, cookies);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string>), ...(cookie === '' ? {} : { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      url,
      headers: response.headers,
      text: bytes.toString('utf8'),
      way: [...way, url],
    };
  };
  const follow = async (url: string, init: RequestInit): Promise<Got> => {
    let got = await once(url, init, []);
    for (let steps = 0; steps < MOST_STEPS && got.headers.has('location'); steps += 1)
      got = await once(new URL(got.headers.get('location') ?? '', got.url).href, {}, got.way);
    return got;
  };
  return {
    jar,
    get: (url, headers = {}) => follow(url, { headers }),
    peek: (url) => once(url, {}, []),
    post: (url, form, headers = {}) =>
      follow(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(form).toString(),
      }),
    copy: () => openReader(jar),
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  const isOver = attributes.some((each) => /^\s*expires=thu, 01 jan 1970/iu.test(each)) || value === '';
  if (isOver) cookies.delete(name);
  else cookies.set(name, value);
}
