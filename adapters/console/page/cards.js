/** Draws cards with Microsoft's `adaptivecards` library, in the page's own colours. */
import { make } from './elements.js';
import { finishRows, finishTyped } from './finish.js';

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
  accent: tone('primary'),
  good: tone('good'),
  warning: tone('warn'),
  attention: tone('bad'),
};
const plainStyle = { backgroundColor: 'transparent', foregroundColors };

function hostConfig() {
  const config = new library.HostConfig({
    fontFamily: 'inherit',
    supportsInteractivity: true,
    spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 0 },
    separator: { lineThickness: 1, lineColor: 'var(--line)' },
    fontSizes: { small: 14, default: 16, medium: 18, large: 21, extraLarge: 26 },
    fontWeights: { lighter: 300, default: 400, bolder: 650 },
    lineHeights: { small: 20, default: 23, medium: 25, large: 28, extraLarge: 34 },
    containerStyles: {
      default: plainStyle,
      emphasis: { ...plainStyle, backgroundColor: 'var(--surface-2)' },
      accent: plainStyle,
      good: plainStyle,
      warning: plainStyle,
      attention: plainStyle,
    },
    textBlock: { headingLevel: 3 },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: { weight: 'bolder', color: 'default' },
        optionalInputs: { weight: 'bolder', color: 'default' },
      },
      errorMessage: { weight: 'bolder', color: 'attention', size: 'small', spacing: 'small' },
    },
    actions: {
      maxActions: 12,
      spacing: 'medium',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 8 },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
  });
  // The library forgets a suffix given above.
  config.inputs.label.requiredInputs.suffix = ' (needed)';
  return config;
}

const asMarkup = (/** @type {string} */ text) => make('span', {}, text).innerHTML;

/** Values of a card's inputs as the script interface takes them. @param {any} card */
function valuesOf(card) {
  /** @type {Record<string, unknown>} */
  const values = {};
  for (const input of card.getAllInputs()) {
    if (!input.id) continue;
    if (input instanceof library.ToggleInput) values[input.id] = input.value === input.valueOn;
    else if (input instanceof library.ChoiceSetInput && input.isMultiSelect) {
      values[input.id] = input.value ? input.value.split(',') : [];
    } else values[input.id] = input.value ?? null;
  }
  return values;
}

/**
 * The card as an element.
 * @param {any} json
 * @param {(action: string, values: Record<string, unknown>) => void} press
 * @returns {HTMLElement | null} null when the library can't draw it
 */
export function drawCard(json, press) {
  if (!library) return null;
  /** @type {{ type: string, id?: string, items?: unknown[] }[]} */
  const body = json.body;
  const below = body.find((part) => part.type === 'Container' && part.id === 'below');
  const drawn = rendered({ ...json, body: body.filter((part) => part !== below) }, press);
  if (!drawn) return null;
  const hasFrame = json.body.length > 1 || drawn.querySelector('button, input, textarea, select');
  const element = make('div', { class: hasFrame ? 'card' : 'card is-plain' }, drawn);
  const details = below ? rendered({ ...json, body: below.items }, press) : null;
  if (details) element.append(make('details', { class: 'below' }, make('summary', {}, 'Details'), details));
  return element;
}

/** @param {any} json @param {(action: string, values: Record<string, unknown>) => void} press @returns {HTMLElement | null} */
function rendered(json, press) {
  const card = new library.AdaptiveCard();
  card.hostConfig = hostConfig();
  card.onExecuteAction = (/** @type {any} */ action) => {
    if (action instanceof library.OpenUrlAction) {
      if (/^(?:https?:|mailto:)/u.test(action.url)) window.open(action.url, '_blank', 'noopener,noreferrer');
      // A file that the card carries is saved under its name.
      if (/^data:(?:application\/pdf|text\/csv);/u.test(action.url))
        make('a', { href: action.url, download: action.id }).click();
      return;
    }
    const asks = action.associatedInputs !== 'none';
    press(action.data.action, asks ? valuesOf(card) : {});
  };
  card.parse(json);
  const drawn = card.render();
  if (!drawn) return null;
  drawn.removeAttribute('tabindex');
  for (const link of drawn.querySelectorAll('a.ac-anchor')) link.setAttribute('rel', 'noopener noreferrer');
  finishRows(drawn);
  finishTyped(drawn);
  return drawn;
}

if (library) {
  // No markdown: words are shown as they stand.
  library.AdaptiveCard.onProcessMarkdown = (/** @type {string} */ text, /** @type {any} */ result) => {
    result.outputHtml = asMarkup(text);
    result.didProcess = true;
  };
}
