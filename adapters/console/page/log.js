/** The conversation on the page: days, senders, bubbles and cards, in the order of their numbers. */
import { drawCard } from './cards.js';
import { byId, initials, make } from './elements.js';
import { finishTyped } from './finish.js';
import { dayKey, sayDay, sayShort, sayTime } from './times.js';

/** @typedef {import('./api.js').Post} Post */
/**
 * @typedef {object} Reading
 * @property {import('./api.js').Person} me
 * @property {(id: string) => string} nameOf
 * @property {(post: Post, action: string, values: Record<string, unknown>) => void} press
 * @property {(text: string) => void} say
 */

/** Posts of one sender within this time stand together. */
const TOGETHER_MS = 5 * 60_000;
const log = byId('log');
const inner = byId('log-inner');
// Scrolled by keyboard, so it takes focus.
log.tabIndex = 0;

/** @type {Map<string, Post>} */
let posts = new Map();

const inOrder = () => [...posts.values()].sort((one, other) => one.seq - other.seq);

/** What `personId` said here, newest first. @param {string} personId */
export const saidBy = (personId) =>
  inOrder()
    .filter((post) => post.from === personId)
    .map((post) => post.text)
    .reverse();

/** Shows a conversation from its start. @param {Post[]} messages @param {Reading} reading */
export function showAll(messages, reading) {
  posts = new Map(messages.map((post) => [post.id, post]));
  log.setAttribute('aria-busy', 'true');
  redraw(reading);
  toEnd();
  requestAnimationFrame(() => log.removeAttribute('aria-busy'));
}

/** Adds a post or redraws it where it stands. @param {Post} post @param {Reading} reading @returns {boolean} true when it is new */
export function show(post, reading) {
  const before = posts.get(post.id);
  if (before && before.editedAt === post.editedAt && before.text === post.text) return false;
  const last = inOrder().at(-1);
  posts.set(post.id, post);
  const old = document.getElementById(elementId(post));
  if (old && before) {
    const hadFocus = old.contains(document.activeElement);
    const action = document.activeElement?.textContent;
    const drawn = postElement(post, reading, old.classList.contains('follows'));
    // What somebody has unfolded stays so.
    if (old.querySelector('details[open]')) drawn.querySelector('details')?.setAttribute('open', '');
    standStill(old, () => old.replaceWith(drawn));
    if (hadFocus) focusAgain(drawn, action ?? '');
    return false;
  }
  if (last && last.seq > post.seq) {
    insert(post, reading);
    return true;
  }
  const wasAtEnd = isAtEnd();
  const drawn = append(post, last, reading);
  drawn.classList.add('fresh');
  if (wasAtEnd || post.from === reading.me.id) toEnd();
  else byId('to-end').hidden = false;
  return true;
}

/** What is being read stays where it is while `change` makes `element` higher or lower. @param {HTMLElement} element @param {() => void} change */
function standStill(element, change) {
  const wasAtEnd = isAtEnd();
  const isAbove = element.getBoundingClientRect().bottom < log.getBoundingClientRect().top;
  const { scrollHeight, scrollTop } = log;
  change();
  if (wasAtEnd) toEnd();
  else if (isAbove) log.scrollTop = scrollTop + log.scrollHeight - scrollHeight;
}

/** Focus stays with the redrawn message: on the same button if it is still there. @param {HTMLElement} drawn @param {string} label */
function focusAgain(drawn, label) {
  const buttons = /** @type {HTMLElement[]} */ ([...drawn.querySelectorAll('button')]);
  const same = buttons.find((button) => button.textContent === label);
  if (same) same.focus({ preventScroll: true });
  else {
    drawn.tabIndex = -1;
    drawn.focus({ preventScroll: true });
  }
}

/** Shows at once what is being said, until the answer tells how it was kept. @param {string} text */
export function showWaiting(text) {
  const body = make('div', { class: 'post-body' }, make('div', { class: 'bubble' }, text));
  const waiting = make('article', { class: 'post mine waiting', 'aria-hidden': 'true' }, body);
  inner.querySelector('.empty')?.remove();
  inner.append(waiting);
  toEnd();
  return () => waiting.remove();
}

/** @param {Reading} reading */
function redraw(reading) {
  inner.replaceChildren();
  const ordered = inOrder();
  if (ordered.length === 0) inner.append(emptyElement(reading));
  ordered.forEach((post, index) => {
    append(post, ordered[index - 1], reading);
  });
}

/** @param {Reading} reading */
function emptyElement(reading) {
  const starters = ['Hi', 'I need an ISSO', 'Help'].map((words) => {
    const button = make('button', { type: 'button', class: 'button' }, words);
    button.addEventListener('click', () => reading.say(words));
    return button;
  });
  return make(
    'div',
    { class: 'empty' },
    make('strong', {}, 'Nothing has been said here yet'),
    'Say hi, or ask for what you need. The bot answers as it does in Teams and Slack.',
    make('div', { class: 'starters' }, ...starters),
  );
}

