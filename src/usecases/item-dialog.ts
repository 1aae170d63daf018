/** The dialog of one line of an Information Card, opened by its button on the card. */
import { allowedFrom, type ItemChange, type ItemStatus, itemOf } from '../domain/card.ts';
import { CARD_PARTIES, itemIn, nameOn } from '../domain/card-template.ts';
import type { FieldErrors, RawValues } from '../domain/field.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Form } from '../forms/form.ts';
import { fieldsOf, pages, readPage } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import { PARTY_MISSING, stateOptions, WORDS_MISSING } from '../messages/copy/card-items.ts';
import { PARTY_NAMES } from '../messages/copy/gate-words.ts';
import type { DialogPage } from '../messages/message.ts';
import { oneIn, wordsIn } from '../offerings/answered.ts';
import { itemForm, partyOptions } from '../offerings/item-form.ts';
import { applyItem, isMessage, openCard } from './change-item.ts';
import type { KeptCard } from './information-card.ts';
import { formContext } from './intake-context.ts';
import type { SaidOfItem } from './item-words.ts';
import {
  type Answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  programmeToday,
  type Work,
} from './work.ts';

/** Slack shows no more of a title. */
const LONGEST_TITLE = 24;

/** Opens it; nothing for a line that there is not. */
export async function openItem(work: Work, number: RequestNumber, key: string): Promise<Answer> {
  const opened = await openCard(work, number);
  if (isMessage(opened)) return answerPrivately(opened);
  const form = formOf(work, opened, key);
  return form ? answerWithDialog(dialogOf(opened, key, form)) : answerPrivately();
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

function formOf(work: Work, { card, template }: KeptCard, key: string): Form | null {
  const item = itemOf(card, key);
  const of = itemIn(template, key);
  if (!item || !of) return null;
  const states = stateOptions(allowedFrom(item.state.is));
  return itemForm(nameOn(of, programmeToday(work)), states, partyOptions(PARTY_NAMES));
}

function dialogOf({ engagement, card }: KeptCard, key: string, form: Form): DialogPage {
  const [page] = pages(form, {});
  if (!page) throw new Error('the dialog of a line asks nothing');
  const item = itemOf(card, key);
  const press = { verb: 'card.item', subject: engagement.number, choice: key };
  const known = {
    state: 'stay',
    ...(item?.state.is === 'waiting_on' ? { party: item.state.party } : {}),
    ...(item?.nextAction ? { words: item.nextAction } : {}),
  };
  return {
    title: form.title.length > LONGEST_TITLE ? `${form.title.slice(0, LONGEST_TITLE - 1)}\u2026` : form.title,
    intro: form.title.length > LONGEST_TITLE ? [[{ kind: 'text', text: form.title }]] : [],
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
