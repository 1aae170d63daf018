/** The panel that moves the app's clock. */
import { get, post } from './api.js';
import { byId, make } from './elements.js';
import { instantOf, localInput, sayDay, sayShort, sayTime, sayZone } from './times.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** So many of the latest runs are listed. */
const RUNS_SHOWN = 40;

/** @type {Date} */
let now = new Date(0);
let timeZone = 'America/New_York';
/** @type {{ job: string, at: string }[]} */
let runs = [];
/** The last move told, which may come twice: as the answer and as an event. */
let lastMove = '';
/** How many ran on the last move; null before the first. @type {number | null} */
let lastCount = null;

/** What a job does, for those who read its name for the first time. */
const JOBS = {
  'deliver-pending': 'Sent messages',
  'enqueue-digests': 'Wrote the digest',
  'finish-accepted': 'Finished work',
  'read-closures': 'Read the closed days',
  'plan-meetings': 'Planned meetings',
  'prompt-meetings': 'Offered meetings',
  'ask-check-ins': 'Asked for check-ins',
  'ask-surveys': 'Asked how satisfied people are',
  'ask-profiles': 'Asked for Service ISSO profiles',
  'watch-engagements': 'Looked at engagements',
  'watch-training': 'Looked at training',
  nudge: 'Wrote nudges',
  'post-audit-head': 'Posted the head of the record',
  'review-access': 'Asked for access reviews',
  'tell-overdue-lines': 'Told of overdue off-boarding',
  'follow-status-reports': 'Followed the status report',
  'refresh-digests': 'Brought the digest up to date',
  'find-accounts': 'Looked for accounts',
  'take-in-mail': 'Took in mail',
};

/** Shows the app's time, and what ran, in the zone of whoever is chosen. */
function draw() {
  byId('clock-now').textContent = `${sayShort(now, timeZone)}`;
  byId('clock-day').textContent = sayDay(now, timeZone);
  byId('clock-time').textContent = sayTime(now, timeZone);
  byId('clock-zone').textContent = sayZone(now, timeZone);
  const field = byId('clock-to');
  field.min = localInput(now, timeZone);
  if (!field.value || field.value < field.min) field.value = field.min;
  drawRuns();
}

/** The latest runs, those of one instant together. */
function drawRuns() {
  if (lastCount === null) return;
  const what = lastCount === 1 ? 'job' : 'jobs';
  byId('clock-said').textContent = `Now ${sayDay(now, timeZone)}, ${sayTime(now, timeZone)}. ${
    lastCount === 0 ? 'Nothing was due on the way.' : `${lastCount} ${what} ran on the way.`
  }`;
  const instants = [...new Set(runs.map(({ at }) => at))];
  byId('clock-ran').replaceChildren(
    ...instants.map((at) =>
      make(
        'li',
        {},
        make('p', { class: 'ran-at' }, sayShort(at, timeZone)),
        ...runs
          .filter((run) => run.at === at)
          .reverse()
          .map(({ job }) => jobElement(job)),
      ),
    ),
  );
}

/** @param {string} job */
const jobElement = (job) => {
  const words = JOBS[/** @type {keyof typeof JOBS} */ (job)];
  return make('p', { class: 'ran-job' }, ...(words ? [words, make('code', {}, job)] : [job]));
};

/** @param {string} zone */
export function readClockIn(zone) {
  timeZone = zone;
  byId('clock-to').value = '';
  draw();
}

/** Takes the time from the server. */
export async function refreshClock() {
  now = new Date((await get('clock')).now);
  draw();
}

/** The clock was moved, here or in another window. @param {{ now: string, ran: { job: string, at: string }[] }} moved */
export function clockMoved(moved) {
  const move = `${moved.now} ${moved.ran.length}`;
  if (move === lastMove) return;
  lastMove = move;
  now = new Date(moved.now);
  runs = [...moved.ran].reverse().concat(runs).slice(0, RUNS_SHOWN);
  lastCount = moved.ran.length;
  draw();
}

/** The same time of day on the next day that isn't a weekend, for when the server can't say. @param {Date} after */
function nextWeekday(after) {
  let next = new Date(after.getTime() + DAY_MS);
  while (
    ['Sat', 'Sun'].includes(new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' }).format(next))
  ) {
    next = new Date(next.getTime() + DAY_MS);
  }
  return next;
}

/** @param {() => Promise<object>} target */
async function move(target) {
  byId('clock-problem').textContent = '';
  const buttons = [...byId('clock').querySelectorAll('.button')];
  for (const button of buttons) button.setAttribute('aria-disabled', 'true');
  byId('clock-said').textContent = 'Moving the clock…';
  try {
    byId('clock-to').value = '';
    clockMoved(await post('clock', await target()));
  } catch (problem) {
    byId('clock-said').textContent = '';
    byId('clock-problem').textContent = /** @type {Error} */ (problem).message;
  } finally {
    for (const button of buttons) button.removeAttribute('aria-disabled');
  }
}

/** Opens or closes the panel. @param {boolean} open */
export function showClock(open) {
  byId('clock').hidden = !open;
  byId('rooms').classList.toggle('with-clock', open);
  byId('clock-toggle').setAttribute('aria-expanded', String(open));
  localStorage.setItem('console.clock', open ? 'open' : 'closed');
}
export const clockIsOpen = () => !byId('clock').hidden;

/** Wires the panel's buttons. */
export function startClock() {
  byId('clock-toggle').addEventListener('click', () => {
    showClock(!clockIsOpen());
    if (clockIsOpen()) byId('clock-hour').focus();
  });
  byId('clock-close').addEventListener('click', () => {
    showClock(false);
    byId('clock-toggle').focus();
  });
  byId('clock').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape') return;
    showClock(false);
    byId('clock-toggle').focus();
  });
  byId('clock-hour').addEventListener('click', () => move(async () => ({ advance: 'PT1H' })));
  byId('clock-business-day').addEventListener('click', () =>
    move(async () => {
      const clock = await get('clock');
      return { to: clock.nextBusinessDay ?? nextWeekday(new Date(clock.now)).toISOString() };
    }),
  );
  byId('clock-form').addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    const local = byId('clock-to').value;
    if (local) move(async () => ({ to: laterOf(instantOf(local, timeZone), now).toISOString() }));
  });
  const kept = localStorage.getItem('console.clock');
  showClock(kept === 'open' || (kept === null && window.innerWidth > 1280));
}

/** The box knows minutes only: the minute that runs now means now. @param {Date} chosen @param {Date} current */
const laterOf = (chosen, current) =>
  chosen < current && current.getTime() - chosen.getTime() < 60_000 ? current : chosen;
