/** What the catalogue says alike of services of CISA, which it only shows the way to (domain reference 8.1). */
import { assumed, sourced } from '../domain/offering-record.ts';
import type { ReferralOffering } from './offering.ts';

const QSMO_PAGE = 'https://www.cisa.gov/cyber-qsmo';

export const CISA_RECORD = {
  kind: 'referral',
  audiences: ['security_team'],
  forWhom: sourced('Security teams of federal agencies.'),
  eligibility: [
    {
      key: 'for_agency',
      ask: 'Do you ask for CMS as an agency, or for a component as a whole?',
      why: 'CISA serves agencies, not single systems.',
      fits: 'yes',
      missing:
        'CISA serves agencies. For one system, your Cyber Risk Advisor can tell you what CMS has already.',
    },
  ],
  price: assumed('CISA says so when it is asked. Some of its services are paid for centrally.'),
  funding: assumed('An agreement between the agencies, or paid for centrally by CISA.'),
  provider: { key: 'cisa', name: 'Cybersecurity and Infrastructure Security Agency (CISA)' },
  contract: assumed('An interagency agreement, or a contract that CISA holds.'),
  contractingContact: assumed('CISA names it when it is asked.'),
  standards: [sourced('OMB Memorandum M-19-16 on centralized mission support.')],
  serviceLevels: [assumed('CISA sets them with the agency.')],
  leadTime: assumed('CISA says so when it is asked.'),
  onboarding: [
    sourced(
      'Assessment, readiness, selection, engagement, migration and operations, as the M3 Playbook of GSA has it.',
    ),
  ],
  owner: sourced('CISA, as the Quality Service Management Office (QSMO) for cybersecurity services.'),
  approvers: assumed('CISA, and whoever signs the agreement for CMS.'),
  contact: 'ISSO@cms.hhs.gov',
  escalation: [
    assumed('Your Cyber Risk Advisor knows whom to ask at CMS.'),
    assumed('CISA answers for the service itself.'),
  ],
  status: 'live',
  version: 1,
  effective: { from: '2020-04-27', until: null },
  documents: [{ title: 'Cyber QSMO page of CISA', url: QSMO_PAGE }],
  policies: [],
  changes: [
    {
      version: 1,
      on: '2020-04-27',
      what: 'The day on which CISA was announced as the QSMO. Recorded here from public sources.',
    },
  ],
  metrics: [assumed('How many people were shown the way to CISA.')],
  page: QSMO_PAGE,
  goTo: { title: 'Cyber QSMO page of CISA', url: QSMO_PAGE },
  howToAsk: [
    assumed('Talk to your Cyber Risk Advisor first: CMS may have the service already.'),
    sourced('Then ask CISA by its Cyber QSMO page.'),
  ],
} satisfies Partial<ReferralOffering>;
