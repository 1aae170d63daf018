import { describe, expect, it } from 'vitest';
import { nameOn } from '../../src/domain/card-template.ts';
import { forbiddenInReport } from '../../src/domain/report-guard.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';

describe('what must not be in a status report', () => {
  it.each([
    'EUA ID: AB12',
    'the EUA user id is ABCD',
    'Her eua id q7xz came on Monday',
    'EUA (A1B2) is there',
    'My user ID is XK4T and it works',
    'user id XK4T does not work',
    'login XK4T is locked',
    'EUA account XK4T is locked',
    'the account XK4T',
    'EUAID XK4T',
    'XK4T (EUA)',
    'XKQT (EUA)',
    'XKQT is her EUA ID',
    'her EUA is jqsm',
    'EUA-ID: xk4t',
    'EUA ID: abcd',
    'EUA ID = ABCD',
    'EUA ID issued: ABCD',
    'EUA ID XK4T-prod',
    'User ID #4821',
    'XK4T cannot get into her account',
    'The login of Ines (XK4T) is locked',
    'The EUA TEAM says XK4T is unknown',
    'ＥＵＡ ＩＤ ＡＢ１２',
    'EUA ID: ABCD IS LOCKED',
  ])('finds the EUA ID in "%s"', (text) => {
    expect(forbiddenInReport(text)).toEqual(['an EUA ID']);
  });

  it.each([
    'The EUA ID is missing since Monday',
    'EUA ID issued on 12/8/2026',
    'Waits for EUA access, then CFACTS',
    'EUA ID by noon',
    'In 2027 the FY27 plan begins',
    'The EUA HELP desk is closed',
    'THE EUA HELP DESK IS CLOSED',
    'EUA team says they are busy',
    'EUA TEAM is busy',
    'EUA ID must be renewed',
    'The EUA ID was not issued',
    'Her EUA ID is late',
    'EUA is down since 10am',
    'login is slow, DCSA has the papers',
    'The account waits for the CISO',
    'EUA account of ISSO-2026-0001 waits',
    'EUA recertification is due in 2027, before FY28',
    'The login page of HHS fails',
    'She has no user ID yet',
    'Four people want an account this week',
  ])('lets "%s" stand', (text) => {
    expect(forbiddenInReport(text)).toEqual([]);
  });

  it('lets the names of all lines of the card stand, alone and in one row', () => {
    const names = CARD_TEMPLATE.items.map((item) => nameOn(item, '2026-12-07'));
    expect([...names, names.join(', ')].filter((text) => forbiddenInReport(text).length > 0)).toEqual([]);
  });

  it.each([
    ['SSN 123-45-6789', 'a Social Security number'],
    ['Adjudication was denied', 'details of the adjudication'],
    ['born on May 3', 'a date or place of birth'],
    ['her credit check failed, interim was denied', 'details of the adjudication'],
  ])('finds in "%s" what no card may hold', (text, kind) => {
    expect(forbiddenInReport(text)).toContain(kind);
  });
});
