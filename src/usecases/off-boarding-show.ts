/** `off-boarding ISSO-2026-0042`, with a name or a day behind it: the record as it is, or as it was. */
import { may } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId, RequestNumber } from '../domain/ids.ts';
import { matchName } from '../domain/name-match.ts';
import { offBoardingSight } from '../domain/off-boarding-sight.ts';
import { addDays, instantOf, type LocalDate, localDate } from '../domain/time.ts';
import { readDate } from '../forms/read-date.ts';
import { nobodyCalled, severalCalled } from '../messages/copy/mends.ts';
import { asOfWhichDay, noRecord, offBoardingCard } from '../messages/copy/off-boarding.ts';
import { noAccess, notYourStep } from '../messages/copy/refusals.ts';
import { type Message, say } from '../messages/message.ts';
import { record } from './change-engagement.ts';
import { issosOf, type KeptRecord, recordAsOf, recordsOf } from './off-boarding-record.ts';
import { namesAround, viewFor } from './off-boarding-view.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** The people of the engagement whose record this person may see. */
export const seenBy = (work: Pick<Work, 'person'>, engagement: Engagement): readonly PersonId[] =>
  issosOf(engagement).filter((id) => offBoardingSight(work.person, id, engagement) !== null);

/** Shows the records that there are; the look is written down. */
export async function showOffBoarding(work: Work, number: RequestNumber, rest = ''): Promise<Answer> {
  const engagement = await work.tx.engagements.byNumber(number);
  const seen = engagement ? seenBy(work, engagement) : [];
  if (!engagement || seen.length === 0) {
    const mayRead = may(work.person, 'request.read', engagement);
    return answerPrivately(mayRead ? notYourStep(number) : noAccess(number));
  }
  const [, name = '', day] = /^(.*?)(?:\bas of\s+(?!\s)(.{1,60}))?$/isu.exec(rest.trim()) ?? [];
  const asOf = day === undefined ? null : readDay(work, day);
  if (day !== undefined && asOf === null) return answerPrivately(asOfWhichDay(number));
  const whose = await wanted(work, seen, name);
  if (!Array.isArray(whose)) return answerPrivately(whose as Message);
  const records = asOf === null ? await recordsOf(work, engagement) : await asOfDay(work, engagement, asOf);
  const shown = records.filter(({ personId }) => whose.includes(personId));
  await record(work, engagement, {
    verb: 'off-boarding.read',
    from: null,
    to: null,
    facts: { people: shown.map(({ personId }) => personId).join(',') },
  });
  return answerPrivately(
    ...(await drawn(work, engagement, shown, records.length > 1, asOf)),
    ...(shown.length === 0 ? [noRecord(number, asOf)] : []),
  );
}

const readDay = (work: Work, words: string): LocalDate | null => {
  const read = readDate(words, localDate(work.now, work.programme.timeZone));
  return read.ok ? read.value : null;
};

/** Those who are named; all without a name. Otherwise what is wrong with the name. */
async function wanted(
  work: Work,
  seen: readonly PersonId[],
  name: string,
): Promise<readonly PersonId[] | Message> {
  const typed = name.replace(/^of\s+/iu, '').replace(/(?<![\s:;,])[\s:;,]+$/u, '');
  if (typed === '') return seen;
  const match = matchName([...(await loadPeople(work, seen)).values()], typed);
  if (match.ok) return [match.value.id];
  return say(match.refusal.code === 'several' ? severalCalled(match.refusal) : nobodyCalled(typed));
}

/** As they were at the end of that day. */
async function asOfDay(work: Work, engagement: Engagement, day: LocalDate): Promise<readonly KeptRecord[]> {
  const end = instantOf(addDays(day, 1), '00:00', work.programme.timeZone);
  const at = new Date(end.getTime() - 1);
  const found = [];
  for (const personId of issosOf(engagement)) {
    const kept = await recordAsOf(work, engagement, personId, at);
    if (kept) found.push(kept);
  }
  return found;
}

/** A card for each. */
export async function drawn(
  work: Work,
  engagement: Engagement,
  shown: readonly KeptRecord[],
  isOneOfSeveral: boolean,
  asOf: LocalDate | null = null,
): Promise<readonly Message[]> {
  const people = await namesAround(work, engagement);
  return shown.flatMap((kept) => {
    const about = { people, isOneOfSeveral, ...(asOf === null ? {} : { asOf }) };
    const view = viewFor(work, engagement, kept, work.person, about);
    return view ? [offBoardingCard(view)] : [];
  });
}
