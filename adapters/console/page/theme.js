/** Light, dark, or as the system says. */
import { byId } from './elements.js';

const THEMES = /** @type {const} */ (['system', 'light', 'dark']);
const NAMES = { system: 'System', light: 'Light', dark: 'Dark' };

/** @param {typeof THEMES[number]} theme */
function apply(theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  byId('theme-name').textContent = NAMES[theme];
  localStorage.setItem('console.theme', theme);
}

/** Wires the button that goes through the three. */
export function startTheme() {
  const current = () => THEMES.find((theme) => theme === localStorage.getItem('console.theme')) ?? 'system';
  apply(current());
  byId('theme').addEventListener('click', () =>
    apply(THEMES[(THEMES.indexOf(current()) + 1) % THEMES.length] ?? 'system'),
  );
}
