import { assumed, sourced } from '../domain/offering-record.ts';
import { CISA_RECORD } from './cisa-record.ts';
import type { ReferralOffering } from './offering.ts';

/** The protective DNS resolver of CISA: information and the way there (domain reference 8.1). */
export const CISA_DNS: ReferralOffering = {
  ...CISA_RECORD,
  key: 'dns',
  name: 'DNS resolver (CISA)',
  purpose: 'A protective DNS resolver for federal agencies, run by CISA.',
  alsoCalled: ['dns', 'dns resolver', 'protective dns', 'name resolution', 'domain names'],
  need: 'Protected name resolution (DNS) for an agency',
  youGet: [sourced('A DNS resolver that keeps people away from known harmful names.')],
  weNeed: [assumed('What CISA asks for, such as which networks are to use it.')],
};
