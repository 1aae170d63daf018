/** Finishing touches on what was drawn: what the card library has no word for. */
import { make } from './elements.js';

/** Values longer than this read better in regular weight. */
const SHORT_VALUE = 60;
/** What the bot tells people to type stands between backticks. */
const TYPED = /`([^`\n]{1,80})`/u;
/** Words of a label with their number, as a review card counts its rows. */
const COUNTED = /^\d+\.\s+/u;

/** Rows of label and value, some with a button. @param {Element} drawn */
export function finishRows(drawn) {
  const hasButtons = drawn.querySelector('.ac-columnSet button') !== null;
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (drawn.querySelectorAll('.ac-columnSet'))) {
    const [label, value] = row.querySelectorAll(':scope > :not([aria-hidden])');
    const name = label?.textContent?.trim() ?? '';
    if (!label || !value || /^(?:•|\d+\.)$/u.test(name)) continue;
    row.classList.add('fact');
    label.classList.add('fact-label');
    value.classList.add('fact-value');
    if ((value.textContent ?? '').length > SHORT_VALUE) value.classList.add('is-long');
    row.classList.toggle('has-button', hasButtons);
    const button = row.querySelector('button');
    if (button) shorten(button, name.replace(COUNTED, ''));
  }
}

/** "Change System name" in the row of that name shows as "Change"; its whole name is still said. @param {HTMLElement} button @param {string} name */
function shorten(button, name) {
  const label = button.textContent ?? '';
  if (name === '' || !label.endsWith(` ${name}`)) return;
  const seen = label.slice(0, -name.length - 1);
  const words = button.firstElementChild ?? button;
  words.replaceChildren(seen, make('span', { class: 'unseen' }, ` ${name}`));
  button.setAttribute('aria-label', label);
  button.title = label;
}

/** Words to type are set apart, as chat clients do. @param {Element} drawn */
export function finishTyped(drawn) {
  for (const run of drawn.querySelectorAll('span')) {
    if (!/mono|courier/iu.test(run.style.fontFamily)) continue;
    run.classList.add('typed');
    run.style.removeProperty('font-family');
    run.style.removeProperty('font-size');
    run.style.removeProperty('color');
  }
  const walker = document.createTreeWalker(drawn, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const found = [];
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const around = node.parentElement;
    // Bold runs are answers and names: they stand as they were given.
    const isBold = Number(around?.style.fontWeight || 400) >= 600;
    if (TYPED.test(node.data) && !isBold && !around?.closest('button, a, label')) found.push(node);
  }
  for (const node of found) node.replaceWith(...typedParts(node.data));
}

/** @param {string} text */
const typedParts = (text) =>
  text
    .split(new RegExp(TYPED.source, 'gu'))
    .map((part, index) => (index % 2 === 1 ? make('code', { class: 'typed' }, part) : part));
