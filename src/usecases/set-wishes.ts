/** Each person's own wishes: when they work and want quiet, where they are, when they are away, what they hear of. */

import { addBusinessDays, businessDaysBetween } from '../domain/calendar.ts';
import {
  addLeave,
  type ContactSettings,
  calendarOf,
  checkHours,
  type DayPart,
  noWishes,
  quietHoursOf,
  type Rhythm,
  type Topic,
  workHoursOf,
} from '../domain/contact.ts';
import { addDays, type LocalDate, localDate } from '../domain/time.ts';
import type { Wish } from '../forms/read-wish.ts';
import { hoursRefused, leaveRefused, unreadWish } from '../messages/copy/wish-words.ts';
import {
  hoursSet,
  inaugurationSet,
  leaveCancelled,
  leaveKnown,
  leaveList,
  leaveSet,
  muteList,
  noSuchLeave,
  rhythmSet,
  settingsCard,
  topicMuted,
  topicUnmuted,
  type WishesShown,
  zoneSet,
} from '../messages/copy/wishes.ts';
import { say } from '../messages/message.ts';
import { standInForLeave } from './name-stand-in.ts';
import { noteDeed } from './note-deed.ts';
import { rhythmOf } from './nudge-people.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** The day it is for the person at work. */
export const todayOf = ({ now, person }: Pick<Work, 'now' | 'person'>): LocalDate =>
  localDate(now, person.timeZone);

/** How the person's wishes stand, with the programme's where they have none. */
export async function loadWishes(
  work: Pick<Work, 'tx' | 'now' | 'person' | 'programme'>,
): Promise<WishesShown> {
  const { tx, person, programme } = work;
  const [settings = noWishes(person.id)] = await tx.contact.settings([person.id]);
  return {
    settings,
    zone: person.timeZone,
    work: workHoursOf(programme.businessHours, settings, person.timeZone),
    quiet: quietHoursOf(settings, programme.quietHours),
    leaves: await tx.contact.leaves([person.id], todayOf(work)),
    rhythm: rhythmOf(person, settings),
  };
}

/** Carries out what the person wants for themselves; nobody else is told, and the answer is theirs alone. */
export async function settleWish(work: Work, wish: Wish): Promise<Answer> {
  const shown = await loadWishes(work);
  switch (wish.kind) {
    case 'show':
      return answerPrivately(settingsCard(shown));
    case 'quiet':
    case 'work':
      return setHours(work, shown, wish.kind, wish.hours);
    case 'zone':
      return setZone(work, shown, wish.zone);
    case 'leave':
      return takeLeave(work, shown, wish);
    case 'leave-list':
      return answerPrivately(leaveList(shown));
    case 'leave-cancel':
      return cancelLeave(work, shown, wish.place);
    case 'inauguration':
      await save(work, shown, { inaugurationDay: wish.isHoliday }, 'inauguration-day', {
        holiday: String(wish.isHoliday),
      });
      return answerPrivately(inaugurationSet(wish.isHoliday));
    case 'mute':
      return setMuted(work, shown, wish.topic, wish.muted);
    case 'mute-list':
      return answerPrivately(muteList(shown));
    case 'rhythm':
      return setRhythm(work, shown, wish.rhythm);
    case 'unread':
      return answerPrivately(say(unreadWish(wish.about)));
    default:
      return wish satisfies never;
  }
}

async function setHours(
  work: Work,
  shown: WishesShown,
  of: 'work' | 'quiet',
  hours: DayPart | null,
): Promise<Answer> {
  const changed = withHours(work, shown, { [of]: hours });
  const checked = checkHours(changed.work, changed.quiet);
  if (!checked.ok) return answerPrivately(say(hoursRefused(of, checked.refusal, changed)));
  await saveHours(work, shown, of, hours);
  return answerPrivately(hoursSet(of, changed[of], work.person.timeZone, hours === null));
}

/** The hours as they would be; what is left out of `wanted` stays as it is, null means the programme's. */
export function withHours(
  { programme }: Work,
  { work, quiet }: WishesShown,
  wanted: { readonly work?: DayPart | null; readonly quiet?: DayPart | null },
): { readonly work: DayPart; readonly quiet: DayPart } {
  const { from, to } = programme.businessHours;
  return {
    work: wanted.work === undefined ? work : (wanted.work ?? { from, to }),
    quiet: wanted.quiet === undefined ? quiet : (wanted.quiet ?? programme.quietHours),
  };
}