/** @param {Post | undefined} one @param {Post} other @param {string} zone */
const isSameDay = (one, other, zone) => one !== undefined && dayKey(one.at, zone) === dayKey(other.at, zone);

/** Stands below `before` without a name of its own. @param {Post | undefined} before @param {Post} post @param {string} zone */
const follows = (before, post, zone) =>
  isSameDay(before, post, zone) &&
  before?.from === post.from &&
  Date.parse(post.at) - Date.parse(before.at) < TOGETHER_MS;

/** A post that came after later ones: put in its place, so that what is typed in other cards stays. @param {Post} post @param {Reading} reading */
function insert(post, reading) {
  const ordered = inOrder();
  const place = ordered.indexOf(post);
  const next = ordered[place + 1];
  const below = next && document.getElementById(elementId(next));
  if (!below) return;
  const zone = reading.me.timeZone;
  standStill(below, () => {
    let anchor = below;
    const day = below.previousElementSibling;
    if (day instanceof HTMLElement && day.matches('.day')) {
      if (isSameDay(post, next, zone)) day.remove();
      else anchor = day;
    }
    append(post, ordered[place - 1], reading, anchor);
    below.classList.toggle('follows', follows(post, next, zone));
  });
}

/** @param {Post} post @param {Post | undefined} before @param {Reading} reading @param {HTMLElement | null} [anchor] what it stands above */
function append(post, before, reading, anchor = null) {
  inner.querySelector('.empty')?.remove();
  const zone = reading.me.timeZone;
  if (!isSameDay(before, post, zone))
    inner.insertBefore(make('h3', { class: 'day' }, sayDay(post.at, zone)), anchor);
  const drawn = postElement(post, reading, follows(before, post, zone));
  inner.insertBefore(drawn, anchor);
  return drawn;
}

/** @param {Post} post */
const elementId = (post) => `post-${post.seq}`;

/** @param {Post} post @param {Reading} reading @param {boolean} follows */
function postElement(post, reading, follows) {
  const isMine = post.from === reading.me.id;
  const name = post.from === 'bot' ? 'ISSO bot' : reading.nameOf(post.from);
  const face = make(
    'span',
    { class: post.from === 'bot' ? 'face' : 'face person', 'aria-hidden': 'true' },
    post.from === 'bot' ? 'IB' : initials(name),
  );
  const head = make(
    'header',
    { class: 'post-head', id: `${elementId(post)}-head` },
    make('span', { class: 'post-name' }, isMine ? 'You' : name),
    make('time', { class: 'post-at', datetime: post.at }, sayTime(post.at, reading.me.timeZone)),
  );
  const body = make('div', { class: 'post-body' }, bodyOf(post, reading));
  if (post.editedAt)
    body.append(
      make('p', { class: 'edited' }, `Updated ${sayEdit(post, post.editedAt, reading.me.timeZone)}`),
    );
  const kind = `post${isMine ? ' mine' : ''}${follows ? ' follows' : ''}`;
  return make(
    'article',
    {
      class: kind,
      id: elementId(post),
      'data-message': post.id,
      'aria-labelledby': `${elementId(post)}-head`,
    },
    face,
    head,
    body,
  );
}

/** The day is said only when it is another than that of the post. @param {Post} post @param {string} at @param {string} zone */
const sayEdit = (post, at, zone) =>
  dayKey(post.at, zone) === dayKey(at, zone) ? sayTime(at, zone) : sayShort(at, zone);

/** @param {Post} post @param {Reading} reading */
function bodyOf(post, reading) {
  const card = post.card
    ? drawCard(post.card, (action, values) => reading.press(post, action, values))
    : null;
  if (card) return card;
  const bubble = make('div', { class: 'bubble' }, post.text);
  if (post.from === 'bot') finishTyped(bubble);
  return bubble;
}

const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 80;

/** Scrolls to the newest message. */
export function toEnd() {
  log.scrollTop = log.scrollHeight;
  // In a low window the page scrolls, not the log.
  if (log.scrollHeight <= log.clientHeight) window.scrollTo(0, document.body.scrollHeight);
  byId('to-end').hidden = true;
}

/** Moves to the first button of the newest message that has one. */
export function focusNewestButton() {
  const newest = /** @type {HTMLElement[]} */ ([...inner.querySelectorAll('.post')]).reverse();
  const button = newest
    .map((post) => /** @type {HTMLElement | null} */ (post.querySelector('button, input, textarea, select')))
    .find(Boolean);
  (button ?? log).focus();
}

log.addEventListener('scroll', () => {
  if (isAtEnd()) byId('to-end').hidden = true;
});
byId('to-end').addEventListener('click', () => {
  toEnd();
  byId('composer-text').focus();
});
