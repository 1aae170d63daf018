/** A dialog of fields: native controls, errors beside their fields with every value kept. */
import { byId, make } from './elements.js';

/** @typedef {import('./api.js').Field} Field */
/** @typedef {import('./api.js').Dialog} Dialog */

/** @param {Field} field */
const optionsOf = (field) =>
  field.kind === 'yes-no'
    ? [
        { id: 'yes', label: 'Yes' },
        { id: 'no', label: 'No' },
      ]
    : (field.options ?? []);

/** @param {Field} field */
const isGroup = (field) =>
  field.kind === 'yes-no' ||
  field.kind === 'choices' ||
  field.kind === 'attestation' ||
  (field.kind === 'choice' && optionsOf(field).length <= 7);

/** @param {Field} field @param {string} id */
function picks(field, id) {
  const type = field.kind === 'choices' || field.kind === 'attestation' ? 'checkbox' : 'radio';
  const options = field.kind === 'attestation' ? [{ id: 'true', label: 'I confirm this' }] : optionsOf(field);
  const chosen = Array.isArray(field.value) ? field.value.map(String) : [valueText(field)];
  return options.map((option, index) => {
    const input = make('input', {
      type,
      name: id,
      value: option.id,
      id: `${id}-${index}`,
      required: field.required && type === 'radio',
    });
    input.checked = chosen.includes(option.id);
    return make('label', { class: 'pick', for: `${id}-${index}` }, input, make('span', {}, option.label));
  });
}

/** @param {Field} field */
function valueText(field) {
  if (field.value === true) return field.kind === 'yes-no' ? 'yes' : 'true';
  if (field.value === false) return field.kind === 'yes-no' ? 'no' : 'false';
  return field.value === null || field.value === undefined ? '' : String(field.value);
}

/** @param {Field} field @param {string} id */
function control(field, id) {
  if (field.kind === 'choice') {
    const select = make('select', { id }, make('option', { value: '' }, 'Choose one'));
    for (const option of optionsOf(field)) select.append(make('option', { value: option.id }, option.label));
    select.value = valueText(field);
    return select;
  }
  const isLong = field.kind === 'long-text';
  const limits = { maxlength: field.maxLength };
  const input = isLong
    ? make('textarea', { id, rows: 4, ...limits })
    : make('input', {
        id,
        type: field.kind === 'date' ? 'date' : 'text',
        inputmode: field.kind === 'number' ? 'decimal' : undefined,
        autocomplete: 'off',
        ...limits,
      });
  input.value = valueText(field);
  return input;
}

/** @param {Field} field @param {string} id */
function fieldElement(field, id) {
  const group = isGroup(field);
  const need = field.required
    ? make('span', { class: 'need' }, ' (needed)')
    : make('span', { class: 'legend-note' }, ' (may be left out)');
  const name = make(group ? 'legend' : 'label', group ? {} : { for: id }, field.label, need);
  const box = make(group ? 'fieldset' : 'div', { class: 'field', 'data-field': field.id });
  const wrong = make('p', { class: 'wrong', id: `${id}-wrong`, hidden: true });
  const help = field.hint ? make('p', { class: 'help', id: `${id}-help` }, field.hint) : undefined;
  const described = `${field.hint ? `${id}-help ` : ''}${id}-wrong`;
  box.append(name, ...(help ? [help] : []), wrong);
  if (group) {
    box.setAttribute('aria-describedby', described);
    box.append(...picks(field, id));
  } else {
    const input = control(field, id);
    input.setAttribute('aria-describedby', described);
    input.setAttribute('aria-required', String(field.required));
    box.append(input);
  }
  return box;
}

/** @param {HTMLElement} box @param {Field} field */
function fieldValue(box, field) {
  /** @type {HTMLInputElement[]} */
  const inputs = [...box.querySelectorAll('input, textarea, select')].map((one) => /** @type {any} */ (one));
  const ticked = inputs.filter((input) => input.checked).map((input) => input.value);
  if (field.kind === 'attestation') return ticked.length > 0;
  if (field.kind === 'choices') return ticked;
  if (isGroup(field)) return ticked[0] ?? null;
  return inputs[0]?.value ?? '';
}

