/** The sensitive-text guard, as use cases see it: events reach them with such text already taken out. */
import type { RawValue } from '../domain/field.ts';
import { findSensitive, redactSensitive } from '../domain/privacy.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import { EMPTY, notKept, tooLong } from '../messages/copy/mends.ts';
import type { Inbound } from '../ports.ts';

const REMOVED = /\[removed: ([^\][\n]{1,60})\]/gu;

/** What sensitive data was in `text`, in words: still in it, or taken out before the event was stored. */
export function sensitiveKinds(text: string): readonly string[] {
  const takenOut = [...text.matchAll(REMOVED)].map((match) => match[1] ?? '');
  return [...new Set([...takenOut, ...findSensitive(text)])];
}

/** The event as it may be stored: every text a person typed, names of fields among them, with sensitive data taken out. */
export function withoutSensitiveText(event: Inbound): Inbound {
  switch (event.kind) {
    case 'said':
    case 'edited':
      return { ...event, text: redactSensitive(event.text) };
    case 'pressed':
    case 'submitted':
    case 'drafted': {
      const values = Object.entries(event.values).map(
        ([field, value]) => [redactSensitive(field), redactValue(value)] as const,
      );
      return { ...event, values: Object.fromEntries(values) };
    }
    case 'joined':
    case 'opened-home':
    case 'profile-changed':
      return event;
    default:
      return event satisfies never;
  }
}

function redactValue(value: RawValue): RawValue {
  if (typeof value === 'string') return redactSensitive(value);
  return Array.isArray(value) ? value.map((each: string) => redactSensitive(each)) : value;
}

/** Words for other people to read: trimmed, 1 to `longest` characters, nothing sensitive in them. A refusal is what to mend. */
export function readWords(typed: string, longest: number): Result<string, string> {
  const words = typed.trim();
  if (words === '') return refused(EMPTY);
  if (words.length > longest) return refused(tooLong(longest, words.length));
  const kinds = sensitiveKinds(words);
  return kinds.length === 0 ? accepted(words) : refused(notKept(kinds));
}
