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
import { itemIn } from '../domain/card-template.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { FieldErrors } from '../domain/field.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import type { LocalDate } from '../domain/time.ts';
import {
  itemDropped,
  itemHelp,
  itemSaved,
  itemsBlocked,
  NO_DAY,
  NO_ITEM,
  NO_PARTY,
  NO_WORDS,
  nameOf,
  noState,
} from '../messages/copy/card-items.ts';
import { itemRefused, notYourItem, notYoursToMove, onlyGtlWaives } from '../messages/copy/item-refused.ts';
import { type Message, say } from '../messages/message.ts';
import { planNow } from './card-plan-now.ts';
import { record } from './change-engagement.ts';
import { courseFollowsItem } from './course-follow.ts';
import { readReason, referenceProblem } from './evidence-words.ts';
import { type KeptCard, keepCard, withFacts } from './information-card.ts';
import { isMessage, maySay, openCard, refusedReader } from './item-rights.ts';
import { readItem, type SaidOfItem, type TypedItem } from './item-words.ts';
import { mirrorCard, withOthers } from './mirror-card.ts';
import { moveLine } from './move-item.ts';
import { noteTraining } from './note-training.ts';
import { peopleOfParty } from './nudge-people.ts';
import { afterCardChange } from './nudge-refresh.ts';
import { tellPeople, tellPerson } from './tell.ts';
import { peopleOfSide } from './tell-step.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** `item ISSO-2026-0042 fingerprinting done ref TICKET-1`. */
export async function typeItem(work: Work, number: RequestNumber, rest: string): Promise<Answer> {
  const opened = await openCard(work, number);
  if (isMessage(opened)) return answerPrivately(opened);
  const today = programmeToday(work);
  const typed = readItem(rest, opened.template, today);
  const mend = mendOf(typed, opened, today);
  if (mend !== null) return answerPrivately(itemHelp(number, mend, opened, today, rest));
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
    case 'move':
      return null;
    default:
      return typed satisfies never;
  }
}

const isSaid = (typed: TypedItem): typed is SaidOfItem =>
  typed.kind === 'change' || typed.kind === 'reopen' || typed.kind === 'next' || typed.kind === 'move';

/** What it came to: words for whoever said it, or what to mend beside the fields of the dialog. */
export type ItemTaken = { readonly say: Message } | { readonly errors: FieldErrors };

/** Changes the line and keeps the card. Refused for somebody else's line and for what must never stand on a card. */
export async function applyItem(work: Work, opened: KeptCard, said: SaidOfItem): Promise<ItemTaken> {
  const { engagement, template } = opened;
  const today = programmeToday(work);
  if (!maySay(work, opened, said)) return { say: notTheirs(work, opened, said, today) };
  const errors = wordsErrors(said);
  if (errors) return { errors };
  if (said.kind === 'move') return moveLine(work, opened, said);
  const made = await changed(work, opened, said, today);
  if (!made.ok)
    return {
      say: itemRefused(engagement.number, said.key, made.refusal, opened, refusedReader(work, opened)),
    };
  const others = await keep(work, opened, said, made.value);
  const { plan } = await planNow(work, { ...opened, card: made.value });
  const also = others.filter((each) => may(work.person, 'request.read', each)).map(({ number }) => number);
  return { say: itemSaved(engagement.number, said.key, { template, card: made.value, plan }, today, also) };
}

/** What is not theirs to say of the line, and whose it is. */
function notTheirs(work: Work, opened: KeptCard, said: SaidOfItem, today: LocalDate): Message {
  const name = nameOf(opened.template, said.key, today);
  if (said.kind === 'move') return notYoursToMove(name);
  const isDropped = said.kind === 'change' && said.change.to === 'not_needed';
  const isContractor = may(work.person, 'card.write', opened.engagement);
  return isDropped && isContractor
    ? onlyGtlWaives(opened.engagement.number, name, said.key)
    : notYourItem(name);
}

/** What is wrong with the words and the reference; null when they can be kept. */
function wordsErrors(said: SaidOfItem): FieldErrors | null {
  const { reference, words } = textsOf(said);
  const problem = reference === null ? null : referenceProblem(reference);
  if (problem !== null) return { reference: problem };
  const read = words === null ? null : readReason(words);
  return read === null || read.ok ? null : { words: read.refusal };
}

function textsOf(said: SaidOfItem): { readonly reference: string | null; readonly words: string | null } {
  if (said.kind !== 'change') return { reference: null, words: said.kind === 'next' ? said.words : said.why };
  const { change } = said;
  return {
    reference: change.to === 'done' ? change.reference : null,
    words: change.to === 'blocked' ? change.reason : change.to === 'not_needed' ? change.why : null,
  };
}

