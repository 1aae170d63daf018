/** The overview of the dashboard: what needs somebody first, then how many there are, then measures and pictures. */
import { composeDigest, type Undelivered } from '../domain/digest.ts';
import type { DigestException } from '../domain/digest-exceptions.ts';
import type { EngagementState } from '../domain/engagement-states.ts';
import type { ProgrammeMeasures } from '../domain/measures.ts';
import { lastNinetyDays, type Period } from '../domain/period.ts';
import type { People } from '../domain/person.ts';
import type { ProgrammePicture } from '../domain/programme-pictures.ts';
import type { SatisfactionFigures } from '../domain/satisfaction.ts';
import { DAY_MS } from '../domain/time.ts';
import type { Looking } from './dashboard.ts';
import { openNow } from './digest-facts.ts';
import { measuresNow, pictureFacts, satisfactionNow } from './measures.ts';
import { loadPeople } from './tell.ts';
import { programmeToday } from './work.ts';

/** Of five pictures the two that say most of today; the others are with the measures. */
const SHOWN_FIRST = ['funnel', 'ageing'] as const;
/** Messages that came to nobody are named for a week. */
const LOST_DAYS = 7;

export interface OverviewShown {
  /** In the order in which they are told. */
  readonly exceptions: readonly DigestException[];
  readonly undelivered: readonly Undelivered[];
  /** Meetings of the programme that are over and not recorded, as they are typed. */
  readonly unrecorded: readonly string[];
  /** Open engagements that were not looked at, because there are too many. */
  readonly leftOut: number;
  readonly people: People;
  readonly counts: ReadonlyMap<EngagementState, number>;
  readonly period: Period;
  readonly measures: ProgrammeMeasures;
  readonly satisfaction: SatisfactionFigures;
  readonly pictures: readonly ProgrammePicture[];
  readonly smallest: number;
  /** Where pages are linked to, without a slash at the end. */
  readonly publicUrl: string;
}

/** The programme as it is now: the same exceptions as the digest of the ISPG channel, told here in full. */
export async function overviewForDashboard(looking: Looking): Promise<OverviewShown> {
  const { tx, now, programme } = looking;
  const { open, rules, people, unrecorded, leftOut } = await openNow(looking);
  const undelivered = await undeliveredSince(looking, new Date(now.getTime() - LOST_DAYS * DAY_MS));
  const unreached = await loadPeople(
    looking,
    undelivered.map(({ personId }) => personId),
  );
  const unrecordedNow = unrecorded(now);
  const { exceptions } = composeDigest(open, rules, now, { undelivered, unrecorded: unrecordedNow, leftOut });
  const pictures: ProgrammePicture[] = [];
  for (const kind of SHOWN_FIRST) pictures.push(await pictureFacts(looking, kind));
  return {
    exceptions,
    undelivered,
    unrecorded: unrecordedNow,
    leftOut,
    people: new Map([...people, ...unreached]),
    counts: await tx.engagements.countByState(),
    period: lastNinetyDays(programmeToday(looking)),
    measures: await measuresNow(looking),
    satisfaction: await satisfactionNow(looking),
    pictures,
    smallest: programme.smallestGroup,
    publicUrl: programme.publicUrl,
  };
}

async function undeliveredSince({ tx }: Looking, since: Date): Promise<readonly Undelivered[]> {
  return (await tx.deliveries.undelivered(since)).map(({ to, reason }) => ({
    personId: to.kind === 'person' ? to.personId : null,
    channel: to.kind === 'channel' ? to.channel : null,
    reason: reason ?? '',
  }));
}
