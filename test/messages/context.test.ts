import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContextScore, scoreContext, settleTier } from '../../src/domain/context.ts';
import { CONTEXT_FACTORS } from '../../src/domain/context-factors.ts';
import { type ContextFacts, HVA_CATEGORIES, KNOWN_STATES } from '../../src/domain/context-facts.ts';
import {
  contextScoreBlocks,
  contextScoreForChannel,
  FACTOR_LABELS,
} from '../../src/messages/copy/context.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { CONTEXT_WEIGHTS } from '../../src/offerings/context-weights.ts';

const TODAY = '2026-12-01';
const CLAIMS: ContextFacts = {
  fips: { confidentiality: 'moderate', integrity: 'low', availability: 'low' },
  hosting: 'cms_aws',
  delivery: 'monthly',
  connections: 'several',
  confirmedComplexity: 'medium',
  dataKinds: ['pii', 'phi'],
  isPiiLoginOnly: false,
  records: 'over_1m',
  missionEssential: 'dont_know',
  highValueAsset: 'yes',
  tlcPhase: 'operate',
  authorization: { type: 'ato', expiresOn: '2026-12-02' },
  poams: { open: 3, worstOverdue: 'high' },
};
const scored = (facts: Partial<ContextFacts> = {}) =>
  scoreContext({ ...CLAIMS, ...facts }, CONTEXT_WEIGHTS, TODAY);
const keep = (score: ContextScore) => ({ tier: score.tier, override: null });
const read = (blocks: ReturnType<typeof contextScoreBlocks>) =>
  plainText({ blocks, buttons: [] }, { timeZone: 'America/New_York' });
const direct = (facts: Partial<ContextFacts> = {}, categories: typeof HVA_CATEGORIES | [] = []) =>
  read(contextScoreBlocks(scored(facts), keep(scored(facts)), categories));
const channel = (facts: Partial<ContextFacts> = {}) =>
  read(contextScoreForChannel(scored(facts), keep(scored(facts))));

describe('the score in a direct message', () => {
  it('says each line with what explains it, the sum and the tier', () => {
    const said = direct({}, HVA_CATEGORIES);
    for (const words of [
      'System complexity 2 of 3: releases: every 2 to 4 weeks, connections: several (6 to 15)',
      'Data sensitivity 3 of 3: PHI, records of people: over 1 million',
      'Mission Essential Function 2 of 3: not known',
      'High Value Asset 3 of 3: Yes (Informational Value, Mission Essential, Federal Civilian Enterprise Essential)',
      'Authorization pressure 2 of 3: ATO, Due Soon, 1 day left',
      'POA&M load 2 of 3: overdue, highest level High',
      'Sum: 14 of 18, which gives Complex. Overall FIPS 199 level: Moderate.',
      'Tier: Complex.',
      'keep what this says about High Value Assets out of shared channels',
    ])
      expect(said).toContain(words);
    expect(said).not.toContain('never below');
  });

  it('says why a tier is raised', () => {
    const low = {
      delivery: 'yearly',
      connections: 'none',
      confirmedComplexity: 'low',
      dataKinds: ['none'],
      records: null,
      missionEssential: 'no',
    } as const;
    expect(direct(low)).toContain('which gives Standard');
    expect(direct(low)).toContain('never below Complex here, because it is a High Value Asset.');
    expect(direct({ ...low, highValueAsset: 'no' })).not.toContain('never below');
    const both = { ...low, fips: { ...CLAIMS.fips, integrity: 'high' } } as const;
    expect(direct(both)).toContain('a High Value Asset and its overall FIPS 199 level is High.');
    expect(direct(low)).toContain('System complexity 0 of 3: nothing adds to it');
    expect(direct(low)).toContain('Data sensitivity 0 of 3: nothing adds to it');
  });

  it('says what was set by hand, with the reason as the words of somebody else', () => {
    const score = scored({ highValueAsset: 'no', missionEssential: 'no', records: null });
    const settled = settleTier(score, { tier: 'complex', reason: '*See* <@U1>' }, 'complex');
    const blocks = settled.ok ? contextScoreBlocks(score, settled.value, []) : [];
    expect(read(blocks)).toContain('The score gives Standard; Complex was set by hand. Reason:');
    expect(blocks).toContainEqual({
      kind: 'paragraph',
      line: [expect.anything(), { kind: 'theirs', text: '*See* <@U1>' }],
    });
    expect(read(blocks)).not.toContain('out of shared channels');
  });

  it('says a complexity that people changed, and what the answers suggest', () => {
    expect(direct({ confirmedComplexity: 'high' })).toContain(
      'System complexity 3 of 3: High, as confirmed (the answers suggest Medium)',
    );
  });

  it.each([
    [{ type: 'none', expiresOn: null }, 'none while operating'],
    [{ type: 'dont_know', expiresOn: null }, 'not known'],
    [{ type: 'temporary_ato', expiresOn: '2026-11-30' }, 'Temporary ATO, expired'],
    [{ type: 'ato', expiresOn: '2027-12-01' }, 'ATO, 365 days left'],
    [{ type: 'ongoing', expiresOn: null }, 'Ongoing Authorization'],
  ] as const)('says the authorization %o as "%s"', (authorization, words) => {
    expect(direct({ authorization })).toContain(`of 3: ${words}`);
  });
});

describe('the score in a shared channel', () => {
  it('says the other lines and the tier, and nothing about High Value Assets, sums, levels or reasons', () => {
    const said = channel();
    for (const factor of CONTEXT_FACTORS)
      expect(said.includes(FACTOR_LABELS[factor])).toBe(factor !== 'high_value_asset');
    expect(said).toContain('Tier: Complex.');
    expect(said).not.toMatch(/HVA|High Value|Informational Value|Federal Civilian|Sum|FIPS|never below/u);
    const score = scored();
    const byHand = { tier: 'complex', override: { reason: 'It is an HVA.' } } as const;
    expect(read(contextScoreForChannel(score, byHand))).not.toContain('HVA');
  });

  it('is the same for a High Value Asset and for a system whose overall level is High', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KNOWN_STATES),
        fc.nat(80),
        fc.constantFrom('low', 'medium', 'high'),
        fc.integer({ min: -10, max: 400 }),
        (missionEssential, open, confirmedComplexity, days) => {
          const facts = {
            missionEssential,
            confirmedComplexity,
            poams: { open, worstOverdue: null },
            authorization: {
              type: 'ato',
              expiresOn: new Date(Date.UTC(2026, 11, 1 + days)).toISOString().slice(0, 10),
            },
          } as const;
          const high = { ...facts, fips: { ...CLAIMS.fips, availability: 'high' } } as const;
          expect(channel({ ...facts, highValueAsset: 'yes' })).toBe(
            channel({ ...high, highValueAsset: 'no' }),
          );
        },
      ),
    );
  });
});