/** Keeps hours that were checked. */
export function saveHours(
  work: Work,
  shown: WishesShown,
  of: 'work' | 'quiet',
  hours: DayPart | null,
): Promise<void> {
  return save(work, shown, of === 'work' ? { workHours: hours } : { quietHours: hours }, `${of}-hours`, {
    hours: hours === null ? 'default' : `${hours.from}-${hours.to}`,
  });
}

async function setZone(work: Work, shown: WishesShown, zone: string): Promise<Answer> {
  await saveZone(work, shown, zone);
  return answerPrivately(zoneSet(zone));
}

/** Sets the person's zone. The settings are kept with it, even if there are none: they say that the zone is the person's own. */
export async function saveZone(work: Work, shown: WishesShown, zone: string): Promise<void> {
  await work.tx.people.save([{ ...work.person, timeZone: zone }]);
  await save(work, shown, {}, 'time-zone', { from: work.person.timeZone, to: zone });
}

async function setMuted(work: Work, shown: WishesShown, topic: Topic, muted: boolean): Promise<Answer> {
  const others = shown.settings.muted.filter((each) => each !== topic);
  await save(work, shown, { muted: muted ? [...others, topic] : others }, muted ? 'mute' : 'unmute', {
    topic,
  });
  return answerPrivately(muted ? topicMuted(topic) : topicUnmuted(topic));
}

async function setRhythm(work: Work, shown: WishesShown, rhythm: Rhythm | null): Promise<Answer> {
  await save(work, shown, { rhythm }, 'rhythm', { rhythm: rhythm ?? 'default' });
  return answerPrivately(rhythmSet(rhythmOf(work.person, { rhythm }), rhythm === null));
}

/** Adds leave, joined with what it touches. */
export async function takeLeave(
  work: Work,
  shown: WishesShown,
  wanted: { readonly fromOn: LocalDate; readonly toOn: LocalDate },
): Promise<Answer> {
  const { tx, person, programme } = work;
  const added = addLeave(shown.leaves, wanted, todayOf(work));
  if (!added.ok) return answerPrivately(say(leaveRefused(wanted, added.refusal)));
  const { days, merged } = added.value;
  const [only, ...others] = merged;
  if (only && others.length === 0 && only.fromOn === days.fromOn && only.toOn === days.toOn)
    return answerPrivately(leaveKnown(only));
  for (const { id } of merged) await tx.contact.removeLeave(person.id, id);
  await tx.contact.addLeave({ id: work.newId(), personId: person.id, fromOn: days.fromOn, toOn: days.toOn });
  await note(work, 'leave', { from: days.fromOn, to: days.toOn });
  const own = calendarOf(programme.calendar, shown.settings, []);
  const businessDays = businessDaysBetween(addDays(days.fromOn, -1), days.toOn, own);
  const backOn = addBusinessDays(days.toOn, 1, own);
  const offer = await standInForLeave(work, days);
  return answerPrivately(
    leaveSet(days, { businessDays, backOn, isJoined: merged.length > 0 }),
    ...(offer ? [offer] : []),
  );
}

/** By its place in the list, from 1; without one, the only leave there is. */
async function cancelLeave(work: Work, shown: WishesShown, place: number | null): Promise<Answer> {
  if (place === null && shown.leaves.length !== 1) return answerPrivately(leaveList(shown));
  const leave = shown.leaves[(place ?? 1) - 1];
  return leave ? dropLeave(work, leave.id) : answerPrivately(noSuchLeave());
}

/** Cancels the person's own leave of that id; another's is answered like none. */
export async function dropLeave(work: Work, id: string): Promise<Answer> {
  const { leaves } = await loadWishes(work);
  const leave = leaves.find((each) => each.id === id);
  if (!leave || !(await work.tx.contact.removeLeave(work.person.id, id)))
    return answerPrivately(noSuchLeave());
  await note(work, 'cancel-leave', { from: leave.fromOn, to: leave.toOn });
  return answerPrivately(leaveCancelled(leave));
}

async function save(
  work: Work,
  { settings }: WishesShown,
  change: Partial<ContactSettings>,
  verb: string,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  await work.tx.contact.save({ ...settings, ...change });
  await note(work, verb, facts);
}

/** One line of the append-only record. */
function note(work: Work, verb: string, facts: Readonly<Record<string, string>>): Promise<void> {
  return noteDeed(work, `wishes.${verb}`, facts);
}
