/** What the bot's administrator reads when a platform is not set up as it must be. */
import { line, strong, theirs } from '../inline.ts';
import { type Message, note, paragraph } from '../message.ts';
import { PLATFORM_NAMES } from './platforms.ts';

/** One line: what is wrong and what to do, with the platform's own word for it. */
export const platformTrouble = (trouble: {
  readonly platform: keyof typeof PLATFORM_NAMES;
  readonly code: string;
  readonly mend: string;
}): Message => ({
  blocks: [
    paragraph(line`${strong(PLATFORM_NAMES[trouble.platform])} needs your attention: ${trouble.mend}`),
    note(
      line`${PLATFORM_NAMES[trouble.platform]} calls it ${theirs(trouble.code)}. While it lasts I remind you once a day.`,
    ),
  ],
  buttons: [],
});
