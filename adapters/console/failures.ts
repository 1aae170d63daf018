import type { Response } from 'express';

/** Why a request is not carried out; nothing has changed. */
export type Failure =
  /** The caller's mistake: which field, and how to mend it. */
  | { readonly kind: 'bad-input'; readonly field: string; readonly error: string }
  | { readonly kind: 'unknown'; readonly field: string; readonly error: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'wrong-type' }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'not-saved' };

/** Thrown inside a route, answered by `answerFailure`. */
export class Refused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** A 400: `error` says how to mend `field`. */
export const badInput = (field: string, error: string): Refused =>
  new Refused({ kind: 'bad-input', field, error });
/** A 404: nothing goes by that name. */
export const unknown = (field: string, error: string): Refused =>
  new Refused({ kind: 'unknown', field, error });

/** Says the failure over HTTP. */
export function answerFailure(response: Response, failure: Failure): void {
  switch (failure.kind) {
    case 'bad-input':
      response.status(400).json({ error: failure.error, field: failure.field });
      return;
    case 'unknown':
      response.status(404).json({ error: failure.error, field: failure.field });
      return;
    case 'too-large':
      response.status(413).json({ error: 'The request is too large. Send at most 256 kB.', field: 'body' });
      return;
    case 'wrong-type':
      response
        .status(415)
        .json({ error: 'Send a JSON object with the header Content-Type: application/json.' });
      return;
    case 'foreign':
      response
        .status(403)
        .json({ error: 'The console answers only its own page and programs on this machine.' });
      return;
    case 'not-saved':
      response.status(503).json({ error: 'Your message was not saved, try again.' });
      return;
    default:
      failure satisfies never;
  }
}
