/** The frame around each page: who looks, the menu, the content, and when it was put together. */
import type { Person } from '../../domain/person.ts';
import { DASHBOARD_NAME, FRAME_WORDS, PAGE_NAMES, PROGRAMME_NAME } from '../../messages/copy/dashboard.ts';
import { SIGN_OUT } from '../../messages/copy/dashboard-sign-in.ts';
import type { Door, Looker } from '../sign-in/door.ts';
import { type Html, html } from './html.ts';
import { lineHtml } from './lines.ts';

export type MenuPage = keyof typeof PAGE_NAMES;
export const PLACES: Readonly<Record<MenuPage, string>> = {
  overview: '/dashboard',
  engagements: '/dashboard/engagements',
  measures: '/dashboard/measures',
  catalogue: '/dashboard/catalogue',
  exports: '/dashboard/exports',
};

export interface FramedPage {
  readonly title: string;
  /** Which entry of the menu it belongs to; null for none. */
  readonly menu: MenuPage | null;
  readonly body: Html;
}

/** Who looks, and how they got in. */
export interface Seat {
  readonly person: Person;
  readonly looker: Looker;
  readonly wayOut: Door['wayOut'];
  readonly now: Date;
}

/** A whole page for somebody who may look. */
export const pageFor = (page: FramedPage, seat: Seat): string =>
  documentOf(
    page.title,
    html`
    <header class="top">
      ${brand()}
      ${whoLooks(seat)}
    </header>
    ${menuOf(page.menu)}
    <main id="content" tabindex="-1">
      <h1>${page.title}</h1>
      ${page.body}
    </main>
    <footer><p>${lineHtml(FRAME_WORDS.asOf(seat.now), { timeZone: seat.person.timeZone })}</p></footer>`,
  );

/** A page for somebody who is not known: words and a way on. */
export const plainPage = (title: string, body: Html): string =>
  documentOf(
    title,
    html`
    <header class="top">${brand()}</header>
    <main id="content" tabindex="-1" class="plain">
      <h1>${title}</h1>
      ${body}
    </main>`,
  );

const documentOf = (title: string, body: Html): string =>
  `${html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} | ${PROGRAMME_NAME} ${DASHBOARD_NAME.toLowerCase()}</title>
    <link rel="icon" href="/dashboard/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/dashboard/dashboard.css">
  </head>
  <body>
    <a class="skip" href="#content">${FRAME_WORDS.skip}</a>
    ${body}
  </body>
</html>
`}`;

const brand = (): Html =>
  html`<p class="brand"><strong>${PROGRAMME_NAME}</strong> <span>${DASHBOARD_NAME}</span></p>`;

function whoLooks({ person, looker, wayOut: way }: Seat): Html {
  const words = way === 'choose' ? FRAME_WORDS.looksAs(person.name) : FRAME_WORDS.signedInAs(person.name);
  return html`<div class="who"><p>${words}</p>${wayOut(way, looker)}</div>`;
}

/** How somebody stops to look as who they are. */
export function wayOut(way: Door['wayOut'], { mark }: Looker): Html {
  if (way === 'choose') return html`<p><a href="/dashboard/choose">${FRAME_WORDS.change}</a></p>`;
  return html`<form method="post" action="/dashboard/sign-out">
    <input type="hidden" name="mark" value="${mark}">
    <button type="submit" class="quiet">${SIGN_OUT}</button>
  </form>`;
}

function menuOf(current: MenuPage | null): Html {
  const entries = (Object.keys(PAGE_NAMES) as MenuPage[]).map((page) =>
    page === current
      ? html`<li><a href="${PLACES[page]}" aria-current="page">${PAGE_NAMES[page]}</a></li>`
      : html`<li><a href="${PLACES[page]}">${PAGE_NAMES[page]}</a></li>`,
  );
  return html`<nav class="menu" aria-label="${FRAME_WORDS.menu}"><ul>${entries}</ul></nav>`;
}
