/** Who is invited to a meeting, by role and by part in the request (domain reference 6.1). */
import { type Engagement, partiesOf } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import type { Person } from '../domain/person.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import type { Work } from './work.ts';

/** The organizer, an ISPG team member, and everybody invited. */
export interface Invited {
  readonly organizerId: PersonId;
  readonly attendeeIds: readonly PersonId[];
}

/**
 * Who is invited now; null when there is nobody. `organizerId` stays the one it was while they may organize: the ISPG
 * team, or without one the Government Task Lead, or without one whoever comes first.
 */
export async function whoIsInvited(
  work: Pick<Work, 'tx'>,
  kind: MeetingKind,
  engagement: Engagement | null,
  organizerId: PersonId | null,
): Promise<Invited | null> {
  const { roles, asParties } = PROGRAMME_MEETINGS[kind];
  const ids = new Set<PersonId>();
  if (engagement && asParties.includes('requesting-side'))
    for (const id of partiesOf(engagement)) ids.add(id);
  if (engagement && asParties.includes('service-isso'))
    for (const { personId } of await work.tx.milestones.ofEngagement(engagement.id)) ids.add(personId);
  for (const role of roles)
    for (const person of await work.tx.people.withRole(role))
      if (isConcerned(person, engagement)) ids.add(person.id);
  const [first] = ids;
  if (first === undefined) return null;
  const team = await work.tx.people.withRole('ispg_team');
  const leads = team.length > 0 ? team : await work.tx.people.withRole('gtl');
  const organizer = leads.find(({ id }) => id === organizerId) ?? leads[0];
  return { organizerId: organizer?.id ?? first, attendeeIds: [...ids] };
}

/** Somebody who works for certain components comes to the meetings of their requests. */
const isConcerned = ({ components }: Person, engagement: Engagement | null): boolean =>
  engagement === null || components.length === 0 || components.includes(engagement.component);
