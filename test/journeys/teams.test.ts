import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { playJourney, startOf, withParts } from '../../scripts/simulate/journey.ts';
import { testServerUrl } from '../support/open-store.ts';
import { isPlayedOn } from '../support/shared-journeys.ts';
import { startOnTeams } from '../support/teams/on-teams.ts';

const folder = new URL('./', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
/** Those that go through every way in and out of Teams; on a PostgreSQL server, which starts sooner, the rest are played as well. */
const THROUGH_ALL_WAYS = [
  'asked-in-the-channel',
  'digest-edited-in-place',
  'form-page-by-page',
  'hostile-input',
  'pause-and-resume-over-a-restart',
  'straight-through',
];
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith('.journey'))
  .map((name) => name.replace('.journey', ''))
  .filter((name) =>
    testServerUrl() === undefined ? THROUGH_ALL_WAYS.includes(name) : isPlayedOn('teams', name),
  );

describe('journeys through Teams', () => {
  for (const name of scripts) {
    it(name.replaceAll('-', ' '), async () => {
      const script = withParts(read(`${name}.journey`), (part) => read(`parts/${part}.journey`));
      const stage = await startOnTeams(startOf(script));
      try {
        await playJourney(script, stage.driver);
        expect(stage.cloud.faults).toEqual([]);
      } finally {
        await stage.stop();
      }
    });
  }
});
