import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { playJourney, startOf, withParts } from '../../scripts/simulate/journey.ts';
import { startOnSlack } from '../support/slack/on-slack.ts';

const folder = new URL('./', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.journey'));

describe('journeys through Slack', () => {
  for (const name of scripts) {
    it(name.replace('.journey', '').replaceAll('-', ' '), async () => {
      const script = withParts(read(name), (part) => read(`parts/${part}.journey`));
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
