/**
 * Makes an element; text is always set as text, never as markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes]
 * @param {...(Node | string | undefined)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/**
 * The element with that id, which the page is sure to have.
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page lacks #${id}.`);
  return element;
}

/** Says something to screen readers only. @param {string} words */
export function announce(words) {
  byId('status').textContent = words;
}

/** Two letters for a face. @param {string} name */
export function initials(name) {
  const words = name.split(/\s+/u).filter(Boolean);
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}

/** The roles as people say them. */
const ROLES = {
  business_owner: 'Business Owner',
  bo_delegate: 'Business Owner’s delegate',
  cra: 'Cyber Risk Advisor',
  ispg_team: 'ISPG team',
  gtl: 'Government Task Lead',
  cor: 'Contracting Officer’s Representative',
  contractor_lead: 'Contractor lead',
  contractor_coord: 'Contractor coordinator',
  service_isso_lead: 'Service ISSO lead',
  service_isso: 'Service ISSO',
  existing_isso: 'Existing ISSO',
  data_guardian: 'Data Guardian',
  developer_maintainer: 'Developer or maintainer',
  system_owner: 'System Owner',
  ciso: 'CISO',
  auditor: 'Auditor',
  platform_admin: 'Administrator',
};

/** @param {readonly string[]} roles */
export const roleNames = (roles) =>
  roles.length === 0
    ? 'No role'
    : roles
        .map((role) => ROLES[/** @type {keyof typeof ROLES} */ (role)] ?? role.replaceAll('_', ' '))
        .join(', ');
