/** Blockers and requests for change: raised, answered, handed on, solved. Their words are for those in it alone. */
import { may, mayEver } from '../domain/access.ts';
import {
  answerBlocker,
  type Blocker,
  type BlockerKind,
  type BlockerRefusal,
  blockerName,
  closeBlocker,
  handBlocker,
  holderOf,
  raiseBlocker,
  returnBlocker,
} from '../domain/blocker.ts';
import { atBusinessDays } from '../domain/calendar.ts';
import type { Engagement } from '../domain/engagement.ts';
import { OPEN_STATES } from '../domain/engagement-states.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Result } from '../domain/result.ts';
import {
  type BlockerPowers,
  type BlockerRemover,
  type BlockerView,
  blockerCard,
  blockerClosed,
  blockerDone,
  blockerList,
  blockerOverdue,
  blockerRaised,
  blockerRefusal,
  noSuchBlocker,
  notYourBlockerStep,
} from '../messages/copy/blocker.ts';
import { BLOCKER_REMINDER_DAYS } from '../offerings/programme-timers.ts';
import { noteDeed } from './note-deed.ts';
import { loadPeople, tellPeople, tellPerson } from './tell.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

const MOST = 50;

/** Which blocker is meant, and by which card: `version` null for typed words. */
export interface BlockerRef {
  readonly number: number;
  readonly version: number | null;
}

/** Somebody is stuck, or wishes a change: those who remove blockers are told at once, and again when nobody answers. */
export async function raise(
  work: Work,
  wanted: { readonly kind: BlockerKind; readonly words: string; readonly engagement: Engagement | null },
): Promise<Blocker> {
  const { kind, words, engagement } = wanted;
  const blocker = await work.tx.blockers.insert(
    raiseBlocker(
      { id: work.newId(), kind, words, engagementId: engagement?.id ?? null, raisedById: work.person.id },
      work.now,
    ),
  );
  await note(work, blocker, 'raise');
  await tellHolder(work, blocker);
  await startClock(work, blocker, engagement);
  return blocker;
}

/** To whoever raised it: its name, and who was told. */
export async function raised(work: Work, blocker: Blocker): Promise<Answer> {
  const { role, ids } = await removersOf(work);
  const isAlone = ids.length > 0 && ids.every((id) => id === work.person.id);
  return answerPrivately(blockerRaised(blocker, ids.length === 0 ? 'nobody' : isAlone ? 'self' : role));
}

/** Those who remove what stands in the way: the Government Task Lead (domain reference 4.5), ISPG while nobody holds that role. */
async function removersOf({ tx }: Pick<Work, 'tx'>): Promise<{
  readonly role: BlockerRemover;
  readonly ids: readonly PersonId[];
}> {
  const leads = await tx.people.withRole('gtl');
  const role = leads.length > 0 ? 'gtl' : 'ispg_team';
  const people = leads.length > 0 ? leads : await tx.people.withRole(role);
  return { role, ids: people.map(({ id }) => id) };
}

const about = ({ id }: Blocker): string => `blocker:${id}`;

async function startClock(work: Work, blocker: Blocker, engagement: Engagement | null): Promise<void> {
  const { calendar, businessHours } = work.programme;
  const { ids } = await removersOf(work);
  for (const days of BLOCKER_REMINDER_DAYS)
    await tellPeople(work, ids, {
      key: `blocker-overdue:${blocker.id}:${blocker.version}:${days}`,
      kind: 'escalation',
      urgency: 'routine',
      message: blockerOverdue(blocker, engagement),
      dueAt: atBusinessDays(work.now, days, businessHours.zone, calendar, businessHours),
      about: about(blocker),
    });
}

/** Shows it to whoever is in it. */
export async function showBlocker(work: Work, number: number): Promise<Answer> {
  const opened = await open(work, { number, version: null });
  return 'say' in opened ? opened : answerPrivately(await draw(work, opened));
}

/** Those that are open and that the person may see. */
export async function showBlockers(work: Work): Promise<Answer> {
  const views: BlockerView[] = [];
  for (const blocker of await work.tx.blockers.open(MOST * 4)) {
    if (views.length < MOST && (await maySee(work, blocker))) views.push(await viewOf(work, blocker));
  }
  return answerPrivately(blockerList(views));
}

type Change = Result<Blocker, BlockerRefusal>;
type Step = 'answered' | 'handed' | 'returned' | 'closed';

const NEEDS: Readonly<Record<Step, keyof BlockerPowers>> = {
  answered: 'mayAnswer',
  handed: 'mayHand',
  returned: 'mayReturn',
  closed: 'mayClose',
};

export const answerBlockerWith = (work: Work, ref: BlockerRef, words: string): Promise<Answer> =>
  change(work, ref, 'answered', (blocker) => answerBlocker(blocker, words, work.person.id, work.now));
export const handBlockerTo = (work: Work, ref: BlockerRef, toId: PersonId): Promise<Answer> =>
  change(work, ref, 'handed', (blocker) => handBlocker(blocker, toId, work.now));
export const returnBlockerWith = (work: Work, ref: BlockerRef, words: string): Promise<Answer> =>
  change(work, ref, 'returned', (blocker) => returnBlocker(blocker, words, work.person.id, work.now));
export const solveBlocker = (work: Work, ref: BlockerRef): Promise<Answer> =>
  change(work, ref, 'closed', (blocker) => closeBlocker(blocker, work.now));