async function changed(
  work: Work,
  opened: KeptCard,
  said: Exclude<SaidOfItem, { kind: 'move' }>,
  today: LocalDate,
): Promise<Result<Card, CardRefusal>> {
  const { card, template } = opened;
  const by = { byId: work.person.id, at: work.now };
  if (said.kind === 'next') return noteNext(card, said.key, said.words);
  const before = itemOf(card, said.key);
  // What is settled is opened again with a reason, which is kept with the card.
  if (before && isSettled(before) !== (said.kind === 'reopen'))
    return refused({ code: 'illegal-move', from: before.state.is, allowed: allowedFrom(before.state.is) });
  const change = said.kind === 'change' ? said.change : reopening(card, said.key);
  const made = changeItem(template, card, said.key, change, { today, by });
  if (!made.ok || change.to === 'done') return made;
  const known = change.to === 'not_started' ? await withOthers(work, opened, card, made.value) : made.value;
  const wasDone = before?.state.is === 'done';
  const next = await withFacts(work, opened, known, wasDone);
  const follows = itemIn(template, said.key)?.follows;
  // What is done by something else stays done while that holds.
  return follows && wasDone && itemOf(next, said.key)?.state.is === 'done'
    ? refused({ code: 'follows', fact: follows.fact })
    : accepted(next);
}

/** What was done is in progress again; what was dropped has not started. */
const reopening = (card: Card, key: string): ItemChange =>
  itemOf(card, key)?.state.is === 'not_needed' ? { to: 'not_started' } : { to: 'in_progress' };

/** Answers the other engagements in which the line stands so as well. */
async function keep(
  work: Work,
  opened: KeptCard,
  said: SaidOfItem,
  card: Card,
): Promise<readonly Engagement[]> {
  const { engagement, personId } = opened;
  const [before, after] = [itemOf(opened.card, said.key), itemOf(card, said.key)];
  const reason = said.kind === 'reopen' ? said.why : null;
  await keepCard(work, opened, card, reason);
  const isDropped = said.kind === 'change' && said.change.to === 'not_needed';
  await record(work, engagement, {
    verb: isDropped && may(work.person, 'card.waive', engagement) ? 'card.waive' : 'card.change',
    from: engagement.state,
    to: engagement.state,
    facts: {
      person: personId,
      item: said.key,
      before: before?.state.is ?? '',
      after: after?.state.is ?? '',
    },
  });
  // Before the training record knows of it: the other cards take it with its reference.
  const others = await mirrorCard(work, opened, card, reason);
  await courseFollowsItem(work, personId, after);
  for (const each of [engagement, ...others]) await afterCardChange(work, each);
  if (said.kind === 'change') await tellChange(work, { ...opened, card }, said.key, said.change);
  return others;
}

async function tellChange(work: Work, opened: KeptCard, key: string, change: ItemChange): Promise<void> {
  if (change.to === 'not_needed') await tellDropped(work, opened, key, change.why);
  if (change.to === 'done' && itemIn(opened.template, key)?.follows?.fact === 'training')
    await noteTraining(work, opened.personId, change.on);
  if (change.to === 'blocked') await tellBlocked(work, opened);
}

/** The person and the contract leads hear that nothing is to be done about the line any more. */
async function tellDropped(work: Work, opened: KeptCard, key: string, why: string): Promise<void> {
  const { engagement, personId, template } = opened;
  const leads = await peopleOfSide(work, engagement, 'contractor');
  await tellPeople(
    work,
    [personId, ...leads].filter((id) => id !== work.person.id),
    {
      key: `card-dropped:${engagement.id}:${personId}:${key}:${opened.version + 1}`,
      kind: 'notice',
      urgency: 'routine',
      message: itemDropped(engagement, nameOf(template, key, programmeToday(work)), why),
    },
  );
}

/**
 * The GTL removes blockers (domain reference 4.5), ISPG where there is none: one message a day for each card, in which what is blocked
 * later that day is written as well.
 */
async function tellBlocked(
  work: Work,
  { engagement, personId, template, card, version }: KeptCard,
): Promise<void> {
  const today = programmeToday(work);
  const blocked = card.items.flatMap(({ key, state }) =>
    state.is === 'blocked' ? [{ name: nameOf(template, key, today), reason: state.reason }] : [],
  );
  const about = `card-blocked:${engagement.id}:${personId}`;
  for (const id of await peopleOfParty(work, engagement, 'gtl'))
    await tellPerson(work, id, {
      key: `${about}:${version + 1}`,
      kind: 'escalation',
      message: itemsBlocked(engagement, blocked),
      card: `${about}:${today}:${id}`,
    });
}
