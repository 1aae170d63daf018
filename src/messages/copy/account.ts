/** What somebody reads who takes the account they speak from out of the bot's hands, or gives it back. */
import { button } from '../button.ts';
import { bullets, card, type Message, paragraph, say } from '../message.ts';
import { PLATFORM_NAMES } from './platforms.ts';

type Named = keyof typeof PLATFORM_NAMES;

const helpButton = button('help', 'What can I do here?', { verb: 'help.show', subject: 'all' }, 'help');

/** Said once more from the account that was just unlinked. `elsewhere`: they can be reached at another place. */
export const unlinked = (platform: Named, elsewhere: boolean): Message =>
  say(
    `This ${PLATFORM_NAMES[platform]} account is unlinked. I send you nothing here any more. To undo that, type \`link\`.`,
    elsewhere
      ? 'Your requests and meetings go on as before, and I write to you at your other place.'
      : 'Your requests and meetings go on as before, but I have no other place to write to you. Whoever works with you may be told that I can\u2019t reach you.',
  );

export const linkedAgain = (platform: Named): Message => ({
  ...say(
    `This ${PLATFORM_NAMES[platform]} account is linked to you again. I write to you here, and you can do everything as before.`,
  ),
  buttons: [helpButton],
});

export const linkedAlready = (): Message =>
  say('This account is linked to you. To undo that, type `unlink`.');

/** The console belongs to whoever runs the bot and shows every person; there is nothing to unlink. */
export const consoleStaysLinked = (): Message =>
  say(
    'Nothing was changed: in the console everybody speaks under their own name of the roster, and that can\u2019t be unlinked.',
  );

/** To whatever is said from an unlinked account. */
export const accountIsUnlinked = (): Message =>
  say('You have unlinked this account, so I do nothing from here. To link it again, type `link`.');

/** Help for somebody whose account is unlinked. */
export const unlinkedHelp = (): Message =>
  card('This account is unlinked', [
    paragraph(
      'I am the bot of ISSO As A Service. You have unlinked this account, so I send you nothing here and do nothing from here.',
    ),
    bullets(['`link`: be known here again', '`help`: these lines']),
  ]);
