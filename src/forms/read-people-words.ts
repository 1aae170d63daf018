/** What people type about people: grants, delegates, stand-ins, reviews. Whole texts only. */
import { findRequestNumber, type RequestNumber } from '../domain/ids.ts';
import type { Role } from '../domain/person.ts';
import type { LocalDate } from '../domain/time.ts';
import { readPersonAndRole } from './read-role.ts';
import { readDays } from './read-wish.ts';

/** Names are as they were typed. */
export type PeopleWish =
  | { readonly kind: 'grant' | 'revoke' | 'keep'; readonly person: string; readonly role: Role }
  /** It is clear what it is about, and not who or which role. */
  | { readonly kind: 'unread'; readonly about: 'grant' | 'stand-in' | 'delegate' }
  | { readonly kind: 'delegate' | 'end-delegate'; readonly person: string }
  | {
      readonly kind: 'stand-in';
      readonly person: string;
      /** Null: for whoever speaks. */
      readonly absent: string | null;
      readonly fromOn: LocalDate;
      readonly toOn: LocalDate;
    }
  | { readonly kind: 'end-stand-in'; readonly person: string; readonly absent: string | null }
  | { readonly kind: 'roster' }
  /** From 1. */
  | { readonly kind: 'review'; readonly page: number }
  | { readonly kind: 'members'; readonly number: RequestNumber };

const LONGEST = 240;
const STAND_IN = /^stand[- ]?in(?:s)?(?: is|:)?\s+(.+)$/isu;

/** The wish that `typed` says on `today`; null for anything else. */
export function readPeopleWish(typed: string, today: LocalDate): PeopleWish | null {
  const said = typed.trim().replace(/(?<![.!])[.!]+$/u, '');
  if (said.length > LONGEST || said.includes('\n') || said.endsWith('?')) return null;
  return plain(said) ?? roleWish(said) ?? delegateWish(said) ?? standInWish(said, today);
}

function plain(said: string): PeopleWish | null {
  if (/^(?:the )?roster$/iu.test(said)) return { kind: 'roster' };
  const [review, page] = /^(?:show )?access review(?:\s+(?:page\s+)?(\d{1,3}))?$/iu.exec(said) ?? [];
  if (review !== undefined) return { kind: 'review', page: Math.max(1, Number(page ?? 1)) };
  const [members, number = ''] =
    /^members(?: of| in)?\s+([A-Za-z]{2,8}[- ]20\d{2}[- ]\d{1,6})$/iu.exec(said) ?? [];
  const found = members === undefined ? null : findRequestNumber(number);
  return found ? { kind: 'members', number: found } : null;
}

function roleWish(said: string): PeopleWish | null {
  const [, verb = '', rest = ''] = /^(grant|revoke|keep)\b\s*(.*)$/isu.exec(said) ?? [];
  if (verb === '') return null;
  const kind = verb.toLowerCase() as 'grant' | 'revoke' | 'keep';
  const read = readPersonAndRole(rest);
  if (read) return { kind, ...read };
  return kind === 'keep' ? null : { kind: 'unread', about: 'grant' };
}

function delegateWish(said: string): PeopleWish | null {
  const [, ending, person = ''] = /^(end |remove |stop )?(?:my )?delegate\b:?\s*(.*)$/isu.exec(said) ?? [];
  if (person === '') return /^(?:my )?delegate$/iu.test(said) ? { kind: 'unread', about: 'delegate' } : null;
  return { kind: ending ? 'end-delegate' : 'delegate', person };
}

function standInWish(said: string, today: LocalDate): PeopleWish | null {
  const [, ended = ''] = /^(?:end|remove|stop) (?:my )?stand[- ]?in\s+(.+)$/isu.exec(said) ?? [];
  if (ended !== '') return { kind: 'end-stand-in', ...whoForWhom(ended) };
  const [, rest = ''] = STAND_IN.exec(said) ?? [];
  if (rest === '') return /^stand[- ]?in$/iu.test(said) ? { kind: 'unread', about: 'stand-in' } : null;
  const [, who = '', days = ''] = /^(.{1,160}?)(?<!\s)\s+(?:from|on)\s+(?!\s)(.{1,80})$/isu.exec(rest) ?? [];
  const read = days === '' ? null : readDays(days.toLowerCase(), today);
  return read ? { kind: 'stand-in', ...whoForWhom(who), ...read } : { kind: 'unread', about: 'stand-in' };
}

function whoForWhom(text: string): { readonly person: string; readonly absent: string | null } {
  const [, person = text, absent = ''] = /^(.{1,80}?)(?<!\s)\s+for\s+(?!\s)(.{1,80})$/isu.exec(text) ?? [];
  return {
    person: person.trim(),
    absent: absent === '' || /^(?:me|myself)$/iu.test(absent) ? null : absent.trim(),
  };
}
