import { describe, expect, it } from 'vitest';
import type { CourseLine, HeldLine } from '../../src/domain/nudge.ts';
import {
  continued,
  MOST_LISTED,
  type NudgeList,
  newList,
  numberedLines,
  refreshed,
} from '../../src/domain/nudge-list.ts';

const line = (key: string, dueOn = '2026-12-30'): CourseLine => ({
  about: { kind: 'course', key },
  name: key,
  part: null,
  dueOn,
  saidFrom: '2026-12-01',
  snoozedUntil: null,
  waitsFor: null,
  done: 'at-once',
});
const shown = (list: NudgeList) =>
  numberedLines(list).map(({ place, line: { about } }) => `${place} ${about.key}`);
const many = (count: number): readonly HeldLine[] =>
  Array.from({ length: count }, (_, index) => line(`l${index + 1}`));

describe('the numbers of a list', () => {
  it('stay when a line before is gone', () => {
    const list = newList('k', [line('a'), line('b'), line('c')]);
    const after = refreshed(list, ({ about }) => about.key === 'b', []);
    expect(shown(after)).toEqual(['1 a', '3 c']);
    expect(shown(continued(list, [line('a'), line('c')]))).toEqual(['1 a', '3 c']);
  });

  it('come back with a line that comes back, and take what is new about it', () => {
    const gone = refreshed(newList('k', [line('a'), line('b')]), () => true, [line('b')]);
    expect(shown(gone)).toEqual(['2 b']);
    const back = refreshed(gone, () => true, [line('a', '2027-01-05'), line('b')]);
    expect(shown(back)).toEqual(['1 a', '2 b']);
    expect(back.lines[0]?.line.dueOn).toBe('2027-01-05');
  });

  it('are not touched by what concerns other lines', () => {
    const list = newList('k', [line('a'), line('b')]);
    expect(refreshed(list, () => false, [])).toEqual(list);
  });

  it('go on behind the last for what is new', () => {
    expect(shown(continued(newList('k', [line('a'), line('b')]), [line('b'), line('c')]))).toEqual([
      '2 b',
      '3 c',
    ]);
  });

  it('are of one list; what it told of, and those before it, is known by name', () => {
    const list = newList('k', [line('b')], ['course:a']);
    expect(list.told).toEqual(['course:a', 'course:b']);
    expect(continued(list, [line('c')]).told).toEqual(['course:a', 'course:b', 'course:c']);
  });

  it('are for so many lines at once, and the rest is counted', () => {
    const list = newList('k', many(MOST_LISTED + 3));
    expect(numberedLines(list)).toHaveLength(MOST_LISTED);
    expect(list.more).toBe(3);
    // The first two are done: two of the rest move up.
    const next = continued(list, many(MOST_LISTED + 3).slice(2));
    expect(shown(next).at(-1)).toBe(`${MOST_LISTED + 2} l${MOST_LISTED + 2}`);
    expect(numberedLines(next)).toHaveLength(MOST_LISTED);
    expect(next.more).toBe(1);
  });
});
