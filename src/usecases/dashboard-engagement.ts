/** One engagement for the dashboard: where it stands, its dates, meetings and progress, and its history for whoever may read that. */
import { cardSight, may } from '../domain/access.ts';
import type { Standing } from '../domain/card-forecast.ts';
import { isBlocked, percentDone } from '../domain/card-progress.ts';
import type { Engagement } from '../domain/engagement.ts';
import { findRequestNumber, type RequestNumber } from '../domain/ids.ts';
import type { KickoffNow } from '../domain/kickoff-stands.ts';
import type { People } from '../domain/person.ts';
import type { LocalDate } from '../domain/time.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import type { AuditEntry, ListedMeeting } from '../ports.ts';
import { planNow } from './card-plan-now.ts';
import { type Looking, noteLook } from './dashboard.ts';
import { cardNow } from './information-card.ts';
import { kickoffsNow } from './kickoffs-of.ts';
import { loadPeople, peopleAround } from './tell.ts';

const MOST_MEETINGS = 20;
const MOST_ENTRIES = 30;

/** How far the Service ISSO's onboarding is. No line of the card and no identifier is in it. */
export interface ProgressShown {
  readonly percent: number;
  readonly readyOn: LocalDate;
  readonly goalOn: LocalDate;
  readonly standing: Standing['is'];
  readonly isBlocked: boolean;
}

export interface EngagementShown {
  readonly engagement: Engagement;
  /** Null when none is being arranged. */
  readonly kickoff: KickoffNow | null;
  readonly people: People;
  /** What it asks for, as the catalogue calls it. */
  readonly offering: string;
  readonly meetings: readonly (ListedMeeting & { readonly name: string })[];
  /** Null when there is no onboarding under way, or it is not the reader's to see. */
  readonly progress: ProgressShown | null;
  /** The newest entries of its record, and how many there are; null for whoever may not read it. */
  readonly history: { readonly rows: readonly AuditEntry[]; readonly of: number } | null;
}

/** The number as it stands in an address: written out in full, and nothing beside it. */
export function numberInPath(text: string): RequestNumber | null {
  if (text.length > 24) return null;
  const found = findRequestNumber(text);
  return found === text.toUpperCase() ? found : null;
}

/** Null for an engagement that there is not, and for one that is not the reader's to see. Reading its history is noted. */
export async function engagementForDashboard(
  looking: Looking,
  number: RequestNumber,
): Promise<EngagementShown | null> {
  const { tx, person, programme } = looking;
  const engagement = await tx.engagements.byNumber(number);
  if (!engagement || !may(person, 'request.read', engagement)) return null;
  const meetings = await tx.dashboard.meetingsOf(engagement.id, MOST_MEETINGS);
  const history = may(person, 'history.read', engagement) ? await historyOf(looking, engagement) : null;
  const around = await peopleAround(looking, engagement, null);
  const actors = await loadPeople(looking, history?.rows.map(({ actorId }) => actorId) ?? []);
  const kickoffs = await kickoffsNow(looking, [engagement]);
  return {
    engagement,
    kickoff: kickoffs.get(engagement.id) ?? null,
    people: new Map([...around, ...actors]),
    offering: programme.catalogue.byKey(engagement.offering)?.name ?? engagement.offering,
    meetings: meetings.map((meeting) => ({ ...meeting, name: PROGRAMME_MEETINGS[meeting.kind].title })),
    progress: await progressOf(looking, engagement),
    history,
  };
}

async function historyOf(looking: Looking, { id }: Engagement): Promise<EngagementShown['history']> {
  const all = await looking.tx.audit.ofEngagement(id);
  await noteLook(looking, { verb: 'history.read', page: 'engagement', engagementId: id });
  return { rows: all.toReversed().slice(0, MOST_ENTRIES), of: all.length };
}

async function progressOf(looking: Looking, engagement: Engagement): Promise<ProgressShown | null> {
  const issoId = engagement.course.serviceIssoId;
  if (engagement.state !== 'ONBOARDING' || issoId === null) return null;
  if (!cardSight(looking.person, issoId, engagement)) return null;
  const kept = await cardNow(looking, engagement);
  if (!kept) return null;
  const { plan, forecast, standing } = await planNow(looking, kept);
  return {
    percent: percentDone(kept.card),
    readyOn: forecast.readyOn,
    goalOn: plan.goalOn,
    standing: standing.is,
    isBlocked: isBlocked(kept.card),
  };
}
