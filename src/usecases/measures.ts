/** Figures over the whole programme, for whoever shows them: chat, digests, the dashboard, exports. Who may see them is the caller's to ask. */
import { isBusinessDay } from '../domain/calendar.ts';
import type { MeasureScope, ProgrammeMeasures } from '../domain/measures.ts';
import { lastNinetyDays } from '../domain/period.ts';
import type { Attendance, PictureKind, ProgrammePicture } from '../domain/programme-pictures.ts';
import { type SatisfactionFigures, satisfactionFigures } from '../domain/satisfaction.ts';
import { addDays, earlierOf, type LocalDate } from '../domain/time.ts';
import type { MeasureRules } from '../ports.ts';
import { programmeBurnDownFacts } from './programme-burn-down.ts';
import { programmeToday, type Work } from './work.ts';

/** What figures are computed with. */
export type FiguresDeps = Pick<Work, 'tx' | 'programme' | 'now'>;

/**
 * The measures of the programme. What the scope leaves out is the last 90 days up to today, all components, all offerings; days ahead
 * of today are left out.
 */
export async function measuresNow(
  deps: FiguresDeps,
  scope: Partial<MeasureScope> = {},
): Promise<ProgrammeMeasures> {
  const whole = wholeScope(deps, scope);
  return deps.tx.measures.of(whole, await rulesFor(deps, whole));
}

/**
 * What a picture shows, over the same scope; ageing is as of its last day. The burn-down is as of today, whatever the time, and
 * satisfaction of all offerings since the first answers. A month of meetings to which fewer were invited than may be spoken of is
 * left out.
 */
export async function pictureFacts(
  deps: FiguresDeps,
  kind: PictureKind,
  scope: Partial<MeasureScope> = {},
): Promise<ProgrammePicture> {
  const { tx, programme } = deps;
  const whole = wholeScope(deps, scope);
  const { component } = whole;
  switch (kind) {
    case 'funnel':
      return { kind, component, facts: await tx.measures.funnel(whole, await rulesFor(deps, whole)) };
    case 'ageing':
      return { kind, component, facts: await tx.measures.ageing(whole, await rulesFor(deps, whole)) };
    case 'attendance': {
      const found = await tx.measures.attendance(whole, await rulesFor(deps, whole));
      return { kind, component, facts: tellable(found, programme.smallestGroup) };
    }
    case 'satisfaction':
      return { kind, component, facts: (await satisfactionNow(deps, component)).trend };
    case 'burn-down':
      return { kind, component, ...(await programmeBurnDownFacts(deps, whole)) };
    default:
      return kind satisfies never;
  }
}

/** Averages of whole groups of answers: of all, of each component with enough, by quarter; `component`: the quarters of its own groups. */
export async function satisfactionNow(
  deps: FiguresDeps,
  component: string | null = null,
): Promise<SatisfactionFigures> {
  const groups = await deps.tx.surveys.countedGroups();
  return satisfactionFigures(groups, deps.programme.smallestGroup, programmeToday(deps), component);
}

const tellable = ({ months }: Attendance, smallest: number): Attendance => ({
  months: months.filter(({ invited }) => invited === 0 || invited >= smallest),
});

function wholeScope(deps: FiguresDeps, scope: Partial<MeasureScope>): MeasureScope {
  const today = programmeToday(deps);
  const { from, until, component = null, offering = null } = { ...lastNinetyDays(today), ...scope };
  return { from, until: earlierOf(until, today), component, offering };
}

async function rulesFor(
  { tx, programme: { timeZone, calendar } }: FiguresDeps,
  { until }: MeasureScope,
): Promise<MeasureRules> {
  const businessDays: LocalDate[] = [];
  const firstOn = await tx.measures.firstOn(timeZone);
  for (let on = firstOn ?? until; on <= until; on = addDays(on, 1))
    if (isBusinessDay(on, calendar)) businessDays.push(on);
  return { timeZone, businessDays };
}
