/** Somebody says what happens to a line of an Information Card; each change is a version of it (domain reference 4.3). */
import { may } from '../domain/access.ts';
import {
  allowedFrom,
  type Card,
  type CardRefusal,
  changeItem,
  type ItemChange,
  isSettled,
  itemOf,
  noteNext,
} from '../domain/card.ts';
import { forbiddenOnCard } from '../domain/card-guard.ts';
import { itemIn } from '../domain/card-template.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { EngagementState } from '../domain/engagement-states.ts';
import type { FieldErrors } from '../domain/field.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { checkMilestone } from '../domain/milestone.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import type { LocalDate } from '../domain/time.ts';
import { renewalOf } from '../domain/training.ts';
import {
  BAD_REFERENCE,
  forbidden,
  itemBlocked,
  itemHelp,
  itemRefused,
  itemSaved,
  NO_DAY,
  NO_ITEM,
  NO_PARTY,
  NO_WORDS,
  nameOf,
  noCardNow,
  noState,
  notYourItem,
} from '../messages/copy/card-items.ts';
import { noAccess, notYourStep } from '../messages/copy/refusals.ts';
import { type Message, say } from '../messages/message.ts';
import { LONGEST_ITEM_WORDS, LONGEST_REFERENCE } from '../offerings/item-form.ts';
import { record } from './change-engagement.ts';
import { readWords } from './guard.ts';
import { cardNow, type KeptCard, keepCard, withFacts } from './information-card.ts';
import { readItem, type SaidOfItem, type TypedItem } from './item-words.ts';
import { setMilestone } from './set-milestone.ts';
import { tellRole } from './tell.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** The card is kept by hand from the start of onboarding until the off-boarding record takes over. */
const KEPT_IN: readonly EngagementState[] = [
  'ONBOARDING',
  'ACTIVE',
  'PAUSED',
  'EXTENSION_REVIEW',
  'REASSIGNING',
];
const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._/#-]*$/u;

/** The card of the present Service ISSO, locked, for somebody who may change something on it. */
export async function openCard(work: Work, number: RequestNumber): Promise<KeptCard | Message> {
  const engagement = await work.tx.engagements.forChange(number);
  if (!engagement || !(may(work.person, 'card.write', engagement) || isOwn(work, engagement)))
    return engagement && may(work.person, 'request.read', engagement)
      ? notYourStep(number)
      : noAccess(number);
  if (!KEPT_IN.includes(engagement.state)) return noCardNow(number);
  return (await cardNow(work, engagement)) ?? noCardNow(number);
}

export const isMessage = (opened: KeptCard | Message): opened is Message => 'blocks' in opened;

/** One's own card is no right that a stand-in takes over; `letter.sign` is the Service ISSO's alone as well. */
const isOwn = ({ person }: Work, engagement: Engagement): boolean =>
  person.id === engagement.course.serviceIssoId && may(person, 'letter.sign', engagement);

/** True when the reader says what happens to that line: the contractor to all, the Service ISSO to those they do themselves. */
export function mayChangeItem(work: Work, { engagement, template }: KeptCard, key: string): boolean {
  if (!KEPT_IN.includes(engagement.state)) return false;
  if (may(work.person, 'card.write', engagement)) return true;
  return isOwn(work, engagement) && (itemIn(template, key)?.parties.includes('service_isso') ?? false);
}

/** `item ISSO-2026-0042 fingerprinting done ref TICKET-1`. */
export async function typeItem(work: Work, number: RequestNumber, rest: string): Promise<Answer> {
  const opened = await openCard(work, number);
  if (isMessage(opened)) return answerPrivately(opened);
  const today = programmeToday(work);
  const typed = readItem(rest, opened.template, today);
  const mend = mendOf(typed, opened, today);
  if (mend !== null) return answerPrivately(itemHelp(number, mend, opened, today));
  if (!isSaid(typed)) throw new Error(`nothing said of ${typed.kind}`);
  const made = await applyItem(work, opened, typed);
  return answerPrivately('errors' in made ? say(...Object.values(made.errors)) : made.say);
}

function mendOf(typed: TypedItem, { template }: KeptCard, today: LocalDate): string | null {
  switch (typed.kind) {
    case 'no-item':
      return NO_ITEM;
    case 'no-state':
      return noState(nameOf(template, typed.key, today));
    case 'no-party':
      return NO_PARTY;
    case 'no-day':
      return NO_DAY;
    case 'no-words':
      return NO_WORDS;
    case 'change':
    case 'reopen':
    case 'next':
      return null;
    default:
      return typed satisfies never;
  }
}

const isSaid = (typed: TypedItem): typed is SaidOfItem =>
  typed.kind === 'change' || typed.kind === 'reopen' || typed.kind === 'next';

/** What it came to: words for whoever said it, or what to mend beside the fields of the dialog. */
export type ItemTaken = { readonly say: Message } | { readonly errors: FieldErrors };

