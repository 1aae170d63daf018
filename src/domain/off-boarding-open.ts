/** A new off-boarding record: its lines as they are when somebody is about to leave. Pure. */
import { type LineKind, type OffBoardingRecord, openStateOf } from './off-boarding.ts';
import { type BusinessDays, dueAtOf, type Within } from './off-boarding-clocks.ts';

/** A line that is to be opened. */
export interface NewLine {
  readonly key: string;
  readonly kind: LineKind;
  readonly what: string;
  readonly within: Within;
  /** Property: false for what was never handed out. */
  readonly isIssued: boolean;
}

/** A new record; `business` says which days count where a line is due after business days. */
export const openRecord = (
  facts: Pick<OffBoardingRecord, 'leaving' | 'endOn'> & { readonly lines: readonly NewLine[] },
  business: BusinessDays,
): OffBoardingRecord => ({
  leaving: facts.leaving,
  endOn: facts.endOn,
  lines: facts.lines.map(({ key, kind, what, within, isIssued }) => ({
    key,
    kind,
    what,
    state: isIssued ? openStateOf(kind) : 'not_issued',
    dueAt: dueAtOf(within, facts.endOn, business),
    evidence: null,
    handing: null,
    incident: null,
    changed: null,
  })),
});
