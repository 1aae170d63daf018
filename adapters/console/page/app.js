/** The console's page: who you are, where you are, what you say. */
import { follow, get, post } from './api.js';
import { clockIsOpen, clockMoved, readClockIn, refreshClock, showClock, startClock } from './clock.js';
import { startComposer } from './composer.js';
import { announce, byId, make, roleNames } from './elements.js';
import { openForm } from './form-dialog.js';
import { focusNewestButton, saidBy, show, showAll, showWaiting } from './log.js';
import { startTheme } from './theme.js';

/** @typedef {import('./api.js').Person} Person */
/** @typedef {import('./api.js').Post} Post */
/** @typedef {import('./api.js').Answer} Answer */

/** @type {Person[]} */
let people = [];
/** @type {{ id: string, name: string }[]} */
let channels = [];
/** @type {Person} */
let me;
/** The conversation shown: my id, or `#` and a channel. */
let here = '';
/** @type {Map<string, number>} */
let unread = new Map();
/** @type {EventSource | null} */
let events = null;
let calls = 0;

const nameOf = (/** @type {string} */ id) => people.find((person) => person.id === id)?.name ?? id;
const reading = () => ({ me, nameOf, press, say });
const rooms = () => [me.id, ...channels.map((channel) => `#${channel.id}`)];

/** Shows that the bot is at work while `call` lasts; problems stand above the message box. @param {() => Promise<Answer>} call */
async function work(call) {
  byId('problem').textContent = '';
  calls += 1;
  byId('working').hidden = false;
  try {
    const answer = await call();
    for (const message of answer.messages ?? []) receive({ ...message, from: 'bot' });
    return answer;
  } catch (problem) {
    byId('problem').textContent = /** @type {Error} */ (problem).message;
    return null;
  } finally {
    calls -= 1;
    byId('working').hidden = calls === 0;
  }
}

/** Says `text` here; false when it was not taken. @param {string} text */
async function say(text) {
  const where = here.startsWith('#') ? { in: here.slice(1) } : {};
  const done = showWaiting(text);
  const answer = await work(() => post('say', { as: me.id, ...where, text }));
  done();
  if (answer?.dialog) {
    await fillIn(answer.dialog);
    byId('composer-text').focus();
  }
  return answer !== null;
}

/** @param {Post} message @param {string} action @param {Record<string, unknown>} values */
async function press(message, action, values) {
  const element = document.querySelector(`[data-message="${CSS.escape(message.id)}"]`);
  if (element?.classList.contains('busy')) return;
  element?.classList.add('busy');
  const opener = /** @type {HTMLElement | null} */ (document.activeElement);
  const answer = await work(() => post('press', { as: me.id, message: message.id, action, values }));
  element?.classList.remove('busy');
  if (!answer?.dialog) return;
  await fillIn(answer.dialog);
  if (opener?.isConnected) opener.focus();
  else byId('composer-text').focus();
}

/** Shows a dialog and each that follows it, until one is taken or closed. @param {NonNullable<Answer['dialog']>} first */
async function fillIn(first) {
  let dialog = first;
  const person = me;
  await openForm(dialog, async (given, goOn) => {
    const reply = await post('submit', { as: person.id, dialog: dialog.id, values: given });
    for (const one of reply.messages ?? []) receive({ ...one, from: 'bot' });
    if (reply.dialog) {
      dialog = reply.dialog;
      goOn(dialog);
    }
    return reply.errors ?? null;
  });
}

/** A post came or changed. @param {Post} message */
function receive(message) {
  if (message.to !== here) return;
  const isNew = show(message, reading());
  if (isNew && message.from !== me.id) markRead(message.seq);
}

/** @param {number} seq */
function markRead(seq) {
  unread.set(here, 0);
  drawRooms();
  if (seq > 0) post('read', { as: me.id, for: here, seq }).catch(() => {});
}

/**
 * A room in the list. Its button stands as long as the room does: one that changed places under the pointer would lose the press.
 * @param {string} id @param {string} mark @param {string} name
 */
function roomItem(id, mark, name) {
  const known = /** @type {HTMLElement | null} */ (document.querySelector(`[data-room="${CSS.escape(id)}"]`));
  const button =
    known ??
    make(
      'button',
      { type: 'button', 'data-room': id },
      make('span', { class: 'room-mark', 'aria-hidden': 'true' }, mark),
      make('span', { class: 'room-name' }, name),
    );
  if (!known) button.addEventListener('click', () => enter(id));
  const count = unread.get(id) ?? 0;
  button.className = count > 0 ? 'room unread' : 'room';
  if (id === here) button.setAttribute('aria-current', 'page');
  else button.removeAttribute('aria-current');
  button.querySelector('.badge')?.remove();
  if (count > 0)
    button.append(
      make('span', { class: 'badge' }, String(count), make('span', { class: 'unseen' }, ' unread')),
    );
  return button.closest('li') ?? make('li', {}, button);
}

/** Leaves alone what stands already. @param {string} list @param {readonly HTMLElement[]} items */
function showRooms(list, items) {
  const standing = byId(list).children;
  if (standing.length !== items.length || items.some((item, place) => standing[place] !== item))
    byId(list).replaceChildren(...items);
}

function drawRooms() {
  showRooms('direct-list', [roomItem(me.id, 'IB', 'ISSO bot')]);
  showRooms(
    'channel-list',
    channels.map((channel) => roomItem(`#${channel.id}`, '#', channel.name)),
  );
  const total = [...unread.values()].reduce((sum, count) => sum + count, 0);
  document.title = `${total > 0 ? `(${total}) ` : ''}ISSO As A Service: console`;
}

