/** Why a message is sent, in words: what caused it, what for, and how long it stays true. */
import { sayDateTime } from '../../src/domain/time.ts';
import type { Delivery, StillTrue } from '../../src/ports.ts';
import type { Written } from './watched.ts';

/** Planned this much ahead, a message counts as planned and not as said at once. */
const AHEAD_MS = 60_000;

/** `remind day; planned on … because bo presses "Choose 2"; only while the meeting is booked; about meeting:1`. */
export function whyOf(row: Delivery, written: Written | null, timeZone: string): string {
  return [
    ruleOf(row.key),
    causeOf(written, timeZone),
    ...(row.stillTrue ? [`only while ${conditionOf(row.stillTrue)}`] : []),
    ...(row.about === null ? [] : [`about ${row.about}`]),
  ].join('; ');
}

/** The key begins with the rule's name. */
const ruleOf = (key: string): string => (key.split(':')[0] ?? key).replaceAll('-', ' ');

function causeOf(written: Written | null, timeZone: string): string {
  if (!written) return 'written before this began';
  const { at, dueAt, because } = written;
  if (dueAt.getTime() - at.getTime() < AHEAD_MS) return `because ${because}`;
  return `planned on ${sayDateTime(at, timeZone)} because ${because}, for ${sayDateTime(dueAt, timeZone)}`;
}

function conditionOf(condition: StillTrue): string {
  switch (condition.kind) {
    case 'engagement-in':
      return `the request is ${condition.states.join(' or ').toLowerCase().replaceAll('_', ' ')}`;
    case 'meeting-in':
      return `the meeting is ${condition.states.join(' or ')}${condition.version === null ? '' : ' as it was then'}`;
    case 'meeting-time':
      return `the meeting is ${condition.state} for that time`;
    case 'check-in-open':
      return 'they have not checked in';
    case 'survey-open':
      return 'the survey is not answered';
    case 'item-open':
      return 'the line of the card is open';
    case 'paper-in':
      return `the ${condition.paper.replaceAll('-', ' ')} is ${condition.states.join(' or ')}`;
    default:
      return condition satisfies never;
  }
}
