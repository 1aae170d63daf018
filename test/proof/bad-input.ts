/** Requests that a program must refuse without harm, made at random from a seed. */
import type { Random } from './random.ts';

/** What goes over the wire. */
export interface BadRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** One route and what its body or query has when it is right. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const json = { 'content-type': 'application/json' };
const largeBytes = 4 * 1024 * 1024;
const levels = 10_000;

/** Bodies that are no request, whatever the route. */
const wholeBodies: readonly (() => string | Buffer)[] = [
  () => 'null',
  () => '[]',
  () => '5',
  () => '"text"',
  () => 'true',
  () => '',
  () => '{',
  () => '{"as":',
  () => `${'['.repeat(levels)}${']'.repeat(levels)}`,
  () => `{"as":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`,
  () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  () => Buffer.concat([Buffer.from('{"as":"bo'), Buffer.from([0xf0, 0x28, 0x8c, 0x28]), Buffer.from('"}')]),
  () => '{"__proto__":{"as":"bo","text":"x"}}',
  () => '{"constructor":{"prototype":{"as":"bo"}}}',
  () => '{"as":"bo","as":null}',
  () => 'as=bo&text=hello',
  () => '\ufeff{"as":1e999}',
  () => '[{"as":"bo","text":"x"}]',
];
const largeBodies: readonly (() => string | Buffer)[] = [
  () => Buffer.alloc(largeBytes, 0x20),
  () => `{"as":"bo","text":"${'x'.repeat(largeBytes)}"}`,
];
/** Values that no field takes. */
const noValues: readonly ((random: Random) => unknown)[] = [
  () => null,
  () => ({}),
  () => [],
  () => [['a']],
  () => ({ __proto__: null, toString: 'x' }),
  () => -1,
  () => 1e308,
  () => 0.5,
  () => true,
  () => 'x'.repeat(5_000),
  () => '',
  (random) => `nobody-${random.below(1e9)}`,
  (random) => weird(random, 30),
  () => '../../etc/passwd',
  () => "'; DROP TABLE person; --",
];
const contentTypes = [
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/json; charset=us-ascii',
  'application/json; charset=iso-8859-7',
  'application/x-www-form-urlencoded',
  '',
] as const;

/** A string of unusual characters. */
export function weird(random: Random, length: number): string {
  const ranges = [
    [0x0, 0x1f],
    [0x20, 0x7e],
    [0x300, 0x36f],
    [0x590, 0x6ff],
    [0x2000, 0x206f],
    [0xd800, 0xdfff],
    [0xfff0, 0xffff],
    [0x1f300, 0x1f6ff],
    [0xe0000, 0xe007f],
  ] as const;
  return Array.from({ length }, () => {
    const [from, to] = random.pick(ranges);
    return String.fromCodePoint(from + random.below(to - from + 1));
  }).join('');
}

/** A request to `endpoint` that is wrong in at least one way. `allowLarge` lets it be megabytes. */
export function badRequest(endpoint: Endpoint, random: Random, allowLarge: boolean): BadRequest {
  return endpoint.method === 'GET' ? badQuery(endpoint, random) : badBody(endpoint, random, allowLarge);
}

function badBody({ path, fields }: Endpoint, random: Random, allowLarge: boolean): BadRequest {
  const made = (body: string | Buffer, headers: Readonly<Record<string, string>> = json): BadRequest => ({
    method: 'POST',
    path,
    headers,
    body: Buffer.from(body),
  });
  if (allowLarge) return made(random.pick(largeBodies)());
  switch (random.below(6)) {
    case 0:
      return made(random.pick(wholeBodies)());
    case 1:
      return made(JSON.stringify({ ...fields, [`unknown${random.below(99)}`]: weird(random, 5) }));
    case 2:
      return made(JSON.stringify(fields), { 'content-type': random.pick(contentTypes) });
    case 3:
      return made(weird(random, 1 + random.below(400)));
    case 4:
      return made(JSON.stringify(fields), { ...json, ...foreign(random) });
    default:
      return made(JSON.stringify(withOneWrong(fields, random)));
  }
}

/** As from another page, another machine, or squeezed in a way that is not read here. */
const foreign = (random: Random): Record<string, string> =>
  random.pick<Record<string, string>>([
    { origin: 'https://evil.example' },
    { host: 'evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'content-encoding': 'gzip' },
    { 'content-encoding': 'br' },
  ]);

/** Fields may be left out only where that is wrong too: the first one always is needed. */
function withOneWrong(fields: Readonly<Record<string, unknown>>, random: Random): Record<string, unknown> {
  const [first = 'as'] = Object.keys(fields);
  const { [first]: _gone, ...rest } = fields;
  return random.below(3) === 0 ? rest : { ...fields, [first]: random.pick(noValues)(random) };
}

function badQuery({ path, fields }: Endpoint, random: Random): BadRequest {
  const [first] = Object.keys(fields);
  const made = (query: string, headers: Readonly<Record<string, string>> = {}): BadRequest => ({
    method: 'GET',
    path: `${path}${query}`,
    headers,
  });
  const choice = random.below(5);
  if (choice === 0)
    return { ...made(''), method: random.pick(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) };
  if (choice === 1) return made('?as=%00%ff&for[]=1', { host: 'evil.example' });
  if (choice === 2) return made(`/%2e%2e/${encodeURIComponent(wellFormed(weird(random, 12)))}`);
  if (choice === 3) return made('/%E0%A4%A');
  if (first === undefined) return made('/nothing-here');
  const value = JSON.stringify(random.pick(noValues)(random)).slice(0, 6_000);
  return made(`?${first}=${encodeURIComponent(wellFormed(value))}&unknown=1`);
}

/** Without halves of characters, which no address can carry. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');
