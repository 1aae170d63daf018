/** Everybody in order for one engagement: its need from three papers, and the profiles of the Service ISSOs with their hours. */
import type { Engagement } from '../domain/engagement.ts';
import type { Option } from '../domain/field.ts';
import type { PersonId } from '../domain/ids.ts';
import { type Shortlist, shortlist } from '../domain/matching.ts';
import { seedOf } from '../domain/matching-candidate.ts';
import { type Contender, type Fit, type Need, needOf } from '../domain/matching-terms.ts';
import type { People } from '../domain/person.ts';
import { localDate } from '../domain/time.ts';
import { wordsIn } from '../offerings/answered.ts';
import { contextFacts } from '../offerings/context-assessment.ts';
import { MATCHING } from '../offerings/matching-weights.ts';
import { skillProfileOf } from '../offerings/skill-profile.ts';
import { allProfiles } from './isso-profiles.ts';
import { paperNow } from './paper.ts';
import { loadPeople } from './tell.ts';
import type { Work } from './work.ts';
import { workloads } from './workload.ts';

type Looking = Pick<Work, 'tx' | 'now' | 'programme'>;

export interface Match {
  readonly need: Need;
  /** Those who were declined before stand in it as well. */
  readonly list: Shortlist;
  readonly people: People;
  /** Hours a week for which somebody is proposed in other engagements. */
  promisedHours(id: PersonId): number;
}

/** The shortlist of the engagement as of today; the same papers give the same order, whenever it is made on that day. */
export async function matchFor(work: Looking, engagement: Engagement): Promise<Match> {
  const profiles = await allProfiles(work);
  const people = await loadPeople(work, profiles.keys());
  const hours = await workloads(work);
  const contenders: readonly Contender[] = [...profiles.values()].map(({ profile }) => ({
    profile,
    isOnContract: people.get(profile.personId)?.roles.includes('service_isso') ?? false,
    loadHours: hours(profile.personId).loadHours,
  }));
  const need = await needFor(work, engagement);
  const today = localDate(work.now, work.programme.timeZone);
  const list = shortlist(contenders, need, MATCHING, { seed: seedOf(engagement.id), today });
  const own = ownCandidate(engagement);
  return {
    need,
    list,
    people,
    promisedHours: (id) => hours(id).promisedHours - (id === own ? need.hoursPerWeek : 0),
  };
}

/** Names to pick from, in that order; people of the same name are told apart by their mailbox. */
export function namesInOrder(fits: readonly Fit[], people: People): readonly Option[] {
  const named = fits.flatMap(({ personId: id }) => {
    const person = people.get(id);
    return person ? [{ id, name: person.name, email: person.email ?? id }] : [];
  });
  const isShared = (name: string): boolean =>
    named.filter((each) => each.name.toLowerCase() === name.toLowerCase()).length > 1;
  return named.map(({ id, name, email }) => ({ id, label: isShared(name) ? `${name} (${email})` : name }));
}

/** Whoever is proposed here is not proposed elsewhere by it. */
const ownCandidate = ({ state, course }: Engagement): PersonId | null =>
  state === 'CANDIDATE_PROPOSED' ? (course.candidate?.personId ?? null) : null;

async function needFor(work: Looking, engagement: Engagement): Promise<Need> {
  const [skills, form, context] = [
    await paperNow(work, engagement, 'skill-profile'),
    await paperNow(work, engagement, 'request-form'),
    await paperNow(work, engagement, 'context-assessment'),
  ];
  return needOf(
    skillProfileOf(skills.answers),
    {
      component: engagement.component,
      systemName: engagement.systemName,
      systemAcronym: wordsIn(form.answers, 'system_acronym'),
      wantedStartOn: wordsIn(form.answers, 'start_wanted') ?? localDate(work.now, work.programme.timeZone),
    },
    contextFacts(context.answers, form.answers),
  );
}
