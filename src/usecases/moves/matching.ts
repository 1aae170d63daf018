/** From the search to the Service ISSO: proposal, exception, acceptances, decline, funding (T9 to T11). */
import { may } from '../../domain/access.ts';
import type { Changed, Engagement } from '../../domain/engagement.ts';
import {
  acceptCandidate,
  allowException,
  confirmFunding,
  declineCandidate,
  type Proposal,
  proposeCandidate,
} from '../../domain/engagement-matching.ts';
import type { FieldErrors } from '../../domain/field.ts';
import type { PersonId } from '../../domain/ids.ts';
import { isPromised, proposalOf, withoutPassedOver } from '../../domain/matching-candidate.ts';
import type { Fit } from '../../domain/matching-terms.ts';
import type { Answers } from '../../forms/question.ts';
import { candidateSheet } from '../../messages/copy/candidate.ts';
import {
  answerNews,
  candidateProposed,
  declinedNews,
  exceptionAllowed,
  fundingConfirmed,
  nobodyToPropose,
  proposalMends,
  youAccepted,
  youDeclined,
} from '../../messages/copy/candidate-news.ts';
import { wordsIn } from '../../offerings/answered.ts';
import { MATCHING_LABELS } from '../../offerings/matching-labels.ts';
import { MATCHING } from '../../offerings/matching-weights.ts';
import { DECLINE_CANDIDATE, proposeForm } from '../../offerings/move-forms-matching.ts';
import { type Move, markOf, type Taken, taken } from '../engagement-move.ts';
import { fitOfCandidate, keepFit } from '../fit-papers.ts';
import { type Match, matchFor, namesInOrder } from '../match-list.ts';
import { peopleAround } from '../tell.ts';
import { takeBackSummary, tellAnswered, tellIdentified, tellSummary } from '../tell-candidate.ts';
import type { Work } from '../work.ts';

const passedOverIds = ({ course }: Engagement): readonly PersonId[] =>
  course.passedOver.map(({ personId }) => personId);

const propose: Move = {
  verb: 'candidate.propose',
  form: async (engagement, work) => {
    const { list, people } = await matchFor(work, engagement);
    const { open, passedOver } = withoutPassedOver(list, passedOverIds(engagement), MATCHING.top);
    return proposeForm(namesInOrder([...open.ranked, ...passedOver], people));
  },
  async take(work, engagement, answers) {
    const personId = String(answers.candidate);
    // Who proposes the same person elsewhere at this moment waits, and then sees these hours.
    await work.tx.lock(`candidate:${personId}`);
    const match = await matchFor(work, engagement);
    const choice = proposalOf(match.list, passedOverIds(engagement), personId);
    if (!choice) return { ok: false, say: nobodyToPropose(engagement) };
    const { fit } = choice;
    if (isPromised(fit, match.promisedHours(personId), match.need.hoursPerWeek))
      return { ok: false, refusal: { code: 'is-candidate-of-another' } };
    const errors = mendsOf(choice, answers);
    if (Object.keys(errors).length > 0) return { ok: false, errors };
    return proposed(work, engagement, match, {
      fit,
      proposal: {
        personId,
        startOn: wordsIn(answers, 'start') ?? fit.readyOn,
        score: fit.score,
        exception: wordsIn(answers, 'exception'),
        whyNotTop: wordsIn(answers, 'why_not_top'),
        needsException: choice.needsException,
        isTop: choice.isTop,
      },
    });
  },
};

type Chosen = NonNullable<ReturnType<typeof proposalOf>>;

function mendsOf(choice: Chosen, answers: Answers): FieldErrors {
  const start = wordsIn(answers, 'start');
  return {
    ...(start !== null && start < choice.fit.readyOn
      ? { start: proposalMends.start(choice.fit.readyOn) }
      : {}),
    ...(!choice.isTop && wordsIn(answers, 'why_not_top') === null
      ? { why_not_top: proposalMends.whyNotTop() }
      : {}),
    ...(choice.needsException && wordsIn(answers, 'exception') === null
      ? { exception: proposalMends.exception(choice, MATCHING_LABELS) }
      : {}),
  };
}

