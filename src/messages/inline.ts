/**
 * The inside of a line. Only `text` and `strong` hold our own words; whatever a person typed is `theirs`,
 * so that every renderer knows what it must make harmless.
 */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'theirs'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** An instant (ISO 8601, UTC), shown in the reader's own zone with the zone's name. */
  | { readonly kind: 'time'; readonly at: string; readonly show: 'date' | 'time' | 'date-time' };

/** A line: parts in reading order. */
export type Line = readonly Inline[];

/** Our own words. */
export const text = (words: string): Inline => ({ kind: 'text', text: words });
/** Our own words, said with weight. */
export const strong = (words: string): Inline => ({ kind: 'strong', text: words });
/** Somebody else's words, which no renderer may let act as markup, mention or link. */
export const theirs = (words: string): Inline => ({ kind: 'theirs', text: words });
/** A link to an https, http or mailto address of ours. */
export const link = (words: string, url: string): Inline => ({ kind: 'link', text: words, url });
/** An instant in the reader's zone. */
export const time = (at: Date, show: 'date' | 'time' | 'date-time' = 'date-time'): Inline => ({
  kind: 'time',
  at: at.toISOString(),
  show,
});

type Part = Inline | Line | string | number;

/** A line from a template: line\`Kickoff for ${theirs(name)} on ${time(at)}\`. Bare strings count as our own words; a line inside a line is taken in whole. */
export function line(words: TemplateStringsArray, ...parts: readonly Part[]): Line {
  const made: Inline[] = [];
  // What is one run of our own words stays one, so that what stands between backticks is found in it.
  const add = (part: Inline): void => {
    const last = made.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') made[made.length - 1] = text(last.text + part.text);
    else made.push(part);
  };
  words.forEach((piece, index) => {
    if (piece) add(text(piece));
    const part = parts[index];
    if (part === undefined) return;
    if (typeof part !== 'object') add(text(String(part)));
    else if ('kind' in part) add(part);
    else part.forEach(add);
  });
  return made;
}
