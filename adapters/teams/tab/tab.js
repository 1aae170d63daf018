/** The page: asks Teams who is looking, asks our server for their page, and draws it. It changes nothing. */
import { drawCard } from './cards.js';
import { askForToken, isInTeams, openAddress } from './host.js';

const ANSWER_MS = 20_000;

/** @typedef {{ readonly title: string, readonly words: string, readonly keeps?: boolean }} Problem `keeps`: what stands on the page may stay. */

/** @satisfies {Record<string, Problem>} */
const PROBLEMS = {
  outside: {
    title: 'This page opens inside Microsoft Teams',
    words: 'Open Teams, look for ISSO As A Service among your apps, and choose its tab.',
  },
  unknown: {
    title: 'Teams did not sign you in',
    words:
      'Please try again, and allow the page to know who you are when Teams asks. If that does not help, tell your Teams administrator.',
  },
  away: {
    title: 'Your page could not be loaded',
    words: 'The bot does not answer at present. Please try again in a moment.',
    keeps: true,
  },
};

/** @param {string} id @returns {any} */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page lacks #${id}.`);
  return element;
}
const own = byId('own');
/** The way into the chat, once its address is known. */
const chat = Object.assign(document.createElement('a'), {
  className: 'button primary',
  target: '_blank',
  rel: 'noopener noreferrer',
  textContent: 'Open the chat',
});
const refresh = byId('refresh');
let isBusy = false;

async function load() {
  if (isBusy) return;
  isBusy = true;
  setBusy();
  const problem = await lookUp().catch(() => PROBLEMS.away);
  if (problem) showProblem(problem);
  isBusy = false;
  setBusy();
  document.body.dataset.ready = '';
}

/** Draws the page; answers what went wrong, if anything did. @returns {Promise<Problem | null>} */
async function lookUp() {
  if (!(await isInTeams())) return PROBLEMS.outside;
  const token = await askForToken();
  if (!token) return PROBLEMS.unknown;
  const answer = await fetch(new URL('me', import.meta.url), {
    headers: { authorization: `Bearer ${token}` },
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const body = await answer.json();
  if (!answer.ok) {
    const words = typeof body.error === 'string' ? body.error : PROBLEMS.away.words;
    return { title: PROBLEMS.away.title, words, keeps: answer.status >= 500 };
  }
  draw(body);
  return null;
}

/** @param {{ heading: string, card: any, text: string, chatUrl: string }} page */
function draw({ heading, card, text, chatUrl }) {
  byId('title').textContent = heading;
  const drawn = drawCard(card, openAddress);
  if (drawn) own.replaceChildren(drawn);
  else own.replaceChildren(plain(text));
  chat.href = chatUrl;
  byId('ways').prepend(chat);
  byId('problem').hidden = true;
  byId('status').textContent = 'Your page is up to date.';
}

/** The whole page in words, for a browser that can't draw cards. @param {string} text */
function plain(text) {
  const words = document.createElement('p');
  words.className = 'panel is-plain';
  words.textContent = text;
  return words;
}

/** @param {Problem} problem */
function showProblem({ title, words, keeps }) {
  const stays = keeps === true && own.childElementCount > 0;
  if (!stays) own.replaceChildren();
  byId('problem-title').textContent = title;
  byId('problem-words').textContent = stays ? `${words} What stands below is as it was before.` : words;
  byId('problem').hidden = false;
  byId('status').textContent = `${title}. ${words}`;
}

function setBusy() {
  byId('page').setAttribute('aria-busy', String(isBusy));
  for (const button of [refresh, byId('again')]) button.setAttribute('aria-disabled', String(isBusy));
  byId('waiting').hidden = !isBusy || own.childElementCount > 0;
  if (isBusy) byId('status').textContent = 'Loading your page.';
}

refresh.addEventListener('click', load);
byId('again').addEventListener('click', () => {
  // The button goes away with the problem: what has focus must not go with it.
  refresh.focus();
  void load();
});
chat.addEventListener('click', (event) => {
  event.preventDefault();
  void openAddress(chat.href);
});
void load();
