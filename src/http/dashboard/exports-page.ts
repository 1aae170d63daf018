/** Files to download. Each is a form of its own, so that nothing is made by following a link. */
import { EXPORTS_WORDS, FORMAT_NAMES } from '../../messages/copy/dashboard.ts';
import { EXPORTS } from '../../usecases/exports.ts';
import type { Looker } from '../sign-in/door.ts';
import { type FramedPage, PLACES } from './frame.ts';
import { html } from './html.ts';

export function exportsPage({ mark }: Pick<Looker, 'mark'>): FramedPage {
  const w = EXPORTS_WORDS;
  const sections = EXPORTS.map(
    ({ key, name, holds, formats }) => html`<section aria-labelledby="${key}"><h2 id="${key}">${name}</h2>
      <p>${holds}</p>
      <form method="post" action="${PLACES.exports}" class="downloads">
        <input type="hidden" name="mark" value="${mark}">
        <input type="hidden" name="key" value="${key}">
        ${formats.map(
          (format) =>
            html`<button type="submit" name="format" value="${format}">${w.holds(name, FORMAT_NAMES[format])}</button> `,
        )}
      </form></section>`,
  );
  return { title: w.title, menu: 'exports', body: html`<p>${w.intro}</p>${sections}` };
}
