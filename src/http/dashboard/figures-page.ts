/** Measures and pictures of the programme. */
import { FIGURES_WORDS, OVERVIEW_WORDS, periodSaid } from '../../messages/copy/dashboard.ts';
import { measureRows } from '../../messages/copy/measures.ts';
import type { FiguresShown } from '../../usecases/dashboard-figures.ts';
import { type FramedPage, PLACES } from './frame.ts';
import { type Html, html } from './html.ts';
import { pictureHtml, selectHtml, tableHtml } from './parts.ts';

/** All measures with what each one counts, and all pictures, over what was chosen. */
export function figuresPage(shown: FiguresShown): FramedPage {
  const { choice, period, measures, satisfaction, pictures, smallest } = shown;
  const w = FIGURES_WORDS;
  const query = { ...choice };
  return {
    title: w.title,
    menu: 'measures',
    body: html`${filters(shown)}
      <p role="status">${periodSaid(period.name, period.from, period.until)}</p>
      ${tableHtml(
        w.caption,
        [{ head: w.measure }, { head: w.figures }, { head: w.definition }],
        measureRows(measures, satisfaction, smallest).map(({ label, value, definition }) => [
          label,
          value,
          definition,
        ]),
      )}
      <p class="note">${w.note}</p>
      <section aria-labelledby="pictures"><h2 id="pictures">${OVERVIEW_WORDS.pictures}</h2>
        <div class="pictures">${pictures.map((picture) => pictureHtml(picture, query))}</div></section>`,
  };
}

function filters({ choice, periods, components, offerings }: FiguresShown): Html {
  const w = FIGURES_WORDS;
  return html`<form method="get" action="${PLACES.measures}" class="filters" role="search" aria-label="${w.filters}">
    ${selectHtml('period', w.period, periods, choice.period)}
    ${selectHtml('component', w.component, components, choice.component, w.any)}
    ${selectHtml('offering', w.offering, offerings, choice.offering, w.any)}
    <div class="send"><button type="submit">${w.show}</button></div>
  </form>`;
}