/** One step, saved, written down, and told to whoever has the ball now. */
async function change(
  work: Work,
  ref: BlockerRef,
  step: Step,
  decide: (blocker: Blocker) => Change,
): Promise<Answer> {
  const before = await open(work, ref);
  if ('say' in before) return before;
  const made = decide(before);
  if (!made.ok) return answerPrivately(blockerRefusal(before, made.refusal));
  if (!(await powersOf(work, before))[NEEDS[step]])
    return answerPrivately(notYourBlockerStep(blockerName(before)));
  const blocker = made.value;
  if (!(await work.tx.blockers.update(blocker))) throw new Error(`${before.id} changed while it was locked`);
  await note(work, blocker, step);
  await work.tx.deliveries.suppress(about(blocker), 'the blocker has moved on');
  if (step === 'returned') await startClock(work, blocker, await engagementOf(work, blocker));
  if (step === 'closed') await tellClosed(work, blocker);
  else await tellHolder(work, blocker);
  return answerPrivately(blockerDone(blocker, step, (await removersOf(work)).role));
}

/** Locked for a change, if there is one, the person may see it and their card is not out of date. */
export async function open(work: Work, ref: BlockerRef): Promise<Blocker | Answer> {
  const blocker = await work.tx.blockers.forChange(ref.number);
  if (!blocker || !(await maySee(work, blocker))) return answer(noSuchBlocker(blockerName(ref)));
  if (ref.version !== null && ref.version !== blocker.version)
    return answerPrivately(await draw(work, blocker));
  return blocker;
}

/** Whoever raised it, had it or has it, the Government Task Lead and ISPG. */
async function maySee(work: Work, blocker: Blocker): Promise<boolean> {
  const isIn =
    blocker.raisedById === work.person.id ||
    blocker.holders.some(({ personId }) => personId === work.person.id);
  return isIn || mayEver(work.person, 'blocker.work');
}

async function powersOf(work: Work, blocker: Blocker): Promise<BlockerPowers> {
  const isOpen = blocker.state !== 'closed';
  const holder = holderOf(blocker);
  const works = mayEver(work.person, 'blocker.work');
  const holds = works || holder?.personId === work.person.id;
  const raisedIt = blocker.raisedById === work.person.id;
  return {
    mayAnswer: isOpen && holds && blocker.state === 'open' && !(raisedIt && !works),
    mayHand: isOpen && holds && blocker.state === 'open',
    mayReturn: blocker.state !== 'open' && (raisedIt || works),
    mayClose: isOpen && (raisedIt || works),
  };
}

async function draw(work: Work, blocker: Blocker) {
  return blockerCard(await viewOf(work, blocker), await powersOf(work, blocker));
}

async function viewOf(work: Pick<Work, 'tx' | 'now'>, blocker: Blocker): Promise<BlockerView> {
  const people = await loadPeople(work, [
    blocker.raisedById,
    ...blocker.holders.map(({ personId }) => personId),
    ...blocker.replies.map(({ byId }) => byId),
  ]);
  const { role } = await removersOf(work);
  return { blocker, engagement: await engagementOf(work, blocker), people, remover: role, now: work.now };
}

const engagementOf = async (work: Pick<Work, 'tx'>, { engagementId }: Blocker): Promise<Engagement | null> =>
  engagementId === null ? null : work.tx.engagements.get(engagementId);

/** A card for whoever has the ball; for those who remove blockers, each of them. */
async function tellHolder(work: Work, blocker: Blocker): Promise<void> {
  const holder = holderOf(blocker);
  if (!holder) return;
  const ids = holder.personId === null ? (await removersOf(work)).ids : [holder.personId];
  for (const id of ids) {
    const reader = await work.tx.people.get(id);
    if (!reader || id === work.person.id) continue;
    const powers = await powersOf({ ...work, person: reader }, blocker);
    await tellPerson(work, id, {
      key: `blocker:${blocker.id}:${blocker.version}`,
      kind: 'card',
      message: blockerCard(await viewOf(work, blocker), powers),
      card: `blocker:${blocker.id}:${blocker.version}:${id}`,
    });
  }
}

async function tellClosed(work: Work, blocker: Blocker): Promise<void> {
  const ids = [
    blocker.raisedById,
    ...blocker.holders.flatMap(({ personId }) => personId ?? []),
    ...blocker.replies.map(({ byId }) => byId),
  ];
  const view = await viewOf(work, blocker);
  const people = new Map([...view.people, [work.person.id, work.person]]);
  await tellPeople(
    work,
    ids.filter((id) => id !== work.person.id),
    {
      key: `blocker-closed:${blocker.id}:${blocker.version}`,
      kind: 'notice',
      message: blockerClosed({ ...view, people }, work.person.id),
    },
  );
}

const note = (work: Work, blocker: Blocker, step: Step | 'raise'): Promise<void> =>
  noteDeed(
    work,
    `blocker.${step}`,
    { blocker: blockerName(blocker), kind: blocker.kind, state: blocker.state },
    { engagementId: blocker.engagementId },
  );

/** The engagements that the person may say they are stuck in. */
export async function ownEngagements(work: Work): Promise<readonly Engagement[]> {
  const own = await work.tx.engagements.ofPerson(work.person.id);
  return own.filter(
    (engagement) =>
      (OPEN_STATES as readonly string[]).includes(engagement.state) &&
      may(work.person, 'engagement.block', engagement),
  );
}
