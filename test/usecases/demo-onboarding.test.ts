/** What the demo programme shows of onboarding, training and the weekly status report. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Card, itemOf } from '../../src/domain/card.ts';
import { itemClocks } from '../../src/domain/card-clocks.ts';
import { forecastOf, type Standing, standingOf } from '../../src/domain/card-forecast.ts';
import { planOf } from '../../src/domain/card-plan.ts';
import { type Paper, type PaperKind, subjectOf } from '../../src/domain/paper.ts';
import { forbiddenInReport } from '../../src/domain/report-guard.ts';
import type { KeptReport } from '../../src/domain/status-report-kept.ts';
import { addDays, daysBetween, localDate } from '../../src/domain/time.ts';
import { renewalOf } from '../../src/domain/training.ts';
import {
  curriculumDoneOn,
  gainOf,
  noteOf,
  requiredCount,
  type TrainingRecord,
} from '../../src/domain/training-record.ts';
import { reportDocument } from '../../src/messages/copy/status-report-document.ts';
import { linesOf } from '../../src/messages/document.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { CURRICULUM } from '../../src/offerings/curriculum.ts';
import { STANDING_RULES } from '../../src/offerings/programme-timers.ts';
import type { Told } from '../../src/usecases/demo/tell.ts';
import { PROGRAMME } from '../support/bot.ts';
import { toldAt } from '../support/demo.ts';
import { TUESDAY } from '../support/fakes.ts';

/** An ordinary day, a Thursday on which notes are asked for, a Friday, a Sunday, after New Year, and the days of the clock change. */
const DAYS = [
  TUESDAY,
  new Date('2026-12-03T10:00:00-05:00'),
  new Date('2027-02-19T18:00:00-05:00'),
  new Date('2027-07-04T23:59:00-04:00'),
  new Date('2027-01-02T12:00:00-05:00'),
  new Date('2027-03-15T06:00:00-04:00'),
];
const IN_THE_MIDDLE = { juniper: 'isso6', larkspur: 'isso10', saltmarsh: 'isso11' } as const;

