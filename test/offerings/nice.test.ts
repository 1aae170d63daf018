import { describe, expect, it } from 'vitest';
import { AREAS, EXPERIENCES } from '../../src/domain/skills.ts';
import { CERTIFICATIONS } from '../../src/offerings/certifications.ts';
import { TASKS } from '../../src/offerings/isso-tasks.ts';
import { MATCHING_LABELS, REQUIREMENTS, TASK_NAMES } from '../../src/offerings/matching-labels.ts';
import { COMPETENCY_AREAS, NICE_RELEASE, NICE_ROLES, QUALIFICATION_AREAS } from '../../src/offerings/nice.ts';
import { NICE_STATEMENTS } from '../../src/offerings/nice-statements.ts';
import { trainingFor } from '../../src/offerings/training-lines.ts';

const keys = TASKS.map(({ id }) => id);

describe('the NICE data', () => {
  it('are those of the release: five roles, 30 tasks, 26 statements of knowledge and skill', () => {
    expect(NICE_RELEASE).toBe('2.0.0');
    expect(NICE_ROLES.map(({ id, opmCode }) => [id, opmCode])).toEqual([
      ['OG-WRL-014', '722'],
      ['OG-WRL-012', '612'],
      ['OG-WRL-013', '611'],
      ['OG-WRL-008', '732'],
      ['OG-WRL-002', '752'],
    ]);
    expect(COMPETENCY_AREAS.map(({ id }) => id.slice(-3))).toEqual([
      '001',
      '003',
      '004',
      '007',
      '008',
      '011',
    ]);
    const kinds = NICE_STATEMENTS.map(({ id }) => id.charAt(0));
    expect(kinds.filter((kind) => kind === 'T')).toHaveLength(30);
    expect(kinds.filter((kind) => kind !== 'T')).toHaveLength(26);
    expect(new Set(NICE_STATEMENTS.map(({ id }) => id)).size).toBe(56);
  });

  it.each(NICE_STATEMENTS)('$id has words, known roles and known tasks', ({ id, words, roles, tasks }) => {
    expect(id).toMatch(/^[TKS]\d{4}$/u);
    expect(words.length).toBeGreaterThan(10);
    expect(roles.length).toBeGreaterThan(0);
    for (const role of roles) expect(NICE_ROLES.map((each) => each.id)).toContain(role);
    for (const task of tasks) expect(keys).toContain(task);
    expect(tasks.length > 0).toBe(id.startsWith('T'));
  });

  it('read as they stand in the release', () => {
    const found = NICE_STATEMENTS.find(({ id }) => id === 'T1357');
    expect(found).toEqual({
      id: 'T1357',
      words: 'Determine if cybersecurity requirements have been successfully implemented',
      roles: ['OG-WRL-014', 'OG-WRL-012', 'OG-WRL-002'],
      tasks: ['compliance_reporting', 'assessment_authorization'],
    });
    expect(NICE_STATEMENTS.find(({ id }) => id === 'K0676')?.roles).toHaveLength(5);
  });

  it('have a statement for every task, and areas that rest on known statements', () => {
    for (const key of keys)
      expect(
        NICE_STATEMENTS.some(({ tasks }) => tasks.includes(key)),
        key,
      ).toBe(true);
    for (const area of AREAS)
      for (const id of QUALIFICATION_AREAS[area].statements)
        expect(NICE_STATEMENTS.map((each) => each.id)).toContain(id);
  });
});

describe('certifications', () => {
  it('are seven of the lower tier, ten of the upper and seven extras, each in one place', () => {
    const count = (tier: string | null) => CERTIFICATIONS.filter(({ worth }) => worth.tier === tier);
    expect([count('lower').length, count('upper').length, count(null).length]).toEqual([7, 10, 7]);
    expect(count(null).every(({ worth }) => worth.extra !== null)).toBe(true);
    expect(new Set(CERTIFICATIONS.map(({ id }) => id)).size).toBe(CERTIFICATIONS.length);
  });
});

describe('the names of what is matched', () => {
  it('cover every task, requirement and gap, and never show a key', () => {
    expect(Object.keys(TASK_NAMES)).toEqual(keys);
    for (const key of keys) expect(MATCHING_LABELS.task(key)).toBe(TASK_NAMES[key]);
    for (const area of AREAS) expect(MATCHING_LABELS.area(area)).toBe(QUALIFICATION_AREAS[area].name);
    for (const key of [...keys, ...EXPERIENCES, ...COMPETENCY_AREAS.map(({ id }) => id)]) {
      expect(REQUIREMENTS.map(({ id }) => id)).toContain(key);
      expect(MATCHING_LABELS.requirement(key)).not.toContain('longer listed');
    }
    expect(MATCHING_LABELS.circumstance('hosting:cms_aws')).toBe('Hosting: CMS Cloud on AWS');
    expect(MATCHING_LABELS.circumstance('fips:high')).toBe('FIPS 199 level High');
    expect(MATCHING_LABELS.circumstance('hosting:gone')).toBe('Something no longer listed');
    expect(MATCHING_LABELS.task('constructor')).toBe('Something no longer listed');
  });

  it('suggest a training for every gap, also for one that nobody foresaw', () => {
    const lines = [
      ...keys.map((key) => trainingFor({ kind: 'task', key })),
      ...AREAS.map((key) => trainingFor({ kind: 'area', key })),
      ...(['task', 'area', 'context', 'certification', 'experience'] as const).map((kind) =>
        trainingFor({ kind, key: 'constructor' }),
      ),
    ];
    for (const each of lines) expect(each).toMatch(/^\S.{8,}[^.]$/u);
    expect(new Set(keys.map((key) => trainingFor({ kind: 'task', key }))).size).toBe(keys.length);
  });
});
