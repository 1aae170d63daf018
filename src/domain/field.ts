/**
 * One input as a screen needs it, whatever draws it: a Slack modal, a Teams dialog, the console's page.
 * Plain data. Questions (src/forms) make fields; messages and dialogs carry them.
 */
export type FieldKind =
  | 'text'
  | 'long-text'
  | 'choice'
  | 'choices'
  | 'yes-no'
  | 'date'
  | 'number'
  | 'person'
  | 'attestation';

/** What a person may pick; `id` is stored, `label` is shown. */
export interface Option {
  readonly id: string;
  readonly label: string;
}

/** A value as it comes from a screen, before any question has read it. */
export type RawValue = string | number | boolean | readonly string[] | null;
export type RawValues = Readonly<Record<string, RawValue>>;
/** The text to show beside a field, by field id. */
export type FieldErrors = Readonly<Record<string, string>>;

export interface Field {
  readonly id: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly hint?: string;
  readonly options?: readonly Option[];
  readonly value?: RawValue;
  readonly error?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
}
