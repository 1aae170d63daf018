/**
 * What the bot says about a candidate: to ISPG, the contractor and oversight everything; to the Business Owner and their advisor the
 * person and a summary, once ISPG has accepted (domain reference 1.3). What is said where others read along names nobody.
 */
import { may } from '../../domain/access.ts';
import type { Engagement } from '../../domain/engagement.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { OpenList } from '../../domain/matching-candidate.ts';
import type { Band, Fit } from '../../domain/matching-terms.ts';
import type { People, Person } from '../../domain/person.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, theirs } from '../inline.ts';
import {
  type Block,
  bullets,
  card,
  type Fact,
  fact,
  type Message,
  note,
  paragraph,
  say,
} from '../message.ts';
import { fitSheet, shortlistCard } from './matching.ts';
import { BAND_LABELS, type MatchingLabels } from './matching-lines.ts';
import { nameOf } from './people.ts';
import { title } from './request.ts';

/** Why a candidate is declined (domain reference 2.2); nothing else is asked, so that nobody remarks on a person. */
export const CANDIDATE_DECLINE_REASONS = [
  { id: 'skill_gap', label: 'Skills are missing that are needed' },
  { id: 'availability', label: 'Not available when or as much as needed' },
  { id: 'conflict_of_interest', label: 'A conflict of interest' },
  { id: 'cost', label: 'The cost' },
  { id: 'other', label: 'Another reason' },
] as const;

/** A reason code inside a sentence. */
export const candidateReason = (code: string): string =>
  (CANDIDATE_DECLINE_REASONS.find(({ id }) => id === code)?.label ?? code).toLowerCase();

/** How much `reader` may know of the candidate now: the whole sheet, the summary, or nothing. */
export function candidateSight(engagement: Engagement, reader: Person): 'sheet' | 'summary' | null {
  const { candidate } = engagement.course;
  if (!candidate || engagement.state === 'MATCHING') return null;
  if (may(reader, 'shortlist.read', engagement)) return 'sheet';
  return candidate.ispg !== null && may(reader, 'candidate.read', engagement) ? 'summary' : null;
}

/**
 * Rows about the candidate for a card of this reader; empty where there is nothing that they may know. `bandOf` says what a score
 * stands for.
 */
export function candidateFacts(
  engagement: Engagement,
  people: People,
  reader: Person,
  bandOf: (score: number) => Band,
): readonly Fact[] {
  const { course, state } = engagement;
  const { candidate, passedOver, funding } = course;
  const money = may(reader, 'money.read', engagement)
    ? [fact('Funding', funding ? 'Confirmed' : 'Not confirmed yet')]
    : [];
  if (state === 'MATCHING')
    return may(reader, 'shortlist.read', engagement) && passedOver.length > 0
      ? [...money, fact('Declined before', `${passedOver.length}`)]
      : money;
  const sight = state === 'CANDIDATE_PROPOSED' ? candidateSight(engagement, reader) : null;
  if (!candidate || !sight) return [];
  return [
    fact('Candidate', [nameOf(people, candidate.personId)]),
    fact('Fit', `${candidate.score} of 100, ${BAND_LABELS[bandOf(candidate.score)]}`),
    fact('Could start', sayLocalDate(candidate.startOn)),
    fact('Accepted', acceptedWords(engagement)),
    ...money,
    ...(sight === 'sheet' ? reasonFacts(engagement) : []),
  ];
}

function acceptedWords({ course: { candidate } }: Engagement): string {
  if (!candidate?.ispg) return 'By nobody yet';
  return candidate.businessOwner ? 'By ISPG and the Business Owner' : 'By ISPG';
}

function reasonFacts({ course: { candidate } }: Engagement): readonly Fact[] {
  if (!candidate) return [];
  const allowed = candidate.exceptionAllowed ? 'allowed by the GTL' : 'not allowed by the GTL yet';
  return [
    ...(candidate.whyNotTop === null ? [] : [fact('Why not the first', [theirs(candidate.whyNotTop)])]),
    ...(candidate.exception === null
      ? []
      : [fact('Exception', line`${theirs(candidate.exception)} (${allowed})`)]),
  ];
}

