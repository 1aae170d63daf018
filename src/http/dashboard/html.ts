/** HTML as a value: made by one template function that makes everything harmless which is no HTML of ours. */

/** A piece of a page. Only `html` makes one, so whatever somebody wrote can't be one. */
export class Html {
  readonly #markup: string;
  private constructor(markup: string) {
    this.#markup = markup;
  }
  static readonly of = (pieces: readonly string[], parts: readonly HtmlPart[]): Html =>
    new Html(pieces.map((piece, at) => piece + (at < parts.length ? markupOf(parts[at]) : '')).join(''));
  toString(): string {
    return this.#markup;
  }
}

/** What stands in a template: words are escaped, `null` and `false` are nothing, lists are their parts one after the other. */
export type HtmlPart = Html | string | number | null | undefined | false | readonly HtmlPart[];

/**
 * A piece of HTML: html`<p>${words}</p>`. Words may stand between tags and inside of quoted attributes, nowhere else: not in a
 * tag's or an attribute's name, a script, a style, nor as an address that `safeUrl` has not seen.
 */
export const html = (pieces: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html =>
  Html.of(pieces, parts);

function markupOf(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return part.map(markupOf).join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Signs that no page shows: control characters, and those that turn the direction of what follows. */
const UNSEEN = /[^\P{Cc}\t\n\r]|[\u202A-\u202E\u2066-\u2069]/gu;

const escaped = (words: string): string =>
  words.replace(UNSEEN, '').replace(/[&<>"']/gu, (sign) => ESCAPES[sign] ?? sign);

/** An address that may be linked to: http, https, mailto, or a place of this server; anything else leads nowhere. */
export function safeUrl(address: string): string {
  if (/^\/(?![/\\])/u.test(address)) return address;
  if (!URL.canParse(address)) return '#';
  return ['http:', 'https:', 'mailto:'].includes(new URL(address).protocol) ? address : '#';
}

/** A path of ours with what was chosen behind it; what is empty is left out. */
export function addressOf(
  path: string,
  query: Readonly<Record<string, string | number | null | undefined>>,
): string {
  const chosen = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') chosen.set(name, String(value));
  const words = chosen.toString();
  return words === '' ? path : `${path}?${words}`;
}