describe.each(DAYS.map((now) => ({ now, name: now.toISOString() })))('told on $name', ({ now }) => {
  let told: Told;
  const today = localDate(now, PROGRAMME.timeZone);
  beforeAll(() => {
    told = toldAt(now);
  });

  const versions = (kind: PaperKind, subject: string): readonly Paper[] =>
    told.papers.filter((paper) => paper.kind === kind && paper.subject === subject);
  const latest = <T>(kind: PaperKind, subject: string): T =>
    versions(kind, subject).at(-1)?.answers as unknown as T;
  const cardOf = (key: string): Card => {
    const engagement = told.engagements.get(key);
    return latest(
      'information-card',
      subjectOf(engagement?.id ?? '', engagement?.course.serviceIssoId ?? ''),
    );
  };
  const standing = (key: string): Standing => {
    const card = cardOf(key);
    const days = () => PROGRAMME.calendar;
    const plan = planOf(CARD_TEMPLATE, card, days);
    const forecast = forecastOf(CARD_TEMPLATE, card, days, today);
    return standingOf(CARD_TEMPLATE, card, { plan, forecast, days }, STANDING_RULES, today);
  };
  const recordOf = (personId: string): TrainingRecord => latest('training', personId);

  it('has the curriculum of everybody at work done, with evidence and a gain', () => {
    const atWork = [...told.engagements.values()].filter(({ course }) => course.activeSinceOn !== null);
    expect(atWork.length).toBeGreaterThan(8);
    for (const { course } of atWork) {
      const record = recordOf(course.serviceIssoId ?? '');
      expect(curriculumDoneOn(CURRICULUM, record)).not.toBeNull();
      const gain = Object.values(gainOf(record) ?? {});
      expect(gain.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0);
      // Whoever was trained again for another engagement has the newer certificate.
      for (const key of ['rbt', 'isspa'] as const)
        expect(noteOf(record, key).state).toMatchObject({
          is: 'done',
          reference: expect.stringMatching(/^\w/u),
        });
    }
    for (const key of ['evergreen', 'cormorant'])
      expect(itemOf(cardOf(key), 'curriculum')?.changed).toMatchObject({ byId: null });
  });

  it('has people in onboarding in the middle of their curriculum', () => {
    for (const personId of Object.values(IN_THE_MIDDLE)) {
      const { settled, all } = requiredCount(CURRICULUM, recordOf(personId));
      expect(settled, personId).toBeGreaterThan(2);
      expect(settled, personId).toBeLessThan(all - 2);
    }
    expect(versions('training', 'isso')).toEqual([]);
  });

  it('has a yearly renewal that is due soon, and boot camps before, within and after an onboarding', () => {
    const { state } = noteOf(recordOf('isso9'), 'rbt');
    const dueOn = renewalOf(state.is === 'done' ? state.on : today);
    expect(daysBetween(today, dueOn)).toBeGreaterThan(0);
    expect(daysBetween(today, dueOn)).toBeLessThanOrEqual(20);
    const { starts } = latest<{ starts: readonly string[] }>('course-dates', 'bootcamp');
    const dayZeroOn = cardOf('larkspur').dayZeroOn;
    expect(starts.filter((on) => on > dayZeroOn && on <= addDays(dayZeroOn, 60))).toHaveLength(1);
    const said = told.audit.filter(({ verb }) => verb === 'course.feasibility');
    expect(new Set(said.map(({ facts }) => facts.verdict?.split(':')[0]))).toContain('fits');
  });

  it('has onboardings in all standings, for their reasons', () => {
    expect(standing('cascade').is).toBe('on-track');
    expect(standing('larkspur').is).toBe('on-track');
    expect(standing('saltmarsh')).toMatchObject({ is: 'at-risk' });
    expect(standing('saltmarsh').because).toContainEqual({ code: 'overdue', keys: ['bo_prep'] });
    expect(standing('juniper').is).toBe('late');
    expect(standing('juniper').because.map(({ code }) => code)).toContain('blocked');
  });

  it('has lines with offices, one moved and one waived, and clocks that show who had them', () => {
    const waiting = (key: string): readonly string[] =>
      cardOf(key).items.flatMap(({ state }) => (state.is === 'waiting_on' ? [state.party] : []));
    expect(waiting('larkspur')).toEqual(['security_office']);
    expect(waiting('saltmarsh').toSorted()).toEqual(['badging_office', 'it_desk', 'system_team']);
    expect(itemOf(cardOf('larkspur'), 'gfe_laptop')?.movedTo ?? '').not.toBe('');
    expect(itemOf(cardOf('larkspur'), 'other_access')?.state).toMatchObject({
      is: 'not_needed',
      byId: 'gtl',
    });
    for (const [key, personId] of Object.entries(IN_THE_MIDDLE)) {
      const kept = versions('information-card', subjectOf(told.engagements.get(key)?.id ?? '', personId));
      const clocks = itemClocks(
        CARD_TEMPLATE,
        kept.map(({ at, answers }) => ({ at, card: answers as unknown as Card })),
        now,
      );
      expect(new Set(clocks.flatMap(({ byParty }) => [...byParty.keys()])).size, key).toBeGreaterThan(4);
    }
  });

  it('has the reports of the last three weeks, on what was so then; the newest one waits for the GTL', () => {
    const weeks = [
      ...new Set(told.papers.flatMap((each) => (each.kind === 'status-report' ? [each.subject] : []))),
    ];
    const reports = weeks.toSorted().map((friday) => latest<KeptReport>('status-report', friday));
    expect(reports.map(({ state }) => state)).toEqual(['acknowledged', 'acknowledged', 'submitted']);
    const days = reports.map(({ submitted }) => submitted?.numbers.today ?? '');
    expect(days.every((on, place) => on > (days[place - 1] ?? '') && on < today)).toBe(true);
    expect(daysBetween(days.at(-1) ?? today, today)).toBeLessThanOrEqual(8);
    for (const { submitted } of reports) {
      if (!submitted) throw new Error('it was submitted');
      const { numbers, by } = submitted;
      const juniper = told.engagements.get('juniper');
      expect(numbers.onboarding).toContainEqual(
        expect.objectContaining({
          number: juniper?.number,
          daysUsed: daysBetween(juniper?.course.dayZeroOn ?? '', numbers.today),
        }),
      );
      // Nothing that was written later is in it.
      const cards = told.papers.filter(({ kind, at }) => kind === 'information-card' && at <= by.at);
      expect(numbers.onboarding.length).toBeLessThanOrEqual(
        new Set(cards.map(({ subject }) => subject)).size,
      );
      const document = reportDocument({
        title: 'Report',
        at: by.at,
        status: [],
        numbers,
        said: submitted,
      });
      expect(linesOf(document).flatMap(forbiddenInReport)).toEqual([]);
    }
    expect(reports.some(({ submitted }) => (submitted?.remarks.length ?? 0) > 2)).toBe(true);
    expect(reports.some(({ submitted }) => (submitted?.help.length ?? 0) > 0)).toBe(true);
  });
});
