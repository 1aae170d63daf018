/** What somebody only looks at, outside of a conversation: nothing is kept of it. */
import { within } from '../../src/domain/in-time.ts';
import {
  CANNOT_SEARCH,
  NO_REQUESTS_FOUND,
  NOT_UNDERSTOOD,
} from '../../src/messages/copy/platform-answers.ts';
import type { Look } from './inbound.ts';
import { cardAnswer, cardWords, searchAnswer, searchWords, taskAnswer } from './invoke-answers.ts';
import { TEAMS } from './limits.ts';
import { newToken, REFRESH } from './posting.ts';
import { cardAgain } from './render-below.ts';
import { wordsTask } from './render-form.ts';
import type { Answered, ExchangeParts } from './reply.ts';

/** Answers a search of their own requests, or draws a card of theirs as it is now. `member` is what Teams calls them. */
export async function look(parts: ExchangeParts, told: Look, member: string | null): Promise<Answered> {
  if (told.kind === 'refresh') return refreshed(parts, told.user, told.on, member);
  // All that is shown of a search is shown at once.
  if (told.isFurther) return searchAnswer([]);
  const words = told.words.trim();
  const found = await within(
    parts.after,
    TEAMS.extensionAnswerMs,
    parts.own.requests('teams', told.user, words, TEAMS.searchResults),
  ).catch(() => null);
  if (found === null) return searchWords(CANNOT_SEARCH);
  if (found.length === 0) return searchWords(NO_REQUESTS_FOUND);
  return searchAnswer(
    found.map(({ title, state, message, timeZone }) => ({
      title,
      text: state,
      // What is sent into another chat has no buttons: they would be pressed by others.
      card: cardAgain({ ...message, buttons: [] }, { timeZone, timesBeside: true, token: newToken() }),
    })),
  );
}

/** Whatever can't be shown anew stands as it was drawn. What is drawn can be drawn anew by itself again. */
async function refreshed(
  parts: ExchangeParts,
  user: string,
  on: string | null,
  member: string | null,
): Promise<Answered> {
  const page =
    on === null
      ? null
      : await within(parts.after, TEAMS.extensionAnswerMs, parts.own.card('teams', user, on)).catch(
          () => null,
        );
  if (page === null) return { status: 200 };
  const reader = { timeZone: page.timeZone, timesBeside: false, token: newToken() };
  return cardAnswer(
    cardAgain(page.message, {
      ...reader,
      ...(member === null ? {} : { refreshFor: { userIds: [member], press: REFRESH } }),
    }),
  );
}

/** What is asked for in a way that this bot does not know, such as by the card of another version. */
export function unknownInvoke(name: string): Answered {
  if (name === 'adaptiveCard/action') return cardWords(NOT_UNDERSTOOD);
  if (name.startsWith('task/')) return taskAnswer(wordsTask(NOT_UNDERSTOOD));
  if (name === 'composeExtension/query') return searchWords(NOT_UNDERSTOOD);
  if (name.startsWith('composeExtension/')) return taskAnswer(wordsTask(NOT_UNDERSTOOD));
  return { status: 200, body: {} };
}