/** @param {HTMLFormElement} form @param {Dialog} dialog @param {Record<string, string>} errors */
function showErrors(form, dialog, errors) {
  form.querySelector('.summary')?.remove();
  const links = [];
  dialog.fields.forEach((field, index) => {
    const id = `field-${index}`;
    const box = /** @type {HTMLElement} */ (form.querySelector(`#box-${index}`));
    const wrong = /** @type {HTMLElement} */ (form.querySelector(`#${id}-wrong`));
    const error = errors[field.id];
    wrong.textContent = error ? `Problem: ${error}` : '';
    wrong.hidden = !error;
    box.classList.toggle('failed', Boolean(error));
    for (const input of box.querySelectorAll('input, textarea, select')) {
      if (error) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
    if (error)
      links.push(make('li', {}, make('a', { href: `#${isGroup(field) ? `${id}-0` : id}` }, field.label)));
  });
  const known = new Set(dialog.fields.map((field) => field.id));
  for (const [id, error] of Object.entries(errors)) if (!known.has(id)) links.push(make('li', {}, error));
  if (links.length === 0) return;
  const title = links.length === 1 ? 'One answer needs a change' : `${links.length} answers need a change`;
  const summary = make(
    'div',
    { class: 'summary', role: 'alert', tabindex: '-1' },
    make('h3', {}, title),
    make('ul', {}, ...links),
  );
  form.querySelector('.dialog-body')?.prepend(summary);
  const first = /** @type {HTMLElement | null} */ (form.querySelector('[aria-invalid="true"]'));
  (first ?? summary).focus();
  (first?.closest('.field') ?? summary).scrollIntoView({ block: 'nearest' });
}

/** @param {HTMLFormElement} form @param {HTMLElement} otherwise @returns {HTMLElement} */
const firstControl = (form, otherwise) =>
  /** @type {HTMLElement | null} */ (form.querySelector('.field :is(input, textarea, select)')) ?? otherwise;

/** @typedef {(values: Record<string, unknown>, goOn: (next: Dialog) => void) => Promise<Record<string, string> | null>} Send */

/**
 * Shows `dialog` until it is sent or closed. `send` answers the errors to show, or null when all is well; when a dialog follows,
 * it calls `goOn` with that first, and it stands in the place of the one before.
 * @param {Dialog} dialog
 * @param {Send} send
 * @returns {Promise<boolean>} true when it was sent, the last one where several follow each other
 */
export function openForm(dialog, send) {
  const element = /** @type {HTMLDialogElement} */ (byId('form-dialog'));
  element.returnValue = '';
  const first = draw(element, dialog, send);
  element.showModal();
  focusIn(first);
  return new Promise((resolve) => {
    element.addEventListener('close', () => resolve(element.returnValue === 'sent'), { once: true });
  });
}

/**
 * A dialog as it is drawn.
 * @typedef {{ form: HTMLFormElement, dialog: Dialog, sendButton: HTMLElement }} Drawn
 */

/** @param {HTMLDialogElement} element @param {Dialog} dialog @param {Send} send @returns {Drawn} */
function draw(element, dialog, send) {
  const boxes = dialog.fields.map((field, index) => {
    const box = fieldElement(field, `field-${index}`);
    box.id = `box-${index}`;
    return box;
  });
  const sendButton = make('button', { type: 'submit', class: 'button primary' }, dialog.sendLabel || 'Send');
  const cancel = make('button', { type: 'button', class: 'button' }, 'Cancel');
  const form = make(
    'form',
    { class: 'dialog-form', novalidate: true },
    make('h2', { class: 'dialog-title', id: 'form-title' }, dialog.title),
    make(
      'div',
      { class: 'dialog-body' },
      ...dialog.intro.map((words) => make('p', { class: 'intro' }, words)),
      ...boxes,
    ),
    make('div', { class: 'dialog-foot' }, cancel, sendButton),
  );
  element.replaceChildren(form);
  cancel.addEventListener('click', () => element.close('cancelled'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (sendButton.getAttribute('aria-disabled')) return;
    sendButton.setAttribute('aria-disabled', 'true');
    /** @type {Record<string, unknown>} */
    const values = {};
    dialog.fields.forEach((field, index) => {
      values[field.id] = fieldValue(/** @type {HTMLElement} */ (boxes[index]), field);
    });
    /** @type {Dialog | null} */
    let following = null;
    try {
      const errors = await send(values, (next) => {
        following = next;
      });
      if (errors) showErrors(form, dialog, errors);
      else if (following) focusIn(draw(element, following, send));
      else element.close('sent');
    } catch (problem) {
      showErrors(form, dialog, { '': /** @type {Error} */ (problem).message });
    } finally {
      sendButton.removeAttribute('aria-disabled');
    }
  });
  return { form, dialog, sendButton };
}

/** The first problem that it came with, or the first input. @param {Drawn} drawn */
function focusIn({ form, dialog, sendButton }) {
  const given = Object.fromEntries(
    dialog.fields.flatMap((field) => (field.error ? [[field.id, field.error]] : [])),
  );
  if (Object.keys(given).length > 0) showErrors(form, dialog, given);
  else firstControl(form, sendButton).focus();
}
