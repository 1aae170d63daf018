/**
 * What is said at each step with a candidate: to whoever took it, to the contractor and ISPG, and to the candidate themself, who hears
 * of it once they are identified and not before (domain reference 2.2: T9 to T11).
 */
import type { Engagement } from '../../domain/engagement.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Choice } from '../../domain/matching.ts';
import type { People } from '../../domain/person.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { line, strong, theirs } from '../inline.ts';
import { type Message, say } from '../message.ts';
import { candidateReason } from './candidate.ts';
import { GATE_LABELS, gateLine, type MatchingLabels } from './matching-lines.ts';
import { nameOf } from './people.ts';
import { title } from './request.ts';

const SIDES = { ispg: 'ISPG', business_owner: 'The Business Owner' } as const;

/** What is open until somebody is identified: "ISPG is asked now." */
function openWords({ course: { candidate, funding } }: Engagement): string {
  if (candidate?.exception && !candidate.exceptionAllowed)
    return 'The Government Task Lead (GTL) is asked to allow the exception.';
  if (!candidate?.ispg) return 'ISPG is asked now.';
  if (!candidate.businessOwner) return 'The Business Owner is asked now.';
  return funding ? '' : 'The funding still has to be confirmed, by the COR or the GTL.';
}

/** To the contractor lead who proposed. */
export const candidateProposed = (engagement: Engagement): Message =>
  say(
    line`Your candidate for ${title(engagement)} is proposed. ${openWords(engagement)} The Business Owner reads who it is once ISPG has accepted, and the candidate once all have.`,
  );

/** To the GTL. */
export const exceptionAllowed = (engagement: Engagement): Message =>
  say(line`The exception for the candidate of ${title(engagement)} is allowed. ${openWords(engagement)}`);

/** To whoever accepted. */
export const youAccepted = (engagement: Engagement): Message =>
  say(line`You have accepted the candidate for ${title(engagement)}. ${afterwards(engagement)}`);

/** To the COR or the GTL. */
export const fundingConfirmed = (engagement: Engagement): Message =>
  say(
    engagement.course.candidate
      ? line`The funding of ${title(engagement)} is confirmed. ${afterwards(engagement)}`
      : line`The funding of ${title(engagement)} is confirmed.`,
  );

const afterwards = (engagement: Engagement): string =>
  engagement.state === 'ISSO_IDENTIFIED'
    ? 'The Service ISSO is identified, and the contractor lead starts onboarding next.'
    : openWords(engagement);

/** To whoever declined. */
export const youDeclined = (engagement: Engagement): Message =>
  say(
    line`The candidate for ${title(engagement)} is declined. The contractor reads the reason and looks for somebody else; nobody else is told who it was but ISPG.`,
  );

/** To the contractor and ISPG: what somebody has answered. */
export const answerNews = (
  engagement: Engagement,
  answered: 'allowed' | 'ispg' | 'business_owner',
  people: People,
): Message => {
  const name = nameOf(people, engagement.course.candidate?.personId ?? null);
  return say(
    answered === 'allowed'
      ? line`The GTL has allowed the exception for ${name} in ${title(engagement)}. ${openWords(engagement)}`
      : line`${SIDES[answered]} has accepted ${name} for ${title(engagement)}. ${openWords(engagement)}`,
  );
};

/** To the contractor and ISPG. */
export const declinedNews = (
  engagement: Engagement,
  personId: PersonId,
  { side, reason }: { readonly side: keyof typeof SIDES; readonly reason: string },
  people: People,
): Message =>
  say(
    line`${SIDES[side]} has declined ${nameOf(people, personId)} for ${title(engagement)}: ${candidateReason(reason)}. They are free for other engagements again. Please tell nobody else who it was.`,
    line`Type \`shortlist ${engagement.number}\` to see who else fits.`,
  );

/** To the contractor and ISPG, once all stands together. */
export const identifiedNews = (engagement: Engagement, people: People): Message => {
  const { serviceIssoId, candidate } = engagement.course;
  const start = candidate ? ` They can start on ${sayLocalDate(candidate.startOn)} or later.` : '';
  return say(
    line`${nameOf(people, serviceIssoId)} is the Service ISSO of ${title(engagement)}: ISPG and the Business Owner have accepted, and the funding is confirmed.${start}`,
  );
};

/** To the Service ISSO who was found. */
export const youAreIdentified = (engagement: Engagement): Message =>
  say(
    line`You are the Service ISSO (Information System Security Officer) for ${theirs(engagement.systemName)} (${engagement.component}): ${strong(engagement.number)}. ISPG and the Business Owner have accepted you.`,
    line`Your onboarding begins when the contractor lead starts it${startWords(engagement)}. You need do nothing until then; \`show ${engagement.number}\` shows where it stands.`,
  );

const startWords = ({ course: { candidate } }: Engagement): string =>
  candidate ? `, on ${sayLocalDate(candidate.startOn)} or later` : '';

/** What has to be mended in a proposal, beside the fields of its form. */
export const proposalMends = {
  /** Names nobody: it may be read by others. */
  exception: (
    { fit, wasDeclined }: Choice & { readonly wasDeclined: boolean },
    labels: MatchingLabels,
  ): string => {
    const shut = fit.gates.filter(({ isPassed }) => !isPassed);
    const why = [
      ...(wasDeclined ? ['they were declined for this engagement before'] : []),
      ...shut.map((gate) => `${GATE_LABELS[gate.key]}: ${gateLine(gate, labels)}`),
      ...(shut.length === 0 && fit.band === 'weak' ? [`the score is ${fit.score} of 100`] : []),
    ];
    return `Exception: this person needs one, which the GTL has to allow (${why.join('; ')}). Please say why you propose them all the same. For example: "The exam is booked for February."`;
  },
  whyNotTop: (): string =>
    'Why not the first: this person is not the first of the shortlist. Please say why you propose them all the same. For example: "Knows the component and its team."',
  start: (readyOn: LocalDate): string =>
    `Start: by their profile they could start on ${sayLocalDate(readyOn)} at the earliest. Give that day or a later one, or leave it out.`,
} as const;

/** Nobody of that name is on the list. */
export const nobodyToPropose = (engagement: Engagement): Message =>
  say(
    line`Nothing was changed: nobody with a Service ISSO profile fits that name. Each Service ISSO fills in their own, by typing \`profile\`. Type \`shortlist ${engagement.number}\` to see who has one.`,
  );
