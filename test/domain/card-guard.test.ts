import { describe, expect, it } from 'vitest';
import { forbiddenOnCard } from '../../src/domain/card-guard.ts';

describe('what must never stand on a card', () => {
  it.each<readonly [string, string]>([
    ['SSN 123-45-6789', 'a Social Security number'],
    ['dob 2/3/1980', 'a date of birth'],
    ['born in Denver', 'a date or place of birth'],
    ['Place of birth: Denver', 'a date or place of birth'],
    ['the PIN is 482913', 'a password or PIN'],
    ['PIN: 482913', 'a password or PIN'],
    ['pin 4829', 'a password or PIN'],
    ['ＰＩＮ＝４８２９', 'a password or PIN'],
    ['PIV card s/n 00123456', 'the number of a badge or card'],
    ['the adjudication was denied', 'details of the adjudication'],
    ['sf 86, question 12', 'answers of the background questionnaire'],
    ['password = Winter27', 'a password or PIN'],
    ['PIV serial 0012345678', 'the number of a badge or card'],
    ['badge no. 12345', 'the number of a badge or card'],
    ['adjudication denied', 'details of the adjudication'],
    ['an arrest in 2015', 'details of the adjudication'],
    ['foreign contacts to explain', 'details of the adjudication'],
    ...[
      'her credit check failed',
      'interim was denied',
      'They denied her interim clearance',
      'she has a DUI',
      'FP result: no match',
      'Fingerprints: a hit in the records',
      'Adjudicated unfavorably',
      'The adjudication came out favorably',
      'The investigation came back with a problem',
      'The investigator found something',
      'Clearance not granted',
      'She did not pass the background check',
      "He didn't pass the suitability review",
      'Polygraph next week',
      'drug screening on Monday',
      'a felony in 2011',
      'Background check: failed',
    ].map((text) => [text, 'details of the adjudication'] as const),
    ['SF-86 section 22', 'answers of the background questionnaire'],
    ['fingerprints.eft is attached', 'a file'],
    ['see scan.PDF', 'a file'],
  ])('is found in "%s"', (text, kind) => {
    expect(forbiddenOnCard(text)).toContain(kind);
  });

  it.each([
    'TICKET-1',
    'PIV-12345',
    'badge ready on 2027-02-03',
    'v1.2 of the form is in use.',
    'the card, the badge and the laptop come on 2/3/2027',
    'INC0012345',
    'REQ-2027-00012345',
    'The badging office is closed until Monday.',
    'PIN reset needed at the badging office',
    'PIV card pickup on 2/3/2027',
    'Waiting for the adjudication to finish',
    'SF-86 was sent back for a signature',
    'The laptop stock is empty until May.',
    'cert-88213',
    'Tier 4 investigation is at DCSA',
    'The investigation goes on. The laptop request was denied.',
    'CFACTS access was denied, the job code is missing',
    'Fingerprints could not be read and are taken again on Monday',
    'The background questionnaire was returned without a signature',
    'Waiting for the interim clearance since 12/1/2026',
    'The clearance is done',
    'Adjudicated on 12/8/2026',
    'The upload failed twice',
    'Training credit for the course is missing',
  ])('is not found in "%s"', (text) => {
    expect(forbiddenOnCard(text)).toEqual([]);
  });
});
