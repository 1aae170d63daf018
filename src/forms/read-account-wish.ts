import { fold } from './text.ts';

const LONGEST = 40;

/** `unlink this account` or `link again`, as a whole text; null for anything else. */
export function readAccountWish(typed: string): 'unlink' | 'link' | null {
  if (typed.length > LONGEST) return null;
  const said = fold(typed)
    .replace(/^please /u, '')
    .replace(/ please$/u, '');
  if (/^unlink(?: (?:this|my) account)?$/u.test(said)) return 'unlink';
  return /^link(?: (?:this|my) account)?(?: again)?$/u.test(said) ? 'link' : null;
}
