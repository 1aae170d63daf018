/** From the search to the identified Service ISSO (T9 to T11), with the fit as it was on that day. */
import { isInForce } from '../../domain/course.ts';
import type { Engagement } from '../../domain/engagement.ts';
import {
  acceptCandidate,
  confirmFunding,
  declineCandidate,
  proposeCandidate,
} from '../../domain/engagement-matching.ts';
import { isAssigned } from '../../domain/engagement-states.ts';
import type { PersonId } from '../../domain/ids.ts';
import { shortlist } from '../../domain/matching.ts';
import { proposalOf, seedOf } from '../../domain/matching-candidate.ts';
import { type Contender, type Need, needOf } from '../../domain/matching-terms.ts';
import { type Paper, subjectOf } from '../../domain/paper.ts';
import type { IssoProfile } from '../../domain/skills.ts';
import { parseAnswers } from '../../forms/form.ts';
import { wordsIn } from '../../offerings/answered.ts';
import { contextFacts } from '../../offerings/context-assessment.ts';
import { MATCHING } from '../../offerings/matching-weights.ts';
import { SKILL_PROFILE_FORM, skillProfileOf } from '../../offerings/skill-profile.ts';
import { heldProfile, PROFILE_KIND } from '../isso-profiles.ts';
import { answersOf } from './steps-scoping.ts';
import {
  actor,
  engagementOf,
  latestPaper,
  personOf,
  type Scene,
  take,
  type World,
  writePaper,
} from './world.ts';

const FIT = { kind: 'fit-sheet', formVersion: 1 } as const;
const SIDES = { ispg: 'candidate.accept-ispg', business_owner: 'candidate.accept' } as const;

/** T9: whoever the story names, with the score that they have on that day. */
export function propose(scene: Scene): void {
  const { world, story, step, at, on } = scene;
  const personId = step.personId ?? story.issoId ?? '';
  const engagement = engagementOf(scene);
  const need = needFor(scene, engagement);
  const list = shortlist(contenders(world), need, MATCHING, { seed: seedOf(engagement.id), today: on });
  const passedOver = engagement.course.passedOver.map((each) => each.personId);
  const choice = proposalOf(list, passedOver, personId);
  if (!choice) throw new Error(`${story.key}: ${personId} has no profile`);
  const { fit, isTop, needsException } = choice;
  const byId = actor(scene, 'contractor_lead');
  const place = list.ranked.indexOf(fit) + 1;
  const proposal = {
    personId,
    startOn: fit.readyOn,
    score: fit.score,
    exception: null,
    whyNotTop: step.words ?? 'Knows the component and the people there, and starts on the wanted day.',
    needsException,
    isTop,
  };
  take(scene, 'candidate.propose', byId, (before, by) => proposeCandidate(before, proposal, by), {
    facts: {
      candidate: personId,
      score: String(fit.score),
      band: fit.band,
      profile: String(fit.profileVersion),
      place: String(place),
      exception: String(needsException),
    },
  });
  writePaper(
    { world, at },
    {
      ...FIT,
      subject: subjectOf(engagement.id, personId),
      answers: { fit, place, of: list.ranked.length, seed: list.seed },
      byId,
    },
  );
}

function needFor(scene: Scene, { component, systemName }: Engagement): Need {
  const form = answersOf(scene, 'request-form');
  return needOf(
    skillProfileOf(answersOf(scene, 'skill-profile')),
    {
      component,
      systemName,
      systemAcronym: wordsIn(form, 'system_acronym'),
      wantedStartOn: wordsIn(form, 'start_wanted') ?? scene.on,
    },
    contextFacts(answersOf(scene, 'context-assessment'), form),
  );
}

/** Read once: a version never changes. */
const read = new WeakMap<Paper, IssoProfile>();

function profileIn(paper: Paper): IssoProfile {
  const known = read.get(paper) ?? heldProfile(paper).profile;
  read.set(paper, known);
  return known;
}

/** Everybody who has a profile by then, with the hours that their engagements take. */
function contenders(world: World): readonly Contender[] {
  const ids = new Set(world.papers.filter(({ kind }) => kind === PROFILE_KIND).map(({ subject }) => subject));
  return [...ids].flatMap((id) => {
    const paper = latestPaper(world, PROFILE_KIND, id);
    if (!paper) return [];
    return [
      {
        profile: profileIn(paper),
        isOnContract: personOf(world, id).roles.includes('service_isso'),
        loadHours: loadOf(world, id),
      },
    ];
  });
}

const loadOf = (world: World, personId: PersonId): number =>
  [...world.engagements.values()]
    .filter((engagement) => isAtWorkIn(engagement, personId))
    .reduce((sum, engagement) => sum + hoursOf(world, engagement), 0);

const isAtWorkIn = ({ state, course, memberships }: Engagement, personId: PersonId): boolean =>
  isAssigned(state) &&
  (course.serviceIssoId === personId ||
    memberships.some(
      (each) => each.personId === personId && each.role === 'service_isso' && isInForce(each),
    ));

function hoursOf(world: World, { id, course }: Engagement): number {
  if (course.term) return course.term.hoursPerWeek;
  const paper = latestPaper(world, 'skill-profile', id);
  return paper ? skillProfileOf(parseAnswers(SKILL_PROFILE_FORM, paper.answers).answers).hoursPerWeek : 0;
}

/** T10: one side's acceptance; with the funding the last of them identifies the Service ISSO. */
export const acceptFor =
  (side: 'ispg' | 'business_owner') =>
  (scene: Scene): void => {
    const byId = side === 'ispg' ? actor(scene, 'ispg_team') : scene.story.system.ownerId;
    take(scene, SIDES[side], byId, (engagement, by) => acceptCandidate(engagement, side, by), {
      facts: candidateOf(scene),
    });
  };

/** T11. */
export function declineStep(scene: Scene): void {
  const { step, story } = scene;
  const side = step.side === 'ispg' ? 'ispg' : 'business_owner';
  const byId = side === 'ispg' ? actor(scene, 'ispg_team') : story.system.ownerId;
  const reason = step.reason ?? 'availability';
  take(scene, 'candidate.decline', byId, (engagement, by) => declineCandidate(engagement, reason, side, by), {
    reason,
    facts: { ...candidateOf(scene), side },
  });
}

export const fund = (scene: Scene): void =>
  void take(scene, 'funding.confirm', actor(scene, 'cor'), (engagement, by) =>
    confirmFunding(engagement, by),
  );

const candidateOf = (scene: Scene): Readonly<Record<string, string>> => ({
  candidate: engagementOf(scene).course.candidate?.personId ?? '',
});
