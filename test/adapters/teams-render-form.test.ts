import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carriedIn, unpackPage } from '../../adapters/teams/carried.ts';
import { TEAMS } from '../../adapters/teams/limits.ts';
import {
  againWithErrors,
  type DialogOrigin,
  renderForm,
  type TaskContinue,
  wordsTask,
} from '../../adapters/teams/render-form.ts';
import type { Field, FieldKind } from '../../src/domain/field.ts';
import { line, strong, theirs, time } from '../../src/messages/inline.ts';
import type { DialogPage } from '../../src/messages/message.ts';
import { anyDialog, hostile } from '../support/slack-block-kit.ts';
import { expectCard, type JsonObject, ofType, textsOf } from '../support/teams/drawn-cards.ts';

const READER = { timeZone: 'America/New_York' };
const TOKEN = 'token-of-a-card';
const NOWHERE: DialogOrigin = { on: null, in: null };
const CHANNEL: DialogOrigin = { on: '19:abc@thread.tacv2/1700000000000', in: 'ispg' };
const press = { verb: 'request.decline', subject: 'ISSO-2026-0042', version: 3 };
const OPTIONS = [
  { id: 'low', label: 'Low' },
  { id: 'high', label: 'High' },
];
const KINDS = [
  'text',
  'long-text',
  'choice',
  'choices',
  'yes-no',
  'date',
  'number',
  'person',
  'attestation',
] as const satisfies readonly FieldKind[];
const field = (kind: FieldKind, more: Partial<Field> = {}): Field => ({
  id: kind,
  label: `Question of ${kind}`,
  kind,
  required: true,
  ...(kind.startsWith('choice') ? { options: OPTIONS } : {}),
  ...more,
});
const page = (fields: readonly Field[], more: Partial<DialogPage> = {}): DialogPage => ({
  title: 'Decline',
  intro: [line`They read this by ${time(new Date('2026-12-01T18:00:00Z'))}.`],
  fields,
  sendLabel: 'Send',
  press,
  ...more,
});
const cardOf = (drawn: TaskContinue) => {
  expect(drawn.value.card.contentType).toBe('application/vnd.microsoft.card.adaptive');
  return drawn.value.card.content;
};
const draw = (one: DialogPage, origin = NOWHERE) => cardOf(renderForm(one, READER, origin, TOKEN));
const buttonOf = (one: DialogPage, origin = NOWHERE): JsonObject => {
  const [only, ...more] = ofType(draw(one, origin), /^Action\.(?:Submit|Execute)$/u);
  if (!only || more.length > 0) throw new Error('not one button');
  return only;
};
const carriedOf = (one: DialogPage, origin = NOWHERE) => carriedIn(buttonOf(one, origin).data);
/** The page as it travels with its dialog. */
const travelling = (one: DialogPage): DialogPage | null => unpackPage(carriedOf(one)?.page ?? '');
/** The input of a kind, as it is drawn. */
const inputOf = (one: Field): JsonObject => ofType(draw(page([one])), /^Input\./u)[0] ?? {};

