import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const jobs = [...read('src/jobs/schedule.ts').matchAll(/^ {4,6}name: '([\w-]+)',$/gmu)].map(
  ([, name = '']) => name,
);
const page = read('adapters/console/page/clock.js');

describe('the clock of the console', () => {
  it('says in words what each job did', () => {
    expect(jobs.length).toBeGreaterThan(15);
    for (const name of jobs) expect(page).toMatch(new RegExp(`^ {2}'?${name}'?: '\\w`, 'mu'));
  });
});