function proposed(
  work: Work,
  engagement: Engagement,
  { list, people }: Match,
  { fit, proposal }: { readonly fit: Fit; readonly proposal: Proposal },
): Taken {
  const standing = { place: list.ranked.indexOf(fit) + 1, of: list.ranked.length, seed: list.seed };
  return taken(proposeCandidate(engagement, proposal, markOf(work)), (next) => ({
    say: [candidateProposed(next)],
    facts: {
      candidate: fit.personId,
      score: String(fit.score),
      band: fit.band,
      profile: String(fit.profileVersion),
      place: String(standing.place),
      exception: String(proposal.needsException),
    },
    told: candidateSheet(fit, next, people, MATCHING_LABELS),
    after: (saved) => keepFit(work, saved, fit, standing),
  }));
}

/** The GTL lets somebody be a candidate who needs an exception; only now ISPG is asked. */
const allow: Move = {
  verb: 'candidate.allow',
  async take(work, engagement) {
    const people = await peopleAround(work, engagement, null);
    const fit = await fitOfCandidate(work, engagement);
    return taken(allowException(engagement, markOf(work)), (next) => ({
      say: [exceptionAllowed(next)],
      facts: factsOf(engagement),
      ...(fit ? { told: candidateSheet(fit, next, people, MATCHING_LABELS) } : {}),
      after: (saved) => tellAnswered(work, saved, answerNews(saved, 'allowed', people)),
    }));
  },
};

const acceptForIspg: Move = {
  verb: 'candidate.accept-ispg',
  async take(work, engagement) {
    const made = acceptCandidate(engagement, 'ispg', markOf(work));
    // Before the card that asks for the answer.
    if (made.ok) await tellSummary(work, made.value.engagement);
    return answered(work, engagement, made, 'ispg');
  },
};

const accept: Move = {
  verb: 'candidate.accept',
  take: async (work, engagement) =>
    answered(work, engagement, acceptCandidate(engagement, 'business_owner', markOf(work)), 'business_owner'),
};

async function answered(
  work: Work,
  engagement: Engagement,
  made: Changed,
  side: 'ispg' | 'business_owner',
): Promise<Taken> {
  const people = await peopleAround(work, engagement, null);
  return taken(made, (next) => ({
    say: [youAccepted(next)],
    facts: factsOf(engagement),
    after: (saved) =>
      saved.state === 'ISSO_IDENTIFIED'
        ? tellIdentified(work, saved)
        : tellAnswered(work, saved, answerNews(saved, side, people)),
  }));
}

/** Declined by whoever declines for their side; somebody of both speaks for ISPG until ISPG has accepted. */
const decline: Move = {
  verb: 'candidate.decline',
  form: () => DECLINE_CANDIDATE,
  async take(work, engagement, answers) {
    const { candidate } = engagement.course;
    const isOwner = may(work.person, 'candidate.accept', engagement);
    const isIspg = may(work.person, 'candidate.accept-ispg', engagement);
    const side = isOwner && (!isIspg || candidate?.ispg) ? 'business_owner' : 'ispg';
    const reason = String(answers.reason);
    const people = await peopleAround(work, engagement, null);
    return taken(declineCandidate(engagement, reason, side, markOf(work)), (next) => {
      const news = declinedNews(next, candidate?.personId ?? '', { side, reason }, people);
      return {
        say: [youDeclined(next)],
        reason,
        facts: { ...factsOf(engagement), side },
        after: async (saved) => {
          await takeBackSummary(work, saved);
          await tellAnswered(work, saved, news);
        },
      };
    });
  },
};

const fund: Move = {
  verb: 'funding.confirm',
  async take(work, engagement) {
    return taken(confirmFunding(engagement, markOf(work)), (next) => ({
      say: [fundingConfirmed(next)],
      after: async (saved) => {
        if (saved.state === 'ISSO_IDENTIFIED') await tellIdentified(work, saved);
      },
    }));
  },
};

const factsOf = ({ course: { candidate } }: Engagement): Readonly<Record<string, string>> => ({
  candidate: candidate?.personId ?? '',
});

export const MATCHING_MOVES: readonly Move[] = [propose, allow, acceptForIspg, accept, decline, fund];