describe('a dialog', () => {
  test('is what Teams opens: a title, a size, and one card', () => {
    const drawn = renderForm(page([field('text')]), READER, CHANNEL, TOKEN);
    expect(drawn).toMatchObject({
      type: 'continue',
      value: { title: 'Decline', height: 'medium', width: 'medium' },
    });
    expect(renderForm(page(KINDS.map((kind) => field(kind))), READER, NOWHERE, TOKEN).value.height).toBe(
      'large',
    );
    expectCard(cardOf(drawn));
  });

  test('has its whole title inside when Teams has no room for it', () => {
    const title = `Decline <at>all</at>\n${'the request of Claims Hub '.repeat(9)}`;
    const drawn = renderForm(page([], { title }), READER, NOWHERE, TOKEN);
    expect(drawn.value.title.length).toBeLessThanOrEqual(TEAMS.dialogTitle);
    expect(drawn.value.title).toMatch(/^Decline ‹at›all‹\/at› the request of Claims Hub .*…$/u);
    expect(textsOf(cardOf(drawn))[0]).toContain('the request of Claims Hub '.repeat(9).trim());
    expect(renderForm(page([], { title: '😀'.repeat(60) }), READER, NOWHERE, TOKEN).value.title).not.toMatch(
      /\p{Surrogate}/u,
    );
  });

  test('is read in the zone of whoever opened it', () => {
    const words = textsOf(draw(page([]))).join('');
    expect(words).toContain('They read this by Tuesday, December 1, 2026 at 1:00 PM Eastern Time.');
    expect(words).not.toContain('In your own time');
  });

  test('has one button, which Teams submits, with where it was opened and the page itself', () => {
    const one = page([field('text')]);
    expect(buttonOf(one, CHANNEL)).toEqual({
      type: 'Action.Submit',
      title: 'Send',
      data: { isso: { action: 'submit', press, token: TOKEN, page: expect.any(String), ...CHANNEL } },
      associatedInputs: 'auto',
      style: 'positive',
    });
    expect(travelling(one)).toEqual(one);
    expect(carriedOf(one)).toEqual({ action: 'submit', press, token: TOKEN, page: expect.any(String) });
  });

  test('forgets a message that is none of Teams’', () => {
    expect(carriedOf(page([]), { on: 'no message', in: 'other' })).toMatchObject({ in: 'other' });
    expect(carriedOf(page([]), { on: 'no message', in: 'other' })).not.toHaveProperty('on');
  });

  test('that can’t be carried says so, and asks for nothing', () => {
    const far = page([field('text')], { press: { ...press, subject: 'x'.repeat(301) } });
    const card = draw(far);
    expect(textsOf(card).join('')).toContain(
      "I can't show this as a dialog here. Write to me instead: type help",
    );
    expect(ofType(card, /^(?:Input|Action)\./u)).toEqual([]);
    expectCard(card);
  });
});

describe('inputs', () => {
  test.each<[string, Field, JsonObject]>([
    [
      'text is a line',
      field('text', { maxLength: 120, value: 'Claims' }),
      {
        type: 'Input.Text',
        isMultiline: false,
        maxLength: 120,
        value: 'Claims',
        errorMessage: 'Type an answer of at most 120 characters.',
      },
    ],
    [
      'long text has lines',
      field('long-text', { value: 'One\nTwo' }),
      { type: 'Input.Text', isMultiline: true, value: 'One\nTwo' },
    ],
    [
      'a person is named in a line',
      field('person', { value: 'Bo' }),
      {
        type: 'Input.Text',
        isMultiline: false,
        value: 'Bo',
        errorMessage: 'Type a name or an e-mail address.',
      },
    ],
    [
      'few choices are all shown',
      field('choice', { value: 'high' }),
      {
        type: 'Input.ChoiceSet',
        style: 'expanded',
        isMultiSelect: false,
        value: 'high',
        choices: [
          { title: 'Low', value: 'low' },
          { title: 'High', value: 'high' },
        ],
      },
    ],
    [
      'several may be chosen',
      field('choices', { value: ['low', 'high'] }),
      { type: 'Input.ChoiceSet', isMultiSelect: true, value: 'low,high' },
    ],
    [
      'yes is chosen as it was answered',
      field('yes-no', { value: true }),
      {
        type: 'Input.ChoiceSet',
        value: 'yes',
        choices: [
          { title: 'Yes', value: 'yes' },
          { title: 'No', value: 'no' },
        ],
      },
    ],
    ['no is chosen as it was typed', field('yes-no', { value: 'no' }), { value: 'no' }],
    ['a day is a day', field('date', { value: '2026-12-01' }), { type: 'Input.Date', value: '2026-12-01' }],
    [
      'a number has its limits',
      field('number', { min: 1, max: 36, value: '12' }),
      { type: 'Input.Number', min: 1, max: 36, value: 12, errorMessage: 'Give a number from 1 up to 36.' },
    ],
    [
      'a statement is ticked',
      field('attestation', { value: true }),
      { type: 'Input.Toggle', title: 'Yes, this is true', valueOn: 'true', value: 'true' },
    ],
  ])('%s', (_name, one, expected) => {
    expect(inputOf(one)).toMatchObject({ id: one.id, label: one.label, isRequired: true, ...expected });
    expectCard(draw(page([one])));
  });

  test('what is chosen is shown however many choices there are', () => {
    const options = Array.from({ length: 400 }, (_, at) => ({ id: `o${at}`, label: `Option ${at}` }));
    for (const kind of ['choice', 'choices'] as const) {
      const value = kind === 'choice' ? 'o399' : ['o1', 'o399'];
      const card = draw(page([field(kind, { options, value })]));
      const [input] = ofType(card, /^Input\.ChoiceSet$/u);
      expect(input?.value).toBe(String(value));
      expect(input?.choices).toContainEqual({ title: 'Option 399', value: 'o399' });
      expect(textsOf(card).join('')).toMatch(/… and \d+ more: type the one you want instead/u);
      expectCard(card);
    }
  });

  test('the hint and the problem stand beside their input', () => {
    const card = draw(page([field('text', { hint: 'As in CFACTS.', error: 'Give its name.' })]));
    const [problem, input, hint] = card.body.slice(2);
    expect(textsOf(problem)).toEqual(['Problem: Give its name.']);
    expect(input).toMatchObject({ type: 'Input.Text', errorMessage: 'Give its name.' });
    expect(textsOf(hint)).toEqual(['As in CFACTS.']);
  });
});

