import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field, FieldKind } from '../../src/domain/field.ts';
import { adaptiveCard } from '../../src/messages/adaptive-card.ts';
import { adaptiveDialog } from '../../src/messages/adaptive-dialog.ts';
import { button } from '../../src/messages/button.ts';
import { line, link, strong, theirs, time } from '../../src/messages/inline.ts';
import { CARD_BUDGET_BYTES, jsonBytes } from '../../src/messages/limits.ts';
import {
  bullets,
  card,
  type DialogPage,
  fact,
  facts,
  type Message,
  note,
  numbered,
  say,
} from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';

const READER = { timeZone: 'America/New_York' };
const AT = new Date('2026-12-01T18:00:00Z');
const press = { verb: 'accept', subject: 'ISSO-2026-0042', version: 3 };
const accept = button('accept', 'Accept', press, 'accept ISSO-2026-0042', { look: 'primary' });

const KINDS: readonly FieldKind[] = [
  'text',
  'long-text',
  'choice',
  'choices',
  'yes-no',
  'date',
  'number',
  'person',
  'attestation',
];
const OPTIONS = [
  { id: 'low', label: 'Low' },
  { id: 'high', label: 'High' },
];
const FIELDS: readonly Field[] = KINDS.map((kind, index) => ({
  id: `field-${index}`,
  label: `Question ${index}`,
  kind,
  required: index % 2 === 0,
  hint: 'A hint.',
  ...(kind.startsWith('choice') ? { options: OPTIONS } : {}),
}));

const SHAPES: Readonly<Record<string, Message>> = {
  words: say('Hello.', line`Your system is ${theirs('Claims')} and ${strong('safe')}.`),
  nothing: { blocks: [], buttons: [] },
  card: card(
    'Request filed',
    [
      facts([
        fact('System', line`${theirs('Claims')}`, button('edit', 'Change', press, 'change 1')),
        fact('Kickoff', line`${time(AT)}`),
      ]),
      bullets(['One', line`Two on ${time(AT, 'date')} at ${time(AT, 'time')}`]),
      numbered([line`See ${link('the page', 'https://security.cms.gov/')}`]),
      note('Type help at any time.'),
    ],
    [accept, button('no', 'Decline', press, 'decline ISSO-2026-0042', { look: 'danger', opensDialog: true })],
  ),
  fields: card('Tell us', [
    { kind: 'fields', fields: FIELDS, send: button('send', 'Continue', press, 'continue') },
  ]),
  manyButtons: card(
    'Pick',
    [],
    Array.from({ length: 20 }, (_, index) => button(`b${index}`, `Slot ${index}`, press, String(index))),
  ),
};

const PAGE: DialogPage = {
  title: 'Decline',
  intro: [line`They read ${strong('this')}.`],
  fields: FIELDS.map((field) => ({
    ...field,
    error: 'Mend this.',
    value: field.kind === 'choices' ? ['low'] : null,
  })),
  sendLabel: 'Send',
  press,
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));
/** Every object inside, with the whole. */
function parts(json: Json): { readonly [key: string]: Json }[] {
  if (typeof json !== 'object' || json === null) return [];
  if (isList(json)) return json.flatMap(parts);
  return [json, ...Object.values(json).flatMap(parts)];
}
const isList = (json: Json): json is readonly Json[] => Array.isArray(json);
const ofType = (value: unknown, type: RegExp) =>
  parts(asJson(value)).filter((part) => type.test(String(part.type)));

describe('plain text carries the full meaning', () => {
  test('a card reads as heading, blocks and typed equivalents', () => {
    expect(plainText(SHAPES.card ?? say(), READER)).toBe(
      [
        'Request filed',
        'System: Claims (`change 1`)\nKickoff: Tuesday, December 1, 2026 at 1:00 PM Eastern Time',
        '- One\n- Two on Tuesday, December 1, 2026 at 1:00 PM Eastern Time',
        '1. See the page (https://security.cms.gov/)',
        'Type help at any time.',
        'To accept, type `accept ISSO-2026-0042`.\nTo decline, type `decline ISSO-2026-0042`.',
      ].join('\n\n'),
    );
  });
  test('labels that are no verbs are quoted', () => {
    const message = card('Ready?', [], [button('yes', 'Yes', press, 'yes')]);
    expect(plainText(message, READER)).toContain('For “Yes”, type `yes`.');
  });
  test('fields list their options by number, what is needed, and what is there now', () => {
    const field: Field = {
      id: 'impact',
      label: 'Impact',
      kind: 'choice',
      required: true,
      options: OPTIONS,
      value: 'high',
      error: 'Choose again.',
    };
    const text = plainText(card('Tell us', [{ kind: 'fields', fields: [field], send: accept }]), READER);
    expect(text).toContain('Impact (needed)\nProblem: Choose again.\n1. Low\n2. High\nNow: High');
  });
  test('an e-mail address stays usable, hostile marks do not', () => {
    const said = theirs('<!channel> <@U1> @everyone bo@cms.gov https://evil.example [x](y) www.evil.example');
    expect(plainText(say(line`${said}`), READER)).toBe(
      '‹!channel› ‹＠U1› ＠everyone bo@cms.gov https∶∕∕evil.example [x] (y) www․evil.example',
    );
  });
});

