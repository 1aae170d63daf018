/** How much each service of the catalogue is used: requests and engagements of those asked for here, ways shown to the others. */
import { mayEver } from '../domain/access.ts';
import type { Adoption, MeasureScope } from '../domain/measures.ts';
import { lastNinetyDays } from '../domain/period.ts';
import { addDays, earlierOf, instantOf } from '../domain/time.ts';
import { readPeriod } from '../forms/read-period.ts';
import { adoptionCard, noSuchPeriod } from '../messages/copy/adoption.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { type FiguresDeps, measuresNow } from './measures.ts';
import { type Answer, answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** Of one service. */
export interface OfferingAdoption {
  readonly key: string;
  readonly name: string;
  /** Null for a service that is not asked for here. */
  readonly adoption: Adoption | null;
  /** How often somebody was shown the way; null for a service that is asked for here. */
  readonly referrals: number | null;
}

/**
 * Of every service in the catalogue, in its order; what the scope leaves out is the last 90 days up to today and all components.
 * Referrals name no component, so they are of all. Access is the caller's.
 */
export async function adoptionNow(
  deps: FiguresDeps,
  scope: Partial<MeasureScope> = {},
): Promise<{ readonly scope: MeasureScope; readonly offerings: readonly OfferingAdoption[] }> {
  const today = programmeToday(deps);
  const { from, until } = lastNinetyDays(today);
  const wanted: MeasureScope = { from, until, component: null, ...scope, offering: null };
  const whole = { ...wanted, until: earlierOf(wanted.until, today) };
  const zone = deps.programme.timeZone;
  const referrals = await deps.tx.referrals.counts(
    instantOf(whole.from, '00:00', zone),
    instantOf(addDays(whole.until, 1), '00:00', zone),
  );
  const offerings: OfferingAdoption[] = [];
  for (const { key, name, kind } of deps.programme.catalogue.offerings) {
    const isHere = kind === 'workflow';
    const adoption = isHere ? (await measuresNow(deps, { ...whole, offering: key })).adoption : null;
    offerings.push({ key, name, adoption, referrals: isHere ? null : (referrals.get(key) ?? 0) });
  }
  return { scope: whole, offerings };
}

/** `adoption`, with a period behind it. In the ISPG channel for all there, otherwise for the one who asked. */
export async function showAdoption(work: Work, typed: string): Promise<Answer> {
  if (!mayEver(work.person, 'measures.read')) return answerPrivately(notYours());
  const period = typed === '' ? null : readPeriod(typed, programmeToday(work));
  if (typed !== '' && period === null) return answerPrivately(noSuchPeriod());
  const { scope, offerings } = await adoptionNow(
    work,
    period ? { from: period.from, until: period.until } : {},
  );
  const said = adoptionCard(offerings, scope, work.programme.smallestGroup);
  return work.from.channel === 'ispg' ? answer(said) : answerPrivately(said);
}
