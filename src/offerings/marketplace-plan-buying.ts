/** Parts of the Marketplace Implementation Plan: how services are bought and paid (domain reference 8.1). */
import type { Section } from '../forms/form.ts';
import { choice, choices, text } from '../forms/question.ts';
import { words } from './marketplace-plan-words.ts';

export const ACQUISITION: Section = {
  key: 'acquisition',
  title: 'Acquisition strategy',
  questions: [
    words('acquisition_vehicles', {
      label: 'Contracts and agreements',
      ask: 'Through which contracts and agreements are the services bought?',
      why: 'A customer must know that a lawful way to buy exists before they ask.',
      example: 'One task order under the agency’s support contract, with options until 2029.',
    }),
    choices('acquisition_forms', {
      label: 'Agreement with the customer',
      ask: 'Which agreements does a customer enter? Choose all that apply.',
      why: 'The provider agreement is signed before any work begins.',
      options: [
        { id: 'none', label: 'No agreement is needed' },
        { id: 'interagency', label: 'Interagency Agreement' },
        { id: 'memorandum', label: 'Memorandum of understanding' },
        { id: 'task_order', label: 'Task order or modification' },
        { id: 'funding_transfer', label: 'Transfer of funds within CMS' },
      ],
    }),
    words('acquisition_providers', {
      label: 'How providers are chosen',
      ask: 'How are providers chosen, compared and replaced?',
      why: 'A marketplace gives customers a choice, and keeps it fair.',
      example: 'Full and open competition for the task order. Past performance counts for half.',
    }),
    text('acquisition_contact', {
      label: 'Contracting contact',
      ask: 'Whom does a customer ask about contracts? Give an office or a mailbox.',
      why: 'Every service says whom to ask about how it is bought.',
      example: 'Office of Acquisition and Grants Management',
      min: 3,
      max: 120,
    }),
    words('acquisition_risks', {
      label: 'Risks of buying',
      ask: 'What could stop or delay buying, and what is done about it?',
      why: 'A contract that ends takes every service with it.',
      example: 'The task order ends in March 2029. The next one is prepared from January 2028.',
      required: false,
    }),
  ],
};

export const FINANCIAL: Section = {
  key: 'financial',
  title: 'Financial infrastructure',
  questions: [
    choice('financial_model', {
      label: 'Funding model',
      ask: 'Who pays for the services?',
      why: 'The model decides what a customer must bring along.',
      options: [
        { id: 'central', label: 'Paid centrally' },
        { id: 'component', label: 'Paid by the component that asks' },
        { id: 'fee', label: 'A fee for each service' },
        { id: 'mixed', label: 'Some centrally and some by the component' },
      ],
    }),
    words('financial_price', {
      label: 'Price basis',
      ask: 'On what is the price of each service based?',
      why: 'Customers compare prices, and auditors ask how they came about.',
      example: 'Hours of the labor category at the rate of the contract, without a surcharge.',
    }),
    words('financial_customer', {
      label: 'What the customer supplies',
      ask: 'What must a customer supply: a funding line, a year, an approval?',
      why: 'A request without money waits.',
      example: 'The fiscal year and the line of accounting; the COR confirms it before a match.',
    }),
    words('financial_records', {
      label: 'Funding records',
      ask: 'Where is the money of each request recorded, and who confirms it?',
      why: 'Every request has a funding record that can be audited.',
      example: 'In the Request Form of the engagement; the COR or the GTL confirms it.',
    }),
    words('financial_continuity', {
      label: 'When money runs short',
      ask: 'What happens to services under way when money is short?',
      why: 'Customers depend on people who must not vanish overnight.',
      example: 'Engagements are paused with 30 days of notice, the highest risks last.',
      required: false,
    }),
  ],
};
