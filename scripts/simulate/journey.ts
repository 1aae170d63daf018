/**
 * Journeys: who says what, in plain lines, carried out on any adapter. A line is one step; `#` at its start is a comment.
 *
 *   start at 2026-12-01T09:00:00-05:00       the app's clock (first line)
 *   bo says "I need an ISSO"                 in a direct message; `in #ispg` says it in the channel
 *   bo says 50000 times "x"
 *   bo presses "Accept" in #ispg             the latest message there with that button; `with a=1; b=yes` fills its inputs
 *   bo fills answer=It is for spring         sends the dialog that is open
 *   bot answers "…"                          one message of the last exchange contains it
 *   bot does not answer "…"
 *   dialog rejects note "…"                  the last dialog was refused at that field
 *   bot told bo "…" / bot told #ispg "…"     some message standing in the conversation contains it
 *   bot never told bo "…"                    none contains it
 *   bot told #ispg 1 times "…"
 *   advance PT1H / advance to 2026-12-02T09:00:00-05:00
 *   restart
 *   follow request-claims-hub                carries out the steps of parts/request-claims-hub.journey
 *
 * `{number}` is the request number seen first; it can stand in any text.
 */
export interface JourneyMessage {
  readonly id: string;
  readonly text: string;
  readonly actions: readonly { readonly id: string; readonly label: string }[];
}

export type Exchange =
  | { readonly kind: 'said'; readonly messages: readonly JourneyMessage[] }
  | {
      readonly kind: 'dialog';
      readonly dialog: {
        readonly id: string;
        readonly fields: readonly { readonly id: string; readonly label: string }[];
      };
    }
  | { readonly kind: 'rejected'; readonly errors: Readonly<Record<string, string>> };

/** What an adapter's test offers so that journeys can be carried out on it. */
export interface JourneyDriver {
  say(who: string, text: string, channel: string | null): Promise<Exchange>;
  press(
    who: string,
    message: string,
    action: string,
    values: Readonly<Record<string, unknown>>,
  ): Promise<Exchange>;
  submit(who: string, dialog: string, values: Readonly<Record<string, unknown>>): Promise<Exchange>;
  /** All that the bot has standing there, oldest first; a person's id, or `#ispg`. */
  messages(place: string): Promise<readonly JourneyMessage[]>;
  advance(by: { readonly advance: string } | { readonly to: string }): Promise<void>;
  restart(): Promise<void>;
}

interface State {
  last: Exchange | null;
  number: string | null;
}

type Run = (driver: JourneyDriver, state: State, found: readonly string[]) => Promise<void>;
type Step = readonly [RegExp, Run];

