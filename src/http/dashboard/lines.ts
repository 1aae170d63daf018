/** What the bot says, drawn as HTML: lines and blocks of messages, for reading only. */
import type { Inline, Line } from '../../messages/inline.ts';
import type { Block } from '../../messages/message.ts';
import { instantText, type Reader } from '../../messages/plain-text.ts';
import { type Html, html, safeUrl } from './html.ts';

/** A line. What stands between backticks is to be typed. */
export const lineHtml = (line: Line, reader: Reader): Html =>
  html`${line.map((part) => inlineHtml(part, reader))}`;

function inlineHtml(part: Inline, reader: Reader): Html {
  switch (part.kind) {
    case 'text':
      return typedHtml(part.text);
    case 'strong':
      return html`<strong>${part.text}</strong>`;
    case 'theirs':
      return html`${part.text}`;
    case 'link':
      return html`<a href="${safeUrl(part.url)}">${part.text}</a>`;
    case 'time':
      return html`<time datetime="${part.at}">${instantText(part, reader)}</time>`;
    default:
      return part satisfies never;
  }
}

/** Of an odd number of backticks the last is an ordinary sign. */
function typedHtml(words: string): Html {
  const pieces = words.split('`');
  const whole = pieces.length % 2 === 1;
  return html`${pieces.map((piece, at) => {
    if (at % 2 === 0) return piece;
    return !whole && at === pieces.length - 1 ? `\`${piece}` : html`<kbd>${piece}</kbd>`;
  })}`;
}

/** Blocks of a message, one after the other; fields can't be filled in here and are left out. */
export const blocksHtml = (blocks: readonly Block[], reader: Reader): Html =>
  html`${blocks.map((block) => blockHtml(block, reader))}`;

function blockHtml(block: Block, reader: Reader): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${lineHtml(block.line, reader)}</p>`;
    case 'note':
      return html`<p class="note">${lineHtml(block.line, reader)}</p>`;
    case 'list': {
      const items = block.items.map((item) => html`<li>${lineHtml(item, reader)}</li>`);
      return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'facts':
      return html`<dl>${block.rows.map(
        ({ label, value }) => html`<div><dt>${label}</dt><dd>${lineHtml(value, reader)}</dd></div>`,
      )}</dl>`;
    case 'fields':
      return html``;
    default:
      return block satisfies never;
  }
}
