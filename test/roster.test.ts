import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mayEver } from '../src/domain/access.ts';
import { loadPeople } from '../src/usecases/load-people.ts';
import { readRoster } from '../src/usecases/read-roster.ts';
import { aPerson } from './store/samples.ts';
import { openTestStore } from './support/open-store.ts';

const HEADER = 'id,name,email,roles,component,time_zone';
const csv = (...rows: readonly string[]): string => [HEADER, ...rows, ''].join('\n');
const BO = 'bo,Beatriz Okafor,beatriz@example.gov,business_owner,OIT,America/New_York';
const problemsOf = (text: string): string[] =>
  readRoster(text).problems.map(({ line, mend }) => `${line}: ${mend}`);

describe('a roster file', () => {
  it('gives each line a person', () => {
    const { people, problems } = readRoster(
      csv(BO, 'cra,Carla Reyes,Carla@Example.gov, cra ; ispg_team ,OIT;CMCS,America/Chicago'),
    );
    expect(problems).toEqual([]);
    expect(people).toEqual([
      {
        id: 'bo',
        name: 'Beatriz Okafor',
        email: 'beatriz@example.gov',
        roles: ['business_owner'],
        components: ['OIT'],
        timeZone: 'America/New_York',
      },
      {
        id: 'cra',
        name: 'Carla Reyes',
        email: 'carla@example.gov',
        roles: ['cra', 'ispg_team'],
        components: ['OIT', 'CMCS'],
        timeZone: 'America/Chicago',
      },
    ]);
  });

  it('may leave e-mail, roles and component empty', () => {
    const { people, problems } = readRoster(csv('x,Ex,,,,America/New_York'));
    expect(problems).toEqual([]);
    expect(people[0]).toMatchObject({ email: null, roles: [], components: [] });
  });

  it('may begin with a byte order mark, end its lines as Windows does, and have empty lines', () => {
    const text = `\uFEFF${csv(BO, '', 'x,Ex,,,,America/New_York')}`.replaceAll('\n', '\r\n');
    expect(problemsOf(text)).toEqual([]);
    expect(readRoster(text).people.map(({ id }) => id)).toEqual(['bo', 'x']);
  });

  it('may quote commas, quotes and line breaks', () => {
    const { people, problems } = readRoster(csv('x,"Reyes, Carla ""CJ""",,,,America/New_York'));
    expect(problems).toEqual([]);
    expect(people[0]?.name).toBe('Reyes, Carla "CJ"');
  });

  it('may have its columns in any order and others beside them', () => {
    const { people, problems } = readRoster(
      'time_zone,note,component,roles,email,name,id\nAmerica/New_York,hello,OIT,gtl,,Grace,gtl\n',
    );
    expect(problems).toEqual([]);
    expect(people[0]).toMatchObject({ id: 'gtl', name: 'Grace', roles: ['gtl'] });
  });

  it('says which columns its header lacks, and leaves everybody out', () => {
    const { people, problems } = readRoster('id,name,mail\nbo,Beatriz,b@example.gov\n');
    expect(people).toEqual([]);
    expect(problems).toEqual([
      { line: 1, mend: expect.stringMatching(/lacks email, roles, component, time_zone/u) },
    ]);
  });

  it('reports every bad line by its number and keeps the good ones apart', () => {
    const text = csv(
      BO,
      'b o,Ex,,,,America/New_York',
      'y,,not-an-address,boss,,Mars',
      'z,Zed,,,,America/New_York',
    );
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^3: id: /u),
      expect.stringMatching(/^4: name: /u),
      expect.stringMatching(/^4: email: /u),
      expect.stringMatching(/^4: roles: "boss" is not a role/u),
      expect.stringMatching(/^4: time_zone: /u),
    ]);
    expect(readRoster(text).people.map(({ id }) => id)).toEqual(['bo', 'z']);
  });

  it('reports an id that stands twice at its second place', () => {
    expect(problemsOf(csv(BO, BO.replace('Beatriz', 'Other')))).toEqual([
      expect.stringMatching(/^3: id: "bo" stands on an earlier line/u),
    ]);
  });

  it('reports an e-mail address that stands twice, however it is written, without repeating it', () => {
    expect(problemsOf(csv(BO, 'x,Ex,Beatriz@EXAMPLE.gov,,,America/New_York'))).toEqual([
      '3: email: is that of line 2 too; each person has their own',
    ]);
    expect(problemsOf(csv('x,Ex,,,,America/New_York', 'y,Why,,,,America/New_York'))).toEqual([]);
  });

  it('reports a column that its header names twice', () => {
    expect(problemsOf(`${HEADER},email\n${BO},b@example.gov\n`)).toEqual([
      expect.stringMatching(/^1: the header names email more than once/u),
    ]);
  });

  it('reports a line with too few cells, naming what is missing', () => {
    const [only] = problemsOf(csv(BO, 'x,Ex,x@example.gov'));
    expect(only).toMatch(/^3: .*(roles|component|time_zone)/u);
    expect(only).not.toContain('Invalid input');
  });

  it('reports a line with too many cells, rather than guess which is which', () => {
    expect(problemsOf(csv(`${BO},and,more`)).map((each) => each.slice(0, 2))).toEqual(['2:']);
  });

  it('reports a quotation mark out of place at its own line', () => {
    expect(problemsOf(csv(BO, 'x,"Ex,,,,America/New_York', 'y,Why,,,,America/New_York'))).toEqual([
      expect.stringMatching(/^(3|4|5): .*quot/u),
    ]);
  });

  it('of nothing but a header says that nobody is in it, not that the header is wrong', () => {
    expect(problemsOf(csv())).toEqual([expect.stringMatching(/^1: nobody is in the file/u)]);
  });

  it('of no words at all lacks its header', () => {
    expect(problemsOf('')).toEqual([expect.stringMatching(/^1: .*header lacks/u)]);
  });

  it('of the demo programme has nothing to mend', () => {
    const { people, problems } = readRoster(
      readFileSync(new URL('../prisma/demo-roster.csv', import.meta.url), 'utf8'),
    );
    expect(problems).toEqual([]);
    const wanted = [
      'bo',
      'bo2',
      'cra',
      'ispg',
      'gtl',
      'cor',
      'lead',
      'issolead',
      'isso',
      'isso2',
      'guardian',
      'auditor',
      'admin',
    ];
    expect(people.map(({ id }) => id)).toEqual(expect.arrayContaining(wanted));
  });
});

