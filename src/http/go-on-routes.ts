/** `GET /go-on`: where mails lead to. It says how to find the bot, and nothing of any mail: whoever has the link may be anybody. */
import { Router } from 'express';
import { GO_ON_PAGE } from '../messages/copy/mail-answers.ts';

/** A way into a chat with the bot. */
export interface WayIn {
  readonly label: string;
  readonly url: string;
}

export function goOnRoutes(ways: readonly WayIn[]): Router {
  const { title, words } = GO_ON_PAGE;
  const links = ways
    .map(({ label, url }) => `<p><a href="${escaped(url)}">${escaped(label)}</a></p>`)
    .join('');
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><main><h1>${escaped(title)}</h1><p>${escaped(words)}</p>${links}</main></html>\n`;
  const router = Router();
  router.get('/', (_request, response) => {
    response.set('Cache-Control', 'no-store').type('text/html; charset=utf-8').send(page);
  });
  return router;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
