import { mayEver } from '../domain/access.ts';
import type { Person } from '../domain/person.ts';
import { defineForm } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { COMPONENTS } from './components.ts';
import { attestations, engagement, requester, system } from './isso-questions.ts';
import { independenceNotice } from './isso-tasks.ts';
import type { Offering } from './offering.ts';

const form = defineForm({
  key: 'issoaas-initial-request',
  version: 1,
  title: 'Request a Service ISSO',
  sections: [requester, system, engagement, attestations],
});

/** ISSO As A Service (domain reference 3; a CMS service, not one of CISA's). */
export const ISSO_AS_A_SERVICE: Offering = {
  key: 'issoaas',
  name: 'ISSO As A Service',
  purpose: 'Get a trained security officer (ISSO) for your CMS systems, for a set time or ongoing.',
  numberPrefix: 'ISSO',
  contact: 'ISSO@cms.hhs.gov',
  page: 'https://security.cms.gov/learn/isso-service',
  form,
  needQuestion: 'need_summary',
  prefill,
  notices: (answers) => [independenceNotice(answers.tasks)].filter((notice) => notice !== null),
  facts(answers, people) {
    const component = words(answers, 'component');
    const systemName = words(answers, 'system_name');
    const businessOwnerId = words(answers, 'business_owner');
    if (component === null || systemName === null || businessOwnerId === null) return null;
    return {
      component,
      systemName,
      businessOwnerId,
      craId: words(answers, 'cra') ?? advisorOf(component, people),
    };
  },
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

function words(answers: Answers, key: string): string | null {
  const value = answers[key];
  return typeof value === 'string' ? value : null;
}
