/** What the pictures of the programme show, once more, from plain rows; see `measures-by-log.ts`. */
import { businessDaysBetween } from '../../src/domain/calendar.ts';
import type { MeasureScope } from '../../src/domain/measures.ts';
import type { Ageing, Attendance, Funnel } from '../../src/domain/programme-pictures.ts';
import { addDays } from '../../src/domain/time.ts';
import {
  first,
  type Life,
  type LogRules,
  lastUntil,
  livesIn,
  type ProgrammeLog,
  STATES,
  within,
} from './programme-log.ts';

const WAY = [
  ['filed', 'REQUESTED'],
  ['accepted', 'KICKOFF_PENDING'],
  ['kickoff-held', 'KICKOFF_HELD'],
  ['form-complete', 'FORM_COMPLETE'],
  ['isso-identified', 'ISSO_IDENTIFIED'],
  ['onboarding', 'ONBOARDING'],
  ['active', 'ACTIVE'],
] as const;

export function funnelByLog(log: ProgrammeLog, scope: MeasureScope, rules: LogRules): Funnel {
  const cohort = livesIn(log, scope, rules).filter((life) => within(scope, first(life, 'REQUESTED')?.on));
  const place = (life: Life): number => WAY.findLastIndex(([, state]) => first(life, state) !== undefined);
  return {
    from: scope.from,
    until: scope.until,
    steps: WAY.map(([step], index) => ({
      step,
      count: cohort.filter((life) => place(life) >= index).length,
    })),
  };
}

export function ageingByLog(log: ProgrammeLog, scope: MeasureScope, rules: LogRules): Ageing {
  const rows = new Map<string, number[]>();
  for (const life of livesIn(log, scope, rules)) {
    const last = lastUntil(life, scope.until);
    if (!last || ['CLOSED', 'WITHDRAWN', 'DECLINED'].includes(last.to ?? '')) continue;
    const age = businessDaysBetween(last.on, scope.until, rules.calendar);
    const column = [5, 10, 20, 40].findIndex((limit) => age <= limit);
    const counts = rows.get(last.to ?? '') ?? [0, 0, 0, 0, 0];
    const at = column < 0 ? 4 : column;
    counts[at] = (counts[at] ?? 0) + 1;
    rows.set(last.to ?? '', counts);
  }
  return {
    on: scope.until,
    rows: STATES.flatMap((state) => {
      const counts = rows.get(state);
      return counts ? [{ state: state as Ageing['rows'][number]['state'], counts }] : [];
    }),
  };
}

export function attendanceByLog(log: ProgrammeLog, scope: MeasureScope): Attendance {
  const isWhole = scope.component === null && scope.offering === null;
  const held = log.meetings.filter(({ engagementId, state, heldOn }) => {
    const of = log.engagements.find(({ id }) => id === engagementId);
    const isMeant =
      engagementId === null
        ? isWhole
        : of !== undefined &&
          (scope.component === null || of.component === scope.component) &&
          (scope.offering === null || of.offering === scope.offering);
    return state === 'held' && isMeant && within(scope, heldOn);
  });
  const months: Attendance['months'][number][] = [];
  for (let on = `${scope.from.slice(0, 7)}-01`; on <= scope.until; on = `${addDays(on, 32).slice(0, 7)}-01`) {
    const own = held.filter(({ heldOn }) => heldOn?.startsWith(on.slice(0, 7)));
    months.push({
      month: on.slice(0, 7),
      meetings: own.length,
      invited: own.reduce((sum, { attendeeIds }) => sum + attendeeIds.length, 0),
      present: own.reduce(
        (sum, { attendeeIds, presentIds }) =>
          sum + attendeeIds.filter((id) => presentIds.includes(id)).length,
        0,
      ),
    });
  }
  return { months };
}
