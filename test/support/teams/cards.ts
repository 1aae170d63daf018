/** What a reader finds in an Adaptive Card: its words, its buttons, its inputs, and what filling them in sends. */

export type Json = Readonly<Record<string, unknown>>;
export type Card = Json;
export type Values = Readonly<Record<string, unknown>>;

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

const listed = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What stands directly inside an element, in reading order. */
const childrenOf = (element: Json): readonly Json[] => [
  ...listed(element.body),
  ...listed(element.items),
  ...listed(element.columns),
  ...listed(element.rows),
  ...listed(element.cells),
  ...listed(element.images),
  ...listed(element.actions),
  ...(element.inlineAction ? [element.inlineAction as Json] : []),
  ...(element.card ? [element.card as Json] : []),
];

/** Every element and action of a card, in reading order, the card itself first. */
export function* elementsOf(element: Json): Generator<Json> {
  yield element;
  for (const child of childrenOf(element)) yield* elementsOf(child);
}

const lineOf = (element: Json): string =>
  (Array.isArray(element.inlines) ? (element.inlines as unknown[]) : [])
    .map((run) => (typeof run === 'string' ? run : word((run as Json).text)))
    .join('');

function wordsOf(element: Json): readonly string[] {
  switch (element.type) {
    case 'TextBlock':
      return [word(element.text)];
    case 'RichTextBlock':
      return [lineOf(element)];
    case 'FactSet':
      return listed(element.facts).map(({ title, value }) => `${word(title)} ${word(value)}`);
    case 'Input.ChoiceSet':
      return [word(element.label), ...listed(element.choices).map(({ title }) => word(title))];
    case 'Input.Toggle':
      return [word(element.label), word(element.title)];
    case 'Image':
      return [word(element.altText)];
    default:
      return word(element.type).startsWith('Input.')
        ? [word(element.label), String(element.value ?? '')]
        : word(element.type).startsWith('Action.')
          ? [word(element.title)]
          : [];
  }
}

/** Elements whose words clients read as markup; those of all others stand as they are. */
const READ_AS_MARKUP: ReadonlySet<unknown> = new Set(['TextBlock', 'FactSet']);

/** All words of a card in reading order, a line for each block; `unmarked` is done to those that no client reads as markup. */
export const textOf = (card: Card | null, unmarked: (words: string) => string = (words) => words): string =>
  card === null
    ? ''
    : [...elementsOf(card)]
        .flatMap((each) => (READ_AS_MARKUP.has(each.type) ? wordsOf(each) : wordsOf(each).map(unmarked)))
        .filter((line) => line !== '')
        .join('\n');

/** What the bot put into a button's data for itself. */
export interface Carried {
  readonly action: string;
  readonly press: { readonly verb: string; readonly subject: string };
  readonly token: string;
  readonly page?: string;
  readonly on?: string;
  readonly in?: string;
}

export interface Button {
  /** The button's id, as the bot carries it in the data; empty when it carries none. */
  readonly id: string;
  readonly label: string;
  /** What pressing it does: an invoke of the card, a dialog, a plain submission, a page in the browser. */
  readonly kind: 'execute' | 'fetch' | 'submit' | 'open-url' | 'other';
  readonly carried: Carried | null;
  readonly data: Json;
  /** Whether the card's inputs go with it. */
  readonly asksInputs: boolean;
  readonly action: Json;
}

/** A button of that action. */
export function buttonOf(action: Json): Button {
  const data = (action.data as Json | undefined) ?? {};
  const carried = (data.isso as Carried | undefined) ?? null;
  return {
    id: carried?.action ?? '',
    label: word(action.title),
    kind: kindOf(action, data),
    carried,
    data,
    asksInputs: action.associatedInputs !== 'none',
    action,
  };
}

function kindOf({ type }: Json, data: Json): Button['kind'] {
  if (type === 'Action.Execute') return 'execute';
  if (type === 'Action.OpenUrl') return 'open-url';
  if (type !== 'Action.Submit') return 'other';
  return (data.msteams as Json | undefined)?.type === 'task/fetch' ? 'fetch' : 'submit';
}

/** The buttons of a card, in reading order. */
export const buttonsOf = (card: Card | null): Button[] =>
  card === null
    ? []
    : [...elementsOf(card)].filter(({ type }) => word(type).startsWith('Action.')).map(buttonOf);

export interface Input {
  readonly id: string;
  readonly label: string;
  /** `Input.Text` and so on. */
  readonly type: string;
  /** What stands in it, as a client would send it; null for nothing. */
  readonly value: string | null;
  readonly isRequired: boolean;
  /** What is said to be wrong with it directly above it; null when nothing is. */
  readonly error: string | null;
  readonly element: Json;
}

/** The inputs of a card, in reading order. */
export function inputsOf(card: Card | null): Input[] {
  if (card === null) return [];
  const all = [...elementsOf(card)];
  return all.flatMap((element, index) => {
    if (!word(element.type).startsWith('Input.')) return [];
    return {
      id: word(element.id),
      label: word(element.label),
      type: word(element.type),
      value: standingIn(element),
      isRequired: element.isRequired === true,
      error: errorIn(all[index - 1]),
      element,
    };
  });
}

function standingIn(element: Json): string | null {
  if (element.type === 'Input.Toggle') return String(element.value ?? element.valueOff ?? 'false');
  const value = element.value === undefined ? '' : String(element.value);
  return value === '' ? null : value;
}

/** An error is a line of warning colour above its input. */
function errorIn(above: Json | undefined): string | null {
  const runs = listed(above?.inlines);
  const isWarning = [above, ...runs].some((each) => word(each?.color).toLowerCase() === 'attention');
  if (!above || !isWarning) return null;
  return above.type === 'TextBlock' ? word(above.text) : lineOf(above);
}

/** What a client sends of one input when somebody gave it `value`. */
function sentBy({ element, type }: Input, value: unknown): string {
  if (type === 'Input.Toggle') {
    const isOn = value === true || value === 'true' || value === element.valueOn;
    return String(isOn ? (element.valueOn ?? 'true') : (element.valueOff ?? 'false'));
  }
  if (type !== 'Input.ChoiceSet') return value === null ? '' : String(value);
  const allowed = new Set(listed(element.choices).map((choice) => word(choice.value)));
  const chosen = (Array.isArray(value) ? value : [value]).map(String).filter((one) => allowed.has(one));
  return (element.isMultiSelect === true ? chosen : chosen.slice(0, 1)).join(',');
}

/**
 * What a client sends of a card's inputs: what somebody filled in, by the input's id, or else what stands there. Newer
 * clients leave out what is empty, older ones send it as empty text. Values that the card does not ask for are left out.
 */
export function sentOf(
  card: Card | null,
  values: Values,
  sendsEmpty = false,
): Readonly<Record<string, string>> {
  const sent: Record<string, string> = {};
  for (const input of inputsOf(card)) {
    const text = input.id in values ? sentBy(input, values[input.id]) : (input.value ?? '');
    if (text !== '' || sendsEmpty) sent[input.id] = text;
  }
  return sent;
}
