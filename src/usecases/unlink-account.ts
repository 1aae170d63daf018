/** Somebody takes the account they speak from out of the bot's hands, or gives it back. */

import { readCommand } from '../forms/command.ts';
import { readAccountWish } from '../forms/read-account-wish.ts';
import {
  accountIsUnlinked,
  consoleStaysLinked,
  linkedAgain,
  linkedAlready,
  unlinked,
  unlinkedHelp,
} from '../messages/copy/account.ts';
import { askMeDirectly } from '../messages/copy/welcome.ts';
import { noteDeed } from './note-deed.ts';
import { type Answer, answer, type Work } from './work.ts';

/**
 * `unlink`, `link` in a direct message: from then on the account is no address of the person, or one again. Null for
 * anything else. In a channel nobody's account is spoken of.
 */
export async function accountByWords(work: Work, typed: string): Promise<Answer | null> {
  if (work.from.channel !== null) return null;
  const wish = readAccountWish(typed);
  if (wish === null) return null;
  return wish === 'unlink' ? unlinkAccount(work) : linkAccount(work);
}

/** The answer to whatever is said or pressed from an unlinked account: only `link` and `help` do something. `typed` is empty for a button. */
export async function answerUnlinked(work: Work, typed: string): Promise<Answer> {
  if (work.from.channel !== null) return answer(askMeDirectly());
  if (readAccountWish(typed) === 'link') return linkAccount(work);
  return answer(readCommand(typed)?.kind === 'help' ? unlinkedHelp() : accountIsUnlinked());
}

async function unlinkAccount(work: Work): Promise<Answer> {
  const { tx, now, from, person } = work;
  if (from.platform === 'console') return answer(consoleStaysLinked());
  await tx.people.changeLink(from.platform, from.userId, { unlinkedAt: now });
  await note(work, 'account.unlink');
  const others = await tx.people.addresses(person.id);
  return answer(unlinked(from.platform, others.length > 0));
}

async function linkAccount(work: Work): Promise<Answer> {
  const { tx, from } = work;
  const link = await tx.people.link(from.platform, from.userId);
  if (!link || link.unlinkedAt === null) return answer(linkedAlready());
  await tx.people.changeLink(from.platform, from.userId, { unlinkedAt: null });
  await note(work, 'account.link');
  return answer(linkedAgain(from.platform));
}

/** One line of the append-only record. */
function note(work: Work, verb: string): Promise<void> {
  return noteDeed(work, verb, { account: work.from.userId });
}
