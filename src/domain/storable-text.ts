const broken = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Text as a database can keep it: the zero character is left out, half of a character pair becomes �. People can send both. */
export function storableText(text: string): string {
  return text.replace(broken, (found) => (found === '\0' ? '' : '\uFFFD'));
}
