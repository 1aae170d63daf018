/** The catalogue: each offering, its status, who provides it, and how it is taken up. */
import { CATALOGUE_WORDS, peopleCounted, periodSaid, statusName } from '../../messages/copy/dashboard.ts';
import type { CatalogueShown } from '../../usecases/dashboard-catalogue.ts';
import type { FramedPage } from './frame.ts';
import { type HtmlPart, html } from './html.ts';
import { tableHtml } from './parts.ts';

export function cataloguePage({ period, offerings, smallest }: CatalogueShown): FramedPage {
  const w = CATALOGUE_WORDS;
  const numbers = [w.requests, w.accepted, w.active, w.systems, w.components, w.repeat, w.referrals];
  const rows = offerings.map(({ offering, used }): readonly HtmlPart[] => {
    const adoption = used?.adoption ?? null;
    return [
      offering.name,
      statusName(offering.status),
      offering.provider.name,
      ...(adoption === null
        ? Array.from({ length: 6 }, () => w.none)
        : [
            adoption.requests,
            adoption.accepted,
            adoption.active,
            adoption.systems,
            adoption.components,
            peopleCounted(adoption.repeatOwners, smallest),
          ]),
      used?.referrals ?? w.none,
    ];
  });
  const columns = [
    { head: w.offering },
    { head: w.status },
    { head: w.provider },
    ...numbers.map((head) => ({ head, isNumber: true })),
  ];
  return {
    title: w.title,
    menu: 'catalogue',
    body: html`<p>${periodSaid(period.name, period.from, period.until)}</p>
      ${tableHtml(w.caption, columns, rows)}
      <section aria-labelledby="purposes"><h2 id="purposes">${w.purposes}</h2>
        <dl>${offerings.map(({ offering }) => html`<div><dt>${offering.name}</dt><dd>${offering.purpose}</dd></div>`)}</dl>
      </section>`,
  };
}
