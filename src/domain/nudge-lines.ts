/** Which lines of an Information Card somebody is nudged about: those that can be worked on, each for who has it in hand. Pure. */
import { type Card, itemOf } from './card.ts';
import type { CardPlan } from './card-plan.ts';
import { saidFrom, workableItems } from './card-progress.ts';
import { type CardFact, type CardTemplate, type ItemTemplate, nameOn } from './card-template.ts';
import type { Engagement } from './engagement.ts';
import type { PersonId } from './ids.ts';
import type { DoneHow, ItemLine } from './nudge.ts';
import { ballOf } from './nudge-holder.ts';
import type { LocalDate } from './time.ts';

/** Those who say themselves that they are told and ready; the keys of their lines in the preparation list. */
export const READY_PARTS = ['data_guardian', 'cra'] as const;
export type ReadyPart = (typeof READY_PARTS)[number];

/** A card, and what is known around it. */
export interface CardToNudge {
  readonly engagement: Pick<Engagement, 'id' | 'number' | 'systemName'>;
  /** Whose card it is. */
  readonly personId: PersonId;
  readonly template: CardTemplate;
  readonly card: Card;
  readonly plan: CardPlan;
  /** The initial meeting is booked, or times for it are on offer: nobody of ISPG has to arrange it. */
  readonly isMeetingBooked: boolean;
  /** Whose readiness the preparation list still asks for. */
  readonly partsOpen: readonly ReadyPart[];
}

/**
 * Open lines whose needs are settled, in the order of the template; `today` decides what they are called. A need that can go without
 * counts until the line is begun. Of the preparation list each open part is a line of its own as well.
 */
export function cardLines(of: CardToNudge, today: LocalDate): readonly ItemLine[] {
  return workableItems(of.template, of.card).flatMap((item) => {
    const now = itemOf(of.card, item.key);
    const planned = of.plan.items.get(item.key);
    if (!now || !planned) return [];
    if (item.follows?.fact === 'initial-meeting' && of.isMeetingBooked) return [];
    const ball = ballOf(item, now);
    const line: ItemLine = {
      about: {
        kind: 'item',
        number: of.engagement.number,
        engagementId: of.engagement.id,
        personId: of.personId,
        key: item.key,
      },
      systemName: of.engagement.systemName,
      name: nameOn(item, today),
      part: null,
      party: ball.party,
      waitsFor: ball.waitsFor,
      dueOn: planned.dueOn,
      saidFrom: saidFrom(item, now, of.card, planned.startsOn),
      snoozedUntil: now.snoozedUntil,
      blocked: now.state.is === 'blocked' ? now.state.reason : null,
      done: doneHow(item),
      reopened: now.reopened,
    };
    const parts = item.follows?.fact === 'preparation' && line.blocked === null ? of.partsOpen : [];
    return [line, ...parts.map((part): ItemLine => ({ ...line, part, party: part, done: 'elsewhere' }))];
  });
}

/** What is known elsewhere is said there: the preparation list, the record of the meeting. */
const SAID_ELSEWHERE: ReadonlySet<CardFact | undefined> = new Set(['preparation', 'initial-meeting']);

function doneHow(item: ItemTemplate): DoneHow {
  if (item.follows?.alone || SAID_ELSEWHERE.has(item.follows?.fact)) return 'elsewhere';
  return item.needsReference ? 'with-reference' : 'at-once';
}
