/** What people type to make a bot mention, link or mislead, and how to tell whether any of it became active. */

/** The host that stands in every hostile link. */
const evil = 'evil.example';

export const hostileTexts: readonly string[] = [
  'Hub <!channel> and <!here> and <!everyone>',
  'Hub <@U0123ABCD> <@W0123ABCD> <#C0123ABCD> <!subteam^S0123ABCD>',
  `Hub <https://${evil}|your account> and <mailto:a@${evil}|mail>`,
  'Hub <at>Imani Spencer</at> < at >all</ at > <at id="0">x</at>',
  `Hub [click here](https://${evil}) ![x](https://${evil}/x.png) [ref][1]`,
  `Hub https://${evil}/a http://${evil} www.${evil} //${evil} HTTPS://${evil.toUpperCase()}`,
  `Hub javascript:alert(1) data:text/html,x mailto:a@${evil} tel:+15551234567 msteams://${evil}`,
  'Hub @channel @here @everyone @ispg ＠all',
  'Hub \u202Egnp.exe\u202C \u2066isolate\u2069 \u200Fright',
  `Hub ht\u200Btps://${evil} <\u200B!channel> @\u200Beveryone <\u2060@U1> [a]\u200B(https://${evil})`,
  '**Hub** _x_ `code` ~gone~ > quote\n# Heading\n- item\n1. one\n---\n| a | b |',
  '<b>Hub</b> <img src=x onerror=alert(1)> <script>alert(1)</script> &lt;!channel&gt;',
  'Hub {{DATE(2026-12-01,SHORT)}} $(name) {{TIME(2026-12-01T00:00:00Z)}} $when',
  `Hub "><a href="https://${evil}">x</a> ]] ]( [`,
  `Hub\r\nATTACH:https://${evil}\r\nBEGIN:VEVENT`,
];

/** A text of 100,000 characters that says all of it again and again. */
export const hostileFlood = hostileTexts.join(' ').repeat(200).slice(0, 100_000);

/** In text that a platform may read as markup, none of these may stand. */
const activeInMarkup: readonly (readonly [string, RegExp])[] = [
  ['a Slack mention or link', /<(?:[!@#]|https?:|mailto:)/iu],
  ['a Teams mention', /<\s*\/?\s*at\b/iu],
  ['HTML', /<(?:a|b|img|script|iframe)\b/iu],
  ['a mention by name', /(?<![\p{L}\p{N}._%+-])@(?:channel|here|everyone|all|ispg)\b/iu],
  ['a Markdown link', /\]\((?!\s)/u],
  ['an address that becomes a link', new RegExp(`https?://${evil}|www\\.${evil}`, 'iu')],
  ['a scheme', /\b(?:javascript|data|tel|mailto|msteams):(?=\S)/iu],
  ['a card function', /\{\{\s*(?:DATE|TIME)/iu],
];
/** Nowhere may these stand. */
const neverSeen: readonly (readonly [string, RegExp])[] = [
  ['a reading-direction override', /[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u],
  ['an invisible character', /[\u200B\u2060\uFEFF]/u],
];
/** A run of text in a card knows no markup but these. */
const activeInRun: readonly (readonly [string, RegExp])[] = [
  ['a Teams mention', /<\s*\/?\s*at\b/iu],
  ['a card function', /\{\{\s*(?:DATE|TIME)/iu],
];

const broken = (text: string, rules: readonly (readonly [string, RegExp])[]): readonly string[] =>
  rules.flatMap(([what, shape]) => {
    const found = shape.exec(text);
    return found
      ? [`${what}: ${JSON.stringify(text.slice(Math.max(0, found.index - 10), found.index + 40))}`]
      : [];
  });

/** What is active in a text that may be read as markup. */
export const activeInText = (text: string): readonly string[] =>
  broken(text, [...activeInMarkup, ...neverSeen]);

/** What is active in a card: its actions' addresses, its mentions, and its texts by the rules of where they stand. */
export function activeInCard(node: unknown, inside = ''): readonly string[] {
  if (typeof node === 'string') return broken(node, neverSeen);
  if (Array.isArray(node)) return node.flatMap((part) => activeInCard(part, inside));
  if (typeof node !== 'object' || node === null) return [];
  const type = 'type' in node ? String(node.type) : inside;
  return Object.entries(node).flatMap(([name, value]) => {
    if (name === 'msteams' && typeof value === 'object' && value !== null && 'entities' in value)
      return ['a card that mentions'];
    if (typeof value !== 'string') return activeInCard(value, type);
    if (name === 'url' || name === 'iconUrl') return value.includes(evil) ? [`a link: ${value}`] : [];
    // What stands in an input is shown to be edited, and is never drawn as markup.
    if (type.startsWith('Input.') && (name === 'value' || name === 'placeholder'))
      return broken(value, neverSeen);
    const rules = type === 'TextRun' && name === 'text' ? activeInRun : activeInMarkup;
    return broken(value, [...rules, ...neverSeen]);
  });
}
