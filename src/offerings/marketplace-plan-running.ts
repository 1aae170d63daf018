/** Parts of the Marketplace Implementation Plan: who decides, who runs it, how customers take part (domain reference 8.1 and 8.2). */
import type { Section } from '../forms/form.ts';
import { person, text } from '../forms/question.ts';
import { words } from './marketplace-plan-words.ts';

export const GOVERNANCE: Section = {
  key: 'governance',
  title: 'Governance',
  questions: [
    person('governance_owner', {
      label: 'Owner of the marketplace',
      ask: 'Who answers for the marketplace as a whole?',
      why: 'One named person decides when others disagree.',
    }),
    words('governance_approvers', {
      label: 'Who approves what',
      ask: 'Which roles approve requests, changes and spending?',
      why: 'Decisions need two people where money or access is given.',
      example: 'ISPG accepts requests, the GTL and the COR approve extensions.',
    }),
    words('governance_levels', {
      label: 'Service levels',
      ask: 'Which service levels are promised, and what happens when one is missed?',
      why: 'A promise without a consequence is none.',
      example: 'Triage in two business days; the Government Task Lead hears of a late one.',
    }),
    words('governance_changes', {
      label: 'How services change',
      ask: 'How are changes of a service proposed, decided and announced?',
      why: 'Each record of the catalogue has a change log, and somebody who decides.',
      example: 'Proposed by anybody in the weekly meeting, decided by the owner, announced in the digest.',
    }),
    words('governance_policies', {
      label: 'Policies',
      ask: 'Which laws, memoranda and policies apply?',
      why: 'Reviewers check the plan against them.',
      example: 'OMB M-19-16, CMS IS2P2, ARS 5.01.',
    }),
  ],
};

export const ORGANIZATION: Section = {
  key: 'organization',
  title: 'Organization',
  questions: [
    words('organization_unit', {
      label: 'Who runs it',
      ask: 'Which office runs the marketplace, and with how many people?',
      why: 'A storefront needs staff who answer.',
      example: 'ISPG, with four federal staff and one contract.',
    }),
    words('organization_roles', {
      label: 'Roles',
      ask: 'Who does what between government, contractor and customer?',
      why: 'Most delays come from a step that nobody owns.',
      example: 'The contractor proposes a candidate, ISPG and the Business Owner accept.',
    }),
    text('organization_contact', {
      label: 'Contact',
      ask: 'How do customers reach the marketplace? Give a channel or a mailbox.',
      why: 'There is always a way to a person.',
      example: '#isso-as-a-service',
      min: 3,
      max: 120,
    }),
    words('organization_escalation', {
      label: 'Escalation path',
      ask: 'Whom does a customer turn to when nobody answers, step by step?',
      why: 'Problems get solved while they are small.',
      example: 'The advisor, then the Government Task Lead, then the owner of the marketplace.',
    }),
    words('organization_skills', {
      label: 'Skills and training',
      ask: 'Which skills do the people need who run it, and how do they get them?',
      why: 'The service is as good as its people.',
      example: 'Contracting staff take the course on shared services once a year.',
      required: false,
    }),
  ],
};

export const CUSTOMERS: Section = {
  key: 'customers',
  title: 'Customer engagement',
  questions: [
    words('customers_status', {
      label: 'Status at any time',
      ask: 'How does a customer see at any time where their request is?',
      why: 'Most questions to a service desk are about the status.',
      example: 'A card in chat that is brought up to date with every step.',
    }),
    words('customers_feedback', {
      label: 'Satisfaction',
      ask: 'How is satisfaction measured, and what comes of a low score?',
      why: 'Satisfaction is the headline measure of shared services.',
      example: 'A survey on day 30, day 90 and each quarter; a low score gets a call in two days.',
    }),
    words('customers_suggestions', {
      label: 'Suggestions',
      ask: 'How do customers suggest changes, and how do they hear what became of them?',
      why: 'People go on suggesting when somebody answers.',
      example: 'In the monthly forum; the answers stand in its minutes.',
    }),
    words('customers_adoption', {
      label: 'Adoption',
      ask: 'How do possible customers learn of the services?',
      why: 'A marketplace that nobody knows saves nothing.',
      example: 'The advisors of each component name it in their yearly review.',
      required: false,
    }),
  ],
};
