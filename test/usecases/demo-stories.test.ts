import { beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PROGRAMME } from '../../prisma/demo-programme.ts';
import { isBusinessDay } from '../../src/domain/calendar.ts';
import { isInForce } from '../../src/domain/course.ts';
import type { Engagement } from '../../src/domain/engagement.ts';
import {
  ENGAGEMENT_STATES,
  type EngagementState,
  isAssigned,
  mayFollow,
} from '../../src/domain/engagement-states.ts';
import { onboardingOf } from '../../src/domain/onboarding.ts';
import type { Paper } from '../../src/domain/paper.ts';
import { DAY_MS, daysBetween, localDate } from '../../src/domain/time.ts';
import { missing, parseAnswers } from '../../src/forms/form.ts';
import { CONTEXT_ASSESSMENT, contextProblems } from '../../src/offerings/context-assessment.ts';
import { HAND_OVER } from '../../src/offerings/hand-over.ts';
import { ISSO_AS_A_SERVICE } from '../../src/offerings/isso-as-a-service.ts';
import { ISSO_PROFILE_FORM } from '../../src/offerings/isso-profile.ts';
import { OUTCOME_REVIEW } from '../../src/offerings/outcome-review.ts';
import { PREPARATION } from '../../src/offerings/preparation.ts';
import { REQUEST_FORM, requestFormProblems } from '../../src/offerings/request-form.ts';
import { SKILL_PROFILE_FORM } from '../../src/offerings/skill-profile.ts';
import type { Told } from '../../src/usecases/demo/tell.ts';
import { PROGRAMME } from '../support/bot.ts';
import { toldAt } from '../support/demo.ts';
import { TUESDAY } from '../support/fakes.ts';

const ZONE = PROGRAMME.timeZone;
/** An ordinary day, the first days of a year, a federal holiday, a Sunday, the last minute of a day, and the days of the clock change. */
const DAYS = [
  TUESDAY,
  new Date('2027-01-02T12:00:00-05:00'),
  new Date('2027-01-04T00:01:00-05:00'),
  new Date('2026-11-26T08:00:00-05:00'),
  new Date('2027-07-04T23:59:00-04:00'),
  new Date('2027-03-15T06:00:00-04:00'),
  new Date('2028-02-29T17:30:00-05:00'),
];
/** It lasts no longer than the transaction in which it begins. */
const LASTING = ENGAGEMENT_STATES.filter((state) => state !== 'SKILLS_CATEGORIZED');

const stories = (told: Told): readonly Engagement[] => [...told.engagements.values()];
const story = (told: Told, key: string): Engagement => {
  const found = told.engagements.get(key);
  if (!found) throw new Error(`no story ${key}`);
  return found;
};
const isState = (word: string | null): word is EngagementState =>
  (ENGAGEMENT_STATES as readonly (string | null)[]).includes(word);

