/** Lists of engagements by component, state and person; each shows what its reader may read. */
import { may } from '../domain/access.ts';
import { assignedIdsOf, type Engagement, partiesOf } from '../domain/engagement.ts';
import { matchName } from '../domain/name-match.ts';
import { type ListWish, readListWish } from '../forms/read-list-wish.ts';
import { fold } from '../forms/text.ts';
import { engagementList, unknownComponent, unknownState } from '../messages/copy/lists.ts';
import { nobodyCalled, severalCalled } from '../messages/copy/mends.ts';
import { say } from '../messages/message.ts';
import { COMPONENTS } from '../offerings/components.ts';
import type { EngagementFilter } from '../ports.ts';
import { kickoffsNow } from './kickoffs-of.ts';
import { everybody, loadPeople } from './tell.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/** Lines on one page. */
const PAGE = 15;
/** Rows read at once while looking for those the reader may see. */
const BATCH = 100;

/** `requests in OIT`, `closed requests of Beatriz Okafor`; null for anything else, and for the bare word, which has its own answer. */
export async function listByWords(work: Work, typed: string): Promise<Answer | null> {
  const wish = readListWish(typed);
  if (!wish) return null;
  if ('unknown' in wish) return answer(unknownState(wish.unknown));
  if (wish.isBare) return null;
  return listEngagements(work, typed.replace(/(?<!\s)\s+after\s+\S+$/iu, ''), wish);
}

/** The next page of a list, from its button. */
export async function listMore(work: Work, typed: string, after: string): Promise<Answer> {
  return (await listByWords(work, `${typed} after ${after}`)) ?? answer(unknownState(typed));
}

async function listEngagements(work: Work, typed: string, wish: ListWish): Promise<Answer> {
  const component = wish.component === null ? null : componentOf(wish.component);
  if (component === undefined) return answer(unknownComponent(wish.component ?? ''));
  const person = wish.person === null ? null : await personOf(work, wish.person);
  if (person !== null && typeof person !== 'string') return person;
  const filter = {
    states: wish.states,
    ...(component === null ? {} : { component }),
    ...(person === null ? {} : { ofPersonId: person }),
  };
  const found = await readable(work, filter, wish.after, PAGE + 1);
  const engagements = found.slice(0, PAGE);
  const ids = engagements.flatMap((each) => [...partiesOf(each), ...assignedIdsOf(each)]);
  const next = found.length > PAGE ? (engagements.at(-1)?.number ?? null) : null;
  const kickoffs = await kickoffsNow(work, engagements);
  return answerPrivately(engagementList({ engagements, kickoffs, typed, next }, await loadPeople(work, ids)));
}

/** At most `most` that fit and that the person may read, by number. */
export async function readable(
  work: Pick<Work, 'tx' | 'person'>,
  filter: Omit<EngagementFilter, 'after' | 'limit'>,
  from: string | null,
  most: number,
): Promise<readonly Engagement[]> {
  const found: Engagement[] = [];
  let after = from;
  while (found.length < most) {
    const batch = await work.tx.engagements.find({
      ...filter,
      ...(after === null ? {} : { after }),
      limit: BATCH,
    });
    found.push(...batch.filter((engagement) => may(work.person, 'request.read', engagement)));
    after = batch.at(-1)?.number ?? null;
    if (batch.length < BATCH || after === null) break;
  }
  return found.slice(0, most);
}

/** A component by its key or name; undefined for none. */
function componentOf(typed: string): string | undefined {
  const wanted = fold(typed);
  return COMPONENTS.find(({ id, label }) => fold(id) === wanted || fold(label).endsWith(wanted))?.id;
}

async function personOf(work: Work, typed: string): Promise<string | Answer> {
  if (/^me$/iu.test(typed)) return work.person.id;
  const match = matchName(await everybody(work), typed);
  if (match.ok) return match.value.id;
  return answer(say(match.refusal.code === 'several' ? severalCalled(match.refusal) : nobodyCalled(typed)));
}
