import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENGAGEMENT_STATES } from '../../src/domain/engagement-states.ts';
import { availabilityOf, OFFERING_STATUSES } from '../../src/domain/offering-record.ts';
import { PHASES, phaseOf } from '../../src/domain/phase.ts';
import { offeringCard } from '../../src/messages/copy/catalogue.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { CARD_TEMPLATES } from '../../src/offerings/card-template.ts';
import { offeringOf, workflowsOf } from '../../src/offerings/catalogue.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import { newestTemplate, templateOf } from '../../src/offerings/offering.ts';

const READER = { timeZone: 'America/New_York' };
/** Every word of a record, functions and patterns left out. */
const wordsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(wordsOf);
};

describe('who runs a service', () => {
  it.each(CATALOGUE.offerings.map((each) => [each.key, each] as const))(
    '%s is never presented as run by somebody else',
    (_key, offering) => {
      const {
        form: _form,
        cardTemplates: _cards,
        ...record
      } = offering.kind === 'workflow' ? offering : { ...offering, form: null, cardTemplates: null };
      const words = wordsOf(record);
      const shown = plainText(offeringCard({ ...offering, availability: 'open' }), READER);
      if (offering.provider.key === 'cms') {
        for (const each of [...words, shown]) expect(each).not.toMatch(/\bCISA\b|\bQSMO\b/u);
        expect(offering.provider.name).toMatch(/^CMS /u);
        return;
      }
      expect(offering.name).toContain('(CISA)');
      expect(offering.provider.name).toContain('CISA');
      expect(shown).toContain('CMS does not run it');
      for (const each of words)
        expect(each).not.toMatch(
          /\b(?:run|provided|offered|operated|owned) by (?:CMS|ISPG|us)\b|\bour\b|\bISSO As A Service\b/iu,
        );
    },
  );
});

describe('a record', () => {
  it.each(CATALOGUE.offerings.map((each) => [each.key, each] as const))(
    'of %s is whole',
    (_key, offering) => {
      for (const list of [
        'youGet',
        'weNeed',
        'standards',
        'serviceLevels',
        'onboarding',
        'escalation',
        'metrics',
        'documents',
        'changes',
        'audiences',
      ] as const)
        expect(offering[list].length, list).toBeGreaterThan(0);
      for (const { title, url } of [...offering.documents, ...offering.policies]) {
        expect(title).not.toBe('');
        expect(url).toMatch(/^https:\/\//u);
      }
      expect(offering.changes.at(-1)?.version).toBe(offering.version);
      expect(offering.need.length).toBeLessThanOrEqual(60);
      for (const { ask, why, missing } of offering.eligibility)
        for (const sentence of `${ask} ${why} ${missing}`.split(/[.?:] /u))
          expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(26);
      for (const each of wordsOf(offering.youGet)) expect(each).not.toMatch(/[!]|\bshall\b/u);
    },
  );

  it('names as better only others that the catalogue has', () => {
    for (const { key, eligibility } of CATALOGUE.offerings)
      for (const better of eligibility.flatMap((each) => each.better ?? [])) {
        expect(better).not.toBe(key);
        expect(CATALOGUE.byKey(better)?.key).toBe(better);
      }
  });

  it('is open by its status and its days alone', () => {
    const effective = { from: '2027-01-04', until: '2027-03-31' };
    for (const status of OFFERING_STATUSES) {
      const on = (day: string) => availabilityOf({ status, effective }, day);
      const isClosed = status === 'paused' || status === 'retired';
      expect(on('2027-01-03')).toBe(isClosed ? status : 'not-yet');
      expect(on('2027-01-04')).toBe(isClosed ? status : 'open');
      expect(on('2027-03-31')).toBe(isClosed ? status : 'open');
      expect(on('2027-04-01')).toBe(isClosed ? status : 'over');
    }
  });
});

describe('card templates', () => {
  it('are found by offering and version, and the newest is what a new card is made of', () => {
    for (const offering of workflowsOf(CATALOGUE)) {
      const versions = offering.cardTemplates.map(({ version }) => version);
      expect(versions).toEqual(versions.map((_each, index) => index + 1));
      for (const each of offering.cardTemplates) expect(templateOf(offering, each.version)).toBe(each);
      expect(newestTemplate(offering)).toBe(offering.cardTemplates.at(-1));
      expect(() => templateOf(offering, 99)).toThrow(`${offering.key} has no card template of version 99`);
    }
    expect(CARD_TEMPLATES.map(({ version }) => version)).toEqual([1, 2]);
    expect(() => offeringOf(CATALOGUE, { offering: 'dns' })).toThrow('no offering dns');
  });
});

describe('phases', () => {
  it('never go back on the way of an engagement, and end with it', () => {
    const way = ENGAGEMENT_STATES.map(phaseOf).filter((each) => each !== null);
    const places = way.map((each) => PHASES.indexOf(each));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(ENGAGEMENT_STATES.filter((each) => phaseOf(each) === null)).toEqual([
      'CLOSED',
      'WITHDRAWN',
      'DECLINED',
    ]);
  });
});

describe('use cases', () => {
  it('know no offering and no list of them: they get the catalogue with the programme', () => {
    const own = readdirSync('src/offerings').filter((name) =>
      /: (?:Workflow|Referral)Offering = /u.test(readFileSync(join('src/offerings', name), 'utf8')),
    );
    const banned = ['index.ts', 'card-template.ts', 'isso-record.ts', 'cisa-record.ts', ...own];
    const files = readdirSync('src/usecases', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const source = readFileSync(join('src/usecases', file), 'utf8');
      for (const each of banned) expect(source, file).not.toContain(`/offerings/${each}'`);
    }
  });
});
