import { retryAtOf } from '../../src/domain/waits.ts';
import type { DeliveryFailure, FoundPost } from '../../src/ports.ts';
import type { ApiTrouble } from './web-api.ts';

/** How long to hold off when Slack asks to wait and does not say for how long. */
const SLOW_DOWN_MS = 30_000;

/** What a code of Slack's means for a message: what becomes of it, and what the administrator is to mend. */
interface Meaning {
  readonly failure: 'gone' | 'forbidden' | 'unavailable' | 'too-big';
  /** What is missing, as `need` of a refused delivery and in the administrator's line. */
  readonly need: string;
  /** Whether the administrator is told: not of what is only one person's business. */
  readonly isForAdmin: boolean;
}

const of = (failure: Meaning['failure'], need: string, isForAdmin: boolean): Meaning => ({
  failure,
  need,
  isForAdmin,
});

/** The conversation has an end that is nobody's mistake. */
const gone = (need: string): Meaning => of('gone', need, false);
/** The app has lost its way into the workspace: nobody's message is lost over it, all wait until it is mended. */
const locked = (need: string): Meaning => of('unavailable', need, true);
const forbidden = (need: string): Meaning => of('forbidden', need, true);

const REINSTALL = 'install the app into the workspace again and set the new SLACK_BOT_TOKEN';

/** Slack's codes, by what they mean for whoever waits for the message (each method's reference lists its own). */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['channel_not_found', gone('a conversation that exists')],
  ['user_not_found', gone('an account that exists')],
  ['users_not_found', gone('an account that exists')],
  ['user_disabled', gone('an account that is active')],
  ['user_not_visible', gone('an account that the bot may see')],
  ['cannot_dm_bot', gone('an account of a person')],
  ['message_not_found', gone('the message that was to be redrawn')],
  ['thread_not_found', gone('the message below which it belongs')],
  ['cant_update_message', gone('a message of the bot')],
  ['edit_window_closed', gone('a message that may still be redrawn')],
  // A dialog that its person closed before it was drawn, or a press that has opened one already.
  ['not_found', gone('a dialog that is open')],
  ['invalid_trigger_id', gone('a press that Slack knows of')],
  ['exchanged_trigger_id', gone('a press that has opened no dialog yet')],
  [
    'expired_trigger_id',
    of(
      'gone',
      "a dialog opened within Slack's three seconds: if this comes often, the database or the way to Slack is slow",
      true,
    ),
  ],
  ['no_installation', of('gone', 'install the app into that workspace', true)],
  [
    'is_archived',
    forbidden(
      'a channel that is not archived: unarchive it, or name another in SLACK_ISPG_CHANNEL or SLACK_PROGRAM_CHANNEL',
    ),
  ],
  ['not_in_channel', forbidden('the bot in the channel: type /invite and the name of the bot there')],
  [
    'restricted_action',
    forbidden('leave to post in the channel: a workspace administrator has restricted it'),
  ],
  ['restricted_action_read_only_channel', forbidden('leave to post in the channel: it is read-only')],
  [
    'restricted_action_thread_only_channel',
    forbidden('leave to post in the channel, and not only in its threads'),
  ],
  ['restricted_action_non_threadable_channel', forbidden('a channel that has threads')],
  ['messages_tab_disabled', forbidden('the Messages tab: switch it on under App Home')],
  ['ekm_access_denied', locked('access to the workspace: an administrator has suspended it')],
  ['team_access_not_granted', locked('access to the workspace: grant it to the app')],
  ['account_inactive', locked(REINSTALL)],
  ['token_revoked', locked(REINSTALL)],
  ['token_expired', locked(REINSTALL)],
  ['invalid_auth', locked(REINSTALL)],
  ['not_authed', locked(REINSTALL)],
  ['org_login_required', locked('the workspace to be moved into its organisation; it comes back by itself')],
  ['access_denied', locked('leave to use the method: ask a workspace administrator')],
  ['no_permission', locked('leave to use the method: ask a workspace administrator')],
  ['msg_too_long', of('too-big', 'a shorter message', false)],
  ['msg_blocks_too_long', of('too-big', 'a shorter message', false)],
  ['invalid_blocks', of('too-big', 'a message that Slack can show', true)],
  ['invalid_blocks_format', of('too-big', 'a message that Slack can show', true)],
]);

/** The code and what it means for the one who mends; null for what is nobody's to mend. */
export interface Mend {
  readonly code: string;
  readonly mend: string;
}

/** What became of the message, for the one who decides about the next attempt. */
export function failureOf(trouble: ApiTrouble, now: Date): DeliveryFailure {
  switch (trouble.kind) {
    case 'rate-limited': {
      const retryAt = retryAtOf(trouble.retryAfter, now) ?? new Date(now.getTime() + SLOW_DOWN_MS);
      // Slack limits posting by channel (features reference 5.1).
      return { kind: 'rate-limited', retryAt, scope: 'conversation' };
    }
    case 'unreached':
      return { kind: 'unavailable' };
    case 'unknown':
      return { kind: 'unknown' };
    case 'refused':
      return refusedAs(trouble);
    default:
      return trouble satisfies never;
  }
}

/** Whether Slack will say the same no to every later attempt. */
export function isFinal(trouble: ApiTrouble): boolean {
  const { kind } = failureOf(trouble, new Date(0));
  return kind === 'gone' || kind === 'forbidden';
}

/** What a search that could not be made says. */
export function unfound(trouble: ApiTrouble): FoundPost {
  const failure = failureOf(trouble, new Date(0));
  if (failure.kind === 'gone') return { kind: 'not-posted' };
  return failure.kind === 'forbidden' ? { kind: 'cannot-tell' } : { kind: 'unavailable' };
}

function refusedAs(trouble: Extract<ApiTrouble, { kind: 'refused' }>): DeliveryFailure {
  const { failure, need } = meaningOf(trouble);
  switch (failure) {
    case 'gone':
      return { kind: 'gone' };
    case 'unavailable':
      return { kind: 'unavailable' };
    case 'too-big':
    case 'forbidden':
      return { kind: 'forbidden', need };
    default:
      return failure satisfies never;
  }
}

/** What the administrator is to mend; null when it is nothing of theirs. */
export function mendOf(trouble: ApiTrouble): Mend | null {
  if (trouble.kind !== 'refused') return null;
  const { need, isForAdmin } = meaningOf(trouble);
  return isForAdmin ? { code: trouble.code, mend: need } : null;
}

function meaningOf({ code, needed }: Extract<ApiTrouble, { kind: 'refused' }>): Meaning {
  if (code === 'missing_scope') return forbidden(scopeMend(scopeNames(needed)));
  return MEANINGS.get(code) ?? forbidden(`what Slack asks for by the word ${code}`);
}

/** What to do about scopes that the token lacks. */
export const scopeMend = (scopes: string): string =>
  `the scope ${scopes}: add it under OAuth & Permissions and install the app again`;

const scopeNames = (needed: string | null): string =>
  needed !== null && /^[a-z0-9:._, -]{1,200}$/u.test(needed) ? needed : 'that the method needs';

/** Thrown to whoever wanted an answer said: it is said later. Nothing of what was to be said is in it. */
export function couldNotSay(trouble: ApiTrouble): Error {
  return new Error(
    `Slack did not take the answer: ${trouble.kind === 'refused' ? trouble.code : trouble.kind}`,
  );
}
