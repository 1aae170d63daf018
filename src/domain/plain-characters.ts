/** Characters as people mean them: digits, dashes and spaces in disguise made plain, for `privacy.ts`. */

/** Zeros of the digit blocks people can type; each block runs from 0 to 9. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6] as const;
/** Whatever is not shown as it stands; asked first, as most characters are. */
const SPECIAL = /[\p{Cf}\p{Mn}\p{Pd}\p{Zs}\u2212]/u;
const INVISIBLE = /[\p{Cf}\p{Mn}]/u;
const DASHES = /[\p{Pd}\u2212]/u;

/** A text with plain digits, dashes, dots and spaces, and the way back to the places of the original. */
export interface FoldedText {
  readonly text: string;
  /** Where the character at `index` begins in the original. */
  at(index: number): number;
  /** How many code units it takes there. */
  widthAt(index: number): number;
}

/** Folds full-width and other digits and letters, dashes and spaces to ASCII, and drops what can't be seen. */
export function foldForReading(text: string): FoldedText {
  if (/^[\n\r\x20-\x7e]*$/u.test(text)) return { text, at: (index) => index, widthAt: () => 1 };
  const plain: string[] = [];
  const places: number[] = [];
  let place = 0;
  for (const character of text) {
    const folded = foldCharacter(character);
    if (folded !== '') {
      plain.push(folded);
      places.push(place);
    }
    place += character.length;
  }
  return {
    text: plain.join(''),
    at: (index) => places[index] ?? text.length,
    widthAt: (index) => ((text.codePointAt(places[index] ?? 0) ?? 0) > 0xffff ? 2 : 1),
  };
}

/** One code unit for each character kept, so that places stay countable. */
function foldCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return code === 0x09 ? ' ' : character;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  for (const zero of ZEROS) if (code >= zero && code <= zero + 9) return String(code - zero);
  if (SPECIAL.test(character)) return INVISIBLE.test(character) ? '' : DASHES.test(character) ? '-' : ' ';
  return character.length === 1 ? character : '\ufffd';
}
