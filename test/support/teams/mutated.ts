/** Activities as nobody should send them: the records with members left out, put in, doubled or turned into something else. */
import fc from 'fast-check';
import type { Json } from './cards.ts';
import { RECORDS, record } from './records.ts';

const NAMES = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'toJSON'],
  ...[
    'id',
    'isso',
    'type',
    'text',
    'mentioned',
    'token',
    'data',
    'press',
    'length',
    '0',
    '',
    'a\0b',
    '\ud800',
  ],
];

const strange: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<unknown>(null, true, false, 0, -1, 1e308, '', ' ', [], {}, [[]], [null]),
  },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '\0',
        'a\0b',
        '\ud800',
        '\udc00x',
        '\u2028',
        '../..',
        '__proto__',
        '28:x',
        '<at>',
        '&#0;',
        '&#xD800;',
      ],
      ...[
        '00000000-0000-0000-0000-000000000000',
        'http://127.0.0.1/',
        '19:x@thread.tacv2',
        '1:x;messageid=',
        '/',
      ],
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(...NAMES).map((name) => own({}, name, { polluted: true })) },
  { weight: 1, arbitrary: fc.nat(3).map((size) => '<at&<'.repeat(10 ** size * 10)) },
  { weight: 1, arbitrary: fc.nat(3).map((depth) => nested(10 ** depth)) },
);

/** One thing that is done to an activity; `at` counts through all its members. */
const change = fc.oneof(
  fc.record({ how: fc.constant('leave-out' as const), at: fc.nat(400) }),
  fc.record({ how: fc.constant('replace' as const), at: fc.nat(400), value: strange }),
  fc.record({
    how: fc.constant('add' as const),
    at: fc.nat(400),
    name: fc.constantFrom(...NAMES),
    value: strange,
  }),
  fc.record({ how: fc.constant('move' as const), at: fc.nat(400), from: fc.nat(400) }),
);
type Change = typeof change extends fc.Arbitrary<infer Made> ? Made : never;

/** An activity with up to four things wrong with it. */
export const mutatedActivity: fc.Arbitrary<Json> = fc
  .tuple(fc.constantFrom(...RECORDS), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([name, changes]) => changes.reduce<Json>(changed, record(name)));

/** A member of its own, whatever its name. */
function own(holder: object, name: string, value: unknown): object {
  if (Array.isArray(holder) && name === 'length') return holder;
  return Object.defineProperty(holder, name, { value, enumerable: true, writable: true, configurable: true });
}

function nested(depth: number): unknown {
  let inner: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) inner = level % 2 === 0 ? [inner] : { inner };
  return inner;
}

interface Member {
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

/** Every member at any depth, the first few hundred; lists count as objects. */
function membersOf(whole: Json): readonly Member[] {
  const found: Member[] = [];
  const open: unknown[] = [whole];
  while (open.length > 0 && found.length < 400) {
    const holder = open.shift() as Record<string, unknown>;
    for (const name of Object.keys(holder)) {
      found.push({ holder, name });
      const value = holder[name];
      if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  return found;
}

function changed(activity: Json, made: Change): Json {
  const whole = structuredClone(activity);
  const members = membersOf(whole);
  const member = members[made.at % Math.max(1, members.length)];
  if (!member) return whole;
  const { holder, name } = member;
  switch (made.how) {
    case 'leave-out':
      delete holder[name];
      return whole;
    case 'replace':
      own(holder, name, made.value);
      return whole;
    case 'add':
      own(holder, made.name, made.value);
      return whole;
    case 'move': {
      const other = members[made.from % members.length];
      if (other) own(holder, name, structuredClone(other.holder[other.name]));
      return whole;
    }
    default:
      return made satisfies never;
  }
}
