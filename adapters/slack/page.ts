/** A page for somebody whom Slack sends here: a title and a sentence, and nothing of the request. */
import type { ServerResponse } from 'node:http';
import type { PageWords } from '../../src/messages/copy/slack-pages.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export function showPage(response: ServerResponse, status: number, { title, words }: PageWords): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><main><h1>${escaped(title)}</h1><p>${escaped(words)}</p></main></html>\n`,
  );
}
