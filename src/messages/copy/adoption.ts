/** How much each service is used, in words. */
import type { Adoption, MeasureScope } from '../../domain/measures.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { card, fact, facts, type Message, note, say } from '../message.ts';

interface Used {
  readonly name: string;
  readonly adoption: Adoption | null;
  readonly referrals: number | null;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** `smallest`: fewer people than that are not told by number. */
function usedWords({ adoption, referrals }: Used, smallest: number): string {
  if (adoption === null) {
    const times = referrals ?? 0;
    return times === 0
      ? 'Nobody was shown the way.'
      : `The way was shown ${counted(times, 'time', 'times')}.`;
  }
  const { requests, accepted, active, systems, components, repeatOwners } = adoption;
  return [
    `${counted(requests, 'request', 'requests')}, ${accepted} of them accepted.`,
    `At work on the last day: ${counted(active, 'engagement', 'engagements')} for ${counted(systems, 'system', 'systems')} in ${counted(components, 'component', 'components')}.`,
    `Business Owners who came back: ${repeatOwners > 0 && repeatOwners < smallest ? `fewer than ${smallest}` : repeatOwners}.`,
  ].join(' ');
}

/** Each service with its requests, or how often the way was shown. Counts only: nobody is named. */
export const adoptionCard = (
  offerings: readonly Used[],
  { from, until }: Pick<MeasureScope, 'from' | 'until'>,
  smallest: number,
): Message =>
  card('Adoption by service', [
    facts(offerings.map((each) => fact(each.name, usedWords(each, smallest)))),
    note(
      `From ${sayLocalDate(from)} to ${sayLocalDate(until)}. Another time: \`adoption last quarter\`, \`adoption this year\`.`,
    ),
  ]);

export const noSuchPeriod = (): Message =>
  say(
    'I could not tell which time you mean. Type `adoption` for the last 90 days, or name a time: `adoption last quarter`, `adoption 2027 Q1`, `adoption this year`.',
  );
