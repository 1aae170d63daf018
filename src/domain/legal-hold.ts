/** A legal hold: what is held is not disposed of until it is released (domain reference 9.3; ARS AU-11). */
import type { PersonId } from './ids.ts';

export const HELD_KINDS = ['class', 'engagement', 'person'] as const;
export type HeldKind = (typeof HELD_KINDS)[number];

export interface LegalHold {
  readonly id: string;
  readonly kind: HeldKind;
  /** A record class, an engagement's id, a person's id. */
  readonly subject: string;
  readonly reason: string;
  readonly placedById: PersonId;
  readonly placedAt: Date;
  readonly releasedById: PersonId | null;
  readonly releasedAt: Date | null;
}

/** One disposing of a class of records: the log of it is kept for good. */
export interface Disposal {
  readonly id: string;
  readonly recordClass: string;
  /** What ended before this instant was disposed of. */
  readonly before: Date;
  readonly byId: PersonId;
  readonly at: Date;
  /** Rows, by table. */
  readonly counts: Readonly<Record<string, number>>;
  /** Rows that a legal hold kept. */
  readonly held: number;
  /** SHA-256 of the manifest of the export that was made of them before, in hexadecimal. */
  readonly manifestHash: string;
}