describe('loading a roster', () => {
  const token = () => crypto.randomUUID();
  const everybody = csv(BO, 'gtl,Grace,,gtl,,America/New_York');

  it('can be repeated: nobody twice, and calendar addresses stay', async () => {
    const store = await openTestStore();
    await loadPeople(store, readRoster(everybody).people, 'console', token);
    const first = await store.transaction((tx) => tx.people.list());
    await loadPeople(store, readRoster(everybody).people, 'console', token);
    expect(await store.transaction((tx) => tx.people.list())).toEqual(first);
    expect(new Set(first.map(({ calendarToken }) => calendarToken)).size).toBe(2);
  });

  it('changes what the file changes', async () => {
    const store = await openTestStore();
    await loadPeople(store, readRoster(everybody).people, null, token);
    await loadPeople(store, readRoster(everybody.replace(',gtl,,', ',cor,,')).people, null, token);
    expect((await store.transaction((tx) => tx.people.get('gtl')))?.roles).toEqual(['cor']);
  });

  it('takes the roles of whoever the file no longer names', async () => {
    const store = await openTestStore();
    await loadPeople(store, readRoster(everybody).people, null, token);
    await loadPeople(store, readRoster(csv(BO)).people, null, token);
    const gone = await store.transaction((tx) => tx.people.get('gtl'));
    expect(gone && mayEver(gone, 'programme.read')).not.toBe(true);
  });

  it('leaves everything else of whoever the file no longer names, and guests as they are', async () => {
    const store = await openTestStore();
    await loadPeople(store, readRoster(everybody).people, 'console', token);
    const guest = aPerson({ id: 'guest', roles: [] });
    await store.transaction((tx) => tx.people.save([guest]));
    const before = await store.transaction((tx) => tx.people.get('gtl'));
    await loadPeople(store, readRoster(csv(BO)).people, 'console', token);
    await store.transaction(async (tx) => {
      expect(await tx.people.get('gtl')).toEqual({ ...before, roles: [] });
      expect((await tx.people.byPlatformUser('console', 'gtl'))?.id).toBe('gtl');
      expect(await tx.people.get('guest')).toEqual(guest);
    });
    await loadPeople(store, readRoster(everybody).people, 'console', token);
    expect(await store.transaction((tx) => tx.people.get('gtl'))).toEqual(before);
  });
});
