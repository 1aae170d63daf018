/** The engagement at work: pause, extension, change of the Service ISSO, members, blockers (T14 to T20). */
import { answerBlocker, type Blocker, closeBlocker, raiseBlocker } from '../../domain/blocker.ts';
import { approveMembership, grantMembership } from '../../domain/engagement-members.ts';
import { acceptReplacement, reassign } from '../../domain/engagement-replacement.ts';
import {
  approveExtension,
  pauseEngagement,
  reviewExtension,
  wishForExtension,
} from '../../domain/engagement-work.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { LocalDate } from '../../domain/time.ts';
import { leavingFor } from '../../offerings/off-boarding-lines.ts';
import { LONGEST_PAUSE_DAYS } from '../../offerings/programme-timers.ts';
import { openLeaving } from './steps-ending.ts';
import { businessDayIn } from './timeline.ts';
import { actor, engagementOf, given, issoOf, keep, noteHere, type Scene, take } from './world.ts';

const dayIn = (scene: Scene): LocalDate => businessDayIn(scene.world.when, given(scene, 'inDays'));

/** T14. */
export function pause(scene: Scene): void {
  const resumeOn = dayIn(scene);
  const reason = given(scene, 'words');
  take(
    scene,
    'engagement.pause',
    actor(scene, 'gtl'),
    (engagement, by) =>
      pauseEngagement(engagement, { reason, fromOn: scene.on, resumeOn, by }, LONGEST_PAUSE_DAYS),
    { facts: { resumeOn } },
  );
}

/** T16, by the bot itself, ahead of the end. */
export function review(scene: Scene): void {
  const because = 'term-ends';
  const made = reviewExtension(engagementOf(scene), { asked: null, because, endOn: null }, scene.at);
  if (!made.ok) throw new Error(`${scene.story.key}: there is no end to put off`);
  keep(scene, made.value, { verb: 'engagement.review-extension', byId: null, reason: because });
}

/** The Business Owner wishes to go on. */
export function wish(scene: Scene): void {
  const endOn = dayIn(scene);
  take(
    scene,
    'engagement.wish',
    scene.story.system.ownerId,
    (engagement) => wishForExtension(engagement, 'extend', endOn),
    { reason: 'extend', facts: { newEnd: endOn } },
  );
}

/** T17: one of the two approvals. */
export function approve(scene: Scene): void {
  const side = scene.step.side === 'cor' ? 'cor' : 'gtl';
  const { term, extension } = engagementOf(scene).course;
  take(
    scene,
    side === 'gtl' ? 'engagement.approve-extension' : 'engagement.approve-extension-cor',
    actor(scene, side),
    (engagement, by) => approveExtension(engagement, side, by),
    { facts: { side, newEnd: extension?.endOn ?? '', endBefore: term?.endOn ?? '' } },
  );
}

/** T19, with what the one who goes leaves behind. */
export function reassignStep(scene: Scene): void {
  const outgoing = issoOf(scene);
  const [replacementId, reason] = [given(scene, 'personId'), given(scene, 'reason')];
  const endOn = dayIn(scene);
  const byId = actor(scene, 'contractor_lead');
  take(
    scene,
    'engagement.reassign',
    byId,
    (engagement, by) => reassign(engagement, { reason, replacementId }, by),
    { reason, facts: { lastDay: endOn, replacement: replacementId } },
  );
  openLeaving(scene, byId, { personId: outgoing, endOn, leaving: leavingFor(reason), isPersonal: true });
}

export function acceptReplacementStep(scene: Scene): void {
  const side = scene.step.side === 'business_owner' ? 'business_owner' : 'ispg';
  const byId = side === 'ispg' ? actor(scene, 'ispg_team') : scene.story.system.ownerId;
  const verb = side === 'ispg' ? 'replacement.accept-ispg' : 'replacement.accept';
  const { reassignment } = engagementOf(scene).course;
  take(scene, verb, byId, (engagement, by) => acceptReplacement(engagement, side, by), {
    facts: { replacement: reassignment?.replacement?.personId ?? '' },
  });
}

// ------------------------------------------------------------------------------------------ members

export function grant(scene: Scene): void {
  const [personId, role] = [given(scene, 'personId'), given(scene, 'role')];
  const { context } = engagementOf(scene).course;
  take(
    scene,
    'member.grant',
    actor(scene, 'ispg_team'),
    (engagement, by) => grantMembership(engagement, personId, role, by),
    { facts: { person: personId, part: role, second: context?.isHva === false ? 'not-needed' : 'needed' } },
  );
}

/** The second person that a High Value Asset needs. */
export function second(scene: Scene): void {
  const [personId, role] = [given(scene, 'personId'), given(scene, 'role')];
  take(
    scene,
    'member.approve',
    scene.story.system.ownerId,
    (engagement, by) => approveMembership(engagement, personId, role, by),
    { facts: { person: personId, part: role } },
  );
}

// ------------------------------------------------------------------------------------------ blockers

export const raise =
  (kind: Blocker['kind']) =>
  (scene: Scene): void => {
    const { world, story, at } = scene;
    const raisedById = scene.step.by ?? story.system.ownerId;
    const blocker = raiseBlocker(
      {
        id: `demo-${kind}-${story.key}-${world.blockers.length}`,
        kind,
        engagementId: engagementOf(scene).id,
        raisedById,
        words: given(scene, 'words'),
      },
      at,
    );
    world.blockers.push(blocker);
    noteBlocker(scene, 'raise', raisedById);
  };

/** The Government Task Lead answers; whoever raised it has the ball again. */
export function reply(scene: Scene): void {
  const byId = actor(scene, 'gtl');
  change(scene, (blocker) => answerBlocker(blocker, given(scene, 'words'), byId, scene.at));
  noteBlocker(scene, 'answered', byId);
}

/** Whoever raised it says that it is solved. */
export function solve(scene: Scene): void {
  change(scene, (blocker) => closeBlocker(blocker, scene.at));
  noteBlocker(scene, 'closed', scene.step.by ?? scene.story.system.ownerId);
}

/** The engagement's newest blocker. */
function change(scene: Scene, decide: (blocker: Blocker) => ReturnType<typeof answerBlocker>): void {
  const { blockers } = scene.world;
  const { id } = engagementOf(scene);
  const at = blockers.findLastIndex(({ engagementId }) => engagementId === id);
  const found = blockers[at];
  // Numbers are given when they are saved.
  const made = found && decide({ ...found, number: 0 });
  if (!made?.ok) throw new Error(`${scene.story.key}: there is no blocker to change`);
  const { number: _number, ...changed } = made.value;
  blockers[at] = changed;
}

const noteBlocker = (scene: Scene, step: string, byId: PersonId): void => {
  const { id } = engagementOf(scene);
  const blocker = scene.world.blockers.findLast(({ engagementId }) => engagementId === id);
  noteHere(scene, `blocker.${step}`, byId, {
    blocker: blocker?.id ?? '',
    kind: blocker?.kind ?? '',
    state: blocker?.state ?? '',
  });
};
