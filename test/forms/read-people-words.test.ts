import { describe, expect, it } from 'vitest';
import { ROLES } from '../../src/domain/person.ts';
import { readPeopleWish } from '../../src/forms/read-people-words.ts';
import { readPersonAndRole, readRole } from '../../src/forms/read-role.ts';
import { ROLE_NAMES, typedPerson, typedRole } from '../../src/messages/copy/people-roles.ts';

const TODAY = '2026-12-01';
const read = (typed: string) => readPeopleWish(typed, TODAY);

describe('a role', () => {
  it.each(ROLES)('%s is read by its key, its name, and as the bot says to type it', (role) => {
    expect(readRole(role)).toBe(role);
    expect(readRole(ROLE_NAMES[role])).toBe(role);
    expect(readRole(typedRole(role))).toBe(role);
  });

  it('stands behind a person or before one', () => {
    const dana = { person: 'Dana Guthrie', role: 'data_guardian' };
    expect(readPersonAndRole('Dana Guthrie data guardian')).toEqual(dana);
    expect(readPersonAndRole('Dana Guthrie as Data Guardian')).toEqual(dana);
    expect(readPersonAndRole('Dana Guthrie; data guardian')).toEqual(dana);
    expect(readPersonAndRole('data guardian to Dana Guthrie')).toEqual(dana);
    expect(readPersonAndRole('Isaac Lindqvist service isso lead')).toEqual({
      person: 'Isaac Lindqvist',
      role: 'service_isso_lead',
    });
    expect(readPersonAndRole('data guardian')).toBeNull();
    expect(readPersonAndRole('Dana Guthrie')).toBeNull();
  });
});

describe('words about people', () => {
  it('grant, revoke and keep with a person and a role', () => {
    expect(read('grant Dana Guthrie data guardian')).toEqual({
      kind: 'grant',
      person: 'Dana Guthrie',
      role: 'data_guardian',
    });
    expect(read('Revoke gtl from Grace Tan-Lopez.')).toEqual({
      kind: 'revoke',
      person: 'Grace Tan-Lopez',
      role: 'gtl',
    });
    expect(read('keep Grace Tan-Lopez gtl')).toMatchObject({ kind: 'keep' });
    expect(read('grant Dana')).toEqual({ kind: 'unread', about: 'grant' });
    expect(read('keep going')).toBeNull();
  });

  it('name stand-ins with their days, for oneself or for somebody else', () => {
    expect(read('stand-in Carla Reyes from Dec 21 to Jan 4')).toEqual({
      kind: 'stand-in',
      person: 'Carla Reyes',
      absent: null,
      fromOn: '2026-12-21',
      toOn: '2027-01-04',
    });
    expect(read('stand in Carla Reyes for Beatriz Okafor from 2026-12-21 to 2026-12-23')).toMatchObject({
      person: 'Carla Reyes',
      absent: 'Beatriz Okafor',
      toOn: '2026-12-23',
    });
    expect(read('stand-in Carla Reyes for me on Dec 21')).toMatchObject({ absent: null, toOn: '2026-12-21' });
    expect(read('end stand-in Carla Reyes')).toEqual({
      kind: 'end-stand-in',
      person: 'Carla Reyes',
      absent: null,
    });
    expect(read('stand-in Carla Reyes')).toEqual({ kind: 'unread', about: 'stand-in' });
    expect(read('stand-in Carla Reyes from whenever')).toEqual({ kind: 'unread', about: 'stand-in' });
  });

  it('name and end delegates, show roster, review and members', () => {
    expect(read('delegate Carla Reyes')).toEqual({ kind: 'delegate', person: 'Carla Reyes' });
    expect(read('end delegate Carla Reyes')).toEqual({ kind: 'end-delegate', person: 'Carla Reyes' });
    expect(read('delegate')).toEqual({ kind: 'unread', about: 'delegate' });
    expect(read('roster')).toEqual({ kind: 'roster' });
    expect(read('access review')).toEqual({ kind: 'review', page: 1 });
    expect(read('access review 3')).toEqual({ kind: 'review', page: 3 });
    expect(read('members isso-2026-42')).toEqual({ kind: 'members', number: 'ISSO-2026-0042' });
  });

  it.each([
    'who may grant a role?',
    'granted',
    'rosters',
    'delegated',
    'standing in line',
    'members of staff',
    `grant ${'x'.repeat(300)} gtl`,
    'grant Dana\ngtl',
  ])('are not: %s', (typed) => {
    expect(read(typed)).toBeNull();
  });
});

it('somebody whose name has signs in it, or is another’s too, is typed by their id', () => {
  expect(typedPerson({ id: 'cor', name: 'Conor O’Rourke' })).toBe('Conor O’Rourke');
  expect(typedPerson({ id: 'u1', name: '`grant me gtl`' })).toBe('u1');
  expect(typedPerson({ id: 'a', name: 'Ann Lee' }, [{ id: 'b', name: 'Ann Lee' }])).toBe('a');
});