describe('cards', () => {
  test.each(Object.entries(SHAPES))(
    '%s: every input is labelled, every submit names its action',
    (_name, message) => {
      const drawn = adaptiveCard(message, READER);
      for (const input of ofType(drawn, /^Input\./u)) {
        expect(input).toMatchObject({
          label: expect.any(String),
          isRequired: expect.any(Boolean),
          errorMessage: expect.stringMatching(/\w/u),
        });
      }
      for (const action of ofType(drawn, /^Action\.Submit$/u)) {
        expect(action.data).toEqual({ action: expect.stringMatching(/\w/u), press });
      }
      expect(drawn.fallbackText).toBe(plainText(message, READER));
      expect(ofType(drawn, /^Image/u)).toEqual([]);
    },
  );
  test('every button of the message is in the card, at most six in a row', () => {
    const drawn = adaptiveCard(SHAPES.manyButtons ?? say(), READER);
    expect(ofType(drawn, /^Action\.Submit$/u)).toHaveLength(20);
    for (const row of ofType(drawn, /^ActionSet$/u))
      expect(isList(row.actions ?? null) && (row.actions as Json[]).length).toBeLessThanOrEqual(6);
  });
  test('a dialog carries its press and says each problem in words', () => {
    const drawn = adaptiveDialog(PAGE, READER);
    expect(ofType(drawn, /^Action\.Submit$/u)[0]?.data).toEqual({ action: 'submit', press });
    expect(ofType(drawn, /^Input\./u)).toHaveLength(KINDS.length);
    expect(JSON.stringify(drawn)).toContain('Problem: Mend this.');
  });
  test('links only where we made them', () => {
    const evil = card('Hi', [
      { kind: 'paragraph', line: [link('x', 'javascript:alert(1)'), theirs('https://evil.example')] },
    ]);
    expect(ofType(adaptiveCard(evil, READER), /^Action\.OpenUrl$/u)).toEqual([]);
  });
});

describe('size', () => {
  const long = 'ü'.repeat(50_000);
  test.each<[string, Message]>([
    ['one endless answer', say(line`${strong('You said')} ${theirs(long)}`)],
    [
      'a thousand rows',
      card('Digest', [
        facts(
          Array.from({ length: 1_000 }, (_, index) =>
            fact(`Row ${index}`, line`${theirs(long.slice(0, 90))}`, accept),
          ),
        ),
      ]),
    ],
    [
      'a thousand blocks',
      card(
        'Digest',
        Array.from({ length: 1_000 }, () => note(long.slice(0, 500))),
      ),
    ],
    [
      'a thousand buttons',
      card(
        'Pick',
        [],
        Array.from({ length: 1_000 }, (_, index) => button(`b${index}`, long.slice(0, 90), press, 'x')),
      ),
    ],
    [
      'a thousand options',
      card('Pick', [
        {
          kind: 'fields',
          send: accept,
          fields: [
            {
              id: 'f',
              label: 'F',
              kind: 'choice',
              required: true,
              options: Array.from({ length: 1_000 }, (_, index) => ({
                id: `option-${index}`,
                label: long.slice(0, 60),
              })),
            },
          ],
        },
      ]),
    ],
  ])('%s fits 25 KB and says what is missing', (_name, message) => {
    const drawn = adaptiveCard(message, READER);
    expect(jsonBytes(drawn)).toBeLessThanOrEqual(CARD_BUDGET_BYTES);
    expect(JSON.stringify(drawn)).toMatch(/… and [\d,]+ more|… \([\d,]+ more characters\)/u);
  });
  test('what fits is not cut', () => {
    expect(JSON.stringify(adaptiveCard(SHAPES.card ?? say(), READER))).not.toContain('…');
  });
});