const SHORTLIST_STATES = ['MATCHING', 'CANDIDATE_PROPOSED', 'REASSIGNING'] as const;

/** True while somebody is looked for. */
export const hasShortlist = ({ state }: Pick<Engagement, 'state'>): boolean =>
  SHORTLIST_STATES.some((each) => each === state);

/** What `reader` can look at during the search: the shortlist, and who is proposed. */
export function candidateButtons(engagement: Engagement, reader: Person): readonly Button[] {
  const { number, state } = engagement;
  const list = button(
    'shortlist',
    'Shortlist',
    { verb: 'shortlist.show', subject: number },
    `shortlist ${number}`,
  );
  const sheet = button(
    'candidate-fit',
    'How they fit',
    { verb: 'candidate.show', subject: number },
    `fit ${number}`,
  );
  return [
    ...(state === 'MATCHING' && may(reader, 'shortlist.read', engagement) ? [list] : []),
    ...(state === 'CANDIDATE_PROPOSED' && candidateSight(engagement, reader) ? [sheet] : []),
  ];
}

/** The shortlist, with those apart who were declined for the engagement before. */
export function searchCard(
  { open, passedOver }: OpenList,
  engagement: Engagement,
  people: People,
  labels: MatchingLabels,
  promised: ReadonlyMap<PersonId, number>,
  buttons: readonly Button[],
): Message {
  const made =
    open.ranked.length === 0 && passedOver.length > 0
      ? nobodyLeft(engagement, buttons)
      : shortlistCard(open, engagement, people, labels, buttons);
  const elsewhere = [...promised].map(
    ([id, hours]) => line`${nameOf(people, id)}: ${hours} ${hours === 1 ? 'hour' : 'hours'} a week`,
  );
  const gone = passedOver.map((fit) => declinedLine(fit, engagement, people));
  return {
    ...made,
    blocks: [
      ...made.blocks,
      ...(elsewhere.length > 0
        ? [paragraph('Also proposed for other engagements, who have not answered yet:'), bullets(elsewhere)]
        : []),
      ...(gone.length > 0
        ? [
            paragraph('Declined for this engagement before; proposing them again needs an exception:'),
            bullets(gone),
          ]
        : []),
      note(
        line`To propose somebody, type \`propose candidate ${engagement.number} 1\`: the number or the name.`,
      ),
    ],
  };
}

const nobodyLeft = (engagement: Engagement, buttons: readonly Button[]): Message =>
  card(
    `Shortlist for ${engagement.number}`,
    [
      paragraph(
        line`Service ISSO for ${theirs(engagement.systemName)}. Everybody who has a profile was declined for this engagement before.`,
      ),
    ],
    buttons,
  );

function declinedLine({ personId, score }: Fit, { course }: Engagement, people: People): Line {
  const last = course.passedOver.findLast((each) => each.personId === personId);
  const by = last?.side === 'business_owner' ? 'the Business Owner' : 'ISPG';
  return line`${nameOf(people, personId)}: ${score} of 100; by ${by}: ${candidateReason(last?.reason ?? '')}`;
}

/** Everything about the candidate, with what the contractor lead wrote: for ISPG, the contractor and oversight. */
export function candidateSheet(
  fit: Fit,
  engagement: Engagement,
  people: People,
  labels: MatchingLabels,
  buttons: readonly Button[] = [],
): Message {
  const made = fitSheet(fit, engagement, people, labels, buttons);
  const { candidate } = engagement.course;
  const start: readonly Block[] = candidate
    ? [paragraph(`Proposed to start on ${sayLocalDate(candidate.startOn)}.`)]
    : [];
  const reasons = reasonFacts(engagement);
  return {
    ...made,
    blocks: [
      ...made.blocks,
      ...start,
      ...(reasons.length > 0 ? [{ kind: 'facts', rows: reasons } as const] : []),
    ],
  };
}

/** Nobody is proposed, or not to this reader. */
export const noCandidate = (engagement: Engagement): Message =>
  say(
    line`There is no candidate to show for ${title(engagement)}. Type \`show ${engagement.number}\` to see where it stands.`,
  );
