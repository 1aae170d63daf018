/** "requests in OIT", "closed requests of Beatriz Okafor", "requests in OIT at matching after ISSO-2026-0020": which engagements to list. */
import {
  ENGAGEMENT_STATES,
  type EngagementState,
  FINAL_STATES,
  OPEN_STATES,
} from '../domain/engagement-states.ts';
import { findRequestNumber, type RequestNumber } from '../domain/ids.ts';
import { fold } from './text.ts';

export interface ListWish {
  readonly states: readonly EngagementState[];
  /** As typed: a component's key or name; null for all. */
  readonly component: string | null;
  /** As typed; null for all. */
  readonly person: string | null;
  /** Null: from the first. */
  readonly after: RequestNumber | null;
  /** Said nothing but the word itself. */
  readonly isBare: boolean;
}

/** Words of one state, or of several, as people say them. */
const GROUPS: ReadonlyMap<string, readonly EngagementState[]> = new Map<string, readonly EngagementState[]>([
  ['all', ENGAGEMENT_STATES],
  ['open', OPEN_STATES],
  ['closed', FINAL_STATES],
  ['ended', FINAL_STATES],
  ['new', ['REQUESTED']],
  ['to triage', ['REQUESTED']],
  ['kickoff', ['KICKOFF_PENDING', 'KICKOFF_HELD']],
  ['form', ['KICKOFF_HELD']],
  ['context', ['FORM_COMPLETE']],
  ['skills', ['CONTEXT_ASSESSED']],
  ['searching', ['MATCHING']],
  ['candidate', ['CANDIDATE_PROPOSED']],
  ['identified', ['ISSO_IDENTIFIED']],
  ['working', ['ACTIVE']],
  ['at work', ['ACTIVE']],
  ['extension', ['EXTENSION_REVIEW']],
  ['ending', ['OFFBOARDING']],
  ['off boarding', ['OFFBOARDING']],
  ...ENGAGEMENT_STATES.map((state) => [fold(state.replaceAll('_', ' ')), [state]] as const),
]);

/** Longer texts are no such wish. */
const LONGEST = 160;

/** The wish that a whole text is; null for anything else. A state that is none is refused by `unknown`, with what was typed. */
export function readListWish(typed: string): ListWish | { readonly unknown: string } | null {
  if (typed.length > LONGEST) return null;
  const said = typed.trim().replace(/\s+/gu, ' ');
  const [whole, before = '', behind = ''] =
    /^(?:(all|open|closed|ended)\s)?(?:requests|engagements)(?:\s([^?]{1,140}))?$/iu.exec(said) ?? [];
  if (whole === undefined) return null;
  const parts = partsOf(behind);
  const word = fold(parts.state || before || 'open');
  const states = GROUPS.get(word);
  if (!states) return { unknown: word };
  return {
    states,
    component: parts.in || null,
    person: parts.of || null,
    after: parts.after === '' ? null : findRequestNumber(parts.after),
    isBare: before === '' && behind === '',
  };
}

/** What stands behind `in`, `of` and `after`; the rest names the state. */
function partsOf(text: string): Readonly<Record<'in' | 'of' | 'after' | 'state', string>> {
  const parts = { in: '', of: '', after: '', state: '' };
  let current: keyof typeof parts = 'state';
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const key = KEYWORDS.get(word.toLowerCase());
    if (key) current = key;
    else parts[current] = parts[current] === '' ? word : `${parts[current]} ${word}`;
  }
  return parts;
}

const KEYWORDS: ReadonlyMap<string, 'in' | 'of' | 'after' | 'state'> = new Map([
  ['in', 'in'],
  ['of', 'of'],
  ['with', 'of'],
  ['after', 'after'],
  ['at', 'state'],
  ['that', 'state'],
  ['are', 'state'],
]);
