import { assumed, sourced } from '../domain/offering-record.ts';
import { CISA_RECORD } from './cisa-record.ts';
import type { ReferralOffering } from './offering.ts';

/** Security operations of CISA: information and the way there (domain reference 8.1). */
export const CISA_SOC: ReferralOffering = {
  ...CISA_RECORD,
  key: 'soc',
  name: 'Security operations (CISA)',
  purpose: 'A security operations center as a service, run by CISA for federal agencies.',
  alsoCalled: ['soc', 'security operations', 'security operations center', 'monitoring', 'soc as a service'],
  need: 'Security operations for an agency',
  youGet: [sourced('Security operations to one standard, from a line of SOC as a service.')],
  weNeed: [assumed('What CISA asks for, such as where logs are and who answers at night.')],
};
