import { assumed, sourced } from '../domain/offering-record.ts';
import { CISA_RECORD } from './cisa-record.ts';
import type { ReferralOffering } from './offering.ts';

/** Vulnerability management and disclosure of CISA: information and the way there (domain reference 8.1). */
export const CISA_VULN: ReferralOffering = {
  ...CISA_RECORD,
  key: 'vuln',
  name: 'Vulnerability management and disclosure (CISA)',
  purpose: 'A platform on which the public reports weaknesses of federal systems, run by CISA.',
  alsoCalled: [
    'vuln',
    'vdp',
    'vulnerability',
    'vulnerability disclosure',
    'vulnerability management',
    'bug reports',
  ],
  need: 'A way for others to report weaknesses to an agency',
  youGet: [
    sourced('A platform that screens what is reported, with accounts by role.'),
    sourced('Reports under BOD 20-01 that are made by the platform.'),
    sourced('An interface for the ticket system of the agency.'),
  ],
  weNeed: [assumed('A policy on disclosure and people who take up what is reported.')],
  funding: sourced('Paid for centrally through the life of the contract.'),
};