/** Changes the line and keeps the card. Refused for somebody else's line and for what must never stand on a card. */
export async function applyItem(work: Work, opened: KeptCard, said: SaidOfItem): Promise<ItemTaken> {
  const { engagement, template } = opened;
  const today = programmeToday(work);
  const isContractors = said.kind === 'change' && said.change.to === 'not_needed';
  if (
    !mayChangeItem(work, opened, said.key) ||
    (isContractors && !may(work.person, 'card.write', engagement))
  )
    return { say: notYourItem(nameOf(template, said.key, today)) };
  const errors = wordsErrors(said);
  if (errors) return { errors };
  const made = await changed(work, opened, said, today);
  if (!made.ok) return { say: itemRefused(engagement.number, said.key, made.refusal, opened, today) };
  await keep(work, opened, said, made.value);
  return { say: itemSaved(engagement.number, said.key, { template, card: made.value }, today) };
}

/** What is wrong with the words and the reference; null when they can be kept. */
function wordsErrors(said: SaidOfItem): FieldErrors | null {
  const { reference, words } = textsOf(said);
  if (reference !== null) {
    const kinds = forbiddenOnCard(reference);
    if (kinds.length > 0) return { reference: forbidden(kinds) };
    if (reference.length > LONGEST_REFERENCE || !REFERENCE.test(reference))
      return { reference: BAD_REFERENCE };
  }
  if (words === null) return null;
  const kinds = forbiddenOnCard(words);
  if (kinds.length > 0) return { words: forbidden(kinds) };
  const read = readWords(words, LONGEST_ITEM_WORDS);
  return read.ok ? null : { words: read.refusal };
}

function textsOf(said: SaidOfItem): { readonly reference: string | null; readonly words: string | null } {
  if (said.kind !== 'change')
    return { reference: null, words: said.kind === 'reopen' ? said.why : said.words };
  const { change } = said;
  return {
    reference: change.to === 'done' ? change.reference : null,
    words: change.to === 'blocked' ? change.reason : change.to === 'not_needed' ? change.why : null,
  };
}

async function changed(
  work: Work,
  opened: KeptCard,
  said: SaidOfItem,
  today: LocalDate,
): Promise<Result<Card, CardRefusal>> {
  const { card, template } = opened;
  const by = { byId: work.person.id, at: work.now };
  if (said.kind === 'next') return noteNext(card, said.key, said.words, by);
  const before = itemOf(card, said.key);
  // What is settled is opened again with a reason, which is kept with the card.
  if (before && isSettled(before) !== (said.kind === 'reopen'))
    return refused({ code: 'illegal-move', from: before.state.is, allowed: allowedFrom(before.state.is) });
  const change = said.kind === 'change' ? said.change : reopening(card, said.key);
  const made = changeItem(template, card, said.key, change, { today, by });
  if (!made.ok || change.to === 'done') return made;
  const next = await withFacts(work, opened, made.value);
  const follows = itemIn(template, said.key)?.follows;
  // What is done by something else stays done while that holds.
  return follows && itemOf(next, said.key)?.state.is === 'done'
    ? refused({ code: 'follows', fact: follows.fact })
    : accepted(next);
}

/** What was done is in progress again; what was dropped has not started. */
const reopening = (card: Card, key: string): ItemChange =>
  itemOf(card, key)?.state.is === 'not_needed' ? { to: 'not_started' } : { to: 'in_progress' };

async function keep(work: Work, opened: KeptCard, said: SaidOfItem, card: Card): Promise<void> {
  const { engagement, personId, template } = opened;
  const [before, after] = [itemOf(opened.card, said.key), itemOf(card, said.key)];
  await keepCard(work, opened, card, said.kind === 'reopen' ? said.why : null);
  await record(work, engagement, {
    verb: 'card.change',
    from: engagement.state,
    to: engagement.state,
    facts: {
      person: personId,
      item: said.key,
      before: before?.state.is ?? '',
      after: after?.state.is ?? '',
    },
  });
  if (said.kind !== 'change') return;
  if (said.change.to === 'done' && itemIn(template, said.key)?.follows?.fact === 'training')
    await noteTraining(work, opened, said.change.on);
  if (said.change.to === 'blocked') await tellBlocked(work, opened, said.key, said.change.reason);
}

/** The day that prompts and reviews count from; training from before the onboarding is renewed in its own time. */
async function noteTraining(work: Work, { engagement, personId }: KeptCard, on: LocalDate): Promise<void> {
  const all = await work.tx.milestones.ofEngagement(engagement.id);
  const own = all.filter((each) => each.personId === personId);
  const isInOrder = checkMilestone(own, { name: 'training-done', on }, programmeToday(work)).ok;
  await setMilestone(
    work,
    engagement,
    isInOrder
      ? { name: 'training-done', personId, on }
      : { name: 'training-due', personId, on: renewalOf(on) },
  );
}

/** The GTL removes blockers (domain reference 4.5). */
function tellBlocked(work: Work, opened: KeptCard, key: string, reason: string): Promise<void> {
  const { number, systemName, id } = opened.engagement;
  const name = nameOf(opened.template, key, programmeToday(work));
  return tellRole(work, 'gtl', {
    key: `card-blocked:${id}:${opened.personId}:${key}:${opened.version + 1}`,
    kind: 'escalation',
    message: itemBlocked(number, systemName, name, reason),
  });
}
