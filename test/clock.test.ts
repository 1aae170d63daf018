import { describe, expect, it } from 'vitest';
import { movableClock, systemClock } from '../src/clock.ts';
import { standingClock, TUESDAY } from './support/fakes.ts';

const plus = (ms: number): Date => new Date(TUESDAY.getTime() + ms);

describe('the clock of the system', () => {
  it('runs on', () => {
    const first = systemClock.now();
    expect(systemClock.now().getTime()).toBeGreaterThanOrEqual(first.getTime());
  });
});

describe('a clock that can be moved on', () => {
  it('begins where it is told and runs on at normal speed', () => {
    const system = standingClock(TUESDAY);
    const clock = movableClock(3_600_000, system);
    expect(clock.now()).toEqual(plus(3_600_000));
    system.set(plus(500));
    expect(clock.now()).toEqual(plus(3_600_500));
  });

  it('may begin in the past of the system', () => {
    expect(movableClock(-86_400_000, standingClock(TUESDAY)).now()).toEqual(plus(-86_400_000));
  });

  it('runs on from where it was moved to', () => {
    const system = standingClock(TUESDAY);
    const clock = movableClock(0, system);
    clock.moveTo(plus(10_000));
    system.set(plus(1));
    expect(clock.now()).toEqual(plus(10_001));
    expect(clock.offsetMs()).toBe(10_000);
  });

  it('never goes back, and stays where it was when asked to', () => {
    const clock = movableClock(10_000, standingClock(TUESDAY));
    expect(() => clock.moveTo(plus(9_999))).toThrow(RangeError);
    expect(clock.now()).toEqual(plus(10_000));
    clock.moveTo(plus(10_000));
    expect(clock.offsetMs()).toBe(10_000);
  });

  it('refuses an instant that is none', () => {
    const clock = movableClock(0, standingClock(TUESDAY));
    expect(() => clock.moveTo(new Date(Number.NaN))).toThrow(RangeError);
    expect(clock.now()).toEqual(TUESDAY);
  });
});