const STEPS: readonly Step[] = [
  [
    /^(\w+) says "(.*)"(?: in (#\w+))?$/su,
    async (driver, state, [who = '', text = '', channel]) => {
      hear(state, await driver.say(who, filled(state, unescaped(text)), channel ?? null));
    },
  ],
  [
    /^(\w+) says (\d+) times "(.*)"$/u,
    async (driver, state, [who = '', times = '1', text = '']) => {
      hear(state, await driver.say(who, text.repeat(Number(times)), null));
    },
  ],
  [
    /^(\w+) presses "(.*?)"(?: in (#\w+))?(?: with (.*))?$/u,
    async (driver, state, [who = '', label = '', place, values]) => {
      const wanted = filled(state, label);
      const standing = await driver.messages(place ?? who);
      const message = standing
        .toReversed()
        .find(({ actions }) => actions.some(({ label: standing }) => isCalled(standing, wanted)));
      const action = message?.actions.find(({ label: standing }) => isCalled(standing, wanted));
      if (!message || !action) {
        const labels = standing.flatMap(({ actions }) => actions.map((each) => each.label));
        throw new Error(`nothing to press called "${wanted}"; there are: ${labels.join(', ')}`);
      }
      hear(state, await driver.press(who, message.id, action.id, readValues(state, values)));
    },
  ],
  [
    /^(\w+) fills (.*)$/u,
    async (driver, state, [who = '', values]) => {
      if (state.last?.kind !== 'dialog' && state.last?.kind !== 'rejected')
        throw new Error('no dialog is open');
      const open = openDialogs.get(state);
      if (!open) throw new Error('no dialog is open');
      hear(state, await driver.submit(who, open, readValues(state, values)));
    },
  ],
  [
    /^bot answers "(.*)"$/u,
    async (_driver, state, [text = '']) => {
      const said = saidLast(state);
      if (!said.some((each) => contains(each, filled(state, text))))
        throw new Error(`the bot answered:\n${said.join('\n---\n')}`);
    },
  ],
  [
    /^bot does not answer "(.*)"$/u,
    async (_driver, state, [text = '']) => {
      const said = saidLast(state);
      if (said.some((each) => contains(each, filled(state, text))))
        throw new Error(`the bot answered:\n${said.join('\n---\n')}`);
    },
  ],
  [
    /^dialog rejects (\w+) "(.*)"$/u,
    async (_driver, state, [field = '', text = '']) => {
      const errors = state.last?.kind === 'rejected' ? state.last.errors : {};
      if (!contains(errors[field] ?? '', filled(state, text)))
        throw new Error(`the dialog said: ${JSON.stringify(errors)}`);
    },
  ],
  [
    /^bot told (#?\w+) "(.*)"$/u,
    async (driver, state, [place = '', text = '']) => {
      const standing = await driver.messages(place);
      if (!standing.some((each) => contains(each.text, filled(state, text)))) {
        throw new Error(`in ${place} stands:\n${standing.map((each) => each.text).join('\n---\n')}`);
      }
    },
  ],
  [
    /^bot never told (#?\w+) "(.*)"$/u,
    async (driver, state, [place = '', text = '']) => {
      const found = (await driver.messages(place)).filter((each) => contains(each.text, filled(state, text)));
      if (found.length > 0)
        throw new Error(`in ${place} stands:\n${found.map((each) => each.text).join('\n---\n')}`);
    },
  ],
  [
    /^bot told (#?\w+) (\d+) times "(.*)"$/u,
    async (driver, state, [place = '', times = '0', text = '']) => {
      const found = (await driver.messages(place)).filter((each) => contains(each.text, filled(state, text)));
      if (found.length !== Number(times)) {
        throw new Error(
          `${found.length} times in ${place}:\n${found.map((each) => each.text).join('\n---\n')}`,
        );
      }
    },
  ],
  [/^advance to (\S+)$/u, async (driver, _state, [to = '']) => driver.advance({ to })],
  [/^advance (P\S+)$/u, async (driver, _state, [advance = '']) => driver.advance({ advance })],
  [/^restart$/u, async (driver) => driver.restart()],
];

/** Dialogs stay open until they are taken, also after a rejection. */
const openDialogs = new WeakMap<State, string>();

function hear(state: State, exchange: Exchange): void {
  state.last = exchange;
  if (exchange.kind === 'dialog') openDialogs.set(state, exchange.dialog.id);
  if (exchange.kind !== 'said') return;
  const found = exchange.messages
    .map(({ text }) => /ISSO-\d{4}-\d{4,}/u.exec(text)?.[0])
    .find((number) => number);
  if (found && state.number === null) state.number = found;
}

const saidLast = (state: State): string[] =>
  state.last?.kind === 'said' ? state.last.messages.map(({ text }) => text) : [JSON.stringify(state.last)];

/** "Choose 2" also calls "Choose 2: Mon, Dec 7, 2:00 PM". */
const isCalled = (label: string, wanted: string): boolean =>
  label === wanted || label.startsWith(`${wanted}:`);

const flat = (text: string): string => text.replace(/\s+/gu, ' ').toLowerCase();
const contains = (text: string, wanted: string): boolean => flat(text).includes(flat(wanted));
const filled = (state: State, text: string): string =>
  text.replaceAll('{number}', state.number ?? '{number}');
const unescaped = (text: string): string =>
  text
    .replace(/\\n/gu, '\n')
    .replace(/\\u([0-9a-f]{4})/giu, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function readValues(state: State, typed: string | undefined): Record<string, unknown> {
  if (!typed) return {};
  const pairs = typed.split(/;\s*/u).map((pair) => {
    const [key = '', ...rest] = pair.split('=');
    return [key.trim(), readValue(filled(state, rest.join('=').trim()))] as const;
  });
  return Object.fromEntries(pairs);
}

function readValue(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  return text.startsWith('[')
    ? text
        .slice(1, -1)
        .split(',')
        .map((part) => part.trim())
    : text;
}

/** The script with its parts put in; `read` gives a part's text by name. */
export function withParts(script: string, read: (name: string) => string): string {
  return script.replace(/^follow ([\w-]+)$/gmu, (_line, name: string) => read(name));
}

/** Where line `line` (from 1) of a script with its parts put in comes from: a line of the script itself, and the part it follows there. */
export function placeOf(
  script: string,
  line: number,
  read: (name: string) => string,
): { readonly line: number; readonly part: string | null } {
  let passed = 0;
  for (const [index, row] of script.split('\n').entries()) {
    const part = /^follow ([\w-]+)$/u.exec(row)?.[1] ?? null;
    passed += part === null ? 1 : read(part).split('\n').length;
    if (passed >= line) return { line: index + 1, part };
  }
  return { line, part: null };
}

/** A step that can't be done, or is none: its line in the script with the parts put in, from 1, and what is wrong. */
export class BadStep extends Error {
  override readonly name = 'BadStep';
  readonly line: number;
  readonly step: string;
  readonly problem: string;
  constructor(line: number, step: string, problem: string) {
    super(`line ${line}: ${step}\n${problem}`);
    this.line = line;
    this.step = step;
    this.problem = problem;
  }
}

/** The instant at which a journey's clock starts. */
export function startOf(script: string): string {
  const found = /^start at (\S+)$/mu.exec(script)?.[1];
  if (!found) throw new Error('a journey begins with "start at <instant>"');
  return found;
}

/** Steps that say what the bot should have said; all others do something. */
const isExpectation = (step: string): boolean => /^(?:bot|dialog) /u.test(step);

/**
 * Carries out a journey; throws at the first step that can't be done, naming its line. An expectation that does not hold
 * is handed to `unmet`; without it, it is thrown too.
 */
export async function playJourney(
  script: string,
  driver: JourneyDriver,
  unmet?: (problem: string) => void,
): Promise<void> {
  const state: State = { last: null, number: null };
  for (const [index, row] of script.split('\n').entries()) {
    const step = row.trim();
    if (step === '' || step.startsWith('# ') || step === '#' || step.startsWith('start at ')) continue;
    const match = STEPS.map(([shape, run]) => ({ found: shape.exec(step), run })).find(({ found }) => found);
    if (!match?.found) throw new BadStep(index + 1, step, 'There is no such step.');
    try {
      await match.run(driver, state, match.found.slice(1));
    } catch (error) {
      const bad = new BadStep(index + 1, step, error instanceof Error ? error.message : String(error));
      if (!unmet || !isExpectation(step)) throw bad;
      unmet(bad.message);
    }
  }
}
