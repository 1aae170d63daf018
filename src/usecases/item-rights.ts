/** Who says what of which line of an Information Card (domain reference 1.3, 2.4, 4.3). */
import { cardSight, may } from '../domain/access.ts';
import { itemOf } from '../domain/card.ts';
import { itemIn } from '../domain/card-template.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { EngagementState } from '../domain/engagement-states.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { holdsLine, type ReachedParty } from '../domain/nudge-holder.ts';
import { noCardNow, type RefusedReader } from '../messages/copy/item-refused.ts';
import { noAccess, notYourStep } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { cardNow, type KeptCard } from './information-card.ts';
import type { SaidOfItem } from './item-words.ts';
import { lockCards } from './mirror-card.ts';
import { vacantParties } from './nudge-people.ts';
import { programmeToday, type Work } from './work.ts';

/** The card is kept by hand from the start of onboarding until the off-boarding record takes over. */
const KEPT_IN: readonly EngagementState[] = [
  'ONBOARDING',
  'ACTIVE',
  'PAUSED',
  'EXTENSION_REVIEW',
  'REASSIGNING',
];

type Seen = Pick<KeptCard, 'engagement' | 'template' | 'card'> & Partial<Pick<OpenedCard, 'vacant'>>;

/** A card for somebody who may say something of it, and the parties for which nobody is named now. */
interface OpenedCard extends KeptCard {
  readonly vacant: ReadonlySet<ReachedParty>;
}

/** The card of the present Service ISSO, locked with their others, for somebody who may say something of one of its lines. */
export async function openCard(work: Work, number: RequestNumber): Promise<OpenedCard | Message> {
  const engagement = await lockCards(work, number);
  if (!engagement) return noAccess(number);
  const isKept = KEPT_IN.includes(engagement.state);
  const found = isKept ? await cardNow(work, engagement) : null;
  const kept = found && { ...found, vacant: await vacantParties(work) };
  if (maySayAny(work, engagement)) return kept ?? noCardNow(number);
  if (kept?.template.items.some(({ key }) => holds(work, kept, key))) return kept;
  return may(work.person, 'request.read', engagement) ? notYourStep(number) : noAccess(number);
}

export const isMessage = (opened: KeptCard | Message): opened is Message => 'blocks' in opened;

const maySayAny = ({ person }: Work, engagement: Engagement): boolean =>
  (['card.write', 'card.move-item', 'card.waive'] as const).some((verb) => may(person, verb, engagement));

function holds({ person }: Work, { engagement, template, card, vacant }: Seen, key: string): boolean {
  const [of, item] = [itemIn(template, key), itemOf(card, key)];
  return of !== undefined && item !== undefined && holdsLine(person, of, item, engagement, vacant);
}

/** True when the reader says how that line stands: the contractor of all lines, everybody else of those they have in hand. */
export function mayChangeItem(work: Work, kept: Seen, key: string): boolean {
  if (!KEPT_IN.includes(kept.engagement.state)) return false;
  return may(work.person, 'card.write', kept.engagement) || holds(work, kept, key);
}

/** True when the reader says that the line is not needed: of what must hold before work starts the Government Task Lead alone. */
export function mayDropItem({ person }: Work, { engagement, template }: Seen, key: string): boolean {
  if (may(person, 'card.waive', engagement)) return true;
  return (itemIn(template, key)?.gates ?? []).length === 0 && may(person, 'card.write', engagement);
}

/** True when the reader sets by when the line is to be finished. */
export const mayMoveItem = ({ person }: Work, { engagement }: Seen): boolean =>
  may(person, 'card.move-item', engagement);

/** True when there is anything that the reader says of that line. */
export const maySomething = (work: Work, kept: Seen, key: string): boolean =>
  KEPT_IN.includes(kept.engagement.state) &&
  (mayChangeItem(work, kept, key) || mayDropItem(work, kept, key) || mayMoveItem(work, kept));

/** Who reads why something of that card is refused. */
export const refusedReader = (work: Work, { engagement, personId }: KeptCard): RefusedReader => ({
  today: programmeToday(work),
  seesLines: cardSight(work.person, personId, engagement) === 'dates',
});

/** True when the reader says this of the line. */
export function maySay(work: Work, kept: Seen, said: SaidOfItem): boolean {
  switch (said.kind) {
    case 'move':
      return mayMoveItem(work, kept);
    case 'reopen': {
      const isDropped = itemOf(kept.card, said.key)?.state.is === 'not_needed';
      return mayChangeItem(work, kept, said.key) || (isDropped && mayDropItem(work, kept, said.key));
    }
    case 'change':
      return said.change.to === 'not_needed'
        ? mayDropItem(work, kept, said.key)
        : mayChangeItem(work, kept, said.key);
    case 'next':
      return mayChangeItem(work, kept, said.key);
    default:
      return said satisfies never;
  }
}
