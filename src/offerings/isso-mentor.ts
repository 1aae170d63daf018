import { assumed, sourced } from '../domain/offering-record.ts';
import type { ReferralOffering } from './offering.ts';

/** ISSO mentorship, which has a sign-up of its own (domain reference 5.3, from the ISSO Mentorship page). */
export const ISSO_MENTOR: ReferralOffering = {
  kind: 'referral',
  key: 'isso_mentor',
  name: 'ISSO mentorship',
  purpose: 'Find an experienced ISSO to learn from, or be a mentor to somebody who is new.',
  alsoCalled: ['mentor', 'mentorship', 'mentoring', 'mentee', 'learn from an isso', 'new isso'],
  audiences: ['isso'],
  forWhom: sourced('Federal and contractor ISSOs at CMS. Service ISSOs who begin are a good fit.'),
  need: 'Guidance for an ISSO who is new',
  eligibility: [
    {
      key: 'isso',
      ask: 'Is it about somebody who is an ISSO at CMS, or begins to be one?',
      why: 'Mentors and mentees are ISSOs.',
      fits: 'yes',
      missing:
        'The mentorship is for ISSOs. If you look for an ISSO for your system, ISSO As A Service fits better.',
      better: ['issoaas'],
    },
  ],
  youGet: [sourced('A mentor or a mentee who fits, found from what both wrote when they signed up.')],
  weNeed: [sourced('A sign-up form: one for mentors, one for mentees.'), assumed('Time to meet.')],
  price: assumed('No cost to you.'),
  funding: assumed('ISPG carries it.'),
  provider: { key: 'cms', name: 'CMS Information Security and Privacy Group (ISPG)' },
  contract: assumed('No contract is needed.'),
  contractingContact: assumed('Nobody has to be asked.'),
  standards: [assumed('NICE Workforce Framework, work role 722, for what is learned.')],
  serviceLevels: [assumed('None are published.')],
  leadTime: assumed('Until a pair is found: none is published.'),
  onboarding: [
    sourced('Fill in the sign-up form.'),
    assumed('ISPG finds a pair and introduces you to each other.'),
  ],
  owner: assumed('The ISSO mentorship team in ISPG.'),
  approvers: assumed('The mentorship team decides on pairs.'),
  contact: 'ISSO@cms.hhs.gov',
  escalation: [sourced('Write to ISSO@cms.hhs.gov with "Mentorship" in the subject.')],
  status: 'live',
  version: 1,
  effective: { from: '2024-01-01', until: null },
  documents: [
    { title: 'ISSO Mentorship page', url: 'https://security.cms.gov/learn/isso-mentorship-program' },
  ],
  policies: [],
  changes: [{ version: 1, on: '2024-01-01', what: 'First record, from the ISSO Mentorship page.' }],
  metrics: [assumed('How many people were shown the way to the sign-up.')],
  page: 'https://security.cms.gov/learn/isso-mentorship-program',
  goTo: { title: 'ISSO Mentorship page', url: 'https://security.cms.gov/learn/isso-mentorship-program' },
  howToAsk: [
    sourced('Open the ISSO Mentorship page and fill in the form for mentors or for mentees.'),
    sourced('Questions go to ISSO@cms.hhs.gov with "Mentorship" in the subject.'),
  ],
};
