/** What the page inside Teams says when it has nothing of its reader's to show. Nothing of the request stands in it. */
import { card, type Message, paragraph } from '../message.ts';

/** Why nothing is shown, each with what to do. */
export const TAB_REFUSALS = {
  missing: 'Nobody is signed in here. Please open this page inside Microsoft Teams.',
  invalid: 'I could not check who you are, or your sign-in has run out. Please try again.',
  'other-tenant':
    'This account belongs to another organization, and I serve only one. Please switch to your work account in Teams.',
  unavailable:
    'Microsoft does not answer, so I can\u2019t check who you are at present. Please try again in a few minutes.',
} as const;

/** The page of an account that speaks for nobody: one that never wrote to the bot, or that was unlinked. */
export const nobodyYet = (): Message =>
  card('We have not met yet', [
    paragraph(
      'Please write to me in the chat first, for example `hi`. From then on this page shows your requests, your meetings and your card.',
    ),
    paragraph('If you have unlinked this account, type `link` in the chat to have it back.'),
  ]);
