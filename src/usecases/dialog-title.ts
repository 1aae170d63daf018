import type { DialogPage } from '../messages/message.ts';

/** Slack shows no more of a title. */
const LONGEST_TITLE = 24;

/** A dialog named after something: a long name is cut in the title and stands whole below it. */
export const titledAfter = (name: string): Pick<DialogPage, 'title' | 'intro'> =>
  name.length > LONGEST_TITLE
    ? { title: `${name.slice(0, LONGEST_TITLE - 1)}\u2026`, intro: [[{ kind: 'text', text: name }]] }
    : { title: name, intro: [] };
