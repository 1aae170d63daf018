/** Buttons and dialogs of a person's own settings. */
import { addLeave, checkHours, type DayPart, RHYTHMS, TOPICS } from '../domain/contact.ts';
import type { FieldErrors, RawValues } from '../domain/field.ts';
import { readLocalDate } from '../domain/time.ts';
import { readHours } from '../forms/read-hours.ts';
import type { Wish } from '../forms/read-wish.ts';
import { readZone } from '../forms/read-zone.ts';
import type { ButtonPress } from '../messages/button.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { hoursRefused, leaveRefused, unreadWish } from '../messages/copy/wish-words.ts';
import { GIVE_DAY, hoursDialog, leaveDialog, settingsCard } from '../messages/copy/wishes.ts';
import { loadWishes, saveHours, saveZone, settleWish, takeLeave, todayOf, withHours } from './set-wishes.ts';
import {
  type Answer,
  answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  type Work,
} from './work.ts';

/** The wish that a button of the settings stands for; null for a choice that is none of ours. */
function wishOf(press: ButtonPress): Wish | null {
  const topic = TOPICS.find((each) => each === press.choice);
  switch (press.verb) {
    case 'wishes.show':
      return { kind: 'show' };
    case 'wishes.topics':
      return { kind: 'mute-list' };
    case 'wishes.leaves':
      return { kind: 'leave-list' };
    case 'wishes.mute':
    case 'wishes.unmute':
      return topic ? { kind: 'mute', topic, muted: press.verb === 'wishes.mute' } : null;
    case 'wishes.default':
      if (press.choice !== 'work' && press.choice !== 'quiet') return null;
      return { kind: press.choice, hours: null };
    case 'wishes.rhythm':
      return { kind: 'rhythm', rhythm: RHYTHMS.find((each) => each === press.choice) ?? null };
    case 'wishes.inauguration':
      return { kind: 'inauguration', isHoliday: press.choice === 'on' };
    default:
      return null;
  }
}

/** Carries out a button of the settings. */
export async function pressWish(work: Work, press: ButtonPress): Promise<Answer> {
  const wish = wishOf(press);
  return wish ? settleWish(work, wish) : answer(notYours());
}

export const askForHours = async (work: Work): Promise<Answer> =>
  answerWithDialog(hoursDialog(await loadWishes(work)));

export const askForLeave = async (): Promise<Answer> => answerWithDialog(leaveDialog());

const typed = (values: RawValues, field: string): string => String(values[field] ?? '').trim();

/** Hours and zone of the dialog, all or none of them. */
export async function saveHoursFromDialog(work: Work, values: RawValues): Promise<Answer> {
  const shown = await loadWishes(work);
  const errors: Record<string, string> = {};
  const wanted = { work: hoursIn(values, 'work', errors), quiet: hoursIn(values, 'quiet', errors) };
  const zone = readZone(typed(values, 'zone'));
  if (zone === null) errors.zone = unreadWish('zone');
  const changed = withHours(work, shown, wanted);
  const checked = checkHours(changed.work, changed.quiet);
  if (Object.keys(errors).length === 0 && !checked.ok) {
    const isWork = checked.refusal.code === 'ends-before' && changed.work.to <= changed.work.from;
    errors[isWork ? 'work' : 'quiet'] = hoursRefused(isWork ? 'work' : 'quiet', checked.refusal, changed);
  }
  if (Object.keys(errors).length > 0) return answerWithErrors(errors);
  for (const of of ['work', 'quiet'] as const) {
    const hours = wanted[of];
    if (hours && hours.from === shown[of].from && hours.to === shown[of].to) continue;
    await saveHours(work, await loadWishes(work), of, hours);
  }
  if (zone !== null && zone !== work.person.timeZone) await saveZone(work, await loadWishes(work), zone);
  const person = { ...work.person, timeZone: zone ?? work.person.timeZone };
  return answerPrivately(settingsCard(await loadWishes({ ...work, person })));
}

/** Hours of a field: null for the programme's; what can't be read is noted beside the field. */
function hoursIn(values: RawValues, of: 'work' | 'quiet', errors: Record<string, string>): DayPart | null {
  const words = typed(values, of);
  if (/^(?:default|standard)?$/iu.test(words)) return null;
  const hours = readHours(words, of);
  if (!hours) errors[of] = unreadWish(of);
  return hours;
}

/** Leave of the dialog; one day when the last is left empty. */
export async function saveLeaveFromDialog(work: Work, values: RawValues): Promise<Answer> {
  const fromOn = readLocalDate(typed(values, 'fromOn'));
  const last = typed(values, 'toOn');
  const toOn = last === '' ? fromOn : readLocalDate(last);
  if (fromOn === null || toOn === null) {
    const errors: FieldErrors = {
      ...(fromOn === null ? { fromOn: GIVE_DAY } : {}),
      ...(last !== '' && toOn === null ? { toOn: GIVE_DAY } : {}),
    };
    return answerWithErrors(errors);
  }
  const shown = await loadWishes(work);
  const added = addLeave(shown.leaves, { fromOn, toOn }, todayOf(work));
  if (!added.ok)
    return answerWithErrors({
      [last === '' ? 'fromOn' : 'toOn']: leaveRefused({ fromOn, toOn }, added.refusal),
    });
  return takeLeave(work, shown, { fromOn, toOn });
}
