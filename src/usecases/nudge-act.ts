/** What somebody says of one line of their nudge: done, blocked, waiting on somebody. The card's own rules decide. */
import type { ItemChange } from '../domain/card.ts';
import { CARD_PARTIES, itemIn } from '../domain/card-template.ts';
import type { RawValues } from '../domain/field.ts';
import type { RequestNumber } from '../domain/ids.ts';
import type { Form } from '../forms/form.ts';
import { fieldsOf, pages, readPage } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import type { NudgeVerb } from '../forms/read-nudge.ts';
import type { ButtonPress } from '../messages/button.ts';
import { PARTY_NAMES } from '../messages/copy/gate-words.ts';
import { COURSE_SUBJECT } from '../messages/copy/nudge-buttons.ts';
import { SNOOZE_DAYS } from '../messages/copy/snooze.ts';
import { type DialogPage, say } from '../messages/message.ts';
import { oneIn, wordsIn } from '../offerings/answered.ts';
import { courseKeyed } from '../offerings/curriculum.ts';
import { partyOptions } from '../offerings/item-form.ts';
import { BLOCKED_FORM, doneForm, notYetForm, waitingForm } from '../offerings/nudge-forms.ts';
import { applyItem, type ItemTaken } from './change-item.ts';
import { type CourseDone, courseDone } from './course-done.ts';
import { formContext } from './intake-context.ts';
import { isMessage, openCard } from './item-rights.ts';
import { pressedLine } from './nudge-find.ts';
import { putLineOff } from './nudge-put-off.ts';
import {
  type Answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  programmeToday,
  type Work,
} from './work.ts';

const TITLES: Readonly<Record<NudgeVerb, string>> = {
  done: 'Done',
  blocked: 'Blocked',
  waiting: 'Waiting on',
  'not-yet': 'Not yet',
};

/** A pressed button: *Done* at once where no reference is needed, else the dialog that asks for what is. */
export async function pressNudge(work: Work, verb: NudgeVerb, press: ButtonPress): Promise<Answer> {
  const key = press.choice ?? '';
  const form = await formOf(work, verb, press.subject, key);
  if (form !== null) return answerWithDialog(dialogOf(form, verb, press));
  const made = await sayDone(work, press, { on: programmeToday(work), reference: null });
  return answerPrivately('errors' in made ? say(...Object.values(made.errors)) : made.say);
}

/** Null: nothing has to be asked. */
async function formOf(work: Work, verb: NudgeVerb, subject: string, key: string): Promise<Form | null> {
  switch (verb) {
    case 'done':
      return doneFormOf(work, subject, key);
    case 'blocked':
      return BLOCKED_FORM;
    case 'waiting':
      return waitingForm(partyOptions(PARTY_NAMES));
    case 'not-yet':
      return notYetForm(SNOOZE_DAYS);
    default:
      return verb satisfies never;
  }
}

async function doneFormOf(work: Work, subject: string, key: string): Promise<Form | null> {
  if (subject === COURSE_SUBJECT) {
    const proof = courseKeyed(key)?.proof;
    return proof === 'reference' || proof === 'attendance' ? doneForm(proof === 'reference') : null;
  }
  const opened = await openCard(work, subject);
  const needsReference = !isMessage(opened) && itemIn(opened.template, key)?.needsReference;
  return needsReference ? doneForm(true) : null;
}

function dialogOf(form: Form, verb: NudgeVerb, press: ButtonPress): DialogPage {
  const [page] = pages(form, {});
  if (!page) throw new Error('the dialog of a nudge asks nothing');
  return {
    title: TITLES[verb],
    intro: [],
    fields: fieldsOf(page, {}),
    sendLabel: 'Save',
    press,
    opener: press,
  };
}

/** A dialog that was sent. */
export async function submitNudge(
  work: Work,
  verb: NudgeVerb,
  press: ButtonPress,
  values: RawValues,
): Promise<Answer> {
  const form = (await formOf(work, verb, press.subject, press.choice ?? '')) ?? doneForm(false);
  const [page] = pages(form, {});
  if (!page) return answerPrivately();
  const read = readPage(page, values, {}, await formContext(work));
  if (!read.ok) return answerWithErrors(read.refusal.errors);
  const made = await take(work, verb, press, read.value);
  return 'errors' in made ? answerWithErrors(made.errors) : answerPrivately(made.say);
}

async function take(work: Work, verb: NudgeVerb, press: ButtonPress, answers: Answers): Promise<ItemTaken> {
  const today = programmeToday(work);
  switch (verb) {
    case 'done':
      return sayDone(work, press, {
        on: wordsIn(answers, 'on') ?? today,
        reference: wordsIn(answers, 'reference'),
      });
    case 'blocked':
      return change(work, press.subject, press.choice ?? '', {
        to: 'blocked',
        reason: wordsIn(answers, 'words') ?? '',
      });
    case 'waiting': {
      const party = oneIn(answers, 'party', CARD_PARTIES);
      if (party === null) throw new Error('a required choice is empty');
      return change(work, press.subject, press.choice ?? '', { to: 'waiting_on', party });
    }
    case 'not-yet': {
      const line = await pressedLine(work, press.subject, press.choice ?? '');
      if ('blocks' in line) return { say: line };
      return { say: await putLineOff(work, line, Number(answers.days)) };
    }
    default:
      return verb satisfies never;
  }
}

/** A course of theirs, or a line of a card. */
async function sayDone(
  work: Work,
  { subject, choice = '' }: ButtonPress,
  done: CourseDone,
): Promise<ItemTaken> {
  if (subject !== COURSE_SUBJECT) return change(work, subject, choice, { to: 'done', ...done });
  return courseDone(work, choice, done);
}

async function change(work: Work, number: RequestNumber, key: string, made: ItemChange): Promise<ItemTaken> {
  const opened = await openCard(work, number);
  if (isMessage(opened)) return { say: opened };
  return applyItem(work, opened, { kind: 'change', key, change: made });
}
