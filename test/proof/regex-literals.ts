/** Finds the regular expressions that stand in source files, by reading the text as a scanner does. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Pattern {
  readonly file: string;
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** Every literal in the `.ts`, `.js` and `.mjs` files below `folders` of `root`, generated code left out. */
export async function patternsIn(root: string, folders: readonly string[]): Promise<Pattern[]> {
  const found: Pattern[] = [];
  for (const folder of folders) {
    const names = await readdir(join(root, folder), { recursive: true });
    for (const name of names.filter((each) => /\.(?:ts|m?js)$/u.test(each) && !/\bgenerated\b/u.test(each))) {
      const file = join(folder, name);
      for (const literal of literals(await readFile(join(root, file), 'utf8')))
        found.push({ file, ...literal });
    }
  }
  return found.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

/** Words after which a slash begins a pattern although a word came before it. */
const before = /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$/u;

function literals(text: string): Omit<Pattern, 'file'>[] {
  const found: Omit<Pattern, 'file'>[] = [];
  /** Open braces; true for one that a template began. */
  const braces: boolean[] = [];
  let at = 0;
  let inTemplate = false;
  let significant = '';
  const skip = (end: number): void => {
    at = end < 0 ? text.length : end;
  };
  while (at < text.length) {
    const here = text[at] ?? '';
    const pair = text.slice(at, at + 2);
    if (inTemplate) {
      if (here === '\\') at += 2;
      else if (pair === '${') {
        braces.push(true);
        inTemplate = false;
        significant = '{';
        at += 2;
      } else {
        if (here === '`') {
          inTemplate = false;
          significant = '"';
        }
        at += 1;
      }
    } else if (pair === '//') skip(text.indexOf('\n', at));
    else if (pair === '/*') skip(text.indexOf('*/', at) + 2);
    else if (here === '"' || here === "'") {
      at = endOfString(text, at);
      significant = '"';
    } else if (here === '/' && beginsPattern(significant)) {
      const end = endOfPattern(text, at);
      const flags = /^[a-z]*/u.exec(text.slice(end))?.[0] ?? '';
      found.push({ line: lineAt(text, at), source: text.slice(at + 1, end - 1), flags });
      at = end + flags.length;
      significant = '"';
    } else {
      if (here === '`') inTemplate = true;
      else if (here === '{') braces.push(false);
      else if (here === '}') inTemplate = braces.pop() ?? false;
      if (!/\s/u.test(here)) significant = `${significant.slice(-12)}${here}`;
      else if (/[\w$]$/u.test(significant) && !/\s$/u.test(significant)) significant += ' ';
      at += 1;
    }
  }
  return found;
}

/** After a value a slash divides; after anything else it begins a pattern. */
function beginsPattern(significant: string): boolean {
  const last = significant.trimEnd();
  return before.test(last) || !/[\w$)\]}"]$/u.test(last);
}

function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return text.length;
}

/** Just after the closing slash; a slash inside brackets closes nothing. */
function endOfPattern(text: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < text.length; at += 1) {
    const here = text[at];
    if (here === '\\') at += 1;
    else if (here === '[') inClass = true;
    else if (here === ']') inClass = false;
    else if (here === '/' && !inClass) return at + 1;
  }
  return text.length;
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;
