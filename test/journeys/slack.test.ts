import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { playJourney, startOf, withParts } from '../../scripts/simulate/journey.ts';
import { testServerUrl } from '../support/open-store.ts';
import { isPlayedOn } from '../support/shared-journeys.ts';
import { startOnSlack } from '../support/slack/on-slack.ts';

const folder = new URL('./', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
/** Those that go through every way in and out of Slack; on a PostgreSQL server, which starts sooner, the rest are played as well. */
const THROUGH_ALL_WAYS = [
  'asked-in-the-channel',
  'digest-edited-in-place',
  'every-digression',
  'form-page-by-page',
  'home-and-card',
  'pause-and-resume-over-a-restart',
  'straight-through',
];
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith('.journey'))
  .map((name) => name.replace('.journey', ''))
  .filter((name) =>
    testServerUrl() === undefined ? THROUGH_ALL_WAYS.includes(name) : isPlayedOn('slack', name),
  );

describe('journeys through Slack', () => {
  for (const name of scripts) {
    it(name.replaceAll('-', ' '), async () => {
      const script = withParts(read(`${name}.journey`), (part) => read(`parts/${part}.journey`));
      const stage = await startOnSlack(startOf(script));
      try {
        await playJourney(script, stage.driver);
        expect(stage.slack.faults).toEqual([]);
      } finally {
        await stage.stop();
      }
    });
  }
});