/** Shows a conversation. @param {string} id */
async function enter(id) {
  here = id;
  const channel = channels.find((one) => `#${one.id}` === id);
  byId('talk-title').textContent = channel ? channel.name : 'ISSO bot';
  byId('talk-note').textContent = channel
    ? `#${channel.id} · everybody here can read it · you speak as ${me.name}`
    : `Direct messages between the bot and ${me.name} · ${roleNames(me.roles)}`;
  byId('composer-label').textContent = `Message to ${channel ? channel.name : 'ISSO bot'}`;
  byId('composer-text').placeholder = channel ? `Message ${channel.name}` : 'Message ISSO bot';
  byId('problem').textContent = '';
  const address = new URLSearchParams({ as: me.id, ...(channel ? { in: channel.id } : {}) });
  history.replaceState(null, '', `/console?${address}`);
  drawRooms();
  const { messages } = await get('conversation', { as: me.id, for: id });
  if (here !== id) return;
  showAll(messages, reading());
  markRead(messages.at(-1)?.seq ?? 0);
}

async function countUnread() {
  const { conversations } = await get('unread', { as: me.id });
  unread = new Map(
    conversations.map((/** @type {{ id: string, unread: number }} */ one) => [one.id, one.unread]),
  );
  drawRooms();
}

/** After connecting (again): what came or changed meanwhile, without redrawing what stands. */
async function catchUp() {
  const where = here;
  const { messages } = await get('conversation', { as: me.id, for: where });
  if (here === where) messages.forEach(receive);
  await Promise.all([countUnread(), refreshClock()]);
}

/** Becomes somebody else. @param {Person} person @param {string} [room] */
async function become(person, room) {
  events?.close();
  me = person;
  byId('who').value = person.id;
  /** @type {HTMLAnchorElement} */ (byId('dashboard')).href =
    `/dashboard?as=${encodeURIComponent(person.id)}`;
  localStorage.setItem('console.as', person.id);
  readClockIn(person.timeZone);
  unread = new Map();
  await enter(room ?? (here.startsWith('#') ? here : person.id));
  // Somebody else was chosen meanwhile.
  if (me !== person) return;
  events = follow(person.id, {
    hello: catchUp,
    post: (/** @type {Post} */ message) => {
      if (message.to === here) return receive(message);
      unread.set(message.to, (unread.get(message.to) ?? 0) + (message.from === me.id ? 0 : 1));
      drawRooms();
      announce(`New message in ${message.to === me.id ? 'ISSO bot' : message.to}`);
    },
    edit: (/** @type {Post} */ message) => {
      receive(message);
      if (message.to === here) announce(`A message was updated: ${message.text.slice(0, 200)}`);
    },
    clock: clockMoved,
    read: (/** @type {{ for: string }} */ mark) => {
      unread.set(mark.for, 0);
      drawRooms();
    },
  });
}

/** @param {KeyboardEvent} event */
function shortcut(event) {
  if (document.querySelector('dialog[open]')) return;
  if (event.ctrlKey && event.key === '/') byId('keys').showModal();
  else if (!event.altKey || event.ctrlKey || event.metaKey) return;
  else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
    const list = rooms();
    const step = event.key === 'ArrowUp' ? -1 : 1;
    enter(list[(list.indexOf(here) + step + list.length) % list.length] ?? me.id);
  } else if (event.code === 'KeyM') byId('composer-text').focus();
  else if (event.code === 'KeyL') focusNewestButton();
  else if (event.code === 'KeyW') byId('who').focus();
  else if (event.code === 'KeyC') {
    showClock(!clockIsOpen());
    byId(clockIsOpen() ? 'clock-hour' : 'clock-toggle').focus();
  } else return;
  event.preventDefault();
}

async function start() {
  [people, channels] = await Promise.all([get('people'), get('channels')]);
  byId('who').replaceChildren(
    ...people.map((person) =>
      make('option', { value: person.id }, `${person.name} (${roleNames(person.roles)})`),
    ),
  );
  byId('who').addEventListener('change', () => {
    const person = people.find((one) => one.id === byId('who').value);
    if (person) become(person);
  });
  // Scrolled by keyboard in a low window, so it takes focus.
  byId('keys-list').tabIndex = 0;
  byId('keys-open').addEventListener('click', () => byId('keys').showModal());
  document.addEventListener('keydown', shortcut);
  startTheme();
  startClock();
  startComposer({ say, recall: () => saidBy(me.id) });
  await refreshClock();
  const asked = new URLSearchParams(location.search);
  const first =
    people.find((person) => person.id === (asked.get('as') ?? localStorage.getItem('console.as'))) ??
    people[0];
  if (!first) throw new Error('There is nobody to be: the roster is empty.');
  const room = channels.find((channel) => channel.id === asked.get('in'));
  await become(first, room ? `#${room.id}` : first.id);
  // A link may bring words along; they stand in the message box and are sent by the person, not by the link.
  const words = asked.get('text')?.slice(0, 500);
  if (words) {
    byId('composer-text').value = words;
    byId('composer-text').focus();
  }
  document.body.dataset.ready = 'yes';
}

start().catch((problem) => {
  byId('problem').textContent = /** @type {Error} */ (problem).message;
});
