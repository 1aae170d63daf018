/** `pictures`, `picture funnel`, `picture ageing OIT last quarter`: which picture of the programme somebody means. */
import { PICTURE_KINDS, type PictureKind } from '../domain/programme-pictures.ts';
import { fold } from './text.ts';

/** Longer texts are no wish for a picture. */
const LONGEST = 160;
/** A word or two that nobody knows may have been meant as one; more is somebody's sentence. */
const MOST_UNKNOWN_WORDS = 3;

/** Other names of the kinds; the longer ones first, so that none hides another. */
const NAMES: readonly (readonly [string, PictureKind])[] = [
  ...PICTURE_KINDS.map((kind) => [kind, kind] as const),
  ['burn down', 'burn-down'],
  ['burndown', 'burn-down'],
  ['aging', 'ageing'],
  ['ages', 'ageing'],
  ['age', 'ageing'],
  ['pipeline', 'funnel'],
  ['survey trend', 'satisfaction'],
  ['surveys', 'satisfaction'],
  ['meetings', 'attendance'],
];

export type PictureWish =
  | { readonly is: 'list' }
  /** `words`: what stands behind it, such as a component and a time. */
  | { readonly is: 'picture'; readonly kind: PictureKind; readonly words: string }
  /** A picture of something that none is of. */
  | { readonly is: 'unknown'; readonly words: string };

const WISH =
  /^(?:please )?(?:show (?:me )?|draw (?:me )?)?(?:the |a )?(picture|chart|graph|diagram)(?: of)?(?: the)? (.+)$/u;

/** Null for anything else. */
export function readPicture(typed: string): PictureWish | null {
  if (typed.length > LONGEST) return null;
  const said = fold(typed);
  if (/^(?:(?:show|list) )?(?:the )?(?:pictures|charts|graphs|diagrams)$/u.test(said)) return { is: 'list' };
  if (said === 'picture' || said === 'chart') return { is: 'list' };
  const [, , what = ''] = WISH.exec(said) ?? [];
  if (what === '') return null;
  for (const [name, kind] of NAMES)
    if (what === name || what.startsWith(`${name} `))
      return { is: 'picture', kind, words: what.slice(name.length).trim() };
  return what.split(' ').length <= MOST_UNKNOWN_WORDS ? { is: 'unknown', words: what } : null;
}