describe.each(DAYS.map((now) => ({ now, name: now.toISOString() })))('the story told on $name', ({ now }) => {
  let told: Told;
  const today = localDate(now, ZONE);
  beforeAll(() => {
    told = toldAt(now);
  });

  it('reaches every state that lasts', () => {
    const reached = new Set(stories(told).map(({ state }) => state));
    expect(LASTING.filter((state) => !reached.has(state))).toEqual([]);
    expect(stories(told).length).toBeGreaterThanOrEqual(20);
  });

  it('keeps the promises that others build on', () => {
    const cascade = story(told, 'cascade');
    expect(cascade).toMatchObject({ state: 'ONBOARDING', component: 'OIT', businessOwnerId: 'bo' });
    expect(cascade.course.serviceIssoId).toBe('isso');
    const began = told.milestones.find(
      ({ name, personId }) => name === 'onboarding-began' && personId === 'isso',
    );
    expect(onboardingOf({ days: { 'onboarding-began': began?.on ?? '' } }, today)).toMatchObject({ day: 1 });
    const working = stories(told).filter(
      ({ course, state }) => course.serviceIssoId === 'isso2' && state === 'ACTIVE',
    );
    expect(working).toHaveLength(1);
    const months = daysBetween(working[0]?.course.activeSinceOn ?? today, today);
    expect(months).toBeGreaterThanOrEqual(178);
    expect(months).toBeLessThanOrEqual(190);
    const closed = stories(told).filter(({ state }) => state === 'CLOSED');
    expect(closed).toHaveLength(2);
    for (const { id } of closed)
      expect(told.surveys.filter((each) => each.engagementId === id && each.answers).length).toBeGreaterThan(
        1,
      );
    expect(story(told, 'lantern').state).toBe('DECLINED');
    expect(story(told, 'lantern-again').course.copyOf).toBe(story(told, 'lantern').number);
    const asset = story(told, 'northwind');
    expect(asset.course.context?.isHva).toBe(true);
    expect(asset.memberships.filter((each) => !isInForce(each))).toHaveLength(1);
  });

  it('goes by the rules all along: states follow, dates are in order, and nothing lies ahead', () => {
    for (const engagement of stories(told)) {
      const own = told.audit.filter(({ engagementId }) => engagementId === engagement.id);
      let state: EngagementState | null = null;
      for (const { from, to, verb } of own) {
        if (!isState(to) || verb.startsWith('meeting.')) continue;
        expect(from, `${engagement.id} ${verb}`).toBe(state);
        if (state !== null && state !== to) expect(mayFollow(state, to), `${state} ${to}`).toBe(true);
        state = to;
      }
      expect(state).toBe(engagement.state);
      for (const days of issoDays(told, engagement)) expect(days.toSorted()).toEqual(days);
    }
    const instants = told.audit.map(({ at }) => at.getTime());
    expect(instants.toSorted((a, b) => a - b)).toEqual(instants);
    expect(Math.max(...instants)).toBeLessThan(now.getTime());
    for (const { at, role } of told.audit)
      if (role !== 'bot')
        expect(isBusinessDay(localDate(at, ZONE), PROGRAMME.calendar), at.toISOString()).toBe(true);
  });

  it('has one Service ISSO in each, with a membership in force while they are assigned', () => {
    for (const { key, engagement } of [...told.engagements].map(([key, engagement]) => ({
      key,
      engagement,
    }))) {
      const issos = engagement.memberships.filter((each) => each.role === 'service_isso' && isInForce(each));
      const isIn = isAssigned(engagement.state);
      expect(issos.length, key).toBe(isIn ? 1 : 0);
      if (isIn) expect(issos[0]?.personId, key).toBe(engagement.course.serviceIssoId);
    }
  });

  it('keeps papers version by version, each as its form wants it', () => {
    const bySubject = new Map<string, Paper[]>();
    for (const paper of told.papers) {
      const key = `${paper.kind} ${paper.subject}`;
      bySubject.set(key, [...(bySubject.get(key) ?? []), paper]);
    }
    for (const [key, versions] of bySubject) {
      expect(
        versions.map(({ version }) => version),
        key,
      ).toEqual(versions.map((_paper, place) => place + 1));
      const times = versions.map(({ at }) => at.getTime());
      expect(times.toSorted((a, b) => a - b)).toEqual(times);
    }
    const settled = stories(told).filter(({ course }) => course.form !== null);
    for (const { id, course } of settled) {
      const form = bySubject.get(`request-form ${id}`) ?? [];
      const answers = parseAnswers(REQUEST_FORM, form[(course.form?.version ?? 0) - 1]?.answers);
      expect(answers.dropped).toEqual([]);
      expect(missing(REQUEST_FORM, answers.answers).map(({ key }) => key)).toEqual([]);
      expect(requestFormProblems(answers.answers)).toEqual([]);
      const context = bySubject.get(`context-assessment ${id}`)?.at(-1);
      if (context)
        expect(contextProblems(parseAnswers(CONTEXT_ASSESSMENT, context.answers).answers)).toEqual([]);
    }
    for (const { kind, answers } of told.papers) {
      const form = FORMS[kind];
      if (form) expect(parseAnswers(form, answers).dropped, kind).toEqual([]);
    }
    for (const { answers } of told.papers.filter(({ kind }) => kind === 'isso-profile'))
      expect(missing(ISSO_PROFILE_FORM, parseAnswers(ISSO_PROFILE_FORM, answers).answers)).toEqual([]);
    for (const { answers, id } of stories(told)) {
      const given = Object.fromEntries(answers.map(({ key, value }) => [key, value]));
      expect(
        missing(ISSO_AS_A_SERVICE.form, parseAnswers(ISSO_AS_A_SERVICE.form, given).answers),
        id,
      ).toEqual([]);
    }
  });

  it('gives nobody more hours than they have', () => {
    const hours = new Map<string, number>();
    for (const { course, state } of stories(told))
      if (isAssigned(state) && course.serviceIssoId !== null)
        hours.set(
          course.serviceIssoId,
          (hours.get(course.serviceIssoId) ?? 0) + (course.term?.hoursPerWeek ?? 0),
        );
    for (const [id, taken] of hours) expect(taken, id).toBeLessThanOrEqual(40);
  });
});

const FORMS: Readonly<Record<string, Parameters<typeof parseAnswers>[0]>> = {
  'request-form': REQUEST_FORM,
  'context-assessment': CONTEXT_ASSESSMENT,
  'skill-profile': SKILL_PROFILE_FORM,
  preparation: PREPARATION,
  'hand-over': HAND_OVER,
  'outcome-review': OUTCOME_REVIEW,
};

/** Days of each Service ISSO of the engagement in the order in which they have to come; training is renewed while they work. */
function issoDays(told: Told, { id }: Engagement): readonly string[][] {
  const own = told.milestones.filter(({ engagementId }) => engagementId === id);
  const orders = [
    ['onboarding-began', 'work-began', 'work-ended'],
    ['onboarding-began', 'training-done'],
  ] as const;
  return [...new Set(own.map(({ personId }) => personId))].flatMap((personId) =>
    orders.map((order) =>
      order.flatMap((name) => own.find((each) => each.name === name && each.personId === personId)?.on ?? []),
    ),
  );
}

describe('on any day', () => {
  it('the story can be told: no step of it is refused', () => {
    for (let days = 0; days < 730; days += 61)
      expect(toldAt(new Date(TUESDAY.getTime() + days * DAY_MS)).engagements.size).toBe(
        DEMO_PROGRAMME.stories.length,
      );
  }, 120_000);

  it('a day that the office is closed on since moves it, and nothing happens on that day', () => {
    const on = '2026-11-23';
    const calendar = { closures: [{ on, name: 'Snow' }] };
    const told = toldAt(TUESDAY, { ...PROGRAMME, calendar });
    const acted = told.audit.filter(({ at, role }) => role !== 'bot' && localDate(at, ZONE) === on);
    expect(acted).toEqual([]);
  });
});
