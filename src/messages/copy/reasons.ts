import { type Message, say } from '../message.ts';
import { endReasonWords } from './off-boarding-reasons.ts';

/** Reason codes in words (domain reference 2.2). */
export const WITHDRAW_REASONS = [
  { id: 'need_met_internally', label: 'The need is met in our own component' },
  { id: 'system_retired', label: 'The system is being retired' },
  { id: 'funding_lost', label: 'The money is no longer available' },
  { id: 'priority_changed', label: 'Other work comes first now' },
  { id: 'duplicate', label: 'There is another request for the same need' },
  { id: 'other', label: 'Another reason' },
] as const;

export const DECLINE_REASONS = [
  { id: 'out_of_scope', label: 'The need is outside what the programme does' },
  { id: 'no_capacity', label: 'No Service ISSO is free at the time' },
  { id: 'no_funding', label: 'There is no money for it' },
  { id: 'existing_isso_available', label: 'A trained CMS ISSO is available' },
  { id: 'wrong_service', label: 'Another service fits better' },
  { id: 'insufficient_information', label: 'There is not enough information to decide' },
  { id: 'other', label: 'Another reason' },
] as const;

/** The plain words of a reason code; an unknown one is shown as it is. */
export function reasonWords(code: string): string {
  const known = [...WITHDRAW_REASONS, ...DECLINE_REASONS].find((reason) => reason.id === code);
  return known ? known.label.charAt(0).toLowerCase() + known.label.slice(1) : (endReasonWords(code) ?? code);
}

/** The reason code somebody typed: its code, its number in the list (from 1) or its words. Null when none fits. */
export function readReason(
  typed: string,
  reasons: readonly { readonly id: string; readonly label: string }[],
): string | null {
  const wanted = typed
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/gu, '_');
  const byNumber = reasons[Number(wanted) - 1];
  const found = reasons.find(
    ({ id, label }) => id === wanted || label.toLowerCase().replace(/[\s_-]+/gu, '_') === wanted,
  );
  return (found ?? (/^\d+$/u.test(wanted) ? byNumber : undefined))?.id ?? null;
}

/** Asks for a reason in chat; nothing has changed yet. */
export function reasonQuestion(
  verb: 'withdraw' | 'decline',
  number: string,
  reasons: readonly { readonly id: string; readonly label: string }[],
): Message {
  return say(
    `Why do you ${verb} ${number}? Nothing has changed yet. Type \`${verb} ${number} code\`, with a note behind it if you like. The codes:`,
    ...reasons.map(({ id, label }) => `${id}: ${label}`),
  );
}
