/** The onboarding digest for contract leads and the Government Task Lead: who is on track, at risk or late, and what is waited for. */
import type { StandingKind } from '../../domain/card-forecast.ts';
import type { CardParty } from '../../domain/card-template.ts';
import type { RequestNumber } from '../../domain/ids.ts';
import { ONBOARDING_GOAL_DAYS } from '../../domain/onboarding.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Inline, type Line, line, link, strong, theirs } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { type DigestWords, dayOf } from './digest.ts';
import { PARTY_NAMES } from './gate-words.ts';
import { STANDING_NAMES } from './standing.ts';

/** One onboarding, from its Information Card. */
export interface OnboardingLine {
  readonly number: RequestNumber;
  readonly systemName: string;
  readonly issoName: Inline;
  readonly standing: StandingKind;
  /** Days since day 0, of 60. */
  readonly day: number;
  readonly percent: number;
  readonly readyOn: LocalDate;
  /** What is waited for first, and with whom it is; null when no line is open. */
  readonly waitsFor: { readonly line: string; readonly party: CardParty; readonly isBlocked: boolean } | null;
}

/** The worst first. */
const ORDER: readonly StandingKind[] = ['late', 'at-risk', 'on-track', 'ready'];
/** More than this of one kind stand below. */
const LINES_SHOWN = 15;
const LINES_A_LIST = 25;

export function onboardingDigest(
  onboardings: readonly OnboardingLine[],
  words: Pick<DigestWords, 'at' | 'lateFor' | 'pages'>,
): Message {
  if (onboardings.length === 0)
    return say(line`Onboarding digest for ${dayOf(words)}: nobody is in onboarding.`);
  const groups = ORDER.flatMap((kind) => {
    const lines = onboardings
      .filter(({ standing }) => standing === kind)
      .toSorted((a, b) => b.day - a.day || (a.number < b.number ? -1 : 1));
    return lines.length > 0 ? [{ kind, lines }] : [];
  });
  const summary = groups.map(({ kind, lines }) => `${lines.length} ${STANDING_NAMES[kind].toLowerCase()}`);
  let room = LINES_SHOWN;
  const blocks = groups.flatMap(({ kind, lines }) => {
    const shown = lines.slice(0, room);
    room -= shown.length;
    const rest = lines.length - shown.length;
    return [
      paragraph([strong(`${STANDING_NAMES[kind]}: ${lines.length}`)]),
      bullets([
        ...shown.map((each) => onboardingLine(each, words.pages ?? null)),
        ...(rest > 0 ? [`${shown.length === 0 ? '' : 'and '}${rest} more; see below.`] : []),
      ]),
    ];
  });
  const message = card(`Onboarding digest: ${summary.join(', ')}`, [
    paragraph(dayOf(words)),
    ...blocks,
    note('Type `card` with a number to see an Information Card.'),
  ]);
  return onboardings.length > LINES_SHOWN ? { ...message, below: inFull(groups) } : message;
}

const inFull = (
  groups: readonly { readonly kind: StandingKind; readonly lines: readonly OnboardingLine[] }[],
) =>
  groups.flatMap(({ kind, lines }) => [
    paragraph([strong(`${STANDING_NAMES[kind]}: ${lines.length}`)]),
    ...Array.from({ length: Math.ceil(lines.length / LINES_A_LIST) }, (_, piece) =>
      bullets(
        lines
          .slice(piece * LINES_A_LIST, (piece + 1) * LINES_A_LIST)
          .map((each) => onboardingLine(each, null)),
      ),
    ),
  ]);

function onboardingLine(of: OnboardingLine, pages: string | null): Line {
  const { number, systemName, issoName, day, percent, readyOn, waitsFor } = of;
  const waits = waitsFor
    ? line` Waits for ${PARTY_NAMES[waitsFor.party]}: ${waitsFor.line}${waitsFor.isBlocked ? ' (blocked)' : ''}.`
    : [];
  const open = pages === null ? [] : line` or ${link('open it', `${pages}/dashboard/engagements/${number}`)}`;
  return line`${strong(number)} (${theirs(systemName)}), ${issoName}: ${dayWords(day)}, ${percent}% done, expected ready ${sayLocalDate(readyOn)}.${waits} Type \`card ${number}\`${open}.`;
}

function dayWords(day: number): string {
  const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;
  if (day < 0) return `begins in ${days(-day)}`;
  return day > ONBOARDING_GOAL_DAYS
    ? `${days(day - ONBOARDING_GOAL_DAYS)} past the ${ONBOARDING_GOAL_DAYS}`
    : `day ${day} of ${ONBOARDING_GOAL_DAYS}`;
}