describe('other people’s words are harmless', () => {
  const bits = fc.constantFrom(
    '<!channel>',
    '<!everyone>',
    '<@U123>',
    '<at>all</at>',
    '< AT id="0">x</at>',
    '@everyone',
    '@here',
    '[click](https://evil.example)',
    '<https://evil.example|bank>',
    '[a]: http://e.example',
    'www.evil.example',
    'mailto:x',
    'javascript:alert(1)',
    '{{DATE(2026-01-01T00:00:00Z)}}',
    '<script>',
    '\u202Eabc',
    '\u200B',
    '@\u200Beveryone',
    '<\u0000at>',
    '\uD800',
    '](',
    '\n',
    ' ',
    'word',
  );
  const hostile = fc.oneof(
    fc.array(bits, { maxLength: 12 }).map((all) => all.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  /** What a platform would act on. */
  const ACTIVE =
    /<|>|(?<![\p{L}\p{N}._%+-])@|:\/\/|\]\(|\bwww\.|\b(?:javascript|mailto|https?):|\{\{|[\u202A-\u202E\u2066-\u2069\u200B]/iu;

  test('plain text has no mention, link or tag', () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const message = card('Filed', [
          { kind: 'paragraph', line: line`${theirs(words)}` },
          facts([fact('System', line`${theirs(words)}`)]),
        ]);
        expect(plainText(message, READER)).not.toMatch(ACTIVE);
      }),
      { numRuns: 1_000 },
    );
  });
  test('a card shows them in text runs only, with nothing to act on', () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const page = {
          ...PAGE,
          fields: [
            {
              id: 'f',
              label: words,
              kind: 'choice' as const,
              required: true,
              options: [{ id: 'o', label: words }],
            },
          ],
        };
        const drawn = [
          adaptiveCard(card(words, [{ kind: 'paragraph', line: line`${theirs(words)}` }]), READER),
          adaptiveDialog(page, READER),
        ];
        for (const block of ofType(drawn, /^TextBlock$/u)) expect(block.text).not.toMatch(ACTIVE);
        for (const run of ofType(drawn, /^TextRun$/u))
          expect(run.text).not.toMatch(/<\s*\/?\s*at\b|\{\{|[\u202A-\u202E\u200B]/iu);
        for (const choice of parts(asJson(drawn)).filter(
          (part) => part.title !== undefined && part.value === 'o',
        ))
          expect(choice.title).not.toMatch(ACTIVE);
        expect(ofType(drawn, /^Action\.OpenUrl$/u)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('official schemas', () => {
  const folder = join(import.meta.dirname, '../../../shared/schemas');
  const has = existsSync(join(folder, 'adaptive-card-1.5.0.schema.json'));
  if (!has) console.warn('not run: schemas not found');
  const validator = (version: string) => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addMetaSchema(
      JSON.parse(
        readFileSync(new URL(import.meta.resolve('ajv/dist/refs/json-schema-draft-06.json')), 'utf8'),
      ),
    );
    const { id: _draft4Name, ...schema } = JSON.parse(
      readFileSync(join(folder, `adaptive-card-${version}.schema.json`), 'utf8'),
    );
    return ajv.compile(schema);
  };
  /** Newer properties that a client of 1.2 passes over. */
  const NEWER = new Set(['label', 'isRequired', 'errorMessage', 'associatedInputs', 'tooltip']);
  const as12 = (json: Json): Json => {
    if (typeof json !== 'object' || json === null) return json;
    if (isList(json)) return json.map(as12);
    const isHeading = json.type === 'TextBlock';
    const kept = Object.entries(json).filter(([key]) => !NEWER.has(key) && !(isHeading && key === 'style'));
    return Object.fromEntries(kept.map(([key, value]) => [key, key === 'version' ? '1.2' : as12(value)]));
  };

  test.skipIf(!has)('every shape is valid 1.5, and valid 1.2 once what is newer is passed over', () => {
    const [valid15, valid12] = [validator('1.5.0'), validator('1.2.0')];
    const drawn = [
      ...Object.values(SHAPES).map((message) => adaptiveCard(message, READER)),
      adaptiveDialog(PAGE, READER),
    ];
    for (const one of drawn) {
      expect(valid15(one), JSON.stringify(valid15.errors)).toBe(true);
      expect(valid12(as12(asJson(one))), JSON.stringify(valid12.errors)).toBe(true);
    }
  });
});
