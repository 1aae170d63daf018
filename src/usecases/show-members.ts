/** `members ISSO-2026-0042`: who takes part, and who let them in. */
import { may } from '../domain/access.ts';
import { isInForce, type Membership } from '../domain/course.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { moveButton, openMoves } from '../messages/copy/moves.ts';
import { membersCard } from '../messages/copy/people-members.ts';
import { noAccess } from '../messages/copy/refusals.ts';
import { loadPeople, peopleAround } from './tell.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** To whoever may read the request; what waits for a second person only to those who could approve it. */
export async function showMembers(work: Work, number: RequestNumber): Promise<Answer> {
  const { tx, person } = work;
  const engagement = await tx.engagements.byNumber(number);
  if (!engagement || !may(person, 'request.read', engagement)) return answerPrivately(noAccess(number));
  const current = engagement.memberships.filter(({ ended }) => ended === null);
  const isOwnIsso = ({ role, personId }: Membership): boolean =>
    role === 'service_isso' && personId === engagement.course.serviceIssoId;
  const around = await peopleAround(work, engagement, null);
  const named = await loadPeople(
    work,
    current.flatMap(({ personId, granted }) => [personId, granted.byId]),
  );
  const verbs = ['member.grant', 'member.approve', 'member.end'];
  return answerPrivately(
    membersCard({
      engagement,
      people: new Map([...around, ...named]),
      members: current.filter((each) => isInForce(each) && !isOwnIsso(each)),
      waiting: may(person, 'member.approve', engagement) ? current.filter((each) => !isInForce(each)) : [],
      buttons: openMoves(engagement, person)
        .filter(({ verb }) => verbs.includes(verb))
        .map((move) => moveButton(engagement, move)),
    }),
  );
}
