/** `history ISSO-2026-0042`: who did what; all of it for those who oversee it, their own actions for everybody else. */
import { may } from '../domain/access.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { historyCard } from '../messages/copy/lists.ts';
import { noAccess } from '../messages/copy/refusals.ts';
import { record } from './change-engagement.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

const PAGE = 20;

/** Newest first, from the `first` of them on; the look is written down. */
export async function showHistory(work: Work, number: RequestNumber, first = 1): Promise<Answer> {
  const engagement = await work.tx.engagements.byNumber(number);
  if (!engagement || !may(work.person, 'request.read', engagement)) return answer(noAccess(number));
  const isOwn = !may(work.person, 'history.read', engagement);
  const all = await work.tx.audit.ofEngagement(engagement.id);
  const seen = (isOwn ? all.filter(({ actorId }) => actorId === work.person.id) : all).toReversed();
  const from = Math.max(1, Math.trunc(first) || 1);
  const rows = seen.slice(from - 1, from - 1 + PAGE);
  await record(work, engagement, { verb: 'history.read', from: null, to: null });
  const people = await loadPeople(
    work,
    rows.map(({ actorId }) => actorId),
  );
  return answerPrivately(historyCard({ number, rows, of: seen.length, first: from, isOwn }, people));
}
