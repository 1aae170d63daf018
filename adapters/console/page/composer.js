/** The message box: Enter sends, Shift and Enter make a new line, the up arrow brings back what was said before. */
import { byId } from './elements.js';

/**
 * @param {object} parts
 * @param {(text: string) => Promise<boolean>} parts.say false when it was not taken
 * @param {() => string[]} parts.recall what the person said here, newest first
 */
export function startComposer({ say, recall }) {
  /** @type {HTMLTextAreaElement} */
  const box = byId('composer-text');
  /** How far back the up arrow has gone; -1 when not at all. */
  let back = -1;
  const grow = () => {
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight + 3}px`;
  };
  const put = (/** @type {string} */ words) => {
    box.value = words;
    grow();
    box.setSelectionRange(words.length, words.length);
  };
  const send = async () => {
    const words = box.value;
    if (words.trim() === '') return;
    back = -1;
    put('');
    if (!(await say(words)) && box.value === '') put(words);
  };

  byId('composer').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    send();
    box.focus();
  });
  box.addEventListener('input', () => {
    back = -1;
    grow();
  });
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && (box.value === '' || back >= 0)) {
      event.preventDefault();
      const said = recall();
      back = Math.min(back + 1, said.length - 1);
      if (back >= 0) put(said[back] ?? '');
    } else if (event.key === 'ArrowDown' && back >= 0) {
      event.preventDefault();
      back -= 1;
      put(back >= 0 ? (recall()[back] ?? '') : '');
    }
  });
}
