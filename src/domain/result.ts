/**
 * The outcome of a rule: a value, or a refusal that a person reads.
 * A refusal is an expected "no"; bugs are thrown and delivery trouble is a union of its own.
 */
export type Result<T, R> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

/** The rule says yes and hands back `value`. */
export function accepted<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** The rule says no; `refusal` says why, as data that `src/messages/copy` turns into words. */
export function refused<R>(refusal: R): { readonly ok: false; readonly refusal: R } {
  return { ok: false, refusal };
}
