/** Instants as one person reads them. */

/** @param {string | Date} at @param {string} timeZone @param {Intl.DateTimeFormatOptions} options */
const format = (at, timeZone, options) =>
  new Intl.DateTimeFormat('en-US', { timeZone, ...options }).format(new Date(at));

/** @param {string | Date} at @param {string} timeZone */
export const sayDay = (at, timeZone) =>
  format(at, timeZone, { weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' });
/** @param {string | Date} at @param {string} timeZone */
export const sayTime = (at, timeZone) => format(at, timeZone, { hour: 'numeric', minute: '2-digit' });
/** @param {string | Date} at @param {string} timeZone */
export const sayShort = (at, timeZone) =>
  format(at, timeZone, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
/** @param {string | Date} at @param {string} timeZone */
export const sayZone = (at, timeZone) => {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longGeneric' }).formatToParts(
    new Date(at),
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
};

/** `YYYY-MM-DDTHH:MM` in the zone. @param {string | Date} at @param {string} timeZone */
export function localInput(at, timeZone) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(at));
  const get = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value ?? '';
  return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}`;
}

/**
 * The instant of a local `YYYY-MM-DDTHH:MM` in the zone. A time the clocks skip comes out an hour later.
 * @param {string} local
 * @param {string} timeZone
 */
export function instantOf(local, timeZone) {
  const wanted = Date.parse(`${local}:00Z`);
  let at = wanted;
  for (let round = 0; round < 3; round += 1) {
    const shown = Date.parse(`${localInput(new Date(at), timeZone)}:00Z`);
    if (shown === wanted) break;
    at += wanted - shown;
  }
  return new Date(at);
}

/** The day in the zone, as a key. @param {string | Date} at @param {string} timeZone */
export const dayKey = (at, timeZone) => localInput(at, timeZone).slice(0, 10);
