/** What the catalogue says alike of the services that lend a Service ISSO (domain reference 1, 2, 8.2 and 9). */
import { assumed, fromPage, sourced } from '../domain/offering-record.ts';
import type { WorkflowOffering } from './offering.ts';

export const ISSO_RECORD = {
  audiences: ['business_owner'],
  youGet: [
    fromPage('An experienced ISSO who is trained in how CMS works.'),
    fromPage('Help with all of the ISSO tasks that you choose in the request.'),
    fromPage('A contractor and ISPG behind the person, for leave, questions and hand-overs.'),
  ],
  weNeed: [
    fromPage('Your need in a few sentences, and somebody who can speak for the system at the kickoff.'),
    fromPage('Money for the level of effort that the kickoff settles.'),
    sourced('Your signature on the ISSO Appointment Letter before the work begins.'),
    fromPage('A prepared organization: documents, contacts and access to the system.'),
  ],
  price: assumed('By the level of effort: full time, three quarters, half, a quarter, or one fixed task.'),
  funding: assumed('The requesting component pays. A funding record is kept with each Request Form.'),
  provider: { key: 'cms', name: 'CMS Information Security and Privacy Group (ISPG), with its contractor' },
  contract: assumed('An existing CMS contract that ISPG holds. You sign no contract of your own.'),
  contractingContact: assumed("The contracting officer's representative (COR) of the programme."),
  standards: [
    sourced('CMS Acceptable Risk Safeguards (ARS), such as AC-5 on separate duties and AT-3 on training.'),
    fromPage('NICE Workforce Framework, work role Information Systems Security Manager (722).'),
    sourced('HHS rules on role-based training: the first within 60 days of appointment.'),
  ],
  serviceLevels: [
    assumed('ISPG looks at a request within two business days.'),
    fromPage('Onboarded and trained within 60 days.'),
    assumed('An unanswered offer of kickoff times is reminded after two business days.'),
  ],
  owner: assumed('The Government Task Lead in ISPG.'),
  approvers: assumed('ISPG accepts a request. The Business Owner and ISPG both agree to the person.'),
  contact: 'ISSO@cms.hhs.gov',
  escalation: [
    assumed('First the ISPG team, at ISSO@cms.hhs.gov.'),
    assumed('Then the Government Task Lead. Type `stuck` with what stops you, and they hear of it.'),
  ],
  status: 'live',
  documents: [
    { title: 'ISSO As A Service page', url: 'https://security.cms.gov/learn/isso-service' },
    { title: 'ISSO Appointment Letter', url: 'https://security.cms.gov/learn/isso-appointment-letter' },
  ],
  policies: [
    {
      title: 'CMS ISSO Handbook',
      url: 'https://security.cms.gov/policy-guidance/cms-information-system-security-officer-isso-handbook',
    },
    { title: 'Role-based training', url: 'https://security.cms.gov/learn/role-based-training-rbt' },
  ],
  metrics: [
    assumed(
      'Business days from the request to the kickoff, to the Request Form, to a person and to the first day of work.',
    ),
    assumed('Share of people at work within 60 days.'),
    fromPage('How satisfied the Business Owners are.'),
  ],
  page: 'https://security.cms.gov/learn/isso-service',
} satisfies Partial<WorkflowOffering>;
