/**
 * What the bot offers in Teams: the one list of it. The manifest is made from it (`manifest.ts`), the code that hears
 * Teams uses its names, and `test/teams-manifest.test.ts` holds the two together.
 */

import type { ButtonPress } from '../../src/messages/button.ts';

/** Below the public address. Teams calls the first; people's clients show the second, and its script asks the third. */
export const PATHS = {
  messages: '/api/messages',
  tab: '/teams/tab',
  tabData: '/teams/tab/me',
} as const;

/** The tab beside the chat with the bot, for its reader alone. */
export const TAB = { entityId: 'isso-home', name: 'My programme' } as const;

/** Where the bot can be added: to a person, to a team with its channels, to a group chat. */
export const SCOPES = ['personal', 'team', 'groupChat'] as const;
export type Scope = (typeof SCOPES)[number];

/** A command of the menu. Choosing it says its title, so the title must be words that the bot understands. */
export interface MenuCommand {
  /** At most 32 characters. */
  readonly title: string;
  /** At most 128 characters. */
  readonly description: string;
}

const START: MenuCommand = {
  title: 'Start a request',
  description:
    'Ask for a Service ISSO. The questions come in a direct message, and nothing is sent before you say so.',
};
const HELP: MenuCommand = { title: 'Help', description: 'Everything you can type here, with examples.' };
const WHAT_IS_IT: MenuCommand = {
  title: 'What is ISSO As A Service?',
  description: 'What the programme does. Any other question about it works as well.',
};
const PREPARE: MenuCommand = {
  title: 'What must I prepare?',
  description: 'What to have ready before a Service ISSO begins.',
};

/**
 * The menu in each scope, at most ten commands. What is personal is in the direct message only, where each of these is
 * understood also in the middle of a form: none may be taken for an answer to its question.
 */
export const MENU: Readonly<Record<Scope, readonly MenuCommand[]>> = {
  personal: [
    START,
    { title: 'Status', description: 'Where your requests stand, and what each of them waits for.' },
    {
      title: 'Home',
      description:
        'What waits for you, your requests and meetings, your hours, and what you hear of, on one page.',
    },
    { title: 'My meetings', description: 'Your programme meetings, and the calendar feed to subscribe to.' },
    { title: 'My card', description: 'How far the onboarding of a Service ISSO is.' },
    { title: 'Check-in', description: 'Write your check-in before the next weekly or monthly meeting.' },
    { title: 'Talk to a person', description: 'Who can help you when the bot can not.' },
    HELP,
  ],
  team: [
    WHAT_IS_IT,
    PREPARE,
    { title: 'Cadences', description: 'When the recurring meetings of the programme are.' },
    START,
    HELP,
  ],
  groupChat: [WHAT_IS_IT, PREPARE, START, HELP],
};

/** Ids of the message extension's actions: one in the menu of each message, one beside the box for a new message. */
export const ACTIONS = { fromMessage: 'requestFromMessage', request: 'requestService' } as const;

/** Id of the message extension's search. */
export const SEARCH = 'myRequests';

/** The parameter of the search: what is looked for. */
export const SEARCH_WORDS = 'words';

/** What choosing an action of the message extension says, by its id: the same as a button's press. */
export const COMPOSE_PRESSES: ReadonlyMap<string, ButtonPress> = new Map([
  [ACTIONS.fromMessage, { verb: 'intake.start-from', subject: 'issoaas' }],
  [ACTIONS.request, { verb: 'intake.start-form', subject: 'issoaas' }],
]);