describe('a dialog that is drawn again', () => {
  const all = page(KINDS.map((kind) => field(kind)));
  /** As Teams sends them: texts alone. */
  const SENT = {
    text: 'Claims',
    'long-text': 'One\nTwo',
    choice: 'high',
    choices: 'low,high',
    'yes-no': 'no',
    date: '2026-12-01',
    number: '12',
    person: 'Bo',
    attestation: 'true',
  };

  test('keeps every answer in its field, and says what is wrong beside it', () => {
    const again = againWithErrors(all, SENT, { text: 'Give its name.', date: 'That day is over.' });
    expect(Object.fromEntries(again.fields.map(({ id, value }) => [id, value]))).toEqual({
      ...SENT,
      choices: ['low', 'high'],
      attestation: true,
    });
    expect(again.fields.filter(({ error }) => error).map(({ id, error }) => [id, error])).toEqual([
      ['text', 'Give its name.'],
      ['date', 'That day is over.'],
    ]);
    const drawn = draw(again);
    expect(Object.fromEntries(ofType(drawn, /^Input\./u).map(({ id, value }) => [id, value]))).toEqual({
      ...SENT,
      number: 12,
    });
    expect(again.intro).toEqual(all.intro);
    expectCard(drawn);
  });

  test('leaves empty what was sent empty, whatever stood there before', () => {
    const filled = page([
      field('text', { value: 'before' }),
      field('choices', { value: ['low'] }),
      field('person', { value: 'Bo' }),
    ]);
    const again = againWithErrors(filled, { text: '', choices: '' }, {});
    expect(again.fields.filter((one) => 'value' in one)).toEqual([]);
  });

  test('says what is wrong with something that it does not ask for above the introduction, and once', () => {
    const first = againWithErrors(all, SENT, {
      elsewhere: 'The request was withdrawn.',
      more: 'And late.',
      text: 'No.',
    });
    expect(first.intro).toEqual([
      line`${strong('Problem:')} ${theirs('The request was withdrawn.')}`,
      line`${strong('Problem:')} ${theirs('And late.')}`,
      ...all.intro,
    ]);
    const carried = travelling(first);
    expect(carried).toEqual(all);
    if (!carried) throw new Error('not carried');
    const second = againWithErrors(carried, SENT, { elsewhere: 'The request was withdrawn.' });
    expect(second.intro).toHaveLength(2);
    expect(second.fields.filter(({ error }) => error)).toEqual([]);
    expectCard(draw(first));
  });

  test('travels without answers and errors, which come back from its inputs', () => {
    const filled = page([field('long-text', { value: 'x'.repeat(3_000), error: 'Too long.' })]);
    expect(travelling(filled)).toEqual(page([field('long-text')]));
  });

  test('no name of a field or an error means more than itself', () => {
    const odd = page([
      { ...field('text'), id: '__proto__' },
      { ...field('text'), id: 'constructor' },
    ]);
    expect(againWithErrors(odd, {}, {}).fields.some((one) => 'value' in one || 'error' in one)).toBe(false);
  });
});

