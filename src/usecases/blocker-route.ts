/** What people press and type about blockers: `stuck …`, `blocker B-17`, `answer B-17 …`, `hand B-17 to …`, `solved B-17`. */
import { may } from '../domain/access.ts';
import { blockerName } from '../domain/blocker.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { RawValues } from '../domain/field.ts';
import { findRequestNumber } from '../domain/ids.ts';
import { matchName } from '../domain/name-match.ts';
import type { ButtonPress } from '../messages/button.ts';
import { blockerDialog, howToRaise, noSuchBlocker, raiseDialog } from '../messages/copy/blocker.ts';
import { mendInChat, nobodyCalled, severalCalled } from '../messages/copy/mends.ts';
import { noAccess } from '../messages/copy/refusals.ts';
import { say } from '../messages/message.ts';
import {
  answerBlockerWith,
  type BlockerRef,
  handBlockerTo,
  open,
  ownEngagements,
  raise,
  raised,
  returnBlockerWith,
  showBlocker,
  showBlockers,
  solveBlocker,
} from './blocker.ts';
import { readWords } from './guard.ts';
import { everybody } from './tell.ts';
import {
  type Answer,
  answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  type Work,
} from './work.ts';

const LONGEST = 1_000;
const EXAMPLE = 'stuck ISSO-2026-0042 My fingerprints were taken three weeks ago and nothing has come back.';

