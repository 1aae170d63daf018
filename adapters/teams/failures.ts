import { retryAtOf } from '../../src/domain/waits.ts';
import type { DeliveryFailure } from '../../src/ports.ts';
import type { ConnectorTrouble } from './connector.ts';

/** How long to hold off when Teams asks to wait and does not say for how long. */
const SLOW_DOWN_MS = 5_000;

/** What a refusal means for a message: what becomes of it, and what the administrator is to mend. */
interface Meaning {
  readonly failure: 'gone' | 'forbidden' | 'unavailable';
  /** What is missing, as `need` of a refused delivery and in the administrator's line. */
  readonly need: string;
  readonly isForAdmin: boolean;
}

const of = (failure: Meaning['failure'], need: string, isForAdmin: boolean): Meaning => ({
  failure,
  need,
  isForAdmin,
});

const NOT_INSTALLED =
  'the app where it is to write: it was removed, or never added; install it there, or by policy for everybody';
const CREDENTIALS =
  'credentials that Microsoft takes: renew the secret or certificate and set TEAMS_APP_PASSWORD or TEAMS_CERTIFICATE_FILE; see that TEAMS_APP_ID, TEAMS_TENANT_ID and TEAMS_CLOUD are of one app';

/** The connector's codes, by what they mean for whoever waits for the message. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  [
    'MessageWritesBlocked',
    of(
      'forbidden',
      'leave to write to somebody who has blocked the bot in Teams: they can be asked to allow it again',
      true,
    ),
  ],
  ['BotNotInConversationRoster', of('gone', NOT_INSTALLED, true)],
  ['BotNotInstalled', of('gone', NOT_INSTALLED, true)],
  ['ForbiddenOperationException', of('gone', NOT_INSTALLED, true)],
  ['ConversationNotFound', of('gone', NOT_INSTALLED, true)],
  ['ActivityNotFoundInConversation', of('gone', 'the message that was to be redrawn', false)],
  ['MessageNotFound', of('gone', 'the message that was to be redrawn', false)],
  [
    'BotDisabledByAdmin',
    of('unavailable', 'the app: an administrator has switched it off in the Teams admin center', true),
  ],
  [
    'AppBlockedByAdmin',
    of('unavailable', 'the app: an administrator has blocked it in the Teams admin center', true),
  ],
  ['MessageSizeTooBig', of('forbidden', 'a shorter message', true)],
  ['NoToken', of('unavailable', CREDENTIALS, true)],
  [
    'UntrustedServiceUrl',
    of(
      'gone',
      'a conversation of this cloud: one was kept from another; set TEAMS_CLOUD to the cloud of the tenant',
      true,
    ),
  ],
]);

/** What a status means where its code says nothing. */
const BY_STATUS: ReadonlyMap<number, Meaning> = new Map([
  [401, of('unavailable', CREDENTIALS, true)],
  [403, of('gone', NOT_INSTALLED, true)],
  [404, of('gone', NOT_INSTALLED, true)],
  [410, of('gone', NOT_INSTALLED, true)],
  [413, of('forbidden', 'a shorter message', true)],
]);

/** The code and what the administrator is to mend. */
export interface Mend {
  readonly code: string;
  readonly mend: string;
}

/** What became of the message, for the one who decides about the next attempt. */
export function failureOf(trouble: ConnectorTrouble, now: Date): DeliveryFailure {
  switch (trouble.kind) {
    case 'rate-limited': {
      const retryAt = retryAtOf(trouble.retryAfter, now) ?? new Date(now.getTime() + SLOW_DOWN_MS);
      // Teams limits by conversation (features reference 5.2).
      return { kind: 'rate-limited', retryAt, scope: 'conversation' };
    }
    case 'unreached':
      return { kind: 'unavailable' };
    case 'unknown':
      return { kind: 'unknown' };
    case 'refused': {
      const { failure, need } = meaningOf(trouble);
      return failure === 'forbidden' ? { kind: failure, need } : { kind: failure };
    }
    default:
      return trouble satisfies never;
  }
}

/** Whether the conversation itself may be at fault: a new one is worth one attempt. */
export const isConversationGone = (trouble: ConnectorTrouble): boolean =>
  trouble.kind === 'refused' && meaningOf(trouble).failure === 'gone' && meaningOf(trouble).isForAdmin;

/** What the administrator is to mend; null when it is nothing of theirs. */
export function mendOf(trouble: ConnectorTrouble): Mend | null {
  if (trouble.kind !== 'refused') return null;
  const { need, isForAdmin } = meaningOf(trouble);
  return isForAdmin ? { code: trouble.code || `http_${trouble.status}`, mend: need } : null;
}

function meaningOf({ status, code }: Extract<ConnectorTrouble, { kind: 'refused' }>): Meaning {
  return (
    MEANINGS.get(code) ??
    BY_STATUS.get(status) ??
    of('forbidden', `what Teams asks for by the word ${code || `of status ${status}`}`, true)
  );
}

/** Thrown to whoever wanted an answer said: it is said later. Nothing of what was to be said is in it. */
export const couldNotSay = (trouble: ConnectorTrouble): Error =>
  new Error(
    `Teams did not take the answer: ${trouble.kind === 'refused' ? `${trouble.status} ${trouble.code}` : trouble.kind}`,
  );
