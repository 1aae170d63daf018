/** What somebody wrote in Slack, as plain words: Slack marks mentions, channels, links and dates, and escapes three characters. */

const MARK = /<([^<>\n]{1,3000})>/gu;

/** `text` as it was typed; `self` is the bot's own user id, whose mention is no word of what is meant. */
export function plainWords(text: string, self: string | null): string {
  return text
    .replace(MARK, (_whole, inside: string) => markText(inside, self))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/^[\s:,]+/u, '')
    .trimEnd();
}

function markText(inside: string, self: string | null): string {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : inside.slice(bar + 1);
  const [mark = ''] = target;
  const rest = target.slice(1);
  if (mark === '@') return rest === self ? '' : `@${label || rest}`;
  if (mark === '#') return `#${label || rest}`;
  if (mark === '!') return label || `@${rest.split('^')[0] ?? ''}`;
  return label || target.replace(/^mailto:/u, '');
}
