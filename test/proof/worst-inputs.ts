/** Inputs that make a backtracking pattern work hardest, guessed from the pattern itself. */

/** Length of each input. */
export const worstLength = 50_000;

/** One character for each class that patterns name. */
const classes: Readonly<Record<string, string>> = {
  d: '1',
  w: 'a',
  s: ' ',
  D: 'x',
  W: '-',
  S: 'x',
  '{L}': 'é',
  '{N}': '٣',
  '{Cf}': '\u200b',
  '{Mn}': '\u0301',
  '{Pd}': '\u2010',
  '{Zs}': '\u00a0',
  '{Surrogate}': '\ud800',
};
const always = [
  'a',
  'A',
  '1',
  ' ',
  '\n',
  '-',
  '.',
  '@',
  '<',
  '[',
  '(',
  ':',
  ',',
  '"',
  'é',
  '\u200b',
  '\ud83d\ude00',
];
/** Ends that keep a pattern from matching after all. */
const ends = ['', '!', '\u0000', '\n'];
const mostCharacters = 26;
const mostWords = 14;

/** Inputs for `source`; each is about `worstLength` long. */
export function* worstInputs(source: string): Generator<string> {
  const characters = charactersOf(source);
  const words = wordsOf(source);
  for (const one of characters) {
    for (const end of ends) yield fill(one) + end;
  }
  for (const one of characters.slice(0, 12)) {
    for (const other of characters.slice(0, 12)) {
      if (one !== other) yield `${fill(one + other)}!`;
    }
  }
  for (const word of words) {
    yield fill(word);
    yield fill(`${word} `);
    for (const one of characters.slice(0, 14)) {
      yield `${word}${fill(one)}!`;
      yield fill(word + one);
      // Many beginnings, each followed by a stretch to read.
      yield fill(word + one.repeat(30));
      yield `${fill(one)}${word}!`;
    }
  }
}

const fill = (unit: string): string =>
  unit.repeat(Math.ceil(worstLength / unit.length)).slice(0, worstLength);

/** The pattern's own characters first, then some that most patterns meet. */
function charactersOf(source: string): string[] {
  const found = new Set<string>();
  for (const [, property, escaped, code, plain] of source.matchAll(
    /\\p(\{\w+\})|\\([a-zA-Z])(?![\w{])|\\u\{?([0-9a-fA-F]{4,6})\}?|([^\\()[\]{}|?*+^$\n])/gu,
  )) {
    const known = classes[property ?? ''] ?? classes[escaped ?? ''];
    if (known) found.add(known);
    else if (code) found.add(String.fromCodePoint(Number.parseInt(code, 16)));
    else if (plain) found.add(plain);
  }
  return [...new Set([...[...found].slice(0, mostCharacters), ...always])];
}

/** Runs of letters and marks in the pattern: what an input must contain to get far into it. */
function wordsOf(source: string): string[] {
  const spelled = source
    .replace(/\(\?(?:<?[=!]|:|<\w+>)/gu, '(')
    .replace(/\[(?:\\.|[^\]\\])*\]/gu, (set) => firstOf(set))
    .replace(/\\p\{(\w+)\}/gu, (_all, name: string) => classes[`{${name}}`] ?? 'a')
    .replace(/\\([dws])/gu, (_all, name: string) => classes[name] ?? 'a')
    .replace(/\\b/gu, '')
    .replace(/\\([^\w])/gu, '$1')
    .replace(/(.)\{(\d+)(?:,\d*)?\}/gu, (_all, one: string, times: string) =>
      one.repeat(Math.max(1, Math.min(40, Number(times)))),
    );
  const words = spelled.split(/[()|?*+^$]+/u).filter((word) => word.length > 0);
  const joined = spelled.replace(/[()?*+^$]/gu, '').split('|');
  return [...new Set([...joined, ...words])]
    .filter((word) => word.length > 0 && word.length < 200)
    .slice(0, mostWords);
}

/** A character that a bracket takes. */
function firstOf(set: string): string {
  if (set.startsWith('[^')) return set.includes('x') ? '-' : 'x';
  const inner = set.slice(1, -1);
  const escaped = /^\\p\{(\w+)\}/u.exec(inner)?.[1];
  if (escaped) return classes[`{${escaped}}`] ?? 'a';
  const short = /^\\([dws])/u.exec(inner)?.[1];
  return short ? (classes[short] ?? 'a') : ((inner[0] === '\\' ? inner[1] : inner[0]) ?? 'a');
}
