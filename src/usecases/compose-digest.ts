/** Each digest composed from what is so now. Who may read it is the caller's to ask. */
import { composeDigest } from '../domain/digest.ts';
import { AT_WORK_STATES } from '../domain/digest-counts.ts';
import { FLOW_KINDS, type Flow, type FlowKind, flowOf } from '../domain/digest-flow.ts';
import { OPEN_STATES } from '../domain/engagement-states.ts';
import type { DeliveryKey } from '../domain/ids.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import type { Person } from '../domain/person.ts';
import { DAY_MS } from '../domain/time.ts';
import { digestMessage } from '../messages/copy/digest.ts';
import { onboardingDigest } from '../messages/copy/digest-onboarding.ts';
import { type MeetingAhead, programmeDigest } from '../messages/copy/digest-programme.ts';
import { measureLines } from '../messages/copy/measures.ts';
import type { Message } from '../messages/message.ts';
import type { DigestName } from '../offerings/programme-digests.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import { pagesFor } from './dashboard-pages.ts';
import type { Cover } from './digest-cover.ts';
import { lostNow, type OpenNow, openNow, type Reading } from './digest-facts.ts';
import { measuresNow, satisfactionNow } from './measures.ts';
import { onboardingLines } from './onboarding-lines.ts';

/** The programme channel hears of the meetings of the days ahead. */
const AHEAD_DAYS = 7;
/** Meetings that everybody of the programme may hear of. */
const TOLD_AHEAD: readonly MeetingKind[] = ['lead_weekly', 'isso_monthly', 'rbt_review', 'forum'];

interface Composing extends Reading {
  readonly cover: Cover;
  /**
   * The instant that its words name, and by which it is judged what is overdue. Both stay when the digest is drawn anew: only facts
   * change it, never time alone.
   */
  readonly at: Date;
  /** The instant it should have come at, when that is well past. */
  readonly lateFor: Date | null;
  /** What is open, read at most once. */
  readonly openNow: () => Promise<OpenNow>;
}

export interface Composed {
  readonly message: Message;
  /** Keys of the given-up messages it names. */
  readonly named: readonly DeliveryKey[];
  /** It has nothing for its reader: nobody is written to because of it. */
  readonly isForNobody: boolean;
}

/** Reads what is open when it is first asked for, and not again. */
export function openOnce(reading: Reading): () => Promise<OpenNow> {
  let found: Promise<OpenNow> | null = null;
  return () => {
    found ??= openNow(reading);
    return found;
  };
}

/** The digest of that name for `reader`; null for a channel. */
export function compose(name: DigestName, of: Composing, reader: Person | null): Promise<Composed> {
  switch (name) {
    case 'daily':
    case 'weekly':
      return ofEngagements(of, name);
    case 'programme':
      return ofProgramme(of);
    case 'portfolio':
      return ofComponents(of, reader);
    case 'onboarding':
      return ofOnboarding(of, reader);
    default:
      return name satisfies never;
  }
}

const wordsFor = ({ at, lateFor, programme }: Composing, reader: Person | null) => ({
  at,
  lateFor,
  pages: pagesFor(programme, reader),
});

const flowIn = async ({ tx, cover }: Composing, components: readonly string[] | 'all'): Promise<Flow> =>
  flowOf(await tx.digestFacts.steps(cover.after, cover.until, components));

async function ofEngagements(of: Composing, name: 'daily' | 'weekly'): Promise<Composed> {
  const { open, rules, people, unrecorded, leftOut } = await of.openNow();
  const lost = await lostNow(of, of.cover);
  const { undelivered, named } = lost;
  const parts = { undelivered, unrecorded: unrecorded(of.at), leftOut, flow: await flowIn(of, 'all') };
  const measures = name === 'weekly' ? await measuresOf(of) : [];
  return {
    message: digestMessage(composeDigest(open, rules, of.at, parts), new Map([...people, ...lost.people]), {
      ...wordsFor(of, null),
      of: name,
      measures,
    }),
    named,
    isForNobody: false,
  };
}

async function measuresOf(of: Composing) {
  const measures = await measuresNow(of);
  return measureLines(measures, await satisfactionNow(of), of.programme.smallestGroup);
}

/** Of their components alone. Answers about satisfaction are not an advisor's to know of (domain reference 1.3). */
async function ofComponents(of: Composing, reader: Person | null): Promise<Composed> {
  const components = reader?.components ?? [];
  const { open, rules, people } = await of.openNow();
  const theirs = open
    .filter(({ engagement }) => components.includes(engagement.component))
    .map(({ attentionSince: _, sessions = [], ...each }) => ({
      ...each,
      sessions: sessions.filter(({ kind }) => kind !== 'satisfaction'),
    }));
  const flow = components.length === 0 ? [] : await flowIn(of, components);
  const digest = composeDigest(theirs, rules, of.at, { flow });
  return {
    message: digestMessage(digest, people, { ...wordsFor(of, reader), of: 'portfolio' }),
    named: [],
    isForNobody: theirs.length === 0,
  };
}

async function ofProgramme(of: Composing): Promise<Composed> {
  const flow = await flowIn(of, 'all');
  const byState = await of.tx.engagements.countByState();
  const howOften = (kind: FlowKind): number => flow.find((each) => each.kind === kind)?.steps.length ?? 0;
  const news = {
    flow: Object.fromEntries(FLOW_KINDS.map((kind) => [kind, howOften(kind)])) as Record<FlowKind, number>,
    open: OPEN_STATES.reduce((sum, state) => sum + (byState.get(state) ?? 0), 0),
    // As the digests of engagements count them.
    atWork: AT_WORK_STATES.reduce((sum, state) => sum + (byState.get(state) ?? 0), 0),
    ahead: await meetingsAhead(of),
    smallest: of.programme.smallestGroup,
  };
  return { message: programmeDigest(news, of), named: [], isForNobody: false };
}

async function meetingsAhead({ tx, at }: Composing): Promise<readonly MeetingAhead[]> {
  const until = new Date(at.getTime() + AHEAD_DAYS * DAY_MS);
  const found: MeetingAhead[] = [];
  for (const { kind, bookedFor, engagementId, title } of await tx.meetings.bookedOfEach(
    TOLD_AHEAD,
    at,
    until,
  ))
    if (bookedFor && engagementId === null)
      found.push({ kind, title: PROGRAMME_MEETINGS[kind].title, topic: title, startsAt: bookedFor.startsAt });
  return found.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

async function ofOnboarding(of: Composing, reader: Person | null): Promise<Composed> {
  const lines = await onboardingLines(of, await of.openNow());
  return {
    message: onboardingDigest(lines, wordsFor(of, reader)),
    named: [],
    isForNobody: lines.length === 0,
  };
}