describe('size', () => {
  const unlike = (count: number): string =>
    Array.from({ length: count }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000))).join('');

  test('a page that is too large to travel stays behind, and the dialog works without it', () => {
    const one = page([field('text')], { intro: [line`${theirs(unlike(9_000))}`] });
    expect(carriedOf(one, CHANNEL)).toEqual({ action: 'submit', press, token: TOKEN, ...CHANNEL });
    expectCard(draw(one));
  });

  test('a page that would leave no room for answers stays behind', () => {
    const one = page([field('long-text', { value: 'x'.repeat(18_000), hint: unlike(1_500) })]);
    expect(carriedOf(one)).toEqual({ action: 'submit', press, token: TOKEN });
    expect(inputFrom(one)?.value).toBe('x'.repeat(18_000));
    expectCard(draw(one));
  });

  test('the longest answers that our dialogs take all stay whole', () => {
    const one = page([
      ...Array.from({ length: 6 }, (_, at) =>
        field('long-text', {
          id: `f${at}`,
          hint: 'A hint. '.repeat(20),
          value: 'A word or two. '.repeat(133),
        }),
      ),
      field('choices'),
    ]);
    expect(ofType(draw(one), /^Input\.Text$/u).map(({ value }) => value)).toEqual(
      one.fields.slice(0, 6).map(({ value }) => value),
    );
    expect(travelling(one)).not.toBeNull();
    expectCard(draw(one));
  });

  test('an answer that has no room at all is shortened without a word inside it, and its field says so', () => {
    const one = page([field('long-text', { value: 'ü'.repeat(19_000) })]);
    const value = String(inputFrom(one)?.value);
    expect(value).toMatch(/^ü+$/u);
    expect(textsOf(draw(one)).join('\n')).toContain(
      `The end of this answer has no room here: ${(19_000 - value.length).toLocaleString('en-US')} characters are missing.`.slice(
        0,
        40,
      ),
    );
    expectCard(draw(one));
  });
  const inputFrom = (one: DialogPage): JsonObject | undefined => ofType(draw(one), /^Input\.Text$/u)[0];
});

describe('other people’s words', () => {
  /** Ids are ours; they are never as long as people's words. */
  const modest = (one: DialogPage): DialogPage => ({
    ...one,
    press: { ...one.press, subject: one.press.subject.slice(0, 40).replace(/[\0\p{Surrogate}]/gu, '') },
    fields: one.fields.map((each, at) => ({
      ...each,
      id: `f${at}`,
      ...(each.options
        ? { options: each.options.map(({ label }, option) => ({ id: `o${option}`, label })) }
        : {}),
    })),
  });

  test('any dialog is a card that Teams draws within its size, and does nothing of its own', () => {
    fc.assert(
      fc.property(anyDialog.map(modest), (one) => {
        const card = draw(one, CHANNEL);
        expectCard(card);
        expect(ofType(card, /^Input\./u).map(({ id }) => id)).toEqual(one.fields.map(({ id }) => id));
        const carried = travelling(one);
        if (carried)
          expect({ ...carried, fields: [] }).toEqual({ ...JSON.parse(JSON.stringify(one)), fields: [] });
      }),
      { numRuns: 40 },
    );
  });

  test('stay in their fields letter by letter', () => {
    fc.assert(
      fc.property(hostile, hostile, (typed, error) => {
        const again = againWithErrors(
          page([field('long-text')]),
          { 'long-text': typed },
          { 'long-text': error, other: error },
        );
        const card = draw(again);
        expect(ofType(card, /^Input\.Text$/u)[0]?.value ?? '').toBe(typed);
        expectCard(card);
      }),
      { numRuns: 40 },
    );
  });
});

test('words in the place of a dialog are never empty, nor endless', () => {
  expect(wordsTask('That is done.')).toEqual({ type: 'message', value: 'That is done.' });
  expect(wordsTask('').value).toBe('There is nothing to show.');
  expect(wordsTask('x'.repeat(50_000)).value).toHaveLength(TEAMS.messageText);
});
