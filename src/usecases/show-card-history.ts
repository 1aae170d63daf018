/** What became of the lines of an Information Card, for those who see its lines. */
import { cardSight, seesCardReferences } from '../domain/access.ts';
import { lineHistory } from '../domain/card-history.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { subjectOf } from '../domain/paper.ts';
import { localDate } from '../domain/time.ts';
import { cardHistory, noLineOfThat } from '../messages/copy/card-history.ts';
import { nameOf } from '../messages/copy/people.ts';
import { noAccess } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { record } from './change-engagement.ts';
import { cardIn, cardNow, type KeptCard, templateAt } from './information-card.ts';
import { isMessage } from './item-rights.ts';
import { itemNamed } from './item-words.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** More changes in one message are hard to read. */
const MOST_CHANGES = 30;

/** The card of the present Service ISSO for somebody who sees its lines. */
export async function openForReading(work: Work, number: RequestNumber): Promise<KeptCard | Message> {
  const engagement = await work.tx.engagements.byNumber(number);
  const whom = engagement?.course.serviceIssoId ?? null;
  if (!engagement || whom === null || cardSight(work.person, whom, engagement) !== 'dates')
    return noAccess(number);
  return (await cardNow(work, engagement)) ?? noAccess(number);
}

/** `card ISSO-2026-0042 history`, of all lines or of the one named behind it: who changed what, when, from what to what. */
export async function showCardHistory(work: Work, number: RequestNumber, typed: string): Promise<Answer> {
  const opened = await openForReading(work, number);
  if (isMessage(opened)) return answerPrivately(opened);
  const { engagement, personId, template } = opened;
  const named = typed === '' ? null : itemNamed(template, typed);
  if (typed !== '' && !named) return answerPrivately(noLineOfThat(number, template, programmeToday(work)));
  const papers = await work.tx.papers.versions('information-card', subjectOf(engagement.id, personId));
  const found = lineHistory(papers.map((paper) => ({ ...paper, card: cardIn(paper) }))).filter(
    ({ key }) => named === null || key === named.item.key,
  );
  const shown = found.slice(-MOST_CHANGES);
  const people = await loadPeople(
    work,
    shown.map(({ byId }) => byId),
  );
  await record(work, engagement, { verb: 'card.read', from: null, to: null, facts: { person: personId } });
  return answerPrivately(
    cardHistory(
      number,
      shown.map(({ at, byId, ...change }) => ({
        ...change,
        on: localDate(at, work.programme.timeZone),
        by: byId === null ? null : nameOf(people, byId),
      })),
      {
        earlier: found.length - shown.length,
        seesReferences: seesCardReferences(work.person, personId, engagement),
        // What fell away since is called as it was.
        templates: [template, ...papers.map(({ formVersion }) => templateAt(work, engagement, formVersion))],
      },
    ),
  );
}
