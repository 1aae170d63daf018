/** Draws the page's card with Microsoft's `adaptivecards` library, in Teams' colours, one panel for each of its sections. */

/** @type {any} */
const library = /** @type {any} */ (globalThis).AdaptiveCards;

const tone = (/** @type {string} */ colour) => ({
  default: `var(--${colour})`,
  subtle: colour === 'ink' ? 'var(--ink-2)' : `var(--${colour})`,
});
const foregroundColors = {
  default: tone('ink'),
  dark: tone('ink'),
  light: tone('ink-2'),
  accent: tone('brand'),
  good: tone('ink'),
  warning: tone('ink'),
  attention: tone('bad'),
};
const style = { backgroundColor: 'transparent', foregroundColors };

const hostConfig = () =>
  new library.HostConfig({
    fontFamily: 'inherit',
    supportsInteractivity: true,
    spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 0 },
    separator: { lineThickness: 1, lineColor: 'var(--line)' },
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    lineHeights: { small: 18, default: 20, medium: 22, large: 24, extraLarge: 32 },
    containerStyles: {
      default: style,
      emphasis: style,
      accent: style,
      good: style,
      warning: style,
      attention: style,
    },
    textBlock: { headingLevel: 2 },
  });

/**
 * The card as an element.
 * @param {any} json
 * @param {(address: string) => unknown} open
 * @returns {HTMLElement | null} null when the library can't draw it
 */
export function drawCard(json, open) {
  if (!library) return null;
  const card = new library.AdaptiveCard();
  card.hostConfig = hostConfig();
  card.onExecuteAction = (/** @type {any} */ action) => {
    if (action instanceof library.OpenUrlAction && /^(?:https?:|mailto:)/u.test(action.url)) open(action.url);
  };
  card.parse(json);
  const drawn = card.render();
  if (!drawn) return null;
  drawn.removeAttribute('tabindex');
  for (const link of drawn.querySelectorAll('a.ac-anchor')) link.setAttribute('rel', 'noopener noreferrer');
  for (const row of drawn.querySelectorAll('.ac-columnSet')) markRow(row);
  for (const run of drawn.querySelectorAll('span')) markTyped(run);
  return inPanels(drawn);
}

/** Rows of label and value stand in two columns, items of a list behind their mark. @param {Element} row */
function markRow(row) {
  const [first, second] = row.querySelectorAll(':scope > :not([aria-hidden])');
  if (!first || !second) return;
  const isItem = /^(?:•|\d+\.)$/u.test(first.textContent?.trim() ?? '');
  row.classList.add(isItem ? 'item' : 'fact');
  first.classList.add(isItem ? 'item-mark' : 'fact-label');
  second.classList.add(isItem ? 'item-words' : 'fact-value');
}

/** What to type in the chat is set apart, as chat clients do. @param {HTMLElement} run */
function markTyped(run) {
  if (!/mono|courier/iu.test(run.style.fontFamily)) return;
  run.classList.add('typed');
  for (const name of ['font-family', 'font-size', 'font-weight', 'color', 'line-height'])
    run.style.removeProperty(name);
}

/** A paragraph of nothing but a bold run names the section below it. @param {Element} element */
function isSectionName(element) {
  if (!element.classList.contains('ac-richTextBlock') || element.childElementCount !== 1) return false;
  const [run] = /** @type {HTMLCollectionOf<HTMLElement>} */ (element.children);
  return run !== undefined && Number(run.style.fontWeight) >= 600;
}

/** @param {Element} drawn */
function inPanels(drawn) {
  const all = document.createElement('div');
  all.className = 'panels';
  let panel = document.createElement('section');
  panel.className = 'panel is-first';
  /** @type {Element | null} the gap before the next element, which stands between elements only */
  let gap = null;
  for (const element of [...drawn.children]) {
    if (isSectionName(element)) {
      if (panel.childElementCount > 0) all.append(panel);
      panel = document.createElement('section');
      panel.className = 'panel';
      panel.append(headingOf(element, all.childElementCount, panel));
      gap = null;
    } else if (isGap(element)) {
      gap = panel.childElementCount > panel.querySelectorAll(':scope > h2').length ? element : null;
    } else {
      panel.append(...(gap ? [gap] : []), element);
      gap = null;
    }
  }
  all.append(panel);
  return all;
}

/** @param {Element} element */
const isGap = (element) => element.getAttribute('aria-hidden') === 'true';

/** @param {Element} name @param {number} number @param {HTMLElement} panel */
function headingOf(name, number, panel) {
  const heading = document.createElement('h2');
  heading.id = `section-${number}`;
  heading.textContent = name.textContent;
  panel.setAttribute('aria-labelledby', heading.id);
  return heading;
}

if (library) {
  // No markdown: words are shown as they stand.
  library.AdaptiveCard.onProcessMarkdown = (/** @type {string} */ text, /** @type {any} */ result) => {
    const words = document.createElement('span');
    words.textContent = text;
    result.outputHtml = words.innerHTML;
    result.didProcess = true;
  };
}
