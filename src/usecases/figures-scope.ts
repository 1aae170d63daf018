/** Which engagements and which days figures are asked for, as people type it: `OIT last quarter`, `2027 Q1`, `surge`. */
import { lastNinetyDays, type Period } from '../domain/period.ts';
import { findPeriod } from '../forms/read-period.ts';
import { fold } from '../forms/text.ts';
import { COMPONENTS } from '../offerings/components.ts';
import { programmeToday, type Work } from './work.ts';

/** What was asked for; `isUsual`: nobody named a time. */
export interface FiguresScope {
  readonly period: Period;
  readonly isUsual: boolean;
  /** A component's key; null: all. */
  readonly component: string | null;
  /** An offering; null: all. */
  readonly offering: { readonly key: string; readonly name: string } | null;
}

/** Longer texts ask for no figures. */
const LONGEST = 120;

/**
 * The scope that these words name: a time, a component and an offering, in any order, each of them or none. What is left over when
 * they name something else; null for a text that is too long to be a scope.
 */
export function readFiguresScope(
  work: Pick<Work, 'now' | 'programme'>,
  words: string,
): FiguresScope | { readonly unknown: string } | null {
  if (words.length > LONGEST) return null;
  const today = programmeToday(work);
  const timed = findPeriod(words, today);
  const rest = withoutLinks((timed?.rest ?? words).trim());
  const period = timed?.period ?? lastNinetyDays(today);
  const scope = { period, isUsual: timed === null, component: null, offering: null };
  if (rest === '') return scope;
  const component = componentCalled(rest);
  if (component !== undefined) return { ...scope, component };
  const offering = offeringCalled(work, rest);
  if (offering) return { ...scope, offering };
  return bothIn(work, rest, scope) ?? { unknown: rest };
}

/** A component and an offering beside each other: `OIT surge`, `surge in OIT`. */
function bothIn(
  work: Pick<Work, 'programme'>,
  words: string,
  scope: Pick<FiguresScope, 'period' | 'isUsual'>,
): FiguresScope | null {
  const parts = words.split(' ');
  for (let at = 1; at < parts.length; at += 1) {
    const [before, behind] = [parts.slice(0, at).join(' '), withoutLinks(parts.slice(at).join(' '))];
    for (const [one, other] of [
      [before, behind],
      [behind, before],
    ] as const) {
      const [component, offering] = [componentCalled(one), offeringCalled(work, other)];
      if (component !== undefined && offering) return { ...scope, component, offering };
    }
  }
  return null;
}

/** Small words between the parts say nothing. */
const LINKS: ReadonlySet<string> = new Set([
  'in',
  'for',
  'of',
  'from',
  'during',
  'the',
  'and',
  'component',
  'offering',
]);

const withoutLinks = (words: string): string =>
  words
    .split(/\s/u)
    .filter((word) => word !== '' && !LINKS.has(word.toLowerCase()))
    .join(' ');

function componentCalled(words: string): string | undefined {
  const wanted = fold(words);
  return COMPONENTS.find(
    ({ id, label }) =>
      fold(id) === wanted || withoutLinks(fold(label)).endsWith(`– ${wanted}`) || fold(label) === wanted,
  )?.id;
}

function offeringCalled(
  { programme }: Pick<Work, 'programme'>,
  words: string,
): { readonly key: string; readonly name: string } | null {
  const wanted = fold(words);
  const found = programme.catalogue.offerings.find((each) =>
    [each.key, each.name, ...each.alsoCalled].some((name) => withoutLinks(fold(name)) === wanted),
  );
  return found ? { key: found.key, name: found.name } : null;
}
