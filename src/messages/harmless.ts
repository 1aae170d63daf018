/**
 * Makes other people's words harmless. One rule for each place they may stand in; both keep the words readable.
 *
 * Everywhere: control, bidirectional-override and zero-width characters are dropped (joiners inside words stay).
 * In text that a platform may read as markup (`inert`): `<` `>` become `‹` `›`, an `@` that does not sit inside an
 * e-mail address becomes `＠`, `://` becomes `:∕∕`, `www.` becomes `www․`, a scheme's colon becomes `∶`, and `](` is parted.
 * In a card's text runs (`literal`), which know no markup: only `<at` and the `{{DATE()}}` functions are broken.
 */

const INVISIBLE =
  /(?![\n\t])[\p{Cc}\p{Cs}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** `text` without characters that can't be seen or that turn the reading order. */
function visible(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(INVISIBLE, '')
    .replace(/\n{3,}/gu, '\n\n');
}

/** For text that a platform may read as markup: nothing in it is a mention, a link or a tag. */
export function inert(text: string): string {
  return visible(text)
    .replace(/</gu, '‹')
    .replace(/>/gu, '›')
    .replace(/(?<![\p{L}\p{N}._%+-])@|@(?![\p{L}\p{N}-]+\.[\p{L}\p{N}])/gu, '＠')
    .replace(/:\/\//gu, ':∕∕')
    .replace(/\b(https?|ftp|mailto|javascript|data|tel|sms|msteams|slack|file):/giu, '$1∶')
    .replace(/\bwww\./giu, (found) => `${found.slice(0, -1)}․`)
    .replace(/\](?=\s*[([:])/gu, '] ')
    .replace(/\{\{/gu, '{ {');
}

/** For a run of text in a card, which is shown as it stands. */
export function literal(text: string): string {
  return visible(text)
    .replace(/<(?=\s*(?:\/\s*)?at\b)/giu, '‹')
    .replace(/\{\{/gu, '{ {');
}
