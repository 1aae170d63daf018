/**
 * What the bot says while a Service ISSO is looked for: the fit sheet for ISPG and the contractor, the shortlist, and the summary for
 * the Business Owner, who reads of nobody before they are proposed (domain reference 1.3 and 7.5). None of it belongs in a channel.
 */
import type { Engagement } from '../../domain/engagement.ts';
import type { Choice, Shortlist } from '../../domain/matching.ts';
import type { Fit, Gap, ScorePart } from '../../domain/matching-terms.ts';
import type { People } from '../../domain/person.ts';
import { sayLocalDate } from '../../domain/time.ts';
import type { Button } from '../button.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { andMore, firstOf } from '../limits.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import {
  BAND_LABELS,
  GATE_LABELS,
  gapLine,
  gateLine,
  listOf,
  type MatchingLabels,
  niceToHaveLine,
  partLine,
} from './matching-lines.ts';
import { nameOf } from './people.ts';

/** Which engagement is spoken of. */
type About = Pick<Engagement, 'number' | 'systemName'>;
/** Others on the shortlist that are shown; more are counted. */
const OTHERS_SHOWN = 10;

const scoreOf = ({ score, band }: Fit): Line => line`${strong(`${score} of 100`)}, ${BAND_LABELS[band]}`;
const years = (count: number): string => `${count} ${count === 1 ? 'year' : 'years'}`;
const hoursAWeek = (count: number): string => `${count} ${count === 1 ? 'hour' : 'hours'} a week`;

/** Everything about how one person fits: every gate, every point, every gap. For ISPG, the contractor and oversight alone. */
export function fitSheet(
  fit: Fit,
  about: About,
  people: People,
  labels: MatchingLabels,
  buttons: readonly Button[] = [],
): Message {
  return card(
    `Fit sheet for ${about.number}`,
    [
      paragraph(line`${nameOf(people, fit.personId)} for ${theirs(about.systemName)}: ${scoreOf(fit)}.`),
      ...fitBlocks(fit, labels),
      note(
        'The score counts skills, experience and time only. A person decides; whoever is not on top needs a reason.',
      ),
    ],
    buttons,
  );
}

function fitBlocks(fit: Fit, labels: MatchingLabels): readonly Block[] {
  const nice = niceToHaveLine(fit, labels);
  return [
    paragraph(line`${strong('Hard requirements')}`),
    facts(fit.gates.map((gate) => fact(GATE_LABELS[gate.key], gateLine(gate, labels)))),
    paragraph(line`${strong(`Score: ${fit.score}`)}`),
    bullets(fit.parts.map((part) => partLine(part, labels))),
    ...gapBlocks(fit.gaps, labels),
    facts([
      fact('Experience', years(fit.experienceYears)),
      fact('Could start', sayLocalDate(fit.readyOn)),
      fact('Free', hoursAWeek(fit.freeHours)),
      fact('Other engagements', hoursAWeek(fit.loadHours)),
      ...(nice === null ? [] : [fact('Nice to have', nice)]),
      fact('Profile', `Version ${fit.profileVersion}`),
    ]),
  ];
}

function gapBlocks(gaps: readonly Gap[], labels: MatchingLabels): readonly Block[] {
  if (gaps.length === 0) return [paragraph('No gaps.')];
  return [paragraph(line`${strong('Gaps')}`), bullets(gaps.map((gap) => gapLine(gap, labels)))];
}

/**
 * The order of those who were looked at, for ISPG and the contractor: the first three with a line for each part and each gap, the
 * others with what stops them.
 */
export function shortlistCard(
  list: Shortlist,
  about: About,
  people: People,
  labels: MatchingLabels,
  buttons: readonly Button[] = [],
): Message {
  const others = list.ranked.filter((fit) => !list.top.includes(fit));
  const { shown, left } = firstOf(others, OTHERS_SHOWN);
  const otherLines = [
    ...shown.map((fit) => otherLine(fit, people, labels)),
    ...(left > 0 ? [andMore(left)] : []),
  ];
  return card(
    `Shortlist for ${about.number}`,
    [
      paragraph(line`Service ISSO for ${theirs(about.systemName)}. ${openingOf(list)}`),
      ...list.top.flatMap((fit, index) => topBlocks(fit, index + 1, people, labels)),
      ...(otherLines.length === 0 ? [] : [paragraph(line`${strong('Others')}`), bullets(otherLines)]),
      note(
        `Equal scores go by the earlier start, then the lower load, then a draw (seed ${list.seed}). Made on ${sayLocalDate(list.today)}.`,
      ),
    ],
    buttons,
  );
}

