/**
 * What pressing a button says. It names a verb and a record, never a permission:
 * the use case asks `domain/access.ts` again, whoever presses.
 */
export interface ButtonPress {
  /** A verb of `src/dispatch.ts`, such as `kickoff.choose-slot`. */
  readonly verb: string;
  /** The record: a request number, a meeting id, a conversation id. */
  readonly subject: string;
  /** The record's version when the card was drawn; an older one is answered with the current card. */
  readonly version?: number;
  /** Which of several, such as the slot's index or a question's key. */
  readonly choice?: string;
}

export interface Button {
  /** Unique within its message. */
  readonly id: string;
  readonly label: string;
  readonly press: ButtonPress;
  /** Said beforehand, because Slack must open a dialog within the click's 3 seconds. */
  readonly opensDialog: boolean;
  readonly look: 'plain' | 'primary' | 'danger';
  /** What to type for the same effect: every action has a typed equivalent. */
  readonly typed: string;
}

/** A plain button; `extra` sets look, dialog and choice. */
export function button(
  id: string,
  label: string,
  press: ButtonPress,
  typed: string,
  extra: { readonly opensDialog?: boolean; readonly look?: Button['look'] } = {},
): Button {
  return { id, label, press, typed, opensDialog: extra.opensDialog ?? false, look: extra.look ?? 'plain' };
}
