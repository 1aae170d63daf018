/**
 * The measures of the programme once more, from plain rows and by their definitions alone: entries of the record, papers, milestones,
 * surveys. It knows nothing of the statements that the program counts with, and is slow and simple on purpose.
 */
import { businessDaysBetween } from '../../src/domain/calendar.ts';
import type {
  MeasureScope,
  ProgrammeMeasures,
  ReasonCount,
  Share,
  Spread,
} from '../../src/domain/measures.ts';
import { addDays, type LocalDate, localDate } from '../../src/domain/time.ts';
import {
  first,
  type Life,
  type LoggedPaper,
  type LogRules,
  lastUntil,
  livesIn,
  type ProgrammeLog,
  WORKING,
  within,
} from './programme-log.ts';

const different = (items: readonly string[]): number => new Set(items).size;

/** All measures, by their definitions. */
export function measuresByLog(log: ProgrammeLog, scope: MeasureScope, rules: LogRules): ProgrammeMeasures {
  const lives = livesIn(log, scope, rules);
  return {
    scope,
    adoption: adoptionIn(lives, scope),
    times: {
      kickoff: spread(lives, scope, rules, 'KICKOFF_HELD'),
      form: spread(lives, scope, rules, 'FORM_COMPLETE'),
      match: spread(lives, scope, rules, 'ISSO_IDENTIFIED'),
      active: spread(lives, scope, rules, 'ACTIVE'),
    },
    onTime: onTimeIn(log, lives, scope, rules),
    answered: answeredIn(log, lives, scope, rules),
    training: trainingIn(log, lives, scope, rules),
    declined: reasonsIn(lives, scope, 'DECLINED'),
    withdrawn: reasonsIn(lives, scope, 'WITHDRAWN'),
    property: propertyIn(log, lives, scope, rules),
    coverage: coverageIn(lives, scope),
  };
}

function adoptionIn(lives: readonly Life[], scope: MeasureScope): ProgrammeMeasures['adoption'] {
  const filings = lives
    .flatMap((life) => {
      const filed = first(life, 'REQUESTED');
      return filed ? [{ life, filed }] : [];
    })
    .toSorted((a, b) => a.filed.sequence - b.filed.sequence);
  const inTime = filings.filter(({ filed }) => within(scope, filed.on));
  const working = lives.filter((life) => WORKING.includes(lastUntil(life, scope.until)?.to ?? ''));
  const repeat = inTime.filter(({ life, filed }) =>
    filings.some(
      (earlier) =>
        earlier.life.of.businessOwnerId === life.of.businessOwnerId &&
        earlier.filed.sequence < filed.sequence,
    ),
  );
  return {
    requests: inTime.length,
    accepted: inTime.filter(({ life }) => first(life, 'KICKOFF_PENDING')).length,
    active: working.length,
    systems: different(working.map(({ of }) => of.systemKey)),
    components: different(working.map(({ of }) => of.component)),
    repeatOwners: different(repeat.map(({ life }) => life.of.businessOwnerId)),
  };
}

function spread(
  lives: readonly Life[],
  scope: MeasureScope,
  { calendar }: LogRules,
  to: string,
): Spread | null {
  const days = lives
    .flatMap((life) => {
      const [filed, reached] = [first(life, 'REQUESTED'), first(life, to)];
      if (!filed || !reached || !within(scope, reached.on)) return [];
      const on = (to === 'KICKOFF_HELD' ? reached.facts.heldOn : undefined) ?? reached.on;
      return [on < filed.on ? 0 : businessDaysBetween(filed.on, on, calendar)];
    })
    .toSorted((a, b) => a - b);
  if (days.length === 0) return null;
  const [low = 0, high = 0] = [
    days[Math.floor((days.length - 1) / 2)],
    days[Math.ceil((days.length - 1) / 2)],
  ];
  return {
    count: days.length,
    median: (low + high) / 2,
    p90: days[Math.ceil(days.length * 0.9 - 1e-9) - 1] ?? 0,
  };
}

function onTimeIn(
  log: ProgrammeLog,
  lives: readonly Life[],
  scope: MeasureScope,
  { timeZone }: LogRules,
): Share {
  let [met, of] = [0, 0];
  for (const life of lives) {
    const known = life.moves.filter(({ on }) => on <= scope.until);
    for (const begun of known.filter(({ to }) => to === 'ONBOARDING')) {
      const left = known.find(({ sequence, from }) => sequence > begun.sequence && from === 'ONBOARDING');
      const shifts = log.entries.filter(
        ({ engagementId, verb, sequence, at }) =>
          engagementId === life.of.id &&
          verb === 'card.move-day-zero' &&
          localDate(at, timeZone) <= scope.until &&
          sequence > begun.sequence &&
          (left === undefined || sequence < left.sequence),
      );
      const zero = shifts.toSorted((a, b) => a.sequence - b.sequence).at(-1)?.facts.dayZero;
      const goal = addDays(zero ?? begun.facts.dayZero ?? begun.on, 60);
      const isInTime = left?.to === 'ACTIVE' && left.on <= goal;
      if (left && left.to !== 'ACTIVE' && left.on <= goal) continue;
      if (!within(scope, isInTime ? left.on : addDays(goal, 1))) continue;
      of += 1;
      if (isInTime) met += 1;
    }
  }
  return { met, of };
}

function answeredIn(
  { surveys }: ProgrammeLog,
  lives: readonly Life[],
  scope: MeasureScope,
  { timeZone }: LogRules,
): Share {
  const asked = surveys
    .filter(({ engagementId }) => lives.some(({ of }) => of.id === engagementId))
    .filter(({ askedAt }) => within(scope, localDate(askedAt, timeZone)));
  const met = asked.filter(
    ({ answeredAt }) => answeredAt !== null && localDate(answeredAt, timeZone) <= scope.until,
  ).length;
  return { met, of: asked.length };
}