function openingOf({ ranked, top }: Shortlist): string {
  if (ranked.length === 0)
    return 'No Service ISSO has filled in a profile yet. Each fills in their own, and the Service ISSO Lead confirms it.';
  if (top.length === 0) return 'Nobody passes every hard requirement.';
  return 'Those who pass every hard requirement come first:';
}

const topBlocks = (fit: Fit, place: number, people: People, labels: MatchingLabels): readonly Block[] => [
  paragraph(
    line`${strong(`${place}.`)} ${nameOf(people, fit.personId)}: ${scoreOf(fit)}. Could start ${sayLocalDate(fit.readyOn)}.`,
  ),
  bullets([
    ...fit.parts.map((part) => partLine(part, labels)),
    ...fit.gaps.map((gap) => `Gap: ${gapLine(gap, labels)}`),
  ]),
];

function otherLine(fit: Fit, people: People, labels: MatchingLabels): Line {
  const shut = fit.gates.filter(({ isPassed }) => !isPassed);
  const why = shut.map((gate) => `${GATE_LABELS[gate.key]}: ${gateLine(gate, labels)}.`).join(' ');
  return line`${nameOf(people, fit.personId)}: ${scoreOf(fit)}.${why === '' ? '' : ` ${why}`}`;
}

/**
 * Who is proposed, to the Business Owner and their advisor: how they fit, and nothing of their other work, of single ratings or of
 * anybody else. Only for somebody who has been proposed.
 */
export function proposedSummary(
  fit: Fit,
  about: About,
  people: People,
  labels: MatchingLabels,
  buttons: readonly Button[] = [],
): Message {
  const gaps = fit.gaps.filter(({ kind }) => kind === 'task' || kind === 'context');
  return card(
    `Proposed for ${about.number}`,
    [
      paragraph(
        line`${nameOf(people, fit.personId)} is proposed as the Service ISSO (Information System Security Officer) for ${theirs(about.systemName)}.`,
      ),
      facts([
        fact('Fit', scoreOf(fit)),
        fact(
          'Tasks',
          metOf(fit.parts, 'tasks', (key) => labels.task(key)),
        ),
        fact(
          'Systems like yours',
          metOf(fit.parts, 'context', (key) => labels.circumstance(key)),
        ),
        fact('Experience', years(fit.experienceYears)),
        fact('Could start', sayLocalDate(fit.readyOn)),
        fact(
          'Hard requirements',
          fit.isEligible
            ? 'All are met'
            : 'Not all are met, so the Government Task Lead (GTL) has to allow an exception',
        ),
      ]),
      ...(gaps.length === 0
        ? []
        : [
            paragraph('What they would still learn, and how:'),
            bullets(gaps.map((gap) => gapLine(gap, labels))),
          ]),
    ],
    buttons,
  );
}

function metOf(parts: readonly ScorePart[], part: ScorePart['key'], name: (key: string) => string): string {
  const items = parts.find(({ key }) => key === part)?.items ?? [];
  if (items.length === 0) return 'Nothing special is asked for';
  const met = items.filter(({ isMet }) => isMet).map(({ key }) => key);
  const count = `${met.length} of ${items.length}`;
  return met.length === 0 ? count : `${count}: ${listOf(met, name)}`;
}

/** To the Business Owner while nobody is proposed: that the search goes on, and no name. */
export const searching = ({ number, systemName }: About): Message =>
  say(
    line`ISPG and the contractor are looking for a Service ISSO for ${theirs(systemName)}. You read who it is as soon as somebody is proposed; type \`show ${number}\` to see how far it is.`,
  );

/**
 * What still has to be said when somebody is proposed, or null for nothing; `typed` is an example of how to propose with a reason,
 * and has nobody's own words or name in it.
 */
export function reasonNeeded(
  { fit, isTop, needsException }: Choice,
  given: { readonly whyNotTop: string | null; readonly exception: string | null },
  people: People,
  labels: MatchingLabels,
  typed: string,
): Message | null {
  const missing: Line[] = [];
  if (needsException && given.exception === null) missing.push(exceptionWords(fit, people, labels));
  if (!isTop && given.whyNotTop === null)
    missing.push(
      line`${nameOf(people, fit.personId)} is not on top of the shortlist. Please say why you propose them all the same.`,
    );
  return missing.length === 0 ? null : say(...missing, line`For example: \`${typed}\``);
}

function exceptionWords(fit: Fit, people: People, labels: MatchingLabels): Line {
  const shut = fit.gates.filter(({ isPassed }) => !isPassed);
  const why =
    shut.length === 0
      ? `The score is ${fit.score} of 100.`
      : shut.map((gate) => `${GATE_LABELS[gate.key]}: ${gateLine(gate, labels)}.`).join(' ');
  return line`${nameOf(people, fit.personId)} needs an exception, which the GTL has to allow. ${why} Please say why you propose them.`;
}
