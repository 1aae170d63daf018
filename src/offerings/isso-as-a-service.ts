import { mayEver } from '../domain/access.ts';
import { assumed, fromPage } from '../domain/offering-record.ts';
import type { Person } from '../domain/person.ts';
import { defineForm } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { wordsIn } from './answered.ts';
import { CARD_TEMPLATES } from './card-template.ts';
import { COMPONENTS } from './components.ts';
import { attestations, engagement, requester, system } from './isso-questions.ts';
import { ISSO_RECORD } from './isso-record.ts';
import { independenceNotice } from './isso-tasks.ts';
import type { WorkflowOffering } from './offering.ts';

const form = defineForm({
  key: 'issoaas-initial-request',
  version: 1,
  title: 'Request a Service ISSO',
  sections: [requester, system, engagement, attestations],
});

/** What an engagement of a Service ISSO asks of its request, whichever form it was made with. */
export const ISSO_WORKFLOW = {
  kind: 'workflow',
  needQuestion: 'need_summary',
  cardTemplates: CARD_TEMPLATES,
  cadences: [],
  prefill,
  notices: (answers) => [independenceNotice(answers.tasks)].filter((notice) => notice !== null),
  facts(answers, people) {
    const component = wordsIn(answers, 'component');
    const systemName = wordsIn(answers, 'system_name');
    const businessOwnerId = wordsIn(answers, 'business_owner');
    if (component === null || systemName === null || businessOwnerId === null) return null;
    return {
      component,
      systemName,
      businessOwnerId,
      craId: wordsIn(answers, 'cra') ?? advisorOf(component, people),
    };
  },
} satisfies Partial<WorkflowOffering>;

/** ISSO As A Service (domain reference 3; a CMS service, not one of CISA's). */
export const ISSO_AS_A_SERVICE: WorkflowOffering = {
  ...ISSO_RECORD,
  ...ISSO_WORKFLOW,
  key: 'issoaas',
  name: 'ISSO As A Service',
  purpose: 'Get a trained security officer (ISSO) for your CMS systems, for a set time or ongoing.',
  alsoCalled: ['issoaas', 'isso', 'service isso', 'security officer', 'information system security officer'],
  forWhom: fromPage('CMS Business Owners who have ISSO work to do and no trained ISSO of their own for it.'),
  need: 'Somebody to do the ISSO work for our system',
  eligibility: [
    {
      key: 'system',
      ask: 'Is the need about a CMS system, or one that is planned?',
      why: 'A Service ISSO works on systems of CMS.',
      fits: 'yes',
      missing:
        'A Service ISSO works for a CMS system. If there is no system yet, your Cyber Risk Advisor can tell you when to ask.',
    },
    {
      key: 'owner',
      ask: 'Are you the Business Owner, or do you ask on their behalf?',
      why: 'The Business Owner confirms the request.',
      fits: 'yes',
      missing:
        'The Business Owner confirms each request. Please talk to them first, or name them in the request: I ask them for you.',
    },
    {
      key: 'money',
      ask: 'Is there money for the support, or is there a plan to find it?',
      why: 'Cost and funding are settled at the kickoff.',
      fits: 'yes',
      missing:
        'Money does not have to be there yet. Please find out who decides on it before the kickoff: it is one of the topics there.',
    },
  ],
  leadTime: fromPage('The goal is to have a person at work within 60 days from the start of onboarding.'),
  numberPrefix: 'ISSO',
  version: 1,
  effective: { from: '2023-06-20', until: null },
  changes: [
    { version: 1, on: '2023-06-20', what: 'First record in the catalogue, from the programme page.' },
  ],
  form,
  onboarding: [
    fromPage('Request, kickoff, Request Form, context assessment and skills.'),
    fromPage('A Service ISSO is identified, onboarded and trained.'),
    assumed('The work begins when the appointment letter is signed and all that has to hold does.'),
  ],
};

/** Whoever may not file for somebody else is the owner; somebody with exactly one component as asking for it; its one advisor as theirs. */
function prefill(speaker: Person, people: readonly Person[]): Answers {
  const known = speaker.components.filter((each) => COMPONENTS.some(({ id }) => id === each));
  const component = known.length === 1 ? known[0] : undefined;
  const advisor = component === undefined ? null : advisorOf(component, people);
  return {
    ...(mayEver(speaker, 'request.file-for-owner') ? {} : { business_owner: speaker.id }),
    ...(component === undefined ? {} : { component }),
    ...(advisor === null ? {} : { cra: advisor }),
  };
}

/** The component's Cyber Risk Advisor when the roster has exactly one (domain reference 1.1: one for each component). */
function advisorOf(component: string, people: readonly Person[]): string | null {
  const advisors = people.filter(
    ({ roles, components }) => roles.includes('cra') && components.includes(component),
  );
  return advisors.length === 1 ? (advisors[0]?.id ?? null) : null;
}
