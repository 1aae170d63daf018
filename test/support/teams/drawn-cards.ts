/** What every card that we draw for Teams must be, and what a client of an older schema makes of it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { expect } from 'vitest';
import { carriedIn } from '../../../adapters/teams/carried.ts';
import { CARD_BUDGET_BYTES, jsonBytes } from '../../../src/messages/limits.ts';

export type JsonObject = { readonly [key: string]: unknown };
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object inside `value`, itself included, in reading order. */
export function objectsIn(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}
export const ofType = (value: unknown, type: RegExp): JsonObject[] =>
  objectsIn(value).filter((part) => type.test(String(part.type)));

/** The texts that people see or hear of a card's elements, in reading order; a button and its fallback count once. */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isObject(value)) return [];
  const { fallback: _same, data: _unseen, ...seen } = value;
  const own = ['text', 'title', 'label', 'altText'].map((key) => seen[key]);
  return [
    ...own.filter((words): words is string => typeof words === 'string'),
    ...Object.entries(seen).flatMap(([key, inside]) =>
      key === 'text' || key === 'refresh' ? [] : textsOf(inside),
    ),
  ];
}

const folder = join(import.meta.dirname, '../../../../shared/schemas');
export const hasSchemas = existsSync(join(folder, 'adaptive-card-1.5.0.schema.json'));
if (!hasSchemas) console.warn('not run: schemas not found');

function validator(version: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addMetaSchema(
    JSON.parse(readFileSync(new URL(import.meta.resolve('ajv/dist/refs/json-schema-draft-06.json')), 'utf8')),
  );
  const { id: _draft4Name, ...schema } = JSON.parse(
    readFileSync(join(folder, `adaptive-card-${version}.schema.json`), 'utf8'),
  );
  return ajv.compile(schema);
}
const VALID = hasSchemas ? { '1.5': validator('1.5.0'), '1.2': validator('1.2.0') } : null;

/** Newer properties that a client of 1.2 passes over. */
const NEWER = new Set(['label', 'isRequired', 'errorMessage', 'associatedInputs', 'tooltip', 'refresh']);

/** The card as a client of 1.2 takes it: what it does not know is passed over, or stands as its fallback. */
export function asOldClient(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asOldClient);
  if (!isObject(value)) return value;
  if (value.type === 'Action.Execute') return asOldClient(value.fallback);
  const isHeading = value.type === 'TextBlock';
  const kept = Object.entries(value).filter(([key]) => !NEWER.has(key) && !(isHeading && key === 'style'));
  return Object.fromEntries(
    kept.map(([key, inside]) => [key, key === 'version' ? '1.2' : asOldClient(inside)]),
  );
}

/** Our own words with the functions that clients carry out; nothing else may hold any. */
const OWN_TIMES =
  /^In your own time: (?:(?:; |, )?\{\{(?:DATE\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ,SHORT\)|TIME\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\))\}\})+$/u;
/** What a client would act on, where it reads markup. */
const ACTIVE =
  /<|>|(?<![\p{L}\p{N}._%+-])@|:\/\/|\]\(|\bwww\.|\b(?:javascript|mailto|https?):|\{\{|[\u202A-\u202E\u2066-\u2069\u200B]/iu;
const MARKDOWN =
  /\*|~|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&#?\w+;|\\[!-/:-@[-`{-~]|^\s*(?:[-+#]|\d+\.)\s|\][[(:]/mu;

/** Fails unless the card is one that Teams draws, and one in which nobody's words do anything. */
export function expectCard(card: unknown): void {
  const json: unknown = JSON.parse(JSON.stringify(card));
  const pictures = ofType(json, /^Image$/u);
  const pictureBytes = pictures.reduce((sum, { url }) => sum + String(url).length, 0);
  expect(jsonBytes(json) - pictureBytes).toBeLessThanOrEqual(CARD_BUDGET_BYTES);
  for (const { url, altText } of pictures) {
    expect(url).toMatch(/^data:image\/(?:png|jpeg);base64,/u);
    expect(altText).toEqual(expect.any(String));
  }
  expect(objectsIn(json).filter((part) => 'iconUrl' in part || 'backgroundImage' in part)).toEqual([]);
  for (const input of ofType(json, /^Input\./u)) {
    expect(input.label).toEqual(expect.any(String));
    expect(input.isRequired).toEqual(expect.any(Boolean));
    expect(input.errorMessage).toEqual(expect.any(String));
  }
  for (const row of ofType(json, /^ActionSet$/u)) expect((row.actions as unknown[]).length).toBeLessThan(7);
  expectButtons(json);
  expectHarmless(json);
  if (VALID) expect(VALID['1.5'](json), JSON.stringify(VALID['1.5'].errors?.slice(0, 3))).toBe(true);
  expectReadableByOldClients(json);
}

/** Every button comes back as ours, and says the same where a client takes its fallback. */
function expectButtons(json: unknown): void {
  for (const action of ofType(json, /^Action\.(?:Submit|Execute)$/u)) {
    expect(carriedIn(action.data)).not.toBeNull();
    if (action.type !== 'Action.Execute' || action.verb !== 'press') continue;
    expect(action.fallback).toMatchObject({
      type: 'Action.Submit',
      title: action.title,
      data: action.data,
      associatedInputs: action.associatedInputs,
    });
  }
}

function expectHarmless(json: unknown): void {
  const marked = [
    ...ofType(json, /^TextBlock$/u).map(({ text }) => text),
    ...ofType(json, /^Input\./u).map(({ errorMessage }) => errorMessage),
    ...ofType(json, /^Input\.ChoiceSet$/u).flatMap(({ choices }) =>
      (choices as JsonObject[]).map(({ title }) => title),
    ),
  ].map(String);
  for (const words of marked.filter((each) => !OWN_TIMES.test(each))) {
    expect(words).not.toMatch(ACTIVE);
    expect(words).not.toMatch(MARKDOWN);
  }
  for (const { text } of ofType(json, /^TextRun$/u)) {
    expect(text).not.toMatch(/<\s*\/?\s*at\b|\{\{|[\u202A-\u202E\u200B]/iu);
  }
  const { entities, msteams } = json as JsonObject;
  expect([entities, msteams]).toEqual([undefined, undefined]);
}

/** A client of 1.2 shows the same words, except for what says how to fill in its inputs. */
function expectReadableByOldClients(json: unknown): void {
  const old = asOldClient(json) as JsonObject;
  if (VALID) expect(VALID['1.2'](old), JSON.stringify(VALID['1.2'].errors?.slice(0, 3))).toBe(true);
  expect(ofType(old, /^Action\.Execute$/u)).toEqual([]);
  const labels = new Set(ofType(json, /^Input\./u).map(({ label }) => label));
  const words = textsOf(json).filter((each) => !labels.has(each));
  expect(textsOf(old).filter((each) => !labels.has(each))).toEqual(words);
}
