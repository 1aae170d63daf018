/** `measures`, `measures OIT`, `measures last quarter`: the measures of the programme, in the ISPG channel or privately. */
import { mayEver } from '../domain/access.ts';
import { measuresCard, timeAhead, unknownScope } from '../messages/copy/measures.ts';
import { notYours, sensitiveText } from '../messages/copy/refusals.ts';
import { readFiguresScope } from './figures-scope.ts';
import { sensitiveKinds } from './guard.ts';
import { measuresNow, satisfactionNow } from './measures.ts';
import { type Answer, answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** More words that are no scope are something else that somebody says. */
const MOST_UNKNOWN_WORDS = 3;

/** Null for anything else. Whoever may not see them is told so, whatever they ask for. */
export async function showMeasures(work: Work, typed: string): Promise<Answer | null> {
  const [whole, words = ''] = /^(?:measures|metrics)(?:[\s:]+([^\n]{0,120}))?$/iu.exec(typed) ?? [];
  if (whole === undefined) return null;
  const scope = readFiguresScope(work, words);
  if (scope === null) return null;
  if ('unknown' in scope && scope.unknown.split(' ').length > MOST_UNKNOWN_WORDS) return null;
  if (!mayEver(work.person, 'measures.read')) return answerPrivately(notYours());
  if ('unknown' in scope) {
    const kinds = sensitiveKinds(scope.unknown);
    return answerPrivately(kinds.length > 0 ? sensitiveText(kinds) : unknownScope(scope.unknown));
  }
  const { period, component, offering } = scope;
  if (period.from > programmeToday(work)) return answerPrivately(timeAhead(period.name));
  const measures = await measuresNow(work, {
    from: period.from,
    until: period.until,
    component,
    offering: offering?.key ?? null,
  });
  const isWhole = component === null && offering === null;
  const shown = measuresCard(measures, isWhole ? await satisfactionNow(work) : null, {
    smallest: work.programme.smallestGroup,
    period: period.name,
    offering: offering?.name ?? null,
  });
  return work.from.channel === 'ispg' ? answer(shown) : answerPrivately(shown);
}