const ABOUT = /^(blocker|show|answer|hand|not solved|return|solved|close)\s+b-(\d{1,9})\b[\s:;,.]*(.*)$/isu;
const STUCK = /^(?:stuck|i'm stuck|i am stuck|help with|help:)(?:[\s:,.]+|$)(.*)$/isu;

/** Null for anything else. */
export async function routeBlocker(work: Work, typed: string): Promise<Answer | null> {
  if (/^blockers$/iu.test(typed)) return showBlockers(work);
  const [, verb = '', digits = '', rest = ''] = ABOUT.exec(typed.slice(0, LONGEST * 2)) ?? [];
  if (verb !== '') return carryOut(work, verb.toLowerCase(), { number: Number(digits), version: null }, rest);
  const [whole, words = ''] = STUCK.exec(typed.slice(0, LONGEST * 2)) ?? [];
  return whole === undefined ? null : raiseFromText(work, words.trim());
}

function carryOut(work: Work, verb: string, ref: BlockerRef, rest: string): Promise<Answer> {
  switch (verb) {
    case 'answer':
      return withWords(work, ref, rest, 'chat', answerBlockerWith);
    case 'not solved':
    case 'return':
      return withWords(work, ref, rest, 'chat', returnBlockerWith);
    case 'hand':
      return handByName(work, ref, rest.replace(/^to\s+/iu, ''));
    case 'solved':
    case 'close':
      return solveBlocker(work, ref);
    default:
      return showBlocker(work, ref.number);
  }
}

async function withWords(
  work: Work,
  ref: BlockerRef,
  typed: string,
  by: 'chat' | 'dialog',
  go: (work: Work, ref: BlockerRef, words: string) => Promise<Answer>,
): Promise<Answer> {
  const words = readWords(typed, LONGEST);
  if (words.ok) return go(work, ref, words.value);
  return by === 'dialog'
    ? answerWithErrors({ words: words.refusal })
    : answer(mendInChat(words.refusal, `answer ${blockerName(ref)} The badge office calls tomorrow.`));
}

async function handByName(work: Work, ref: BlockerRef, typed: string): Promise<Answer> {
  const match = matchName(await everybody(work), typed);
  if (match.ok) return handBlockerTo(work, ref, match.value.id);
  return answer(say(match.refusal.code === 'several' ? severalCalled(match.refusal) : nobodyCalled(typed)));
}

/** With a number in front it is about that engagement; without one, about the only one its person is in. */
async function raiseFromText(work: Work, typed: string): Promise<Answer> {
  if (typed === '') return answerPrivately(howToRaise());
  const [, named = '', rest = ''] =
    /^(?:in\s+|for\s+)?([a-z]{2,8}-20\d{2}-\d{1,6})\b[\s:;,.]*(.*)$/isu.exec(typed) ?? [];
  const number = findRequestNumber(named);
  const words = readWords(number ? rest : typed, LONGEST);
  if (!words.ok) return answer(mendInChat(words.refusal, EXAMPLE));
  const engagement = number ? await work.tx.engagements.byNumber(number) : await onlyEngagement(work);
  if (number && (!engagement || !may(work.person, 'engagement.block', engagement)))
    return answer(noAccess(number));
  return raised(work, await raise(work, { kind: 'blocker', words: words.value, engagement }));
}

async function onlyEngagement(work: Work): Promise<Engagement | null> {
  const [only, ...others] = await ownEngagements(work);
  return only && others.length === 0 ? only : null;
}

async function raiseFromDialog(work: Work, values: RawValues): Promise<Answer> {
  const words = readWords(String(values.words ?? ''), LONGEST);
  if (!words.ok) return answerWithErrors({ words: words.refusal });
  const named = findRequestNumber(String(values.about ?? ''));
  const engagement = named ? await work.tx.engagements.byNumber(named) : await onlyEngagement(work);
  const isOpen = engagement !== null && may(work.person, 'engagement.block', engagement);
  return raised(
    work,
    await raise(work, { kind: 'blocker', words: words.value, engagement: isOpen ? engagement : null }),
  );
}

const refOf = ({ subject, version }: ButtonPress): BlockerRef => ({
  number: Number(/^B-(\d{1,9})$/u.exec(subject)?.[1] ?? Number.NaN),
  version: version ?? null,
});

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

const dialog =
  (what: 'answer' | 'hand' | 'return'): Route =>
  async (work, press) => {
    const ref = refOf(press);
    if (Number.isNaN(ref.number)) return answer(noSuchBlocker(press.subject));
    const opened = await open(work, ref);
    return 'say' in opened ? opened : answerWithDialog(blockerDialog(opened, what));
  };

const known =
  (go: (work: Work, ref: BlockerRef, values: RawValues) => Promise<Answer>): Route =>
  async (work, press, values) => {
    const ref = refOf(press);
    return Number.isNaN(ref.number) ? answer(noSuchBlocker(press.subject)) : go(work, ref, values);
  };

export const BLOCKER_PRESSED: readonly (readonly [string, Route])[] = [
  ['blocker.ask', async (work) => answerWithDialog(raiseDialog(await ownEngagements(work)))],
  ['blocker.answer', dialog('answer')],
  ['blocker.hand', dialog('hand')],
  ['blocker.return', dialog('return')],
  ['blocker.close', known(solveBlocker)],
];

export const BLOCKER_SUBMITTED: readonly (readonly [string, Route])[] = [
  ['blocker.raise', (work, _press, values) => raiseFromDialog(work, values)],
  [
    'blocker.answer',
    known((work, ref, values) =>
      withWords(work, ref, String(values.words ?? ''), 'dialog', answerBlockerWith),
    ),
  ],
  [
    'blocker.return',
    known((work, ref, values) =>
      withWords(work, ref, String(values.words ?? ''), 'dialog', returnBlockerWith),
    ),
  ],
  ['blocker.hand', known((work, ref, values) => handFromDialog(work, ref, String(values.words ?? '')))],
];

/** A person's input gives a name or an id. */
async function handFromDialog(work: Work, ref: BlockerRef, typed: string): Promise<Answer> {
  const match = matchName(await everybody(work), typed);
  if (match.ok) return handBlockerTo(work, ref, match.value.id);
  const mend = match.refusal.code === 'several' ? severalCalled(match.refusal) : nobodyCalled(typed);
  return answerWithErrors({ words: mend });
}
