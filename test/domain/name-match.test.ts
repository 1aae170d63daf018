import { describe, expect, it } from 'vitest';
import { matchName, matchWholeName } from '../../src/domain/name-match.ts';
import type { Person } from '../../src/domain/person.ts';

const person = (id: string, name: string): Person => ({
  id,
  name,
  email: null,
  roles: [],
  components: [],
  timeZone: 'America/New_York',
  calendarToken: id,
});
const PEOPLE = [
  person('isso', 'Inés Sorensen'),
  person('isso2', 'Ivan Soto'),
  person('cor', "Conor O'Rourke"),
];

describe('a name in a sentence', () => {
  it('is meant by whole words only', () => {
    expect(matchWholeName(PEOPLE, 'Ines')).toMatchObject({ ok: true, value: { id: 'isso' } });
    for (const words of ['In', 'I', 'isso', 'Ines sends', ''])
      expect(matchWholeName(PEOPLE, words)).toMatchObject({ ok: false, refusal: { code: 'nobody' } });
  });
});

describe('a typed name', () => {
  it.each([
    ['Ines', 'isso'],
    ['inés sorensen', 'isso'],
    ['sor', 'isso'],
    ['Soto, Ivan', 'isso2'],
    ["o'rourke", 'cor'],
    ['isso2', 'isso2'],
  ])('"%s" means %s', (typed, id) => {
    expect(matchName(PEOPLE, typed)).toMatchObject({ ok: true, value: { id } });
  });

  it('that several have is asked back about, with who they are', () => {
    const found = matchName(PEOPLE, 'so');
    expect(found).toMatchObject({ ok: false, refusal: { code: 'several', typed: 'so' } });
    expect(!found.ok && found.refusal.code === 'several' && found.refusal.people.map(({ id }) => id)).toEqual(
      ['isso', 'isso2'],
    );
  });

  it.each(['Zoe', '', '  ', 'ensen', '...'])('"%s" is nobody', (typed) => {
    expect(matchName(PEOPLE, typed)).toMatchObject({ ok: false, refusal: { code: 'nobody' } });
  });

  it('spelled out in full is that person, also when it begins another name', () => {
    const people = [person('a', 'Ann Lee'), person('b', 'Ann Leeson')];
    expect(matchName(people, 'ann lee')).toMatchObject({ ok: true, value: { id: 'a' } });
    expect(matchName(people, 'ann')).toMatchObject({ ok: false });
  });
});
