/** The dialog of one line of an Information Card, opened by its button on the card. */
import { allowedFrom, type ItemChange, type ItemStatus, isSettled, itemOf } from '../domain/card.ts';
import { CARD_PARTIES, itemIn, nameOn } from '../domain/card-template.ts';
import type { FieldErrors, Option, RawValues } from '../domain/field.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Form } from '../forms/form.ts';
import { fieldsOf, pages, readPage } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import {
  DAY_MISSING,
  MOVE,
  MOVE_BACK,
  PARTY_MISSING,
  STAYS,
  stateOptions,
  WORDS_MISSING,
} from '../messages/copy/card-items.ts';
import { PARTY_NAMES } from '../messages/copy/gate-words.ts';
import type { DialogPage } from '../messages/message.ts';
import { oneIn, wordsIn } from '../offerings/answered.ts';
import { itemForm, partyOptions } from '../offerings/item-form.ts';
import { applyItem } from './change-item.ts';
import { titledAfter } from './dialog-title.ts';
import type { KeptCard } from './information-card.ts';
import { formContext } from './intake-context.ts';
import { isMessage, mayChangeItem, mayMoveItem, maySay, openCard } from './item-rights.ts';
import type { SaidOfItem } from './item-words.ts';
import {
  type Answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  programmeToday,
  type Work,
} from './work.ts';

/** Opens it; nothing for a line that there is not. */
export async function openItem(work: Work, number: RequestNumber, key: string): Promise<Answer> {
  const opened = await openCard(work, number);
  if (isMessage(opened)) return answerPrivately(opened);
  const form = formOf(work, opened, key);
  return form
    ? answerWithDialog(dialogOf(opened, key, form, optionsOf(work, opened, key)))
    : answerPrivately();
}

/** Takes what was filled in. */
export async function submitItem(
  work: Work,
  number: RequestNumber,
  key: string,
  values: RawValues,
): Promise<Answer> {
  const opened = await openCard(work, number);
  if (isMessage(opened)) return answerPrivately(opened);
  const form = formOf(work, opened, key);
  const [page] = form ? pages(form, {}) : [];
  if (!page) return answerPrivately();
  const read = readPage(page, values, {}, await formContext(work));
  if (!read.ok) return answerWithErrors(read.refusal.errors);
  const said = saidOf(opened, key, read.value, programmeToday(work));
  if (!said.ok) return answerWithErrors(said.refusal);
  const made = await applyItem(work, opened, said.value);
  return 'errors' in made ? answerWithErrors(made.errors) : answerPrivately(made.say);
}

function formOf(work: Work, opened: KeptCard, key: string): Form | null {
  const { card, template } = opened;
  const item = itemOf(card, key);
  const of = itemIn(template, key);
  const states = optionsOf(work, opened, key);
  if (!item || !of || states.length === 0) return null;
  const isMoved = states.some(({ id }) => id === MOVE.id);
  return itemForm(nameOn(of, programmeToday(work)), states, partyOptions(PARTY_NAMES), isMoved);
}

/** What the reader can say of the line: how it stands, what is next, by when it is to be finished. Empty: nothing. */
function optionsOf(work: Work, opened: KeptCard, key: string): readonly Option[] {
  const item = itemOf(opened.card, key);
  if (!item) return [];
  const isAnew = isSettled(item);
  const states = allowedFrom(item.state.is).filter((to) =>
    maySay(
      work,
      opened,
      isAnew ? { kind: 'reopen', key, why: '' } : { kind: 'change', key, change: probe(to) },
    ),
  );
  const isMovable = mayMoveItem(work, opened) && !isAnew;
  return [
    ...(mayChangeItem(work, opened, key) ? [STAYS] : []),
    ...stateOptions(states),
    ...(isMovable ? [MOVE] : []),
    ...(isMovable && item.movedTo !== null ? [MOVE_BACK] : []),
  ];
}

/** A change into that state, to ask whether it is the reader's to say. */
const probe = (to: ItemStatus): ItemChange => (to === 'not_needed' ? { to, why: '' } : { to: 'in_progress' });

function dialogOf(
  { engagement, card }: KeptCard,
  key: string,
  form: Form,
  [first]: readonly Option[],
): DialogPage {
  const [page] = pages(form, {});
  if (!page) throw new Error('the dialog of a line asks nothing');
  const item = itemOf(card, key);
  const press = { verb: 'card.item', subject: engagement.number, choice: key };
  const known = {
    ...(first ? { state: first.id } : {}),
    ...(item?.state.is === 'waiting_on' ? { party: item.state.party } : {}),
    ...(item?.nextAction ? { words: item.nextAction } : {}),
  };
  return {
    ...titledAfter(form.title),
    fields: fieldsOf(page, known),
    sendLabel: 'Save',
    press,
    opener: press,
  };
}

/** What the answers mean for the line; refused with what is missing in them. */
function saidOf(
  opened: KeptCard,
  key: string,
  answers: Answers,
  today: LocalDate,
): Result<SaidOfItem, FieldErrors> {
  const from = itemOf(opened.card, key)?.state.is ?? 'not_started';
  const to = allowedFrom(from).find((each) => each === answers.state);
  const words = wordsIn(answers, 'words');
  const worded = (made: (words: string) => SaidOfItem): Result<SaidOfItem, FieldErrors> =>
    words === null ? refused({ words: WORDS_MISSING }) : accepted(made(words));
  if (answers.state === MOVE.id) {
    const on = wordsIn(answers, 'by');
    return on === null ? refused({ by: DAY_MISSING }) : worded((why) => ({ kind: 'move', key, to: on, why }));
  }
  if (answers.state === MOVE_BACK.id) return accepted({ kind: 'move', key, to: null, why: words });
  if (to === undefined) return worded((next) => ({ kind: 'next', key, words: next }));
  if (from === 'done' || from === 'not_needed') return worded((why) => ({ kind: 'reopen', key, why }));
  const change = changeOf(to, answers, today);
  return change.ok ? accepted({ kind: 'change', key, change: change.value }) : change;
}

function changeOf(to: ItemStatus, answers: Answers, today: LocalDate): Result<ItemChange, FieldErrors> {
  const words = wordsIn(answers, 'words');
  const on = wordsIn(answers, 'on') ?? today;
  switch (to) {
    case 'waiting_on': {
      const party = oneIn(answers, 'party', CARD_PARTIES);
      return party === null ? refused({ party: PARTY_MISSING }) : accepted({ to, party });
    }
    case 'done':
      return accepted({ to, on, reference: wordsIn(answers, 'reference') });
    case 'requested':
      return accepted({ to, on });
    case 'blocked':
      return words === null ? refused({ words: WORDS_MISSING }) : accepted({ to, reason: words });
    case 'not_needed':
      return words === null ? refused({ words: WORDS_MISSING }) : accepted({ to, why: words });
    case 'in_progress':
    case 'submitted':
    case 'not_started':
      return accepted({ to });
    default:
      return to satisfies never;
  }
}
