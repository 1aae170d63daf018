import { fold } from './text.ts';

type Plain =
  | 'back'
  | 'why'
  | 'help'
  | 'status'
  | 'skip'
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'person'
  | 'review'
  | 'submit'
  | 'confirm'
  | 'form';

/** What a person may say while a form is open, besides answering. `typed` is the text as it came. */
export type FormCommand =
  | { readonly [Kind in Plain]: { readonly kind: Kind } }[Plain]
  | { readonly kind: 'change'; readonly row: number }
  | { readonly kind: 'change'; readonly words: string; readonly typed: string };

const SAID: Readonly<Record<Plain, readonly string[]>> = {
  back: ['back', 'go back', 'previous', 'previous question', 'undo'],
  why: [
    'why',
    'why do you ask',
    'why do you ask this',
    'why do you ask that',
    'why are you asking',
    'why do you need this',
    'why do you need that',
    'why do you need to know',
    'what is this for',
    'what for',
  ],
  help: ['help', 'help me', 'help please', 'commands', 'what can i say', 'what can i type'],
  status: ['status', 'my status', 'where am i', 'where was i', 'how far am i', 'progress'],
  skip: ['skip', 'skip it', 'skip this', 'skip this one', 'skip question', 'pass'],
  pause: ['pause', 'later', 'not now', 'take a break', 'save for later', 'continue later', 'save draft'],
  resume: ['resume', 'continue', 'go on', 'carry on', 'keep going'],
  cancel: [
    'cancel',
    'cancel this',
    'cancel form',
    'cancel request',
    'cancel my request',
    'stop',
    'quit',
    'abort',
  ],
  person: [
    'person',
    'human',
    'agent',
    'talk to a person',
    'talk to a human',
    'talk to someone',
    'talk to somebody',
    'speak to a person',
    'speak to a human',
    'speak to someone',
    'real person',
    'contact a person',
  ],
  review: [
    'review',
    'review answers',
    'review my answers',
    'show my answers',
    'show answers',
    'my answers',
    'summary',
  ],
  submit: [
    'submit',
    'submit it',
    'submit request',
    'submit my request',
    'send',
    'send it',
    'send request',
    'send my request',
  ],
  confirm: ['i confirm', 'confirm', 'i agree', 'confirmed'],
  form: [
    'form',
    'open form',
    'open the form',
    'show the form',
    'show form',
    'use the form',
    'open as a form',
  ],
};

const COMMANDS: ReadonlyMap<string, Plain> = new Map(
  (Object.keys(SAID) as Plain[]).flatMap((kind) => SAID[kind].map((said) => [said, kind] as const)),
);

/** What somebody may want to see at any time, in a form as well as outside one. */
export type View =
  | 'card'
  | 'meetings'
  | 'check-in'
  | 'home'
  | 'waiting'
  | 'whoami'
  | 'next'
  | 'day'
  | 'waiting-for'
  | 'links'
  | 'burn-down';

const VIEWS: ReadonlyMap<string, View> = new Map<string, View>([
  ['card', 'card'],
  ['my card', 'card'],
  ['information card', 'card'],
  ['my information card', 'card'],
  ['meetings', 'meetings'],
  ['my meetings', 'meetings'],
  ['calendar', 'meetings'],
  ['my calendar', 'meetings'],
  ['check in', 'check-in'],
  ['checkin', 'check-in'],
  ['check-in', 'check-in'],
  ['waiting', 'waiting'],
  ['what waits for me', 'waiting'],
  ['my turn', 'waiting'],
  ['todo', 'waiting'],
  ['home', 'home'],
  ['my page', 'home'],
  ['whoami', 'whoami'],
  ['who am i', 'whoami'],
  ['my roles', 'whoami'],
  ['next', 'next'],
  ["what's next", 'next'],
  ['whats next', 'next'],
  ['what is next', 'next'],
  ['what do i do next', 'next'],
  ['my next steps', 'next'],
  ['day', 'day'],
  ['my day', 'day'],
  ['which day is it', 'day'],
  ['waiting for', 'waiting-for'],
  ['who am i waiting for', 'waiting-for'],
  ['whom am i waiting for', 'waiting-for'],
  ['who do i wait for', 'waiting-for'],
  ['links', 'links'],
  ['my links', 'links'],
  ['burn-down', 'burn-down'],
  ['burn down', 'burn-down'],
  ['burndown', 'burn-down'],
  ['my burn-down', 'burn-down'],
]);

/** The view that a text asks for as a whole, or null. */
export function readView(text: string): View | null {
  return text.length > LONGEST_COMMAND ? null : (VIEWS.get(fold(text)) ?? null);
}

/** Whether a text as a whole asks to start a request. */
export const isStartWish = (text: string): boolean =>
  text.length <= LONGEST_COMMAND && /^(?:request|new request|start a request)$/u.test(fold(text));

/** What is asked behind `ask`: `ask what does it cost?`; null when the text does not begin so. */
export function readAsked(text: string): string | null {
  return /^ask[\s:]+(\S.*)$/isu.exec(text.trim())?.[1] ?? null;
}

/** No command is longer; whatever is, is an answer. */
const LONGEST_COMMAND = 80;

/**
 * The command a text is, or null for an answer. Only a whole text counts: "help" is a command, "help desk portal" is not.
 * "change 3" and "change system name" are commands; `step` gives the words back to a text question when no row fits them.
 */
export function readCommand(text: string): FormCommand | null {
  if (text.length > LONGEST_COMMAND || text.trim().includes('\n')) return null;
  const said = fold(text)
    .replace(/^please /u, '')
    .replace(/ please$/u, '');
  const plain = COMMANDS.get(said);
  if (plain) return { kind: plain };
  const change =
    /^(?:change|edit|fix|correct) (?:my |the |row |answer |number |question |no\. |#){0,2}(.+)$/u.exec(said);
  const wanted = change?.[1] ?? '';
  if (wanted === '') return null;
  if (/^\d{1,3}$/u.test(wanted)) return { kind: 'change', row: Number(wanted) };
  return wanted.split(' ').length > 6 ? null : { kind: 'change', words: wanted, typed: text };
}