function reasonsIn(lives: readonly Life[], scope: MeasureScope, to: string): readonly ReasonCount[] {
  const counts = new Map<string, number>();
  for (const { moves } of lives)
    for (const { reason } of moves.filter((move) => move.to === to && within(scope, move.on)))
      counts.set(reason ?? 'other', (counts.get(reason ?? 'other') ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

/** Who is the Service ISSO of the engagement at the end of the day, and whether they work or begin; null for nobody. */
function issoOn(life: Life, until: LocalDate): { person: string; works: boolean } | null {
  const last = lastUntil(life, until);
  const isGone = last?.to === 'REASSIGNING' && last.reason === 'isso_departed';
  const state = last?.to ?? '';
  if (isGone || (state !== 'ONBOARDING' && !WORKING.includes(state))) return null;
  const begun = life.moves.findLast(({ to, on }) => to === 'ONBOARDING' && on <= until);
  const person = begun?.facts.isso ?? '';
  return person === '' ? null : { person, works: state !== 'ONBOARDING' };
}

function coverageIn(lives: readonly Life[], scope: MeasureScope): Share {
  const uncovered = new Set(
    lives
      .filter((life) => (first(life, 'REQUESTED')?.on ?? '9999') <= scope.until)
      .filter(({ of }) =>
        of.answers.some(
          ({ key, value }) =>
            key === 'current_isso_state' && ['none', 'shared', 'contractor'].includes(String(value)),
        ),
      )
      .map(({ of }) => of.systemKey),
  );
  const covered = new Set(
    lives
      .filter((life) => {
        const last = lastUntil(life, scope.until);
        return (
          WORKING.includes(last?.to ?? '') && !(last?.to === 'REASSIGNING' && last.reason === 'isso_departed')
        );
      })
      .map(({ of }) => of.systemKey),
  );
  return { met: [...uncovered].filter((key) => covered.has(key)).length, of: uncovered.size };
}

function trainingIn(
  log: ProgrammeLog,
  lives: readonly Life[],
  scope: MeasureScope,
  { timeZone }: LogRules,
): Share {
  const assigned = lives.flatMap((life) => {
    const isso = issoOn(life, scope.until);
    return isso ? [{ ...isso, id: life.of.id }] : [];
  });
  const people = [...new Set(assigned.filter(({ works }) => works).map(({ person }) => person))];
  const inDate = people.filter((person) => {
    const record = log.papers
      .filter(
        ({ kind, subject, at }) =>
          kind === 'training' && subject === person && localDate(at, timeZone) <= scope.until,
      )
      .toSorted((a, b) => a.version - b.version)
      .at(-1);
    const days = [
      ...rbtDays(record),
      ...log.milestones
        .filter((each) => each.personId === person && each.name === 'training-done')
        .map(({ on }) => on),
    ].filter((on) => on <= scope.until);
    const done = days.toSorted().at(-1) ?? null;
    return assigned
      .filter((each) => each.person === person)
      .every(({ id }) => {
        const due = dueIn(log, id, person, done);
        return due !== null && due >= scope.until;
      });
  });
  return { met: inDate.length, of: people.length };
}

function rbtDays(record: LoggedPaper | undefined): readonly LocalDate[] {
  const courses = (record?.answers.courses ?? []) as readonly {
    readonly key: string;
    readonly state: { readonly is: string; readonly on?: LocalDate };
  }[];
  return courses.flatMap(({ key, state }) => (key === 'rbt' && state.is === 'done' ? (state.on ?? []) : []));
}

/** Sixty days after the start, a year after it was done, or the day that was set here since. */
function dueIn(log: ProgrammeLog, id: string, person: string, done: LocalDate | null): LocalDate | null {
  const day = (name: string) =>
    log.milestones.find((each) => each.engagementId === id && each.personId === person && each.name === name)
      ?.on;
  const began = day('onboarding-began');
  const set = day('training-due');
  const counts = done !== null && (began === undefined || addDays(done, 365) >= began) ? done : null;
  const holds =
    set !== undefined && (began === undefined || set >= began) && (counts === null || set > counts);
  if (holds) return set;
  if (counts !== null) return addDays(counts, 365);
  return began === undefined ? null : addDays(began, 60);
}

function propertyIn(
  log: ProgrammeLog,
  lives: readonly Life[],
  scope: MeasureScope,
  { timeZone }: LogRules,
): Share {
  const newest = new Map<string, LoggedPaper>();
  for (const paper of log.papers.filter(({ kind }) => kind === 'off-boarding'))
    if ((newest.get(paper.subject)?.version ?? 0) < paper.version) newest.set(paper.subject, paper);
  const lines = [...newest.values()]
    .filter(({ subject }) => lives.some(({ of }) => subject.startsWith(`${of.id}/`)))
    .flatMap(
      ({ answers }) =>
        answers.lines as readonly {
          readonly kind: string;
          readonly state: string;
          readonly dueAt: string | Date;
          readonly evidence: { readonly on: LocalDate } | null;
        }[],
    )
    .filter(({ kind, state }) => kind === 'property' && state !== 'not_issued')
    .map((line) => ({ ...line, dueOn: localDate(new Date(new Date(line.dueAt).getTime() - 1000), timeZone) }))
    .filter(({ dueOn }) => within(scope, dueOn));
  const met = lines.filter(
    ({ state, evidence, dueOn }) =>
      ['returned', 'transferred'].includes(state) && evidence !== null && evidence.on <= dueOn,
  ).length;
  return { met, of: lines.length };
}
