/** Teams around the page: it says which colours to wear, and who is looking. */

/** @type {any} */
const teams = /** @type {any} */ (globalThis).microsoftTeams;

/** Teams greets a page within moments; a browser never does. */
const GREETING_MS = 15_000;
/** Somebody may be asked by Teams whether the page may know who they are, and read that first. */
const SIGN_IN_MS = 180_000;

/** @type {Promise<void> | null} */
let entering = null;

/** True once Teams has greeted the page. The first call also puts on Teams' colours. */
export async function isInTeams() {
  if (!teams) return false;
  entering ??= enter().catch((error) => {
    entering = null;
    throw error;
  });
  try {
    await within(entering, GREETING_MS);
    return true;
  } catch {
    return false;
  }
}

async function enter() {
  await teams.app.initialize();
  teams.app.notifyAppLoaded();
  teams.app.registerOnThemeChangeHandler(wear);
  const { app } = await teams.app.getContext();
  wear(app.theme);
  teams.app.notifySuccess().catch(() => undefined);
}

/** `default`, `dark` or `contrast`; without Teams the system's own choice holds. @param {string} theme */
function wear(theme) {
  document.documentElement.dataset.theme = theme === 'default' ? 'light' : theme;
}

/** A token that says who is looking, for our server alone; null when Teams gives none. @returns {Promise<string | null>} */
export async function askForToken() {
  try {
    return await within(teams.authentication.getAuthToken(), SIGN_IN_MS);
  } catch {
    return null;
  }
}

/** Opens an address where Teams thinks best. @param {string} address */
export async function openAddress(address) {
  try {
    await teams.app.openLink(address);
  } catch {
    window.open(address, '_blank', 'noopener,noreferrer');
  }
}

/**
 * @template T
 * @param {Promise<T>} awaited
 * @param {number} ms
 * @returns {Promise<T>}
 */
function within(awaited, ms) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('Teams did not answer.')), ms);
    awaited.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
